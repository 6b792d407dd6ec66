import Localization

extension Report {
    /// Campaigns, touches, comments and documents.
    static let contacts = [
        campaignResults, untouchedContacts, commentThread, commentsByDepartment, followUpsDue, documentsExpiring,
    ]

    private static let campaignResults = Report(
        name: "campaign-results",
        summary: Text(
            en: "Reach, response, conversion and return of campaigns",
            es: "Alcance, respuesta, conversión y retorno de campañas"
        ),
        discussion: Text(
            en: """
                Opportunities are those that name the campaign; of their amounts those in the campaign's currency count, or in \
                that of the file where the campaign has no amounts. How many were won in another is told beside; --in brings \
                all to one: the cost at the rate of the campaign's closing_date, or of today where it has none, and what \
                was won at that of each opportunity's close_date. --rate-date with a field says another date of the \
                campaign, with a day the one for all.
                """,
            es: """
                Las oportunidades son las que indican la campaña; de sus importes cuentan los de la moneda de la campaña, o \
                los de la moneda del archivo si la campaña no tiene importes. Cuántas se ganaron en otra se dice al lado; --in \
                lleva todo a una: el costo con el tipo de cambio de closing_date de la campaña, o de hoy si no la tiene, y \
                lo ganado con el de close_date de cada oportunidad. --rate-date con un campo indica otra fecha de la \
                campaña, con un día la de todos.
                """
        ),
        module: .campaign,
        parameters: [],
        columns: [
            .record(.campaign, en: "The campaign", es: "La campaña"),
            .count(
                "contacts",
                Text(en: "Contacts", es: "Contactos"),
                Text(en: "Contacts linked with it", es: "Contactos vinculados")
            ),
            .ratio(
                "reach",
                Text(en: "Reach", es: "Alcance"),
                Text(en: "contacts / target_size", es: "contacts / target_size")
            ),
            .count(
                "responded",
                Text(en: "Responded", es: "Respondieron"),
                Text(
                    en: "Contacts whose response is contacted_successful, clicked, responded or converted",
                    es: "Contactos cuya respuesta es contacted_successful, clicked, responded o converted"
                )
            ),
            .rate(
                "response_rate",
                Text(en: "% responded", es: "% respondió"),
                Text(en: "responded / contacts", es: "responded / contacts")
            ),
            .count(
                "converted",
                Text(en: "Converted", es: "Convertidos"),
                Text(en: "Contacts whose response is converted", es: "Contactos cuya respuesta es converted")
            ),
            .rate(
                "conversion",
                Text(en: "% converted", es: "% convertido"),
                Text(en: "converted / contacts", es: "converted / contacts")
            ),
            .currency,
            .amount("cost", Text(en: "Cost", es: "Costo"), Text(en: "actual_cost", es: "actual_cost")),
            .amount(
                "cost_per_response",
                Text(en: "Per response", es: "Por respuesta"),
                Text(en: "cost / responded", es: "cost / responded")
            ),
            .count(
                "opportunities",
                Text(en: "Opportunities", es: "Oportunidades"),
                Text(en: "Opportunities of the campaign", es: "Oportunidades de la campaña")
            ),
            .amount(
                "won",
                Text(en: "Won", es: "Ganado"),
                Text(en: "The sum of the amounts that were won", es: "La suma de los importes ganados")
            ),
            .count(
                "won_elsewhere",
                Text(en: "Won in others", es: "Ganadas en otras"),
                Text(
                    en: "Opportunities won whose amounts are in another currency, which won leaves out",
                    es: "Oportunidades ganadas con importe en otra moneda, que won no suma"
                )
            ),
            .ratio(
                "return",
                Text(en: "Return", es: "Retorno"),
                Text(
                    en: "(won - cost) / cost: 1, which is 100%, is what it cost once more",
                    es: "(won - cost) / cost: 1, que es 100%, es otra vez lo que costó"
                )
            ),
        ],
        order: ["-return", "campaign"],
        picture: Picture("response_rate", "conversion", by: ["campaign"]),
        content: .rows { report in
            let closing = report.registry[.opportunity].field("close_date")
            let amount = report.amount("o.amount", of: "o", on: closing)
            let own: SQLFragment = "coalesce(t.currency, \(bind: .text(report.context.currency)))"
            let isSame: SQLFragment = report.conversion == nil ? "o.currency = \(own)" : "1"
            return """
                SELECT *, \(ReportFigure.rate("contacts", of: "target_size")) AS reach, \
                \(ReportFigure.rate("responded", of: "contacts")) AS response_rate, \
                \(ReportFigure.rate("converted", of: "contacts")) AS conversion, \
                \(SQLFunctions.scale("cost", "1", "responded")) AS cost_per_response, \
                \(ReportFigure.rate("(won - cost)", of: "cost")) AS "return" FROM \
                (SELECT t.id AS campaign, t.target_size, \(report.conversion?.code ?? own) AS currency, \
                \(report.amount("t.actual_cost")) AS cost, \
                count(DISTINCT l.contact) AS contacts, count(DISTINCT CASE WHEN l.response IN \
                ('contacted_successful', 'clicked', 'responded', 'converted') THEN l.contact END) AS responded, \
                count(DISTINCT CASE WHEN l.response = 'converted' THEN l.contact END) AS converted, \
                (SELECT count(*) FROM opportunity AS o WHERE o.campaign = t.id) AS opportunities, \
                (SELECT coalesce(sum(\(amount)), 0) FROM opportunity AS o WHERE o.campaign = t.id \
                AND o.stage = 'closed_won' AND \(isSame)) AS won, \
                (SELECT count(*) FROM opportunity AS o WHERE o.campaign = t.id AND o.stage = 'closed_won' \
                AND o.amount IS NOT NULL AND NOT \(isSame)) AS won_elsewhere \
                FROM campaign AS t LEFT JOIN contact_campaign AS l ON l.campaign = t.id \
                WHERE \(report.condition) GROUP BY t.id)
                """
        }
    )

