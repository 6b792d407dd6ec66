import CLIKit
import CRMKit
import Formats
import Localization

extension Verb {
    /// `crm MODULE add`: a record and its links in one step.
    static let add = Verb(
        "add",
        summary: { Text(en: "Add \($0.label.en.lowercased())", es: "Agregar \($0.label.es.lowercased())") },
        command: { module, registry in
            AddGrammar(module, registry: registry).command
        },
        run: { session, module in
            var addition = try Addition(session: session, module: module)
            try addition.run()
        }
    )
}

/// The grammar of `add`, which depends on how the module hangs on contacts.
struct AddGrammar {
    private let module: Module
    private let registry: Registry

    init(_ module: Module, registry: Registry) {
        self.module = module
        self.registry = registry
    }

    var command: Command {
        Command(
            "add",
            summary: Text(en: "Add a record of \(module.name)", es: "Agregar un registro de \(module.name)"),
            discussion: discussion,
            options: fields + links + others,
            examples: examples,
            seeAlso: ["\(module.name.noun) edit", "\(module.name.noun) link"]
        )
    }

    private var discussion: [Text] {
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

    private var fields: [Option] {
        let options = FieldOptions(module).forAdding
        return module.contactUse == .oneEach ? options.filter { $0.long != registry.center.rawValue } : options
    }

    private var links: [Option] {
        guard module.contactUse != .none else { return [] }
        let contact = Option(
            registry.center.rawValue,
            .value("REF"),
            isRepeatable: true,
            isRequired: module.contactUse == .oneEach,
            summary: module.contactUse == .oneEach
                ? Text(en: "Contact the record belongs to", es: "Contacto al que pertenece el registro")
                : Text(en: "Link this contact to it", es: "Vincularle este contacto"),
            group: LinkOptions.group,
            completion: .dynamic("reference:\(registry.center)")
        )
        guard module.contactUse == .linked, let link = module.contacts.link else { return [contact] }
        return [contact] + LinkOptions(link).attributes
    }

    private var others: [Option] {
        [
            Option(
                "force",
                summary: Text(
                    en: "Add it where a rule that can be overridden refuses",
                    es: "Agregarlo aunque se oponga una regla que admite excepciones"
                )
            ),
            SharedOptions.dryRun, SharedOptions.create,
        ]
    }

    private var examples: [Example] {
        let required = module.writableFields.filter { $0.isRequired && $0.key != registry.center.rawValue }
            .map { "--\($0.flag) \($0.type.placeholder)" }
        let contact = module.contactUse == .none ? [] : ["--contact 42"]
        let line = (["crm \(module.name.noun) add"] + contact + required).joined(separator: " ")
        return [Example(line, Text(en: "The least a record needs", es: "Lo mínimo que necesita un registro"))]
    }
}

extension Module {
    /// What `--contact` means when a record is added.
    enum ContactUse {
        /// There is no such option.
        case none
        /// Each contact gets a record of its own.
        case oneEach
        /// All contacts are linked to the one record.
        case linked
        /// All contacts point at the one record by a field of theirs.
        case pointed
    }

    var contactUse: ContactUse {
        switch contacts {
        case .center: .none
        case .owned: .oneEach
        case .referred: .pointed
        case .many(let link): link.mirror == nil ? .linked : .oneEach
        }
    }
}
