import CLIKit
import CRMKit
import Localization

/// `crm MODULE merge KEEP REF…`: merges several records into one.
enum MergeVerb: Verb {
    static let name = "merge"

    static let prefer = ListOption<String>(
        "prefer",
        Text(en: "newer|older|FIELD=REF", es: "newer|older|CAMPO=REF"),
        summary: Text(
            en: "Whose values are kept where records differ",
            es: "De quién se conservan los valores donde los registros difieren"
        ),
        discussion: Text(
            en: """
                newer asks the record that was changed last first, older the one that was changed longest ago; \
                FIELD=REF keeps the value that one record has in one field, and MODULE.link.ATTRIBUTE=REF what its links \
                with records of a module say, as product.link.status=57. newer and older hold for what links say too. \
                Without it the record that stays is asked first, then the others as they are named. No value never wins \
                over one.
                """,
            es: """
                newer pregunta primero al registro modificado más recientemente, older al modificado hace más tiempo; \
                CAMPO=REF conserva el valor que un registro tiene en un campo, y MÓDULO.link.ATRIBUTO=REF lo que dicen sus \
                vínculos con registros de un módulo, como product.link.status=57. newer y older valen también para lo que \
                dicen los vínculos. Sin ella se pregunta primero al registro que queda y después a los otros en el orden \
                dado. La falta de valor nunca gana a un valor.
                """
        )
    )
    .synonyms("preferir prefiere")
    static let yes = SharedOptions.yes(
        Text(en: "Only on a terminal is anything asked.", es: "Solo se pregunta en una terminal.")
    )
    static let inputFormat = SharedOptions.inputFormat(
        among: [.csv, .tsv, .json, .jsonl],
        Text(
            en: "Otherwise it is jsonl, as duplicates prints it.",
            es: "Si no, es jsonl, como lo imprime duplicates."
        )
    )

    static func summary(of module: Module) -> Text {
        Text(en: "Merge \(module.several.en)", es: "Fusionar \(module.several.es)")
    }

