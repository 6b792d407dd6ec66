import Localization

extension Report {
    /// Reports on quotes.
    static let quotes = [quoteConversion, pricePreference]

    /// The moment at which a quote was first answered. The stage at creation does not count, since its moment is
    /// unknown.
    private static let answered: SQLFragment = """
        (SELECT min(p.entered_at) FROM quote_stage_period AS p \
        WHERE p.quote = t.id AND p.value IN ('accepted', 'rejected') AND p.position > 1)
        """

    /// The moment at which a quote was first delivered before it was answered; at its creation, if it came in delivered
    /// or never was.
    private static let delivered: SQLFragment = """
        coalesce((SELECT min(CASE WHEN p.position > 1 THEN p.entered_at ELSE t.created_at END) \
        FROM quote_stage_period AS p \
        WHERE p.quote = t.id AND p.value = 'delivered' AND p.entered_at <= \(answered)), t.created_at)
        """

    private static let accepted = Column.count(
        "accepted",
        Text(en: "Accepted", es: "Aceptadas"),
        Text(en: "In stage accepted", es: "En etapa Aceptada")
    )

    private static let quoteConversion = Report(
        name: "quote-conversion",
        summary: Text(
            en: "Quotes that are accepted, and how soon",
            es: "Cotizaciones que se aceptan y en cuánto tiempo"
        ),
        discussion: Text(
            en: """
                A quote that a newer version superseded does not count, that version does. --by groups by anything: \
                organization.industry, assigned_to, lines.product, month(created_at), band(total, 10000).
                """,
            es: """
                Una cotización sustituida por una versión más nueva no cuenta; esa versión, sí. --by agrupa por lo que \
                sea: organization.industry, assigned_to, lines.product, month(created_at), band(total, 10000).
                """
        ),
        module: .quote,
        parameters: [],
        columns: [
            .currency,
            .count("quotes", Text(en: "Quotes", es: "Cotizaciones"), Text(en: "How many", es: "Cuántas")),
            accepted,
            .count(
                "rejected",
                Text(en: "Rejected", es: "Rechazadas"),
                Text(en: "In stage rejected", es: "En etapa Rechazada")
            ),
            .rate(
                "conversion",
                Text(en: "Conversion", es: "Conversión"),
                Text(en: "accepted / (accepted + rejected)", es: "accepted / (accepted + rejected)")
            ),
            .sum(
                "offered",
                Text(en: "Offered", es: "Ofrecido"),
                Text(en: "The sum of all totals", es: "La suma de todos los totales")
            ),
            .sum(
                "won",
                Text(en: "Won", es: "Ganado"),
                Text(en: "The sum of the totals of accepted ones", es: "La suma de los totales de las aceptadas")
            ),
            .own(
                "answer_median",
                .duration,
                Text(en: "Answer (median)", es: "Respuesta (mediana)"),
                Text(
                    en:
                        """
                        From the first time in stage delivered, else from created_at, to the first answer, accepted or \
                        rejected: the median of those that did not come in answered
                        """,
                    es:
                        """
                        De la primera vez en etapa Entregada o, si no, de created_at, a la primera respuesta, aceptada o \
                        rechazada: la mediana de las que no llegaron ya respondidas
                        """
                )
            ),
            .ninetieth("answer_90", Text(en: "90% answer", es: "90% respuesta")),
        ],
        order: [],
        picture: Picture("quotes", "conversion"),
        content: .groups(
            ReportGroups(
                keys: "month(created_at)",
                restriction: { _ in "t.superseded_by IS NULL" },
                facts: [
                    ReportGroups.Fact.field("stage"),
                    ReportGroups.Fact.amount("total"),
                    ReportGroups.Fact("answer", isRanked: true) { _ in
                        """
                        max(0, \(PeriodFunctions.seconds(of: answered)) - \(PeriodFunctions.seconds(of: delivered)))
                        """
                    },
                ],
                partsByCurrency: true,
                figures: { _ in
                    [
                        "count(*)", "sum(stage = 'accepted')", "sum(stage = 'rejected')",
                        ReportFigure.rate("sum(stage = 'accepted')", of: "sum(stage IN ('accepted', 'rejected'))"),
                        "sum(total)", "sum(CASE WHEN stage = 'accepted' THEN total ELSE 0 END)",
                        ReportFigure.median("answer"), ReportFigure.percentile(90, of: "answer"),
                    ]
                }
            )
        )
    )

