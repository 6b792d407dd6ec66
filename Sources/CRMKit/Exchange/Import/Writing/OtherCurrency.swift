import Localization

/// Refuses a row that changes the currency of a record without its amounts, which would become amounts of the new
/// currency: 400 EUR would become 400 USD.
enum OtherCurrency {
    /// - Parameters:
    ///   - changed: the values that the row changes.
    ///   - given: all values of the row.
    /// - Throws: ``CRMError`` `invalid` if the record has amounts that the row does not give.
    static func refuse(
        _ changed: [RowReading.Given],
        besides given: [RowReading.Given],
        of record: Record
    ) throws(CRMError) {
        let module = record.module
        guard let position = module.position(of: "currency"), let present = record.values[position].text,
            let currency = changed.first(where: { $0.position == position })?.value.text
        else { return }
        let kept = module.moneyPositions.filter { place in
            module.fields[place].isWritable && ![.null, .integer(0)].contains(record.values[place])
                && !given.contains { $0.position == place }
        }
        if kept.isEmpty { return }
        let keys = kept.map { module.fields[$0].key }.joined(separator: ", ")
        let amounts = kept.map { place in
            Money.text(minorUnits: record.values[place].integer ?? 0, currency: present)
        }.joined(separator: ", ")
        let reason = Text(
            en: """
                the row has no \(keys), and \(amounts) \(present) would be as much \(currency): give it in \(currency) too
                """,
            es: """
                la fila no trae \(keys), y \(amounts) \(present) pasaría a ser lo mismo en \(currency): darlo también en \
                \(currency)
                """
        )
        throw CRMError(
            .invalid,
            reason,
            module: module.name,
            problems: [CRMError.Problem(field: "currency", value: currency, reason: reason)]
        )
    }
}
