extension HeaderTable {
    /// The modules of vtiger, where its column names differ from the fields of this program, which are modelled after
    /// it.
    static let vtiger = vtigerModules.map { table in
        HeaderTable(table.module, table.columns + [(bookkeeping, .unheld)], besides: table.besides + origin)
    }

    private static let vtigerModules = [
        HeaderTable(
            .contact,
            [
                (["Contact Id", "Núm. Contacto"], .column("external_id")),
                (
                    ["Organization Name", "Account Name", "Nombre de la Cuenta", "Nombre Cuenta", "Nombre Cliente"],
                    .column("organization.name")
                ),
                (["Saludo"], .column("salutation")),
                (["Primary Email", "Correo Electrónico", "Email Principal"], .column("email")),
                (["Email Secundario"], .column("email_secondary")),
                (["Office Phone", "Teléfono Oficina"], .column("phone")),
                (["Mobile Phone", "Teléfono Móvil"], .column("mobile")),
                (["Secondary Phone"], .column("other_phone")),
                (["Birthdate", "Birthday"], .column("birthdate")),
                (["Support Start Date", "Fecha Inicio Soporte"], .column("support_start")),
                (["Support End Date", "Fecha Fin Soporte"], .column("support_end")),
                (["Mailing Street", "Calle (Principal)", "Calle Principal", "Calle"], .address("work", "street")),
                (
                    ["Mailing PO Box", "Mailing P.O. Box", "Apartado Postal Principal", "Apartado Postal"],
                    .address("work", "po_box")
                ),
                (["Mailing City", "Ciudad Principal", "Ciudad", "Población"], .address("work", "city")),
                (
                    [
                        "Mailing State", "Mailing State/Province", "Provincia Principal", "Estado Principal",
                        "Provincia",
                    ],
                    .address("work", "state")
                ),
                (
                    [
                        "Mailing Zip", "Mailing Postal Code", "Mailing Zip/Postal Code", "Código Postal Principal",
                        "Código Postal",
                    ],
                    .address("work", "postal_code")
                ),
                (["Mailing Country", "País Principal", "País"], .address("work", "country")),
                (["Other PO Box", "Other P.O. Box"], .address("other", "po_box")),
                (["Other Zip"], .address("other", "postal_code")),
                (contactRest, .unheld), (["Reference", "Referencia"], .unheldWord),
            ]
                + place("billing", en: "Billing", es: "facturación")
                + place("shipping", en: "Shipping", es: "envío")
        ),
        HeaderTable(
            .organization,
            [
                (["Organization Name", "Account Name", "Nombre de la Cuenta", "Nombre Cuenta"], .column("name")),
                (["Organization No", "Organization Number", "Account No", "Núm. Cuenta"], .column("external_id")),
                (["Primary Email", "Email Principal"], .column("email")),
                (["Primary Phone", "Teléfono Principal"], .column("phone")),
                (["Member Of", "Miembro de"], .column("member_of.name")),
                (["Employees"], .column("employees")),
                (["Annual Revenue", "Ingresos Anuales"], .column("annual_revenue")),
                (["Other Phone", "Secondary Phone", "Otro Teléfono", "Teléfono Secundario"], .column("point.phone")),
                (
                    ["Secondary Email", "Other Email", "Email Secundario", "Otro Email"],
                    .column("point.email")
                ),
                (organizationRest, .unheld),
            ]
        ),
        HeaderTable(
            .asset,
            [
                (["Asset Name", "Nombre Activo"], .column("name")),
                (["Asset No", "Núm. Activo"], .column("asset_number")),
                (["Serial Number", "Núm. Serie"], .column("serial")),
                (["Product Name", "Nombre Producto"], .column("product.name")),
                (["Customer Name"], .column("organization.name")),
                (["Date Sold", "Fecha de Venta"], .column("sold_on")),
                (["Date in Service", "Fecha en Servicio"], .column("in_service_on")),
                (["Tag Number"], .column("tag_number")),
                (assetRest, .unheld),
            ]
        ),
        HeaderTable(
            .campaign,
            [
                (["Campaign Name", "Nombre Campaña"], .column("name")),
                (["Campaign No", "Núm. Campaña"], .column("external_id")),
                (["Campaign Type"], .column("type")),
                (["Campaign Status"], .column("status")),
                (["Expected Close Date"], .column("closing_date")),
                (["Target Audience"], .column("audience")),
                (["Target Size"], .column("target_size")),
                (["Budget Cost"], .column("budget")),
                (["Actual Cost"], .column("actual_cost")),
                (["Expected Revenue"], .column("expected_revenue")),
                (["Expected Response"], .column("expected_response")),
                (["Expected Response Count"], .column("expected_response_count")),
                (["Num Sent"], .column("sent_count")),
            ]
        ),
        HeaderTable(
            .`case`,
            [
                (["Ticket No", "Núm. Caso"], .column("number")),
                (["Ticket Title"], .column("title")),
                (["Ticket Priority"], .column("priority")),
                (["Ticket Severity"], .column("severity")),
                (["Ticket Status"], .column("status")),
                (["Ticket Category"], .column("category")),
                (["Product Name"], .column("product.name")),
                (["Service Contract"], .column("contract.name")),
                (["Hours"], .column("hours")),
                (["Update History"], .column("solution")),
                (caseRest, .unheld),
            ]
        ),
        HeaderTable(
            .comment,
            [
                (["Comment"], .column("body")),
                (["Related To"], .column("contact.name")),
                (["Creator"], .column("author")),
            ]
        ),
        HeaderTable(
            .contract,
            [
                (["Contract No", "Núm. Contrato"], .column("number")),
                (["Service Contract"], .column("subject")),
                (["Contract Type"], .column("type")),
                (["Contract Status"], .column("status")),
                (["Contract Priority"], .column("priority")),
                (["Tracking Unit"], .column("tracking_unit")),
                (["Total Units"], .column("total_units")),
                (["Used Units"], .column("used_units")),
                (["Due Date", "Fecha de Vencimiento"], .column("end_date")),
            ],
            // Next to the due date, the actual end has no field of its own.
            besides: [
                ("End Date", "Due Date", .noted(.note(called: "End Date", place: nil))),
                ("Fecha de Fin", "Fecha de Vencimiento", .noted(.note(called: "Fecha de Fin", place: nil))),
            ]
        ),
        HeaderTable(
            .document,
            [
                (["Document No", "Núm. Archivo"], .column("external_id")),
                (["File Name"], .column("file_name")),
                (["File Type"], .column("media_type")),
                (["File Size"], .column("size")),
                (["Folder Name"], .column("folder")),
            ]
        ),
        HeaderTable(
            .event,
            [
                (["Activity Type", "Tipo de Actividad"], .column("kind")),
                (["Start Date & Time", "Fecha y Hora de Inicio"], .column("starts_at")),
                (["End Date & Time"], .column("ends_at")),
                (["Event Status"], .column("status")),
                (["Visibility"], .column("visibility")),
                (["Time Start"], .moment("starts_at", .time)),
                (["Contact Name", "Nombre Contacto"], .column("contact.name")),
                (["Related To", "Relacionado con"], .column("about.name")),
            ],
            // Next to a column for the time, only the day is read from these.
            besides: [
                ("Start Date & Time", "Time Start", .moment("starts_at", .day)),
                ("End Date & Time", "End Time", .moment("ends_at", .day)),
            ]
        ),
        HeaderTable(
            .opportunity,
            [
                (["Opportunity Name", "Nombre Oportunidad"], .column("name")),
                (["Opportunity No", "Potential No", "Núm. Oportunidad"], .column("external_id")),
                (["Organization Name", "Related To", "Relacionado con"], .column("organization.name")),
                (["Contact Name", "Nombre Contacto"], .column("contact.name")),
                (["Expected Close Date"], .column("close_date")),
                (["Sales Stage", "Fase de Venta"], .column("stage")),
                (["Campaign Source"], .column("campaign.name")),
                (opportunityRest, .unheld),
            ]
        ),
        HeaderTable(
            .product,
            [
                (["Product Name", "Nombre Producto"], .column("name")),
                (["Product No", "Núm. Producto"], .column("external_id")),
                (["Part Number", "Núm. Parte"], .column("code")),
                (["Product Category"], .column("category")),
                (["Manufacturer"], .column("manufacturer")),
                (["Serial No"], .column("serial")),
                (["Usage Unit"], .column("unit")),
                (["Unit Price", "Precio Unitario"], .column("price")),
                (["Qty In Stock", "Cantidad en Stock"], .column("stock")),
                (["Reorder Level"], .column("reorder_level")),
                (["Product Active"], .column("active")),
                (["Sales Start Date"], .column("sales_start")),
                (["Sales End Date"], .column("sales_end")),
            ]
        ),
        HeaderTable(
            .project,
            [
                (["Project Name", "Nombre del Proyecto"], .column("name")),
                (["Project No", "Núm. Proyecto"], .column("external_id")),
                (["Start Date"], .column("start_date")),
                (["Target End Date"], .column("target_end_date")),
                (["Actual End Date"], .column("actual_end_date")),
                (["Target Budget"], .column("budget")),
                (["Project Url"], .column("url")),
            ]
        ),
        HeaderTable(
            .purchaseOrder,
            [
                (["PO Number", "PurchaseOrder No", "Núm. Compra"], .column("number")),
                (["Vendor Name", "Nombre Proveedor"], .words("supplier_name", [:])),
                (["Requisition No"], .column("requisition_no")),
                (["Tracking Number"], .column("tracking_no")),
                (["Due Date"], .column("due_date")),
                (["PO Date"], .homeless("po_date")),
            ] + amounts + items,
            besides: named + unheld(besides: ["Received", "Paid", "Balance", "Terms & Conditions"])
        ),
        HeaderTable(
            .quote,
            [
                (["Quote No", "Quote Number", "Núm. Cotización"], .column("number")),
                (["Quote Stage", "Fase"], .column("stage")),
                (["Opportunity Name", "Potential Name", "Nombre Oportunidad"], .column("opportunity.name")),
                (["Organization Name", "Account Name"], .column("organization.name")),
                (["Valid Until", "Valid Till"], .column("valid_until")),
                (["Terms & Conditions"], .column("terms")),
            ] + amounts + items,
            besides: named + unheld(besides: ["Is Converted From Opportunity"])
        ),
        HeaderTable(
            .salesOrder,
            [
                (["SalesOrder No", "Sales Order No", "Núm. Venta"], .column("number")),
                (["Opportunity Name", "Potential Name", "Nombre Oportunidad"], .column("opportunity.name")),
                (["Quote Name"], .column("quote.name")),
                (["Organization Name", "Account Name"], .column("organization.name")),
                (["Customer PO", "Purchase Order"], .column("customer_po")),
                (["Due Date"], .column("due_date")),
                (["Status"], .column("status")),
            ] + amounts + items,
            besides: named
                + unheld(besides: [
                    "Customer No", "Pending", "Terms & Conditions", "Enable Recurring", "Frequency", "Start Period",
                    "End Period", "Payment Duration", "Invoice Status", "Is Converted From Quote",
                ])
        ),
        HeaderTable(
            .service,
            [
                (["Service Name", "Nombre Servicio"], .column("name")),
                (["Service No", "Núm. Servicio"], .column("external_id")),
                (["Service Category"], .column("category")),
                (["Usage Unit"], .column("unit")),
                (["Unit Price"], .column("price")),
                (["Service Active"], .column("active")),
                (["Support Start Date"], .column("start_date")),
                (["Support Expiry Date"], .column("end_date")),
            ]
        ),
    ]

