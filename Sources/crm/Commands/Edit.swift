import CLIKit
import CRMKit
import Formats
import Localization

/// `crm MODULE edit REF…`: changes fields.
enum EditVerb: Verb {
    static let name = "edit"

    static let force = WritingOptions.force.described(
        as: Text(
            en: "Change it where a rule that can be overridden refuses",
            es: "Modificarlo aunque se oponga una regla que admite excepciones"
        ),
        WritingOptions.force.option.discussion
    )

    static func summary(of module: Module) -> Text {
        Text(en: "Change \(module.several.en)", es: "Modificar \(module.several.es)")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Sets the fields given, in every record named, all or nothing; an empty value, as in \
                        --description=, takes the value away. A number with a sign, as in +3 or -2, changes what is stored by \
                        that much, where there is nothing from zero on; = before it, as in =-2, sets it sign and all; \
                        in coordinates a sign is a part of the number. A list is set whole, or changed element by element with \
                        --add-tag and --remove-tag. The records are printed as show does. On a terminal one record without \
                        any field given is asked for them, with what it holds as the offer.
                        """,
                    es: """
                        Define los campos dados en cada registro indicado, todo o nada; un valor vacío, como en \
                        --description=, quita el valor. Un número con signo, como +3 o -2, cambia en esa cantidad lo guardado, \
                        desde cero si no hay nada; = antes, como en =-2, lo define con su signo; en las coordenadas \
                        el signo es parte del número. Una lista se define completa, o se cambia elemento por elemento \
                        con --add-tag y --remove-tag. Los registros se imprimen como con show. En una terminal, de un \
                        solo registro sin campos dados se preguntan estos, con lo que tiene como propuesta.
                        """
                ),
                ChoosingOptions.discussion,
            ] + (isOfOccurrences(module) ? [OccurrenceEdit.discussion] : []),
            operands: [SharedOperands.references(to: module, .any)],
            options: options(of: module) + ChoosingOptions.all(of: module)
                + WritingOptions.noDuplicates(of: module) + [force, WritingOptions.dryRun],
            examples: (isOfOccurrences(module) ? OccurrenceEdit.examples(noun) : []) + [
                Example(
                    "\(ProgramName.placeholder) \(noun) edit 42 --add-tag vip --assigned-to ana",
                    Text(en: "Tag and assign a record", es: "Etiquetar y asignar un registro")
                ),
                Example(
                    "\(ProgramName.placeholder) \(noun) edit --where 'assigned_to = ana' --assigned-to luis --dry-run",
                    Text(en: "See what would pass to somebody else", es: "Ver qué pasaría a otra persona")
                ),
            ],
            seeAlso: ["\(noun) add", "undo"],
            run: { session in
                if isOfOccurrences(module), let edit = OccurrenceEdit(session.invocation) {
                    return try edit.run(module, in: session)
                }
                try edit(module, in: session)
            }
        )
    }

    /// Returns whether records of a module recur, so that a single occurrence can be changed.
    private static func isOfOccurrences(_ module: Module) -> Bool { module.fields.contains(where: \.isRecurrence) }

    private static func options(of module: Module) -> [any OptionDeclaration] {
        let fields = FieldOptions(module).forEditing
        guard isOfOccurrences(module) else { return fields }
        let own = [OccurrenceEdit.occurrence, OccurrenceEdit.following] as [any OptionDeclaration]
        return fields.filter { field in !own.contains { $0.option.long == field.option.long } } + own
    }

    static func edit(_ module: Module, in session: Session) throws {
        let meant = try MeantRecords(session.invocation, of: module, verb: name)
        var inputs = try session.meant(by: FieldOptions(module).inputs(in: session.invocation, isEdit: true))
        inputs += try session.partFiles(of: module.givenParts)
        if inputs.isEmpty, session.canAsk, case .named(let references) = meant, references.count == 1 {
            guard let answers = try askedChanges(of: references[0], of: module, in: session) else { return }
            inputs = answers
        }
        guard !inputs.isEmpty else {
            let remedies = Remedies(session.invocation.path.leaf, on: module, in: session.registry)
            throw CRMError.nothingToChange(
                of: module,
                see: "\(session.program) \(module.name) edit",
                meant: remedies.assignments(among: session.invocation.operands)
            )
        }
        try ReplacedLists.refuseSigns(in: inputs, of: module)
        switch meant {
        case .named(let references): try edit(references, of: module, inputs, in: session)
        case .chosen(let choice):
            try StatedContent.refuse(inputs, of: module)
            if session.canAsk { try ReplacedLists(inputs, of: module).tell(of: choice, in: session) }
            if session.canAsk, !session.isDryRun {
                let store = try session.openStoreToAsk()
                let filters = try choice.filters(of: module, in: store)
                let ids = try store.ids(of: module, where: filters, atMost: mostLookedAt)
                inputs += try session.answers(of: module, ids: ids, inputs: inputs, in: store)
            }
            let write = BulkWrite(
                choice: choice,
                module: module,
                session: session,
                question: Text(en: "Change them?", es: "¿Modificar?"),
                trial: { [inputs] in _ = try $0.edit(module, id: $1, inputs) }
            )
            try write.run { [inputs] transaction, chosen in try transaction.edit(chosen, inputs) }
        }
    }

    /// Asks the user what to change in a record.
    ///
    /// - Returns: `nil` if nothing is to be changed, which is reported.
    private static func askedChanges(
        of reference: String,
        of module: Module,
        in session: Session
    ) throws -> [FieldInput]? {
        let store = try session.openStoreToAsk()
        let picker = RecordPicker(dialogue: session.dialogue, store: store)
        var form = EditForm(try store.id(of: reference, in: module), of: module, picker: picker)
        guard let changes = try form.fill() else {
            try session.note(Text(en: "nothing was saved", es: "no se guardó nada"))
            throw CommandFailure(status: ExitStatus.failed)
        }
        if changes.isEmpty { try session.note(Text(en: "nothing changed", es: "nada cambió")) }
        return changes.isEmpty ? nil : changes
    }

    /// The greatest number of records chosen by a filter that are examined to find the questions to ask the user.
    private static let mostLookedAt = 200

    private static func edit(
        _ references: [String],
        of module: Module,
        _ inputs: [FieldInput],
        in session: Session
    ) throws {
        var inputs = inputs
        let store = try session.openStore(for: .writing)
        let ids = try references.map { try store.id(of: $0, in: module) }.uniqued
        inputs = try StatedContent.changes(inputs, of: ids, of: module, in: store)
        if session.canAsk {
            inputs += try session.answers(of: module, ids: ids, inputs: inputs, in: store)
        }
        let request = session.writeRequest()
        let lists = ReplacedLists(inputs, of: module)
        var losses: [Text] = []
        let changed = try store.write(request) { [inputs] transaction in
            var changed = 0
            for id in ids {
                let former = try lists.elements(of: id, in: store)
                if try transaction.edit(module, id: id, inputs) { changed += 1 }
                losses += try lists.losses(of: id, from: former, in: store)
            }
            try session.report(of: transaction)
            if request.isDryRun { try session.show(ids, of: module, in: store, asList: ids.count > 1) }
            return changed
        }
        for loss in losses { try session.note(loss) }
        try session.finishChange(isChanged: changed > 0, isDryRun: request.isDryRun) {
            try session.showSaved(ids, of: module, in: store)
        }
    }
}

extension Session {
    /// Asks the user for the fields that a change requires.
    fileprivate func answers(
        of module: Module,
        ids: [Int64],
        inputs: [FieldInput],
        in store: Store
    ) throws -> [FieldInput] {
        var fields: [Field] = []
        for id in ids {
            for field in try store.questions(about: inputs, for: id, in: module)
            where !fields.contains(where: { $0.key == field.key }) {
                fields.append(field)
            }
        }
        let dialogue = dialogue
        let picker = RecordPicker(dialogue: dialogue, store: store)
        return try fields.compactMap { field in
            let question = FieldQuestion(field: field, offer: nil, hint: field.type.hint, dialogue: dialogue)
            guard case .text(let text) = try question.ask(picker) else { return nil }
            return FieldInput(field.key, question.change(to: text))
        }
    }

    /// Prints records that were just saved.
    ///
    /// - Parameter isList: whether they are a list; `nil` if several are.
    func showSaved(_ ids: [Int64], of module: Module, in store: Store, asList isList: Bool? = nil) throws {
        try SavedButUnwritten.reporting(ids) { try show(ids, of: module, in: store, asList: isList ?? (ids.count > 1)) }
    }
}
