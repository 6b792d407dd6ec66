extension ModuleName {
    /// Work with a beginning, an end and people who take part in it.
    public static let project: ModuleName = "project"
}

extension Module {
    static let project = Declaration(
        name: .project,
        en: "Project",
        es: "Proyecto",
        plural: (en: "Projects", es: "Proyectos"),
        gender: .masculine,
        kin: "hito milestone",
        fields: [
            .text("name", en: "Name", es: "Nombre del proyecto", .required),
            .choice(
                "status",
                en: "Status",
                es: "Estado",
                .tracked,
                [
                    Choice("prospecting", en: "Prospecting", es: "Prospección"),
                    Choice("initiated", en: "Initiated", es: "Iniciado"),
                    Choice("in_progress", en: "In Progress", es: "En curso", words: "en_proceso activo active"),
                    Choice("waiting_for_feedback", en: "Waiting for Feedback", es: "Esperando retroalimentación"),
                    Choice("on_hold", en: "On Hold", es: "En espera", words: "pausado detenido suspendido paused"),
                    Choice("completed", en: "Completed", es: "Terminado", words: "finalizado concluido done finished"),
                    Choice("delivered", en: "Delivered", es: "Liberado"),
                    Choice("archived", en: "Archived", es: "Archivado"),
                ]
            ),
            .choice(
                "type",
                en: "Type",
                es: "Tipo",
                [
                    Choice("administrative", en: "Administrative", es: "Administrativo"),
                    Choice("operative", en: "Operative", es: "Operativo"),
                    Choice("other", en: "Other", es: "Otro"),
                ]
            ),
            .choice("priority", en: "Priority", es: "Prioridad", Choice.priorities),
            .date("start_date", en: "Start date", es: "Fecha de inicio"),
            .date("target_end_date", en: "Target end date", es: "Fecha de término prevista"),
            .date("actual_end_date", en: "Actual end date", es: "Fecha de término real"),
            .money("budget", en: "Budget", es: "Presupuesto", .notNegative),
            .percent("progress", en: "Progress", es: "Avance"),
            .url("url", en: "URL", es: "URL"),
        ],
        contacts: .many(
            LinkDefinition(
                [
                    .choice(
                        "role",
                        en: "Role",
                        es: "Rol",
                        [
                            Choice("manager", en: "Manager", es: "Gerente"),
                            Choice("member", en: "Member", es: "Miembro"),
                            Choice("sponsor", en: "Sponsor", es: "Patrocinador"),
                            Choice("stakeholder", en: "Stakeholder", es: "Interesado"),
                            Choice("client", en: "Client", es: "Cliente"),
                        ]
                    ),
                    .text("responsibility", en: "Responsibility", es: "Responsabilidad"),
                ],
                period: .validity
            )
        ),
        listed: ["status", "priority", "start_date", "target_end_date", "progress"],
        mention: Mention(["status", "progress"], on: ["link.since", "start_date"]),
        knownBy: ["status", "start_date"],
        dateOrders: [DateOrder("start_date", "target_end_date"), DateOrder("start_date", "actual_end_date")],
        datedBy: "start_date",
        occasions: [
            Occasion("since", en: "Joined the project", es: "Entra al proyecto", on: "link.since", "link.created_at"),
            Occasion("until", en: "Left the project", es: "Sale del proyecto", on: "link.until"),
            Occasion("created", en: "Project added", es: "Proyecto agregado", on: "created_at").withoutLink,
            Occasion("start", en: "Project starts", es: "Inicia el proyecto", on: "start_date"),
            Occasion(
                "target_end",
                en: "Project due",
                es: "Término previsto del proyecto",
                on: "target_end_date",
                where: "actual_end_date is empty and status not in (completed, delivered, archived)"
            )
            .onPage(.projects, .due(within: 7)),
            Occasion("end", en: "Project finished", es: "Proyecto terminado", on: "actual_end_date"),
        ]
    ).module
}
