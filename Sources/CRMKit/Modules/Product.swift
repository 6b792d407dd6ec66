extension ModuleName {
    /// Goods that are sold and kept in stock.
    public static let product: ModuleName = "product"
}

extension Module {
    static let product = Declaration(
        name: .product,
        en: "Product",
        es: "Inventariable",
        plural: (en: "Products", es: "Inventariables"),
        gender: .masculine,
        synonyms: "producto artículo item inventario",
        kin: "almacén warehouse inventory existencias lista-de-precios price-list pricelist catálogo catalog",
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
            .choice("unit", en: "Unit", es: "Unidad", Choice.productUnits),
            .money("price", en: "Price", es: "Precio", .notNegative),
            .percent("tax_rate", en: "Tax rate", es: "Tasa de impuesto"),
            .list("taxes", of: .tax, singular: "tax", en: "Taxes", es: "Impuestos"),
            .decimal("stock", en: "Stock", es: "Existencias", .balance).counted(in: .chosen(in: "unit")),
            .decimal("reorder_level", en: "Reorder level", es: "Nivel de reorden", .notNegative)
                .counted(in: .chosen(in: "unit")),
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
                    .decimal("quantity", en: "Quantity", es: "Cantidad", .notNegative)
                        .counted(in: .ofRecord(in: "unit", among: Choice.units)),
                    .date("warranty_until", en: "Warranty until", es: "Garantía hasta"),
                ],
                period: .happening(of: "status")
            )
        ),
        listed: ["code", "category", "price", "currency", "stock", "active"],
        mention: Mention(["code", "price"], on: ["link.since"]),
        dateOrders: [DateOrder("sales_start", "sales_end")],
        occasions: [
            Occasion("since", en: "Product linked", es: "Producto vinculado", on: "link.since", "link.created_at"),
            Occasion(
                "until",
                en: "Product given back",
                es: "Producto devuelto",
                on: "link.until",
                where: "link.status is empty or link.status != interested"
            ),
            Occasion(
                "interest_end",
                en: "Interest ends",
                es: "Termina el interés",
                on: "link.until",
                where: "link.status = interested"
            ),
            Occasion("warranty_end", en: "Warranty ends", es: "Termina la garantía", on: "link.warranty_until")
                .onPage(
                    .warranties,
                    .coming(within: 30),
                    where: "link.status is empty or link.status != interested"
                ).whileOpen,
        ],
        merging: Merging(),
        resemblance: Resemblance(name: .title("name"), keys: ["serial"], context: "manufacturer", facts: ["code"])
    ).module
}
