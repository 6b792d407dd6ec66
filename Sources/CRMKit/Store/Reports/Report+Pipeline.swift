import Localization

extension Report {
    /// Reports on opportunities, from the first contact to the end.
    static let pipeline = [
        openPipeline, forecast, winRate, effectiveness, lostReasons, timeInStage, stageConversion, salesVelocity,
        staleOpportunities,
    ]

    /// Opportunities that are neither won nor lost.
    static let isOpenOpportunity: SQLFragment = "t.stage NOT IN ('closed_won', 'closed_lost')"
    private static let isClosed: SQLFragment = "t.stage IN ('closed_won', 'closed_lost')"
    /// The expected value of an open opportunity: its amount times its probability.
    private static func weighted(_ report: ReportContext) -> SQLFragment {
        SQLFunctions.scale(report.amount("t.amount"), "coalesce(t.probability, 0)", "1000000")
    }
    /// The field with the day on which an opportunity was closed, for all reports: what it does not say is not known. No
    /// other date tells: a record that is closed without it was closed elsewhere, or the day was taken away.
    private static let closingField = "closed_on"
    private static let closingDay = SQLFragment.column(closingField, of: "t")

    /// Returns the time until an opportunity was closed; null if it is unknown, since the opportunity was added as
    /// closed or was closed before it was created here.
    private static func cycle(_ report: ReportContext) -> SQLFragment {
        let (from, to) = (report.day(of: "t.created_at"), closingDay)
        return """
            CASE WHEN \(to) >= \(from) AND EXISTS (SELECT 1 FROM opportunity_stage_period AS p \
            WHERE p.opportunity = t.id AND p.position = 1 AND p.value NOT IN ('closed_won', 'closed_lost')) \
            THEN \(PeriodFunctions.seconds(of: to)) - \(PeriodFunctions.seconds(of: from)) END
            """
    }

