import Localization

extension Report {
    /// Reports on people in projects.
    static let projects = [workload, projectRoles]

    /// The condition that a project is not finished.
    private static let isOpen: SQLFragment =
        "(t.status IS NULL OR t.status NOT IN ('completed', 'delivered', 'archived'))"

    private static let workload = Report(
        name: "workload",
        summary: Text(en: "How many projects each person has", es: "Cuántos proyectos tiene cada persona"),
        discussion: Text(
            en: """
                A project counts for whoever has a link with it that has begun and not ended on the day. It is open \
                unless its status is completed, delivered or archived.
                """,
            es: """
                Un proyecto cuenta para quien tiene un vínculo con él que ese día ha empezado y no ha terminado. Está \
                abierto salvo que su estado sea Terminado, Liberado o Archivado.
                """
        ),
        module: .project,
        parameters: [Parameter.day],
        columns: [
            .record(.contact, en: "The person", es: "La persona"),
            .count(
                "projects",
                Text(en: "Projects", es: "Proyectos"),
                Text(en: "Projects with such a link", es: "Proyectos con tal vínculo")
            ),
            .count(
                "open",
                Text(en: "Open", es: "Abiertos"),
                Text(en: "Those that are open", es: "Los que están abiertos")
            ),
            .count(
                "managed",
                Text(en: "Managed", es: "A cargo"),
                Text(en: "Open ones that the person manages", es: "Los abiertos que la persona dirige")
            ),
            .count(
                "overdue",
                Text(en: "Overdue", es: "Atrasados"),
                Text(
                    en: "Open ones whose target end is before today",
                    es: "Los abiertos cuyo fin previsto es anterior a hoy"
                )
            ),
            .own(
                "progress",
                .percent,
                Text(en: "Progress", es: "Avance"),
                Text(
                    en: "The average of the open ones that say it, rounded to one decimal",
                    es: "El promedio de los abiertos que lo indican, redondeado a un decimal"
                )
            ),
            .own(
                "next_end",
                .date,
                Text(en: "Next end", es: "Próximo fin"),
                Text(
                    en: "The first target end of an open one that is not overdue",
                    es: "El primer fin previsto de uno abierto que no está atrasado"
                )
            ),
        ],
        order: ["-open", "-projects", "contact"],
        picture: Picture("open", by: ["contact"]),
        content: .rows { report in
            let today = report.today
            let mean = Arithmetic.mean(of: "CASE WHEN isopen THEN progress END")
            return """
                SELECT contact, count(*) AS projects, sum(isopen) AS open, sum(isopen AND manages) AS managed, \
                sum(isopen AND target_end_date IS NOT NULL AND target_end_date < \(today)) AS overdue, \
                \(SQLFunctions.scale(mean, "1", "1000")) * 1000 AS progress, \
                min(CASE WHEN isopen AND target_end_date >= \(today) THEN target_end_date END) AS next_end FROM \
                (SELECT l.contact, t.id, t.progress, t.target_end_date, \(isOpen) AS isopen, \
                max(l.role IS 'manager') AS manages \
                FROM project AS t JOIN contact_project AS l ON l.project = t.id \
                WHERE \(report.condition) AND \(report.isOpen("l")) GROUP BY l.contact, t.id) GROUP BY contact
                """
        }
    )

    private static let projectRoles = Report(
        name: "project-roles",
        summary: Text(en: "Who does what in which project", es: "Quién hace qué en cada proyecto"),
        discussion: Text(
            en: "Every link that has begun and not ended on the day, with what the person answers for.",
            es: "Cada vínculo que ese día ha empezado y no ha terminado, con aquello de lo que responde la persona."
        ),
        module: .project,
        parameters: [
            Parameter.day,
            Parameter.record(.contact, Text(en: "Of this contact alone", es: "Solo los de este contacto")),
        ],
        columns: [
            .record(.contact, en: "The person", es: "La persona"),
            .record(.project, en: "The project", es: "El proyecto"),
            .link(.project, "role", en: "The role", es: "El rol"),
            .link(.project, "responsibility", en: "What the person answers for", es: "De qué responde la persona"),
            .field(.project, "status", en: "The project's status", es: "El estado del proyecto"),
            .field(.project, "progress", en: "How far it is", es: "Cuánto ha avanzado"),
            .field(.project, "target_end_date", en: "When it should end", es: "Cuándo debería terminar"),
        ],
        order: ["contact", "project"],
        content: .rows { report in
            """
            SELECT l.contact, t.id AS project, l.role, l.responsibility, t.status, t.progress, t.target_end_date \
            FROM project AS t JOIN contact_project AS l ON l.project = t.id \
            WHERE \(report.condition) AND \(report.isOpen("l")) AND \(report.matches("contact", "l.contact"))
            """
        }
    )
}
