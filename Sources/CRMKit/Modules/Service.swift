extension ModuleName {
    /// Services sold by the hour or the incident, without stock.
    public static let service: ModuleName = "service"
}

extension Module {
    static let service = Declaration(
        name: .service,
        en: "Service",
        es: "No inventariable",
        plural: (en: "Services", es: "No inventariables"),
        gender: .masculine,
        synonyms: "servicio",
        fields: [
            .text("name", en: "Name", es: "Nombre", .required),
            .choice(
                "category",
                en: "Category",
                es: "Categoría",
                [
                    Choice("support", en: "Support", es: "Soporte"),
                    Choice("installation", en: "Installation", es: "Instalación"),
                    Choice("migration", en: "Migration", es: "Migración"),
                    Choice("customization", en: "Customization", es: "Personalización"),
                    Choice("training", en: "Training", es: "Capacitación"),
                ]
            ),
            .money("price", en: "Price", es: "Precio", .notNegative),
            .choice("unit", en: "Unit", es: "Unidad", Choice.serviceUnits),
            .list("taxes", of: .tax, singular: "tax", en: "Taxes", es: "Impuestos"),
            .boolean("active", en: "Active", es: "Activo", default: true),
            .date("start_date", en: "Start date", es: "Fecha de inicio"),
            .date("end_date", en: "End date", es: "Fecha de término"),
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
                            Choice("considering", en: "Considering", es: "En consideración"),
                            Choice("provided", en: "Provided", es: "Proporcionado"),
                            Choice("cancelled", en: "Cancelled", es: "Cancelado"),
                        ]
                    ),
                    .integer("satisfaction", en: "Satisfaction", es: "Satisfacción", in: 1...5),
                ],
                period: .happening(of: "status")
            )
        ),
        listed: ["category", "price", "currency", "unit", "active"],
        mention: Mention(["category", "price"], on: ["link.since"]),
        dateOrders: [DateOrder("start_date", "end_date")],
        occasions: [
            Occasion("since", en: "Service starts", es: "Inicia el servicio", on: "link.since", "link.created_at"),
            Occasion("until", en: "Service ends", es: "Termina el servicio", on: "link.until")
                .onPage(.renewals, .coming(within: 30), where: "link.status is empty or link.status = provided"),
        ]
    ).module
}
