extension ModuleName {
    /// What is sold and kept in stock.
    public static let product: ModuleName = "product"
}

extension Module {
    static let product = Module(
        .product,
        en: "Product",
        es: "Inventariable",
        plural: (en: "Products", es: "Inventariables"),
        gender: .masculine,
        synonyms: "producto artículo item",
        fields: [
            .text("name", en: "Name", es: "Nombre", .required),
            .code("code", en: "Product code", es: "Código", [.key, .unique]),
            .choice(
                "category",
                en: "Category",
                es: "Categoría",
                [
                    Choice("hardware", en: "Hardware", es: "Hardware"),
                    Choice("software", en: "Software", es: "Software"),
                    Choice("crm_applications", en: "CRM Applications", es: "Aplicaciones CRM"),
                ]
            ),
            .text("manufacturer", en: "Manufacturer", es: "Fabricante"),
            .code("serial", en: "Serial number", es: "Número de serie", .key),
            .choice("unit", en: "Unit", es: "Unidad", units),
            .money("price", en: "Price", es: "Precio", .notNegative),
            .percent("tax_rate", en: "Tax rate", es: "Tasa de impuesto"),
            .decimal("stock", en: "Stock", es: "Existencias"),
            .decimal("reorder_level", en: "Reorder level", es: "Nivel de reorden", .notNegative),
            .boolean("active", en: "Active", es: "Activo", default: true),
            .date("sales_start", en: "Sales start", es: "Inicio de ventas"),
            .date("sales_end", en: "Sales end", es: "Término de ventas"),
            .url("website", en: "Website", es: "Sitio web"),
        ],
        contacts: .many(
            LinkDefinition(
                [
                    .choice(
                        "status",
                        en: "Status",
                        es: "Estado",
                        [
                            Choice("interested", en: "Interested", es: "Interesado"),
                            Choice("purchased", en: "Purchased", es: "Comprado"),
                            Choice("assigned", en: "Assigned", es: "Asignado"),
                        ]
                    ),
                    .decimal("quantity", en: "Quantity", es: "Cantidad", .notNegative),
                    .date("warranty_until", en: "Warranty until", es: "Garantía hasta"),
                ],
                period: true
            )
        ),
        listed: ["code", "category", "price", "currency", "stock", "active"],
        mention: Mention(["code", "price"], on: ["link.since"]),
        dateOrders: [DateOrder("sales_start", "sales_end")]
    )

    private static let units = [
        Choice("box", en: "Box", es: "Caja"),
        Choice("carton", en: "Carton", es: "Cartón"),
        Choice("dozen", en: "Dozen", es: "Docena"),
        Choice("each", en: "Each", es: "Cada uno"),
        Choice("hours", en: "Hours", es: "Horas"),
        Choice("impressions", en: "Impressions", es: "Impresiones"),
        Choice("lb", en: "Lb", es: "Libra"),
        Choice("m", en: "M", es: "Metro"),
        Choice("pack", en: "Pack", es: "Paquete"),
        Choice("pages", en: "Pages", es: "Páginas"),
        Choice("pieces", en: "Pieces", es: "Piezas"),
        Choice("quantity", en: "Quantity", es: "Cantidad"),
        Choice("reams", en: "Reams", es: "Resmas"),
        Choice("sheet", en: "Sheet", es: "Hoja"),
        Choice("spiral_binder", en: "Spiral Binder", es: "Carpeta de espiral"),
        Choice("sq_ft", en: "Sq Ft", es: "Pie cuadrado"),
    ]
}
