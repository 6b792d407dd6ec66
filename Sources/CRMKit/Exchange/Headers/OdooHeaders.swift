extension HeaderTable {
    /// Contacts, leads, products, quotes, orders and purchase orders of Odoo, by the names of its fields and by their
    /// labels. The columns of a document are empty in the rows of its further lines.
    static let odoo = [
        HeaderTable(
            .contact,
            [
                (["function", "Job Position", "Puesto de trabajo"], .column("title")),
                (
                    ["parent_id", "parent_id/name", "Related Company", "Empresa relacionada", "Compañía relacionada"],
                    .column("organization.name")
                ),
                (["user_id", "Salesperson", "Comercial", "Vendedor"], .column("assigned_to")),
                (["Nombre para mostrar", "display_name", "Display Name", "Complete Name"], .fullName),
                (["street2", "Street 2", "Street2"], .address("work", "street", line: 2)),
                (["state_id", "state_id/name"], .address("work", "state")),
                (["country_id", "country_id/name", "country_id/code"], .address("work", "country")),
                (["Website Link", "Enlace a página web"], .point(kind: "url", label: nil)),
                (["Tax ID"], .note("Tax ID")), (["NIF"], .note("NIF")),
                (["Address Type", "Tipo de dirección"], .unheld),
                (["comment"], .column("description")),
                (["category_id"], .column("tags")),
                (companyMarks + companyTypes, .kept(false, otherwise: .organization)),
            ],
            besides: [
                ("Title", "Job Position", .titles(called: "Title")), ("Title", "function", .titles(called: "Title")),
                ("Título", "Puesto de trabajo", .titles(called: "Título")),
            ]
                + (companyMarks + ["parent_id", "category_id", "Related Company", "Empresa relacionada"]).map(ownKey)
                + companyMarks.flatMap { mark in wholeNames.map { ($0, mark, .piece(.memberName)) } }
        ),
        HeaderTable(
            .organization,
            [
                (companyMarks + companyTypes, .kept(true, otherwise: .contact)),
                (wholeNames, .column("name")), (["vat", "Tax ID", "NIF"], .column("tax_id")),
                (["Website Link", "Enlace a página web"], .column("website")), (["category_id"], .column("tags")),
            ],
            besides: (companyMarks + ["category_id"]).map(ownKey)
        ),
        HeaderTable(.opportunity, lead, besides: leadAmounts.map(ownKey) + leadAmounts.map(leadCustomer) + leadCompany),
        HeaderTable(
            .product,
            [
                (["default_code", "Internal Reference", "Referencia interna"], .column("code")),
                (["list_price", "Sales Price", "Precio de venta"], .column("price")),
                (
                    ["qty_available", "Quantity On Hand", "Cantidad a mano", "Cantidad disponible"],
                    .column("stock")
                ),
                (["uom_id", "Unit of Measure", "UoM", "Unidad de medida", "UdM"], .column("unit")),
                (["Product Type"], .note("Product Type")), (["Tipo de producto"], .note("Tipo de producto")),
                (["Can be Sold", "Can be Purchased", "Puede ser vendido", "Puede ser comprado"], .unheld),
                (["description_sale", "Sales Description", "Descripción de venta"], .column("description")),
            ],
            besides: ["default_code", "Internal Reference", "Referencia interna"].map(ownKey)
        ),
        document(
            .quote,
            [(["validity_date", "Expiration", "Expiration Date", "Vencimiento"], .column("valid_until"))] + customer,
            states: ("stage", quoteStages)
        ),
        document(
            .salesOrder,
            [
                (["client_order_ref", "Customer Reference", "Referencia del cliente"], .column("customer_po")),
                (["commitment_date", "Delivery Date", "Fecha de entrega"], .column("due_date")),
            ] + customer,
            states: ("status", orderStates)
        ),
        document(
            .purchaseOrder,
            [
                (["partner_id", "Vendor", "Supplier"], .column("supplier.name")),
                (["partner_id/id", "Vendor/External ID", "Proveedor/ID externo"], .column("supplier.external_id")),
                (["partner_ref", "Vendor Reference", "Referencia del proveedor"], .column("invoice_number")),
                (["date_planned", "Expected Arrival", "Receipt Date", "Llegada prevista"], .column("due_date")),
            ],
            besides: [("Proveedor", .column("supplier.name"))],
            states: ("status", orderStates)
        ),
        HeaderTable(
            .event,
            [
                (["name", "Meeting Subject", "Asunto de la reunión", "Asunto de reunión"], .column("subject")),
                (["start", "Start", "Iniciar"], .column("starts_at")),
                (["stop", "Stop", "Detener"], .column("ends_at")),
                (["allday", "All Day"], .column("all_day")), (["user_id"], .column("assigned_to")),
                (["categ_ids"], .column("tags")),
                (
                    ["privacy", "Privacy", "Privacidad"],
                    .words(
                        "visibility",
                        [
                            "public": "", "Público": "", "Pública": "", "confidential": "private",
                            "Only internal users": "private", "Solo usuarios internos": "private",
                            "Privado": "private", "Privada": "private",
                        ]
                    )
                ),
                (
                    [
                        "partner_ids", "attendee_ids", "show_as", "Show as",
                    ],
                    .unheld
                ),
                (["videocall_location"], .note("Meeting URL")),
            ] + notes(["Attendees", "Asistentes", "Meeting URL", "URL de la reunión"])
        ),
    ]

    /// The columns that say whether a row is about a company: with yes or no, and in words.
    private static let companyMarks = [
        "is_company", "Is a Company", "Es una empresa", "Es una compañía", "Es empresa", "Es compañía",
    ]
    private static let companyTypes = ["company_type", "Company Type", "Tipo de compañía", "Tipo de empresa"]
    /// The names of the column for a row's whole name. For people, the name of their company may come before it.
    private static let wholeNames = [
        "name", "Nombre", "display_name", "Display Name", "complete_name", "Complete Name", "Nombre para mostrar",
        "Nombre completo",
    ]

    private typealias Columns = [(names: [String], target: Target)]

    /// Returns the meaning of the column `id` next to a certain column. In Odoo's exports it holds a text such as
    /// `__export__.res_partner_21`.
    private static func ownKey(beside name: String) -> (name: String, beside: String, target: Target) {
        ("id", name, .column("external_id"))
    }

    private static func leadCustomer(beside name: String) -> (name: String, beside: String, target: Target) {
        ("Cliente", name, .column("organization.name"))
    }

    /// The company of Odoo's own that a lead is one of, which is not the client.
    private static let leadCompany = ["Expected Closing", "Salesperson", "Prorated Revenue"].map {
        (name: "Company", beside: $0, target: Target.unheld)
    }

    /// The amount of a lead, by which its table is recognized.
    private static let leadAmounts = [
        "expected_revenue", "Expected Revenue", "Ingreso esperado", "Ingresos esperados", "Ingreso previsto",
        "Ingresos previstos",
    ]

    private static let lead: Columns = [
        (["name", "Opportunity", "Oportunidad"], .column("name")),
        (["partner_id", "Customer"], .column("organization.name")),
        (["partner_id/id", "Customer/External ID", "Cliente/ID externo"], .column("organization.external_id")),
        (["contact_name", "Contact Name", "Nombre de contacto", "Nombre del contacto"], .column("contact.name")),
        (leadAmounts, .column("amount")),
        (
            ["date_deadline", "Expected Closing", "Cierre esperado", "Cierre previsto"],
            .column("close_date")
        ),
        (["stage_id"], .column("stage")),
        (["email_from", "Email"], .note("Email")),
        (["Phone"], .note("Phone")),
        (["Priority"], .note("Priority")),
        (["Prorated Revenue", "Ingresos prorrateados", "Sales Team", "Equipo de ventas", "team_id"], .unheld),
        (["user_id", "Salesperson", "Comercial", "Vendedor"], .column("assigned_to")), (["tag_ids"], .column("tags")),
    ]

    private static let customer: Columns = [
        (["partner_id", "Customer", "Cliente"], .column("organization.name")),
        (["partner_id/id", "Customer/External ID", "Cliente/ID externo"], .column("organization.external_id")),
    ]

    private static let quoteStages = [
        "draft": "created", "Quotation": "created", "Presupuesto": "created", "Cotización": "created",
        "sent": "delivered", "Quotation Sent": "delivered", "Presupuesto enviado": "delivered",
        "Cotización enviada": "delivered", "sale": "accepted", "Sales Order": "accepted", "Pedido de venta": "accepted",
        "Orden de venta": "accepted", "done": "accepted", "Locked": "accepted", "Bloqueado": "accepted",
        "cancel": "rejected", "Cancelled": "rejected", "Cancelado": "rejected", "Cancelada": "rejected",
    ]

    private static let orderStates = [
        "draft": "created", "Quotation": "created", "Cotización": "created", "Presupuesto": "created", "RFQ": "created",
        "Solicitud de cotización": "created", "Solicitud de presupuesto": "created", "sent": "created",
        "Quotation Sent": "created", "Cotización enviada": "created", "Presupuesto enviado": "created",
        "Solicitud de cotización enviada": "created", "Solicitud de presupuesto enviada": "created",
        "Por aprobar": "created", "Para aprobar": "created",
        "RFQ Sent": "created", "to approve": "created", "To Approve": "created", "sale": "approved",
        "Sales Order": "approved", "Pedido de venta": "approved", "Orden de venta": "approved", "purchase": "approved",
        "Purchase Order": "approved", "Pedido de compra": "approved", "Orden de compra": "approved",
        "done": "approved", "Locked": "approved", "Bloqueado": "approved", "cancel": "cancelled",
        "Cancelled": "cancelled", "Cancelado": "cancelled", "Cancelada": "cancelled",
    ]

    private static func document(
        _ module: ModuleName,
        _ columns: Columns,
        besides others: [(name: String, target: Target)] = [],
        states: (field: String, words: [String: String])
    ) -> HeaderTable {
        // Names with another meaning by themselves have this one next to a column of lines.
        let ambiguous: [(name: String, target: Target)] =
            others + [
                ("id", .column("external_id")), ("Cliente", .column("organization.name")),
                ("state", .words(states.field, states.words)), ("Status", .words(states.field, states.words)),
                ("Estado", .words(states.field, states.words)), ("Total", .nothing),
                ("Taxes", .nothing), ("Impuestos", .nothing),
            ]
        let lines = lineColumns
        // Every export of lines has at least one of these.
        let usual: [Target] = [product, .column("line.text"), .column("line.quantity"), .column("line.unit_price")]
        let telling = lines.filter { usual.contains($0.target) }.flatMap(\.names)
        return HeaderTable(
            module,
            columns + header + lines,
            besides: ambiguous.filter { module != .purchaseOrder || $0.name != "Cliente" }.flatMap { column in
                telling.map { (column.name, $0, column.target) }
            }
        )
    }

    private static let header: Columns = [
        (
            [
                "name", "Order Reference", "Referencia del pedido", "Referencia de pedido", "Referencia de la orden",
                "Reference",
            ],
            .fields(["number", "subject"])
        ),
        (["ID externo"], .column("external_id")),
        (
            ["date_order", "Order Date", "Order Deadline", "Fecha del pedido", "Fecha de la orden"],
            .firstOf(["order_date", "created_at"])
        ),
        (["create_date", "Creation Date", "Fecha de creación"], .homeless("creation_date")),
        (["user_id", "Salesperson", "Buyer", "Vendedor", "Comercial", "Comprador"], .column("assigned_to")),
        (["currency_id"], .column("currency")),
        (["note", "notes", "Terms and conditions", "Términos y condiciones"], .column("description")),
        (
            [
                "amount_untaxed", "Untaxed Amount", "Base imponible", "Importe sin impuestos", "amount_tax",
                "amount_total", "invoice_status", "Invoice Status", "Estado de facturación", "Billing Status",
            ],
            .nothing
        ),
    ]

    private static let lineColumns: Columns = {
        let leads = ["order_line", "Order Lines", "Líneas del pedido", "Líneas de pedido", "Líneas de la orden"]
        let columns: Columns = [
            (["product_id", "Product", "Producto", "product_id/name", "Product/Name", "Producto/Nombre"], product),
            (
                ["product_id/default_code", "Product/Internal Reference", "Producto/Referencia interna"],
                .cell("lines", .record(["product"], by: ["code"], orText: nil))
            ),
            (["product_id/id", "Product/External ID", "Producto/ID externo"], .column("line.product.external_id")),
            (["name", "Description", "Descripción"], .column("line.text")),
            (["product_uom_qty", "product_qty", "Quantity", "Cantidad"], .column("line.quantity")),
            (
                [
                    "product_uom", "product_uom_id", "Unit of Measure", "UoM", "Unit", "Unidad de medida", "UdM",
                    "Unidad",
                ],
                .column("line.unit")
            ),
            (["price_unit", "Unit Price", "Precio unitario"], .column("line.unit_price")),
            (["discount", "Discount (%)", "Descuento (%)", "Disc.%", "Desc.%"], .column("line.discount_percent")),
            (["tax_id", "taxes_id", "tax_ids", "Taxes", "Impuestos"], .cell("lines", .taxes(of: "taxes", kind: nil))),
            (
                ["qty_delivered", "Delivery Quantity", "Delivered Quantity", "Cantidad entregada"],
                .column("line.delivered")
            ),
            (["qty_received", "Received Qty", "Cantidad recibida"], .column("line.received")),
            (
                [
                    "qty_invoiced", "Invoiced Quantity", "Billed Quantity", "Billed Qty", "Cantidad facturada",
                    "Ctd. facturada",
                ],
                .column("line.invoiced")
            ),
            (
                [
                    "id", "External ID", "ID externo", "sequence", "Sequence", "Secuencia", "price_subtotal",
                    "Subtotal",
                    "price_tax", "Total Tax", "price_total", "Total",
                ],
                .cell("lines", .nothing)
            ),
        ]
        let kinds: Columns = [
            (
                [
                    "product_id/type", "product_id/detailed_type", "Product/Product Type", "Product/Type",
                    "Producto/Tipo de producto", "Producto/Tipo",
                ],
                .cell(
                    "lines",
                    .recordField(
                        [
                            "service": "service", "servicio": "service", "consu": "product", "consumable": "product",
                            "consumible": "product", "product": "product", "storable product": "product",
                            "producto almacenable": "product", "goods": "product", "bienes": "product",
                        ]
                    )
                )
            ),
            (
                ["display_type", "Display Type", "Tipo de visualización", "Tipo de despliegue"],
                .cell("lines", .textOnly(["line section", "section", "seccion", "line note", "note", "nota"]))
            ),
        ]
        return (columns + kinds).map { names, target in
            (leads.flatMap { lead in names.map { "\(lead)/\($0)" } }, target)
        }
    }()

    /// The product of a line; if it does not exist, its name becomes the text of the line.
    private static let product = Target.cell(
        "lines",
        .record(["product", "service"], by: ["code", "name"], orText: "text")
    )
}
