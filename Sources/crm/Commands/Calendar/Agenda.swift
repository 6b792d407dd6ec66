import CLIKit
import CRMKit
import Formats
import Localization

/// `crm agenda`: lists the events in a period, recurring events once for each occurrence.
enum AgendaCommand: ProgramCommand {
    static let name = "agenda"
    static let summary = Text(en: "Tell what takes place in a time", es: "Decir lo que hay en un periodo")

    static let contact = ListOption<String>(
        "contact",
        "REF",
        summary: Text(en: "Only what this contact is linked to", es: "Solo lo vinculado a este contacto"),
        discussion: Text(
            en: """
                Repeated, what any of them is linked to. What a contact has declined is left out, on one date or on all.
                """,
            es: """
                Repetida, lo vinculado a cualquiera de ellos. Lo que un contacto rechazó se omite, en una fecha o en todas.
                """
        )
    )
    .synonyms("contacto contactos contacts with con")
    static let who = TodayCommand.who
    static let on = ValueOption<String>(
        "on",
        Placeholder.date,
        summary: Text(en: "The day, week or month of this day", es: "El día, la semana o el mes de este día"),
        discussion: Text(
            en: "Without it that of today, by the local time zone.",
            es: "Sin ella el de hoy, según la zona horaria local."
        )
    )
    .synonyms("fecha el date")
    static let day = Flag(
        "day",
        summary: Text(en: "One day", es: "Un día"),
        discussion: Text(en: "From midnight to midnight.", es: "De medianoche a medianoche.")
    )
    .synonyms("día dia")
    static let week = Flag(
        "week",
        summary: Text(en: "One week, from Monday on", es: "Una semana, desde el lunes"),
        discussion: Text(
            en: """
                On a terminal of 69 columns or more it is a grid of its days: of each event when it begins, its id, and what \
                it is, with ! before what conflicts with something.
                """,
            es: """
                En una terminal de 69 columnas o más es una cuadrícula de sus días: de cada evento cuándo empieza, su id y \
                qué es, con ! ante lo que tiene conflictos.
                """
        )
    )
    .synonyms("semana")
    static let month = Flag(
        "month",
        summary: Text(en: "One month of the calendar", es: "Un mes del calendario"),
        discussion: Text(en: "From the first day to the last.", es: "Del primer día al último.")
    )
    .synonyms("mes")
    static let from = ValueOption<String>(
        "from",
        Placeholder.date,
        summary: Text(en: "From this day or time on", es: "Desde este día u hora"),
        discussion: Text(en: "Without --until seven days are told.", es: "Sin --until se dicen siete días.")
    )
    .synonyms("desde since start")
    static let until = ValueOption<String>(
        "until",
        Placeholder.date,
        summary: Text(en: "Up to this day or time", es: "Hasta este día u hora"),
        discussion: Text(
            en: "A day is among them; a time is not.",
            es: "Un día cuenta; una hora no."
        )
    )
    .synonyms("hasta to end")
    static let all = Flag(
        "all",
        summary: Text(en: "Also what was cancelled or put off", es: "También lo cancelado o aplazado"),
        discussion: Text(
            en: "That is what has the status not_held or deferred.",
            es: "Es lo que tiene el estado not_held o deferred."
        )
    )
    .synonyms("todo todos cancelled")

