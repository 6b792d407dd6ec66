import Localization
import SQLite

/// A record with a value that must be unique in its module.
struct UniqueHolder {
    let module: Module
    let field: Field
    let value: String
    let id: Int64

    /// The problem of the field in a record that is to get the value.
    var problem: CRMError.Problem {
        let holder = module.called(id)
        return CRMError.Problem(
            field: field.key,
            value: value,
            reason: Text(en: "\(holder.en) already has \"\(value)\"", es: "\(holder.es) ya tiene «\(value)»")
        )
    }

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
    /// Returns the values given for a new record that must be unique and that another record has, or had before it was
    /// merged into the one that is kept.
    func heldValues(of draft: Draft) throws -> [CRMError.Problem] {
        let module = draft.module
        let given = { (field: Field) in draft.isGiven(field.key) ? draft[field.key] : nil }
        if let holder = try holder(in: module, besides: 0, of: given) { return [holder.problem] }
        guard try hasMerged(module) else { return [] }
        for field in module.formerKeys.map(\.field) where field.traits.contains(.unique) {
            guard let value = given(field)?.text,
                let kept = try present(value, of: field, in: module, telling: false)
            else { continue }
            return [UniqueHolder(module: module, field: field, value: value, id: kept).problem]
        }
        return []
    }

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
