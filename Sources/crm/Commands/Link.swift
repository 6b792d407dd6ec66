import CLIKit
import CRMKit
import Formats
import Localization

extension Verb {
    /// `crm MODULE link OTHER REF REF…`: links from either side, one by one or in bulk.
    static let link = Verb(
        "link",
        summary: { module in
            Text(
                en: "Link \(module.several.en) with other records",
                es: "Vincular \(module.several.es) con otros registros"
            )
        },
        isListed: { LinkGrammar.canLink($0) },
        command: { module, registry in
            LinkGrammar(module, registry: registry, verb: .link).command
        },
        run: { session, module in
            try Linking(session: session, module: module, isUnlinking: false).run()
        }
    )

    /// `crm MODULE unlink OTHER REF REF…`: takes links away or ends them.
    static let unlink = Verb(
        "unlink",
        summary: { module in
            Text(
                en: "Unlink \(module.several.en) from other records, or end their links",
                es: "Desvincular \(module.several.es) de otros registros, o terminar sus vínculos"
            )
        },
        isListed: { LinkGrammar.canLink($0) },
        command: { module, registry in
            LinkGrammar(module, registry: registry, verb: .unlink).command
        },
        run: { session, module in
            try Linking(session: session, module: module, isUnlinking: true).run()
        }
    )
}

/// The grammar of `link` and `unlink`: a command for each module on the other side.
struct LinkGrammar {
    /// Which of the two.
    enum Kind {
        case link, unlink
    }

    private let module: Module
    private let registry: Registry
    private let verb: Kind

    init(_ module: Module, registry: Registry, verb: Kind) {
        self.module = module
        self.registry = registry
        self.verb = verb
    }

    /// Whether a module has links. Of one that belongs to contacts, or that they point at, the verbs say how that is
    /// changed.
    static func canLink(_ module: Module) -> Bool {
        switch module.contacts {
        case .center, .many: true
        case .owned, .referred: false
        }
    }

    var command: Command {
        let name = verb == .link ? "link" : "unlink"
        return Command(
            name,
            summary: verb == .link
                ? Verb.link.summary(module)
                : Verb.unlink.summary(module),
            selector: Text(en: "MODULE", es: "MÓDULO"),
            subcommands: others.map { other in
                let (module, registry, verb) = (module, registry, verb)
                return Subcommand(
                    other.noun,
                    summary: registry[other].plural,
                    isHidden: !Self.canLink(registry[other]),
                    make: {
                        Self.command(from: module, to: registry[other], registry: registry, verb: verb)
                    }
                )
            }
        )
    }

    /// The modules on the other side: of a contact every other, of any other the contact.
    private var others: [ModuleName] {
        module.name == registry.center ? registry.names.filter { $0 != registry.center } : [registry.center]
    }

    private static func command(from module: Module, to other: Module, registry: Registry, verb: Kind) -> Command {
        let outer = module.name == registry.center ? other : module
        let link = outer.contacts.link
        let lead =
            "\(ProgramName.placeholder) \(module.name.noun) \(verb == .link ? "link" : "unlink") \(other.name.noun)"
        return Command(
            other.name.noun,
            summary: verb == .link
                ? Text(
                    en: "Link \(module.several.en) with \(other.several.en)",
                    es: "Vincular \(module.several.es) con \(other.several.es)"
                )
                : Text(
                    en: "Unlink \(module.several.en) from \(other.several.en)",
                    es: "Desvincular \(module.several.es) de \(other.several.es)"
                ),
            discussion: discussion(module, registry.center, verb: verb),
            operands: [
                Operand(
                    module.name.noun.uppercased(),
                    .optional,
                    summary: Text(
                        en: "the \(module.one.en) on this side; needed unless the input names it",
                        es: "el registro de \(module.several.es) de este lado; necesario si la entrada no lo nombra"
                    ),
                    completion: .dynamic("reference:\(module.name)")
                ),
                SharedOperands.references(to: other, .any),
            ],
            options: options(link, verb: verb),
            examples: [
                Example("\(lead) 42 7 9 11", Text(en: "Several at once", es: "Varios a la vez")),
                Example(
                    "\(lead) --input links.csv",
                    Text(en: "In bulk, from a file", es: "En bloque, desde un archivo")
                ),
            ],
            seeAlso: ["\(module.name.noun) links"]
        )
    }

    private static func options(_ link: LinkDefinition?, verb: Kind) -> [Option] {
        var options: [Option] = []
        switch verb {
        case .link:
            options += link.map { LinkOptions($0).attributes } ?? []
            options.append(
                Option(
                    "replace",
                    summary: Text(
                        en: "Hand over: end the links of other contacts in the same role",
                        es: "Relevo: terminar los vínculos de otros contactos con el mismo rol"
                    )
                )
            )
        case .unlink:
            if let role = link?.attribute("role") {
                options.append(
                    Option(
                        role.flag,
                        .value(role.type.placeholder),
                        summary: Text(en: "Only the link with this role", es: "Solo el vínculo con este rol"),
                        completion: role.type.completion
                    )
                )
            }
            if link?.hasPeriod ?? false {
                options.append(
                    Option(
                        "ended",
                        .value("DATE"),
                        summary: Text(
                            en: "End the link on this date and keep it as history",
                            es: "Terminar el vínculo en esta fecha y conservarlo como historia"
                        )
                    )
                )
            }
        }
        return options + [
            SharedOptions.input,
            Option(
                "input-format",
                .value("FORMAT"),
                summary: Text(
                    en: "Read the input in this form, by default as the file's name ends",
                    es: "Leer la entrada de esta forma, por omisión según termine el nombre del archivo"
                ),
                completion: .words(InputFormat.tabular.map { ($0.rawValue, Text($0.rawValue)) })
            ),
            SharedOptions.dryRun,
        ]
    }

    private static func discussion(_ module: Module, _ center: ModuleName, verb: Kind) -> [Text] {
        [
            verb == .link
                ? Text(
                    en: """
                        Linking what is linked is no error: other attributes are brought up to date. All links are \
                        made or, when one is refused, none.
                        """,
                    es: """
                        Vincular lo ya vinculado no es un error: se actualizan los otros atributos. Se crean todos \
                        los vínculos o, si uno se rechaza, ninguno.
                        """
                )
                : Text(
                    en: "Taking away what is not linked is no error. All links are taken away or none.",
                    es: "Quitar lo que no está vinculado no es un error. Se quitan todos los vínculos o ninguno."
                ),
            Text(
                en: """
                    --input reads CSV, TSV or JSON Lines that have a column for each side, such as \(center) or \
                    \(center).email, and may have one for each attribute of the link; or, with the \(module.one.en) \
                    named on the command line, references to the other side, one a line.
                    """,
                es: """
                    --input lee CSV, TSV o JSON Lines que tienen una columna para cada lado, como \(center) o \
                    \(center).email, y pueden tener una para cada atributo del vínculo; o, si el registro de \
                    \(module.several.es) se nombra en la línea de comandos, referencias al otro lado, una por línea.
                    """
            ),
        ]
    }
}

extension InputFormat {
    /// The formats of rows of cells.
    static let tabular = allCases.filter { $0 != .vcard }

    /// Their names, for help and messages.
    static var list: String { tabular.map(\.rawValue).joined(separator: ", ") }
}
