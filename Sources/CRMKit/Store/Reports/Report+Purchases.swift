import Localization

extension Report {
    /// Reports on purchases and stock.
    static let purchases = [purchasesByPerson, missingApprovals, productInterest, warrantiesEnding, reorder]

    private static let purchasesByPerson = Report(
        name: "purchases-by-person",
        summary: Text(
            en: "Who asked for and who authorised which purchases",
            es: "Quién solicitó y quién autorizó qué compras"
        ),
        discussion: Text(
            en: "Purchase orders that were not cancelled, for each person and role.",
            es: "Compras no canceladas, por persona y rol."
        ),
        module: .purchaseOrder,
        parameters: [],
        columns: [
            .record(.contact, en: "The person", es: "La persona"),
            .link(.purchaseOrder, "role", en: "The role", es: "El rol"),
            .currency,
            // A person may have both roles.
            .count("orders", Text(en: "Orders", es: "Compras"), Text(en: "How many", es: "Cuántas")).overlapping,
            .sum(
                "total",
                Text(en: "Total", es: "Total"),
                Text(en: "The sum of their totals", es: "La suma de sus totales")
            ).overlapping,
            .own(
                "last",
                .date,
                Text(en: "Last", es: "Última"),
                Text(en: "The day of the last", es: "El día de la última")
            ),
        ],
        order: ["currency", "-total", "contact", "role"],
        picture: Picture("orders", "total", by: ["contact", "role"]),
        content: .rows { report in
            """
            SELECT l.contact, l.role, \(report.currency()) AS currency, count(*) AS orders, \
            sum(\(report.amount("t.total"))) AS total, \
            max(\(report.day(of: "t.created_at"))) AS last \
            FROM purchase_order AS t JOIN contact_purchase_order AS l ON l.purchase_order = t.id \
            WHERE \(report.condition) AND t.status <> 'cancelled' GROUP BY 1, 2, 3
            """
        }
    )

    private static let missingApprovals = Report(
        name: "missing-approvals",
        summary: Text(en: "Purchases that nobody authorised", es: "Compras que nadie autorizó"),
        discussion: Text(
            en: """
                Purchase orders without a link of role approver that were not cancelled: those that went on all the \
                same, and with --waiting those that are still created.
                """,
            es: """
                Compras sin un vínculo de rol Autorizador y no canceladas: las que siguieron adelante de todos modos y, \
                con --waiting, también las que siguen en Creada.
                """
        ),
        module: .purchaseOrder,
        parameters: [
            Field(
                "waiting",
                .boolean,
                label: Text(en: "Those that wait for approval too", es: "También las que esperan autorización"),
                default: .integer(0)
            )
        ],
        columns: [
            .record(.purchaseOrder, en: "The purchase order", es: "La compra"),
            .field(.purchaseOrder, "number", en: "Its number", es: "Su número"),
            .field(.purchaseOrder, "status", en: "Its status", es: "Su estado"),
            .record(
                .contact,
                as: "requester",
                label: Text(en: "Requester", es: "Solicitante"),
                en: "Who asked for it",
                es: "Quién la solicitó"
            ),
            .field(.purchaseOrder, "total", en: "Its total", es: "Su total"),
            .currency,
            .days("days", Text(en: "Days", es: "Días"), Text(en: "Since it was added", es: "Desde que se agregó")),
        ],
        order: ["-days", "purchase_order"],
        content: .rows { report in
            """
            SELECT t.id AS purchase_order, t.number, t.status, (SELECT l.contact FROM contact_purchase_order AS l \
            WHERE l.purchase_order = t.id AND l.role = 'requester' ORDER BY l.id LIMIT 1) AS requester, \
            \(report.amount("t.total")) AS total, \(report.currency()) AS currency, \(report.days(from: report.day(of: "t.created_at"), to: report.today)) AS days \
            FROM purchase_order AS t WHERE \(report.condition) AND t.status <> 'cancelled' \
            AND (t.status <> 'created' OR \(report.bound("waiting"))) \
            AND NOT EXISTS (SELECT 1 FROM contact_purchase_order AS l \
            WHERE l.purchase_order = t.id AND l.role = 'approver')
            """
        }
    )

