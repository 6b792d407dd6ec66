import Localization

extension Report {
    /// Reports on who holds which assets.
    static let assets = [assetHoldings, unassignedAssets, assetHistory]

    private static let assetHoldings = Report(
        name: "asset-holdings",
        summary: Text(en: "Who holds which assets, now or on a day", es: "Quién tiene qué activos, hoy o en una fecha"),
        discussion: Text(
            en: "A link counts from its day since, included, to its day until, which is not; one without them always.",
            es: "Un vínculo cuenta desde su día since, incluido, hasta su día until, excluido; sin ellos, siempre."
        ),
        module: .asset,
        parameters: [
            Parameter.day,
            Parameter.record(.contact, Text(en: "Of this contact alone", es: "Solo las de este contacto")),
        ],
        columns: [
            .record(.asset, en: "The asset", es: "El activo"),
            .field(.asset, "serial", en: "Its serial number", es: "Su número de serie"),
            .field(.asset, "status", en: "Its status", es: "Su estado"),
            .record(.contact, en: "Who holds it", es: "Quién lo tiene"),
            .link(.asset, "role", en: "In what role", es: "Con qué rol"),
            .link(.asset, "since", en: "Since when", es: "Desde cuándo"),
            .link(.asset, "until", en: "Until when", es: "Hasta cuándo"),
        ],
        order: ["asset", "role", "contact"],
        content: .rows { report in
            """
            SELECT t.id AS asset, t.serial, t.status, l.contact, l.role, l.since, l.until \
            FROM asset AS t JOIN contact_asset AS l ON l.asset = t.id \
            WHERE \(report.condition) AND \(report.isOpen("l")) AND \(report.matches("contact", "l.contact"))
            """
        }
    )

    private static let unassignedAssets = Report(
        name: "unassigned-assets",
        summary: Text(en: "Assets that nobody holds", es: "Activos que nadie tiene"),
        discussion: Text(
            en: "Assets in service without a link that counts on the day, as asset-holdings has it.",
            es: "Activos en servicio sin un vínculo que cuente ese día, según asset-holdings."
        ),
        module: .asset,
        parameters: [Parameter.day],
        columns: [
            .record(.asset, en: "The asset", es: "El activo"),
            .field(.asset, "serial", en: "Its serial number", es: "Su número de serie"),
            .field(.asset, "location", en: "Where it is", es: "Dónde está"),
            .record(
                .contact,
                as: "last_contact",
                label: Text(en: "Last held by", es: "Último responsable"),
                en: "Who held it last",
                es: "Quién lo tuvo por última vez"
            ),
            .own(
                "free_since",
                .date,
                Text(en: "Free since", es: "Libre desde"),
                Text(en: "The day on which its last link ended", es: "El día en que terminó su último vínculo")
            ),
        ],
        order: ["free_since", "asset"],
        content: .rows { report in
            """
            SELECT t.id AS asset, t.serial, t.location, \
            (SELECT l.contact FROM contact_asset AS l WHERE l.asset = t.id AND l.until <= \(report.day) \
            ORDER BY l.until DESC, l.id DESC LIMIT 1) AS last_contact, \
            (SELECT max(l.until) FROM contact_asset AS l WHERE l.asset = t.id AND l.until <= \(report.day)) AS free_since \
            FROM asset AS t WHERE \(report.condition) AND t.status = 'in_service' AND NOT EXISTS \
            (SELECT 1 FROM contact_asset AS l WHERE l.asset = t.id AND \(report.isOpen("l")))
            """
        }
    )

    private static let assetHistory = Report(
        name: "asset-history",
        summary: Text(en: "Who has held an asset, one after another", es: "Quién ha tenido un activo, uno tras otro"),
        discussion: Text(
            en: "The newest holder stands first. Without --asset it tells of every asset that passes the filters.",
            es: "El más reciente va primero. Sin --asset cuenta lo de cada activo que cumple los filtros."
        ),
        module: .asset,
        parameters: [Parameter.record(.asset, Text(en: "Of this asset alone", es: "Solo de este activo"))],
        columns: [
            .record(.asset, en: "The asset", es: "El activo"),
            .record(.contact, en: "Who held it", es: "Quién lo tuvo"),
            .link(.asset, "role", en: "In what role", es: "Con qué rol"),
            .link(.asset, "since", en: "Since when", es: "Desde cuándo"),
            .link(.asset, "until", en: "Until when", es: "Hasta cuándo"),
            .days(
                "days",
                Text(en: "Days", es: "Días"),
                Text(
                    en: "From since to until, or to today where it has not ended; empty where it has not begun",
                    es: "Desde since hasta until, o hasta hoy si no ha terminado; vacío si no ha empezado"
                )
            ),
            .link(.asset, "note", en: "What is noted of it", es: "Lo que se anotó"),
        ],
        order: ["asset", "-since", "-until"],
        content: .rows { report in
            let end: SQLFragment = "min(coalesce(l.until, \(report.today)), \(report.today))"
            return """
                SELECT t.id AS asset, l.contact, l.role, l.since, l.until, \
                CASE WHEN l.since <= \(report.today) THEN \(report.days(from: "l.since", to: end)) END AS days, l.note \
                FROM asset AS t JOIN contact_asset AS l ON l.asset = t.id \
                WHERE \(report.condition) AND \(report.matches("asset", "t.id"))
                """
        }
    )
}
