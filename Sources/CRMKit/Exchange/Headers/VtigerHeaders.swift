extension HeaderTable {
    /// The modules of vtiger, where its column names differ from the fields of this program, which are modelled after
    /// it.
    static let vtiger = vtigerModules.map { table in
        HeaderTable(table.module, table.columns + [(bookkeeping, .unheld)], besides: table.besides + origin)
    }

    /// Among the columns of a lead the primary telephone is that of the person.
    private static let leadPhones: Besides =
        ["Lead Source", "Lead Status", "Lead No", "Designation", "Primary Email"].map {
            (name: "Primary Phone", beside: $0, target: Target.column("phone"))
        }
        + ["Origen de Prospecto", "Origen de Pre-Contacto", "Estado de Prospecto", "Email Principal"].map {
            (name: "Teléfono Principal", beside: $0, target: Target.column("phone"))
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
                (["Twitter Username"], .note("Twitter")), (contactRest, .unheld),
                (["Reference", "Referencia"], .unheldWord), (["Designation"], .column("title")),
                (["Lead No", "Lead Number"], .column("external_id")),
            ]
                + place("billing", en: "Billing", es: "facturación")
                + place("shipping", en: "Shipping", es: "envío"),
            besides: leadPhones
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
                (["Fax"], .labelled("phone", "fax")), (organizationRest, .unheld),
            ]
        ),
        HeaderTable(
            .asset,
            [
                (["Asset Name", "Nombre Activo"], .column("name")),
                (["Asset No", "Asset Number", "Núm. Activo"], .column("asset_number")),
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
                (["Campaign No", "Campaign Number", "Núm. Campaña"], .column("external_id")),
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
                (["Ticket No", "Ticket Number", "Núm. Caso"], .column("number")),
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
                (["Contract No", "Contract Number", "Núm. Contrato"], .column("number")),
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
                ("End Date", "Due Date", .note("End Date")),
                ("Fecha de Fin", "Fecha de Vencimiento", .note("Fecha de Fin")),
            ]
        ),
        HeaderTable(
            .document,
            [
                (["Document No", "Document Number", "Núm. Archivo"], .column("external_id")),
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
                (["Due Date", "Fecha de Vencimiento", "Fecha límite"], .column("starts_at")),
                (["Send Notification", "Send Reminder", "Enviar Notificación"], .unheld),
                (["Contact Name", "Nombre Contacto"], .column("contact.name")),
                (["Related To", "Relacionado con"], .column("about.name")),
            ],
            // Next to a column for the time, only the day is read from these.
            besides: [
                ("Start Date & Time", "Time Start", .moment("starts_at", .day)),
                ("End Date & Time", "End Time", .moment("ends_at", .day)),
                // Tasks have the one, other events the other.
                ("Status", "Event Status", .deciding("status", by: .words(taskStates))),
                ("Due Date", "End Time", .moment("ends_at", .day)),
                ("Due Date", "Start Date & Time", .column("ends_at")), ("Due Date", "Start Date", .column("ends_at")),
                ("Due Date", "Date Start", .column("ends_at")),
            ]
        ),
        HeaderTable(
            .opportunity,
            [
                (["Opportunity Name", "Potential Name", "Nombre Oportunidad"], .column("name")),
                (["Opportunity No", "Opportunity Number", "Potential No", "Núm. Oportunidad"], .column("external_id")),
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
                (["Product No", "Product Number", "Núm. Producto"], .column("external_id")),
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
                (["Handler"], .column("assigned_to")), (["Qty. in Demand", "Qty in Demand"], .unheld),
            ] + notes(["Qty/Unit", "Vendor Name", "GL Account"])
        ),
        HeaderTable(
            .project,
            [
                (["Project Name", "Nombre del Proyecto"], .column("name")),
                (["Project No", "Project Number", "Núm. Proyecto"], .column("external_id")),
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
                (
                    ["PO Number", "PurchaseOrder No", "Purchase Order No", "Purchase Order Number", "Núm. Compra"],
                    .column("number")
                ),
                (["Vendor Name", "Nombre Proveedor"], .words("supplier_name", [:])),
                (["Requisition No"], .column("requisition_no")),
                (["Tracking Number"], .column("tracking_no")),
                (["Due Date"], .column("due_date")),
                (["PO Date"], .homeless("po_date")),
            ] + VtigerDocuments.amounts + VtigerDocuments.items,
            besides: VtigerDocuments.currency
                + VtigerDocuments.unheld(besides: ["Received", "Paid", "Balance", "Terms & Conditions"])
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
            ] + VtigerDocuments.amounts + VtigerDocuments.items,
            besides: VtigerDocuments.currency + VtigerDocuments.unheld(besides: ["Is Converted From Opportunity"])
        ),
        HeaderTable(
            .salesOrder,
            [
                (["SalesOrder No", "Sales Order No", "Sales Order Number", "Núm. Venta"], .column("number")),
                (["Opportunity Name", "Potential Name", "Nombre Oportunidad"], .column("opportunity.name")),
                (["Quote Name"], .column("quote.name")),
                (["Organization Name", "Account Name"], .column("organization.name")),
                (["Customer PO", "Purchase Order"], .column("customer_po")),
                (["Due Date"], .column("due_date")),
                (["Status"], .column("status")),
            ] + VtigerDocuments.amounts + VtigerDocuments.items,
            besides: VtigerDocuments.currency
                + VtigerDocuments.unheld(besides: [
                    "Customer No", "Pending", "Terms & Conditions", "Enable Recurring", "Frequency", "Start Period",
                    "End Period", "Payment Duration", "Invoice Status", "Is Converted From Quote",
                ])
        ),
        HeaderTable(
            .service,
            [
                (["Service Name", "Nombre Servicio"], .column("name")),
                (["Service No", "Service Number", "Núm. Servicio"], .column("external_id")),
                (["Service Category"], .column("category")),
                (["Usage Unit"], .column("unit")),
                (["Unit Price"], .column("price")),
                (["Service Active"], .column("active")),
                (["Support Start Date"], .column("start_date")),
                (["Support Expiry Date"], .column("end_date")),
            ]
        ),
    ]

    private static let taskStates = [
        "Not Started": "not_started", "In Progress": "in_progress", "Completed": "completed",
        "Pending Input": "pending_input", "Deferred": "deferred",
    ]

    /// The columns without a field in every record: who created and last changed it, and its source.
    private static let bookkeeping = [
        "Created By", "Creado por", "Last Modified By", "Modified By", "Modificado por", "Última modificación por",
        "Starred", "Destacado",
    ]

    /// The column for how a record got into vtiger, next to columns typical of vtiger. In other programs, a column of
    /// this name says where a client came from.
    private static let origin: Besides = [
        "Created Time", "Fecha Creación", "Modified Time", "Última Modificación", "Last Modified By", "Modificado por",
    ].map { (name: "Source", beside: $0, target: .unheld) }

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
}