    /// Returns the last or the next moment of linked records of a module.
    private static func touch(
        _ aggregate: SQLFragment,
        _ table: SQLFragment,
        _ moment: SQLFragment,
        _ condition: SQLFragment
    ) -> SQLFragment {
        """
        (SELECT \(aggregate)(\(moment)) FROM contact_\(table) AS l JOIN \(table) AS r ON r.id = l.\(table) \
        WHERE l.contact = t.id AND \(condition))
        """
    }

    private static let untouchedContacts = Report(
        name: "untouched-contacts",
        summary: Text(
            en: "Contacts that nobody spoke to for long",
            es: "Contactos con los que nadie habla hace tiempo"
        ),
        discussion: Text(
            en: """
                A touch is an event that is past and was not cancelled (not_held), an e-mail, by created_at where it has no \
                date, a comment, or a message of a chat: any in a direct room that is linked with the contact, elsewhere \
                those that the contact wrote; the next one an event to come or a follow-up of a comment. Contacts never touched are \
                there without a last touch.
                """,
            es: """
                Un toque es un evento pasado que no quedó sin realizar (not_held), un correo, por created_at si no tiene \
                fecha, un comentario o un mensaje de chat: cualquiera de una sala directa vinculada con el contacto y, en \
                las demás, los que escribió el contacto; el próximo, un evento por venir o el seguimiento de un comentario. Los nunca \
                tocados aparecen sin último toque.
                """
        ),
        module: .contact,
        parameters: [
            Parameter.days(
                90,
                Text(
                    en: "For at least this many days; 0 for all",
                    es: "Al menos tantos días; 0 para todos"
                )
            )
        ],
        columns: [
            .record(.contact, en: "The contact", es: "El contacto"),
            .record(.organization, en: "The contact's organization", es: "El cliente del contacto"),
            .own(
                "last_touch",
                .date,
                Text(en: "Last touch", es: "Último toque"),
                Text(en: "The day of the last touch", es: "El día del último toque")
            ),
            .days("days", Text(en: "Days", es: "Días"), Text(en: "Days since then", es: "Días desde entonces")),
            .own(
                "next_touch",
                .date,
                Text(en: "Next touch", es: "Próximo toque"),
                Text(en: "The day of the next one", es: "El día del próximo")
            ),
        ],
        order: ["last_touch", "contact"],
        content: .rows { report in
            let events = touch(
                "max",
                "event",
                SQLFunctions.occurrence(isNext: false, of: "r", in: .event, clock: report.context.clock),
                "r.status IS NOT 'not_held'"
            )
            let mails = touch("max", "email", "coalesce(r.date, r.created_at)", "1")
            let comments: SQLFragment = "(SELECT max(k.created_at) FROM comment AS k WHERE k.contact = t.id)"
            let messages = touch(
                "max",
                "channel",
                "(SELECT max(m.sent_at) FROM channel_message AS m WHERE m.channel = r.id)",
                "r.kind = 'direct'"
            )
            // The last message of an author is found from the end of the room.
            let written: SQLFragment = """
                (SELECT max((SELECT m.sent_at FROM channel_message AS m WHERE m.channel = k.channel \
                AND m.author = k.username ORDER BY m.sent_at DESC LIMIT 1)) FROM channel_member AS k \
                WHERE k.contact = t.id)
                """
            let next = touch(
                "min",
                "event",
                SQLFunctions.occurrence(isNext: true, of: "r", in: .event, clock: report.context.clock),
                "r.status IS NOT 'not_held'"
            )
            let followUp: SQLFragment = """
                (SELECT min(k.follow_up_on) FROM comment AS k WHERE k.contact = t.id AND k.follow_up_on >= \(report.today))
                """
            let touches = [events, mails, comments, messages, written].map { "coalesce(\($0), '')" as SQLFragment }
                .joined(", ")
            return """
                SELECT contact, organization, last_touch, \(report.days(from: "last_touch", to: report.today)) AS days, \
                coalesce(min(event_day, follow_up), event_day, follow_up) AS next_touch FROM \
                (SELECT contact, organization, \(report.day(of: "nullif(last, '')")) AS last_touch, \
                \(report.day(of: "next")) AS event_day, follow_up FROM (SELECT t.id AS contact, t.organization, \
                max(\(touches)) AS last, \
                \(next) AS next, \(followUp) AS follow_up FROM contact AS t WHERE \(report.condition))) \
                WHERE last_touch IS NULL OR last_touch <= \(report.daysBefore(report.today))
                """
        }
    )

