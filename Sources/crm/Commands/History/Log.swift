import CLIKit
import CRMKit
import Formats
import Localization

/// `crm log [MODULE REF]`: shows who changed what and when, field by field.
enum LogCommand: ProgramCommand {
    static let name = "log"
    static let summary = Text(en: "Show who did what, and when", es: "Mostrar quién hizo qué y cuándo")

    static let after = ValueOption<Int64>(
        "after",
        "ID",
        in: 1...Int64.max,
        summary: Text(
            en: "Go on after this change set, the last one seen",
            es: "Continuar después de este conjunto de cambios, el último visto"
        ),
        discussion: Text(
            en: "Older ones follow, since the newest come first.",
            es: "Siguen los más antiguos, pues los más nuevos van primero."
        )
    )

    static func command(in registry: Registry) -> Command {
        LogGrammar.command
    }
}

/// The grammar of `log`.
private enum LogGrammar {
    static var command: Command {
        Command(
            LogCommand.name,
            summary: LogCommand.summary,
            discussion: discussion,
            operands: operands,
            options: [SharedOptions.limit, LogCommand.after],
            examples: examples,
            seeAlso: ["undo", "log prune"],
            subcommands: [LogPruneCommand.entry],
            synonyms: ["historial", "historia", "bitácora", "registro", "history"],
            run: { session in try Log(LogRequest(session.invocation), session).run() }
        )
    }

    private static let discussion = [
        Text(
            en: """
                Every command that writes is one change set. Lists them, newest first, with what each did \
                to every record, field by field; of a large one the first \(Log.mostEntries) entries. With \
                the number of a change set, that one whole; with a module and a record, what was done to \
                that record and its links, also after it was deleted, and to the records that were merged \
                into it, under their own numbers.
                """,
            es: """
                Cada comando que escribe es un conjunto de cambios. Los lista, los más nuevos primero, con \
                lo que cada uno hizo a cada registro, campo por campo; de uno grande, las primeras \
                \(Log.mostEntries) entradas. Con el número de un conjunto de cambios, ese entero; con un \
                módulo y un registro, lo que se hizo a ese registro y a sus vínculos, aunque ya se haya \
                eliminado, y a los registros que se fusionaron en él, con su propio número.
                """
        ),
        Text(
            en:
                "A terminal shows local times and labels; other forms have times in UTC, keys and a row for each field.",
            es:
                "Una terminal muestra horas locales y etiquetas; las demás formas, horas en UTC, claves y una fila por campo."
        ),
    ]

    private static let operands = [
        Operand(
            Placeholder.moduleOrID,
            .optional,
            summary: Text(
                en: "a module, or the number of a change set",
                es: "un módulo, o el número de un conjunto de cambios"
            ),
            completion: .found(.history)
        ),
        Operand(
            "REF",
            .optional,
            summary: Text(en: "a record of the module", es: "un registro del módulo"),
            completion: .found(.namedRecord)
        ),
    ]

    private static let examples = [
        Example(
            "\(ProgramName.placeholder) log --limit 10",
            Text(en: "The last ten commands", es: "Los últimos diez comandos")
        ),
        Example(
            "\(ProgramName.placeholder) log opportunity 12",
            Text(en: "The life of a record", es: "La vida de un registro")
        ),
        Example(
            "\(ProgramName.placeholder) log --json | jq -r '.[] | select(.who == \"ana\") | .command'",
            Text(en: "What one person did", es: "Lo que hizo una persona")
        ),
    ]
}

/// The options and operands of `log` on a command line.
struct LogRequest: Equatable {
    /// A module and a reference, the number of a change set, or nothing.
    let operands: [String]
    let limit: Int?
    let after: Int64?

    init(_ invocation: Invocation) throws(UsageError) {
        operands = invocation.operands
        limit = try invocation[SharedOptions.limit]
        after = try invocation[LogCommand.after]
    }
}

/// A single run of `log`.
struct Log {
    /// The maximum number of entries listed for each change set.
    static let mostEntries = 100
    /// The number of change sets read at a time, so that memory stays constant.
    private static let pageSize = 50

    private let session: Session
    private let operands: [String]
    private let limit: Int
    private let after: Int64?

    init(_ request: LogRequest, _ session: Session) {
        self.session = session
        operands = request.operands
        limit = request.limit ?? Int.max
        after = request.after
    }

