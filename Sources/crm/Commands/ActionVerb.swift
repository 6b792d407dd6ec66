import CLIKit
import CRMKit
import Localization

/// `crm MODULE ACTION`: a verb that one module declares beyond the common ones, such as `crm case close`.
struct ActionVerb {
    private let action: Action
    private let module: Module

    init(_ action: Action, of module: Module) {
        self.action = action
        self.module = module
    }

    /// Announces the command.
    var entry: Subcommand { Subcommand(action.name, summary: action.summary) { command } }

    private var command: Command {
        let noun = module.name.noun
        return Command(
            action.name,
            summary: action.summary,
            discussion: [
                action.discussion,
                Text(
                    en: "It is done to all or to none, and undo takes it back. The records are printed as show does.",
                    es: "Se aplica a todo o a nada, y undo lo deshace. Los registros se imprimen como con show."
                ),
            ] + (action.takesRecords ? [ChoosingOptions.discussion] : []),
            operands: action.takesRecords ? [SharedOperands.references(to: module, .any)] : [],
            options: FieldOptions(action).forAdding + (action.takesRecords ? ChoosingOptions.all(of: module) : [])
                + [WritingOptions.force, WritingOptions.dryRun],
            examples: [
                Example(
                    Text(
                        joining: [Text(ProgramName.placeholder), Text(noun), Text(action.name)]
                            + (action.takesRecords ? ["42"] : []) + ExampleValues(action.inputs).forRequiredFields,
                        with: " "
                    ),
                    Text(en: "With the least it needs", es: "Con lo mínimo que necesita")
                )
            ],
            seeAlso: ["\(noun) edit", "undo"],
            run: { session in
                try ActionRequest(session.invocation, action, of: module).run(action, of: module, in: session)
            }
        )
    }
}

/// What a command line asks of an action.
struct ActionRequest {
    /// The records it is done to; none of an action that makes one.
    let meant: MeantRecords
    /// What is said of its inputs.
    let inputs: [FieldInput]

    init(_ invocation: Invocation, _ action: Action, of module: Module) throws(CRMError) {
        meant =
            action.takesRecords
            ? try MeantRecords(invocation, of: module, verb: action.name) : .named(invocation.operands)
        inputs = FieldOptions(action).inputs(in: invocation)
    }

    func run(_ action: Action, of module: Module, in session: Session) throws {
        switch meant {
        case .named(let references): try run(action, of: module, on: references, in: session)
        case .chosen(let choice):
            let question = Text(en: "\(action.summary.en)?", es: "¿\(action.summary.es)?")
            let write = BulkWrite(choice: choice, module: module, session: session, question: question)
            try write.run { transaction, chosen in
                let mark = try transaction.changeMark()
                try transaction.perform(action, on: chosen, inputs)
                return try transaction.changedCount(of: module, since: mark)
            }
        }
    }

    private func run(_ action: Action, of module: Module, on references: [String], in session: Session) throws {
        let store = try session.openStore(for: .writing)
        let records = try references.map { try store.id(of: $0, in: module) }
        let request = session.writeRequest()
        let ids = try store.write(request) { transaction in
            let ids =
                action.takesRecords
                ? try records.map { try transaction.perform(action, of: module, on: $0, inputs) }
                : [try transaction.perform(action, of: module, on: nil, inputs)]
            try session.report(of: transaction)
            if request.isDryRun { try session.show(ids, of: module, in: store, asList: ids.count > 1) }
            return ids
        }
        if request.isDryRun {
            try session.note(Text(en: "dry run: nothing was saved", es: "simulacro: no se guardó nada"))
        } else {
            try session.showSaved(ids, of: module, in: store)
        }
    }
}
