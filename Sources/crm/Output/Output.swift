import CLIKit
import CRMKit
import Formats
import Localization

extension Session {
    /// Prints a list; a long one on a terminal goes through the pager.
    ///
    /// - Parameter isList: whether one record stands for itself or is a list of one.
    /// - Returns: how many rows there were.
    @discardableResult
    func print(_ rows: Rows, asList isList: Bool = true) throws -> Int {
        let format = try outputFormat
        let (count, omitted) = try withOutput(paged: isList && format == .table) { sink in
            let style = outputStyle
            var output =
                isList
                ? format.list(of: rows.columns, to: sink, style: style)
                : format.record(of: rows.columns, to: sink, style: style)
            return (try output.writeAll(rows), (output as? TableOutput)?.omittedColumns ?? 0)
        }
        if omitted == 1 {
            try note(
                Text(
                    en: "1 column found no room; choose some with --columns",
                    es: "1 columna no cupo; elegir algunas con --columns"
                )
            )
        } else if omitted > 0 {
            try note(
                Text(
                    en: "\(omitted) columns found no room; choose some with --columns",
                    es: "\(omitted) columnas no cupieron; elegir algunas con --columns"
                )
            )
        }
        return count
    }

    /// Prints plain text.
    func print(_ text: String) throws {
        try withOutput { try $0.append(text) }
    }

    /// Prints one JSON value on a line.
    func print(_ value: JSONValue) throws {
        try withOutput { try JSONLine.write(value, to: $0) }
    }

    /// What is printed, by the options and by where standard output goes.
    var outputFormat: OutputFormat {
        get throws {
            guard line != nil else {
                return try OutputFormat(invocation, isTerminal: FileDescriptor.standardOutput.isTerminal)
            }
            if let format = invocation.value(of: "format"), format != OutputFormat.json.rawValue {
                throw CRMError(
                    .usage,
                    Text(en: "results of a batch are JSON", es: "los resultados de un lote son JSON"),
                    hint: Text(en: "leave --format out", es: "omitir --format")
                )
            }
            return .json
        }
    }

    /// How it looks.
    var outputStyle: OutputStyle {
        let output = FileDescriptor.standardOutput
        return OutputStyle(
            language: language,
            style: Style(isTerminal: output.isTerminal, environment: environment),
            lineWidth: output.lineWidth(in: environment),
            hasHeader: !invocation.isSet("no-header")
        )
    }

    /// Gives a body a file to write, or standard output for `nil` and `-`, and sees to it that all of it is written.
    func withOutput<Result>(
        to path: String?,
        encoding: TextEncoding = .utf8,
        byteOrderMark: Bool = false,
        _ body: (ByteSink) throws -> Result
    ) throws -> Result {
        if let path, path != "-" {
            return try AtomicFile.write(to: path, encoding: encoding, byteOrderMark: byteOrderMark, body)
        }
        if let line {
            guard encoding == .utf8 else {
                throw CRMError(
                    .usage,
                    Text(en: "results of a batch are UTF-8", es: "los resultados de un lote son UTF-8"),
                    hint: Text(en: "write to a file with --output", es: "escribir en un archivo con --output")
                )
            }
            return try body(line.result)
        }
        let sink = ByteSink(encoding: encoding, byteOrderMark: byteOrderMark)
        let result = try body(sink)
        try sink.flush()
        return result
    }

    /// Gives a body somewhere to write and sees to it that all of it is written.
    func withOutput<Result>(paged: Bool = false, _ body: (ByteSink) throws -> Result) throws -> Result {
        if let line { return try body(line.result) }
        let pages = paged && FileDescriptor.standardOutput.isTerminal && !invocation.isSet("no-pager")
        guard pages, let pager = Pager(environment: environment) else {
            let sink = ByteSink()
            let result = try body(sink)
            try sink.flush()
            return result
        }
        defer { pager.close() }
        let sink = ByteSink(descriptor: pager.input.rawValue)
        let result = try body(sink)
        try sink.flush()
        return result
    }
}
