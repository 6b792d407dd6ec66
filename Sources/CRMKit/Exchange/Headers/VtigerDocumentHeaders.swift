extension HeaderTable {
    /// What the quotes, orders and invoices of vtiger have in common: amounts, and an item in each row.
    enum VtigerDocuments {
        /// The amounts of a document. Those that follow from its lines are computed anew instead.
        static let amounts: [(names: [String], target: Target)] = [
            (["Contact Name", "Nombre Contacto"], .column("contact.name")),
            (["Conversion Rate", "Tipo de Cambio"], .nothing),
            (["Tax Type", "Tipo de Impuesto"], .nothing),
            (["Discount Percent", "Porcentaje Descuento"], .column("discount_percent")),
            (["Discount Amount", "Importe Descuento"], .column("discount_amount")),
            (["S&H Amount", "Importe Envío"], .column("shipping")),
            (["Sub Total", "Pre Tax Total", "Total antes de Impuestos"], .nothing),
        ]

        /// The currency of a document, which vtiger calls by its country.
        static let currency: Besides = currencyMarks.flatMap { beside in
            ["Currency", "Moneda"].map { (name: $0, beside: beside, target: Target.words("currency", currencies)) }
        }

        /// Returns the columns in every document exported by vtiger that have no field. Each is only recognized next to
        /// a column that identifies a table of vtiger. The column `Shipping` is a text; the amount for shipping is in
        /// another one.
        ///
        /// - Parameter own: further such columns of one kind of document.
        static func unheld(besides own: [String]) -> Besides {
            let places = ["Billing", "Shipping"].flatMap { side in
                ["Address", "Street", "City", "State", "Code", "Country", "Po Box", "P.O. Box"].map { "\(side) \($0)" }
            }
            let shared = [
                "Inventory Manager", "Sales Commission", "Excise Duty", "S&H Percent", "Tax Region", "Purchase Cost",
                "Margin", "Image", "Last Modified By", "Source", "Starred",
            ]
            let known = [
                "Item Name", "Nombre del Artículo", "S&H Amount", "Importe Envío", "Pre Tax Total", "Tax Type",
            ]
            return (["Shipping", "Envío"] + shared + own).flatMap { name in
                known.map { (name: name, beside: $0, target: Target.unheld) }
            }
                + places.flatMap { name in known.map { (name: name, beside: $0, target: Target.note(name)) } }
        }

        private static let currencyMarks = [
            "Item Name", "Conversion Rate", "Tipo de Cambio", "Nombre del elemento", "Nombre Elemento",
            "Tasa de conversión", "Ratio Conversión",
        ]

        private static let currencies = [
            "USA, Dollars": "USD", "Mexico, Pesos": "MXN", "Euro": "EUR", "Spain, Euro": "EUR",
            "Canada, Dollars": "CAD",
            "United Kingdom, Pounds": "GBP", "Argentina, Pesos": "ARS", "Chile, Pesos": "CLP", "Colombia, Pesos": "COP",
            "Peru, Nuevos Soles": "PEN",
        ]

        /// The items of a document, one for each row, with the document's columns repeated.
        static let items: [(names: [String], target: Target)] = [
            (
                ["Item Name", "Nombre del Artículo", "Nombre Artículo", "Nombre Producto"],
                .cell("lines", .record(["product", "service"], by: ["name"], orText: "text"))
            ),
            (["Quantity", "Cantidad"], .column("line.quantity")),
            (["List Price", "Selling Price", "Precio de Lista", "Precio de Venta"], .column("line.unit_price")),
            (["Item Comment", "Comentario del Artículo"], .column("line.comment")),
            (["Item Discount Percent", "Porcentaje Descuento del Artículo"], .column("line.discount_percent")),
            (
                ["Item Discount Amount", "Item Discount", "Importe Descuento del Artículo"],
                .column("line.discount_amount")
            ),
            (
                ["Tax1", "Tax2", "Tax3", "VAT", "Sales", "Service", "IVA", "Impuesto1", "Impuesto2", "Impuesto3"],
                .cell("lines", .taxes(of: "taxes", kind: .vat))
            ),
        ]
    }
}