    private static let count = Column.count(
        "count",
        Text(en: "Opportunities", es: "Oportunidades"),
        Text(en: "How many", es: "Cuántas")
    )
    private static let amount = Column.sum(
        "amount",
        Text(en: "Amount", es: "Importe"),
        Text(en: "The sum of their amounts", es: "La suma de sus importes")
    )
    private static let weightedAmount = Column.sum(
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
    private static let wonAmount = Column.sum(
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
        picture: Picture("count", "amount"),
        content: .groups(
            ReportGroups(
                keys: "stage",
                restriction: { _ in isOpenOpportunity },
                facts: [
                    ReportGroups.Fact.amount("amount"),
                    ReportGroups.Fact("weighted", weighted),
                    ReportGroups.Fact.field("close_date"),
                    ReportGroups.Fact("age") { $0.days(from: $0.day(of: "t.created_at"), to: $0.today) },
                ],
                partsByCurrency: true,
                figures: { report in
                    [
                        "count(*)", "sum(amount)", "sum(weighted)", Arithmetic.mean(of: "amount"),
                        "sum(close_date < \(report.today))", Arithmetic.mean(of: "age"),
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
        picture: Picture("amount", "weighted"),
        content: .groups(
            ReportGroups(
                keys: "month(close_date)",
                restriction: { _ in isOpenOpportunity },
                facts: [
                    ReportGroups.Fact.amount("amount"),
                    ReportGroups.Fact("weighted", weighted),
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
        discussion: Text(
            en: """
                Opportunities that are won or lost, by the month of closed_on. One that is added as closed, as imports do, \
                and gives no closed_on has its close_date, if that is past; its cycle is not known. Those without a \
                closed_on were closed nobody knows when: they stand in the row without a month.
                """,
            es: """
                Oportunidades ganadas o perdidas, por el mes de closed_on. La que se agrega ya cerrada, como al importar, y \
                no indica closed_on lleva su close_date, si ya pasó; su ciclo no se conoce. Las que no tienen closed_on se \
                cerraron no se sabe cuándo: están en la fila sin mes.
                """
        ),
        module: .opportunity,
        parameters: [],
        columns: [
            .currency, won, lost, rateWon, wonAmount, averageWon,
            .own(
                "cycle",
                .duration,
                Text(en: "Cycle (median)", es: "Ciclo (mediana)"),
                Text(
                    en: "From created_at to closed_on, in whole days: the median of those won that were added open",
                    es:
                        "De created_at a closed_on, en días enteros: la mediana de las ganadas que se agregaron abiertas"
                )
            ),
        ],
        order: [],
        picture: Picture("win_rate", "won_amount"),
        content: .groups(
            ReportGroups(
                keys: "month(\(closingField))",
                restriction: { _ in isClosed },
                facts: [
                    ReportGroups.Fact("isWon") { _ in "t.stage = 'closed_won'" },
                    ReportGroups.Fact.amount("amount"),
                    ReportGroups.Fact("cycle", isRanked: true) {
                        "CASE WHEN t.stage = 'closed_won' THEN \(cycle($0)) END"
                    },
                ],
                partsByCurrency: true,
                figures: { _ in
                    [
                        "sum(isWon)", "sum(NOT isWon)", ReportFigure.rate("sum(isWon)", of: "count(*)"),
                        "sum(CASE WHEN isWon THEN amount ELSE 0 END)",
                        Arithmetic.mean(of: "CASE WHEN isWon THEN amount END"), ReportFigure.median("cycle"),
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
        order: ["currency", "-won_amount", "-count"],
        picture: Picture("won_amount", "win_rate"),
        content: .groups(
            ReportGroups(
                keys: "contact",
                restriction: { _ in "1" },
                facts: [
                    ReportGroups.Fact("isWon") { _ in "t.stage = 'closed_won'" },
                    ReportGroups.Fact("isLost") { _ in "t.stage = 'closed_lost'" },
                    ReportGroups.Fact.amount("amount"),
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
        order: ["currency", "-amount"],
        picture: Picture("count", "amount"),
        content: .groups(
            ReportGroups(
                keys: "lost_reason",
                restriction: { _ in "t.stage = 'closed_lost'" },
                facts: [ReportGroups.Fact.amount("amount")],
                partsByCurrency: true,
                figures: { _ in ["count(*)", "sum(amount)", Arithmetic.mean(of: "amount")] }
            )
        )
    )

    private static let salesVelocity = Report(
        name: "sales-velocity",
        summary: Text(en: "How much the pipeline brings a day", es: "Cuánto trae el embudo por día"),
        discussion: Text(
            en: """
                Open opportunities, and those whose closed_on is in the last --days. Those that were closed nobody knows \
                when, without a closed_on, are left out, which is told.
                """,
            es: """
                Oportunidades abiertas y las que tienen closed_on en los últimos --days. Las que se cerraron no se sabe \
                cuándo, sin closed_on, se omiten, con aviso.
                """
        ),
        module: .opportunity,
        parameters: [
            Parameter.days(
                365,
                Text(
                    en: "Look back this many days",
                    es: "Mirar tantos días atrás"
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
                    en: "The average from created_at to closed_on of those won that were added open, in whole days",
                    es:
                        "El promedio de created_at a closed_on de las ganadas que se agregaron abiertas, en días enteros"
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
        order: ["currency", "-velocity"],
        leftOut: Omission(
            as: (
                one: Text(en: "opportunity closed nobody knows when", es: "oportunidad cerrada no se sabe cuándo"),
                several: Text(
                    en: "opportunities closed nobody knows when",
                    es: "oportunidades cerradas no se sabe cuándo"
                )
            )
        ) { _ in "stage in (closed_won, closed_lost) and \(closingField) is empty" },
        picture: Picture("velocity"),
        content: .groups(
            ReportGroups(
                keys: "",
                restriction: {
                    """
                    \(isOpenOpportunity) OR \(closingDay) > \($0.daysBefore($0.today))
                    """
                },
                facts: [
                    ReportGroups.Fact("isOpen") { _ in isOpenOpportunity },
                    ReportGroups.Fact("wonAmount") {
                        "CASE WHEN t.stage = 'closed_won' THEN \($0.amount("t.amount")) END"
                    },
                    ReportGroups.Fact("isWon") { _ in "t.stage = 'closed_won'" },
                    ReportGroups.Fact("cycle") { "CASE WHEN t.stage = 'closed_won' THEN \(cycle($0)) END" },
                ],
                partsByCurrency: true,
                figures: { _ in
                    // open * (won / closed) * (amount / won) / (cycle / those with a cycle / 86,400)
                    let whole: SQLFragment = SQLFunctions.scale(
                        "sum(isOpen) * count(cycle)",
                        "sum(wonAmount)",
                        "sum(NOT isOpen)"
                    )
                    return [
                        "sum(isOpen)", ReportFigure.rate("sum(isWon)", of: "sum(NOT isOpen)"),
                        Arithmetic.mean(of: "wonAmount"), Arithmetic.mean(of: "cycle"),
                        SQLFunctions.scale(whole, "86400", "sum(cycle)"),
                    ]
                }
            )
        )
    )
}
