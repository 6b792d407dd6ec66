import CLIKit
import CRMKit
import Formats
import Localization

/// `crm today`: lists what is due on a day, for reading in the morning or for a mail from cron.
enum TodayCommand: ProgramCommand {
    static let name = "today"
    static let summary = Text(en: "Tell what a day asks for", es: "Decir lo que pide el día")

    static let who = ValueOption<String>(
        "who",
        Placeholder.name,
        summary: Text(en: "Only what is assigned to this person", es: "Solo lo asignado a esta persona"),
        discussion: Text(
            en: """
                As assigned_to has it, without regard to case and accents; of comments that nobody is assigned to, as \
                author has it. me stands for whoever runs the command, as CRM_USER or LOGNAME says, here and in \
                --assigned-to.
                """,
            es: """
                Como está en assigned_to, sin distinguir mayúsculas ni acentos; de los comentarios sin asignar, como está \
                en author. me representa a quien ejecuta el comando, según CRM_USER o LOGNAME, aquí y en \
                --assigned-to.
                """
        )
    )
    .synonyms("quién quien person user usuario asignado assigned-to")
    static let on = ValueOption<String>(
        "on",
        Placeholder.date,
        summary: Text(en: "The page of this day", es: "La página de este día"),
        discussion: Text(
            en: "Without it the page is that of today, by the local time zone.",
            es: "Sin ella es la de hoy, según la zona horaria local."
        )
    )
    .synonyms("fecha día dia el date day")

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        The page of a day: its events, overdue tasks, follow-ups, what is to be closed, renewed and \
                        delivered, what expires, warranties that end, birthdays. Each line says when, what, with whom, \
                        and the noun and number by which the record is shown.
                        """,
                    es: """
                        La página de un día: sus eventos, las tareas vencidas, los seguimientos, lo que hay que cerrar, \
                        renovar y entregar, lo que vence, las garantías que terminan, los cumpleaños. Cada línea dice \
                        cuándo, qué, con quién, y el nombre de módulo y el número con que se muestra el registro.
                        """
                ),
                Text(
                    en: """
                        The same text is printed on a terminal and on a pipe, so that cron mails it; where the day asks \
                        for nothing, nothing is printed, cron sends no mail, and the exit status is 0. Other formats \
                        have a row for each item: group, moment, date, the days from the page's day to it, the contacts \
                        and the record.
                        """,
                    es: """
                        El mismo texto se imprime en una terminal y en una tubería, de modo que cron lo envía por correo; \
                        si el día no pide nada, no se imprime nada, cron no envía correo y el estado de salida es 0. \
                        Los demás formatos tienen una fila por asunto: group, moment, date, los días desde el de la \
                        página, los contactos y el registro.
                        """
                ),
            ],
            options: [who, on],
            examples: [
                Example("\(ProgramName.placeholder) today --who me", Text(en: "Good morning", es: "Buenos días")),
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) today --on tomorrow",
                        es: "\(ProgramName.placeholder) today --on mañana"
                    ),
                    Text(en: "What tomorrow brings", es: "Lo que trae el día de mañana")
                ),
                Example(
                    "0 7 * * 1-5 \(ProgramName.placeholder) today --who ana",
                    Text(en: "A line of a crontab", es: "Una línea de un crontab")
                ),
            ],
            sections: [windows(registry)],
            seeAlso: ["contact timeline"],
            synonyms: ["hoy", "día", "dia", "day", "morning", "pendientes"],
            run: { session in try TodayRequest(session.invocation).run(in: session) }
        )
    }

    /// Returns the manual's chapter about the contents of the page, from the definitions.
    private static func windows(_ registry: Registry) -> Section {
        Section(
            title: Text(en: "WHAT STANDS ON THE PAGE", es: "LO QUE ESTÁ EN LA PÁGINA"),
            [
                .definitions(
                    registry.dayPage.map { item in
                        (term: "\(item.module.name.noun): \(item.occasion.key)", meaning: item.words)
                    }
                )
            ]
        )
    }
}

/// The options and operands of `today` on a command line.
struct TodayRequest: Equatable {
    let who: String?
    let day: String?

    init(_ invocation: Invocation) throws(UsageError) {
        who = invocation[TodayCommand.who]
        day = invocation[TodayCommand.on]
    }

    func run(in session: Session) throws {
        let store = try session.openStore(for: .reading)
        var page = try store.page(of: try day.map { try store.day(from: $0, for: "on") } ?? store.clock.date)
        page.who = try session.meant(by: who)
        try session.print(page, in: store)
    }
}

extension Session {
    fileprivate func print(_ page: DayPage, in store: Store) throws {
        let shortened = ShortenedSeries()
        let items = try page.items(in: store, noting: shortened)
        for notice in shortened.notices { try note(notice) }
        guard try isText else {
            return try print(
                items,
                people: [.group, .date, .moment, .module, .id, .name, .contacts, .details],
                machine: [.group, .moment, .date, .days, .module, .id, .name, .contacts, .details]
            )
        }
        let style = try outputStyle
        let isOnTerminal = FileDescriptor.standardOutput.isTerminal
        let isEmpty = try withOutput(paged: true) { sink in
            try DayText(page, style: style, isWrapped: isOnTerminal, to: sink).write(items)
        }
        // In a pipe nothing is written, so that cron sends no mail.
        if isEmpty, isOnTerminal {
            try note(
                Text(en: "nothing for \(page.day.description)", es: "nada para el \(page.day.description)")
            )
        }
    }

    /// Whether the page is text, even in a pipe unless another format is requested.
    private var isText: Bool {
        get throws {
            if line != nil || invocation[GlobalOptions.json] { return false }
            return try invocation.namedFormat ?? .table == .table
        }
    }
}
