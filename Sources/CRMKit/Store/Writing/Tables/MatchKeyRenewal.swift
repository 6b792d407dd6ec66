extension Store {
    /// Brings the comparable forms of all phone numbers up to date with a country.
    func renewPhoneKeys(country: String?) throws {
        for table in tables {
            try renewForms(of: table.fields.filter { $0.canHold(.phone) }, in: table, country: country)
        }
    }

    /// Brings the comparable forms of all tax ids up to date.
    func renewTaxIDKeys() throws {
        for table in tables {
            try renewForms(of: table.fields.filter { $0.type == .taxID }, in: table, country: nil)
        }
    }

    /// Recomputes the stored keys by which values are compared: the comparable forms, and the normal form of codes. The
    /// records' content does not change, and history does not record it.
    ///
    /// A code keeps its form when the normal form is taken by another record and the field is unique; ``check()``
    /// reports it.
    ///
    /// - Parameter beyondASCII: whether only texts with characters beyond ASCII are considered.
    /// - Returns: the number of rows updated; a row with several codes counts once for each.
    @discardableResult
    func renewKeys(beyondASCII: Bool = false) throws -> Int {
        let country = try settings().country
        var count = 0
        for table in tables {
            for field in table.fields where field.isNormalized {
                count += try run(
                    RowStatements(table.name).update(
                        ["\(name: field.key) = \(field.normalForm)"],
                        where: field.isOutOfNormalForm,
                        skippingConflicts: true
                    )
                )
            }
            count += try renewForms(of: table.fields, in: table, country: country, beyondASCII: beyondASCII)
        }
        return count
    }

    /// All the fields of a row at once, so that a table is read and written once.
    @discardableResult
    private func renewForms(
        of fields: [Field],
        in table: Table,
        country: String?,
        beyondASCII: Bool = false
    ) throws -> Int {
        var assignments: [SQLFragment] = []
        var conditions: [SQLFragment] = []
        for field in fields {
            guard let column = field.matchColumn,
                let form = field.matchExpression(country: country.map(Value.text) ?? .null)
            else { continue }
            assignments.append("\(name: column) = \(form)")
            let isLookedAt = beyondASCII ? SQLFunctions.isBeyondASCII(.name(field.key)) : "1"
            conditions.append("\(isLookedAt) AND \(name: column) IS NOT \(form)")
        }
        guard !conditions.isEmpty else { return 0 }
        return try run(RowStatements(table.name).update(assignments, where: conditions.disjunction))
    }
}
