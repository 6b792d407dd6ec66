import Localization

extension Report {
    /// Services and service contracts.
    static let services = [serviceAdoption, contractsEnding, contractUsage]

    private static let serviceAdoption = Report(
        name: "service-adoption",
        summary: Text(
            en: "Services by segment: adoption and satisfaction",
            es: "Servicios por segmento: adopción y satisfacción"
        ),
        discussion: Text(
            en: """
                A segment is the industry of a contact's organization. Contacts without an organization or an industry \
                are a segment of their own. Links that are open today count, and those of contacts that cancelled, \
                also after they ended.
                """,
            es: """
                Un segmento es el sector del cliente de un contacto. Los contactos sin cliente o sin sector son un \
                segmento aparte. Cuentan los vínculos abiertos hoy y los de contactos que cancelaron, también \
                después de terminar.
                """
        ),
        module: .service,
        parameters: [],
        columns: [
            .record(.service, en: "The service", es: "El servicio"),
            .field(.organization, "industry", en: "The segment", es: "El segmento"),
            .count(
                "considering",
                Text(en: "Considering", es: "En consideración"),
                Text(en: "Contacts that consider it", es: "Contactos que lo consideran")
            ),
            .count(
                "provided",
                Text(en: "Provided", es: "Proporcionado"),
                Text(en: "Contacts that it is provided to", es: "Contactos a los que se proporciona")
            ),
            .count(
                "cancelled",
                Text(en: "Cancelled", es: "Cancelado"),
                Text(en: "Contacts that cancelled it", es: "Contactos que lo cancelaron")
            ),
            .count(
                "contacts",
                Text(en: "Contacts", es: "Contactos"),
                Text(en: "All contacts of the segment", es: "Todos los contactos del segmento")
            ),
            .rate(
                "adoption",
                Text(en: "Adoption", es: "Adopción"),
                Text(en: "provided / contacts", es: "provided / contacts")
            ),
            .own(
                "satisfaction",
                .decimal(digits: 2),
                Text(en: "Satisfaction", es: "Satisfacción"),
                Text(
                    en: "The average of the answers, 1 to 5, rounded half away from zero",
                    es: "El promedio de las respuestas, de 1 a 5, redondeado alejándose de cero"
                )
            ),
            .count(
                "answers",
                Text(en: "Answers", es: "Respuestas"),
                Text(en: "Links that say how satisfied the contact is", es: "Vínculos que indican la satisfacción")
            ),
        ],
        order: ["service", "-adoption", "industry"],
        picture: Picture("adoption", by: ["service", "industry"]),
        content: .rows { report in
            """
            WITH people AS (SELECT c.id, o.industry FROM contact AS c LEFT JOIN organization AS o ON o.id = c.organization), \
            segments AS (SELECT industry, count(*) AS contacts FROM people GROUP BY industry) \
            SELECT x.service, x.industry, considering, provided, cancelled, contacts, \
            \(ReportFigure.rate("provided", of: "contacts")) AS adoption, satisfaction, answers FROM \
            (SELECT t.id AS service, p.industry, \
            count(DISTINCT CASE WHEN l.status = 'considering' THEN l.contact END) AS considering, \
            count(DISTINCT CASE WHEN l.status = 'provided' THEN l.contact END) AS provided, \
            count(DISTINCT CASE WHEN l.status = 'cancelled' THEN l.contact END) AS cancelled, \
            \(Arithmetic.mean(of: "l.satisfaction", factor: 100)) AS satisfaction, \
            count(l.satisfaction) AS answers \
            FROM service AS t JOIN contact_service AS l ON l.service = t.id JOIN people AS p ON p.id = l.contact \
            WHERE \(report.condition) AND (l.status IS 'cancelled' OR \(report.isOpen("l"))) GROUP BY t.id, p.industry) AS x JOIN segments AS s ON s.industry IS x.industry
            """
        }
    )

    private static let isOpenContract: SQLFragment = "(t.status IS NULL OR t.status NOT IN ('complete', 'archived'))"

    private static let contractsEnding = Report(
        name: "contracts-ending",
        summary: Text(en: "Contracts that end or renew soon", es: "Pólizas que terminan o se renuevan pronto"),
        discussion: Text(
            en: "Contracts that are neither complete nor archived, those that have ended already included.",
            es: "Pólizas que no están completas ni archivadas, incluidas las que ya terminaron."
        ),
        module: .contract,
        parameters: [
            Parameter.days(
                30,
                Text(en: "Within this many days", es: "En tantos días")
            )
        ],
        columns: [
            .record(.contract, en: "The contract", es: "La póliza"),
            .record(
                .contact,
                en: "Its first holder, else its first contact",
                es: "Su primer titular o, si no, su primer contacto"
            ),
            .field(.contract, "end_date", en: "When it ends", es: "Cuándo termina"),
            .field(.contract, "renewal_date", en: "When it renews", es: "Cuándo se renueva"),
            .field(.contract, "auto_renew", en: "Whether it renews by itself", es: "Si se renueva sola"),
            .days(
                "days_left",
                Text(en: "Days left", es: "Días restantes"),
                Text(
                    en: "To the earlier of the two days; less than 0 when it is past",
                    es: "Hasta el primero de los dos días; menos de 0 si ya pasó"
                )
            ),
            .own(
                "units_left",
                .quantity,
                Text(en: "Units left", es: "Unidades restantes"),
                Text(en: "total_units - used_units", es: "total_units - used_units")
            ),
        ],
        order: ["days_left", "contract"],
        content: .rows { report in
            let due: SQLFragment =
                "coalesce(min(t.end_date, t.renewal_date), t.end_date, t.renewal_date)"
            return """
                SELECT t.id AS contract, (SELECT l.contact FROM contact_contract AS l WHERE l.contract = t.id \
                ORDER BY l.role IS 'holder' DESC, l.id LIMIT 1) AS contact, t.end_date, t.renewal_date, t.auto_renew, \
                \(report.days(from: report.today, to: due)) AS days_left, t.total_units - coalesce(t.used_units, 0) AS units_left \
                FROM contract AS t WHERE \(report.condition) AND \(isOpenContract) \
                AND \(due) <= \(report.daysAfter(report.today))
                """
        }
    )