    /// The columns without a field in every record: who created and last changed it, and whether it is starred.
    private static let bookkeeping = [
        "Created By", "Creado por", "Last Modified By", "Modified By", "Modificado por", "Última modificación por",
        "Starred", "Destacado",
    ]

    /// The column for how a record got into vtiger, next to columns typical of vtiger. In other programs, a column of
    /// this name says where a client came from.
    private static let origin: Besides = [
        "Created Time", "Fecha Creación", "Modified Time", "Última Modificación", "Last Modified By", "Modificado por",
    ].map { (name: "Source", beside: $0, target: .unheld) }

    /// The columns about people that have no field.
    private static let contactRest = [
        "Notify Owner", "Notificar Propietario", "Portal User", "Usuario del Portal",
        "Usuario Portal", "Contact Image", "Imagen de Contacto", "Imagen del Contacto", "Is Converted From Lead",
        "Twitter Username",
    ]

    /// The columns about organizations that have no field.
    private static let organizationRest = [
        "Fax", "Ticker Symbol", "Símbolo Ticker", "Ownership", "Propiedad", "Email Opt Out", "Notify Owner",
        "Notificar Propietario", "Is Converted From Lead", "SIC Code", "Código SIC",
    ]

    private static let assetRest = [
        "Invoice Name", "Nombre Factura", "Shipping Method", "Método de Envío", "Shipping Tracking Number",
        "Número de Seguimiento", "Asset Image", "Imagen del Activo",
    ]

