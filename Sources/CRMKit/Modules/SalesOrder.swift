extension ModuleName {
    /// Orders from customers.
    public static let salesOrder: ModuleName = "sales_order"
}

extension Module {
    static let salesOrder = Declaration(
        name: .salesOrder,
        en: "Sales order",
        es: "Venta",
        plural: (en: "Sales orders", es: "Ventas"),
        gender: .feminine,
        synonyms: "pedido pedido-de-venta orden-de-venta orden order",
        kin: "factura facturación invoice billing remisión recibo receipt cobro cobranza pago payment ingreso",
        display: .field("subject"),
        fields: [
            .text("subject", en: "Subject", es: "Asunto", .required),
            .documentNumber(en: "Order number", es: "Número de venta", word: "VTA"),
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
                ]
            ),
            .reference("organization", to: .organization, en: "Organization", es: "Cliente"),
            .reference("opportunity", to: .opportunity, en: "Opportunity", es: "Oportunidad"),
            .reference("quote", to: .quote, en: "Quote", es: "Cotización"),
            .code("customer_po", en: "Customer purchase order", es: "Orden de compra del cliente"),
            .date("due_date", en: "Due date", es: "Fecha de vencimiento"),
            .choice("carrier", en: "Carrier", es: "Transportista", Choice.carriers),
            .list(
                "invoice_numbers",
                singular: "invoice_number",
                en: "Invoice numbers",
                es: "Números de factura"
            ),
            .date("invoiced_on", en: "Invoiced on", es: "Fecha de factura"),
        ] + .documentAmounts,
        contacts: .many(
            LinkDefinition(
                [
                    .choice(
                        "role",
                        en: "Role",
                        es: "Rol",
                        [
                            Choice("buyer", en: "Buyer", es: "Comprador"),
                            Choice("billing", en: "Billing", es: "Facturación"),
                            Choice("shipping", en: "Shipping", es: "Envío"),
                        ]
                    )
                ],
                bringing: ["organization"],
                following: [
                    LinkDefinition.Following(reference: "quote", roles: ["recipient": "buyer"]),
                    LinkDefinition.Following(reference: "opportunity", roles: ["primary": "buyer"]),
                ]
            )
        ),
        listed: ["number", "status", "organization", "quote", "due_date", "total", "currency"],
        mention: Mention(["number", "status", "due_date", "total"]),
        knownBy: ["number", "organization", "status"],
        datedBy: "created_at",
        occasions: [
            Occasion("created", en: "Ordered", es: "Venta hecha", on: "created_at"),
            Occasion("invoiced", en: "Order invoiced", es: "Venta facturada", on: "invoiced_on"),
            Occasion(
                "due",
                en: "Order due",
                es: "Vence la venta",
                on: "due_date",
                where: "status not in (delivered, cancelled)"
            )
            .onPage(.deliveries, .due(within: 7)),
        ],
        parts: [.line, .tax],
        actions: [deliverOrder, invoiceOrder],
        rules: .documentAmounts + Fulfilment.statusRules
            + [
                .taking(["organization", "opportunity"], from: "quote"),
                .taking(["organization"], from: "opportunity"),
            ]
    ).module
}
