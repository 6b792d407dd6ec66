import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// `crm reminder due`: prints the reminders that are due now, for cron.
enum ReminderCommand: ProgramCommand {
    static let name = "reminder"
    static let summary = Text(en: "Tell what to be reminded of", es: "Decir lo que hay que recordar")

    static let since = ValueOption<String>(
        "since",
        Text(en: "last|DATE", es: "last|FECHA"),
        summary: Text(en: "Those that nobody has been given yet", es: "Los que nadie ha recibido todavía"),
        discussion: Text(
            en: """
                last, the default, gives each reminder once, whoever asks twice, and what was missed as well; the first \
                time it looks back a day. What could not be written to standard output is given again. A date or time tells what was due from then on, given or not, and takes \
                nothing.
                """,
            es: """
                last, el valor por omisión, da cada recordatorio una vez, aunque se pregunte dos, y también lo que se perdió; la \
                primera vez mira un día atrás. Lo que no se pudo escribir en la salida estándar se da de nuevo. Una fecha u hora dice lo que vencía desde entonces, dado o no, y no toma \
                nada.
                """
        )
    )
    .synonyms("desde from")
    static let execute = ValueOption<String>(
        "exec",
        Placeholder.command,
        summary: Text(
            en: "Run this for each, and it is done when that succeeds",
            es: "Ejecutar esto por cada uno, y está hecho si termina bien"
        ),
        discussion: Text(
            en: """
                /bin/sh runs it with the reminder as JSON on its standard input. One of which it fails, or is killed, is \
                given again by the next question, however long ago it was due, of a run that was killed itself after an \
                hour; the exit status is 1. It goes with --since last alone, since a date takes nothing.
                """,
            es: """
                /bin/sh lo ejecuta con el recordatorio como JSON en su entrada estándar. Uno en que falla, o en que se \
                interrumpe, se da de nuevo en la siguiente pregunta, por mucho que haya vencido, y el de una ejecución \
                interrumpida tras una hora; el estado de salida es 1. Solo va con --since last, ya que una fecha no toma \
                nada.
                """
        )
    )
    .synonyms("ejecutar comando command run")

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: "Events have reminders, each a length of time before the start: event add --reminder 15m.",
                    es:
                        "Los eventos tienen recordatorios, cada uno un tiempo antes del inicio: event add --reminder 15m."
                )
            ],
            seeAlso: ["agenda", "event edit"],
            subcommands: [Subcommand("due", summary: dueSummary) { due }],
            synonyms: ["recordatorio", "recordatorios", "reminders", "alarm", "alarma"]
        )
    }

    private static let dueSummary = Text(
        en: "Take the reminders that are due",
        es: "Tomar los recordatorios que vencen"
    )

    private static var due: Command {
        Command(
            "due",
            summary: dueSummary,
            discussion: [
                Text(
                    en: """
                        A row for each reminder whose time has come: when it was due, when the event begins, what it is, \
                        with whom and where; events that come again remind of each occurrence. What was cancelled, held or \
                        completed reminds of nothing. With nothing to say nothing is printed and the exit status is 0.
                        """,
                    es: """
                        Una fila por cada recordatorio cuya hora llegó: cuándo vencía, cuándo empieza el evento, qué es, con \
                        quién y dónde; los eventos que se repiten recuerdan cada repetición. Lo cancelado, realizado o \
                        terminado no recuerda nada. Si no hay nada que decir no se imprime nada y el estado de salida es 0.
                        """
                )
            ],
            options: [since, execute],
            examples: [
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) reminder due --exec 'jq -r .subject | mail -s Reminder ana'",
                        es: "\(ProgramName.placeholder) reminder due --exec 'jq -r .subject | mail -s Recordatorio ana'"
                    ),
                    Text(en: "A mail for each", es: "Un correo por cada uno")
                ),
                Example(
                    Text(
                        en: "*/5 * * * * \(ProgramName.placeholder) reminder due --format jsonl >> reminders.jsonl",
                        es: "*/5 * * * * \(ProgramName.placeholder) reminder due --format jsonl >> recordatorios.jsonl"
                    ),
                    Text(en: "A line of a crontab", es: "Una línea de un crontab")
                ),
            ],
            sections: [timer],
            seeAlso: ["agenda", "today"],
            synonyms: ["pendientes", "vencidos", "vencen"],
            run: { session in try run(session) }
        )
    }

    private static let timer = Section(
        title: Text(en: "A TIMER OF SYSTEMD", es: "UN TEMPORIZADOR DE SYSTEMD"),
        [
            .paragraph(
                Text(
                    en: """
                        In ~/.config/systemd/user/, started by systemctl --user enable --now \(ProgramName.placeholder)-reminder.timer. What came \
                        while the machine was off is given at its next start.
                        """,
                    es: """
                        En ~/.config/systemd/user/, iniciado con systemctl --user enable --now \(ProgramName.placeholder)-reminder.timer. Lo que \
                        venció con la máquina apagada se da al volver a encenderla.
                        """
                )
            ),
            .code(
                Text(
                    """
                    # \(ProgramName.placeholder)-reminder.service
                    [Service]
                    Type=oneshot
                    ExecStart=/bin/sh -c '\(ProgramName.placeholder) reminder due --exec "jq -r .subject | xargs -0 notify-send"'

                    # \(ProgramName.placeholder)-reminder.timer
                    [Timer]
                    OnCalendar=*:0/5
                    Persistent=true

                    [Install]
                    WantedBy=timers.target
                    """
                )
            ),
        ]
    )

    private static let columns = [
        Listing.Column("due_at", en: "Due", es: "Vence", isWhole: true),
        Listing.Column("starts_at", en: "Start", es: "Inicio", isWhole: true),
        Listing.Column("subject", en: "Subject", es: "Asunto"),
        Listing.Column("contacts", en: "With", es: "Con"), Listing.Column("location", en: "Location", es: "Lugar"),
        Listing.Column("id", en: "Id", es: "Id", isID: true),
    ]

    private static func run(_ session: Session) throws {
        let since = session.invocation[since] ?? "last"
        let command = session.invocation[execute]
        guard ["last", "ultima", "última", "ultimo", "último"].contains(since.lowercased()) else {
            guard command == nil else { throw notTaken }
            let store = try session.openStore(for: .reading)
            let moment = try store.bound(from: since, for: "since", isEnd: false)
            return try print(session, store) { body in try store.forEachReminder(since: moment, body) }
        }
        let store = try session.openStore(for: .writing)
        guard let command else { return try give(session, store) }
        var (count, failed) = (0, 0)
        try store.takeReminders(session.writeRequest()) { reminders in
            count += reminders.count
            failed += try run(command, for: reminders, store, session)
        }
        guard failed == 0 else {
            throw CRMError(
                .failed,
                Text(
                    en: "the command failed for \(failed) of \(count): the next question gives them again",
                    es: "el comando falló con \(failed) de \(count): la siguiente pregunta los da de nuevo"
                )
            )
        }
    }

    /// Runs the command for each of some reminders. Those for which it was not run are given again.
    ///
    /// - Returns: for how many it failed.
    private static func run(
        _ command: String,
        for reminders: [Reminder],
        _ store: Store,
        _ session: Session
    ) throws -> Int {
        var left = reminders.map(\.key)[...]
        var failed = 0
        do {
            for reminder in reminders {
                try session.interruption.check()
                let isDone = try run(command, on: json(reminder, session).text + "\n", session)
                left = left.dropFirst()
                try finish([reminder.key], isDone: isDone, store, session)
                if !isDone { failed += 1 }
            }
        } catch {
            try finish(Array(left), isDone: false, store, session)
            guard (error as? CRMError)?.code == .interrupted else { throw error }
            throw CRMError(
                .interrupted,
                Text(
                    en: "interrupted: the next question gives the reminders for which the command was not run",
                    es: "interrumpido: la siguiente pregunta da los recordatorios para los que no se ejecutó el comando"
                )
            )
        }
        return failed
    }

    /// Notes what became of reminders, whether or not a signal asks the program to end.
    private static func finish(
        _ reminders: [Reminder.Key],
        isDone: Bool,
        _ store: Store,
        _ session: Session
    ) throws {
        try session.interruption.finishing { try store.finish(reminders, isDone: isDone, session.writeRequest()) }
    }

    /// The refusal to run a command for reminders that are not claimed, each of which it might run again.
    private static var notTaken: CRMError {
        CRMError(
            .usage,
            Text(
                en: "--exec goes with --since last, which takes reminders: a date takes none",
                es: "--exec va con --since last, que toma recordatorios: una fecha no toma ninguno"
            ),
            hint: Text(
                en: "leave one of the two out; --format jsonl prints what the command would read",
                es: "omitir una de las dos; --format jsonl imprime lo que leería el comando"
            )
        )
    }

    /// Claims reminders and prints them. Those written to the output count as delivered; if writing fails, none do.
    private static func give(_ session: Session, _ store: Store) throws {
        var given: [Reminder.Key] = []
        do {
            try print(session, store) { body in
                try store.takeReminders(session.writeRequest()) { reminders in
                    given += reminders.map(\.key)
                    for reminder in reminders { try body(reminder) }
                }
            }
        } catch {
            try finish(given, isDone: false, store, session)
            throw error
        }
        try finish(given, isDone: true, store, session)
    }

    /// Prints reminders as they are claimed; nothing if there are none.
    private static func print(
        _ session: Session,
        _ store: Store,
        _ forEach: ((Reminder) throws -> Void) throws -> Void
    ) throws {
        let clock = store.clock
        try session.printListing(of: columns, isSilentWhenEmpty: try session.outputFormat != .json) { listing in
            try forEach { reminder in
                let item = reminder.occurrence
                let rest = [
                    item.subject, item.companions.map(\.name).joined(separator: "; "), item.location ?? "",
                    String(item.id),
                ]
                let times = [reminder.due.description, item.start.description]
                try listing.write(
                    Listing.Row(
                        machine: times + rest,
                        people: times.map(clock.shortTime) + rest,
                        json: json(reminder, session)
                    )
                )
            }
        }
    }

    private static func json(_ reminder: Reminder, _ session: Session) throws -> JSONValue {
        let own = [
            JSONMember("due_at", .string(reminder.due.description)),
            JSONMember("before", .string(reminder.before.description)),
        ]
        guard
            case .object(let members) = OccurrenceListing(session.registry, try session.audience).json(
                reminder.occurrence
            )
        else { return .object(own) }
        return .object(own + members.filter { $0.name != "conflicts" })
    }

    /// Runs the command with a text as its standard input.
    ///
    /// - Returns: whether it succeeded.
    private static func run(_ command: String, on input: String, _ session: Session) throws -> Bool {
        do throws(SystemError) {
            guard let file = tmpfile() else { throw SystemError(code: errno) }
            defer { fclose(file) }
            try FileDescriptor(rawValue: fileno(file)).write(Array(input.utf8))
            rewind(file)
            let process = try ShellProcess.start(
                command,
                variables: session.environment.variables,
                descriptors: [(of: fileno(file), as: STDIN_FILENO)],
                defaults: [SIGPIPE]
            )
            return ShellProcess.wait(for: process) == 0
        } catch {
            throw CRMError(.inputOutput, errno: error.code, path: command)
        }
    }
}
