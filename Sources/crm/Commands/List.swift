import CLIKit
import CRMKit
import Formats
import Localization

extension Verb {
    /// `crm MODULE list`: the records that pass filters, in an order.
    static let list = Verb(
        "list",
        summary: { Text(en: "List \($0.several.en)", es: "Listar \($0.several.es)") },
        command: { module, _ in
            let noun = module.name.noun
            return Command(
                "list",
                summary: Text(
                    en: "List \(module.several.en)",
                    es: "Listar \(module.several.es)"
                ),
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
                    SharedOptions.filter(noun),
                    SharedOptions.sort(noun), SharedOptions.columns(noun), SharedOptions.limit,
                    Option(
                        "after",
                        .value("ID"),
                        summary: Text(
                            en: "Go on after this record, the last one seen",
                            es: "Continuar después de este registro, el último visto"
                        )
                    ),
                    Option("count", summary: Text(en: "Print how many there are", es: "Imprimir cuántos hay")),
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
                ],
                seeAlso: ["\(noun) show"]
            )
        },
        run: { session, module in
            let invocation = session.invocation
            let store = try session.openStore(for: .reading)
            let format = try session.outputFormat
            var query = try store.list(module)
            query.filters = invocation.values(of: "where")
            query.sort = invocation.words(of: "sort")
            query.after = try invocation.integer(of: "after", in: 1...Int64.max)
            if invocation.isSet("count") { return try session.printCount(query.count(in: store)) }
            query.limit = try invocation.integer(of: "limit", in: 0...Int64(Int32.max)).map { Int($0) }
            query.columns = try session.columns(of: module, format: format)
            query.withNames = format.printsNames
            let rows = try query.rows(in: store)
            let count = try session.print(rows)
            if rows.isCut, count > 0 {
                try session.note(
                    Text(
                        en: "stopped after \(count); the next ones follow with --after ID of the last",
                        es: "detenido después de \(count); los siguientes con --after ID del último"
                    )
                )
            }
        }
    )
}

extension Session {
    /// The columns asked for, else those that suit a format; `nil` for all.
    func columns(of module: Module, format: OutputFormat) throws -> [String]? {
        if format == .id { return ["id"] }
        let asked = invocation.words(of: "columns")
        if !asked.isEmpty { return asked }
        switch format {
        case .table, .tsv, .markdown: return module.listed
        case .json, .jsonl, .csv, .id: return nil
        }
    }

    /// Prints a number of records.
    func printCount(_ count: Int64) throws {
        if try outputFormat.isJSON {
            try print(JSONValue.object([JSONMember("count", .number(JSONNumber(count)))]))
        } else {
            try print("\(count)\n")
        }
    }
}

extension Invocation {
    /// The words of a repeatable option whose values are lists with commas.
    func words(of option: String) -> [String] {
        values(of: option).flatMap { $0.split(separator: ",").map { String($0.drop { $0 == " " }) } }
    }

    /// The whole number an option gives.
    func integer(of option: String, in range: ClosedRange<Int64>) throws(CRMError) -> Int64? {
        guard let text = value(of: option) else { return nil }
        guard let number = Int64(text), range.contains(number) else {
            throw CRMError(
                .usage,
                Text(
                    en: "--\(option) takes a whole number from \(range.lowerBound), not \"\(text)\"",
                    es: "--\(option) admite un número entero desde \(range.lowerBound), no «\(text)»"
                )
            )
        }
        return number
    }
}
