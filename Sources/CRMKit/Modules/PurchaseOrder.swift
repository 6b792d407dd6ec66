extension ModuleName {
    /// Orders placed with suppliers.
    public static let purchaseOrder: ModuleName = "purchase_order"
}

extension Module {
    static let purchaseOrder = Declaration(
        name: .purchaseOrder,
        en: "Purchase order",
        es: "Compra",
        plural: (en: "Purchase orders", es: "Compras"),
        gender: .feminine,
        synonyms: "orden-de-compra pedido-de-compra orden order",
        kin: "gasto expense egreso bill proveedor supplier vendor",
        display: .field("subject"),
        fields: [
            .text("subject", en: "Subject", es: "Asunto", .required),
            .documentNumber(en: "Order number", es: "Número de compra", word: "COM"),
            .choice(
                "status",
                en: "Status",
                es: "Estado",
                [.required, .tracked],
                default: "created",
                [
                    Choice("created", en: "Created", es: "Creada", words: "borrador draft nuevo new"),
                    Choice("approved", en: "Approved", es: "Aprobada", words: "confirmado autorizado confirmed"),
                    Choice("delivered", en: "Delivered", es: "Entregada"),
                    Choice("cancelled", en: "Cancelled", es: "Cancelada", words: "canceled"),
                    Choice(
                        "received_shipment",
                        en: "Received Shipment",
                        es: "Envío recibido",
                        words: "recibido received"
                    ),
                ]
            ),
            .reference("supplier", to: .organization, en: "Supplier", es: "Proveedor"),
            .text("supplier_name", en: "Supplier name", es: "Nombre del proveedor"),
            .code("invoice_number", en: "Supplier's invoice", es: "Factura del proveedor"),
            .date("invoice_date", en: "Date of the invoice", es: "Fecha de la factura"),
            .code("requisition_no", en: "Requisition number", es: "Número de requisición"),
            .code("tracking_no", en: "Tracking number", es: "Número de rastreo"),
            .date("due_date", en: "Due date", es: "Fecha de vencimiento"),
            .choice("carrier", en: "Carrier", es: "Transportista", Choice.carriers),
        ] + .documentAmounts,
        contacts: .many(
            LinkDefinition([
                .choice(
                    "role",
                    en: "Role",
                    es: "Rol",
                    [
                        Choice("requester", en: "Requester", es: "Solicitante"),
                        Choice("approver", en: "Approver", es: "Autorizador"),
                        Choice("supplier_contact", en: "Supplier Contact", es: "Contacto del proveedor"),
                    ]
                )
            ])
        ),
        listed: ["number", "status", "supplier", "requisition_no", "due_date", "total", "currency"],
        mention: Mention(["number", "status", "due_date", "total"]),
        datedBy: "created_at",
        occasions: [
            Occasion("created", en: "Purchase ordered", es: "Compra hecha", on: "created_at"),
            Occasion("invoiced", en: "Purchase invoiced", es: "Compra facturada", on: "invoice_date"),
            Occasion(
                "due",
                en: "Purchase due",
                es: "Vence la compra",
                on: "due_date",
                where: "status not in (delivered, cancelled, received_shipment)"
            )
            .onPage(.receipts, .due(within: 7)),
        ],
        parts: [.line, .tax],
        actions: [requestOrder, approveOrder, receiveOrder],
        settings: [PurchaseApproval.setting],
        rules: .documentAmounts + PurchaseApproval.rules + Fulfilment.statusRules
    ).module
}
