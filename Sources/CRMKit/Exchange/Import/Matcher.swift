import Localization
import SQLite

/// Finds the record that a row is about by the values of some fields.
final class Matcher {
    private let module: Module
    private let positions: [Int]
    private let country: String?
    private let statement: Statement

    init(_ module: Module, by positions: [Int], in transaction: Transaction) throws {
        self.module = module
        self.positions = positions
        country = transaction.values.country
        let fields = positions.map { module.fields[$0] }
        let conditions = fields.map { "\($0.comparedColumn.quotedIdentifier) = ?" }.joined(separator: " AND ")
        statement = try transaction.store.database.prepare(
            "SELECT \"id\" FROM \(module.table.quotedIdentifier) WHERE \(conditions) LIMIT 2",
            persistent: true
        )
    }

    /// The id of the record; `nil` where there is none, or the row lacks a value to match by.
    ///
    /// - Throws: ``CRMError`` `ambiguous` where more than one record has the values.
    func find(_ value: (Int) -> Value) throws -> Int64? {
        defer { statement.reset() }
        for (index, position) in positions.enumerated() {
            let type = module.fields[position].type
            let value = value(position)
            if value.isNull { return nil }
            if case .text(let text) = value, type.matching != nil {
                try statement.bind(type.matchKey(for: text, country: country), at: index + 1)
            } else {
                try statement.bind(value, at: index + 1)
            }
        }
        guard try statement.step() else { return nil }
        let id = statement.integer(at: 0)
        guard try !statement.step() else {
            let fields = positions.map { module.fields[$0].key }.joined(separator: ", ")
            throw CRMError(
                .ambiguous,
                Text(
                    en: "more than one \(module.name) has this \(fields)",
                    es: "más de un registro de \(module.name) tiene este \(fields)"
                )
            )
        }
        return id
    }
}
