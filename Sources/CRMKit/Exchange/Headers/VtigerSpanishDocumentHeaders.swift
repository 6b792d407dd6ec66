extension HeaderTable {
    /// The quotes and orders of vtiger with their Spanish labels.
    static let vtigerSpanishDocuments = [
        HeaderTable(
            .quote,
            [
                (
                    ["No. de Cotización", "Id Cotización", "Número Presupuesto", "Núm. de Cotización"],
                    .column("number")
                ),
                (["Estado de la Cotización", "Fase de Presupuesto"], .column("stage")),
                (["Condiciones Generales"], .column("terms")), (["Validez hasta"], .column("valid_until")),
            ] + buyer + spanishAmounts + spanishItems,
            // Elsewhere the word is used for the state of an address, too.
            besides: (["Id Cotización", "Validez hasta"] + spanishMarks).map {
                (name: "Estado", beside: $0, target: Target.column("stage"))
            } + spanishMeanings + spanishRest(["En relación con", "Related To"], beside: ["Id Cotización"])
        ),
        HeaderTable(
            .salesOrder,
            [
                (["Nº de Pedido", "Número Orden Venta", "Núm. de Pedido"], .column("number")),
                (["Referencia de la cotización", "Referencia del Presupuesto"], .column("quote.name")),
                (["Orden de compra", "Orden Compra"], .column("customer_po")), payday,
            ] + buyer + spanishAmounts + spanishItems,
            besides: [
                // vtiger has a number of a requisition besides that of the order.
                ("Referencia del Pedido", "Nº de Pedido", .unheld),
                ("Referencia de la Orden", "Número Orden Venta", .unheld),
                ("Referencia del Cliente", "Orden Compra", .unheld),
            ] + spanishMeanings
                + spanishRest(
                    [
                        "Código del cliente", "Nº de seguimiento", "Términos del proveedor", "Pendiente",
                        "Activar facturación recurrente", "Facturar desde", "Facturar hasta", "Días de crédito",
                        "Habilitar facturación recurrente", "Frecuencia", "Inicio periodo", "Final periodo", "Duración",
                        "Duración Pago", "Estado de la factura", "Estado Factura", "Términos y condiciones",
                        "Condiciones Generales", "Requisition No", "Tracking Number", "Vendor Terms",
                    ],
                    beside: ["Nº de Pedido", "Número Orden Venta"]
                )
        ),
        HeaderTable(
            .purchaseOrder,
            [
                (["No. de Orden de compra", "Número Orden Compra", "Núm. de Orden de compra"], .column("number")),
                (["Nº de seguimiento"], .column("tracking_no")), payday,
            ] + spanishAmounts + spanishItems,
            besides: ["No. de Orden de compra", "Número Orden Compra"].map {
                (name: "Referencia del pedido", beside: $0, target: Target.column("requisition_no"))
            } + spanishMeanings
                + spanishRest(
                    [
                        "Recibido", "Paid", "Saldo", "Equilibrio", "Términos y condiciones", "Condiciones Generales",
                    ],
                    beside: ["No. de Orden de compra", "Número Orden Compra"]
                )
        ),
    ]

    private static let buyer: [(names: [String], target: Target)] = [
        (["Cuenta", "Nombre Cuenta", "Nombre de la organización"], .column("organization.name"))
    ]
    private static let payday: (names: [String], target: Target) = (
        ["Fecha de pago", "Fecha Vencimiento"], .column("due_date")
    )

    /// The amounts of a document. Those that follow from its lines are computed anew instead.
    private static let spanishAmounts: [(names: [String], target: Target)] = [
        (["Nombre de contacto", "Nombre del Contacto"], .column("contact.name")),
        (["Descuento en porcentaje"], .column("discount_percent")),
        (["Descuento en importe", "Descuento Importe"], .column("discount_amount")),
        (["Importe de envío y manejo", "Importe M&T"], .column("shipping")),
        (["Tasa de conversión", "Ratio Conversión", "Pre impuesto total", "Tipo Impuesto"], .nothing),
    ]

    /// The items of a document, one for each row, with the document's columns repeated.
    private static let spanishItems: [(names: [String], target: Target)] = [
        (
            ["Nombre del elemento", "Nombre Elemento"],
            .cell("lines", .record(["product", "service"], by: ["name"], orText: "text"))
        ),
        (["Comentario al elemento", "Comentario Artículo"], .column("line.comment")),
        (["Porcentaje de descuento por artículo"], .column("line.discount_percent")),
        (["Importe de descuento por artículo", "Monto Descuento"], .column("line.discount_amount")),
        (["Impuesto 1", "Impuesto 2", "Impuesto 3"], .cell("lines", .taxes(of: "taxes", kind: .vat))),
    ]

    /// The columns by which a table of such documents is recognized.
    private static let spanishMarks = [
        "Nombre del elemento", "Nombre Elemento", "Importe de envío y manejo", "Importe M&T", "Pre impuesto total",
    ]

    /// Common words with a meaning of vtiger's own: two taxes that it calls by what they are on, and discounts of the
    /// document and of an item, which in Spain are called alike.
    private static let spanishMeanings: Besides =
        ["Nombre del elemento", "Nombre Elemento"].flatMap { beside in
            ["Venta", "Servicio"].map {
                (name: $0, beside: beside, target: Target.cell("lines", .taxes(of: "taxes", kind: .vat)))
            }
        } + [
            (name: "Porcentaje Descuento", beside: "Descuento %", target: Target.column("line.discount_percent")),
            (name: "Descuento %", beside: "Porcentaje Descuento", target: Target.column("discount_percent")),
        ]

    /// Returns the columns in every document exported by vtiger that have no field, each only beside a column that
    /// identifies such a table.
    ///
    /// - Parameters:
    ///   - own: further such columns of one kind of document.
    ///   - ownMarks: the columns that identify tables of that kind which have no items.
    private static func spanishRest(_ own: [String], beside ownMarks: [String]) -> Besides {
        let words = [
            "Dirección", "Deleg./Mpio.", "Municipio/Alcaldía", "Población", "Estado", "Provincia", "Código postal",
            "País", "Colonia",
            "Apdo. de Correos",
        ]
        let places = words.flatMap { word in
            ["de facturación", "de envío", "(Factura)", "(Envío)"].map { "\(word) \($0)" }
        }
        let shared = [
            "Encargado del inventario", "Comisión de ventas", "Comisión sobre Ventas", "Arancel",
            "Impuestos por cargos", "Región de impuestos", "Costo de compra", "Margen", "Imagen", "Logística",
            "Transporte",
        ]
        func beside(_ marks: [String], _ names: [String], _ target: (String) -> Target) -> Besides {
            names.flatMap { name in marks.map { (name: name, beside: $0, target: target(name)) } }
        }
        let english = ["Item Name", "S&H Amount", "Pre Tax Total"]
        let marks = spanishMarks + ownMarks + ["Item Name"]
        return beside(marks, shared + own) { _ in .unheld } + beside(marks, places, Target.note)
            + beside(english, ["Taxes On Charges"]) { _ in .unheld }
            + beside(english, ["Billing Postal Code", "Shipping Postal Code"], Target.note)
    }
}