    private static let caseRest = [
        "Days", "Días", "Is Converted From FAQ", "Attachment", "From Portal", "From Mail", "Add Comment",
    ]

    private static let opportunityRest = [
        "Forecast Amount", "Importe Previsto", "Weighted Revenue", "Isconvertedfrompotential",
        "Is Converted From Opportunity", "Is Converted From Lead",
    ]

    /// Returns the columns of an address of an account, which a table of contacts may have too.
    private static func place(_ slot: String, en: String, es: String) -> [(names: [String], target: Target)] {
        [
            (["\(en) Address", "\(en) Street", "Dirección de \(es)", "Calle de \(es)"], .address(slot, "street")),
            (["\(en) City", "Ciudad de \(es)"], .address(slot, "city")),
            (["\(en) State", "\(en) State/Province", "Estado de \(es)"], .address(slot, "state")),
            (
                ["\(en) Postal Code", "\(en) Zip", "\(en) Zip/Postal Code", "\(en) Code", "Código postal de \(es)"],
                .address(slot, "postal_code")
            ),
            (["\(en) Country", "País de \(es)"], .address(slot, "country")),
            (["\(en) PO Box", "\(en) P.O. Box", "Apartado postal de \(es)"], .address(slot, "po_box")),
        ]
    }

    /// The amounts of a document. Those that follow from its lines are computed anew instead.
    private static let amounts: [(names: [String], target: Target)] = [
        (["Contact Name", "Nombre Contacto"], .column("contact.name")),
        (["Conversion Rate", "Tipo de Cambio"], .nothing),
        (["Tax Type", "Tipo de Impuesto"], .nothing),
        (["Discount Percent", "Porcentaje Descuento"], .column("discount_percent")),
        (["Discount Amount", "Importe Descuento"], .column("discount_amount")),
        (["S&H Amount", "Importe Envío"], .column("shipping")),
        (["Sub Total", "Pre Tax Total", "Total antes de Impuestos"], .nothing),
    ]

