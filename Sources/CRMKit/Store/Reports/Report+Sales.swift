import Localization

extension Report {
    /// Reports on quotes and sales.
    static let sales = [purchasePatterns, boughtTogether, quoteConversion, pricePreference]

    /// The condition that an order is not cancelled.
    private static let isOrder: SQLFragment = "t.status <> 'cancelled'"

    private static let purchasePatterns = Report(
        name: "purchase-patterns",
        summary: Text(
            en: "How each contact buys: recency, frequency, money, cadence",
            es: "Cómo compra cada contacto: recencia, frecuencia, importe, cadencia"
        ),
        discussion: Text(
            en: """
                Sales orders that were not cancelled, by the local day on which they were added; an order counts once \
                for each contact that it is linked with. bought-together tells what is bought together.
                """,
            es: """
                Ventas no canceladas, por el día local en que se agregaron; una venta cuenta una vez para cada contacto \
                vinculado con ella. bought-together dice qué se compra junto.
                """
        ),
        module: .salesOrder,
        parameters: [Parameter.record(.contact, Text(en: "Of this contact alone", es: "Solo de este contacto"))],
        columns: [
            .record(.contact, en: "The contact", es: "El contacto"),
            .currency,
            .count("orders", Text(en: "Orders", es: "Ventas"), Text(en: "How many orders", es: "Cuántas ventas")),
            .sum(
                "total",
                Text(en: "Total", es: "Total"),
                Text(en: "The sum of their totals", es: "La suma de sus totales")
            ),
            .amount(
                "average",
                Text(en: "Average", es: "Promedio"),
                Text(en: "total / orders that have a total", es: "total / ventas que tienen total")
            ),
            .own(
                "first",
                .date,
                Text(en: "First", es: "Primera"),
                Text(en: "The day of the first", es: "El día de la primera")
            ),
            .own(
                "last",
                .date,
                Text(en: "Last", es: "Última"),
                Text(en: "The day of the last", es: "El día de la última")
            ),
            .days(
                "recency",
                Text(en: "Days", es: "Días"),
                Text(en: "Days since the last", es: "Días desde la última")
            ),
            .days(
                "cadence",
                Text(en: "Every", es: "Cada"),
                Text(
                    en: "Days from the first to the last / (orders - 1), rounded half away from zero",
                    es: "Días de la primera a la última / (ventas - 1), redondeado alejándose de cero"
                )
            ),
            .own(
                "expected",
                .date,
                Text(en: "Next", es: "Próxima"),
                Text(en: "last + cadence", es: "last + cadence")
            ),
            .own(
                "late",
                .boolean,
                Text(en: "Late", es: "Tarde"),
                Text(en: "Whether expected is before today", es: "Si expected es anterior a hoy")
            ),
        ],
        order: ["currency", "-total", "contact"],
        picture: Picture("total", "orders", by: ["contact"]),
        content: .rows { report in
            let between = report.days(from: "first", to: "last")
            return """
                SELECT *, date(last, cadence || ' days') AS expected, date(last, cadence || ' days') < \(report.today) AS late \
                FROM (SELECT *, \(report.days(from: "last", to: report.today)) AS recency, \
                CASE WHEN orders > 1 THEN \(SQLFunctions.scale(between, "1", "orders - 1")) END AS cadence FROM \
                (SELECT contact, currency, count(*) AS orders, sum(total) AS total, \
                \(Arithmetic.mean(of: "total")) AS average, min(day) AS first, max(day) AS last FROM \
                (SELECT DISTINCT l.contact, t.id, \(report.currency()) AS currency, \(report.amount("t.total")) AS total, \
                \(report.day(of: "t.created_at")) AS day \
                FROM sales_order AS t JOIN contact_sales_order AS l ON l.sales_order = t.id \
                WHERE \(report.condition) AND \(isOrder) AND \(report.matches("contact", "l.contact"))) \
                GROUP BY contact, currency))
                """
        }
    )

    private static let boughtTogether = Report(
        name: "bought-together",
        summary: Text(en: "Products that are bought together", es: "Productos que se compran juntos"),
        discussion: Text(
            en: "Pairs of products in one sales order that was not cancelled; each pair stands there both ways.",
            es: "Pares de productos en una misma venta no cancelada; cada par aparece en ambos sentidos."
        ),
        module: .salesOrder,
        parameters: [
            Field(
                "least",
                .count,
                label: Text(
                    en: "Pairs in at least this many orders",
                    es: "Pares en al menos tantas ventas"
                ),
                default: .integer(2)
            ),
            Parameter.record(
                .contact,
                Text(en: "In orders of this contact alone", es: "Solo en ventas de este contacto")
            ),
        ],
        columns: [
            .record(.product, en: "Who buys this", es: "Quien compra esto"),
            .record(
                .product,
                as: "other",
                label: Text(en: "Bought with it", es: "Comprado con él"),
                en: "also buys this",
                es: "también compra esto"
            ),
            .count(
                "together",
                Text(en: "Together", es: "Juntos"),
                Text(en: "Orders that have both", es: "Ventas que tienen ambos")
            ),
            .count(
                "orders",
                Text(en: "Orders", es: "Ventas"),
                Text(en: "Orders that have the first", es: "Ventas que tienen el primero")
            ),
            .rate(
                "support",
                Text(en: "Support", es: "Soporte"),
                Text(en: "together / all orders with products", es: "together / todas las ventas con productos")
            ),
            .rate(
                "confidence",
                Text(en: "Confidence", es: "Confianza"),
                Text(en: "together / orders", es: "together / orders")
            ),
            .own(
                "lift",
                .decimal(digits: 2),
                Text(en: "Lift", es: "Mejora"),
                Text(
                    en: """
                        confidence / the part of all orders that have the other, rounded to two decimals: above 1 they \
                        attract each other
                        """,
                    es: """
                        confidence / la parte de las ventas que tienen el otro, redondeado a dos decimales: por encima de \
                        1 se atraen
                        """
                )
            ),
        ],
        order: ["-together", "-lift", "product", "other"],
        content: .rows { report in
            """
            WITH bought AS (SELECT DISTINCT t.id AS sale, n.product FROM sales_order AS t \
            JOIN sales_order_line AS n ON n.sales_order = t.id AND n.product IS NOT NULL \
            WHERE \(report.condition) AND \(isOrder) AND \(isOfContact(report))), \
            counts AS (SELECT product, count(*) AS orders FROM bought GROUP BY product), \
            whole AS (SELECT count(DISTINCT sale) AS orders FROM bought) \
            SELECT x.product, x.other, x.together, a.orders, \
            \(ReportFigure.rate("x.together", of: "w.orders")) AS support, \
            \(ReportFigure.rate("x.together", of: "a.orders")) AS confidence, \
            \(SQLFunctions.scale("x.together * 100", "w.orders", "a.orders * b.orders")) AS lift FROM \
            (SELECT p.product, q.product AS other, count(*) AS together FROM bought AS p \
            JOIN bought AS q ON q.sale = p.sale AND q.product <> p.product GROUP BY p.product, q.product \
            HAVING count(*) >= \(report.bound("least"))) AS x \
            JOIN counts AS a ON a.product = x.product JOIN counts AS b ON b.product = x.other JOIN whole AS w
            """
        }
    )

    private static func isOfContact(_ report: ReportContext) -> SQLFragment {
        if report["contact"].isNull { return "1" }
        return """
            EXISTS (SELECT 1 FROM contact_sales_order AS l WHERE l.sales_order = t.id \
            AND l.contact = \(report.bound("contact")))
            """
    }

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
