import CRMKit
import Localization

/// The wording of one kind of printed document, apart from its lines and amounts.
struct PaperForm {
    /// The title, if it differs from the label of the records.
    var title: Text?
    /// The label of the recipient.
    let party: Text
    /// The reference field that names the organization that buys or sells.
    let organization: String?
    /// The role of the recipient; `nil` for any role, those declared first taking precedence.
    var role: String?
    /// The fields shown beside the number, if they have values.
    let facts: [String]
    /// The label of the signature next to the company's.
    let signature: Text
    /// The sentence about the last day of validity, and the field for the day.
    let validity: (field: String, words: Text)?
    /// Further addresses in the document.
    var places: [Place] = []
    /// The marks for documents that are not valid; the first applicable one is printed.
    var marks: [Mark] = []

    /// A further contact with an address.
    struct Place {
        /// The name of the place in templates: `ship_to`.
        let name: String
        let label: Text
        /// The role of the contact. If nobody has it, the recipient is used, with an address of ``kind``.
        let role: String?
        /// The preferred kind of address.
        let kind: String
        /// Whether only an address of that kind is used, whoever the contact is.
        var isOnlyOfKind = false
    }

    /// A mark for a document that is not valid.
    struct Mark {
        /// The name of the template value that is present in this case: `stage.rejected`.
        let name: String
        let words: Text
        /// The setting of the module, with its value, on which the mark depends; nil for none.
        var setting: (key: String, value: String)?
    }

    /// - Parameter spanish: the Spanish word, in the gender of the document's name.
    private static func cancelled(_ spanish: String) -> Mark {
        Mark(name: "status.cancelled", words: Text(en: "Cancelled", es: spanish))
    }
    private static let shipping = Text(en: "Ship to", es: "Enviar a")

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
            ),
            places: [Place(name: "ship_to", label: shipping, role: nil, kind: "shipping")],
            marks: [
                Mark(name: "superseded_by", words: Text(en: "Superseded", es: "Sustituida")),
                Mark(name: "stage.rejected", words: Text(en: "Rejected", es: "Rechazada")),
            ]
        ),
        .salesOrder: PaperForm(
            title: Text(en: "Sales order", es: "Pedido"),
            party: Text(en: "Sold to", es: "Vendido a"),
            organization: "organization",
            facts: ["customer_po", "due_date", "carrier"],
            signature: Text(en: "Received by", es: "Recibí de conformidad"),
            validity: nil,
            places: [
                Place(name: "bill_to", label: Text(en: "Bill to", es: "Facturar a"), role: "billing", kind: "billing"),
                Place(name: "ship_to", label: shipping, role: "shipping", kind: "shipping"),
            ],
            marks: [cancelled("Cancelado")]
        ),
        .purchaseOrder: PaperForm(
            title: Text(en: "Purchase order", es: "Orden de compra"),
            party: Text(en: "Supplier", es: "Proveedor"),
            organization: "supplier",
            role: "supplier_contact",
            facts: ["requisition_no", "due_date", "carrier", "tracking_no"],
            signature: Text(en: "Authorised by", es: "Autorizó"),
            validity: nil,
            places: [
                Place(name: "ship_to", label: shipping, role: "requester", kind: "shipping", isOnlyOfKind: true)
            ],
            marks: [
                cancelled("Cancelada"),
                Mark(
                    name: "status.created",
                    words: Text(en: "Not approved", es: "Sin autorizar"),
                    setting: ("approval", "two_people")
                ),
            ]
        ),
        .contract: PaperForm(
            party: Text(en: "With", es: "Con"),
            organization: nil,
            facts: [
                "type", "level", "priority", "start_date", "end_date", "renewal_date", "auto_renew", "total_units",
                "tracking_unit",
            ],
            signature: Text(en: "The holder", es: "El titular"),
            validity: ("end_date", Text(en: "This contract ends on", es: "Esta póliza termina el")),
            marks: [Mark(name: "status.in_planning", words: Text(en: "Draft", es: "Borrador"))]
        ),
    ]
}
