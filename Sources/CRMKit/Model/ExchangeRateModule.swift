import Localization

extension ModuleName {
    /// Exchange rates.
    public static let exchangeRate: ModuleName = "exchange_rate"
}

/// The module of exchange rates. As records, rates take part in history, undo, export and apply like all others. They
/// have no module commands.
extension Module {
    /// The digits after the point that a rate has at most.
    static let rateDigits = 10

    static let exchangeRate = Declaration(
        name: .exchangeRate,
        en: "Exchange rate",
        es: "Tipo de cambio",
        plural: (en: "Exchange rates", es: "Tipos de cambio"),
        gender: .masculine,
        display: .composed(["currency", "target", "date"], separator: " ", words: nil, en: "Name", es: "Nombre"),
        fields: [
            Field("currency", .currency, en: "Currency", es: "Moneda", traits: .required),
            Field("target", .currency, en: "In", es: "En", traits: .required),
            .date("date", en: "From", es: "Desde", .required),
            .decimal("rate", en: "Rate", es: "Tipo de cambio", .required, as: .decimal(digits: rateDigits)),
        ],
        contacts: .referred,
        rules: [
            Rule(
                watching: ["currency", "target", "date", "rate"],
                before: { draft, _ in
                    try checkRate(draft)
                    draft.composeDisplayName()
                    draft["external_id"] = draft["name"]
                }
            )
        ]
    ).bareModule

    private static func checkRate(_ draft: Draft) throws(CRMError) {
        var problems: [CRMError.Problem] = []
        if let rate = draft["rate"].integer, rate <= 0 {
            let reason = Text(en: "must be greater than 0", es: "debe ser mayor que 0")
            problems.append(CRMError.Problem(field: "rate", value: nil, reason: reason))
        }
        if let currency = draft["currency"].text, currency == draft["target"].text {
            let reason = Text(
                en: "a currency has no rate in itself",
                es: "una moneda no tiene tipo de cambio consigo misma"
            )
            problems.append(CRMError.Problem(field: "target", value: currency, reason: reason))
        }
        guard problems.isEmpty else {
            throw CRMError(
                .invalid,
                Text(en: "this cannot be an exchange rate", es: "esto no puede ser un tipo de cambio"),
                problems: problems
            )
        }
    }
}
