import CLIKit
import CRMKit
import Formats
import Localization

/// `crm MODULE delete REF…`: deletes records and, if requested, what depends on them.
enum DeleteVerb: Verb {
    static let name = "delete"

    static let yes = Flag(
        "yes",
        short: "y",
        summary: Text(
            en: "Do not ask, and drop links and references to it",
            es: "No preguntar, y quitar vínculos y referencias a él"
        ),
        discussion: Text(
            en:
                "A record that cannot be without the reference still forbids the deletion, and so does one that belongs to it.",
            es:
                "Un registro que no puede quedar sin la referencia impide aun así eliminarlo, igual que uno que le pertenece."
        )
    ).synonyms("sí")
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
                        Deletes the records named, all or nothing. On a terminal it lists them with what goes with \
                        them, and asks; elsewhere, where something hangs on one, --yes is needed to drop links and \
                        references, --force to delete what belongs to it as well. Records that cannot be without it \
                        forbid it. --dry-run lists the same, then ends as the deletion would. \
                        \(ProgramName.placeholder) undo brings everything back.
                        """,
                    es: """
                        Elimina los registros indicados, todo o nada. En una terminal los lista con lo que se va con \
                        ellos, y pregunta; en otro caso, si algo depende de uno, se necesita --yes para quitar \
                        vínculos y referencias, --force para eliminar también lo que le pertenece. Los registros que \
                        no pueden quedar sin él lo impiden. --dry-run lista lo mismo y termina como lo haría la \
                        eliminación. \(ProgramName.placeholder) undo recupera todo.
                        """
                ),
                Text(
                    en: """
                        With --where the records are not named but chosen: all that pass the filter. They are counted \
                        first; on a terminal they are listed and a question follows, elsewhere --yes or --force is \
                        needed. --dry-run prints them as list does.
                        """,
                    es: """
                        Con --where los registros no se nombran sino que se eligen: todos los que cumplen el filtro. \
                        Primero se cuentan; en una terminal se listan y sigue una pregunta, fuera de ella hace falta \
                        --yes o --force. --dry-run los imprime como list.
                        """
                ),
            ],
            operands: [SharedOperands.references(to: module, .any)],
            options: ChoosingOptions.filtering(module) + [yes, force, WritingOptions.dryRun],
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) delete 42 --dry-run",
                    Text(en: "See what would go", es: "Ver qué se eliminaría")
                ),
                Example(
                    "\(ProgramName.placeholder) \(noun) delete --where 'updated_at < -5y' --dry-run",
                    Text(en: "See what nobody has touched for years", es: "Ver lo que nadie ha tocado en años")
                ),
            ],
            seeAlso: ["undo"],
            run: { session in try DeleteRequest(session.invocation, of: module).run(on: module, in: session) }
        )
    }
}

/// The options and operands of `delete` on a command line.
struct DeleteRequest: Equatable {
    let meant: MeantRecords
    /// Whether links and references to the records may be removed.
    let dropsLinks: Bool
    /// Whether records that belong to them may be deleted.
    let deletesOwned: Bool

    init(_ invocation: Invocation, of module: Module) throws(CRMError) {
        meant = try MeantRecords(invocation, of: module, verb: DeleteVerb.name)
        dropsLinks = invocation[DeleteVerb.yes]
        deletesOwned = invocation[DeleteVerb.force]
    }

    private var given: DeletionReach { deletesOwned ? .owned : dropsLinks ? .links : .alone }

    func run(on module: Module, in session: Session) throws {
        switch meant {
        case .named(let references): try delete(references, of: module, in: session)
        case .chosen(let choice): try BulkDeletion(choice, of: module, given, session).run()
        }
    }

    private func delete(_ references: [String], of module: Module, in session: Session) throws {
        let store = try session.openStore(for: .writing)
        let ids = try references.map { try store.id(of: $0, in: module) }.uniqued
        // The loss is only computed if it is shown.
        let loss =
            try session.isDryRun || session.canAsk && given == .alone
            ? Loss(ids: ids, module: module, store: store, dependents: store.dependents(of: ids, in: module)) : nil
        let reach = try reach(given, losing: loss, session)
        let more = session.canAsk ? [] : try loss?.more ?? []
        try session.deleting {
            try store.write(session.writeRequest()) { transaction in
                for id in ids { try transaction.delete(module, id: id, reach: reach) }
            }
        } tellingLoss: {
            try session.report(more)
        }
        try session.tellOutcome { try session.tellDeleted(ids, of: module, isCommitted: $0) }
    }

    /// Returns the reach of the deletion: the one that the options allow, or the one that the user at the terminal
    /// agrees to after seeing what would be deleted.
    private func reach(_ given: DeletionReach, losing loss: Loss?, _ session: Session) throws -> DeletionReach {
        guard session.canAsk, let loss else { return given }
        let dependents = loss.dependents
        // Records that prevent the deletion are reported by its error.
        guard dependents.requiring.isEmpty else { return given }
        try session.tryDeletion(in: loss.store) { transaction in
            for id in loss.ids { try transaction.delete(loss.module, id: id, reach: max(given, dependents.reach)) }
        }
        let dialogue = session.dialogue
        for line in try loss.lines { try dialogue.say(line) }
        guard try session.isDryRun || dialogue.confirms(loss.question) else {
            try session.note(Text(en: "nothing was deleted", es: "no se eliminó nada"))
            throw CommandFailure(status: ExitStatus.failed)
        }
        if given > .alone { return given }
        return dependents.reach
    }
}

/// The rows that a deletion removes, described for people.
private struct Loss {
    let ids: [Int64]
    let module: Module
    let store: Store
    let dependents: Dependents

    /// The lines, if more than the named records would be deleted; none otherwise.
    var more: [Text] {
        get throws { dependents.isEmpty && dependents.parts.isEmpty ? [] : try lines }
    }

    /// The names of the records, then what is deleted with them.
    var lines: [Text] {
        get throws {
            let records = DoomedRecords(module: module, store: store, ids: ids, count: ids.count)
            return try records.lines + dependents.ownLines + dependents.lines
        }
    }

    var question: Text {
        let noun = module.spanish
        let (en, es) =
            ids.count == 1
            ? ("Delete it", noun.agreeing("Eliminarlo", "Eliminarla"))
            : ("Delete them", noun.agreeing("Eliminarlos", "Eliminarlas"))
        return dependents.isEmpty
            ? Text(en: "\(en)?", es: "¿\(es)?") : Text(en: "\(en) all the same?", es: "¿\(es) de todos modos?")
    }
}

extension Session {
    /// Deletes, and reports what is removed with the records. It is also reported if the deletion lacks the option for
    /// it, so that the user sees what the option is for. Any other error is thrown without this report.
    func deleting<Result>(_ delete: () throws -> Result, tellingLoss tell: () throws -> Void) throws -> Result {
        let result: Result
        do {
            result = try delete()
        } catch let error as CRMError where error.code == .usage {
            try tell()
            throw error
        }
        try tell()
        return result
    }

    /// Deletes and rolls back, so that a refusal is reported before the user is asked anything.
    func tryDeletion(in store: Store, _ delete: (Transaction) throws -> Void) throws {
        try store.write(writeRequest().trial, delete)
    }

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
        let isOne = ids.count == 1
        let en = isOne ? "\(module.one.en) \(list)" : "\(ids.count) \(module.several.en)"
        let es = isOne ? "\(module.spanish.the) \(list)" : "\(ids.count) \(module.several.es)"
        let rest = isOne ? "" : ": \(list)"
        try note(
            isDryRun
                ? Text(
                    en: "dry run: \(en) would be deleted\(rest)",
                    es: "simulacro: \(isOne ? "se eliminaría" : "se eliminarían") \(es)\(rest)"
                )
                : Text(en: "deleted \(en)\(rest)", es: "\(isOne ? "se eliminó" : "se eliminaron") \(es)\(rest)")
        )
    }
}
