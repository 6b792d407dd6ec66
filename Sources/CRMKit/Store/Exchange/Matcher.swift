import Localization
import SQLite

/// Finds the record that a row is about by the values of some fields.
final class Matcher {
    private let module: Module
    private let positions: [Int]
    private let addsUnmatchable: Bool
    private let country: String?
    private let statement: Statement

    /// - Parameter addsUnmatchable: whether a row without any of the values is about a new record. One that is matched
    ///   by its id alone always is.
    init(_ module: Module, by positions: [Int], addsUnmatchable: Bool, in transaction: Transaction) throws {
        self.module = module
        self.positions = positions
        self.addsUnmatchable = addsUnmatchable || positions == [0]
        country = transaction.values.country
        let fields = positions.map { module.fields[$0] }
        let conditions = fields.map { "\($0.comparedColumn.quotedIdentifier) IS ?" }.joined(separator: " AND ")
        statement = try transaction.store.database.prepare(
            "SELECT \"id\" FROM \(module.table.quotedIdentifier) WHERE \(conditions) LIMIT 2",
            persistent: true
        )
    }

    /// The id of the record that has the same values, a value that is missing being the same as another that is;
    /// `nil` where there is none.
    ///
    /// - Throws: ``CRMError`` `ambiguous` where more than one record has the values, `invalid` where all are missing
    ///   and that does not make the row one about a new record.
    func find(_ value: (Int) -> Value) throws -> Int64? {
        defer { statement.reset() }
        var isEmpty = true
        for (index, position) in positions.enumerated() {
            let type = module.fields[position].type
            let value = value(position)
            if !value.isNull { isEmpty = false }
            if case .text(let text) = value, type.matching != nil {
                try statement.bind(type.matchKey(for: text, country: country), at: index + 1)
            } else {
                try statement.bind(value, at: index + 1)
            }
        }
        if isEmpty {
            if addsUnmatchable { return nil }
            throw CRMError(
                .invalid,
                Text(
                    en: "the row has no \(names) to match by",
                    es: "la fila no tiene \(names) para emparejar"
                )
            )
        }
        guard try statement.step() else { return nil }
        let id = statement.integer(at: 0)
        guard try !statement.step() else {
            throw CRMError(
                .ambiguous,
                Text(
                    en: "more than one \(module.one.en) has this \(names)",
                    es: "más de un registro de \(module.several.es) tiene este \(names)"
                )
            )
        }
        return id
    }

    private var names: String { positions.map { module.fields[$0].key }.joined(separator: ", ") }
}
