import Localization

extension Report {
    /// Opportunities, from the first contact to the last word.
    static let pipeline = [
        openPipeline, forecast, winRate, effectiveness, lostReasons, timeInStage, stageConversion, salesVelocity,
        staleOpportunities,
    ]

    private static let isOpen: SQLFragment = "t.stage NOT IN ('closed_won', 'closed_lost')"
    private static let isClosed: SQLFragment = "t.stage IN ('closed_won', 'closed_lost')"
    /// What an open opportunity is expected to bring.
    private static let weighted: SQLFragment =
        SQLFunctions.scale("t.amount", "coalesce(t.probability, 0)", "1000000")
    /// The day on which an opportunity was closed.
    private static func closingDay(_ report: ReportContext) -> SQLFragment {
        "coalesce(t.closed_on, \(report.day(of: "t.updated_at")))"
    }

    private static func cycle(_ report: ReportContext) -> SQLFragment {
        """
        max(0, \(PeriodFunctions.seconds(of: closingDay(report))) \
        - \(PeriodFunctions.seconds(of: report.day(of: "t.created_at"))))
        """
    }

    private static let count = Column.count(
        "count",
        Text(en: "Opportunities", es: "Oportunidades"),
        Text(en: "How many", es: "Cuántas")
    )
    private static let amount = Column.amount(
        "amount",
        Text(en: "Amount", es: "Importe"),
        Text(en: "The sum of their amounts", es: "La suma de sus importes")
    )
    private static let weightedAmount = Column.amount(
        "weighted",
        Text(en: "Weighted", es: "Ponderado"),
        Text(
            en: "The sum of amount * probability, each rounded to the minor unit",
            es: "La suma de amount * probability, cada una redondeada a la unidad menor"
        )
    )
    private static let averageAmount = Column.amount(
        "average",
        Text(en: "Average", es: "Promedio"),
        Text(en: "amount / count", es: "amount / count")
    )
    private static let won = Column.count(
        "won",
        Text(en: "Won", es: "Ganadas"),
        Text(en: "In stage closed_won", es: "En etapa Cerrada-Ganada")
    )
    private static let lost = Column.count(
        "lost",
        Text(en: "Lost", es: "Perdidas"),
        Text(en: "In stage closed_lost", es: "En etapa Cerrada-Perdida")
    )
    private static let rateWon = Column.rate(
        "win_rate",
        Text(en: "Win rate", es: "Tasa de éxito"),
        Text(en: "won / (won + lost)", es: "won / (won + lost)")
    )
    private static let wonAmount = Column.amount(
        "won_amount",
        Text(en: "Won amount", es: "Importe ganado"),
        Text(en: "The sum of the amounts that were won", es: "La suma de los importes ganados")
    )
    private static let averageWon = Column.amount(
        "average_won",
        Text(en: "Average won", es: "Promedio ganado"),
        Text(en: "won_amount / won", es: "won_amount / won")
    )

    private static let openPipeline = Report(
        name: "pipeline",
        summary: Text(en: "What is open, stage by stage", es: "Lo que está abierto, etapa por etapa"),
        discussion: Text(
            en: "Opportunities that are neither won nor lost.",
            es: "Oportunidades ni ganadas ni perdidas."
        ),
        module: .opportunity,
        parameters: [],
        columns: [
            .currency, count, amount, weightedAmount, averageAmount,
            .count(
                "overdue",
                Text(en: "Overdue", es: "Vencidas"),
                Text(en: "Those whose close_date is before today", es: "Las de close_date anterior a hoy")
            ),
            .days(
                "age",
                Text(en: "Age", es: "Antigüedad"),
                Text(
                    en: "The average of the days since they were added",
                    es: "El promedio de días desde que se agregaron"
                )
            ),
        ],
        order: [],
        content: .groups(
            ReportGroups(
                keys: "stage",
                restriction: { _ in isOpen },
                facts: [
                    ReportGroups.Fact("amount") { _ in "t.amount" },
                    ReportGroups.Fact("weighted") { _ in weighted },
                    ReportGroups.Fact("close_date") { _ in "t.close_date" },
                    ReportGroups.Fact("age") { $0.days(from: $0.day(of: "t.created_at"), to: $0.today) },
                ],
                partsByCurrency: true,
                figures: { report in
                    [
                        "count(*)", "sum(amount)", "sum(weighted)", ReportFigure.mean("amount"),
                        "sum(close_date < \(report.today))", ReportFigure.mean("age"),
                    ]
                }
            )
        )
    )

