import Localization
import SQLite

/// The search for the one record that has a value in one of some fields, ready to be repeated.
final class KeyLookup {
    /// The most records that an ambiguous value lists.
    private static let mostShown: Int64 = 10

    private let types: [FieldType]
    private let module: Module
    private let store: Store
    private let country: String?
    private let statement: Statement

    init(_ fields: [Field], of module: Module, in store: Store) throws {
        types = fields.map(\.type)
        self.module = module
        self.store = store
        country = try store.settings().country
        let conditions = fields.map { "\($0.comparedColumn.quotedIdentifier) = ?" }.joined(separator: " OR ")
        statement = try store.statement(
            "SELECT \"id\" FROM \(module.table.quotedIdentifier) WHERE \(conditions) ORDER BY \"id\" LIMIT \(Self.mostShown + 1)"
        )
    }

    /// The id of the record that has a value.
    ///
    /// - Parameter reference: the value as it was written, for messages.
    /// - Throws: ``CRMError`` with `notFound`, or `ambiguous` with the candidates as details.
    func id(of value: String, as reference: @autoclosure () -> String) throws -> Int64 {
        for index in types.indices {
            try statement.bind(types[index].matchKey(for: value, country: country), at: index + 1)
        }
        defer { statement.reset() }
        guard try statement.step() else { throw CRMError(noRecordOf: module, matches: reference()) }
        let first = statement.integer(at: 0)
        guard try statement.step() else { return first }
        var ids = [first, statement.integer(at: 0)]
        while try statement.step() { ids.append(statement.integer(at: 0)) }
        throw try ambiguous(reference(), ids: ids)
    }

    private func ambiguous(_ text: String, ids: [Int64]) throws -> CRMError {
        let shown = Int(Self.mostShown)
        let many = ids.count > shown ? "\(shown)+" : "\(ids.count)"
        let candidates = try ids.prefix(shown).map { id in
            Text("\(id)  \(try store.storedRecord(module, id: id)?.displayName ?? "")")
        }
        return CRMError(
            .ambiguous,
            Text(
                en: "\(text) matches \(many) \(module.several.en)",
                es: "\(text) coincide con \(many) registros de \(module.several.es)"
            ),
            hint: Text(en: "name one of them by its id", es: "nombrar uno de ellos por su id"),
            module: module.name,
            reference: text,
            details: candidates
        )
    }
}

extension CRMError {
    /// A reference names no record.
    init(noRecordOf module: Module, matches text: String) {
        self.init(
            .notFound,
            Text(
                en: "no \(module.one.en) matches \(text)",
                es: "ningún registro de \(module.several.es) coincide con \(text)"
            ),
            module: module.name,
            reference: text
        )
    }
}
