import Localization

extension Report {
    /// Comments with their answers.
    static let commentThread = Report(
        name: "comment-thread",
        summary: Text(en: "A comment with all its answers", es: "Un comentario con todas sus respuestas"),
        discussion: Text(
            en: """
                Each answer stands below what it answers, the older first. --comment may be any comment of the thread, be \
                it an answer; without it every thread is told.
                """,
            es: """
                Cada respuesta va debajo de lo que responde, primero la más antigua. --comment puede ser cualquier \
                comentario del hilo, también una respuesta; sin ella se dan todos los hilos.
                """
        ),
        module: .comment,
        parameters: [
            Parameter.record(
                .comment,
                Text(en: "Only the thread of this comment", es: "Solo el hilo de este comentario")
            )
        ],
        columns: [
            .count(
                "place",
                Text(en: "Place", es: "Lugar"),
                Text(en: "The place among all rows, from 1", es: "El lugar entre todas las filas, desde 1")
            ),
            .count(
                "depth",
                Text(en: "Depth", es: "Nivel"),
                Text(
                    en: "0 for what began the thread, 1 for an answer to it, 2 for an answer to that",
                    es: "0 para lo que inició el hilo, 1 para una respuesta, 2 para una respuesta a esta"
                )
            ),
            .record(.comment, en: "The comment", es: "El comentario"),
            .field(.comment, "in_reply_to", en: "What it answers", es: "A qué responde"),
            .record(.contact, en: "About whom it is", es: "Sobre quién es"),
            .field(.comment, "author", en: "Who wrote it", es: "Quién lo escribió"),
            .field(.comment, "created_at", en: "When it was written", es: "Cuándo se escribió"),
            .field(
                .comment,
                "follow_up_on",
                en: "When it is to be followed up",
                es: "Cuándo hay que darle seguimiento"
            ),
            .field(.comment, "body", en: "What it says", es: "Qué dice"),
        ],
        order: ["place"],
        content: .rows { report in
            // Ids are padded and moments have equal lengths, so that paths sort in the order of the thread.
            let step: SQLFragment = "k.created_at || substr('000000000000000000' || k.id, -19)"
            let isAsked: SQLFragment =
                report["comment"].isNull
                ? "1" : "k.id = (SELECT a.id FROM above AS a ORDER BY a.height DESC LIMIT 1)"
            return """
                WITH RECURSIVE above(id, parent, height) AS (SELECT k.id, k.in_reply_to, 0 FROM comment AS k \
                WHERE k.id = \(report.bound("comment")) UNION ALL SELECT k.id, k.in_reply_to, a.height + 1 \
                FROM above AS a JOIN comment AS k ON k.id = a.parent), \
                thread(id, depth, path) AS (SELECT k.id, 0, \(step) FROM comment AS k \
                WHERE k.in_reply_to IS NULL AND \(isAsked) UNION ALL \
                SELECT k.id, h.depth + 1, h.path || '/' || \(step) FROM thread AS h \
                JOIN comment AS k ON k.in_reply_to = h.id) \
                SELECT row_number() OVER (ORDER BY h.path) AS place, h.depth, t.id AS comment, t.in_reply_to, \
                t.contact, t.author, t.created_at, t.follow_up_on, t.body \
                FROM thread AS h JOIN comment AS t ON t.id = h.id WHERE \(report.condition)
                """
        }
    )
}