    static func isListed(for module: Module) -> Bool { module.merging != nil }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        return Command(
            name,
            summary: Text(
                en: "Make several \(module.several.en) one",
                es: "Fusionar \(module.several.es) en \(module.spanish.agreeing("uno", "una"))"
            ),
            discussion: discussion(of: module),
            operands: [
                SharedOperands.references(to: module, .any, name: Text(en: "KEEP REF", es: "QUEDA REF"))
            ],
            options: [prefer, yes, SharedOptions.input, inputFormat]
                + DialectOptions.reading(group: Text(en: "Reading", es: "Lectura")) + [WritingOptions.dryRun],
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) merge 42 57 --dry-run",
                    Text(en: "See what differs and what would be kept", es: "Ver qué difiere y qué se conservaría")
                ),
                Example(
                    "\(ProgramName.placeholder) \(noun) merge 42 57 --prefer newer --prefer description=42",
                    Text(en: "The newer values, but for one field", es: "Los valores más nuevos, salvo en un campo")
                ),
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) \(noun) merge --input pairs.jsonl",
                        es: "\(ProgramName.placeholder) \(noun) merge --input parejas.jsonl"
                    ),
                    Text(en: "Many pairs at once", es: "Muchas parejas a la vez")
                ),
            ],
            seeAlso: ["\(noun) show", "undo"],
            run: { session in try MergeRequest(session.invocation).run(on: module, in: session) }
        )
    }

    private static func discussion(of module: Module) -> [Text] {
        [
            Text(
                en: """
                    The record named first stays. All that hangs on the others hangs on it afterwards: links with their \
                    attributes, rows, records that refer to them; and they go. A field that it lacks comes from them, a \
                    yes and every tag are kept.\(overflow(of: module).en) What else differs is told, and history has it. \
                    On a terminal the differences are shown and it is asked; --dry-run prints them.
                    """,
                es: """
                    El registro nombrado primero queda. Todo lo que depende de los otros depende después de él: vínculos \
                    con sus atributos, filas, registros que se refieren a ellos; y los otros desaparecen. Un campo que le \
                    falta viene de ellos; un sí y todas las etiquetas se conservan.\(overflow(of: module).es) De lo demás \
                    que difiere se avisa, y el historial lo tiene. En una terminal se muestran las diferencias y se \
                    pregunta; --dry-run las imprime.
                    """
            ),
            Text(
                en: """
                    Open links of both to the same record, in the same role, become one: each attribute that only one \
                    has is kept, the earlier beginning (none where one has always held), both notes, and what the other \
                    has otherwise is added to the note, which is told; --prefer decides which of two values is the \
                    other. Of two statuses of a product or service the further one stays, with its own day: a purchase \
                    rather than interest. Links in two roles stay two. References that would lead back to their own \
                    record are left out, which is told. Amounts in different currencies stay together: those of one \
                    record.
                    """,
                es: """
                    Los vínculos abiertos de ambos al mismo registro, con el mismo rol, se unen: se conserva cada atributo \
                    que solo uno tiene, el inicio anterior (ninguno si uno valía desde siempre) y ambas notas, y lo que el \
                    otro tiene distinto se agrega a la nota, con aviso; --prefer decide cuál de los dos valores es el \
                    otro. De dos estados de un inventariable o no inventariable queda el más avanzado, con su propio día: \
                    la compra y no el interés. Los vínculos con dos roles quedan en dos. Las referencias que volverían a su \
                    propio registro se omiten, con aviso. Los importes en monedas distintas no se mezclan: quedan los de \
                    un registro.
                    """
            ),
            Text(
                en: """
                    The id of a record that was merged goes on naming the one that was kept, wherever a reference is \
                    read, with a note. It is one change set; \(ProgramName.placeholder) undo takes it back.
                    """,
                es: """
                    El id de un registro fusionado sigue nombrando al que quedó, dondequiera que se lea una referencia, \
                    con un aviso. Es un solo conjunto de cambios; \(ProgramName.placeholder) undo lo deshace.
                    """
            ),
            Text(
                en: """
                    --input reads pairs, with the record that stays under keep and the other under merge; each row may \
                    stand on those before it. All pairs are merged or, when one is refused, none. Values that only the \
                    history has afterwards are told, by field if they are many. With --dry-run it prints a row for each \
                    pair, with what differs, which --input takes again once it is sifted; --format jsonl has each field, \
                    and --json has the pairs in the object that the run prints.
                    """,
                es: """
                    --input lee parejas, con el registro que queda en keep y el otro en merge; cada fila puede apoyarse \
                    en las anteriores. Se fusionan todas las parejas o, si una se rechaza, ninguna. De los valores que \
                    después solo tiene el historial se avisa, por campo si son muchos. Con --dry-run imprime una fila por \
                    pareja, con lo que difiere, que --input acepta una vez depurada; --format jsonl tiene cada campo, \
                    y --json, las parejas en el objeto que imprime la fusión.
                    """
            ),
        ]
    }

    private static func overflow(of module: Module) -> Text {
        guard let part = module.overflowPart else { return Text("") }
        return Text(
            en: " Another e-mail address, number or web address becomes a \(part.label.en.lowercased()).",
            es: " Otro correo, teléfono o sitio web se vuelve un \(part.label.es.lowercased())."
        )
    }
}

/// The options and operands of `merge` on a command line.
struct MergeRequest {
    let references: [String]
    let preferences: [String]
    let isAgreed: Bool
    /// The file of pairs; `-` for standard input.
    let input: String?
    let inputFormat: InputFormat?
    let dialect: Dialect

    init(_ invocation: Invocation) throws(UsageError) {
        references = invocation.operands
        preferences = invocation[MergeVerb.prefer]
        isAgreed = invocation[MergeVerb.yes]
        input = invocation[SharedOptions.input]
        inputFormat = try invocation[MergeVerb.inputFormat]
        dialect = try Dialect(invocation)
    }

    func run(on module: Module, in session: Session) throws {
        try MergeRun(request: self, module: module, session: session).run()
    }
}

/// A single run of `merge`.
private struct MergeRun {
    let request: MergeRequest
    let module: Module
    let session: Session

