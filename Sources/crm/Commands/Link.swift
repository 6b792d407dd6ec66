import CLIKit
import CRMKit
import Formats
import Localization

/// `crm MODULE link OTHER REF REF…`: creates links from either side, one by one or in bulk.
enum LinkVerb: Verb {
    static let name = "link"

    static let replace = Flag(
        "replace",
        summary: Text(
            en: "Hand over: end the links of other contacts in the same role",
            es: "Relevo: terminar los vínculos de otros contactos con el mismo rol"
        ),
        discussion: Text(
            en: """
                They end on the day the new link begins, or go where links have no period. Those named together for a \
                record all keep it.
                """,
            es: """
                Terminan el día en que empieza el vínculo nuevo, o se quitan si los vínculos no tienen periodo. Los que se \
                nombran juntos para un registro lo conservan todos.
                """
        )
    )
    .synonyms("reemplazar sustituir relevar")
    static let inputFormat = SharedOptions.inputFormat(
        among: InputFormat.tabular,
        Text(
            en:
                "id is a reference a line, the default of standard input where one side is named on the command line; csv is its default otherwise.",
            es:
                "id es una referencia por línea, lo predeterminado de la entrada estándar si un lado se nombra en la línea de comandos; si no, lo es csv."
        )
    )

    static func summary(of module: Module) -> Text {
        Text(
            en: "Link \(module.several.en) with other records",
            es: "Vincular \(module.several.es) con otros registros"
        )
    }

    static func isListed(for module: Module) -> Bool { LinkGrammar.canLink(module) }

    static func command(for module: Module, in registry: Registry) -> Command {
        LinkGrammar(module, registry: registry, verb: .link).command
    }
}

/// `crm MODULE unlink OTHER REF REF…`: removes or ends links.
enum UnlinkVerb: Verb {
    static let name = "unlink"

    static let ended = ValueOption<String>(
        "ended",
        Placeholder.date,
        summary: Text(
            en: "End the link on this date and keep it as history",
            es: "Terminar el vínculo en esta fecha y conservarlo como historia"
        ),
        discussion: Text(
            en: "Without it the link is taken away as if it had never been.",
            es: "Sin ella el vínculo se quita como si nunca hubiera existido."
        )
    )
    .synonyms("terminado fin")

    /// Returns the option that distinguishes several links of a pair.
    static func role(_ field: Field) -> ValueOption<String> {
        ValueOption<String>(
            field.flag,
            field.type.placeholder,
            summary: Text(en: "Only the link with this role", es: "Solo el vínculo con este rol"),
            discussion: Text(
                en: "Without it every link of the pair is meant.",
                es: "Sin ella se entiende cada vínculo de la pareja."
            ),
            completion: field.type.completion
        )
    }

    static func summary(of module: Module) -> Text {
        Text(
            en: "Unlink \(module.several.en) from other records, or end their links",
            es: "Desvincular \(module.several.es) de otros registros, o terminar sus vínculos"
        )
    }

    static func isListed(for module: Module) -> Bool { LinkGrammar.canLink(module) }

    static func command(for module: Module, in registry: Registry) -> Command {
        LinkGrammar(module, registry: registry, verb: .unlink).command
    }
}

/// The grammar of `link` and `unlink`: a command for each module on the other side.
struct LinkGrammar {
    /// The two verbs.
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

    /// Returns whether records of a module can be linked. If records belong to contacts, or contacts refer to them, the
    /// verbs explain how to change that instead.
    static func canLink(_ module: Module) -> Bool {
        switch module.contacts {
        case .center, .many: true
        case .owned, .referred: false
        }
    }