    static let period: [any OptionDeclaration] = [day, week, month, on, from, until]

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        Each time at which an event takes place is a row: when, by local time, what, with whom and where. \
                        Events that come again stand at each of their occurrences, with what differs there, and occurrence \
                        is the name by which event edit --occurrence knows it. Of whole days people see the last one; \
                        formats for programs have the moment that ends it, the next midnight, where event list has the \
                        day itself. Without a period it is that of seven days from today.
                        """,
                    es: """
                        Cada vez que un evento ocurre es una fila: cuándo, en hora local, qué, con quién y dónde. Los \
                        eventos que se repiten aparecen en cada repetición, con lo que difiere en ella, y occurrence es el \
                        nombre con que la conoce event edit --occurrence. De los días enteros se ve el último; los formatos \
                        para programas tienen el momento en que termina, la medianoche siguiente, donde event list tiene el \
                        propio día. Sin periodo son siete días desde hoy.
                        """
                ),
                Text(
                    en: """
                        Calls and meetings that take place at the same time and claim the same people, a contact or whom \
                        both are assigned to, name each other as conflicts, also those that filters or the period leave \
                        out of the list. What has no end counts for half an hour, and whole days count from the first to \
                        the last, as event free has it. What its calendar says takes no time (TRANSP:TRANSPARENT) has none.
                        """,
                    es: """
                        Las llamadas y reuniones que ocurren a la vez y ocupan a las mismas personas, un contacto o el mismo \
                        asignado, se nombran una a otra como conflictos, también las que los filtros o el periodo dejan \
                        fuera de la lista. Lo que no tiene término cuenta por media hora, y los días enteros cuentan del \
                        primero al último, como en event free. Lo que según su calendario no ocupa tiempo \
                        (TRANSP:TRANSPARENT) no tiene conflictos.
                        """
                ),
                Text(
                    en: """
                        --format ics prints those events as a calendar (iCalendar, RFC 5545): each once and whole, with the \
                        rule by which it comes again and with what differs on single dates.
                        """,
                    es: """
                        --format ics imprime esos eventos como calendario (iCalendar, RFC 5545): cada uno una vez y entero, \
                        con la regla por la que se repite y con lo que difiere en fechas sueltas.
                        """
                ),
            ],
            options: [contact, who] + period + [all],
            examples: [
                Example("\(ProgramName.placeholder) agenda --week --who me", Text(en: "My week", es: "Mi semana")),
                Example(
                    "\(ProgramName.placeholder) agenda --contact 42 --from today --until +1m --format jsonl",
                    Text(en: "A month with somebody, for a script", es: "Un mes con alguien, para un script")
                ),
            ],
            sections: [repetition],
            seeAlso: ["today", "event list", "event free", "reminder due"],
            synonyms: ["cal", "schedule", "citas"],
            run: { session in try AgendaRequest(session.invocation).run(in: session) }
        )
        .adapting(GlobalOptions.format(among: OutputFormat.names + [ExportCalendars.format]))
    }

    /// The manual's chapter on the notation of repetitions.
    static let repetition = Section(
        title: Text(en: "HOW A REPETITION IS WRITTEN", es: "CÓMO SE ESCRIBE UNA REPETICIÓN"),
        [
            .paragraph(
                Text(
                    en: """
                        event add and event edit take --repeat in words, of either language, or as a rule of RFC 5545. Articles, case and \
                        accents do not count:
                        """,
                    es: """
                        event add y event edit aceptan --repeat con palabras, de cualquiera de los dos idiomas, o como regla de RFC 5545. Los artículos, \
                        las mayúsculas y los acentos no cuentan:
                        """
                )
            ),
            .code(RecurrencePhrase.grammar),
        ]
    )
}

/// The period of an agenda.
struct AgendaPeriod {
    let from: Moment
    let until: Moment
    /// Whether the period is a week beginning on Monday.
    let isWeek: Bool

    init(_ invocation: Invocation, in store: Store) throws {
        let clock = store.clock
        let flags = [AgendaCommand.day, AgendaCommand.week, AgendaCommand.month].filter { invocation[$0] }
        let (from, until) = (invocation[AgendaCommand.from], invocation[AgendaCommand.until])
        if flags.count > 1 || !flags.isEmpty && (from ?? until) != nil {
            throw CRMError(
                .usage,
                Text(
                    en: "--day, --week, --month and --from with --until are one or the other",
                    es: "--day, --week, --month y --from con --until se excluyen entre sí"
                )
            )
        }
        let day = try invocation[AgendaCommand.on].map { try store.day(from: $0, for: "on") } ?? clock.date
        // A period that goes beyond the calendar ends with it.
        var (first, next): (CivilDate, CivilDate?) = (day, day.adding(days: 7))
        if invocation[AgendaCommand.day] {
            next = day.adding(days: 1)
        } else if invocation[AgendaCommand.week] {
            first = day.adding(days: -Int64(day.weekday)) ?? day
            next = first.adding(days: 7)
        } else if invocation[AgendaCommand.month] {
            first = CivilDate(year: day.year, month: day.month, day: 1) ?? day
            next = first.adding(months: 1)
        }
        isWeek = invocation[AgendaCommand.week]
        let start = try from.map { try store.bound(from: $0, for: "from", isEnd: false) }
        let begin = Moment(first, secondOfDay: 0, in: clock.zone) ?? clock.moment
        self.from = start ?? begin
        if let until {
            self.until = try store.bound(from: until, for: "until", isEnd: true)
        } else if let start {
            self.until = Moment(secondsSinceEpoch: start.secondsSinceEpoch + 7 * 86_400) ?? .last
        } else {
            self.until = next.flatMap { Moment($0, secondOfDay: 0, in: clock.zone) } ?? .last
        }
        // A day that begins as another one ends is behind it; a time may be both.
        guard self.from > self.until || self.from == self.until && from != until, let from, let until else { return }
        throw CRMError(
            .usage,
            Text(en: "--from \(from) is after --until \(until)", es: "--from \(from) es posterior a --until \(until)")
        )
    }
}

/// The options and operands of `agenda` on a command line.
struct AgendaRequest {
    let contacts: [String]
    let who: String?
    let isWhole: Bool

    init(_ invocation: Invocation) {
        contacts = invocation[AgendaCommand.contact]
        who = invocation[AgendaCommand.who]
        isWhole = invocation[AgendaCommand.all]
    }

    func run(in session: Session) throws {
        let store = try session.openStore(for: .reading)
        let period = try AgendaPeriod(session.invocation, in: store)
        var query = AgendaQuery(from: period.from, until: period.until)
        query.contacts = try contacts.map { try store.id(of: $0, in: store.registry[.contact]) }
        query.who = try session.meant(by: who)
        query.includesDropped = isWhole
        query.answers = try CalendarAnswers(in: store)
        if session.invocation.formName == ExportCalendars.format {
            query.isWhole = false
            return try session.print(query, asCalendarOf: store)
        }
        let shortened = ShortenedSeries()
        query.shortened = shortened
        let style = try session.outputStyle
        if period.isWeek, try session.outputFormat == .table, FileDescriptor.standardOutput.isTerminal,
            var grid = AgendaGrid(from: period.from, style: style)
        {
            try query.forEach(in: store) { grid.add($0) }
            try session.withOutput(paged: true) { try grid.write(to: $0) }
        } else {
            try session.print(query, in: store)
        }
        for notice in shortened.notices { try session.note(notice) }
    }
}

extension Session {
    /// Prints events as a calendar, each of them once as a whole.
    fileprivate func print(_ query: AgendaQuery, asCalendarOf store: Store) throws {
        try refuseInBatch()
        guard let export = try CalendarExport(store.registry[.event], from: store) else { return }
        try withOutput(to: nil) { sink in
            var calendar = try CalendarOutput(sink, zones: store.clock.zones)
            var told: Set<Int64> = []
            try query.forEach(in: store) { item in
                guard told.insert(item.id).inserted, let event = try export.event(item.id) else { return }
                try calendar.write(event)
            }
            try calendar.end()
        }
    }

    fileprivate func print(_ query: AgendaQuery, in store: Store) throws {
        let rows = OccurrenceListing(registry, try audience)
        let format = try outputFormat
        try printListing(of: OccurrenceListing.columns(of: format), paged: true) { listing in
            try query.forEach(in: store) { item in
                try listing.write(
                    machine: { rows.machine(item) },
                    people: { format == .table ? rows.table(item) : rows.people(item) },
                    json: { rows.json(item) }
                )
            }
        }
    }
}
