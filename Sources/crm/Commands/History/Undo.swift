import CLIKit
import CRMKit
import Formats
import Localization

/// `crm undo [ID]`: undoes a change set.
enum UndoCommand: ProgramCommand {
    static let name = "undo"
    static let summary = Text(en: "Take back what a command did", es: "Deshacer lo que hizo un comando")

    static let force = WritingOptions.force.described(
        as: Text(
            en: "Without ID, take another person's change back as well",
            es: "Sin ID, deshacer también el cambio de otra persona"
        ),
        Text(
            en: "With ID nobody is asked whose the change was.",
            es: "Con ID no importa de quién sea el cambio."
        )
    )

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        Takes a change set back whole, bulk ones too: what it made goes, what it deleted comes \
                        back under its old id, what it changed is as it was. Where later changes stand on it, \
                        nothing is done and they are listed. Without ID it takes the newest back that still \
                        stands, if it is one's own; since that need not be the command one thinks of, it shows it \
                        and asks on a terminal, and elsewhere says on standard error what it was, with --quiet too. \
                        An undo is a change set itself and can be undone.
                        """,
                    es: """
                        Deshace entero un conjunto de cambios, también los masivos: lo que creó desaparece, lo \
                        que eliminó vuelve con su id anterior, lo que cambió queda como estaba. Si hay cambios \
                        posteriores sobre él, no hace nada y los lista. Sin ID deshace el más nuevo que siga en \
                        pie, si es propio; como puede no ser el comando en que se piensa, en una terminal lo \
                        muestra y pregunta, y en otro caso dice por la salida de errores cuál era, también con \
                        --quiet. Deshacer es a su vez un conjunto de cambios y puede deshacerse.
                        """
                )
            ],
            operands: [
                Operand(
                    "ID",
                    .optional,
                    summary: Text(
                        en: "the number of a change set, as \(ProgramName.placeholder) log shows it",
                        es: "el número de un conjunto de cambios, como lo muestra \(ProgramName.placeholder) log"
                    ),
                    completion: .found(.changeSet)
                )
            ],
            options: [force, WritingOptions.dryRun],
            examples: [
                Example(
                    "\(ProgramName.placeholder) undo",
                    Text(en: "Take one's last command back", es: "Deshacer el último comando propio")
                ),
                Example(
                    "\(ProgramName.placeholder) undo 12 --dry-run",
                    Text(en: "See whether it can be", es: "Ver si es posible")
                ),
            ],
            seeAlso: ["log"],
            synonyms: ["deshaz", "revertir", "revierte", "revert", "redo", "rehacer"],
            run: { session in try UndoRequest(session.invocation, program: session.program).run(in: session) }
        )
    }
}

/// The options and operands of `undo` on a command line.
struct UndoRequest: Equatable {
    /// The change set to undo; `nil` for the newest that is not undone.
    let changeSet: Int64?

    /// - Parameter program: the program's name, for the hint.
    /// - Throws: ``CRMError`` `usage` for text that is not the number of a change set.
    init(_ invocation: Invocation, program: String) throws(CRMError) {
        guard let text = invocation.operands.first else {
            changeSet = nil
            return
        }
        guard let id = Int64(text), id > 0 else {
            throw CRMError(
                .usage,
                Text(
                    en: "\"\(text)\" is not the number of a change set",
                    es: "«\(text)» no es el número de un conjunto de cambios"
                ),
                hint: Text(en: "see them with: \(program) log", es: "verlos con: \(program) log")
            )
        }
        changeSet = id
    }

    func run(in session: Session) throws {
        let store = try session.openStore(for: .writing)
        let request = session.writeRequest()
        let chosen = changeSet == nil && session.canAsk ? try session.confirmedChangeSet(in: store, request) : nil
        let report = try store.undo(changeSet ?? chosen, request)
        if changeSet == nil, chosen == nil { try session.tellUndone(report.undone) }
        try session.report(report.notices)
        try session.tellOutcome([report.changeSet.id]) { try session.print(report, isCommitted: $0) }
    }
}

extension Session {
    /// Shows the user the change set that an undo without an id would undo, and asks for confirmation.
    fileprivate func confirmedChangeSet(in store: Store, _ request: WriteRequest) throws -> Int64 {
        let changeSet = try store.changeSetToUndo(request)
        let dialogue = dialogue
        let words = try described(changeSet)
        try dialogue.say(Text(en: "change set \(words)", es: "conjunto de cambios \(words)"))
        for line in summary(of: changeSet) { try dialogue.say(line) }
        if isDryRun { return changeSet.id }
        guard try dialogue.confirms(Text(en: "Take it back?", es: "¿Deshacerlo?")) else {
            try note(Text(en: "nothing was undone", es: "no se deshizo nada"))
            throw CommandFailure(status: ExitStatus.failed)
        }
        return changeSet.id
    }

    /// Informs the user which change set was undone if none was named, since it need not be the expected one. This is
    /// reported even if other messages are suppressed.
    fileprivate func tellUndone(_ changeSet: ChangeSet) throws {
        let words = try described(changeSet)
        try tell(
            isDryRun
                ? Text(en: "would take back change set \(words)", es: "se desharía el conjunto de cambios \(words)")
                : Text(en: "took back change set \(words)", es: "se deshizo el conjunto de cambios \(words)")
        )
    }

    private func described(_ changeSet: ChangeSet) throws -> String {
        "\(changeSet.id), \(try clock().localTime(ofStored: changeSet.at)), \(changeSet.who): \(changeSet.command)"
    }

    /// Returns the counts of a change set, one line for each module.
    private func summary(of changeSet: ChangeSet) -> [String] {
        changeSet.counts.map { "  \($0.summary(by: registry, in: language))" }
            + (changeSet.changesSettings ? ["  " + Text(en: "settings", es: "ajustes")(in: language)] : [])
    }

    fileprivate func print(_ report: UndoReport, isCommitted: Bool) throws {
        guard try !outputFormat.isJSON else {
            return try print(
                .object([
                    JSONMember("undone", .integer(report.undone.id)),
                    JSONMember("change_set", isCommitted ? .integer(report.changeSet.id) : .null),
                    JSONMember("counts", LogJSON.counts(of: report.changeSet)),
                    JSONMember("committed", .bool(isCommitted)),
                ])
            )
        }
        let undone = report.undone
        var lines = [
            isCommitted
                ? Text(
                    en: "undid change set \(undone.id): \(undone.command)",
                    es: "se deshizo el conjunto de cambios \(undone.id): \(undone.command)"
                )(in: language)
                : Text(
                    en: "would undo change set \(undone.id): \(undone.command)",
                    es: "se desharía el conjunto de cambios \(undone.id): \(undone.command)"
                )(in: language)
        ]
        lines += summary(of: report.changeSet)
        try print(lines.map { Sanitizer.visible($0) + "\n" }.joined())
        try note(
            isCommitted
                ? Text(
                    en: "to redo it: \(program) undo \(report.changeSet.id)",
                    es: "para rehacerlo: \(program) undo \(report.changeSet.id)"
                )
                : Text(en: "dry run: nothing was saved", es: "simulacro: no se guardó nada")
        )
    }
}

extension ChangeSet.Counts {
    /// Returns the counts of a module's records in words.
    func summary(by registry: Registry, in language: Language) -> String {
        let parts = byKind.filter { $0.count > 0 }.map {
            "\($0.count) \(words(for: $0.kind, of: registry[module], count: $0.count)(in: language))"
        }
        return "\(registry[module].several(in: language)): \(parts.joined(separator: ", "))"
    }

    /// Returns the words that follow a number of records, or of their links or rows.
    private func words(for kind: LogEvent.Kind, of module: Module, count: Int) -> Text {
        func records(_ en: String, _ stem: String) -> Text { .participle(en, stem, count, of: module) }
        switch kind {
        case .created: return records("created", "cread")
        case .updated: return records("changed", "cambiad")
        case .deleted: return records("deleted", "eliminad")
        case .restored: return records("brought back", "recuperad")
        case .erased: return records("erased", "suprimid")
        case .linked: return records("linked", "vinculad")
        case .unlinked: return records("unlinked", "desvinculad")
        case .linkChanged:
            return .counting(
                count,
                en: ("link changed", "links changed"),
                es: ("vínculo cambiado", "vínculos cambiados")
            )
        case .partAdded:
            return .counting(count, en: ("part added", "parts added"), es: ("parte agregada", "partes agregadas"))
        case .partChanged:
            return .counting(
                count,
                en: ("part changed", "parts changed"),
                es: ("parte modificada", "partes modificadas")
            )
        case .partRemoved:
            return .counting(count, en: ("part removed", "parts removed"), es: ("parte quitada", "partes quitadas"))
        }
    }
}