    private typealias Besides = [(name: String, beside: String, target: Target)]

    /// The columns for the currency of a document, which vtiger names together with its country: `Mexico, Pesos`.
    private static let named: Besides = ["Item Name", "Conversion Rate", "Tipo de Cambio"].flatMap { beside in
        ["Currency", "Moneda"].map { (name: $0, beside: beside, target: Target.words("currency", currencies)) }
    }

    /// Returns the columns in every document exported by vtiger that have no field. Each is only recognized next to a
    /// column that identifies a table of vtiger's. `Shipping` is a text; the price of shipping is in `S&H Amount`.
    ///
    /// - Parameter own: further such columns of one kind of document.
    private static func unheld(besides own: [String]) -> Besides {
        let places = ["Billing", "Shipping"].flatMap { side in
            ["Address", "Street", "City", "State", "Code", "Country", "Po Box", "P.O. Box"].map { "\(side) \($0)" }
        }
        let shared = [
            "Inventory Manager", "Sales Commission", "Excise Duty", "S&H Percent", "Tax Region", "Purchase Cost",
            "Margin", "Image", "Last Modified By", "Source", "Starred",
        ]
        let known = ["Item Name", "Nombre del Artículo", "S&H Amount", "Importe Envío", "Pre Tax Total", "Tax Type"]
        return (["Shipping", "Envío"] + shared + places + own).flatMap { name in
            known.map { (name: name, beside: $0, target: .unheld) }
        }
    }

    private static let currencies = [
        "USA, Dollars": "USD", "Mexico, Pesos": "MXN", "Euro": "EUR", "Spain, Euro": "EUR", "Canada, Dollars": "CAD",
        "United Kingdom, Pounds": "GBP", "Argentina, Pesos": "ARS", "Chile, Pesos": "CLP", "Colombia, Pesos": "COP",
        "Peru, Nuevos Soles": "PEN",
    ]

    /// The items of a document, one for each row, with the document's columns repeated.
    private static let items: [(names: [String], target: Target)] = [
        (
            ["Item Name", "Nombre del Artículo", "Nombre Artículo", "Nombre Producto"],
            .cell("lines", .record(["product", "service"], by: ["name"], orText: "text"))
        ),
        (["Quantity", "Cantidad"], .column("line.quantity")),
        (["List Price", "Selling Price", "Precio de Lista", "Precio de Venta"], .column("line.unit_price")),
        (["Item Comment", "Comentario del Artículo"], .column("line.comment")),
        (["Item Discount Percent", "Porcentaje Descuento del Artículo"], .column("line.discount_percent")),
        (["Item Discount Amount", "Item Discount", "Importe Descuento del Artículo"], .column("line.discount_amount")),
        (
            ["Tax1", "Tax2", "Tax3", "VAT", "Sales", "Service", "IVA", "Impuesto1", "Impuesto2", "Impuesto3"],
            .cell("lines", .taxes(of: "taxes", kind: .vat))
        ),
    ]

    /// Column names of vtiger and others for the fields that all modules have.
    static let shared: [(names: [String], target: Target)] = [
        (
            [
                "Created Time", "Fecha Creación", "Marca temporal", "Timestamp", "Create Date", "Created Date",
                "Date Created",
                "Creation Date", "Created on", "Creado el", "Fecha de creación", "Fecha y hora de creación",
                "Submitted at",
            ],
            .column("created_at")
        ),
        (["Persona de contacto", "Contact person"], .column("contact.name")),
        (["Nombre de cuenta", "Nombre de la cuenta"], .column("organization.name")),
        (["Modified Time", "Última Modificación"], .column("updated_at")),
        (["Assigned User", "Usuario Asignado", "Responsable"], .column("assigned_to")),
        (["Notas", "Notes", "Observaciones", "Comentarios"], .column("description")),
    ]
}
