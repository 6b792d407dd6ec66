import CLIKit
import CRMKit
import Formats
import Localization

extension Verb {
    /// `crm MODULE links [OTHER] REF`: what a record is linked with.
    static let links = Verb(
        "links",
        summary: { module in
            Text(
                en: "List what hangs on \(module.label.withArticle)",
                es: "Listar lo que depende de un registro"
            )
        },
        command: { module, registry in LinksGrammar(module, registry: registry).command },
        run: { session, module in
            let store = try session.openStore(for: .reading)
            let id = try store.id(of: session.invocation.operands.first ?? "", in: module)
            let names = session.invocation.path.names
            if names.count > 3, let noun = names.last, let other = session.registry.find(ModuleName(rawValue: noun)) {
                try session.printLinks(of: module, id: id, to: other, in: store)
            } else {
                try session.printEverything(on: module, id: id, in: store)
            }
        }
    )
}

/// The grammar of `links`: everything, or the records of one module.
struct LinksGrammar {
    private let module: Module
    private let registry: Registry

    init(_ module: Module, registry: Registry) {
        self.module = module
        self.registry = registry
    }

    var command: Command {
        let noun = module.name.noun
        return Command(
            "links",
            summary: Verb.links.summary(module),
            discussion: [
                Text(
                    en:
                        "Lists every record that is linked with this one or belongs to it, of all modules; with a module's name, the records of that module with their links.",
                    es:
                        "Lista cada registro vinculado con este o que le pertenece, de todos los módulos; con el nombre de un módulo, los registros de ese módulo con sus vínculos."
                )
            ],
            operands: [SharedOperands.reference(to: module)],
            examples: [
                Example("\(ProgramName.placeholder) \(noun) links 42", Text(en: "All there is", es: "Todo lo que hay"))
            ],
            selector: Text(en: "MODULE", es: "MÓDULO"),
            subcommands: others.map { other in
                let (module, registry) = (module, registry)
                return Subcommand(other.noun, summary: registry[other].plural) {
                    Self.command(from: module, to: registry[other], registry: registry)
                }
            }
        )
    }

    private var others: [ModuleName] {
        module.name == registry.center ? registry.names.filter { $0 != registry.center } : [registry.center]
    }

    private static func command(from module: Module, to other: Module, registry: Registry) -> Command {
        let outer = module.name == registry.center ? other : module
        let columns = "\(other.name.noun):\(outer.name.noun)"
        var options = [
            SharedOptions.filter(other.name.noun),
            Option(
                "sort",
                short: "s",
                .value("LIST"),
                isRepeatable: true,
                summary: Text(
                    en: "Order by these columns, link.since among them",
                    es: "Ordenar por estas columnas, como link.since"
                ),
                completion: .dynamic("column:\(columns)")
            ),
            SharedOptions.columns(columns), SharedOptions.limit,
            Option("count", summary: Text(en: "Print how many there are", es: "Imprimir cuántos hay")),
        ]
        if outer.contacts.link?.hasPeriod ?? false {
            options += [
                Option(
                    "on",
                    .value("DATE"),
                    summary: Text(en: "Links in force on this date", es: "Vínculos vigentes en esta fecha")
                ),
                Option("all", summary: Text(en: "Ended links too", es: "También los terminados")),
            ]
        }
        let lead = "\(ProgramName.placeholder) \(module.name.noun) links \(other.name.noun) 42"
        return Command(
            other.name.noun,
            summary: Text(
                en: "List the \(other.several.en) linked with \(module.label.withArticle)",
                es: "Listar \(other.several.es) con vínculo a un registro de \(module.several.es)"
            ),
            operands: [SharedOperands.reference(to: module)],
            options: options,
            examples: [Example("\(lead) --json", Text(en: "Each with its link", es: "Cada uno con su vínculo"))],
            seeAlso: ["\(module.name.noun) link"]
        )
    }
}

extension Session {
    fileprivate func printLinks(of module: Module, id: Int64, to other: Module, in store: Store) throws {
        let format = try outputFormat
        var query = try store.links(of: module, id: id, to: other)
        query.filters = invocation.values(of: "where")
        query.sort = invocation.words(of: "sort")
        if invocation.isSet("all") { query.period = .all }
        if let text = invocation.value(of: "on") {
            query.period = .on(try CivilDate(parsing: try store.date(from: text, for: "on"), today: store.clock.date))
        }
        if invocation.isSet("count") { return try printCount(query.count(in: store)) }
        query.limit = try invocation.integer(of: "limit", in: 0...Int64(Int32.max)).map { Int($0) }
        query.columns = try linkColumns(of: module, to: other, format: format)
        query.withNames = format.printsNames
        let rows = try query.rows(in: store)
        let count = try print(rows)
        if rows.isCut { try note(Text(en: "stopped after \(count)", es: "detenido después de \(count)")) }
    }

    private func linkColumns(of module: Module, to other: Module, format: OutputFormat) throws -> [String]? {
        if format == .id { return ["id"] }
        let asked = invocation.words(of: "columns")
        if !asked.isEmpty { return asked }
        switch format {
        case .table, .tsv, .markdown:
            let outer = module.name == registry.center ? other : module
            let attributes = outer.contacts.link?.attributes.map { "link.\($0.key)" } ?? []
            return Array(other.listed.prefix(4)) + attributes
        case .json, .jsonl, .csv, .id: return nil
        }
    }

    fileprivate func printEverything(on module: Module, id: Int64, in store: Store) throws {
        let format = try outputFormat
        let related = try store.related(to: id, in: module, newest: nil)
        try withOutput(paged: format == .table) { sink in
            var output = RelatedListing(format: format, style: outputStyle, to: sink)
            try output.write(related)
        }
    }
}
