import CLIKit
import CRMKit
import Localization

/// `crm MODULE ACTION`: a verb that a single module defines besides the common ones, such as `crm case close`.
struct ActionVerb {
    private let action: Action
    private let module: Module
    /// The module of the records that the action creates; `nil` if it creates none.
    private let made: Module?

    init(_ action: Action, of module: Module, in registry: Registry) {
        self.action = action
        self.module = module
        made = action.derivedModule.map { registry[$0] }
    }

    /// The entry of the command.
    var entry: Subcommand { Subcommand(action.name, summary: action.summary) { command } }

    private var command: Command {
        let noun = module.name.noun
        return Command(
            action.name,
            summary: action.summary,
            discussion: [
                action.discussion, outcome,
                made == nil ? ChoosingOptions.discussionOfDoing : ChoosingOptions.discussionOfMaking,
            ],
            operands: [SharedOperands.references(to: module, .any)],
            options: FieldOptions(action, making: made).forAdding + ChoosingOptions.all(of: module) + [
                WritingOptions.force, WritingOptions.dryRun,
            ],
            examples: examples,
            seeAlso: ["\(made?.name.noun ?? noun) edit", "undo"],
            synonyms: action.synonyms,
            run: { session in
                try ActionRequest(session.invocation, action, of: module, making: made)
                    .run(action, of: module, in: session)
            }
        )
    }

    private var outcome: Text {
        guard let made else {
            return Text(
                en: "It is done to all or to none, and undo takes it back. The records are printed as show does.",
                es: "Se aplica a todo o a nada, y undo lo deshace. Los registros se imprimen como con show."
            )
        }
        return Text(
            en: """
                It is done to all or to none, and undo takes it back. What is made is printed as \(made.name.noun) show does; \
                its fields can be given, and count before what is taken over.
                """,
            es: """
                Se aplica a todo o a nada, y undo lo deshace. Lo creado se imprime como con \(made.name.noun) show; sus \
                campos pueden darse, y valen antes que lo que se toma del registro.
                """
        )
    }

    private var examples: [Example] {
        let lead = Text("\(ProgramName.placeholder) \(module.name.noun) \(action.name)")
        guard action.examples.isEmpty else {
            return action.examples.map { Example(Text(joining: [lead, $0.options], with: " "), $0.meaning) }
        }
        return [
            Example(
                Text(
                    joining: [lead, "42"] + ExampleValues(action.inputs).forRequiredFields,
                    with: " "
                ),
                Text(en: "With the least it needs", es: "Con lo mínimo que necesita")
            )
        ]
    }
}

/// The options and operands of an action's command line.
struct ActionRequest {
    /// The records to which the action applies.
    let meant: MeantRecords
    /// The inputs of the action, and the fields of the record that it creates.
    let inputs: [FieldInput]
    /// The module of the records that the action creates; `nil` if it creates none.
    private let made: Module?

    init(
        _ invocation: Invocation,
        _ action: Action,
        of module: Module,
        making made: Module? = nil
    ) throws(CRMError) {
        meant = try MeantRecords(invocation, of: module, verb: action.name)
        inputs = try FieldOptions(action, making: made).inputs(in: invocation)
        self.made = made
    }

    func run(_ action: Action, of module: Module, in session: Session) throws {
        switch meant {
        case .named(let references):
            let store = try session.openStore(for: .writing)
            let records = try references.map { try store.id(of: $0, in: module) }.uniqued
            try run(action, of: module, in: store, session, asList: records.count > 1) { records }
        case .chosen(let choice):
            let question = Text(en: "\(action.summary.en)?", es: "¿\(action.summary.es)?")
            var write = BulkWrite(choice: choice, module: module, session: session, question: question)
            guard made == nil else {
                let store = try session.openStore(for: .writing)
                let filters = try write.confirmed(in: store)
                return try run(action, of: module, in: store, session, asList: true) {
                    try filters.map { try store.ids(of: module, where: $0) } ?? []
                }
            }
            let inputs = try session.meant(by: inputs)
            write.trial = { _ = try $0.perform(action, of: module, on: $1, inputs) }
            try write.run { transaction, chosen in try transaction.perform(action, on: chosen, inputs) }
        }
    }

    /// Performs the action on some records, and prints them, or what is made from them.
    ///
    /// - Parameters:
    ///   - isList: whether JSON is an array however many records there are.
    ///   - records: finds the records, within the transaction.
    private func run(
        _ action: Action,
        of module: Module,
        in store: Store,
        _ session: Session,
        asList isList: Bool,
        on records: () throws -> [Int64]
    ) throws {
        var inputs = try session.meant(by: inputs) + session.partFiles(of: action.parts)
        inputs += try answers(for: action, in: store, session)
        let shown = made ?? module
        let request = session.writeRequest()
        let ids = try store.write(request) { [inputs] transaction in
            let inputs = try inputs.map { try withRecord(of: $0, for: action, in: transaction) }
            let mark = request.isDryRun ? try transaction.changeMark() : nil
            let ids = try records().map { try transaction.perform(action, of: module, on: $0, inputs) }
            try session.report(of: transaction)
            if let mark {
                try session.noteChanges(since: mark, of: module, in: transaction)
                try session.show(ids, of: shown, in: store, asList: isList)
            }
            return ids
        }
        if request.isDryRun {
            try session.noteDryRun()
        } else {
            try session.showSaved(ids, of: shown, in: store, asList: isList)
        }
    }

    /// Asks for what the action needs and was not given, where somebody can be asked.
    private func answers(for action: Action, in store: Store, _ session: Session) throws -> [FieldInput] {
        guard session.canAsk else { return [] }
        let dialogue = session.dialogue
        let picker = RecordPicker(dialogue: dialogue, store: store)
        let missing = action.inputs.filter { field in
            field.isRequired && !field.hasDefault && !inputs.contains { $0.field == field.key }
        }
        return try missing.map { field in
            let question = FieldQuestion(field: field, offer: nil, hint: field.type.hint, dialogue: dialogue)
            while true {
                switch try question.ask(picker) {
                case .text(let words): return FieldInput(field.key, question.change(to: words))
                case .making(let inputs): return FieldInput(field.key, .making(inputs))
                case .offered, .cleared, .none:
                    try dialogue.say(Text(en: "This field is required.", es: "Este campo es obligatorio."))
                }
            }
        }
    }

    /// Returns an input of the action with the id of the record that an answer makes, once it is made.
    private func withRecord(
        of input: FieldInput,
        for action: Action,
        in transaction: Transaction
    ) throws -> FieldInput {
        guard case .making(let inputs) = input.change,
            let target = action.inputs.first(where: { $0.key == input.field })?.type.target
        else { return input }
        let id = try transaction.add(transaction.store.registry[target], inputs)
        return FieldInput(input.field, .set("\(id)"))
    }
}
