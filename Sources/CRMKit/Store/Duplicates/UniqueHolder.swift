import Localization
import SQLite

/// A record with a value that must be unique in its module.
struct UniqueHolder {
    let module: Module
    let field: Field
    let value: String
    let id: Int64

    /// Returns the error that refuses to give the value to another record.
    ///
    /// - Parameter isNew: whether the holder was created by the same change. Its id is not shown, since it is void
    ///   after the refusal.
    func refusal(isNew: Bool) -> CRMError {
        let holder = isNew ? module.anotherNew : module.called(id)
        return CRMError(
            .refused,
            Text(
                en: "\(holder.en) already has the \(field.label.en) \"\(value)\"",
                es: "\(holder.es) ya tiene «\(value)» como \(field.label.es)"
            ),
            module: module.name,
            reference: value
        )
    }
}

extension Store {
    /// Returns the record that already has one of some unique values.
    ///
    /// - Parameters:
    ///   - value: returns the value of a field; `nil` for a field not to be checked.
    ///   - id: the id of the record that is to get the values.
    func holder(in module: Module, besides id: Int64, of value: (Field) -> Value?) throws -> UniqueHolder? {
        for field in module.fields where field.traits.contains(.unique) {
            guard case .text(let text)? = value(field) else { continue }
            let statement = try statement(
                """
                SELECT "id" FROM \(name: module.table) \
                WHERE \(name: field.key) = \(bind: .text(text)) AND "id" <> \(bind: .integer(id))
                """ as SQLFragment
            )
            defer { statement.reset() }
            guard try statement.step() else { continue }
            return UniqueHolder(module: module, field: field, value: text, id: statement.integer(at: 0))
        }
        return nil
    }
}
