import Localization

extension Field {
    /// A discount as an amount of money, on a line or on a whole document.
    ///
    /// - Parameter note: the effect of the discount on negative amounts, for the manual.
    static func discountAmount(note: Text) -> Field {
        Field("discount_amount", .money, en: "Discount", es: "Descuento", traits: .notNegative, note: note)
    }
}

extension [Field] {
    /// The amounts of a document with lines: first those agreed on, then those computed.
    static let documentAmounts: [Field] = [
        .percent("discount_percent", en: "Discount (%)", es: "Descuento (%)"),
        .discountAmount(
            note: Text(
                en: """
                    brings the subtotal nearer to zero, also one below it; more than the lines come to is refused, and \
                    while none comes to anything nothing is taken off
                    """,
                es: """
                    acerca el subtotal a cero, también el que está bajo cero; más de lo que suman las líneas se rechaza, y \
                    mientras ninguna sume nada no se descuenta nada
                    """
            )
        ),
        .money("shipping", en: "Shipping", es: "Envío"),
        .list(
            "taxes_on_shipping",
            of: .tax,
            singular: "tax_on_shipping",
            en: "Taxes on shipping",
            es: "Impuestos sobre el envío"
        ),
        .money("adjustment", en: "Adjustment", es: "Ajuste"),
        total("subtotal", en: "Subtotal", es: "Subtotal"),
        total(
            "discount_total",
            en: "Total discount",
            es: "Descuento total",
            note: Text(
                en: """
                    in whole minor units, split over the sets of taxes in proportion to what their lines come to, each \
                    counted by itself where some come to less than zero; the largest takes what is left
                    """,
                es: """
                    en unidades menores enteras, repartido entre los grupos de impuestos en proporción a lo que suman sus \
                    líneas, cada uno contado por sí mismo donde algunas suman menos de cero; el mayor toma lo que sobra
                    """
            )
        ),
        total(
            "tax_total",
            en: "Total taxes",
            es: "Total de impuestos",
            note: Text(
                en: "each tax is taken of its base after the discount, as the taxes by rate show it, and rounded once",
                es: """
                    cada impuesto se calcula sobre su base ya con descuento, tal como la muestran los impuestos por tasa, y se \
                    redondea una vez
                    """
            )
        ),
        total("shipping_tax", en: "Shipping tax", es: "Impuesto del envío"),
        total("withheld_total", en: "Withheld taxes", es: "Retenciones", note: Text(en: "below zero", es: "bajo cero")),
        total(
            "total",
            en: "Total",
            es: "Total",
            note: Text(
                en: "subtotal − discount_total + tax_total + shipping + shipping_tax + withheld_total + adjustment",
                es: "subtotal − discount_total + tax_total + shipping + shipping_tax + withheld_total + adjustment"
            )
        ),
    ]

    /// The keys of the amounts agreed on for the whole document, from which with its lines all others are computed.
    static let agreedAmounts = [
        "discount_percent", "discount_amount", "shipping", "taxes_on_shipping", "adjustment",
    ]

    private static func total(_ key: String, en: String, es: String, note: Text? = nil) -> Field {
        Field(key, .money, en: en, es: es, traits: .derived, default: .integer(0), note: note)
    }
}
