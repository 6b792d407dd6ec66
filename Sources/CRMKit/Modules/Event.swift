import Localization

extension ModuleName {
    /// Calls, meetings, tasks and reminders.
    public static let event: ModuleName = "event"
}

extension Module {
    static let event = Declaration(
        name: .event,
        en: "Event",
        es: "Evento",
        plural: (en: "Events", es: "Eventos"),
        gender: .masculine,
        synonyms:
            "calendario calendar cita reunión meeting llamada call tarea task recordatorio reminder actividad activity appointment",
        kin: "visita visit hito milestone",
        display: .field("subject"),
        fields: eventDetails + eventDates + [
            .list("reminders", of: .duration, singular: "reminder", en: "Reminders", es: "Recordatorios"),
            .code("uid", en: "UID", es: "UID", [.key, .worldwide]),
            .anyReference("about", en: "About", es: "Relacionado con"),
        ],
        contacts: .many(
            LinkDefinition(
                [
                    .choice(
                        "response",
                        en: "Response",
                        es: "Respuesta",
                        invitationResponses
                    )
                ],
                ownership: .own()
            )
        ),
        listed: ["kind", "starts_at", "ends_at", "status", "location"],
        mention: Mention(["kind", "status"], on: ["starts_at"]),
        asked: ["subject", "kind", "all_day", "starts_at", "ends_at", "status", "location"],
        dateOrders: [DateOrder("starts_at", "ends_at", keepsLength: true)],
        occasions: [
            Occasion("start", en: "Event", es: "Evento", on: "starts_at", wholeDay: "all_day", until: "ends_at")
                .onPage(.events, .sameDay, where: "status not in (not_held, completed, deferred)").atEachOccurrence
                .lasting(over: EventSpan.longest, keptIn: "span", from: "first", through: "last"),
            Occasion(
                "overdue",
                en: "Overdue",
                es: "Vencida",
                on: "starts_at",
                where: "kind = task and status not in (completed, deferred)",
                wholeDay: "all_day"
            )
            .onPage(.overdue, .before).offTimeline.atEachOccurrence,
        ],
        parts: [.occurrence, .span, .calendarRemainder],
        actions: eventActions,
        rules: [
            Rule(watching: ["status", "kind"], before: { draft, _ in try checkStatus(of: draft) }),
            .keepingZone, .endingOnDays, .refusingEarlierEnd, .tellingFirst, .tellingShortMonths, .tellingGap,
            .tellingMidnight, .keepingDays, .keepingLength, .movingDates, .movingOccurrences, .tellingLostOccurrences,
            .spanning,
        ]
    ).module

    /// What it is, when, and how it stands.
    private static let eventDetails: [Field] = [
        .text("subject", en: "Subject", es: "Asunto", .required),
        .choice(
            "kind",
            en: "Kind",
            es: "Tipo",
            .required,
            default: "meeting",
            [
                Choice("call", en: "Call", es: "Llamada", words: "mobile_call"),
                Choice("meeting", en: "Meeting", es: "Reunión"),
                Choice("task", en: "Task", es: "Tarea"),
                Choice("reminder", en: "Reminder", es: "Recordatorio"),
            ]
        ),
        .dateTime("starts_at", en: "Starts at", es: "Inicio", [.required, .ranged]).wholeDay(
            if: "all_day",
            in: "time_zone"
        ),
        .dateTime("ends_at", en: "Ends at", es: "Término").wholeDay(if: "all_day", in: "time_zone"),
        .boolean(
            "all_day",
            en: "All day",
            es: "Todo el día",
            note: Text(
                en: "people then read the day alone of its start and end, and can write it alone",
                es: "del inicio y del término se lee solo el día, y solo este hace falta escribir"
            )
        ),
        .choice(
            "status",
            en: "Status",
            es: "Estado",
            note: Text(
                en: "a task has the last five, any other event the first three",
                es: "una tarea lleva los cinco últimos, cualquier otro evento los tres primeros"
            ),
            appointmentStatuses + taskStatuses
        ),
        eventPriority,
        .text("location", en: "Location", es: "Lugar"),
        .choice(
            "visibility",
            en: "Visibility",
            es: "Visibilidad",
            [
                Choice("public", en: "Public", es: "Público"),
                Choice("private", en: "Private", es: "Privado"),
            ]
        ),
    ]

