extension Record {
    /// What a record that is made of this one takes over: what is in the fields of the same key that hold the same, those
    /// that a file has added included. What tells a record from all others is its own.
    ///
    /// - Parameters:
    ///   - module: of what is made.
    ///   - keys: of fields that are left out.
    func carriedOver(to module: Module, besides keys: Set<String>) -> [(field: String, value: Value)] {
        module.writableFields.compactMap { field in
            let value = self[field.key]
            guard !keys.contains(field.key), !field.traits.contains(.unique), !value.isNull,
                let own = self.module.field(field.key), own.key == field.key, own.holdsSame(as: field, value)
            else { return nil }
            return (field.key, value)
        }
    }
}

extension PartRow {
    /// The values of the row as they are given again to another record, as far as the rows of that can have them.
    ///
    /// - Parameters:
    ///   - part: of the row.
    ///   - other: of the rows of the other record.
    ///   - keys: of fields that are left out.
    func givenAgain(of part: Part, to other: Part, besides keys: Set<String>) -> [(field: String, value: Value)] {
        zip(part.fields, values).compactMap { field, value in
            guard field.isWritable, !keys.contains(field.key), let own = other.field(field.key),
                value.isNull || field.holdsSame(as: own, value)
            else { return nil }
            return (field.key, value)
        }
    }
}

extension Field {
    /// Whether another field can hold a value of this one; a choice must be one that both fields offer.
    fileprivate func holdsSame(as other: Field, _ value: Value) -> Bool {
        if other.type.choices.isEmpty { return type == other.type }
        return other.type.offeredChoices.contains { $0.key == value.text }
    }
}
