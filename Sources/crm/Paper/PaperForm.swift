import CRMKit
import Localization

/// What the paper of one kind of document says beside its lines and amounts.
struct PaperForm {
    /// What who gets it is called.
    let party: Text
    /// The reference field that names the organization it is for, or that sells.
    let organization: String?
    /// The role of the contact it is for; `nil` for any, the one declared first before others.
    var role: String?
    /// The fields told beside the number, as far as they have values.
    let facts: [String]
    /// Who signs, beside the company.
    let signature: Text
    /// What holds until a day, and the field with the day.
    let validity: (field: String, words: Text)?

    /// The documents that are printed.
    static let forms: [ModuleName: PaperForm] = [
        .quote: PaperForm(
            party: Text(en: "For", es: "Para"),
            organization: "organization",
            facts: ["valid_until", "carrier"],
            signature: Text(en: "Accepted by", es: "Acepto de conformidad"),
            validity: (
                "valid_until",
                Text(en: "These prices hold until", es: "Precios válidos hasta el")
            )
        ),
        .salesOrder: PaperForm(
            party: Text(en: "Sold to", es: "Vendido a"),
            organization: "organization",
            facts: ["customer_po", "due_date", "carrier"],
            signature: Text(en: "Received by", es: "Recibí de conformidad"),
            validity: nil
        ),
        .purchaseOrder: PaperForm(
            party: Text(en: "Supplier", es: "Proveedor"),
            organization: "supplier",
            role: "supplier_contact",
            facts: ["requisition_no", "due_date", "carrier", "tracking_no"],
            signature: Text(en: "Authorised by", es: "Autorizó"),
            validity: nil
        ),
        .contract: PaperForm(
            party: Text(en: "With", es: "Con"),
            organization: nil,
            facts: [
                "type", "level", "priority", "start_date", "end_date", "renewal_date", "auto_renew", "total_units",
                "tracking_unit",
            ],
            signature: Text(en: "The holder", es: "El titular"),
            validity: ("end_date", Text(en: "This contract ends on", es: "Esta póliza termina el"))
        ),
    ]
}
