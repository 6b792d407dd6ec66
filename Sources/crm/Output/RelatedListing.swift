import CLIKit
import CRMKit
import Formats
import Localization

/// Everything that hangs on a record, a row each, whatever its module.
struct RelatedListing {
    private let format: OutputFormat
    private let style: OutputStyle
    private let sink: ByteSink

    init(format: OutputFormat, style: OutputStyle, to sink: ByteSink) {
        self.format = format
        self.style = style
        self.sink = sink
    }

    private static let header = ["module", "id", "name", "role"]

    mutating func write(_ related: RelatedSummary) throws {
        switch format {
        case .json, .jsonl: try writeJSON(related)
        case .csv: try writeDelimited(related, .csv())
        case .tsv: try writeDelimited(related, .tsv)
        case .id:
            for entry in related.groups.flatMap(\.entries) { try sink.append("\(entry.id)\n") }
        case .table: try writeTable(related)
        case .markdown: try writeMarkdown(related)
        }
    }

    private func writeJSON(_ related: RelatedSummary) throws {
        func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
        if format == .json { try sink.append("[") }
        var isFirst = true
        for group in related.groups {
            for entry in group.entries {
                let record = JSONValue.object([
                    JSONMember("id", .number(JSONNumber(entry.id))), JSONMember("name", text(entry.name)),
                ])
                let value = JSONValue.object([
                    JSONMember("module", .string(group.module.name.rawValue)), JSONMember("role", text(entry.role)),
                    JSONMember("record", record),
                ])
                if format == .json { try sink.append(isFirst ? "\n" : ",\n") }
                isFirst = false
                var writer = JSONWriter(sink)
                try writer.value(value)
                if format == .jsonl { try writer.endLine() }
            }
        }
        if format == .json { try sink.append(isFirst ? "]\n" : "\n]\n") }
    }

    private func writeDelimited(_ related: RelatedSummary, _ dialect: CSVDialect) throws {
        var writer = CSVWriter(sink, dialect: dialect)
        func write(_ cells: [String]) throws {
            for cell in cells { try writer.writeField(cell) }
            try writer.endRecord()
        }
        if style.hasHeader { try write(Self.header) }
        for group in related.groups {
            for entry in group.entries {
                try write([group.module.name.rawValue, "\(entry.id)", entry.name ?? "", entry.role ?? ""])
            }
        }
    }

    private var labels: [String] {
        [Text(en: "Module", es: "Módulo"), Text("Id"), Text(en: "Name", es: "Nombre"), Text(en: "Role", es: "Rol")]
            .map { $0(in: style.language) }
    }

    private func cells(_ group: RelatedSummary.Group, _ entry: RelatedSummary.Entry) -> [String] {
        let role = entry.role.map { key in
            group.role?.type.label(of: .text(key), currency: nil, in: style.language) ?? key
        }
        return [group.module.label(in: style.language), "\(entry.id)", entry.name ?? "", role ?? ""]
    }

    private func writeTable(_ related: RelatedSummary) throws {
        var table = Table(
            columns: zip(labels, [false, true, false, false]).map { label, isNumeric in
                Table.Column(label, alignment: isNumeric ? .trailing : .leading)
            },
            lineWidth: style.lineWidth,
            style: style.style
        )
        var lines: [UInt8] = []
        for group in related.groups {
            for entry in group.entries { table.append(cells(group, entry), to: &lines) }
        }
        table.finish(to: &lines)
        try sink.append(lines)
    }

    private func writeMarkdown(_ related: RelatedSummary) throws {
        try sink.append(MarkdownOutput.line(labels))
        try sink.append(MarkdownOutput.line(["---", "---:", "---", "---"], escaping: false))
        for group in related.groups {
            for entry in group.entries { try sink.append(MarkdownOutput.line(cells(group, entry))) }
        }
    }
}
