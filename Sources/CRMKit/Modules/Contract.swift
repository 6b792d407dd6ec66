extension ModuleName {
    /// Agreements with a term, a service level and units to use up.
    public static let contract: ModuleName = "contract"
}

extension Module {
    static let contract = Declaration(
        name: .contract,
        en: "Contract",
        es: "Póliza",
        plural: (en: "Contracts", es: "Pólizas"),
        gender: .feminine,
        synonyms: "contrato service-contract",
        kin: "suscripción subscription garantía warranty licencia license",
        display: .field("subject"),
        fields: [
            .text("subject", en: "Subject", es: "Asunto", .required),
            .documentNumber(en: "Contract number", es: "Número de póliza", word: "CON"),
            .choice("type", en: "Type", es: "Tipo", contractTypes),
            .choice("status", en: "Status", es: "Estado", .tracked, contractStatuses),
            .choice("priority", en: "Priority", es: "Prioridad", Choice.priorities),
            .text("level", en: "Service level", es: "Nivel de servicio"),
            .date("start_date", en: "Start date", es: "Fecha de inicio"),
            .date("end_date", en: "End date", es: "Fecha de término"),
            .date("renewal_date", en: "Renewal date", es: "Fecha de renovación"),
            .boolean("auto_renew", en: "Renews automatically", es: "Renovación automática"),
            .choice("tracking_unit", en: "Tracking unit", es: "Unidad de seguimiento", trackingUnits),
            .decimal("total_units", en: "Total units", es: "Unidades totales", .notNegative)
                .counted(in: .chosen(in: "tracking_unit")),
            .decimal("used_units", en: "Used units", es: "Unidades usadas", .notNegative)
                .counted(in: .chosen(in: "tracking_unit")),
            .longText("terms", en: "Terms and conditions", es: "Términos y condiciones"),
            .percent("progress", en: "Progress", es: "Avance", computed: progress),
        ],
        contacts: .many(
            LinkDefinition([
                .choice("role", en: "Role", es: "Rol", contractRoles)
            ])
        ),
        listed: ["number", "status", "type", "start_date", "end_date", "progress"],
        mention: Mention(["number", "status", "end_date"], on: ["start_date"]),
        dateOrders: [DateOrder("start_date", "end_date"), DateOrder("start_date", "renewal_date")],
        datedBy: "start_date",
        occasions: [
            Occasion("start", en: "Contract starts", es: "Inicia la póliza", on: "start_date", "created_at"),
            Occasion("end", en: "Contract ends", es: "Termina la póliza", on: "end_date")
                .onPage(.renewals, .due(within: 30), where: "status not in (complete, archived)"),
            Occasion(
                "renewal",
                en: "Contract renews",
                es: "Renovación de la póliza",
                on: "renewal_date",
                where: "status not in (complete, archived)"
            )
            .onPage(.renewals, .coming(within: 30)),
        ]
    ).module

    /// What is agreed on.
    private static let contractTypes = [
        Choice("support", en: "Support", es: "Soporte"),
        Choice("services", en: "Services", es: "Servicios"),
        Choice("administrative", en: "Administrative", es: "Administrativa"),
    ]

    /// How far an agreement has come.
    private static let contractStatuses = [
        Choice("undefined", en: "Undefined", es: "Sin definir"),
        Choice("in_planning", en: "In Planning", es: "En planeación"),
        Choice(
            "in_progress",
            en: "In Progress",
            es: "En curso",
            words: "vigente activo active en_proceso"
        ),
        Choice("on_hold", en: "On Hold", es: "En espera", words: "suspendido suspended"),
        Choice(
            "complete",
            en: "Complete",
            es: "Completa",
            words: "vencido terminado finalizado completed expired"
        ),
        Choice("archived", en: "Archived", es: "Archivada"),
    ]

    /// What is used up.
    private static let trackingUnits = [
        Choice("none", en: "None", es: "Ninguna"), Choice.hours, .days, .incidents,
    ]

    /// Who a contact is to an agreement.
    private static let contractRoles = [
        Choice("holder", en: "Holder", es: "Titular"),
        Choice("beneficiary", en: "Beneficiary", es: "Beneficiario"),
        Choice("administrator", en: "Administrator", es: "Administrador"),
    ]

    /// The ratio of used units to total units. Both have the same scale, so that 1,000,000 is 100 % with four digits; a
    /// value above 100 % means that more was used than agreed.
    private static let progress = """
        CASE WHEN "total_units" > 0 \
        THEN CAST(round(coalesce("used_units", 0) * 1000000.0 / "total_units") AS INTEGER) END
        """
}
