import CRMKit
import Formats
import Glibc
import Localization

/// The rows an import refused, in the input's own format with the reason in a column `error`: mended, the file is
/// what to import next.
final class RejectedRows {
    private let sink: ByteSink
    private let format: InputFormat
    private let dialect: CSVDialect
    private let header: [String]
    private var writer: CSVWriter
    private var hasBegun = false

    /// - Parameter header: the names of the input's columns, where they are known before its rows.
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be written.
    init(path: String, format: InputFormat, dialect: CSVDialect?, header: [String]) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else {
            throw CRMError(.inputOutput, Text("\(path): \(String(cString: strerror(errno)))"))
        }
        sink = ByteSink(descriptor: descriptor)
        self.format = format
        self.header = header
        self.dialect = dialect ?? (format == .tsv ? .tsv : .csv())
        writer = CSVWriter(sink, dialect: self.dialect)
        if format == .json { try sink.append("[") }
    }

    func write(_ row: RejectedRow, problem: RowProblem, language: Language) throws {
        let reason = (problem.field.map { "\($0): " } ?? "") + problem.reason(in: language)
        switch row {
        case .header: return
        case .row(let row):
            // A file of rejected rows that is imported again has the column already.
            let cells = zip(row.names, row.texts).filter { $0.0 != Self.errorColumn }
            try isJSON ? writeObject(cells, reason) : writeRecord(cells, reason)
        case .raw(let bytes):
            if isJSON { try beginElement() } else { try beginRecord(header) }
            try sink.append(bytes)
            if isJSON {
                if format == .jsonl { try sink.append("\n") }
            } else {
                try sink.append(dialect.delimiter.rawValue)
                try writer.writeField(reason)
                try writer.endRecord()
            }
        }
    }

    private var isJSON: Bool { format == .json || format == .jsonl }

    private static let errorColumn = "error"

    private func writeRecord(_ cells: [(String, String?)], _ reason: String) throws {
        try beginRecord(cells.map(\.0))
        for (_, text) in cells { try writer.writeField(text ?? "") }
        try writer.writeField(reason)
        try writer.endRecord()
    }

    private func beginRecord(_ names: [String]) throws {
        if hasBegun { return }
        hasBegun = true
        for name in names where name != Self.errorColumn { try writer.writeField(name) }
        try writer.writeField(Self.errorColumn)
        try writer.endRecord()
    }

    private func writeObject(_ cells: [(String, String?)], _ reason: String) throws {
        try beginElement()
        var json = JSONWriter(sink)
        let members = cells.map { JSONMember($0.0, $0.1.map(JSONValue.string) ?? .null) }
        try json.value(.object(members + [JSONMember(Self.errorColumn, .string(reason))]))
        if format == .jsonl { try json.endLine() }
    }

    private func beginElement() throws {
        if format == .json { try sink.append(hasBegun ? ",\n" : "\n") }
        hasBegun = true
    }

    func finish() throws {
        if format == .json { try sink.append("\n]\n") }
        try sink.close()
    }
}
