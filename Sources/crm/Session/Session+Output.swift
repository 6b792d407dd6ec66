import CLIKit
import CRMKit
import Formats
import Localization

extension Session {
    /// Prints plain text.
    func print(_ text: String) throws {
        try withOutput { try $0.append(text) }
    }

    /// Prints text from others, without changes unless it goes to a terminal.
    func printForeign(_ text: String) throws {
        try withOutput(to: nil) { try $0.append(text) }
    }

    /// A sink for JSON lines that are written directly. On a terminal, it escapes characters that control the terminal.
    var lineSink: ByteSink {
        let output = FileDescriptor.standardOutput
        guard output.isTerminal else { return ByteSink() }
        return ByteSink(descriptor: output.rawValue, filter: TerminalFilter(isJSON: true).shown)
    }

    /// Prints one JSON value on a line.
    func print(_ value: JSONValue) throws {
        try withOutput { try JSONLine.write(value, to: $0) }
    }

    /// The format of the output, according to the options and to the target of standard output. In a batch it is JSON.
    ///
    /// - Throws: ``CRMError`` `usage` for a batch with a format other than JSON.
    var outputFormat: OutputFormat {
        get throws {
            let named = try invocation.namedFormat
            guard line != nil else {
                let format = named ?? .table
                // In a pipe, a table becomes TSV.
                return format == .table && !FileDescriptor.standardOutput.isTerminal ? .tsv : format
            }
            if let named, named != .json {
                throw CRMError(
                    .usage,
                    Text(en: "results of a batch are JSON", es: "los resultados de un lote son JSON"),
                    hint: Text(en: "leave --format out", es: "omitir --format")
                )
            }
            return .json
        }
    }

    /// The style of the output: audience, colours, width and header.
    var outputStyle: OutputStyle {
        get throws {
            let output = FileDescriptor.standardOutput
            return OutputStyle(
                audience: try audience,
                style: Style(isTerminal: output.isTerminal, environment: environment),
                lineWidth: output.lineWidth(in: environment),
                hasHeader: !invocation[GlobalOptions.noHeader]
            )
        }
    }

    /// The audience of the output: its language and clock.
    var audience: Audience {
        get throws {
            Audience(language: language, clock: try clock()) { [registry] name in
                registry.find(ModuleName(rawValue: name))?.one
            }
        }
    }

    /// Runs a closure with a sink for a file, or for standard output if the path is `nil` or `-`, and flushes the sink.
    ///
    /// - Parameter inputs: the files that the command reads; the output file must not be one of them.
    func withOutput<Result>(
        to path: String?,
        encoding: TextEncoding = .utf8,
        byteOrderMark: Bool = false,
        reading inputs: [String] = [],
        _ body: (ByteSink) throws -> Result
    ) throws -> Result {
        if let path, path != "-" {
            try refuseFileInTransaction()
            try checkIsFree(path, for: "--output", reading: inputs)
            return try AtomicFile(interruption: interruption)
                .write(to: path, encoding: encoding, byteOrderMark: byteOrderMark, body)
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
        repetition.spend()
        // A terminal reads UTF-8 without a byte order mark.
        let sink =
            FileDescriptor.standardOutput.isTerminal
            ? terminalSink(isTable: false) : ByteSink(encoding: encoding, byteOrderMark: byteOrderMark)
        let result = try body(sink)
        try sink.flush()
        return result
    }

    /// Returns a sink for a terminal, or for a pager before one. It escapes characters that control the terminal,
    /// except for a table and output for people, which do so themselves.
    ///
    /// - Parameter isTable: whether the output is a table unless another format is named.
    private func terminalSink(_ output: FileDescriptor = .standardOutput, isTable: Bool = true) -> ByteSink {
        let named = invocation.formName
        if isTable, named ?? OutputFormat.table.rawValue == OutputFormat.table.rawValue {
            return ByteSink(descriptor: output.rawValue)
        }
        let filter = TerminalFilter(isJSON: named.flatMap(OutputFormat.init(rawValue:))?.isJSON ?? false)
        return ByteSink(descriptor: output.rawValue, filter: filter.shown)
    }

    /// Runs a closure with a sink for standard output and flushes the sink.
    ///
    /// - Parameter paged: whether to show the output in a pager if standard output is a terminal.
    func withOutput<Result>(paged: Bool = false, _ body: (ByteSink) throws -> Result) throws -> Result {
        if let line { return try body(line.result) }
        repetition.spend()
        let pages = paged && FileDescriptor.standardOutput.isTerminal && !invocation[GlobalOptions.noPager]
        guard pages, let pager = Pager(environment: environment) else {
            let sink = FileDescriptor.standardOutput.isTerminal ? terminalSink() : ByteSink()
            let result = try body(sink)
            try sink.flush()
            return result
        }
        defer { pager.close() }
        let sink = terminalSink(pager.input)
        let result = try body(sink)
        try sink.flush()
        return result
    }
}
