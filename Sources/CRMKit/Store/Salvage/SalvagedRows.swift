import SQLite

/// Copies the rows of a damaged file to tables with the same layout.
struct SalvagedRows {
    private let database: Database
    private let reader: DamagedReader
    private let schema: SalvagedSchema
    private let isStopped: () -> Bool
    /// The reports about the tables, in order.
    private(set) var reports: [SalvageReport.Table]
    /// The number of rows in pages that belong to an unknown table.
    private(set) var strayRows = 0
    /// The places that could not be read, for each table.
    private var places: [[DamagedPlace]]
    /// The numbers of the rows found in unreachable pages, for each table.
    private var found: [[ClosedRange<Int64>]]
    /// The values that differ from those in the file.
    private(set) var changed: [ChangedValue] = []
    /// The highest ids ever assigned, by table.
    private var lastIDs: [String: Int64] = [:]

    init(
        _ schema: SalvagedSchema,
        from reader: DamagedReader,
        into database: Database,
        labels: (String) -> SalvageReport.Table,
        unless isStopped: @escaping () -> Bool
    ) {
        (self.schema, self.reader, self.database, self.isStopped) = (schema, reader, database, isStopped)
        reports = schema.tables.map { labels($0.name) }
        places = Array(repeating: [], count: schema.tables.count)
        found = places.map { _ in [] }
    }

    /// Creates the tables and fills them.
    mutating func run() throws {
        try readSequences()
        for (index, table) in schema.tables.enumerated() {
            try database.execute(table.sql)
            guard let root = table.root else {
                places[index] = [DamagedPlace(page: nil, rows: Int64.min...Int64.max)]
                continue
            }
            let writer = SalvagedRowWriter(table, in: database)
            places[index] = try reader.readTable(at: root, isKeyed: table.isKeyed) { number, values in
                if isStopped() { throw CRMError.interruptedUnsaved }
                try writer.write(number, values)
            }
            reports[index].read += writer.written
            changed += writer.changed
            places[index] += writer.refused.map { DamagedPlace(page: nil, rows: $0...$0) }
        }
        for isKeyed in [false, true] { try takeStrays(isKeyed: isKeyed) }
        try restoreSequences()
        tellLosses()
    }

    private mutating func readSequences() throws {
        guard let root = schema.sequences?.root else { return }
        var read: [String: Int64] = [:]
        _ = try reader.readTable(at: root, isKeyed: false) { _, values in
            guard values.count == 2, let name = values[0]?.text, let last = values[1]?.integer, last >= 0 else {
                return
            }
            read[name] = last
        }
        lastIDs = read
    }

    /// Restores the highest ids, since ids are never assigned again, not even those of lost rows.
    private func restoreSequences() throws {
        for (name, last) in lastIDs.sorted(by: { $0.key < $1.key })
        where schema.tables.contains(where: { $0.name == name }) {
            let changed = try database.run(
                "UPDATE \"sqlite_sequence\" SET \"seq\" = max(\"seq\", ?1) WHERE \"name\" = ?2",
                [.integer(last), .text(name)]
            )
            if changed == 0 {
                try database.run(
                    "INSERT INTO \"sqlite_sequence\" (\"name\", \"seq\") VALUES (?2, ?1)",
                    [.integer(last), .text(name)]
                )
            }
        }
    }

    /// Assigns the rows of unreachable pages to the only table that has lost such pages.
    private mutating func takeStrays(isKeyed: Bool) throws {
        let candidates = schema.tables.indices.filter { schema.tables[$0].isKeyed == isKeyed && !places[$0].isEmpty }
        guard !candidates.isEmpty else { return }
        var taken: [(index: Int, rows: ClosedRange<Int64>, count: Int)] = []
        var strays = 0
        try reader.readStrayPages(isKeyed: isKeyed) { _, rows in
            if isStopped() { throw CRMError.interruptedUnsaved }
            guard let index = owner(of: rows, among: candidates) else {
                // Rows of an index, or of a table without losses, are already known.
                if !isKeyed { strays += rows.count }
                return false
            }
            let writer = SalvagedRowWriter(schema.tables[index], in: database)
            for row in rows { try writer.write(row.number, row.values) }
            let numbers = rows.map(\.number)
            if let first = numbers.min(), let last = numbers.max() {
                taken.append((index, first...last, writer.written))
            }
            return true
        }
        for (index, rows, count) in taken {
            reports[index].read += count
            if !isKeyed { found[index].append(rows) }
        }
        strayRows += strays
    }

    private func owner(of rows: [(number: Int64, values: [Value])], among candidates: [Int]) -> Int? {
        var fitting = candidates.filter { index in
            let table = schema.tables[index]
            return rows.allSatisfy { row in
                table.fits(row.values)
                    && (table.isKeyed || places[index].contains { $0.rows.contains(row.number) })
            }
        }
        if fitting.count > 1 {
            // Rows may end before columns that were added later, but a row with all columns identifies its table
            // better.
            let whole = fitting.filter { schema.tables[$0].columns.count == rows.last?.values.count }
            if !whole.isEmpty { fitting = whole }
        }
        return fitting.count == 1 ? fitting[0] : nil
    }

    private mutating func tellLosses() {
        for (index, table) in schema.tables.enumerated() {
            reports[index].lose(
                places[index],
                hasIDs: table.columns.contains(where: \.isNumber),
                upTo: lastIDs[table.name],
                inThere: found[index]
            )
        }
    }
}
