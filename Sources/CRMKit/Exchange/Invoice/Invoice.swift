import Formats

/// A Mexican electronic invoice (CFDI 3.3 and 4.0, Annex 20 of the fiscal rules) as its issuer wrote it.
struct Invoice {
    /// A line of the invoice.
    struct Line {
        /// The position at which the line begins.
        let position: TextPosition
        /// `NoIdentificacion`: the issuer's code for it, or what both agreed on.
        let code: String?
        let text: String
        let quantity: ScaledDecimal
        /// A code of the SAT's list of units (UN/ECE recommendation 20).
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
            /// Not at all.
            case exempt = "Exento"
        }

        /// `001` ISR, `002` IVA, `003` IEPS.
        let code: String
        /// Whether who pays keeps it back.
        let isWithheld: Bool
        let factor: Factor
        let rate: ScaledDecimal
        let base: ScaledDecimal
        let amount: ScaledDecimal
    }

    /// A tax of a state or a town on the whole of it (`implocal:ImpuestosLocales`): that on lodging, what is kept back for
    /// inspecting works.
    struct LocalTax {
        /// The position at which the element begins.
        let position: TextPosition
        let name: String
        /// In percent.
        let rate: ScaledDecimal
        /// Below zero for one that who pays keeps back.
        let amount: ScaledDecimal
    }

    /// Another invoice that an invoice names as related to it.
    struct Relation {
        /// The code of the relation in the catalogue `c_TipoRelacion` of the tax authority.
        let kind: String
        /// The fiscal folio, in upper case.
        let uuid: String

        /// The invoice replaces the other one, which is cancelled.
        static let replacement = "04"
        /// The other one was for an advance on what this one is for.
        static let advance = "07"
    }

    /// Digits after the point of its numbers.
    static let scale = 6

    /// The position at which the invoice begins.
    let position: TextPosition
    /// The fiscal folio from the stamp, a UUID in upper case that is unique to the invoice.
    let uuid: String
    let series: String?
    let folio: String?
    /// The day it was issued.
    let day: String
    let currency: String
    /// The value of one unit of the currency in Mexican pesos (`TipoCambio`), as written; `nil` for pesos.
    let exchangeRate: String?
    let total: ScaledDecimal
    /// The tax id of who issued it, and the name.
    let issuer: (taxID: String, name: String)
    /// The tax id of who it is for, where it says so.
    let recipient: String?
    let lines: [Line]
    let localTaxes: [LocalTax]
    /// The invoices that it names as related, as far as they are read.
    let relations: [Relation]

    /// The number that the issuer gave the invoice: series and folio.
    var number: String? {
        let parts = [series, folio].compactMap { $0 }.filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: "-")
    }
}
