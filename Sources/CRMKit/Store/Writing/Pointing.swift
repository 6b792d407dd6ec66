import Localization

extension Transaction {
    /// Sets the field by which a record of one module refers to a record of another.
    ///
    /// - Parameters:
    ///   - pointer: the module of the referring record, which has one field for such references.
    ///   - reference: the reference that names the referring record.
    ///   - target: the module of the record to refer to.
    ///   - id: the id of the record to refer to.
    /// - Returns: the id of the referring record.
    /// - Throws: ``CRMError`` `refused` when the field refers to another record already and the request is not forced.
    public func point(_ pointer: Module, _ reference: String, at target: Module, id: Int64) throws -> Int64 {
        let pointing = try store.resolve(reference, in: pointer)
        guard let field = pointer.fields.first(where: { $0.type == .reference(target.name) }),
            let record = try store.storedRecord(pointer, id: pointing)
        else { throw Store.missing(pointing, in: pointer) }
        if case .integer(let present) = record[field.key], present != id, !isForced {
            throw CRMError(
                .refused,
                Text(
                    en: "\(pointer.called(pointing).en) already has \(field.key) \(present)",
                    es: "\(pointer.called(pointing).es) ya tiene \(field.key) \(present)"
                ),
                hint: Text(en: "add --force to change it", es: "agregar --force para cambiarlo"),
                module: pointer.name,
                reference: reference
            )
        }
        _ = try edit(pointer, id: pointing, [FieldInput(field.key, .set("\(id)"))])
        return pointing
    }
}
