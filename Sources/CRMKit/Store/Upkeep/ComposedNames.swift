import Localization
import SQLite

/// The composed names of a module's records, stored and recomputed.
private struct ComposedNames {
    let field: Field
    private let parts: [String]
    private var record: Record

    /// - Returns: `nil` for a module whose names are not composed.
    init?(_ module: Module) {
        guard case .composed(let parts, _, _, _, _) = module.display, let field = module.field(module.displayKey) else {
            return nil
        }
        (self.parts, self.field, record) = (parts, field, Record(module))
    }

    /// The columns to read: the id, the name, and the parts of the name.
    var columns: String { (["id", field.key] + parts).map(\.quotedIdentifier).joined(separator: ", ") }

    /// Returns the name that a row with these columns should have.
    ///
    /// - Returns: `nil` when it has that name.
    mutating func name(of row: (Int) -> Value) -> Value? {
        record[field.key] = row(1)
        for (index, part) in parts.enumerated() { record[part] = row(index + 2) }
        var draft = Draft(editing: record)
        draft.composeDisplayName()
        return draft.changes(field.key) ? draft[field.key] : nil
    }
}

extension Check {
    /// Checks that composed names agree with the fields they are composed of.
    mutating func checkNames(of module: Module) throws {
        guard var names = ComposedNames(module) else { return }
        let (key, table) = (names.field.key, module.table.quotedIdentifier)
        try find("SELECT \(names.columns) FROM \(table)", in: Table(module), isMendable: true) { row in
            guard names.name(of: row.value(at:)) != nil else { return nil }
            return Text(
                en: "\(key) does not follow from the fields it is made of",
                es: "\(key) no corresponde a los campos que lo forman"
            )
        }
    }
}

extension Transaction {
    /// Recomputes names that differ from what their fields compose.
    ///
    /// - Returns: the number of names changed.
    func mendNames() throws -> Int {
        var count = 0
        for module in store.registry.modules {
            guard var names = ComposedNames(module) else { continue }
            let (field, columns) = (names.field, SQLFragment(definition: names.columns))
            let writer = writer(of: Table(module))
            try store.forEachRow { isNext in
                "SELECT \(columns) FROM \(name: module.table) WHERE \(isNext)"
            } _: { id, row in
                guard let name = names.name(of: { row[$0] }) else { return }
                try writer.update(id, [TableWriter.Change(field, from: row[1], to: name)])
                count += 1
            }
        }
        return count
    }
}
