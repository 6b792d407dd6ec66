import Localization

extension Report {
    /// Support.
    static let support = [caseLoad, caseTimes, caseBacklog, casePatterns, overdueCases]

    private static let isOpen: SQLFragment = "t.status <> 'closed'"
    private static let opened: SQLFragment = "coalesce(t.opened_at, t.created_at)"

    private static let cases = Column.count(
        "cases",
        Text(en: "Cases", es: "Casos"),
        Text(en: "How many", es: "Cuántos")
    )
    private static let resolution = Text(
        en: "From opened_at, else created_at, to closed_at, where it is known",
        es: "De opened_at o, si no, created_at, a closed_at, si se conoce"
    )

    private static let resolutionMedian = Column.own(
        "resolution_median",
        .duration,
        Text(en: "Resolution (median)", es: "Solución (mediana)"),
        Text(en: "\(resolution.en): the median", es: "\(resolution.es): la mediana")
    )
    private static func undated(_ meaning: Text) -> Column {
        .count("undated", Text(en: "Closed, unknown when", es: "Cerrados sin fecha"), meaning)
    }
    private static let open = Column.count(
        "open",
        Text(en: "Open", es: "Abiertos"),
        Text(en: "Cases that are not closed", es: "Casos que no están cerrados")
    )

    /// When a case was closed; null for an open one, and for one that came in closed without the moment.
    private static let closed: SQLFragment = "t.closed_at"

    /// The time until a case was closed; null when it is not known.
    private static func resolutionTime(_ report: ReportContext) -> SQLFragment {
        "max(0, \(PeriodFunctions.seconds(of: closed)) - \(PeriodFunctions.seconds(of: opened)))"
    }

    /// The time until the first response to a case: a comment on it, an e-mail sent about it, an event about it that
    /// took place, a status other than open, or its closing. The status at creation does not count, nor does what is
    /// older than the case.
    private static func answerTime(_ report: ReportContext) -> SQLFragment {
        let first: SQLFragment = """
            (SELECT min(w.answered) FROM (SELECT k.created_at AS answered FROM comment AS k \
            WHERE k.about_module = 'case' AND k.about_id = t.id \
            UNION ALL SELECT coalesce(m.date, m.created_at) FROM email AS m \
            WHERE m.about_module = 'case' AND m.about_id = t.id AND m.direction = 'outgoing' \
            UNION ALL SELECT e.starts_at FROM event AS e WHERE e.about_module = 'case' AND e.about_id = t.id \
            AND e.status IS NOT 'not_held' AND e.starts_at <= \(report.now) \
            UNION ALL SELECT p.entered_at FROM case_status_period AS p \
            WHERE p."case" = t.id AND p.value <> 'open' AND p.position > 1 \
            UNION ALL SELECT \(closed)) AS w WHERE w.answered >= \(opened))
            """
        return "\(PeriodFunctions.seconds(of: first)) - \(PeriodFunctions.seconds(of: opened))"
    }

    private static let caseLoad = Report(
        name: "case-load",
        summary: Text(en: "Open cases of each person", es: "Casos abiertos de cada persona"),
        discussion: Text(
            en:
                "By who they are assigned to; --by contacts.id,contacts.name counts them by the contacts that they are linked with.",
            es: "Por a quién están asignados; --by contacts.id,contacts.name los cuenta por los contactos vinculados."
        ),
        module: .case,
        parameters: [],
        columns: [
            open,
            .count(
                "urgent",
                Text(en: "Urgent", es: "Urgentes"),
                Text(en: "Those of priority urgent", es: "Los de prioridad Urgente")
            ),
            .count(
                "waiting",
                Text(en: "Waiting", es: "En espera"),
                Text(en: "Those that wait for a response", es: "Los que esperan respuesta")
            ),
            .own(
                "oldest",
                .date,
                Text(en: "Oldest", es: "El más antiguo"),
                Text(en: "When the oldest was opened", es: "Cuándo se abrió el más antiguo")
            ),
        ],
        order: ["-open"],
        picture: Picture("open", "urgent"),
        content: .groups(
            ReportGroups(
                keys: "assigned_to",
                restriction: { _ in isOpen },
                facts: [
                    ReportGroups.Fact.field("priority"),
                    ReportGroups.Fact.field("status"),
                    ReportGroups.Fact("opened") { $0.day(of: opened) },
                ],
                partsByCurrency: false,
                figures: { _ in
                    ["count(*)", "sum(priority IS 'urgent')", "sum(status = 'wait_for_response')", "min(opened)"]
                }
            )
        )
    )