    func run() throws {
        guard let first = operands.first else { return try listEverything() }
        if let id = Int64(first), operands.count == 1 { return try showOne(id) }
        guard let module = session.registry.find(ModuleName(rawValue: first)) else {
            throw session.registry.unknownModule(
                first,
                hint: Text(
                    en: "give a module and a record, or the number of a change set",
                    es: "indicar un módulo y un registro, o el número de un conjunto de cambios"
                )
            )
        }
        guard operands.count == 2 else {
            throw CRMError(
                .usage,
                Text(en: "name one of the \(module.several.en)", es: "nombrar \(module.spanish.oneOfThem)"),
                hint: Text("\(session.program) log \(module.name) REF"),
                module: module.name
            )
        }
        try showRecord(operands[1], of: module)
    }

    private func listEverything() throws {
        let store = try session.openStore(for: .reading)
        let perSet = Self.mostEntries
        try print { output in
            var last = after
            var count = 0
            while true {
                let page = try store.history(
                    limit: min(Self.pageSize, limit - count + (limit == .max ? 0 : 1)),
                    before: last
                )
                for changeSet in page {
                    guard count < limit else {
                        output.cutAfter = count
                        return
                    }
                    try output.write(LoggedChange(changeSet, limit: perSet, in: store))
                    count += 1
                }
                guard let next = page.last?.id else { return }
                last = next
            }
        }
    }

    private func showOne(_ id: Int64) throws {
        let store = try session.openStore(for: .reading)
        let changeSet = try store.changeSet(id, limit: 0).changeSet
        try print { output in try output.write(LoggedChange(changeSet, limit: limit, in: store)) }
    }

    private func showRecord(_ reference: String, of module: Module) throws {
        let store = try session.openStore(for: .reading)
        let id = try store.idForHistory(reference, in: module)
        let history = try store.historyWithFormer(of: id, in: module).filter { $0.changeSet.id < after ?? .max }
        let name = try store.knownName(of: id, in: module)
        try print { output in
            for change in history.prefix(limit) {
                try output.write(LoggedChange(change, of: module.name, id: id, name: name))
            }
            if history.count > limit { output.cutAfter = limit }
        }
    }

    private func print(_ body: (inout LogOutput) throws -> Void) throws {
        let format = try session.outputFormat
        let style = try session.outputStyle
        let output = try session.withOutput(paged: format == .table) { sink in
            var output = LogOutput(
                registry: session.registry,
                format: format,
                style: style,
                program: session.program,
                to: sink
            )
            try output.begin()
            try body(&output)
            try output.end()
            return output
        }
        if let count = output.cutAfter {
            try session.noteCut(after: count, goesOn: true)
        }
        for id in output.truncated {
            try session.note(
                Text(
                    en: "change set \(id) did more: \(session.program) log \(id)",
                    es: "el conjunto de cambios \(id) hizo más: \(session.program) log \(id)"
                )
            )
        }
    }
}

/// A change set with all its changes, or with those to one record.
struct LoggedChange {
    /// An event of one record or link.
    struct Entry {
        let subject: ChangeSetDetail.Subject
        let event: RecordEvent
        /// The record into which the subject was merged later, if its history is read as that record's.
        var mergedInto: Int64?
    }

    let changeSet: ChangeSet
    /// Calls a body for every entry, and returns whether the change set did more than the entries show.
    let forEachEntry: ((Entry) throws -> Void) throws -> Bool

    /// Creates a change set with all its changes, which are read while they are printed.
    init(_ changeSet: ChangeSet, limit: Int, in store: Store) {
        self.changeSet = changeSet
        forEachEntry = { body in
            try store.forEachEntry(of: changeSet.id, limit: limit) {
                try body(Entry(subject: $0.subject, event: $0.event))
            }
        }
    }

    /// Creates a change set with its changes to one record, and to those that were merged into it.
    init(_ history: RecordHistory, of module: ModuleName, id: Int64, name: String?) {
        changeSet = history.changeSet
        forEachEntry = { body in
            for event in history.events {
                try body(Entry(subject: .record(module, id: id, name: name), event: event))
            }
            for former in history.former {
                let subject = ChangeSetDetail.Subject.record(module, id: former.id, name: former.name)
                for event in former.events { try body(Entry(subject: subject, event: event, mergedInto: id)) }
            }
            return false
        }
    }
}