    var command: Command {
        Command(
            verb == .link ? LinkVerb.name : UnlinkVerb.name,
            summary: verb == .link ? LinkVerb.summary(of: module) : UnlinkVerb.summary(of: module),
            discussion: [
                verb == .link
                    ? Text(
                        en:
                            "Which records are meant is said after the other module's name: one on this side, any number on the other, or a file of pairs.",
                        es:
                            "Los registros se indican después del nombre del otro módulo: uno de este lado, cualquier número del otro, o un archivo de parejas."
                    )
                    : Text(
                        en: "Which links are meant is said after the other module's name, as when they were made.",
                        es: "Los vínculos se indican después del nombre del otro módulo, igual que al crearlos."
                    )
            ],
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

    /// The modules on the other side of the links: for contacts all other modules, for any other module the contacts.
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
            discussion: discussion(module, other, registry.center, link, verb: verb),
            operands: [
                Operand(
                    Text(en: module.name.noun.uppercased(), es: module.one.es.uppercased()),
                    .optional,
                    summary: Text(
                        en: "the \(module.one.en) on this side; needed unless the input names it",
                        es:
                            "\(module.spanish.the) de este lado; hace falta si la entrada no \(module.spanish.agreeing("lo", "la")) nombra"
                    ),
                    completion: .found(.reference(module.name))
                ),
                SharedOperands.references(to: other, .any),
            ],
            options: options(link, to: other, verb: verb),
            examples: [
                Example("\(lead) 42 7 9 11", Text(en: "Several at once", es: "Varios a la vez")),
                Example(
                    "\(lead) 42 --where 'tags = vip'",
                    Text(en: "All that a filter chooses", es: "Todos los que elige un filtro")
                ),
                Example(
                    Text(en: "\(lead) --input links.csv", es: "\(lead) --input vinculos.csv"),
                    Text(en: "In bulk, from a file", es: "En bloque, desde un archivo")
                ),
            ],
            seeAlso: ["\(module.name.noun) links"],
            synonyms: other.synonyms,
            run: { session in
                let request = try LinkRequest(session.invocation, link, isUnlinking: verb == .unlink)
                try Linking(request, from: module, to: other, session: session).run()
            }
        )
    }

    private static let reading = Text(en: "Reading", es: "Lectura")
    static let ignoreUnknown = SharedOptions.ignoreUnknown(group: reading)

    private static func options(
        _ link: LinkDefinition?,
        to other: Module,
        verb: Kind
    ) -> [any OptionDeclaration] {
        let shared: [any OptionDeclaration] =
            ChoosingOptions.all(of: other) + [SharedOptions.input, LinkVerb.inputFormat]
            + [ignoreUnknown] + DialectOptions.reading(group: reading) + [WritingOptions.dryRun]
        switch verb {
        case .link:
            return (link.map { LinkOptions($0).attributes } ?? []) + [LinkVerb.replace] + shared
        case .unlink:
            let role: [any OptionDeclaration] = link?.attribute("role").map { [UnlinkVerb.role($0)] } ?? []
            return role + (link?.hasPeriod ?? false ? [UnlinkVerb.ended] : []) + shared
        }
    }

    private static func discussion(
        _ module: Module,
        _ other: Module,
        _ center: ModuleName,
        _ link: LinkDefinition?,
        verb: Kind
    ) -> [Text] {
        [
            verb == .link
                ? Text(
                    en: """
                        Linking what is linked is no error: other attributes are brought up to date\(roles(link).en). All \
                        links are made or, when one is refused, none.
                        """,
                    es: """
                        Vincular lo ya vinculado no es un error: se actualizan los otros atributos\(roles(link).es). Se \
                        crean todos los vínculos o, si uno se rechaza, ninguno.
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
            Text(
                en: """
                    --where takes for the other side all \(other.several.en) that pass the filter, with the \
                    \(module.one.en) named on the command line. They are counted first; on a terminal a question \
                    follows, elsewhere --yes is needed.
                    """,
                es: """
                    --where toma para el otro lado todo lo que cumple el filtro entre \(other.spanish.theSeveral), \
                    con \(module.spanish.the) en la línea de comandos. Primero se cuentan; en una terminal sigue una \
                    pregunta, fuera de ella hace falta --yes.
                    """
            ),
        ]
    }
}

extension LinkGrammar {
    /// Returns the manual's paragraph about roles, for links that have them; empty otherwise.
    private static func roles(_ link: LinkDefinition?) -> Text {
        guard link?.attribute("role") != nil else { return Text("") }
        return Text(
            en: ", each role being a link of its own",
            es: "; cada rol es un vínculo propio"
        )
    }
}

extension InputFormat {
    /// The formats with rows of cells.
    static let tabular: [InputFormat] = [.csv, .tsv, .jsonl, .json, .id]
}
