extension HeaderTable {
    /// The modules of vtiger with the Spanish labels that it has in Mexico and in Spain, where they are not those of
    /// this program. Its exports translate their header into the language of whoever exports.
    static let vtigerSpanish = (spanishPeople + spanishSales + spanishCatalog + spanishWork).map { table in
        HeaderTable(table.module, table.columns, besides: table.besides + spanishOrigin)
    }

    private typealias Columns = [(names: [String], target: Target)]

    /// The column for how a record got into vtiger, beside columns typical of vtiger.
    private static let spanishOrigin: Besides = [
        "Creado por", "Última modificación por", "Modificado por", "Starred",
    ].map { (name: "Fuente", beside: $0, target: Target.unheld) }

    /// Whether a record was made of a lead.
    private static let conversion: Columns = [(["Creado a partir de Prospecto", "Se convierte de plomo"], .unheld)]

    private static let leads: Columns =
        [(["Origen de Prospecto", "Origen del Prospecto", "Origen de Pre-Contacto"], .column("lead_source"))]
        + conversion

    /// The person of a record that is about something else.
    private static let person: Columns = [
        (["Nombre de contacto", "Nombre Contacto", "Nombre del Contacto"], .column("contact.name"))
    ]

    // MARK: - People and organizations

    private static let spanishPeople = [
        HeaderTable(
            .contact,
            [
                (["Id del Contacto", "Id Contacto", "Contacto Id"], .column("external_id")),
                (["Cuenta", "Nombre de la organización"], .column("organization.name")),
                (["Teléfono Empresa", "Teléfono de la empresa"], .column("phone")),
                (["De Correo Electrónico Principal", "Email Trabajo"], .column("email")),
                (
                    ["Correo Electrónico Secundaria", "Correo secundario", "Correo adicional", "Email Particular"],
                    .column("email_secondary")
                ),
                (["Tel. otro"], .column("other_phone")),
                (
                    ["Teléfono del o la asistente", "Teléfono de Asistente", "Tel. de asistente"],
                    .column("assistant_phone")
                ),
                (["No Enviar Email"], .column("email_opt_out")),
                (
                    ["Fecha de inicio del Soporte", "Fecha de inicio de soporte", "Fecha inicio de soporte"],
                    .column("support_start")
                ),
                (
                    ["Fecha de término del Soporte", "Fecha de fin de soporte", "Fecha fin de soporte"],
                    .column("support_end")
                ),
                (
                    [
                        "Notificar al propietario", "Notificar al asignado", "Usuario de Portal",
                        "Acceso a portal clientes", "Twitter principal", "Twitter Primaria", "Tasa de interacción",
                        "Compromiso Puntuación", "Engagement Score",
                    ], .unheld
                ),
                (["Referencias"], .unheldWord),
            ] + leads
                + spanishPlace("billing", ["(Factura)", "(Facturación)", "de facturación"])
                + spanishPlace("shipping", ["(Envío)", "de envío"]) + spanishPlace("other", ["(Otra)"])
        ),
        HeaderTable(
            .organization,
            [
                (["Id Cuenta"], .column("external_id")), (["Tel. principal"], .column("phone")),
                (["Tel. adicional"], .column("point.phone")),
                (["Correo electrónico principal", "De Correo Electrónico Principal"], .column("email")),
                (["Email (Alternativo)", "Email Alternativo", "Correo adicional"], .column("point.email")),
                (["Actividad", "Industria"], .column("industry")), (["Clasificación"], .column("rating")),
                (
                    [
                        "Código bursátil", "Símbolo de bolsa", "No enviar correos", "No Enviar Email",
                        "Notificar al propietario", "Notificar al asignado", "Imagen de la Cuenta",
                        "Organización de imagen",
                    ], .unheld
                ),
                (["Propietario"], .unheldWord),
            ] + conversion,
            // By itself it is the number of an account at a bank.
            besides: ["Nombre de Cuenta", "Símbolo de bolsa", "Notificar Propietario"].map {
                (name: "Número de Cuenta", beside: $0, target: Target.column("external_id"))
            }
        ),
    ]

    /// Returns the columns of an address. vtiger has no field for neighbourhoods; in Mexico it calls so the post office
    /// box, which hence holds one.
    private static func spanishPlace(_ slot: String, _ endings: [String]) -> Columns {
        let fields = [
            ("street", ["Dirección", "Calle"]), ("neighborhood", ["Colonia"]),
            ("city", ["Deleg./Mpio.", "Municipio/Alcaldía", "Población", "Ciudad"]),
            ("state", ["Estado", "Provincia"]),
            ("postal_code", ["Código postal"]), ("country", ["País"]),
            ("po_box", ["Apdo de Correos", "Apdo. de Correos", "Apartado postal"]),
        ]
        return fields.map { field, words in
            (words.flatMap { word in endings.map { "\(word) \($0)" } }, .address(slot, field))
        }
    }