    private static let caseTimes = Report(
        name: "case-times",
        summary: Text(
            en: "How soon cases are answered and resolved",
            es: "Qué tan pronto se responden y resuelven los casos"
        ),
        discussion: Text(
            en: """
                By the month of opened_at. A case is answered by the first comment about it, by the first outgoing e-mail \
                about it, by the first event about it that is past and was not cancelled (not_held), by the first change \
                of its status to another than open, or by being closed; what is older than opened_at is no answer. Of cases \
                that were imported, the status that they came in with is no answer either, and when those were closed \
                that came in so without a closed_at is not known: they count as undated and not as resolved, until edit \
                --closed-at says when. --by priority, category, product or assigned_to looks at it otherwise.
                """,
            es: """
                Por el mes de opened_at. Un caso se responde con el primer comentario sobre él, con el primer correo \
                saliente sobre él, con el primer evento pasado sobre él que no quedó sin realizar (not_held), con el \
                primer cambio de su estado a otro distinto de Abierto, o al cerrarse; lo anterior a opened_at no es una \
                respuesta. De los casos importados tampoco lo es el estado con que llegaron, y de los que llegaron \
                cerrados sin closed_at no se sabe cuándo se cerraron: cuentan como undated y no como resueltos, hasta \
                que edit --closed-at diga cuándo. --by priority, category, product o assigned_to lo mira de otro modo.
                """
        ),
        module: .case,
        parameters: [],
        columns: [
            cases,
            .count(
                "answered",
                Text(en: "Answered", es: "Respondidos"),
                Text(en: "Those that were answered", es: "Los que se respondieron")
            ),
            .own(
                "answer_median",
                .duration,
                Text(en: "Answer (median)", es: "Respuesta (mediana)"),
                Text(
                    en: "From opened_at, else created_at, to the answer: the median",
                    es: "De opened_at o, si no, created_at, a la respuesta: la mediana"
                )
            ),
            .ninetieth("answer_90", Text(en: "90% answer", es: "90% respuesta")),
            .count(
                "resolved",
                Text(en: "Resolved", es: "Resueltos"),
                Text(en: "Those that are known to be closed at some time", es: "Los que se sabe cuándo se cerraron")
            ),
            resolutionMedian,
            .ninetieth("resolution_90", Text(en: "90% resolution", es: "90% solución")),
            undated(
                Text(
                    en: "Those that are closed and nobody knows since when",
                    es: "Los que están cerrados y no se sabe desde cuándo"
                )
            ),
        ],
        order: [],
        picture: Picture("cases", "resolution_median"),
        content: .groups(
            ReportGroups(
                keys: "month(opened_at)",
                restriction: { _ in "1" },
                facts: [
                    ReportGroups.Fact.field("status"),
                    ReportGroups.Fact("answer", isRanked: true, answerTime),
                    ReportGroups.Fact("resolution", isRanked: true, resolutionTime),
                ],
                partsByCurrency: false,
                figures: { _ in
                    [
                        "count(*)", "count(answer)", ReportFigure.median("answer"),
                        ReportFigure.percentile(90, of: "answer"), "count(resolution)",
                        ReportFigure.median("resolution"), ReportFigure.percentile(90, of: "resolution"),
                        "sum(status = 'closed' AND resolution IS NULL)",
                    ]
                }
            )
        )
    )

