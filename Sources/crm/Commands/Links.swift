import CLIKit
import CRMKit
import Formats
import Localization

/// `crm MODULE links [OTHER] REF`: lists the linked records.
enum LinksVerb: Verb {
    static let name = "links"

    static let on = ValueOption<String>(
        "on",
        Placeholder.date,
        summary: Text(en: "Links in force on this date", es: "Vínculos vigentes en esta fecha"),
        discussion: Text(
            en: "Without it those in force today are listed.",
            es: "Sin ella se listan los vigentes hoy."
        )
    )
    .synonyms("fecha el date")
    static let all = Flag(
        "all",
        summary: Text(en: "Ended links too", es: "También los terminados"),
        discussion: Text(
            en: "A link that has ended is kept as history; link.until says when.",
            es: "Un vínculo terminado se conserva como historia; link.until dice cuándo."
        )
    )
    .synonyms("todo todos")

    static func summary(of module: Module) -> Text {
        Text(en: "List what hangs on \(module.label.withArticle)", es: "Listar lo que depende de un registro")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        LinksGrammar(module: module, registry: registry).command
    }
}

/// The grammar of `links`: all linked records, or those of one module.
struct LinksGrammar {
    let module: Module
    let registry: Registry

    var command: Command {
        let (module, registry) = (module, registry)
        let noun = module.name.noun
        return Command(
            LinksVerb.name,
            summary: LinksVerb.summary(of: module),
            discussion: [
                Text(
                    en:
                        "Lists every record that is linked with this one or points at it, of all modules, newest first: a line each, with its date and what tells most about it; with a module's name, the records of that module with their links.",
                    es:
                        "Lista cada registro vinculado con este o que apunta a él, de todos los módulos, los más nuevos primero: una línea por registro, con su fecha y lo que más dice de él; con el nombre de un módulo, los registros de ese módulo con sus vínculos."
                )
            ],
            operands: [SharedOperands.reference(to: module)],
            examples: [
                Example("\(ProgramName.placeholder) \(noun) links 42", Text(en: "All there is", es: "Todo lo que hay"))
            ],
            selector: Text(en: "MODULE", es: "MÓDULO"),
            subcommands: others.map { other in
                Subcommand(other.noun, summary: registry[other].plural) {
                    Self.command(from: module, to: registry[other], registry: registry)
                }
            },
            run: { session in
                let store = try session.openStore(for: .reading)
                let id = try store.id(of: session.invocation.operands[0], in: module)
                try session.printEverything(on: module, id: id, in: store)
            }
        )
    }

    private var others: [ModuleName] {
        var names = Set(registry.relatedModules(of: module).map(\.name))
        names.formUnion(
            module.name == registry.center ? registry.names.filter { $0 != module.name } : [registry.center]
        )
        return registry.names.filter(names.contains)
    }

    /// Returns the definition of the links between two modules; `nil` if they are not linked with each other.
    static func link(of module: Module, with other: Module, _ center: ModuleName) -> LinkDefinition? {
        guard module.name == center || other.name == center else { return nil }
        return (module.name == center ? other : module).contacts.link
    }

