import CLIKit
import CRMKit
import Formats
import Localization

/// `crm MODULE delete REF…`: deletes records, with what hangs on them where that is asked for.
enum DeleteVerb: Verb {
    static let name = "delete"

    static let yes = Flag(
        "yes",
        short: "y",
        summary: Text(en: "Drop links and references to it", es: "Quitar vínculos y referencias a él"),
        discussion: Text(
            en:
                "A record that cannot be without the reference still forbids the deletion, and so does one that belongs to it.",
            es:
                "Un registro que no puede quedar sin la referencia impide aun así eliminarlo, igual que uno que le pertenece."
        ),
        synonyms: "sí"
    )
    static let force = WritingOptions.force.described(
        as: Text(en: "Delete what belongs to it as well", es: "Eliminar también lo que le pertenece"),
        Text(
            en:
                "It goes as far as --yes and takes along the records that have no life without it, such as the addresses of a contact.",
            es:
                "Llega hasta donde --yes y se lleva los registros que no existen sin él, como las direcciones de un contacto."
        )
    )

    static func summary(of module: Module) -> Text {
        Text(en: "Delete \(module.several.en)", es: "Eliminar \(module.several.es)")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Deletes the records named, all or nothing. Where something hangs on one, says what, and \
                        on a terminal asks; elsewhere --yes is needed to drop links and references, --force to \
                        delete what belongs to it as well. Records that cannot be without it forbid it. \
                        \(ProgramName.placeholder) undo brings everything back.
                        """,
                    es: """
                        Elimina los registros indicados, todo o nada. Si algo depende de uno, dice qué, y en una \
                        terminal pregunta; en otro caso se necesita --yes para quitar vínculos y referencias, \
                        --force para eliminar también lo que le pertenece. Los registros que no pueden quedar \
                        sin él lo impiden. \(ProgramName.placeholder) undo recupera todo.
                        """
                )
            ],
            operands: [SharedOperands.references(to: module)],
            options: [yes, force, WritingOptions.dryRun],
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) delete 42 --dry-run",
                    Text(en: "See what would go", es: "Ver qué se eliminaría")
                )
            ],
            seeAlso: ["undo"],
            synonyms: VerbSynonyms.delete,
            run: { session in try DeleteRequest(session.invocation).run(on: module, in: session) }
        )
    }
}

/// What a command line asks of `delete`.
struct DeleteRequest: Equatable {
    let references: [String]
    /// Whether links and references to the records may go.
    let dropsLinks: Bool
    /// Whether what belongs to the records may go.
    let deletesOwned: Bool

    init(_ invocation: Invocation) {
        references = invocation.operands
        dropsLinks = invocation[DeleteVerb.yes]
        deletesOwned = invocation[DeleteVerb.force]
    }

    func run(on module: Module, in session: Session) throws {
        let store = try session.openStore(for: .writing)
        let ids = try references.map { try store.id(of: $0, in: module) }.uniqued
        let reach = try reach(of: ids, in: module, store: store, session)
        let losses = session.isDryRun && !session.canAsk ? try losses(of: ids, in: module, store: store) : []
        try store.write(session.writeRequest()) { transaction in
            for id in ids { try transaction.delete(module, id: id, reach: reach) }
        }
        try session.report(losses)
        try session.tellOutcome { try session.tellDeleted(ids, of: module, isCommitted: $0) }
    }

    /// What hangs on records, and would go with them.
    private func losses(of ids: [Int64], in module: Module, store: Store) throws -> [Text] {
        try ids.flatMap { id in
            let called = module.called(id)
            return try store.dependents(of: id, in: module).lines.map { line in
                Text(en: "\(called.en): \(line.en)", es: "\(called.es): \(line.es)")
            }
        }
    }

    /// How far a deletion may go: what the options allow, or a person at the terminal.
    private func reach(of ids: [Int64], in module: Module, store: Store, _ session: Session) throws -> DeletionReach {
        if deletesOwned { return .owned }
        if dropsLinks { return .links }
        guard session.canAsk else { return .alone }
        var reach = DeletionReach.alone
        for id in ids {
            let dependents = try store.dependents(of: id, in: module)
            guard !dependents.isEmpty, dependents.requiring.isEmpty else { continue }
            let dialogue = session.dialogue
            try dialogue.say(Text(en: "On \(module.called(id).en) hang:", es: "Dependen \(module.ofCalled(id).es):"))
            for line in dependents.lines { try dialogue.say("  " + line(in: session.language)) }
            let question = Text(
                en: "Delete it all the same?",
                es: "¿\(module.spanish.agreeing("Eliminarlo", "Eliminarla")) de todos modos?"
            )
            guard try session.isDryRun || dialogue.confirms(question) else {
                try session.note(Text(en: "nothing was deleted", es: "no se eliminó nada"))
                throw CommandFailure(status: ExitStatus.failed)
            }
            reach = max(reach, dependents.owned.isEmpty ? .links : .owned)
        }
        return reach
    }
}

extension Session {
    fileprivate func tellDeleted(_ ids: [Int64], of module: Module, isCommitted: Bool) throws {
        if try outputFormat.isJSON {
            try print(
                .object([
                    JSONMember("deleted", .array(ids.map { .number(JSONNumber($0)) })),
                    JSONMember("committed", .bool(isCommitted)),
                ])
            )
            return
        }
        let list = ids.map(String.init).joined(separator: ", ")
        let count = ids.count
        let (en, es) =
            count == 1
            ? ("\(module.one.en) \(list)", "\(module.spanish.the) \(list)")
            : ("\(count) \(module.several.en): \(list)", "\(count) \(module.several.es): \(list)")
        try note(
            isCommitted
                ? Text(en: "deleted \(en)", es: "\(count == 1 ? "se eliminó" : "se eliminaron") \(es)")
                : Text(
                    en: "dry run: would delete \(en)",
                    es: "simulacro: \(count == 1 ? "se eliminaría" : "se eliminarían") \(es)"
                )
        )
    }
}

extension [Int64] {
    /// Every number once, in the order given.
    fileprivate var uniqued: [Int64] {
        var seen: Set<Int64> = []
        return filter { seen.insert($0).inserted }
    }
}
