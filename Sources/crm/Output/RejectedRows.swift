import CRMKit
import Formats
import Glibc
import Localization

/// The rows an import refused, in the input's own format with the reason in a column `error`: mended, the file is
/// what to import next.
final class RejectedRows {
    private let sink: ByteSink
    private let format: InputFormat
    private var writer: CSVWriter
    private var hasHeader = false

    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be written.
    init(path: String, format: InputFormat, dialect: CSVDialect?) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else {
            throw CRMError(.inputOutput, Text("\(path): \(String(cString: strerror(errno)))"))
        }
        sink = ByteSink(descriptor: descriptor)
        self.format = format
        writer = CSVWriter(sink, dialect: dialect ?? (format == .tsv ? .tsv : .csv()))
        if format == .json { try sink.append("[") }
    }

    func write(_ row: InputRow?, problem: RowProblem, language: Language) throws {
        guard let row else { return }
        let reason = (problem.field.map { "\($0): " } ?? "") + problem.reason(in: language)
        // A file of rejected rows that is imported again has the column already.
        let cells = zip(row.names, row.texts).filter { $0.0 != "error" }
        switch format {
        case .csv, .tsv, .id:
            if !hasHeader {
                for (name, _) in cells { try writer.writeField(name) }
                try writer.writeField("error")
                try writer.endRecord()
            }
            for (_, text) in cells { try writer.writeField(text ?? "") }
            try writer.writeField(reason)
            try writer.endRecord()
        case .json, .jsonl:
            if format == .json { try sink.append(hasHeader ? ",\n" : "\n") }
            var json = JSONWriter(sink)
            let members = cells.map { JSONMember($0.0, $0.1.map(JSONValue.string) ?? .null) }
            try json.value(.object(members + [JSONMember("error", .string(reason))]))
            if format == .jsonl { try json.endLine() }
        }
        hasHeader = true
    }

    func finish() throws {
        if format == .json { try sink.append("\n]\n") }
        try sink.close()
    }
}
