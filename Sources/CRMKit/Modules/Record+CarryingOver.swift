extension Record {
    /// Returns the values that a new record made from this one takes over: those of fields with the same key and type,
    /// including custom fields, which stay empty where they are. Values that identify a record are not taken over.
    ///
    /// - Parameters:
    ///   - module: the module of the new record.
    ///   - keys: the keys of fields to leave out.
    func carriedOver(to module: Module, besides keys: Set<String>) -> [(field: String, value: Value)] {
        module.writableFields.compactMap { field in
            guard !keys.contains(field.key), !field.traits.contains(.unique), let own = self.module.field(field.key)
            else { return nil }
            let value = self[field.key]
            let isCarried = value.isNull ? field.wouldBeFilled : own.holdsSame(as: field, value)
            return isCarried ? (field.key, value) : nil
        }
    }
}

extension PartRow {
    /// Returns the values of the row for a row of another record, for the fields that rows there have as well.
    ///
    /// - Parameters:
    ///   - part: the part of this row.
    ///   - other: the part of the other record's rows.
    ///   - keys: the keys of fields to leave out.
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
