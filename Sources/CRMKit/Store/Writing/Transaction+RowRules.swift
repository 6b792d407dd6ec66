/// The rows of parts as they were before a command changed them, of the records that rules look at.
struct FormerRows {
    /// A part of a record.
    struct Place: Hashable {
        let table: String
        let record: Int64
    }

    /// What the rules compare the present rows with.
    struct Entry {
        /// The record before its rows changed.
        let record: Record
        let part: Part
        let rows: [PartRow]
        /// The rules in force for the record.
        let rules: [Rule.RowRule]
    }

    /// The number of parts remembered as ones that no rule is about: enough for those that are changed by turns.
    private static let most = 1024

    private(set) var entries: [Place: Entry] = [:]
    private var others: Set<Place> = []

    func contains(_ place: Place) -> Bool { entries[place] != nil || others.contains(place) }

    /// - Parameter entry: `nil` for a part that no rule is about.
    mutating func note(_ place: Place, _ entry: Entry?) {
        if others.count >= Self.most { others = [] }
        if let entry { entries[place] = entry } else { others.insert(place) }
    }
}

extension Transaction {
    /// Notes the rows of a record that are about to change, if a rule looks at what becomes of them.
    ///
    /// - Parameters:
    ///   - table: the table of the part.
    ///   - rules: the rules about the part.
    ///   - read: reads the rows.
    func noteRows(
        of id: Int64,
        in table: Table,
        for rules: [Rule.RowRule],
        _ read: () throws -> [PartRow]
    ) throws {
        // An undo is checked at its end.
        guard !log.isUndo, !log.hasCreated(id, in: table.module.table), let part = table.part else { return }
        let place = FormerRows.Place(table: table.name, record: id)
        guard !formerRows.contains(place), let record = try record(table.module.name, id: id) else { return }
        let inForce = try rules.filter { try $0.isInForce(record, self) }
        let entry =
            inForce.isEmpty
            ? nil : FormerRows.Entry(record: record, part: part, rows: try read(), rules: inForce)
        formerRows.note(place, entry)
    }

    /// Whether rules will look at rows that have changed.
    var hasRowsToCheck: Bool { !formerRows.entries.isEmpty }

    /// Lets the rules look at the rows that have changed since they were noted, once what follows from them is stored.
    func checkRows() throws {
        let entries = formerRows.entries
        formerRows = FormerRows()
        for (place, entry) in entries.sorted(by: { ($0.key.table, $0.key.record) < ($1.key.table, $1.key.record) }) {
            let module = entry.record.module
            guard let record = try store.storedRecord(module, id: place.record) else { continue }
            let change = Rule.RowsChange(
                old: entry.record,
                new: record,
                formerRows: entry.rows,
                rows: try rows(of: entry.part, in: module).rows(of: record.id)
            )
            for rule in entry.rules { try rule.check(change, self) }
        }
    }
}
