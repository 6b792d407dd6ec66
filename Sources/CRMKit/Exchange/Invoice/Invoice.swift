import Formats

/// A Mexican electronic invoice (CFDI 3.3 and 4.0, Annex 20 of the fiscal rules) as its issuer wrote it.
struct Invoice {
    /// A line of the invoice.
    struct Line {
        /// The position at which the line begins.
        let position: TextPosition
        /// `NoIdentificacion`: the issuer's code of the article, or one that both parties use.
        let code: String?
        let text: String
        let quantity: ScaledDecimal
        /// The code in the SAT's list of units (UN/ECE recommendation 20).
        let unitCode: String
        let unit: String?
        let price: ScaledDecimal
        /// Price times quantity, as the issuer rounded it.
        let amount: ScaledDecimal
        let discount: ScaledDecimal
        var taxes: [LineTax] = []
    }

    /// A tax on a line.
    struct LineTax {
        /// The kind of tax rate, `TipoFactor`.
        enum Factor: String {
            /// A percentage of the base.
            case rate = "Tasa"
            /// An amount for each unit.
            case quota = "Cuota"
            /// The tax is not charged.
            case exempt = "Exento"
        }

        /// The tax: `001` ISR, `002` IVA, `003` IEPS.
        let code: String
        /// Whether the payer withholds the tax.
        let isWithheld: Bool
        let factor: Factor
        let rate: ScaledDecimal
        let base: ScaledDecimal
        let amount: ScaledDecimal

        /// What the tax adds to the total: nothing if it is not charged, below zero if the payer withholds it.
        var added: ScaledDecimal {
            let units = factor == .exempt ? 0 : isWithheld ? -amount.units : amount.units
            return ScaledDecimal(units: units, scale: Invoice.scale)
        }
    }

    /// A tax of a state or a town on the whole invoice (`implocal:ImpuestosLocales`), such as that on lodging, or the
    /// amount withheld for the inspection of works.
    struct LocalTax {
        /// The position at which the element begins.
        let position: TextPosition
        let name: String
        /// The rate in percent.
        let rate: ScaledDecimal
        /// The amount, negative if the payer withholds it.
        let amount: ScaledDecimal
    }

    /// Another invoice that an invoice names as related to it.
    struct Relation {
        /// The code of the relation in the catalogue `c_TipoRelacion` of the tax authority.
        let kind: String
        /// The fiscal folio, in upper case.
        let uuid: String

        /// The code of an invoice that replaces the other one, which is cancelled.
        static let replacement = "04"
        /// The code of an invoice for goods for which the other one charged an advance.
        static let advance = "07"
    }

    /// The number of decimals of the invoice's numbers.
    static let scale = 6

    /// The position at which the invoice begins.
    let position: TextPosition
    /// The fiscal folio from the stamp, a UUID in upper case that is unique to the invoice.
    let uuid: String
    let series: String?
    let folio: String?
    /// The day of issue.
    let day: String
    let currency: String
    /// The value of one unit of the currency in Mexican pesos (`TipoCambio`), as written; `nil` for pesos.
    let exchangeRate: String?
    let total: ScaledDecimal
    /// The tax id and the name of the issuer.
    let issuer: (taxID: String, name: String)
    /// The tax id of the recipient; `nil` if it is not stated.
    let recipient: String?
    let lines: [Line]
    let localTaxes: [LocalTax]
    /// The related invoices, up to a maximum number.
    let relations: [Relation]

    /// The number that the issuer gave the invoice: series and folio.
    var number: String? {
        let parts = [series, folio].compactMap { $0 }.filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: "-")
    }
}
