import Localization

extension Part {
    /// The taxes of a document, each with its base and amount, shipping included.
    static let tax = Declaration(
        name: "tax",
        en: "Tax",
        es: "Impuesto",
        plural: (key: "taxes", en: "Taxes by rate", es: "Impuestos por tasa"),
        gender: .masculine,
        visibility: .derived,
        fields: [
            .choice("kind", en: "Kind", es: "Tipo", .required, Tax.Kind.allCases.map(\.choice)),
            .decimal("rate", en: "Rate (%)", es: "Tasa (%)", .required, as: .decimal(digits: Tax.digits)),
            Field(
                "base",
                .money,
                en: "Base",
                es: "Base",
                traits: .required,
                note: Text(
                    en: """
                        what the tax is taken of, in minor units, for one per unit what the units cost; \
                        the tax is rounded once
                        """,
                    es: """
                        aquello sobre lo que se calcula, en unidades menores, y si es por unidad lo que cuestan las \
                        unidades; el impuesto se redondea una vez
                        """
                )
            ),
            .money("amount", en: "Amount", es: "Importe", .required),
        ]
    ).part
}
