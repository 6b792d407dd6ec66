import CLIKit
import CRMKit
import Formats
import Localization

/// `crm MODULE add`: adds a record and its links in one step.
enum AddVerb: Verb {
    static let name = "add"

    static let force = WritingOptions.force.described(
        as: Text(
            en: "Add it where a rule that can be overridden refuses",
            es: "Agregarlo aunque se oponga una regla que admite excepciones"
        ),
        WritingOptions.force.option.discussion
    )

    /// Returns the option for the contacts of a new record.
    static func contact(of module: Module, _ center: ModuleName) -> ListOption<String> {
        let isEach = module.contactUse == .oneEach
        return ListOption<String>(
            center.noun,
            "REF",
            summary: isEach
                ? Text(en: "Contact the record belongs to", es: "Contacto al que pertenece el registro")
                : Text(en: "Link this contact to it", es: "Vincularle este contacto"),
            discussion: isEach
                ? Text(
                    en: "Each contact gets a record of its own. - reads contacts from standard input, one a line.",
                    es:
                        "Cada contacto recibe un registro propio. - lee contactos de la entrada estándar, uno por línea."
                )
                : Text(
                    en: "All contacts share the one record. - reads contacts from standard input, one a line.",
                    es:
                        "Todos los contactos comparten el registro. - lee contactos de la entrada estándar, uno por línea."
                ),
            group: LinkOptions.group,
            completion: .found(.reference(center))
        ).required(isEach)
    }

    /// Returns the summary: `Add an asset`. Spanish uses the plural, which does not depend on the gender.
    static func summary(of module: Module) -> Text {
        Text(en: "Add \(module.label.withArticle)", es: "Agregar \(module.several.es)")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        AddGrammar(module: module, registry: registry).command
    }
}

/// The grammar of `add`, which depends on the relation between the module and contacts.
struct AddGrammar {
    let module: Module
    let registry: Registry

    var command: Command {
        let (module, registry) = (module, registry)
        return Command(
            AddVerb.name,
            summary: AddVerb.summary(of: module),
            discussion: discussion,
            options: options,
            examples: examples,
            seeAlso: ["\(module.name.noun) edit", "\(module.name.noun) link"],
            run: { session in
                let request = try AddRequest(session.invocation, module, registry.center)
                try Addition(request, module: module, session: session).run()
            }
        )
    }

    var options: [any OptionDeclaration] { fields + links + others }

    var discussion: [Text] {
        var paragraphs = [
            Text(
                en: """
                    Every missing or wrong field is named at once and nothing is written. On a terminal, missing \
                    required fields are asked for. The new record is printed as show does; --format id prints its id.
                    """,
                es: """
                    Cada campo faltante o incorrecto se nombra de una vez y no se escribe nada. En una terminal se \
                    preguntan los campos obligatorios que faltan. El registro nuevo se imprime como con show; \
                    --format id imprime su id.
                    """
            )
        ]
        switch module.contactUse {
        case .none: break
        case .oneEach:
            paragraphs.append(
                Text(
                    en:
                        "Several contacts make as many records, in one transaction; --contact - reads them from standard input, one a line.",
                    es:
                        "Varios contactos crean otros tantos registros, en una transacción; --contact - los lee de la entrada estándar, uno por línea."
                )
            )
            let derived = module.derivedFields.map { "--\($0.flag)" }.joined(separator: ", ")
            if !derived.isEmpty {
                paragraphs.append(
                    Text(
                        en: "With several contacts, \(derived) is for those whose own record has none.",
                        es: "Con varios contactos, \(derived) es para los que no tienen uno en su registro."
                    )
                )
            }
        case .linked, .pointed:
            paragraphs.append(
                Text(
                    en:
                        "Several contacts are all linked to the one new record; --contact - reads them from standard input, one a line.",
                    es:
                        "Varios contactos se vinculan todos al único registro nuevo; --contact - los lee de la entrada estándar, uno por línea."
                )
            )
        }
        return paragraphs
    }

    private var fields: [any OptionDeclaration] {
        let options = FieldOptions(module).forAdding
        guard module.contactUse == .oneEach else { return options }
        return options.filter { $0.option.long != registry.center.rawValue }
    }

    private var links: [any OptionDeclaration] {
        guard module.contactUse != .none else { return [] }
        let contact = AddVerb.contact(of: module, registry.center)
        guard module.contactUse == .linked, let link = module.contacts.link else { return [contact] }
        return [contact] + LinkOptions(link).attributes
    }

    private var others: [any OptionDeclaration] {
        WritingOptions.noDuplicates(of: module) + [AddVerb.force, WritingOptions.dryRun, WritingOptions.create]
    }

    /// The options for the required fields; if no field is required, the option for the name, since a record without
    /// values is refused.
    private func least(isEach: Bool) -> [Text] {
        guard isEach || module.fields.contains(where: \.isRequired) else {
            return module.field(module.displayKey).map { [ExampleValues.option($0)] } ?? []
        }
        return ExampleValues(module.writableFields).forRequiredFields
    }

    private var examples: [Example] {
        let noun = module.name.noun
        let isEach = module.contactUse == .oneEach
        let least = least(isEach: isEach)
        var examples = [
            Example(
                Text(
                    joining: [Text("\(ProgramName.placeholder) \(noun) add")]
                        + (isEach ? [Text("--\(registry.center) 42")] : []) + least,
                    with: " "
                ),
                Text(en: "With the least it needs", es: "Con lo mínimo que necesita")
            ),
            Example(
                "\(ProgramName.placeholder) \(noun) add",
                Text(en: "At a terminal: answer field by field", es: "En una terminal: responder campo por campo")
            ),
        ]
        if isEach {
            let list = "\(ProgramName.placeholder) \(registry.center.noun) list --where 'created_at >= -7d' --format id"
            examples.append(
                Example(
                    Text(
                        joining: [Text("\(list) | \(ProgramName.placeholder) \(noun) add --\(registry.center) -")]
                            + least,
                        with: " "
                    ),
                    Text(en: "One for each new contact", es: "Uno por cada contacto nuevo")
                )
            )
        }
        return examples
    }
}