    private static let productInterest = Report(
        name: "product-interest",
        summary: Text(
            en: "From interest in products to their purchase",
            es: "Del interés en los productos a su compra"
        ),
        discussion: Text(
            en: """
                Contacts by what they have to do with each product; those with several links count once. Interest and \
                assignment count while the link is open, a purchase also after it ended.
                """,
            es: """
                Contactos según su relación con cada producto; los que tienen varios vínculos cuentan una vez. El interés \
                y la asignación cuentan mientras el vínculo está abierto; una compra, también después de terminar.
                """
        ),
        module: .product,
        parameters: [],
        columns: [
            .record(.product, en: "The product", es: "El producto"),
            .count(
                "interested",
                Text(en: "Interested", es: "Interesados"),
                Text(
                    en: "Contacts with interest that have not bought it",
                    es: "Contactos con interés que no lo han comprado"
                )
            ),
            .count(
                "purchased",
                Text(en: "Purchased", es: "Compraron"),
                Text(
                    en: "Contacts with a link that says so, or with a sales order that has it and was not cancelled",
                    es: "Contactos con un vínculo que lo indica, o con una venta no cancelada que lo tiene"
                )
            ),
            .count(
                "assigned",
                Text(en: "Assigned", es: "Asignados"),
                Text(en: "Contacts that it is assigned to", es: "Contactos a los que está asignado")
            ),
            .rate(
                "conversion",
                Text(en: "Conversion", es: "Conversión"),
                Text(en: "purchased / (interested + purchased)", es: "purchased / (interested + purchased)")
            ),
        ],
        order: ["-purchased", "-interested", "product"],
        picture: Picture("purchased", "interested", by: ["product"]),
        content: .rows { report in
            """
            SELECT *, \(ReportFigure.rate("purchased", of: "interested + purchased")) AS conversion FROM \
            (SELECT t.id AS product, sum(wants AND NOT bought) AS interested, sum(bought) AS purchased, \
            sum(has) AS assigned FROM product AS t JOIN \
            (SELECT product, contact, max(wants) AS wants, max(bought) AS bought, max(has) AS has FROM \
            (SELECT product, contact, status IS 'interested' AS wants, status IS 'purchased' AS bought, \
            status IS 'assigned' AS has FROM contact_product AS l \
            WHERE status IS 'purchased' OR \(report.isOpen("l")) UNION ALL \
            SELECT n.product, l.contact, 0, 1, 0 FROM sales_order_line AS n \
            JOIN sales_order AS s ON s.id = n.sales_order AND s.status <> 'cancelled' \
            JOIN contact_sales_order AS l ON l.sales_order = s.id WHERE n.product IS NOT NULL) \
            GROUP BY product, contact) AS k ON k.product = t.id \
            WHERE \(report.condition) GROUP BY t.id)
            """
        }
    )

    private static let warrantiesEnding = Report(
        name: "warranties-ending",
        summary: Text(en: "Warranties that end soon", es: "Garantías que terminan pronto"),
        discussion: Text(
            en: """
                Warranties of products that contacts have, not of those they are only interested in or have given back, \
                and of assets in service with their first open holder; those that ended up to --days ago included. \
                Filters are about the products.
                """,
            es: """
                Garantías de productos que tienen los contactos, no de los que solo les interesan ni de los devueltos, y \
                de activos en servicio con su primer responsable; incluye las que terminaron hace hasta --days. Los \
                filtros son sobre los productos.
                """
        ),
        module: .product,
        parameters: [
            Parameter.day,
            Parameter.days(
                60,
                Text(en: "Within this many days", es: "En tantos días")
            ),
        ],
        columns: [
            .link(.product, "warranty_until", en: "When it ends", es: "Cuándo termina"),
            .days(
                "days_left",
                Text(en: "Days left", es: "Días restantes"),
                Text(en: "Less than 0 when it is past", es: "Menos de 0 si ya pasó")
            ),
            .record(.contact, en: "Whose it is", es: "De quién es"),
            .record(.product, en: "The product", es: "El producto"),
            .record(.asset, en: "The asset, where it is one's", es: "El activo, si es de uno"),
        ],
        order: ["warranty_until", "contact"],
        content: .rows { report in
            """
            SELECT *, \(report.days(from: report.day, to: "warranty_until")) AS days_left FROM \
            (SELECT l.warranty_until, l.contact, t.id AS product, NULL AS asset FROM product AS t \
            JOIN contact_product AS l ON l.product = t.id AND l.status IS NOT 'interested' \
            WHERE \(report.condition) AND \(report.isOpen("l")) UNION ALL SELECT a.warranty_until, \
            (SELECT l.contact FROM contact_asset AS l WHERE l.asset = a.id AND \(report.isOpen("l")) \
            ORDER BY l.role IS 'custodian' DESC, l.id LIMIT 1), a.product, a.id \
            FROM asset AS a LEFT JOIN product AS t ON t.id = a.product \
            WHERE \(report.condition) AND a.status = 'in_service') \
            WHERE warranty_until BETWEEN \(report.daysBefore(report.day)) \
            AND \(report.daysAfter(report.day))
            """
        }
    )

