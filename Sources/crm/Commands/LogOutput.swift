import CLIKit
import CRMKit
import Formats
import Localization

/// Prints change sets: as paragraphs on a terminal, as a row for each field to programs, as an object each in JSON.
struct LogOutput {
    private let format: OutputFormat
    private let style: OutputStyle
    private let clock: Clock
    private let program: String
    private let sink: ByteSink
    private var listing: Listing
    private var isFirst = true

    init(format: OutputFormat, style: OutputStyle, clock: Clock, program: String, to sink: ByteSink) {
        self.format = format
        self.style = style
        self.clock = clock
        self.program = program
        self.sink = sink
        listing = Listing(LogRows.columns, format: format, style: style, to: sink)
    }

    mutating func begin() throws {
        if format != .table { try listing.begin() }
    }

    mutating func write(_ change: LoggedChange) throws {
        switch format {
        case .table:
            if !isFirst { try sink.append("\n") }
            let text = LogText(language: style.language, clock: clock, program: program, style: style.style)
            try sink.append(text.paragraph(on: change))
        case .json, .jsonl, .id:
            try listing.write(
                Listing.Row(machine: LogRows.lead(of: change), people: [], json: LogJSON.value(of: change))
            )
        case .csv, .tsv, .markdown:
            for row in LogRows(language: style.language).rows(of: change) { try listing.write(row) }
        }
        isFirst = false
    }

    mutating func end() throws {
        if format != .table { try listing.end() }
    }
}
