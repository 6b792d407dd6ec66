import CLIKit
import CRMKit
import Formats
import Localization

extension Verb {
    /// `crm MODULE show REF…`: whole records and what hangs on them.
    static let show: Verb = Verb(
        "show",
        summary: {
            Text(
                en: "Show \($0.plural.en.lowercased()) with what hangs on them",
                es: "Mostrar \($0.plural.es.lowercased()) con lo que depende de ellos"
            )
        },
        command: { module, _ in
            let noun = module.name.noun
            return Command(
                "show",
                summary: Verb.show.summary(module),
                discussion: [
                    Text(
                        en: """
                            Shows every field of the records named, and how many records of other modules are linked \
                            to each, with the newest of them. In JSON the counts stand under "related".
                            """,
                        es: """
                            Muestra cada campo de los registros indicados y cuántos registros de otros módulos están \
                            vinculados a cada uno, con los más nuevos. En JSON las cuentas están en "related".
                            """
                    )
                ],
                operands: [SharedOperands.references(to: module)],
                options: [SharedOptions.columns(noun)],
                examples: [
                    Example(
                        "\(ProgramName.placeholder) \(noun) show 42 --json",
                        Text(en: "One record for other tools", es: "Un registro para otras herramientas")
                    )
                ],
                seeAlso: ["\(noun) list", "\(noun) links"]
            )
        },
        run: { session, module in
            let store = try session.openStore(for: .reading)
            let ids = try session.invocation.operands.map { try store.id(of: $0, in: module) }
            try session.show(ids, of: module, in: store, asList: ids.count > 1)
        }
    )
}

extension Session {
    /// Prints whole records; several, or `asList`, as a list.
    func show(_ ids: [Int64], of module: Module, in store: Store, asList isList: Bool) throws {
        let format = try outputFormat
        let columns = try showColumns(of: module, format: format)
        try withOutput { sink in
            if format == .json, isList { try sink.append("[") }
            var output: RecordPrinter?
            for (index, id) in ids.enumerated() {
                var query = try store.list(module)
                query.filters = ["id = \(id)"]
                query.columns = columns
                query.withNames = format.printsNames
                let rows = try query.rows(in: store)
                guard try rows.next() else { continue }
                var printer =
                    output ?? RecordPrinter(rows.columns, format: format, style: outputStyle, isList: isList, to: sink)
                if index == 0 { try printer.begin() }
                let related =
                    printer.wantsRelated && columns == nil ? try store.related(to: id, in: module, newest: 3) : nil
                try printer.write(rows, related: related, isFirst: index == 0)
                output = printer
            }
            if format == .json, isList { try sink.append(ids.isEmpty ? "]\n" : "\n]\n") }
        }
    }

    private func showColumns(of module: Module, format: OutputFormat) throws -> [String]? {
        let asked = invocation.words(of: "columns")
        if format == .id { return ["id"] }
        return asked.isEmpty ? nil : asked
    }
}

/// Prints whole records one after the other, each with what is related to it.
struct RecordPrinter {
    private let format: OutputFormat
    private let style: OutputStyle
    private let isList: Bool
    private let sink: ByteSink
    private var output: any RecordOutput
    private let columns: [OutputColumn]

    init(_ columns: [OutputColumn], format: OutputFormat, style: OutputStyle, isList: Bool, to sink: ByteSink) {
        self.columns = columns
        self.format = format
        self.style = style
        self.isList = isList
        self.sink = sink
        output = format.record(of: columns, to: sink, style: style)
    }

    /// Whether the form has a place for what is related.
    var wantsRelated: Bool { format == .table || format.isJSON }

    mutating func begin() throws { try output.begin() }

    mutating func write(_ row: Rows, related: RelatedSummary?, isFirst: Bool) throws {
        switch format {
        case .json, .jsonl:
            if isList, format == .json { try sink.append(isFirst ? "\n" : ",\n") }
            var json = JSONOutput(columns, to: sink, layout: isList && format == .json ? .embedded : .lines)
            try json.write(row, related: related)
        case .table:
            if !isFirst { try sink.append("\n") }
            try output.write(row)
            if let related { try RelatedBlock(related, style: style).write(to: sink) }
        case .csv, .tsv, .markdown, .id:
            try output.write(row)
        }
    }
}

/// What hangs on a record, a line for each module.
struct RelatedBlock {
    private let related: RelatedSummary
    private let style: OutputStyle

    init(_ related: RelatedSummary, style: OutputStyle) {
        self.related = related
        self.style = style
    }

    func write(to sink: ByteSink) throws {
        let entries = related.groups.filter { $0.count > 0 }.map { group in
            let newest = group.entries.map { entry in
                let name = entry.name ?? ""
                let role = entry.role.map { key in
                    " (\(group.role?.type.label(of: .text(key), currency: nil, in: style.language) ?? key))"
                }
                return "\(entry.id) \(name)\(role ?? "")"
            }.joined(separator: "; ")
            let more = group.count > Int64(group.entries.count) ? "; …" : ""
            return KeyValueBlock.Entry(group.module.plural(in: style.language), "\(group.count): \(newest)\(more)")
        }
        if entries.isEmpty { return }
        var lines: [UInt8] = [UInt8(ascii: "\n")]
        KeyValueBlock(entries, lineWidth: style.lineWidth, style: style.style).append(to: &lines)
        try sink.append(lines)
    }
}