    private static let caseBacklog = Report(
        name: "case-backlog",
        summary: Text(
            en: "Cases opened, closed and left, over time",
            es: "Casos abiertos, cerrados y pendientes a lo largo del tiempo"
        ),
        discussion: Text(
            en: """
                Every month from the first case to the present one, those without cases too. A case that was reopened \
                counts as closed from then to its reopening. Of a case that came in closed without a closed_at it is not \
                known when it was closed: it counts as undated in the month in which it was opened, and never as closed \
                or in the backlog, until edit --closed-at says when.
                """,
            es: """
                Cada mes desde el primer caso hasta el actual, también los que no tienen casos. Un caso reabierto cuenta \
                como cerrado desde que se cerró hasta que se reabrió. De un caso que llegó cerrado sin closed_at no se \
                sabe cuándo se cerró: cuenta como undated en el mes en que se abrió, y nunca como cerrado ni como \
                pendiente, hasta que edit --closed-at diga cuándo.
                """
        ),
        module: .case,
        parameters: [],
        columns: [
            .own("month", .period(.month), Text(en: "Month", es: "Mes"), Text(en: "YYYY-MM", es: "AAAA-MM")),
            .count(
                "opened",
                Text(en: "Opened", es: "Abiertos"),
                Text(en: "Opened in the month", es: "Abiertos en el mes")
            ),
            .count(
                "closed",
                Text(en: "Closed", es: "Cerrados"),
                Text(en: "Known to be closed in the month", es: "Los que se sabe que se cerraron en el mes")
            ),
            .count(
                "reopened",
                Text(en: "Reopened", es: "Reabiertos"),
                Text(en: "Reopened in the month", es: "Reabiertos en el mes")
            ),
            undated(
                Text(
                    en: "Opened in the month, and closed nobody knows when",
                    es: "Abiertos en el mes y cerrados no se sabe cuándo"
                )
            ),
            .count(
                "backlog",
                Text(en: "Backlog", es: "Pendientes"),
                Text(
                    en: "Opened and reopened until the end of the month less closed and undated until then",
                    es: "Abiertos y reabiertos hasta el fin del mes menos cerrados y undated hasta entonces"
                )
            ),
        ],
        order: ["month"],
        picture: Picture("opened", "closed", "backlog", by: ["month"], isTimed: true),
        content: .rows { report in
            let start = { (moment: SQLFragment) in PeriodFunctions.start(of: .month, at: report.day(of: moment)) }
            let month = TimeAxis.start
            let present = PeriodFunctions.start(of: .month, at: report.today)
            // It is unknown when a case that was imported as closed and then reopened was closed.
            let reopened: SQLFragment = """
                SELECT p.entered_at, p.left_at FROM "case" AS t JOIN case_status_period AS p ON p."case" = t.id \
                WHERE \(report.condition) AND p.value = 'closed' AND p.left_at IS NOT NULL AND p.position > 1
                """
            // Opened, closed and reopened cases are counted separately, so that no row of a case is stored.
            return """
                WITH RECURSIVE reopenings AS (\(reopened)), moves AS (\
                SELECT \(start(opened)) AS month, count(*) AS opened, 0 AS closed, 0 AS reopened, \
                sum(t.status = 'closed' AND \(closed) IS NULL) AS undated \
                FROM "case" AS t WHERE \(report.condition) GROUP BY 1 UNION ALL \
                SELECT \(start(closed)), 0, count(*), 0, 0 FROM "case" AS t \
                WHERE \(report.condition) AND \(closed) IS NOT NULL GROUP BY 1 UNION ALL \
                SELECT \(start("entered_at")), 0, count(*), 0, 0 FROM reopenings GROUP BY 1 UNION ALL \
                SELECT \(start("left_at")), 0, 0, count(*), 0 FROM reopenings GROUP BY 1), \
                sums AS (SELECT month, sum(opened) AS opened, sum(closed) AS closed, sum(reopened) AS reopened, \
                sum(undated) AS undated FROM moves GROUP BY month), \
                \(TimeAxis.definition(of: "month", in: "sums", by: .month, upTo: present)) \
                SELECT \(PeriodFunctions.name(of: .month, starting: month)) AS month, \
                coalesce(s.opened, 0) AS opened, coalesce(s.closed, 0) AS closed, \
                coalesce(s.reopened, 0) AS reopened, coalesce(s.undated, 0) AS undated, \
                sum(coalesce(s.opened + s.reopened - s.closed - s.undated, 0)) OVER (ORDER BY \(month)) AS backlog \
                FROM \(TimeAxis.name) LEFT JOIN sums AS s ON s.month = \(month) WHERE \(month) IS NOT NULL
                """
        }
    )