    private static let commentsByDepartment = Report(
        name: "comments-by-department",
        summary: Text(
            en: "How much each department notes, and what is due",
            es: "Cuánto anota cada departamento y qué está pendiente"
        ),
        discussion: Text(
            en: "A follow-up is due on its day and after it, until the comment says no day any more.",
            es: "Un seguimiento está pendiente desde su día hasta que el comentario ya no indique ninguno."
        ),
        module: .comment,
        parameters: [],
        columns: [
            .count("comments", Text(en: "Comments", es: "Comentarios"), Text(en: "How many", es: "Cuántos")),
            .count(
                "contacts",
                Text(en: "Contacts", es: "Contactos"),
                Text(en: "About how many contacts", es: "Sobre cuántos contactos")
            ).overlapping,
            .count(
                "due",
                Text(en: "Follow-ups due", es: "Seguimientos pendientes"),
                Text(en: "Those with follow_up_on today or before", es: "Los de follow_up_on hoy o antes")
            ),
            .own(
                "last",
                .date,
                Text(en: "Last", es: "Último"),
                Text(en: "The day of the last", es: "El día del último")
            ),
        ],
        order: ["-comments"],
        picture: Picture("comments"),
        content: .groups(
            ReportGroups(
                keys: "department",
                restriction: { _ in "1" },
                facts: [
                    ReportGroups.Fact.field("contact", as: "person"),
                    ReportGroups.Fact.field("follow_up_on", as: "follow_up"),
                    ReportGroups.Fact("day") { $0.day(of: "t.created_at") },
                ],
                partsByCurrency: false,
                figures: {
                    [
                        "count(*)", "count(DISTINCT person)", "count(CASE WHEN follow_up <= \($0.today) THEN 1 END)",
                        "max(day)",
                    ]
                }
            )
        )
    )

    private static let followUpsDue = Report(
        name: "follow-ups-due",
        summary: Text(en: "Comments to follow up", es: "Comentarios por dar seguimiento"),
        discussion: Text(
            en: "Those whose day is today, past, or within --days.",
            es: "Aquellos cuyo día es hoy, pasó o llega en --days."
        ),
        module: .comment,
        parameters: [Parameter.days(0, Text(en: "Within this many days too", es: "También en tantos días"))],
        columns: [
            .field(.comment, "follow_up_on", en: "The day", es: "El día"),
            .days(
                "days_late",
                Text(en: "Days late", es: "Días de atraso"),
                Text(en: "Since then; less than 0 for days to come", es: "Desde entonces; menos de 0 si está por venir")
            ),
            .record(.contact, en: "The contact", es: "El contacto"),
            .field(.comment, "department", en: "The department", es: "El departamento"),
            .field(.comment, "author", en: "Who wrote it", es: "Quién lo escribió"),
            .record(.comment, en: "The comment", es: "El comentario"),
        ],
        order: ["follow_up_on", "comment"],
        content: .rows { report in
            """
            SELECT t.id AS comment, t.follow_up_on, t.contact, t.department, t.author, \
            \(report.days(from: "t.follow_up_on", to: report.today)) AS days_late FROM comment AS t \
            WHERE \(report.condition) AND t.follow_up_on <= \(report.daysAfter(report.today))
            """
        }
    )

    private static let documentsExpiring = Report(
        name: "documents-expiring",
        summary: Text(en: "Documents that expire soon", es: "Archivos que vencen pronto"),
        discussion: Text(
            en: "Documents that are not superseded, those that have expired already included.",
            es: "Archivos no reemplazados, incluidos los que ya vencieron."
        ),
        module: .document,
        parameters: [
            Parameter.days(
                30,
                Text(en: "Within this many days", es: "En tantos días")
            )
        ],
        columns: [
            .record(.document, en: "The document", es: "El archivo"),
            .field(.document, "folder", en: "Its folder", es: "Su carpeta"),
            .field(.document, "expires_on", en: "When it expires", es: "Cuándo vence"),
            .days(
                "days_left",
                Text(en: "Days left", es: "Días restantes"),
                Text(en: "Less than 0 when it has expired", es: "Menos de 0 si ya venció")
            ),
            .record(.contact, en: "Its first contact", es: "Su primer contacto"),
        ],
        order: ["expires_on", "document"],
        content: .rows { report in
            """
            SELECT t.id AS document, t.folder, t.expires_on, \
            \(report.days(from: report.today, to: "t.expires_on")) AS days_left, \
            (SELECT l.contact FROM contact_document AS l WHERE l.document = t.id ORDER BY l.id LIMIT 1) AS contact \
            FROM document AS t WHERE \(report.condition) AND t.status IS NOT 'superseded' \
            AND t.expires_on <= \(report.daysAfter(report.today))
            """
        }
    )
}