    private static let contractUsage = Report(
        name: "contract-usage",
        summary: Text(
            en: "Units of contracts: used, left, and how fast",
            es: "Unidades de las pólizas: usadas, restantes y a qué ritmo"
        ),
        discussion: Text(
            en: """
                Contracts that are neither complete nor archived and track units: those of a tracking unit other than \
                none, and those of no tracking unit that have units. A month has 30 days.
                """,
            es: """
                Pólizas que no están completas ni archivadas y llevan unidades: las de una unidad de seguimiento distinta \
                de ninguna, y las que no tienen unidad de seguimiento y sí unidades. Un mes tiene 30 días.
                """
        ),
        module: .contract,
        parameters: [],
        columns: [
            .record(.contract, en: "The contract", es: "La póliza"),
            .field(
                .contract,
                "tracking_unit",
                label: Text(en: "Unit", es: "Unidad"),
                en: "What is counted",
                es: "Qué se cuenta"
            ),
            .field(
                .contract,
                "total_units",
                label: Text(en: "Total", es: "Total"),
                en: "Units in all",
                es: "Unidades en total"
            ),
            .field(
                .contract,
                "used_units",
                label: Text(en: "Used", es: "Usadas"),
                en: "Units used",
                es: "Unidades usadas"
            ),
            .own(
                "units_left",
                .quantity,
                Text(en: "Left", es: "Quedan"),
                Text(en: "total_units - used_units", es: "total_units - used_units")
            ),
            .ratio(
                "used",
                Text(en: "% used", es: "% usado"),
                Text(en: "used_units / total_units", es: "used_units / total_units")
            ),
            .rate(
                "elapsed",
                Text(en: "% time", es: "% tiempo"),
                Text(
                    en: "Days since the start / days from start to end, at most 1",
                    es: "Días desde el inicio / días de inicio a fin, a lo sumo 1"
                )
            ),
            .own(
                "per_month",
                .decimal(digits: 2),
                Text(en: "Monthly", es: "Al mes"),
                Text(en: "used_units / days since the start * 30", es: "used_units / días desde el inicio * 30")
            ),
            .own(
                "runs_out_on",
                .date,
                Text(en: "Runs out", es: "Se agota"),
                Text(
                    en: """
                        Today + units_left / units a day so far, rounded to days; none where it is overused or nothing was \
                        used
                        """,
                    es: """
                        Hoy + units_left / unidades por día hasta ahora, redondeado a días; vacío si hay exceso o no se usó \
                        nada
                        """
                )
            ),
            .own(
                "overused",
                .boolean,
                Text(en: "Over", es: "Exceso"),
                Text(en: "Whether used_units > total_units", es: "Si used_units > total_units")
            ),
        ],
        order: ["-used", "contract"],
        picture: Picture("used", by: ["contract"]),
        content: .rows { report in
            let used: SQLFragment = "coalesce(t.used_units, 0)"
            let since = report.days(from: "t.start_date", to: report.today)
            return """
                SELECT contract, tracking_unit, total_units, used_units, total_units - used AS units_left, \
                \(ReportFigure.rate("used", of: "total_units")) AS used, \
                CASE WHEN past >= 0 THEN min(1000000, \(ReportFigure.rate("past", of: "whole"))) END AS elapsed, \
                CASE WHEN past > 0 THEN \(SQLFunctions.scale("used", "30", "past * 10000")) END AS per_month, \
                CASE WHEN past > 0 AND used > 0 AND total_units >= used THEN \
                date(\(report.today), \(SQLFunctions.scale("total_units - used", "past", "used")) || ' days') END \
                AS runs_out_on, \
                used > total_units AS overused FROM (SELECT t.id AS contract, t.tracking_unit, t.total_units, \
                t.used_units, \(used) AS used, \(since) AS past, \
                \(report.days(from: "t.start_date", to: "t.end_date")) AS whole FROM contract AS t \
                WHERE \(report.condition) AND \(isOpenContract) \
                AND coalesce(t.tracking_unit, t.total_units, t.used_units, 'none') <> 'none')
                """
        }
    )
}