    private static let forecast = Report(
        name: "forecast",
        summary: Text(
            en: "What open opportunities should bring, month by month",
            es: "Lo que deberían traer las oportunidades abiertas, mes a mes"
        ),
        discussion: Text(
            en: "By the month of close_date; months before the present one hold what is overdue.",
            es: "Por el mes de close_date; los meses anteriores al actual tienen lo vencido."
        ),
        module: .opportunity,
        parameters: [],
        columns: [.currency, count, amount, weightedAmount],
        order: [],
        content: .groups(
            ReportGroups(
                keys: "month(close_date)",
                restriction: { _ in isOpen },
                facts: [
                    ReportGroups.Fact("amount") { _ in "t.amount" },
                    ReportGroups.Fact("weighted") { _ in weighted },
                ],
                partsByCurrency: true,
                figures: { _ in ["count(*)", "sum(amount)", "sum(weighted)"] }
            )
        )
    )

    private static let winRate = Report(
        name: "win-rate",
        summary: Text(
            en: "What was won and lost, how large and how fast",
            es: "Lo ganado y lo perdido, de qué tamaño y en cuánto tiempo"
        ),
        discussion: Text(en: "Opportunities that are won or lost.", es: "Oportunidades ganadas o perdidas."),
        module: .opportunity,
        parameters: [],
        columns: [
            .currency, won, lost, rateWon, wonAmount, averageWon,
            .own(
                "cycle",
                .duration,
                Text(en: "Cycle (median)", es: "Ciclo (mediana)"),
                Text(
                    en: "From created_at to closed_on, in whole days: the median of those won",
                    es: "De created_at a closed_on, en días enteros: la mediana de las ganadas"
                )
            ),
        ],
        order: [],
        content: .groups(
            ReportGroups(
                keys: "month(closed_on)",
                restriction: { _ in isClosed },
                facts: [
                    ReportGroups.Fact("isWon") { _ in "t.stage = 'closed_won'" },
                    ReportGroups.Fact("amount") { _ in "t.amount" },
                    ReportGroups.Fact("cycle", isRanked: true) {
                        "CASE WHEN t.stage = 'closed_won' THEN \(cycle($0)) END"
                    },
                ],
                partsByCurrency: true,
                figures: { _ in
                    [
                        "sum(isWon)", "sum(NOT isWon)", ReportFigure.rate("sum(isWon)", of: "count(*)"),
                        "sum(CASE WHEN isWon THEN amount ELSE 0 END)",
                        ReportFigure.mean("CASE WHEN isWon THEN amount END"), ReportFigure.median("cycle"),
                    ]
                }
            )
        )
    )