    /// By which clocks and on which days it comes again.
    private static let eventDates: [Field] = [
        Field(
            "time_zone",
            .timeZone,
            en: "Time zone",
            es: "Zona horaria",
            note: Text(
                en: """
                    by its clocks an event comes again, and its days are those of one of whole days; yours where you give \
                    none. Times are read and shown by your own clocks all the same
                    """,
                es: """
                    por sus relojes se repite un evento, y suyos son los días de uno de todo el día; la del usuario si no se \
                    indica. Las horas se leen y se muestran de todos modos por los relojes propios
                    """
            )
        ),
        .recurrence,
        .list(
            "further_dates",
            of: .occurrence,
            singular: "further_date",
            en: "Further dates",
            es: "Fechas adicionales"
        ),
        .list(
            "excluded_dates",
            of: .occurrence,
            singular: "excluded_date",
            en: "Excluded dates",
            es: "Fechas excluidas"
        ),
    ]

    /// What a contact has answered to the invitation.
    private static let invitationResponses = [
        Choice("needs_action", en: "Needs Action", es: "Sin respuesta"),
        Choice("accepted", en: "Accepted", es: "Aceptada"),
        Choice("declined", en: "Declined", es: "Rechazada"),
        Choice("tentative", en: "Tentative", es: "Provisional"),
    ]

    static let appointmentStatuses = [
        Choice("planned", en: "Planned", es: "Planeado"),
        Choice("held", en: "Held", es: "Realizado"),
        Choice("not_held", en: "Not Held", es: "No realizado"),
    ]

    static let taskStatuses = [
        Choice("not_started", en: "Not Started", es: "Sin iniciar"),
        Choice("in_progress", en: "In Progress", es: "En curso"),
        Choice("completed", en: "Completed", es: "Terminada"),
        Choice("pending_input", en: "Pending Input", es: "En espera de información"),
        Choice("deferred", en: "Deferred", es: "Aplazada"),
    ]

    /// The priority of an event or of one occurrence.
    static let eventPriority = Field.choice(
        "priority",
        en: "Priority",
        es: "Prioridad",
        [
            Choice("low", en: "Low", es: "Baja"),
            Choice("medium", en: "Medium", es: "Media", words: "normal"),
            Choice("high", en: "High", es: "Alta"),
        ]
    )

    /// Refuses a status of tasks for any other event, and a status of other events for a task. A status added by the
    /// user fits both.
    private static func checkStatus(of draft: Draft) throws {
        guard draft.changes("status") || draft.changes("kind"), let status = draft["status"].text else { return }
        let isTask = draft["kind"].text == "task"
        let fitting = isTask ? taskStatuses : appointmentStatuses
        let foreign = isTask ? appointmentStatuses : taskStatuses
        guard let label = foreign.first(where: { $0.key == status })?.label else { return }
        let keys = Text(joining: fitting.map { Text(word: $0.key, label: $0.label) })
        let reason =
            isTask
            ? Text(en: "a task is one of: \(keys.en)", es: "una tarea admite: \(keys.es)")
            : Text(en: "only a task can be so; choose: \(keys.en)", es: "solo una tarea lo admite; elegir: \(keys.es)")
        throw CRMError(
            .invalid,
            Text(
                en: "status \(status) does not fit this kind of event",
                es: "el estado «\(label.es)» no corresponde a este tipo de evento"
            ),
            module: .event,
            problems: [CRMError.Problem(field: "status", value: status, reason: reason)]
        )
    }
}
