extension ModuleName {
    /// Things that people own or use.
    public static let asset: ModuleName = "asset"
}

extension Module {
    static let asset = Declaration(
        name: .asset,
        en: "Asset",
        es: "Activo",
        plural: (en: "Assets", es: "Activos"),
        gender: .masculine,
        synonyms: "equipo equipment inventario",
        kin: "garantía warranty licencia license",
        fields: [
            .text("name", en: "Name", es: "Nombre del activo", .required),
            .reference("product", to: .product, en: "Product", es: "Inventariable"),
            .code("serial", en: "Serial number", es: "Número de serie", [.required, .key]),
            .code("asset_number", en: "Asset number", es: "Número de activo", .key),
            .choice(
                "status",
                en: "Status",
                es: "Estado",
                .required,
                default: "in_service",
                [
                    Choice("in_service", en: "In Service", es: "En servicio", words: "en_uso in_use activo active"),
                    Choice(
                        "out_of_service",
                        en: "Out of Service",
                        es: "Fuera de servicio",
                        words: "baja de_baja dado_de_baja inactivo inactive retired"
                    ),
                ]
            ),
            .reference("organization", to: .organization, en: "Organization", es: "Cliente"),
            .date("sold_on", en: "Sold on", es: "Fecha de venta"),
            .date("in_service_on", en: "In service on", es: "Fecha de puesta en servicio"),
            .date("warranty_until", en: "Warranty until", es: "Garantía hasta"),
            .code("tag_number", en: "Tag number", es: "Número de etiqueta"),
            .text("location", en: "Location", es: "Ubicación"),
            .money("value", en: "Value", es: "Valor", .notNegative),
        ],
        contacts: .many(
            LinkDefinition(
                [
                    .choice(
                        "role",
                        en: "Role",
                        es: "Rol",
                        [
                            Choice("custodian", en: "Custodian", es: "Responsable"),
                            Choice("user", en: "User", es: "Usuario"),
                            Choice("owner", en: "Owner", es: "Propietario"),
                        ]
                    )
                ],
                period: .validity
            )
        ),
        listed: ["serial", "status", "product", "organization", "location"],
        mention: Mention(["serial", "status"], on: ["link.since"]),
        knownBy: ["serial", "organization", "location"],
        dateOrders: [DateOrder("sold_on", "warranty_until")],
        datedBy: "sold_on",
        occasions: [
            Occasion("since", en: "Asset received", es: "Activo recibido", on: "link.since", "link.created_at"),
            Occasion("until", en: "Asset given back", es: "Activo devuelto", on: "link.until"),
            Occasion("created", en: "Asset added", es: "Activo agregado", on: "created_at").withoutLink,
            Occasion("sold", en: "Asset sold", es: "Activo vendido", on: "sold_on"),
            Occasion("in_service", en: "Asset put into service", es: "Activo en servicio", on: "in_service_on"),
            Occasion("warranty_end", en: "Warranty ends", es: "Termina la garantía", on: "warranty_until")
                .onPage(.warranties, .coming(within: 30), where: "status = in_service").whileOpen,
        ]
    ).module
}
