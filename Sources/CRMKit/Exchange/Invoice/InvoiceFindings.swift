import Localization

/// Findings about the invoices that are reported to the user: for each kind, their number and the names of the first.
struct InvoiceFindings {
    /// A kind of finding.
    enum Kind: CaseIterable {
        /// The buyer is the issuer, so the invoice is no purchase and is skipped.
        case issuedByOwner
        /// The document is no invoice, such as a credit note or the receipt of a payment, and is skipped.
        case otherKind
        /// The invoice is addressed to somebody else.
        case addressedToAnother
        /// The total differs from that of the lines.
        case adjusted
        /// A line comes to less than its quantity, price and discount say.
        case discounted
        /// The invoice has an exchange rate, for which an order has no field.
        case rated
        /// The invoice replaces another one, which may have been imported as a purchase of its own.
        case replacing
        /// The invoice follows one for an advance, which may have been imported as a purchase of its own.
        case afterAdvance
    }

    private var found: [Kind: Tally] = [:]

    /// Adds a finding about an invoice.
    ///
    /// - Parameter detail: the value at issue; `nil` if the kind of the finding says enough.
    mutating func note(_ kind: Kind, of invoice: Invoice, _ detail: String? = nil) {
        note(kind, [invoice.number ?? invoice.uuid, detail].compactMap(\.self).joined(separator: ": "))
    }

    /// Adds a finding about a document that has no number.
    ///
    /// - Parameter name: what the document is called.
    mutating func note(_ kind: Kind, _ name: String) { found[kind, default: Tally()].add(name) }

    /// A notice for each kind that was found.
    var notices: [Text] {
        Kind.allCases.compactMap { kind in
            found[kind].map { tally in
                Text(en: "\(kind.meaning.en): \(tally.names)", es: "\(kind.meaning.es): \(tally.names)")
            }
        }
    }
}

extension InvoiceFindings.Kind {
    fileprivate var meaning: Text {
        switch self {
        case .issuedByOwner:
            Text(
                en: "passed over what company.tax_id issued, which is no purchase",
                es: "se omite lo que emitió company.tax_id, que no es una compra"
            )
        case .otherKind:
            Text(
                en: "passed over what is no invoice of a purchase: credit notes E, payments P, waybills T, payslips N",
                es: "se omite lo que no es factura de una compra: notas de crédito E, pagos P, traslados T, nóminas N"
            )
        case .addressedToAnother:
            Text(
                en: "addressed to another than company.tax_id, and taken all the same",
                es: "el receptor no es company.tax_id, y aun así se importa"
            )
        case .adjusted:
            Text(
                en: "the total differs from what the lines and their taxes come to, and the adjustment holds it",
                es: "el total difiere de lo que suman las líneas y sus impuestos, y el ajuste lo contiene"
            )
        case .discounted:
            Text(
                en: "a line is below its quantity × price less its discount, and a discount holds the difference",
                es: "una línea está por debajo de su cantidad × precio menos su descuento, y un descuento contiene la"
                    + " diferencia"
            )
        case .rated:
            Text(
                en: "an order keeps no exchange rate; save what the invoice says with rate set",
                es: "una compra no guarda el tipo de cambio; guardar el de la factura con rate set"
            )
        case .replacing:
            Text(
                en: "replaces another invoice: where that is here as a purchase, cancel it, or it counts twice",
                es: "sustituye a otra factura: si esa está aquí como compra, cancelarla, o contará dos veces"
            )
        case .afterAdvance:
            Text(
                en: "follows the invoice of an advance: where that is here as a purchase, it counts twice",
                es: "sigue a la factura de un anticipo: si esa está aquí como compra, contará dos veces"
            )
        }
    }
}