    private static let effectiveness = Report(
        name: "effectiveness",
        summary: Text(en: "How it goes with each contact", es: "Cómo va con cada contacto"),
        discussion: Text(
            en: """
                By the contact of the opportunity; --by assigned_to, lead_source, campaign or organization looks at it \
                otherwise.
                """,
            es: """
                Por el contacto de la oportunidad; --by assigned_to, lead_source, campaign u organization lo mira de otro \
                modo.
                """
        ),
        module: .opportunity,
        parameters: [],
        columns: [
            .currency, count,
            .count(
                "open",
                Text(en: "Open", es: "Abiertas"),
                Text(en: "Neither won nor lost", es: "Ni ganadas ni perdidas")
            ),
            won, lost, rateWon, wonAmount,
        ],
        order: ["-won_amount", "-count"],
        content: .groups(
            ReportGroups(
                keys: "contact",
                restriction: { _ in "1" },
                facts: [
                    ReportGroups.Fact("isWon") { _ in "t.stage = 'closed_won'" },
                    ReportGroups.Fact("isLost") { _ in "t.stage = 'closed_lost'" },
                    ReportGroups.Fact("amount") { _ in "t.amount" },
                ],
                partsByCurrency: true,
                figures: { _ in
                    [
                        "count(*)", "sum(NOT isWon AND NOT isLost)", "sum(isWon)", "sum(isLost)",
                        ReportFigure.rate("sum(isWon)", of: "sum(isWon OR isLost)"),
                        "sum(CASE WHEN isWon THEN amount ELSE 0 END)",
                    ]
                }
            )
        )
    )

    private static let lostReasons = Report(
        name: "lost-reasons",
        summary: Text(en: "Why opportunities were lost", es: "Por qué se perdieron oportunidades"),
        discussion: Text(en: "Lost opportunities by lost_reason.", es: "Oportunidades perdidas por lost_reason."),
        module: .opportunity,
        parameters: [],
        columns: [.currency, count, amount, averageAmount],
        order: ["-amount"],
        content: .groups(
            ReportGroups(
                keys: "lost_reason",
                restriction: { _ in "t.stage = 'closed_lost'" },
                facts: [ReportGroups.Fact("amount") { _ in "t.amount" }],
                partsByCurrency: true,
                figures: { _ in ["count(*)", "sum(amount)", ReportFigure.mean("amount")] }
            )
        )
    )

    /// How often and how long opportunities were in stages, with how long each time took so far.
    private static func periods(_ report: ReportContext) -> SQLFragment {
        """
        SELECT p.opportunity, p.value AS stage, p.position, p.left_at IS NULL AS isthere, \
        \(PeriodFunctions.seconds(of: "coalesce(p.left_at, \(report.now))")) \
        - \(PeriodFunctions.seconds(of: "p.entered_at")) AS lasted, \
        lead(p.value) OVER (PARTITION BY p.opportunity ORDER BY p.position) AS next \
        FROM opportunity AS t JOIN opportunity_stage_period AS p ON p.opportunity = t.id WHERE \(report.condition)
        """
    }

    private static let timeInStage = Report(
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
        content: .rows { report in
            let fact = "lasted"
            return """
                SELECT stage, count(*) AS entered, sum(isthere) AS now, \(ReportFigure.median(fact)) AS median, \
                \(ReportFigure.percentile(90, of: fact)) AS percentile_90 FROM (SELECT *, \
                row_number() OVER (PARTITION BY stage ORDER BY lasted) AS \(name: ReportFigure.place(of: fact)), \
                count(*) OVER (PARTITION BY stage) AS \(name: ReportFigure.count(of: fact)) \
                FROM (\(periods(report)))) GROUP BY stage
                """
        }
    )