    /// The answered quotes with their whole discount, `part`, in per cent with four digits after the point.
    ///
    /// Amounts are rounded to cents, so that they tell of 5% of 30.05 as 4.9917%: percentages are taken as written.
    private static func discounted(_ report: ReportContext) -> SQLFragment {
        func signed(_ amount: SQLFragment, isNegative: SQLFragment) -> SQLFragment {
            "CASE WHEN \(isNegative) THEN -1 ELSE 1 END * coalesce(\(amount), 0)"
        }
        let isReturned: SQLFragment = "(n.quantity < 0) <> (coalesce(n.exact_price, n.unit_price) < 0)"
        let off = signed("n.discount_amount", isNegative: isReturned)
        let gross: SQLFragment = """
            CASE WHEN n.exact_price IS NULL \
            THEN \(SQLFunctions.scale("n.quantity", "n.unit_price", "1000000")) \
            ELSE \(SQLFunctions.scale("(n.net + \(off))", "1000000", "nullif(1000000 - coalesce(n.discount_percent, 0), 0)")) END
            """
        // A sum of whole numbers could exceed 64 bits, but a fraction need not be exact beyond its rounding.
        let paid: SQLFragment = "gross * (1 - coalesce(line_percent, 0) / 1000000.0) - line_off"
        return """
            SELECT *, CAST(round(1000000 * (gross - (paid * (1 - coalesce(percent, 0) / 1000000.0) \
            - \(signed("off", isNegative: "paid < 0")))) / gross) AS INTEGER) AS part FROM \
            (SELECT stage, currency, total, percent, off, sum(gross) AS gross, sum(\(paid)) AS paid FROM \
            (SELECT t.id, t.stage, \(report.currency()) AS currency, \(report.amount("t.total")) AS total, \
            t.discount_percent AS percent, t.discount_amount AS off, \(gross) AS gross, \
            n.discount_percent AS line_percent, \(off) AS line_off \
            FROM quote AS t JOIN quote_line AS n ON n.quote = t.id WHERE \(report.condition) \
            AND t.superseded_by IS NULL AND t.stage IN ('accepted', 'rejected')) GROUP BY id)
            """
    }

    private static let pricePreference = Report(
        name: "price-preference",
        summary: Text(
            en: "How discounts go with the answers to quotes",
            es: "Cómo van los descuentos con la respuesta a las cotizaciones"
        ),
        discussion: Text(
            en: """
                Quotes that were accepted or rejected, by bands of their whole discount: that of the lines and that of \
                the quote, of what the lines would cost without any, each percentage as it was written. Quotes whose \
                lines cost nothing are left out, those without lines among them. quote-conversion --by 'band(total, 10000)' does the same by price.
                """,
            es: """
                Cotizaciones aceptadas o rechazadas, por tramos de su descuento completo: el de las líneas y el de la \
                cotización, sobre lo que costarían las líneas sin ninguno, cada porcentaje como se escribió. No entran las cotizaciones cuyas líneas no \
                cuestan nada, entre ellas las que no tienen líneas. quote-conversion --by 'band(total, 10000)' hace lo \
                mismo por precio.
                """
        ),
        module: .quote,
        parameters: [
            Field(
                "width",
                .percent,
                label: Text(
                    en: "Width of a band in per cent",
                    es: "Ancho de un tramo en por ciento"
                ),
                default: .integer(50_000)
            )
        ],
        columns: [
            .own(
                "discount",
                .decimal(digits: 4),
                Text(en: "Discount from", es: "Descuento desde"),
                Text(en: "Where the band begins, in per cent", es: "Dónde empieza el tramo, en por ciento")
            ),
            .currency,
            .count(
                "quotes",
                Text(en: "Quotes", es: "Cotizaciones"),
                Text(en: "How many were answered", es: "Cuántas se respondieron")
            ),
            accepted,
            .rate(
                "conversion",
                Text(en: "Conversion", es: "Conversión"),
                Text(en: "accepted / quotes", es: "accepted / quotes")
            ),
            .amount(
                "average",
                Text(en: "Average", es: "Promedio"),
                Text(en: "The average of their totals", es: "El promedio de sus totales")
            ),
        ],
        order: ["discount", "currency"],
        picture: Picture("conversion", by: ["discount"]),
        content: .rows { report in
            if report["width"].integer ?? 0 <= 0 {
                throw CRMError(
                    .usage,
                    Text(en: "--width: write more than 0", es: "--width: escribir más de 0")
                )
            }
            let width = report.bound("width")
            return """
                SELECT (part - ((part % \(width)) + \(width)) % \(width)) AS discount, currency, count(*) AS quotes, \
                sum(stage = 'accepted') AS accepted, \
                \(ReportFigure.rate("sum(stage = 'accepted')", of: "count(*)")) AS conversion, \
                \(Arithmetic.mean(of: "total")) AS average FROM (\(discounted(report))) \
                WHERE part IS NOT NULL GROUP BY 1, 2
                """
        }
    )
}
