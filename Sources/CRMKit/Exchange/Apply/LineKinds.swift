/// The readers and writers for the lines of each module, link and part, each created for the first such line.
final class LineKinds {
    private let transaction: Transaction
    private let references: LineReferences
    private var registry: Registry
    /// The highest ids that tables had given before the first line.
    private let lastIDs: [String: Int64]
    private var records: [ModuleName: RecordLines] = [:]
    private var links: [ModuleName: LinkLines] = [:]
    private var parts: [String: PartLines] = [:]
    /// The records whose rows of parts have been written, by the table of the rows. They stay so when definitions change.
    private var settled: [String: EarlierRows] = [:]
    /// The places and changes of the definitions in lines, by name.
    private var definitions: [String: (place: LinePlace, change: RowWriter.Change)] = [:]
    /// The keys of lines for rows of parts.
    let partNames: Set<String>
    /// What came of rows that were written together.
    let outcome = PartOutcome()

    /// - Throws: the errors that SQLite reports.
    init(references: LineReferences, in transaction: Transaction) throws {
        self.transaction = transaction
        self.references = references
        registry = transaction.store.registry
        lastIDs = try transaction.store.highestIDs()
        partNames = Set(transaction.store.tables.filter(\.isUnderivedPart).compactMap(\.part?.name))
    }

    /// The readers and writers for records of a module; `nil` when there was no such line.
    subscript(module: ModuleName) -> RecordLines? { records[module] }

    /// Returns the readers and writers for records of a module, creating them when needed.
    func records(of name: String) throws -> RecordLines {
        let name = ModuleName(rawValue: name)
        if !Registry.isDefinition(name) { try followDefinitions() }
        if let lines = records[name] { return lines }
        guard let module = registry.find(name) else { throw unknown(name, LineKey.module, registry.names) }
        let lines = try RecordLines(
            module,
            lastID: lastIDs[module.table] ?? 0,
            references: references,
            outcome: outcome,
            in: transaction
        )
        records[name] = lines
        return lines
    }

    /// Returns the readers and writers for links of a module with the center, creating them when needed.
    func links(of name: String) throws -> LinkLines {
        let name = ModuleName(rawValue: name)
        if let lines = links[name] { return lines }
        guard let module = registry.find(name), let relation = Relation(module, center: registry.center) else {
            throw unknown(name, LineKey.link, registry[registry.center].linkedModules(in: registry))
        }
        let lines = try LinkLines(
            relation,
            lastID: lastIDs[relation.table] ?? 0,
            references: references,
            in: transaction
        )
        links[name] = lines
        return lines
    }

    /// Returns the readers and writers for rows of a module's part, creating them when needed.
    func rows(of part: String, in module: ModuleName) throws -> PartLines {
        let candidates = transaction.store.tables.filter { $0.part?.name == part }
        guard let table = candidates.first(where: { $0.module.name == module }) else {
            throw unknown(module, part, candidates.map(\.module.name))
        }
        if let lines = parts[table.name] { return lines }
        let lastID = lastIDs[table.module.table] ?? 0
        let settled = self.settled[table.name] ?? EarlierRows()
        self.settled[table.name] = settled
        guard
            let lines = try PartLines(
                table,
                lastID: lastID,
                references: references,
                held: HeldLines(of: table, settled: settled, in: transaction.store.database),
                outcome: outcome,
                in: transaction
            )
        else {
            throw unknown(module, part, candidates.map(\.module.name))
        }
        parts[table.name] = lines
        return lines
    }

    /// Stores the place and change of a record's line if the record is a definition.
    func note(_ written: (id: Int64, change: RowWriter.Change), of module: ModuleName, at place: LinePlace) throws {
        guard Registry.isDefinition(module), let name = try transaction.record(module, id: written.id)?.displayName
        else { return }
        definitions[name] = (place, written.change)
    }

    /// Applies the definitions in lines, before the next line about anything else.
    ///
    /// - Throws: ``RefusedDefinitions`` when they are invalid.
    func followDefinitions() throws {
        guard transaction.log.touchesDefinitions else { return }
        try settleRows()
        do {
            try transaction.settleDefinitions()
        } catch let error as CRMError {
            guard let (place, change) = error.reference.flatMap({ definitions[$0] }) else { throw error }
            throw RefusedDefinitions(cause: error, place: place, change: change)
        }
        registry = transaction.store.registry
        (records, links, parts) = ([:], [:], [:])
    }

    /// Writes the rows of parts that were held back until all of their record have come.
    ///
    /// - Throws: ``LineFaults`` with those of all rows.
    func settleRows() throws {
        var faults: [LineFault] = []
        for lines in parts.sorted(by: { $0.key < $1.key }).map(\.value) {
            do {
                try lines.settleAll()
            } catch let error as LineFaults {
                faults += error.faults
            }
        }
        if !faults.isEmpty { throw LineFaults(faults: faults) }
    }

    /// Notes the records that lines describe completely, but some of whose rows no line describes.
    func noteUntold() throws {
        for table in transaction.store.tables where outcome.hasWholes(in: table.name) {
            let told = settled[table.name]
            try transaction.store.forEachOwner(in: table) { record in
                if told?.name(of: record) == nil { outcome.noteUntold(record, table) }
            }
        }
    }

    private func unknown(_ name: ModuleName, _ key: String, _ known: [ModuleName]) -> LineFault {
        let list = known.map(\.rawValue).joined(separator: ", ")
        let reason = ValueError(en: "is none of \(list)", es: "no es ninguno de \(list)")
        return LineFault(field: key, value: name.rawValue, cause: reason)
    }
}
