import Localization

extension ModuleName {
    /// Requests for help and support.
    public static let `case`: ModuleName = "case"
}

extension Module {
    static let `case` = Declaration(
        name: .case,
        en: "Case",
        es: "Caso",
        plural: (en: "Cases", es: "Casos"),
        gender: .masculine,
        synonyms: "ticket incidencia incidente",
        kin: "queja complaint reclamación solicitud request soporte support",
        display: .field("title"),
        fields: [
            .text("title", en: "Title", es: "Título", .required),
            .documentNumber(en: "Case number", es: "Número de caso", word: "CAS"),
            .choice(
                "status",
                en: "Status",
                es: "Estado",
                [.required, .tracked],
                default: "open",
                [
                    Choice("open", en: "Open", es: "Abierto", words: "nuevo new opened reopened reabierto"),
                    Choice(
                        "in_progress",
                        en: "In Progress",
                        es: "En progreso",
                        words: "en_proceso en_curso en_atención waiting_on_us esperándonos"
                    ),
                    Choice(
                        "wait_for_response",
                        en: "Wait for Response",
                        es: "Esperando respuesta",
                        words: "en_espera pending on_hold waiting waiting_on_contact esperando_al_contacto esperando"
                    ),
                    Choice(
                        "closed",
                        en: "Closed",
                        es: "Cerrado",
                        words: "resuelto solucionado terminado resolved solved done"
                    ),
                ]
            ),
            .choice(
                "priority",
                en: "Priority",
                es: "Prioridad",
                Choice.priorities + [Choice("urgent", en: "Urgent", es: "Urgente")]
            ),
            .choice(
                "severity",
                en: "Severity",
                es: "Severidad",
                [
                    Choice("minor", en: "Minor", es: "Menor"),
                    Choice("major", en: "Major", es: "Mayor"),
                    Choice("feature", en: "Feature", es: "Característica"),
                    Choice("critical", en: "Critical", es: "Crítica"),
                ]
            ),
            .choice(
                "category",
                en: "Category",
                es: "Categoría",
                [
                    Choice("big_problem", en: "Big Problem", es: "Problema grande"),
                    Choice("small_problem", en: "Small Problem", es: "Problema pequeño"),
                    Choice("other_problem", en: "Other Problem", es: "Otro problema"),
                ]
            ),
            .reference("product", to: .product, en: "Product", es: "Inventariable"),
            .reference("contract", to: .contract, en: "Contract", es: "Póliza"),
            .dateTime("opened_at", en: "Opened at", es: "Fecha de apertura"),
            .dateTime("closed_at", en: "Closed at", es: "Fecha de cierre"),
            .longText("solution", en: "Solution", es: "Solución"),
            .decimal("hours", en: "Hours", es: "Horas", .notNegative).counted(in: .always(Choice.hours)),
        ],
        contacts: .many(
            LinkDefinition([
                .choice(
                    "role",
                    en: "Role",
                    es: "Rol",
                    [
                        Choice("reporter", en: "Reporter", es: "Reportado por", words: "reported_by"),
                        Choice("affected", en: "Affected", es: "Afectado"),
                        Choice("other", en: "Other", es: "Otro"),
                    ]
                )
            ])
        ),
        listed: ["number", "status", "priority", "product", "opened_at", "closed_at"],
        mention: Mention(["number", "status", "priority"], on: ["opened_at"]),
        dateOrders: [DateOrder("opened_at", "closed_at")],
        occasions: [
            Occasion("opened", en: "Case opened", es: "Caso abierto", on: "opened_at", "created_at"),
            Occasion("closed", en: "Case closed", es: "Caso cerrado", on: "closed_at")
                .unless("status", became: "closed"),
        ],
        actions: [close, reopen],
        rules: [
            Rule(
                watching: ["status", "closed_at"],
                setting: ["status", "closed_at"],
                before: { draft, context in keepTimes(of: &draft, now: context.now) },
                choosing: [closedStatus]
            )
        ]
    ).module

    private static let close = Action.setting(
        "close",
        watching: ["status"],
        summary: Text(en: "Close cases", es: "Cerrar casos"),
        discussion: Text(
            en: "The moment is kept as closed_at. A case that is closed already stays as it is, save for the solution.",
            es: "El momento se guarda en closed_at. Un caso ya cerrado queda como está, salvo la solución."
        ),
        inputs: [.longText("solution", en: "Solution", es: "Solución")],
        choosing: [closedStatus]
    ) { _ in [closedStatus.assignment] }

    private static let reopen = Action.setting(
        "reopen",
        watching: ["status"],
        summary: Text(en: "Open closed cases again", es: "Reabrir casos cerrados"),
        discussion: Text(
            en: "closed_at is emptied, the solution stays. A case that is not closed stays as it is.",
            es: "closed_at se vacía, la solución queda. Un caso que no está cerrado queda como está."
        ),
        choosing: [openStatus]
    ) { $0["status"] == closedStatus.value ? [openStatus.assignment] : [] }

    private static let openStatus = FixedChoice(.case, "status", "open")
    private static let closedStatus = FixedChoice(.case, "status", "closed")

    /// Sets the times of a case: a new case is opened now unless a time is given, closing it records the time, and
    /// reopening it clears that time. If a new case that began in the past is already closed, the time of closing stays
    /// unknown unless it is given.
    private static func keepTimes(of draft: inout Draft, now: String) {
        if draft.original == nil, draft["opened_at"].isNull {
            // A case that is already closed was opened no later.
            let opened = min(now, draft["closed_at"].text ?? now)
            draft["opened_at"] = draft["created_at"].isNull ? .text(opened) : draft["created_at"]
        }
        // A time of closing given without a status means that the case is closed.
        if draft.gives("closed_at"), !draft.isGiven("status") { draft["status"] = closedStatus.value }
        guard draft.changes("status") else { return }
        if draft["status"] == closedStatus.value {
            let isOld = !draft["created_at"].isNull || (draft["opened_at"].text ?? now) < now
            let isHistory = draft.original == nil && isOld
            if !draft.gives("closed_at"), !isHistory { draft["closed_at"] = .text(now) }
        } else if draft.original?["status"] == closedStatus.value {
            draft["closed_at"] = .null
        }
    }
}
