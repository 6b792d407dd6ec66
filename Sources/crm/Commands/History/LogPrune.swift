import CLIKit
import CRMKit
import Formats
import Localization

/// `crm log prune --before DATE`: shortens the history.
enum LogPruneCommand {
    static let name = "prune"
    static let summary = Text(en: "Forget the history before a date", es: "Olvidar el historial anterior a una fecha")

    static let before = ValueOption<String>(
        "before",
        Placeholder.date,
        summary: Text(en: "The first day that is kept", es: "El primer día que se conserva"),
        discussion: Text(
            en: "A date, or one counted from today: -1y is a year ago.",
            es: "Una fecha, o una contada desde hoy: -1y es hace un año."
        )
    )
    .synonyms("antes hasta until").required()
    static let yes = SharedOptions.yes(
        Text(
            en: "Off a terminal it is needed where something could still be undone.",
            es: "Fuera de una terminal se necesita cuando algo aún podría deshacerse."
        )
    )

    static let entry = Subcommand(name, summary: summary) {
        let lead = "\(ProgramName.placeholder) log prune"
        return Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        Takes away what the log tells of the days before a date: who did what, and what records were \
                        before. Records stay as they are. What was done then can no longer be undone, which is asked about \
                        first. That somebody was erased stays told. Contents that only the history still named go with \
                        it, and the file is made smaller.
                        """,
                    es: """
                        Quita lo que el historial cuenta de los días anteriores a una fecha: quién hizo qué y cómo eran los \
                        registros. Los registros quedan como están. Lo hecho entonces ya no puede deshacerse, por lo que \
                        antes se pregunta. Que alguien fue suprimido se sigue contando. Los contenidos que solo el \
                        historial aún nombraba se van con él, y el archivo se reduce.
                        """
                )
            ],
            options: [before, yes, WritingOptions.dryRun],
            examples: [
                Example("\(lead) --before -2y --dry-run", Text(en: "See how much goes", es: "Ver cuánto se va")),
                Example("\(lead) --before 2026-01-01 --yes", Text(en: "From cron", es: "Desde cron")),
            ],
            seeAlso: ["log", "undo", "backup"],
            synonyms: ["podar", "purge", "purgar", "acortar", "shorten"],
            run: { session in try LogPruneRequest(session.invocation).run(in: session) }
        )
    }
}

/// The options and operands of `log prune` on a command line.
struct LogPruneRequest: Equatable {
    let before: String?
    let isAgreed: Bool

    init(_ invocation: Invocation) {
        before = invocation[LogPruneCommand.before]
        isAgreed = invocation[LogPruneCommand.yes]
    }

    func run(in session: Session) throws {
        try session.refuseInBatch()
        guard let before else {
            throw CRMError(
                .usage,
                Text(en: "say before which date with --before", es: "indicar antes de qué fecha con --before"),
                hint: Text("\(ProgramName.placeholder) log prune --before -1y --dry-run")
            )
        }
        let store = try session.openStore(for: .writing)
        let day = try store.day(from: before, for: "before")
        let planned = try store.prunableHistory(before: day)
        guard try planned.undoable == 0 || isAgreed || session.isDryRun || agrees(planned, day, session) else {
            try session.note(Text(en: "nothing was taken away", es: "no se quitó nada"))
            throw CommandFailure(status: ExitStatus.failed)
        }
        let pruned = try store.write(session.writeRequest()) { transaction in
            let pruned = try transaction.pruneHistory(before: day)
            if pruned.changeSets > 0 { try transaction.pruneContents() }
            return pruned
        }
        let isSmaller = try session.isDryRun || pruned.changeSets == 0 ? false : compact(store, day)
        try session.tellOutcome { try tell(pruned, isSmaller, isCommitted: $0, session) }
    }

    /// Rewrites the file without what was forgotten.
    ///
    /// - Returns: `false` while other processes use the file.
    private func compact(_ store: Store, _ day: CivilDate) throws(CRMError) -> Bool {
        do throws(CRMError) {
            return try store.compact()
        } catch {
            throw CRMError(
                error.code,
                Text(
                    en: "the history before \(day) is forgotten, but the file is not smaller: \(error.message.en)",
                    es: "el historial anterior a \(day) se olvidó, pero el archivo no se redujo: \(error.message.es)"
                ),
                hint: Text(
                    en: "nothing has to be done again: what is written next takes the room that became free",
                    es: "no hay que repetir nada: lo que se escriba después ocupa el espacio que quedó libre"
                )
            )
        }
    }

    private func agrees(_ planned: PrunedHistory, _ day: CivilDate, _ session: Session) throws -> Bool {
        let (count, undoable) = (planned.changeSets, planned.undoable)
        let what = Text(
            en:
                "\(count) change \(count == 1 ? "set" : "sets") before \(day), \(undoable) of which could still be undone",
            es:
                "\(count) \(count == 1 ? "conjunto" : "conjuntos") de cambios antes de \(day); \(undoable) aún \(undoable == 1 ? "podría" : "podrían") deshacerse"
        )
        guard session.canAsk else {
            throw CRMError(
                .usage,
                what,
                hint: Text(
                    en: "to forget them all the same, add --yes",
                    es: "para olvidarlos de todos modos, agregar --yes"
                )
            )
        }
        try session.dialogue.say(what)
        return try session.dialogue.confirms(Text(en: "Forget them?", es: "¿Olvidarlos?"))
    }

    private func tell(_ pruned: PrunedHistory, _ isSmaller: Bool, isCommitted: Bool, _ session: Session) throws {
        let count = pruned.changeSets
        if try session.outputFormat.isJSON {
            return try session.print(
                .object([
                    JSONMember("change_sets", .integer(Int64(count))),
                    JSONMember("undoable", .integer(Int64(pruned.undoable))),
                    JSONMember("compacted", .bool(isSmaller)), JSONMember("committed", .bool(isCommitted)),
                ])
            )
        }
        try session.print(
            Text(
                en: "\(count) change \(count == 1 ? "set" : "sets") forgotten",
                es: "\(count) \(count == 1 ? "conjunto de cambios olvidado" : "conjuntos de cambios olvidados")"
            )(in: session.language) + "\n"
        )
        if session.isDryRun { return try session.noteDryRun() }
        if count > 0, !isSmaller {
            try session.note(
                Text(
                    en: "the file is not smaller yet: another process uses it",
                    es: "el archivo aún no se reduce: otro proceso lo usa"
                )
            )
        }
    }
}