    private static let casePatterns = Report(
        name: "case-patterns",
        summary: Text(en: "What cases are about", es: "De qué tratan los casos"),
        discussion: Text(
            en: "By category and product; --by product,month(opened_at) shows what comes up when.",
            es: "Por categoría y producto; --by product,month(opened_at) muestra qué surge y cuándo."
        ),
        module: .case,
        parameters: [],
        columns: [
            cases,
            .rate(
                "share",
                Text(en: "Share", es: "Parte"),
                Text(en: "cases / all cases", es: "cases / todos los casos")
            ),
            open,
            .own(
                "hours",
                .quantity,
                Text(en: "Hours", es: "Horas"),
                Text(en: "The sum of their hours", es: "La suma de sus horas")
            ),
            resolutionMedian,
        ],
        order: ["-cases"],
        picture: Picture("cases"),
        content: .groups(
            ReportGroups(
                keys: "category, product",
                restriction: { _ in "1" },
                facts: [
                    ReportGroups.Fact.field("status"), ReportGroups.Fact.field("hours"),
                    ReportGroups.Fact("resolution", isRanked: true, resolutionTime),
                ],
                partsByCurrency: false,
                figures: { _ in
                    [
                        "count(*)", ReportFigure.rate("count(*)", of: "sum(count(*)) OVER ()"),
                        "sum(status <> 'closed')", "sum(hours)", ReportFigure.median("resolution"),
                    ]
                }
            )
        )
    )

    private static let overdueCases = Report(
        name: "overdue-cases",
        summary: Text(
            en: "Open cases that are older than they should be",
            es: "Casos abiertos más antiguos de lo debido"
        ),
        discussion: Text(
            en:
                "Unless --days gives one limit for all, it is 1 day for urgent ones, 3 for high, 14 for low, 7 for others.",
            es:
                "Si --days no da un límite para todos, es 1 día para los urgentes, 3 para los altos, 14 para los bajos y 7 para los demás."
        ),
        module: .case,
        parameters: [
            Field(
                Parameter.days,
                .count,
                label: Text(en: "Open for more than this many days", es: "Abiertos más de tantos días")
            )
        ],
        columns: [
            .record(.case, en: "The case", es: "El caso"),
            .field(.case, "number", en: "Its number", es: "Su número"),
            .field(.case, "priority", en: "Its priority", es: "Su prioridad"),
            .field(.case, "status", en: "Its status", es: "Su estado"),
            .field(.case, "assigned_to", en: "Who works on it", es: "Quién lo atiende"),
            .record(.contact, en: "Who reported it", es: "Quién lo reportó"),
            .days(
                "age",
                Text(en: "Age", es: "Antigüedad"),
                Text(en: "Days since it was opened", es: "Días desde que se abrió")
            ),
            .days(
                "limit",
                Text(en: "Limit", es: "Límite"),
                Text(en: "The days that it may take", es: "Los días que puede tardar")
            ),
        ],
        order: ["-age", "case"],
        content: .rows { report in
            """
            SELECT * FROM (SELECT t.id AS "case", t.number, t.priority, t.status, t.assigned_to, \
            (SELECT l.contact FROM contact_case AS l WHERE l."case" = t.id \
            ORDER BY l.role IS 'reporter' DESC, l.id LIMIT 1) AS contact, \
            \(report.days(from: report.day(of: opened), to: report.today)) AS age, \
            coalesce(\(report.bound(Parameter.days)), CASE t.priority WHEN 'urgent' THEN 1 WHEN 'high' THEN 3 \
            WHEN 'low' THEN 14 ELSE 7 END) AS "limit" FROM "case" AS t \
            WHERE \(report.condition) AND \(isOpen)) WHERE age > "limit"
            """
        }
    )
}
