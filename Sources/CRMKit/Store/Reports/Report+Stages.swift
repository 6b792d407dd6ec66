import Localization

/// Reports on the stages of opportunities.
extension Report {
    /// Returns the periods of opportunities in stages, each with its duration so far.
    private static func periods(_ report: ReportContext) -> SQLFragment {
        """
        SELECT p.opportunity, p.value AS stage, p.position, p.left_at IS NULL AS isthere, \
        \(PeriodFunctions.seconds(of: "coalesce(p.left_at, \(report.now))")) \
        - \(PeriodFunctions.seconds(of: "p.entered_at")) AS lasted, \
        lead(p.value) OVER (PARTITION BY p.opportunity ORDER BY p.position) AS next \
        FROM opportunity AS t JOIN opportunity_stage_period AS p ON p.opportunity = t.id WHERE \(report.condition)
        """
    }

    static let timeInStage = Report(
        name: "time-in-stage",
        summary: Text(
            en: "How long opportunities stay in each stage",
            es: "Cuánto permanecen las oportunidades en cada etapa"
        ),
        discussion: Text(
            en: "Each time in a stage counts, those that go on with the time so far.",
            es: "Cuenta cada estancia en una etapa; las que siguen, con el tiempo hasta ahora."
        ),
        module: .opportunity,
        parameters: [],
        columns: [
            .field(.opportunity, "stage", en: "The stage", es: "La etapa"),
            .count(
                "entered",
                Text(en: "Entered", es: "Entradas"),
                Text(en: "How often it was entered", es: "Cuántas veces se entró")
            ),
            .count(
                "now",
                Text(en: "Now", es: "Ahora"),
                Text(en: "Opportunities that are in it", es: "Oportunidades que están en ella")
            ),
            .own(
                "median",
                .duration,
                Text(en: "Median", es: "Mediana"),
                Text(en: "The median of the times", es: "La mediana de los tiempos")
            ),
            .own(
                "percentile_90",
                .duration,
                Text(en: "90th percentile", es: "Percentil 90"),
                Text(en: "The time that 90 % do not exceed", es: "El tiempo que 90 % no supera")
            ),
        ],
        order: ["stage"],
        picture: Picture("median", by: ["stage"]),
        content: .rows { report in
            let fact = "lasted"
            let places = Ranking(fact).columns(of: .name(fact), in: ["stage"])
            return """
                SELECT stage, count(*) AS entered, sum(isthere) AS now, \(ReportFigure.median(fact)) AS median, \
                \(ReportFigure.percentile(90, of: fact)) AS percentile_90 FROM \
                (SELECT *, \(places.joined(", ")) FROM (\(periods(report)))) GROUP BY stage
                """
        }
    )

    static let stageConversion = Report(
        name: "stage-conversion",
        summary: Text(
            en: "Where opportunities go from each stage",
            es: "A dónde van las oportunidades desde cada etapa"
        ),
        discussion: Text(
            en:
                "A row without a next stage counts those that are still there; of closed ones, which stay, there is none.",
            es: "Una fila sin etapa siguiente cuenta las que siguen allí; de las cerradas, que allí se quedan, no hay."
        ),
        module: .opportunity,
        parameters: [],
        columns: [
            .field(.opportunity, "stage", en: "The stage", es: "La etapa"),
            .field(
                .opportunity,
                "stage",
                as: "next",
                label: Text(en: "Next stage", es: "Etapa siguiente"),
                en: "The stage that came after it",
                es: "La etapa que siguió"
            ),
            .count("count", Text(en: "Times", es: "Veces"), Text(en: "How often", es: "Cuántas veces")),
            .rate(
                "rate",
                Text(en: "Rate", es: "Tasa"),
                Text(
                    en: "count / all times that the stage was left; of those still there, / all times it was entered",
                    es: "count / veces que se dejó la etapa; de las que siguen allí, / veces que se entró"
                )
            ),
        ],
        order: ["stage", "next"],
        picture: Picture("count", by: ["stage", "next"]),
        content: .rows { report in
            let whole: SQLFragment = """
                CASE WHEN next IS NULL THEN sum(count(*)) OVER (PARTITION BY stage) \
                ELSE sum(count(next)) OVER (PARTITION BY stage) END
                """
            return """
                SELECT stage, next, count(*) AS count, \(ReportFigure.rate("count(*)", of: whole)) AS rate \
                FROM (\(periods(report))) WHERE stage NOT IN ('closed_won', 'closed_lost') OR next IS NOT NULL \
                GROUP BY stage, next
                """
        }
    )

    static let staleOpportunities = Report(
        name: "stale-opportunities",
        summary: Text(
            en: "Open opportunities that nobody touched for long",
            es: "Oportunidades abiertas que nadie toca hace tiempo"
        ),
        discussion: Text(
            en: """
                A touch is the day on which it was added or came into its stage, of a comment or an e-mail about it, of a \
                quote made of it, and of an event about it that is past and was not cancelled (not_held).
                """,
            es: """
                Un toque es el día en que se agregó o entró en su etapa, el de un comentario o un correo sobre ella, el de \
                una cotización hecha de ella y el de un evento pasado sobre ella que no quedó sin realizar (not_held).
                """
        ),
        module: .opportunity,
        parameters: [
            Parameter.days(
                30,
                Text(en: "For at least this many days", es: "Al menos tantos días")
            )
        ],
        columns: [
            .record(.opportunity, en: "The opportunity", es: "La oportunidad"),
            .record(.contact, en: "Its contact", es: "Su contacto"),
            .field(.opportunity, "stage", en: "Its stage", es: "Su etapa"),
            .field(.opportunity, "amount", en: "Its amount", es: "Su importe"),
            .currency,
            .field(.opportunity, "close_date", en: "When it should close", es: "Cuándo debería cerrarse"),
            .own(
                "last_touch",
                .date,
                Text(en: "Last touch", es: "Último toque"),
                Text(en: "The last of them", es: "El último de ellos")
            ),
            .days(
                "days",
                Text(en: "Days", es: "Días"),
                Text(en: "From last_touch to today", es: "De last_touch a hoy")
            ),
        ],
        order: ["-days", "opportunity"],
        content: .rows { report in
            let isAboutIt: SQLFragment = "r.about_module = 'opportunity' AND r.about_id = t.id"
            let occurrence = SQLFunctions.occurrence(isNext: false, of: "r", in: .event, clock: report.context.clock)
            let touches: [SQLFragment] = [
                "SELECT max(r.entered_at) FROM opportunity_stage_period AS r WHERE r.opportunity = t.id",
                "SELECT max(r.created_at) FROM comment AS r WHERE \(isAboutIt)",
                "SELECT max(coalesce(r.date, r.created_at)) FROM email AS r WHERE \(isAboutIt)",
                "SELECT max(r.created_at) FROM quote AS r WHERE r.opportunity = t.id",
                "SELECT max(\(occurrence)) FROM event AS r WHERE \(isAboutIt) AND r.status IS NOT 'not_held'",
            ]
            let last = touches.map { "coalesce((\($0)), '')" as SQLFragment }.joined(", ")
            return """
                SELECT *, \(report.days(from: "last_touch", to: report.today)) AS days FROM \
                (SELECT t.id AS opportunity, t.contact, t.stage, \(report.amount("t.amount")) AS amount, \
                \(report.currency()) AS currency, t.close_date, \
                \(report.day(of: "max(t.created_at, \(last))")) AS last_touch \
                FROM opportunity AS t WHERE \(report.condition) AND \(isOpenOpportunity)) \
                WHERE last_touch <= \(report.daysBefore(report.today))
                """
        }
    )
}