    // MARK: - Sales

    private static let spanishSales = [
        HeaderTable(
            .opportunity,
            [
                (["Número Oportunidad", "Número de Oportunidad", "Id Oportunidad"], .column("external_id")),
                (["Probabilidad de venta"], .column("probability")),
                (["Nombre de la organización"], .column("organization.name")),
                (["Campaña origen"], .column("campaign.name")),
                (["Fecha esperada de cierre"], .column("close_date")),
                (["Ingresos ponderados", "Ingresos ponderado", "Monto proyectado"], .unheld),
            ] + leads + person
        ),
        HeaderTable(
            .campaign,
            [
                (["Núm. de campaña", "Núm.  de campaña", "Número Campaña", "Id Campaña"], .column("external_id")),
                (["Tipo de campaña", "Tipo Campaña"], .column("type")),
                (["Estado de la campaña", "Estado Campaña"], .column("status")),
                (["Producto", "Nombre Producto"], .column("product.name")),
                (["Fecha estimada de cierre", "Fecha esperada de cierre"], .column("closing_date")),
                (["Cantidad objetivo"], .column("target_size")), (["Respuesta estimada"], .column("expected_response")),
                (["Beneficio estimado"], .column("expected_revenue")),
                (["Costo estimado", "Coste Estimado"], .column("budget")), (["Coste Real"], .column("actual_cost")),
                (["Estimación de respuestas"], .column("expected_response_count")),
                (
                    [
                        "Estimación de ventas", "Estimación de ROI", "Estimación Retorno Inversión",
                        "Retorno de inversión", "Expected Sales Count", "Expected ROI", "Actual Response Count",
                        "Actual Sales Count", "Actual ROI",
                    ], .unheld
                ),
                (["Respuestas", "Ventas"], .unheldWord),
            ]
        ),
    ]

    // MARK: - What is sold

    private static let spanishCatalog = [
        HeaderTable(
            .product,
            [
                (["Núm. de Producto", "Número Producto", "Número de Producto", "Id Producto"], .column("external_id")),
                (["Producto activo"], .column("active")),
                (["Categoría de Producto", "Categoría Producto"], .column("category")),
                (["Fecha de inicio de venta", "Fecha de salida al mercado"], .column("sales_start")),
                (["Fecha de fin de venta", "Fecha de retirada del mercado"], .column("sales_end")),
                (["Unidad de uso"], .column("unit")), (["Nivel de pedido"], .column("reorder_level")),
                (["Página Web"], .column("website")),
                (
                    [
                        "Fecha de inicio de soporte", "Fecha de fin de soporte", "Nº de Pieza del fabricante",
                        "Nº de Pieza del proveedor", "Num. de Pieza del fabricante", "Num. de Pieza del proveedor",
                        "Mfr PartNo", "Vendor PartNo", "Hoja del Producto", "Cuenta contable", "Comisión (%)",
                        "Clase de impuesto", "Cantidad/Unidad", "Cantidad pedida", "Imagen del Producto",
                        "Costo de compra",
                    ], .unheld
                ),
                (["Nombre del proveedor", "Nombre Proveedor", "Comisión", "Venta", "Servicio"], .unheldWord),
            ] + notedWords(["Proveedor"])
        ),
        HeaderTable(
            .service,
            [
                (["Número de Servicio", "Número Servicio", "Núm. de Servicio"], .column("external_id")),
                (["Servicio activo"], .column("active")), (["Categoría de Servicio"], .column("category")),
                (["Unidades de consumo"], .column("unit")), (["Página Web"], .column("website")),
                (["Fecha de inicio de soporte"], .column("start_date")),
                (["Fecha de fin de soporte"], .column("end_date")),
                (
                    [
                        "Fecha de inicio de venta", "Fecha de fin de venta", "Fecha de salida al mercado",
                        "Fecha de retirada del mercado", "Número de unidades", "Comisión (%)", "Tipo de impuesto",
                        "Tipo impuesto", "Costo de compra", "Sales Start Date", "Sales End Date", "Number of Units",
                    ], .unheld
                ),
                (["Comisión"], .unheldWord), (["Owner", "Propietario"], .column("assigned_to")),
            ]
        ),
        HeaderTable(
            .asset,
            [
                (["Número del Activo", "Número Recurso"], .column("asset_number")),
                (["Nombre Recurso"], .column("name")), (["Número serie"], .column("serial")),
                (["Producto"], .column("product.name")), (["Fecha venta"], .column("sold_on")),
                (["Fecha de instalación", "Fecha instalación"], .column("in_service_on")),
                (["Etiquetado"], .column("tag_number")),
                (["Instalado en", "Adquirido por", "Cuenta"], .column("organization.name")),
                (
                    [
                        "Factura relacionada", "Referencia Factura", "Forma de envío",
                        "Número de seguimiento de envío", "Número seguimiento envío",
                    ], .unheld
                ),
                (["Factura"], .unheldWord),
            ] + person
        ),
    ]

