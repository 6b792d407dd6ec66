import Localization

extension Report {
    /// Reports on sales.
    static let sales = [purchasePatterns, boughtTogether]

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
                    en: """
                        Days from the first to the last / (orders - 1), rounded half away from zero; empty where all \
                        are of one day
                        """,
                    es: """
                        Días de la primera a la última / (ventas - 1), redondeado alejándose de cero; vacía si todas \
                        son de un mismo día
                        """
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
                CASE WHEN last > first THEN \(SQLFunctions.scale(between, "1", "orders - 1")) END AS cadence FROM \
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
}
