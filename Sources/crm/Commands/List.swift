import CLIKit
import CRMKit
import Formats
import Localization

/// `crm MODULE list`: lists the records that match filters, in an order.
enum ListVerb: Verb {
    static let name = "list"

    static let after = ValueOption<Int64>(
        "after",
        "ID",
        in: 1...Int64.max,
        summary: Text(
            en: "Go on after this record, the last one seen",
            es: "Continuar después de este registro, el último visto"
        ),
        discussion: Text(
            en: "The same filters and order have to be given again; rows added or deleted meanwhile shift nothing.",
            es:
                "Hay que dar de nuevo los mismos filtros y orden; las filas agregadas o eliminadas entretanto no desplazan nada."
        )
    )
    .synonyms("después desde offset")

    static func summary(of module: Module) -> Text {
        Text(en: "List \(module.several.en)", es: "Listar \(module.several.es)")
    }

    /// Returns examples of listing linked records, for modules with links.
    private static func relatedExamples(of module: Module, in registry: Registry) -> [Example] {
        guard module.contacts.link != nil else { return [] }
        let people = registry[registry.center]
        return [
            Example(
                "\(ProgramName.placeholder) \(module.name.noun) list "
                    + "--columns \(module.displayKey),\(people.linkedKey).\(people.displayKey)",
                Text(
                    en: "With the \(people.several.en) linked with each",
                    es: "Con \(people.spanish.theSeveral) vinculados con cada registro"
                )
            )
        ]
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        let subject = CompletionTag.Subject.module(module.name)
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Lists every record that passes the filters, ordered by id unless --sort says otherwise. \
                        No limit applies unless --limit sets one. JSON and CSV hold every field, tables those \
                        that are most read; --columns chooses others.
                        """,
                    es: """
                        Lista cada registro que cumple los filtros, por id si --sort no dice otra cosa. No hay \
                        límite si --limit no lo pone. JSON y CSV tienen todos los campos, las tablas los más \
                        leídos; --columns elige otros.
                        """
                )
            ],
            options: [
                SharedOptions.view(subject), SharedOptions.filter(subject), SharedOptions.sort(subject),
                SharedOptions.columns(subject), SharedOptions.limit, after, SharedOptions.count,
            ],
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) list --where 'created_at >= -30d' --sort -created_at --limit 20",
                    Text(en: "The newest of the last thirty days", es: "Los más nuevos de los últimos treinta días")
                ),
                Example(
                    "\(ProgramName.placeholder) \(noun) list --format jsonl | jq -r .\(module.displayKey)",
                    Text(en: "Names, for other tools", es: "Nombres, para otras herramientas")
                ),
            ] + relatedExamples(of: module, in: registry),
            seeAlso: ["\(noun) show"],
            run: { session in try ListRequest(session.invocation).run(on: module, in: session) }
        )
    }
}

/// The options and operands of `list` on a command line.
struct ListRequest: Equatable {
    let view: String?
    let filters: [String]
    let sort: [String]
    let columns: [String]
    let limit: Int?
    let after: Int64?
    let isCount: Bool

    init(_ invocation: Invocation) throws(UsageError) {
        view = invocation[SharedOptions.view()]
        filters = invocation[SharedOptions.filter()]
        sort = invocation[SharedOptions.sort()]
        columns = invocation[SharedOptions.columns()]
        limit = try invocation[SharedOptions.limit]
        after = try invocation[ListVerb.after]
        isCount = invocation[SharedOptions.count]
    }

    func run(on module: Module, in session: Session) throws {
        let store = try session.openStore(for: .reading)
        let format = try session.outputFormat
        var query = try store.list(module)
        let view = try view.map { try store.usableView($0, of: module) }
        query.filters = (view?.filters ?? []) + filters
        try session.reportDoubts(of: filters, on: module, in: store)
        query.sort = sort.isEmpty ? view?.sort ?? [] : sort
        query.after = after
        let columns = columns.isEmpty ? view?.columns ?? [] : columns
        if isCount { return try session.printCount(query.count(in: store)) }
        query.limit = limit
        query.columns = format.columns(columns, of: module)
        query.withNames = format.printsNames
        let rows = try query.rows(in: store)
        let count = try session.print(rows, columnsAreChosen: !columns.isEmpty)
        if rows.isCut, count > 0 {
            try session.noteCut(after: count, goesOn: true)
        }
    }
}

extension Session {
    /// Prints a number of records.
    func printCount(_ count: Int64) throws {
        if try outputFormat.isJSON {
            try print(JSONValue.object([JSONMember("count", .number(JSONNumber(count)))]))
        } else {
            try print("\(count)\n")
        }
    }
}