    private static let stageConversion = Report(
        name: "stage-conversion",
        summary: Text(
            en: "Where opportunities go from each stage",
            es: "A dónde van las oportunidades desde cada etapa"
        ),
        discussion: Text(
            en: "A row without a next stage counts those that are still there.",
            es: "Una fila sin etapa siguiente cuenta las que siguen allí."
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

    private static let salesVelocity = Report(
        name: "sales-velocity",
        summary: Text(en: "How much the pipeline brings a day", es: "Cuánto trae el embudo por día"),
        discussion: Text(
            en: "Open opportunities, and those that were closed in the last --days.",
            es: "Oportunidades abiertas y las cerradas en los últimos --days."
        ),
        module: .opportunity,
        parameters: [
            Parameter.days(
                365,
                Text(
                    en: "Look back this many days, 365 unless given",
                    es: "Mirar tantos días atrás, 365 si no se indica"
                )
            )
        ],
        columns: [
            .currency,
            .count(
                "open",
                Text(en: "Open", es: "Abiertas"),
                Text(en: "Neither won nor lost", es: "Ni ganadas ni perdidas")
            ),
            rateWon, averageWon,
            .own(
                "cycle",
                .duration,
                Text(en: "Cycle", es: "Ciclo"),
                Text(
                    en: "The average from created_at to closed_on of those won, in whole days",
                    es: "El promedio de created_at a closed_on de las ganadas, en días enteros"
                )
            ),
            .amount(
                "velocity",
                Text(en: "A day", es: "Por día"),
                Text(
                    en: "open * win_rate * average_won / cycle in days",
                    es: "open * win_rate * average_won / cycle en días"
                )
            ),
        ],
        order: ["-velocity"],
        content: .groups(
            ReportGroups(
                keys: "",
                restriction: {
                    """
                    \(isOpen) OR \(closingDay($0)) \
                    > \($0.day($0.today, plus: "-\($0.bound(Parameter.days))"))
                    """
                },
                facts: [
                    ReportGroups.Fact("isOpen") { _ in isOpen },
                    ReportGroups.Fact("wonAmount") { _ in "CASE WHEN t.stage = 'closed_won' THEN t.amount END" },
                    ReportGroups.Fact("isWon") { _ in "t.stage = 'closed_won'" },
                    ReportGroups.Fact("cycle") { "CASE WHEN t.stage = 'closed_won' THEN \(cycle($0)) END" },
                ],
                partsByCurrency: true,
                figures: { _ in
                    // open * (won / closed) * (amount / won) / (cycle / won / 86,400)
                    let whole: SQLFragment = SQLFunctions.scale(
                        "sum(isOpen) * sum(isWon)",
                        "sum(wonAmount)",
                        "sum(NOT isOpen)"
                    )
                    return [
                        "sum(isOpen)", ReportFigure.rate("sum(isWon)", of: "sum(NOT isOpen)"),
                        ReportFigure.mean("wonAmount"), ReportFigure.mean("cycle"),
                        SQLFunctions.scale(whole, "86400", "sum(cycle)"),
                    ]
                }
            )
        )
    )

    private static let staleOpportunities = Report(
        name: "stale-opportunities",
        summary: Text(
            en: "Open opportunities that nobody touched for long",
            es: "Oportunidades abiertas que nadie toca hace tiempo"
        ),
        discussion: Text(
            en: """
                A touch is the day on which it was added or came into its stage, of a comment about it, and of an event \
                about it that is past.
                """,
            es: """
                Un toque es el día en que se agregó o entró en su etapa, el de un comentario sobre ella y el de un evento \
                pasado sobre ella.
                """
        ),
        module: .opportunity,
        parameters: [
            Parameter.days(
                30,
                Text(en: "For at least this many days, 30 unless given", es: "Al menos tantos días, 30 si no se indica")
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
            """
            SELECT *, \(report.days(from: "last_touch", to: report.today)) AS days FROM \
            (SELECT t.id AS opportunity, t.contact, t.stage, t.amount, t.currency, t.close_date, max(\
            \(report.day(of: "t.created_at")), \
            coalesce((SELECT max(\(report.day(of: "p.entered_at"))) FROM opportunity_stage_period AS p \
            WHERE p.opportunity = t.id), ''), \
            coalesce((SELECT max(\(report.day(of: "k.created_at"))) FROM comment AS k \
            WHERE k.about_module = 'opportunity' AND k.about_id = t.id), ''), \
            coalesce((SELECT max(\(report.day(of: "e.starts_at"))) FROM event AS e \
            WHERE e.about_module = 'opportunity' AND e.about_id = t.id AND e.starts_at <= \(report.now)), '')) \
            AS last_touch FROM opportunity AS t WHERE \(report.condition) AND \(isOpen)) \
            WHERE last_touch <= \(report.day(report.today, plus: "-\(report.bound(Parameter.days))"))
            """
        }
    )
}
