import Localization

extension LinkWriter {
    /// Checks that the units given with the numbers of a link are those of the record.
    ///
    /// - Throws: ``CRMError`` `invalid` if the record has another unit or none.
    func checkUnits(_ given: LinkAttributes, record: Int64) throws {
        let module = store.registry[relation.module]
        guard let stored = try store.storedRecord(module, id: record) else { return }
        let called = module.called(record)
        for (position, unit) in given.units.sorted(by: { $0.key < $1.key }) {
            let field = relation.link.attributes[position]
            guard case .ofRecord(let key, let units)? = field.unit, stored[key].text != unit.key else { continue }
            let counted = stored[key].text.map { own in units.first { $0.key == own }?.label ?? Text(own) }
            let reason =
                counted.map { own in
                    Text(
                        en: """
                            \(called.en) counts in \(own.en), not in \(unit.label.en): write the number of those alone
                            """,
                        es: """
                            \(called.es) se cuenta en \(own.es), no en \(unit.label.es): escribir solo el número de esas
                            """
                    )
                }
                ?? Text(
                    en: "nothing says that \(called.en) counts in \(unit.label.en): write the number alone",
                    es: "nada dice que \(called.es) se cuente en \(unit.label.es): escribir solo el número"
                )
            let value = given[position].map { field.type.text(of: $0, currency: nil) }
            throw CRMError(
                .invalid,
                Text(en: "cannot make the link", es: "no se puede crear el vínculo"),
                problems: [
                    CRMError.Problem(field: field.key, value: value.map { "\($0) \(unit.key)" }, reason: reason)
                ]
            )
        }
    }
}