    // MARK: - Work

    private static let spanishWork = [
        HeaderTable(
            .case,
            [
                (["Núm. de Caso", "Id Caso", "Número Incidencia", "Número de Incidencia"], .column("number")),
                (["Título del Caso", "Título Incidencia"], .column("title")),
                (["Producto", "Nombre Producto"], .column("product.name")),
                (["Importancia", "Urgencia"], .column("severity")),
                (["Histórico de actualizaciones"], .further("solution", .line)),
                (["Contratos de servicio", "Service Contracts"], .column("contract.name")),
                (["ID del Caso", "ID de incidencia", "Ticket ID"], .column("external_id")),
                (["Proviene del portal"], .unheld),
            ] + person,
            // In Mexico vtiger calls so what a case is about, elsewhere it is a number.
            besides: ["Núm. de Caso", "Importancia", "Proviene del portal", "Histórico de actualizaciones"].map {
                (name: "Referencia", beside: $0, target: Target.column("title"))
            }
                + ["Ticket Number", "Update History"].map {
                    (name: "Organization Name", beside: $0, target: Target.note("Organization Name"))
                }
                + ["Núm. de Caso", "Id Caso", "Proviene del portal", "Histórico de actualizaciones"].map {
                    (name: "Nombre de la organización", beside: $0, target: Target.note("Nombre de la organización"))
                }
        ),
        HeaderTable(
            .event,
            [
                (["Fecha y Hora Inicio"], .column("starts_at")),
                (
                    [
                        "Fecha y hora de vencimiento", "Fecha y hora de término", "Fecha y Hora de Fin",
                        "Fecha y Hora Fin",
                    ], .column("ends_at")
                ),
                (["Tipo de tarea", "Tipo Actividad", "Tipo de Evento"], .column("kind")),
                (["Localización"], .column("location")), (["En relación con"], .column("about.name")),
                (["Recurrencia", "Eventos Recurrentes"], .column("recurrence")),
                (
                    [
                        "Enviar notificación", "Enviar recordatorio", "Send Notification", "Send Reminder",
                        "Send Email Reminder Before",
                    ], .unheld
                ),
            ] + person
        ),
        HeaderTable(
            .contract,
            [
                (["Número de Contrato", "Número Contrato", "Núm. de Contrato"], .column("number")),
                (["Fecha de finalización", "Fecha Vencimiento"], .column("end_date")),
                (["Fecha de expiración"], .column("end_date")), (["Unidad base"], .column("tracking_unit")),
                (["Total de unidades", "Total Unidades"], .column("total_units")),
                (["Unidades consumidas"], .column("used_units")),
                (["Progreso (en %)", "Progreso"], .column("progress")),
                (
                    [
                        "Duración estimada (días)", "Duración real (días)", "Planned Duration (in Days)",
                        "Actual Duration (in Days)",
                    ], .unheld
                ),
                (["Contact Name"], .column("contact.name")),
            ] + person,
            // Until when it was to be, and when it came to its end, as in English.
            besides: [
                ("Fecha de pago", "Fecha de finalización", .column("end_date")),
                ("Fecha de finalización", "Fecha de pago", .note("Fecha de finalización")),
                ("Fecha de finalización", "Fecha de expiración", .note("Fecha de finalización")),
                ("Fecha Fin", "Fecha Vencimiento", .note("Fecha Fin")),
            ]
        ),
        HeaderTable(
            .project,
            [
                (["Nº de Proyecto", "Número Proyecto", "Núm. de Proyecto"], .column("external_id")),
                (["Fecha fin prevista"], .column("target_end_date")), (["Fecha fin real"], .column("actual_end_date")),
                (["Presupuesto inicial", "Presupuesto previsto"], .column("budget")),
                (["URL de Proyecto", "URL Proyecto"], .column("url")), (["Progreso"], .column("progress")),
                (["Nombre Oportunidad", "Opportunity Name"], .unheld), (["Contact Name"], .column("contact.name")),
                (["Oportunidad"], .unheldWord),
            ] + person
        ),
        HeaderTable(
            .document,
            [
                (["Asunto"], .column("title")), (["Nombre de archivo", "Nombre Archivo"], .column("file_name")),
                (["Tipo de archivo", "Tipo Fichero"], .column("media_type")),
                (["Tamaño", "Tamaño Fichero"], .column("size")),
                (["Nombre de carpeta", "Nombre Carpeta"], .column("folder")),
                (["Número de documento", "Número Documento"], .column("external_id")),
                (["Nota", "Note"], .column("description")),
                (
                    [
                        "Tipo de descarga", "Tipo Descarga", "Número descargas", "Download Type", "Download Count",
                    ], .unheld
                ),
                (["Activo", "Active"], .unheldWord),
            ]
        ),
        HeaderTable(.comment, [(["Creador"], .column("author"))]),
    ]
}