    private static func command(from module: Module, to other: Module, registry: Registry) -> Command {
        let link = Self.link(of: module, with: other, registry.center)
        let outer = link == nil ? nil : (module.name == registry.center ? other : module).name
        let subject = CompletionTag.Subject.module(other.name)
        let sort = SharedOptions.sort(subject, over: outer).described(
            as: Text(
                en: "Order by these columns, link.since among them",
                es: "Ordenar por estas columnas, como link.since"
            ),
            SharedOptions.sort().option.discussion
        )
        let shared: [any OptionDeclaration] = [
            SharedOptions.chosenView(subject), SharedOptions.filter(subject), sort,
            SharedOptions.columns(subject, over: outer), SharedOptions.limit, SharedOptions.count,
        ]
        let period: [any OptionDeclaration] =
            link?.hasPeriod ?? false ? [LinksVerb.on, LinksVerb.all] : []
        let line = "\(ProgramName.placeholder) \(module.name.noun) \(LinksVerb.name) \(other.name.noun)"
        let lead = "\(line) 42"
        var command = Command(
            other.name.noun,
            summary: Text(
                en: "List the \(other.several.en) linked with \(module.label.withArticle)",
                es: "Listar \(other.several.es) con vínculo con \(module.spanish.a)"
            ),
            discussion: [
                Text(
                    en:
                        "Each record stands with the attributes of its link, whose columns begin with link.; of links that have a period those in force are listed.",
                    es:
                        "Cada registro va con los atributos de su vínculo, cuyas columnas empiezan con link.; de los vínculos con periodo se listan los vigentes."
                )
            ],
            operands: [SharedOperands.reference(to: module)],
            options: shared + period,
            examples: [Example("\(lead) --json", Text(en: "Each with its link", es: "Cada uno con su vínculo"))],
            seeAlso: ["\(module.name.noun) link"],
            synonyms: other.synonyms,
            run: { session in try LinksRequest(session.invocation).run(from: module, to: other, in: session) }
        )
        command.remedies = { word in Remedies(linked: other, by: link, line, in: registry)(word) }
        return command
    }
}

/// The options and operands of `links OTHER` on a command line.
struct LinksRequest: Equatable {
    /// The record on this side.
    let reference: String
    let view: String?
    let filters: [String]
    let sort: [String]
    let columns: [String]
    let limit: Int?
    let isCount: Bool
    /// The date on which links must be in force, as typed.
    let date: String?
    /// Whether links of any period are included.
    let isWhole: Bool

    init(_ invocation: Invocation) throws(UsageError) {
        reference = invocation.operands[0]
        view = invocation[SharedOptions.view()]
        filters = invocation[SharedOptions.filter()]
        sort = invocation[SharedOptions.sort()]
        columns = invocation[SharedOptions.columns()]
        limit = try invocation[SharedOptions.limit]
        isCount = invocation[SharedOptions.count]
        date = invocation[LinksVerb.on]
        isWhole = invocation[LinksVerb.all]
    }

    func run(from module: Module, to other: Module, in session: Session) throws {
        let store = try session.openStore(for: .reading)
        let format = try session.outputFormat
        var query = try store.links(of: module, id: store.id(of: reference, in: module), to: other)
        query.filters = try store.filters(ofView: view, of: other) + filters
        try session.reportDoubts(of: filters, on: other, in: store)
        query.sort = sort
        if isWhole { query.period = .all }
        if let date { query.period = .on(try store.day(from: date, for: "on")) }
        if isCount { return try session.printCount(query.count(in: store)) }
        query.limit = limit
        query.columns = printedColumns(of: module, to: other, format, center: session.registry.center)
        query.withNames = format.printsNames
        let rows = try query.rows(in: store)
        let count = try session.print(rows, columnsAreChosen: !columns.isEmpty)
        if rows.isCut {
            try session.noteCut(after: count)
        }
    }

    /// Returns the requested columns, otherwise those that suit a format; `nil` for all.
    private func printedColumns(
        of module: Module,
        to other: Module,
        _ format: OutputFormat,
        center: ModuleName
    ) -> [String]? {
        if format == .id { return ["id"] }
        if !columns.isEmpty { return columns }
        switch format {
        case .table, .tsv, .markdown:
            let link = LinksGrammar.link(of: module, with: other, center)
            let attributes = link?.attributes.map { "link.\($0.key)" } ?? []
            return format.suited(other.mentionedColumns, of: other) + attributes
        case .json, .jsonl, .csv, .id: return nil
        }
    }
}

extension Session {
    fileprivate func printEverything(on module: Module, id: Int64, in store: Store) throws {
        let ways = try store.related(to: id, in: module).groups.flatMap(\.ways)
        try print(
            store.records(on: id, by: ways),
            people: [.date, .module, .id, .name, .role, .details],
            machine: [.module, .id, .name, .role, .date, .field, .details]
        )
    }
}