    func run() throws {
        if let input = request.input { return try run(input) }
        guard request.references.count > 1 else {
            throw CRMError(
                .usage,
                Text(
                    en: "name the \(module.one.en) that stays and one or more to be merged into it, or give --input",
                    es:
                        "nombrar \(module.spanish.the) que queda y \(module.spanish.agreeing("uno o más", "una o más")) por fusionar, o dar --input"
                ),
                hint: UsageError.seeHelp(of: session.invocation.path.line)
            )
        }
        try session.invocation.refuse(
            DialectOptions.allReading + [MergeVerb.inputFormat],
            for: Text(en: "records that are named here", es: "registros que se nombran aquí"),
            hint: Text(en: "give a file with --input, or leave it out", es: "dar un archivo con --input, u omitirla")
        )
        let store = try session.openStore(for: .writing)
        let preferences = try store.mergePreferences(request.preferences, in: module)
        let (kept, others) = try records(in: store)
        guard !others.isEmpty else {
            try session.note(Text(en: "they are one already", es: "ya son uno"))
            return try session.showSaved([kept], of: module, in: store)
        }
        if session.canAsk, !session.isDryRun, !request.isAgreed {
            let trial = try store.write(session.writeRequest().trial) { transaction in
                try transaction.merge(module, keeping: kept, others, preferences)
            }
            try ask(trial, in: store)
        }
        let report = try store.write(session.writeRequest()) { transaction in
            let report = try transaction.merge(module, keeping: kept, others, preferences)
            try session.report(of: transaction)
            return report
        }
        let output = MergeOutput(report, store: store, session: session)
        if session.isDryRun { try output.print() }
        try session.report(output.notes(isCommitted: !session.isDryRun))
        if !session.isDryRun { try session.showSaved([kept], of: module, in: store) }
    }

    /// Returns the record to keep and the other records, each once. There are no others if they were already merged
    /// into the kept record.
    private func records(in store: Store) throws -> (kept: Int64, others: [Int64]) {
        let named = try request.references.map { try store.idForMerging($0, in: module) }
        let kept = named[0]
        var others: [Int64] = []
        for other in named.dropFirst() {
            if other.id == kept.id {
                guard kept.isFormer || other.isFormer else { throw CRMError(mergingIntoItself: kept.id, of: module) }
            } else if !others.contains(other.id) {
                others.append(other.id)
            }
        }
        return (kept.id, others)
    }

    /// Shows the differences to the user, and asks for confirmation.
    private func ask(_ trial: MergeReport, in store: Store) throws {
        let (dialogue, plan) = (session.dialogue, trial.plan)
        for record in plan.records { try dialogue.say(store.described(record.id, in: module).words()) }
        try MergeOutput(trial, store: store, session: session).show()
        let kept = module.called(plan.records[0].id)
        let question = Text(en: "Merge into \(kept.en)?", es: "¿Fusionar en \(kept.es)?")
        guard try dialogue.confirms(question) else {
            try session.note(Text(en: "nothing was merged", es: "no se fusionó nada"))
            throw CommandFailure(status: ExitStatus.failed)
        }
    }

    // MARK: - Many pairs

    private func run(_ input: String) throws {
        guard request.references.isEmpty else {
            throw CRMError(
                .usage,
                Text(
                    en: "the \(module.several.en) come from the input and cannot be named beside it",
                    es: "\(module.spanish.theSeveral) vienen de la entrada y no pueden nombrarse además"
                )
            )
        }
        let store = try session.openStore(for: .writing)
        let batch = try MergeBatch(module, store.mergePreferences(request.preferences, in: module))
        let format = request.inputFormat ?? InputFormat(fileName: input) ?? .jsonl
        try DialectOptions.refuseIdle(format, request.dialect, in: session.invocation)
        // Nothing has to be rolled back yet if this waits for the other end of a pipe.
        let source = try session.open(input, request.dialect.inputEncoding)
        let merges = PairMerges(batch: batch, source: source, format: format, dialect: request.dialect.csv)
        try session.isDryRun ? merges.list(in: store, session) : merges.run(in: store, session)
    }
}
