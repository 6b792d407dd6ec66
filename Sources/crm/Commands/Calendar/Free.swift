import CLIKit
import CRMKit
import Formats
import Localization

/// `crm event free`: finds the time in which several people are free.
enum FreeVerb: Verb {
    static let name = "free"

    static let contact = ListOption<String>(
        "contact",
        "REF",
        summary: Text(en: "Somebody who is to be free", es: "Alguien que debe estar libre"),
        discussion: Text(
            en: "Repeated, all of them are to be. Without anybody all events count.",
            es: "Repetida, todos deben estarlo. Sin nadie cuentan todos los eventos."
        )
    )
    .synonyms("contacto contactos contacts with con")
    static let length = ValueOption<String>(
        "length",
        FieldType.duration.placeholder,
        summary: Text(en: "For how long, 1h unless given", es: "Por cuánto tiempo, 1h si no se indica"),
        discussion: FieldType.duration.spelling
    )
    .synonyms("duración duracion duration for por")

    static func summary(of module: Module) -> Text {
        Text(en: "Find when people are free", es: "Encontrar cuándo hay tiempo libre")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Each time within working hours at which nobody named has a call or a meeting is a row: its start, \
                        its end and how long it is. Working hours are those of config set hours, mon-fri 9:00-18:00 unless \
                        given. One without an end takes half an hour, one of whole days all of them. What was cancelled, \
                        what somebody has declined, and what its calendar says takes no time (TRANSP:TRANSPARENT) leave \
                        them free. What is past is left out.
                        """,
                    es: """
                        Cada intervalo del horario de trabajo en que nadie de los indicados tiene llamada ni reunión es una \
                        fila: su inicio, su término y cuánto dura. El horario es el de config set hours, mon-fri 9:00-18:00 \
                        si no se define. La que no tiene término ocupa media hora, la de días enteros todos ellos. Lo \
                        cancelado, lo que alguien rechazó y lo que según su calendario no ocupa tiempo (TRANSP:TRANSPARENT) \
                        los dejan libres. Lo pasado se omite.
                        """
                )
            ],
            options: [contact, AgendaCommand.who, length] + AgendaCommand.period,
            examples: [
                Example(
                    "\(ProgramName.placeholder) event free --contact 42 --contact 57 --length 1h --week",
                    Text(en: "An hour with both this week", es: "Una hora con ambos esta semana")
                )
            ],
            seeAlso: ["agenda", "config set"],
            synonyms: ["libre", "disponibilidad", "availability", "busy", "disponible"],
            run: { session in try run(session) }
        )
        .withoutIDs
    }

    /// The columns of free times.
    static let columns = [
        Listing.Column("starts_at", .moment, en: "Start", es: "Inicio", isWhole: true),
        Listing.Column("ends_at", .moment, en: "End", es: "Término", isWhole: true),
        Listing.Column("length", .string, en: "Length", es: "Duración", isWhole: true),
    ]

    private static func malformed(_ text: String, _ reason: Text) -> CRMError {
        CRMError(
            .invalid,
            Text(en: "a length of time is malformed", es: "una duración está mal escrita"),
            problems: [CRMError.Problem(field: "length", value: text, reason: reason)]
        )
    }

    private static func run(_ session: Session) throws {
        let store = try session.openStore(for: .reading)
        let period = try AgendaPeriod(session.invocation, in: store)
        let contacts = try session.invocation[contact].map { try store.id(of: $0, in: store.registry[.contact]) }
        let text = session.invocation[length] ?? "1h"
        let duration: Duration
        do {
            duration = try Duration(parsing: text)
        } catch {
            throw malformed(text, error.reason)
        }
        guard duration.seconds > 0 else {
            throw malformed(text, Text(en: "is no time at all", es: "no es ningún tiempo"))
        }
        var free = FreeTime(
            contacts: contacts,
            who: try session.meant(by: session.invocation[AgendaCommand.who]),
            length: duration
        )
        free.answers = try CalendarAnswers(in: store)
        let from = max(period.from, store.clock.moment)
        let times = try from < period.until ? free.times(from: from, until: period.until, in: store) : []
        let clock = store.clock
        try session.printListing(of: columns, paged: true) { listing in
            for time in times {
                let length = Duration(seconds: time.end.secondsSinceEpoch - time.start.secondsSinceEpoch)
                let cells = [time.start.description, time.end.description, length.description]
                try listing.write(
                    Listing.Row(
                        machine: cells,
                        people: [
                            clock.shortTime(ofStored: time.start.description),
                            clock.shortTime(ofStored: time.end.description), length.shortForm,
                        ],
                        json: columns.object(cells.map(JSONValue.string))
                    )
                )
            }
        }
        if from >= period.until {
            try session.note(
                Text(
                    en: "what is past is left out, and all of this time is",
                    es: "lo pasado se omite, y todo este tiempo ya pasó"
                )
            )
        } else if times.isEmpty {
            try session.note(Text(en: "no time is free", es: "no hay tiempo libre"))
        }
    }
}
