import Localization

extension Transaction {
    /// Makes the one field by which records of a module point at those of another point at one of them.
    ///
    /// - Parameters:
    ///   - pointer: the module that points.
    ///   - reference: names its record.
    /// - Returns: the id of the record that points.
    /// - Throws: ``CRMError`` `refused` where it points at another record and the request is not forced.
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