    private static let reorder = Report(
        name: "reorder",
        summary: Text(en: "Products to order again", es: "Productos por volver a pedir"),
        discussion: Text(
            en: """
                Active products whose stock is at their reorder level or below. One whose stock was never counted is told \
                apart from one of which nothing is left: its stock and what is missing of it are empty, and it stands last.
                """,
            es: """
                Productos activos con existencias en su nivel de reorden o por debajo. Uno cuyas existencias nunca se \
                contaron se distingue de uno agotado: sus existencias y su faltante van vacíos, y queda al final.
                """
        ),
        module: .product,
        parameters: [
            Parameter.days(
                90,
                Text(en: "Sales of this many days", es: "Ventas de tantos días")
            )
        ],
        columns: [
            .record(.product, en: "The product", es: "El producto"),
            .field(.product, "code", en: "Its code", es: "Su código"),
            .field(.product, "stock", en: "What is there", es: "Lo que hay"),
            .field(.product, "reorder_level", en: "Its reorder level", es: "Su nivel de reorden"),
            .own(
                "on_order",
                .quantity,
                Text(en: "On order", es: "Pedido"),
                Text(
                    en: "Quantity less received in purchase orders that are neither cancelled nor received",
                    es: "Cantidad menos lo recibido en compras ni canceladas ni recibidas"
                )
            ),
            .own(
                "sold",
                .quantity,
                Text(en: "Sold", es: "Vendido"),
                Text(
                    en: "Quantity in sales orders of the last --days that were not cancelled",
                    es: "Cantidad en ventas de los últimos --days no canceladas"
                )
            ),
            .own(
                "missing",
                .quantity,
                Text(en: "Missing", es: "Faltante"),
                Text(
                    en: "reorder_level - stock - on_order, at least 0; empty where the stock was never counted",
                    es: "reorder_level - stock - on_order, al menos 0; vacío si las existencias nunca se contaron"
                )
            ),
        ],
        order: ["-missing", "product"],
        content: .rows { report in
            """
            SELECT *, max(0, reorder_level - stock - on_order) AS missing FROM \
            (SELECT t.id AS product, t.code, t.stock, t.reorder_level, \
            coalesce((SELECT sum(max(0, n.quantity - coalesce(n.received, 0))) FROM purchase_order_line AS n \
            JOIN purchase_order AS o ON o.id = n.purchase_order \
            WHERE n.product = t.id AND o.status NOT IN ('cancelled', 'received_shipment')), 0) AS on_order, \
            coalesce((SELECT sum(n.quantity) FROM sales_order_line AS n JOIN sales_order AS o ON o.id = n.sales_order \
            WHERE n.product = t.id AND o.status <> 'cancelled' AND \(report.day(of: "o.created_at")) \
            > \(report.daysBefore(report.today))), 0) AS sold \
            FROM product AS t WHERE \(report.condition) AND t.active IS NOT 0 AND t.reorder_level IS NOT NULL \
            AND (t.stock IS NULL OR t.stock <= t.reorder_level))
            """
        }
    )
}
