import CLIKit
import CRMKit
import Formats
import Localization

/// `crm choice add|edit|retire|move|list`: manages the choices of a field, built-in or custom.
enum ChoiceCommand: ProgramCommand {
    static let name = "choice"
    static let summary = Text(en: "Add and change choices", es: "Agregar y cambiar opciones")

    static let probability = ValueOption<String>(
        "probability",
        Placeholder.percent,
        summary: Text(
            en: "What a new opportunity in this stage gets",
            es: "Lo que recibe una oportunidad nueva en esta etapa"
        ),
        discussion: Text(
            en: "Whole percent, for the stages of opportunities alone; an empty one takes it away.",
            es: "Porcentaje entero, solo para las etapas de oportunidades; uno vacío la quita."
        )
    )
    .synonyms("probabilidad")
    static let retired = Switch(
        "retired",
        summary: Text(en: "Offered no longer", es: "Ya no se ofrece"),
        discussion: Text(
            en: "--no-retired offers a retired one again.",
            es: "--no-retired vuelve a ofrecer una retirada."
        )
    )
    static let first = Flag(
        "first",
        summary: Text(en: "Before all others", es: "Antes que todas"),
        discussion: Text(
            en: "One of --first, --before and --after is needed.",
            es: "Se necesita una de --first, --before y --after."
        )
    )
    .synonyms("primero")
    static let before = ValueOption<String>(
        "before",
        Placeholder.choice,
        summary: Text(en: "Right before this one", es: "Justo antes de esta"),
        discussion: Text(en: "By its key or a label.", es: "Por su clave o una etiqueta.")
    )
    .synonyms("antes")
    static let after = ValueOption<String>(
        "after",
        Placeholder.choice,
        summary: Text(en: "Right after this one", es: "Justo después de esta"),
        discussion: Text(en: "By its key or a label.", es: "Por su clave o una etiqueta.")
    )
    .synonyms("después")

    static func command(in registry: Registry) -> Command {
        ChoiceGrammar(registry: registry).command
    }
}

/// The grammar of `choice` and its subcommands.
private struct ChoiceGrammar {
    let registry: Registry

    var command: Command {
        Command(
            ChoiceCommand.name,
            summary: ChoiceCommand.summary,
            discussion: [
                Text(
                    en: """
                        Every choice has a key, which is stored and never changes, and a label in each language. \
                        Labels, order and what is offered can be changed for the program's own choices too. A choice \
                        is never deleted while records have it: a retired one stays where it is, filters know it, \
                        and nothing offers it.
                        """,
                    es: """
                        Cada opción tiene una clave, que se guarda y no cambia nunca, y una etiqueta en cada idioma. \
                        Las etiquetas, el orden y lo que se ofrece pueden cambiarse también en las opciones del \
                        programa. Una opción no se elimina mientras la tenga algún registro: una retirada se conserva \
                        donde está, los filtros la conocen y nada la ofrece.
                        """
                ),
                Text(
                    en: """
                        FIELD is a module and a field, case.category; of links, project.link.role or \
                        project.contact.role; of a part, contact.point.kind.
                        """,
                    es: """
                        CAMPO es un módulo y un campo, case.category; de vínculos, project.link.role o \
                        project.contact.role; de una parte, contact.point.kind.
                        """
                ),
            ],
            examples: [
                Example(
                    "\(ProgramName.placeholder) choice add case.category garantía --en Warranty --es Garantía",
                    Text(en: "One more category of cases", es: "Una categoría más de casos")
                ),
                Example(
                    "\(ProgramName.placeholder) choice add opportunity.stage piloto --en Pilot --probability 55",
                    Text(en: "A stage with its probability", es: "Una etapa con su probabilidad")
                ),
                Example(
                    "\(ProgramName.placeholder) choice add project.contact.role auditor --en Auditor --es Auditoría",
                    Text(
                        en: "A role that contacts can have in projects",
                        es: "Un rol que los contactos pueden tener en proyectos"
                    )
                ),
            ],
            seeAlso: ["field"],
            subcommands: [add, edit, retire, move, list],
            synonyms: ["opción"]
        )
    }

    private var add: Subcommand {
        entry(
            "add",
            Text(en: "Add a choice to a field", es: "Agregar una opción a un campo"),
            Text(
                en: "The key is CHOICE without accents, blanks and capitals; the labels are CHOICE unless given.",
                es: "La clave es OPCIÓN sin acentos, espacios ni mayúsculas; las etiquetas son OPCIÓN si no se indican."
            ),
            [FieldCommand.english, FieldCommand.spanish, ChoiceCommand.probability, WritingOptions.create]
        ) { transaction, word, field, invocation in
            try transaction.addChoice(word, to: field, ChoiceRequest(invocation))
        }
    }

    private var edit: Subcommand {
        entry(
            "edit",
            Text(en: "Change a choice", es: "Cambiar una opción"),
            Text(en: "Its key stays.", es: "Su clave no cambia."),
            [FieldCommand.english, FieldCommand.spanish, ChoiceCommand.probability, ChoiceCommand.retired]
        ) { transaction, word, field, invocation in
            _ = try transaction.editChoice(word, of: field, ChoiceRequest(invocation))
        }
    }

    private var retire: Subcommand {
        entry(
            "retire",
            Text(en: "Offer a choice no longer", es: "Dejar de ofrecer una opción"),
            Text(
                en: "It stays in the records that have it. choice edit --no-retired offers it again.",
                es: "Se conserva en los registros que la tienen. choice edit --no-retired la vuelve a ofrecer."
            ),
            [],
            synonyms: ["hide", "retirar", "ocultar"]
        ) { transaction, word, field, _ in
            var request = ChoiceRequest()
            request.isRetired = true
            _ = try transaction.editChoice(word, of: field, request)
        }
    }

    private var move: Subcommand {
        entry(
            "move",
            Text(en: "Move a choice among the others", es: "Mover una opción entre las demás"),
            Text(
                en: "The order is that of forms, completion and sorting.",
                es: "El orden es el de los formularios, el autocompletado y la ordenación."
            ),
            [ChoiceCommand.first, ChoiceCommand.before, ChoiceCommand.after]
        ) { transaction, word, field, invocation in
            _ = try transaction.moveChoice(word, of: field, to: ChoicePlace(invocation))
        }
    }

    private var list: Subcommand {
        Subcommand(
            "list",
            Text(en: "List the choices of a field", es: "Listar las opciones de un campo"),
            Text(
                en: "In their order, the program's own and the retired ones too.",
                es: "En su orden, también las del programa y las retiradas."
            ),
            operands: [field],
            hasIDs: false
        ) { session in
            let field = try ChoiceField(name: session.invocation.operands[0])
            try session.print(session.openStore(for: .reading).choices(of: field))
        }
    }

    private func entry(
        _ name: String,
        _ summary: Text,
        _ discussion: Text,
        _ options: [any OptionDeclaration],
        synonyms: @autoclosure @escaping @Sendable () -> [String] = [],
        change: @escaping @Sendable (Transaction, _ word: String, ChoiceField, Invocation) throws -> Void
    ) -> Subcommand {
        Subcommand(
            name,
            summary,
            discussion,
            operands: [field, choice(isNew: name == "add")],
            options: options + [WritingOptions.dryRun],
            synonyms: synonyms()
        ) { session in
            let operands = session.invocation.operands
            let field = try ChoiceField(name: operands[0])
            try session.change { transaction in
                try change(transaction, operands[1], field, session.invocation)
                return try transaction.store.choices(of: field)
            } showing: { choices in
                try session.print(choices)
            }
        }
    }

    private var field: Operand {
        let names = registry.names.flatMap { registry.choiceFields(of: $0) }.map { ($0.field.name, $0.label) }
        return Operand(
            Placeholder.choiceField,
            .one,
            summary: Text(
                en: "a field with choices, such as case.category",
                es: "un campo de opciones, como case.category"
            ),
            completion: .words(names)
        )
    }

    /// - Parameter isNew: whether the choice does not exist yet.
    private func choice(isNew: Bool) -> Operand {
        Operand(
            Placeholder.choice,
            .one,
            summary: Text(en: "its key or a label", es: "su clave o una etiqueta"),
            completion: isNew ? .none : .found(.choice)
        )
    }
}

extension ChoiceRequest {
    /// Reads the options of a command line.
    fileprivate init(_ invocation: Invocation) {
        self.init()
        en = invocation[FieldCommand.english]
        es = invocation[FieldCommand.spanish]
        probability = invocation[ChoiceCommand.probability]
        isRetired = invocation[ChoiceCommand.retired]
    }
}

extension ChoicePlace {
    /// - Throws: ``CRMError`` `usage` unless exactly one place is given.
    fileprivate init(_ invocation: Invocation) throws(CRMError) {
        let (before, after) = (invocation[ChoiceCommand.before], invocation[ChoiceCommand.after])
        switch (invocation[ChoiceCommand.first], before, after) {
        case (true, nil, nil): self = .first
        case (false, let other?, nil): self = .before(other)
        case (false, nil, let other?): self = .after(other)
        default:
            throw CRMError(
                .usage,
                Text(
                    en: "give one of --first, --before and --after",
                    es: "indicar una de --first, --before y --after"
                )
            )
        }
    }
}

extension Session {
    /// Prints choices, one row each.
    fileprivate func print(_ choices: [Choice]) throws {
        try printListing(of: Choice.columns) { listing in
            for choice in choices { try listing.write(choice.row(in: language)) }
        }
    }
}

extension Choice {
    /// The columns of choices.
    static let columns = [
        Listing.Column("key", .string, en: "Key", es: "Clave"),
        Listing.Column("label_en", .string, en: "English label", es: "Etiqueta en inglés"),
        Listing.Column("label_es", .string, en: "Spanish label", es: "Etiqueta en español"),
        Listing.Column("probability", .integer(in: 0...100).orNull, en: "Probability", es: "Probabilidad"),
        Listing.Column("retired", .boolean, en: "Retired", es: "Retirada"),
    ]

    fileprivate func row(in language: Language) -> Listing.Row {
        let percent = percent.map(String.init) ?? ""
        let lead = [key, label.en, label.es]
        return Listing.Row(
            machine: lead + [percent, isRetired ? "true" : "false"],
            people: lead + [
                percent.isEmpty ? "" : "\(percent)%", isRetired ? Text(en: "yes", es: "sí")(in: language) : "",
            ],
            json: Self.columns.object(lead.map(JSONValue.string) + [.integer(self.percent), .bool(isRetired)])
        )
    }
}
