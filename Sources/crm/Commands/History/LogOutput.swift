import CLIKit
import CRMKit
import Formats

/// Prints change sets: as paragraphs on a terminal, as one row per field for programs, as one object each in JSON.
struct LogOutput {
    private let registry: Registry
    private let format: OutputFormat
    private let style: OutputStyle
    private let program: String
    private let sink: ByteSink
    private var listing: Listing
    private var isFirst = true
    /// The change sets that the rows do not show completely.
    private(set) var truncated: [Int64] = []
    /// The number of change sets after which the limit ended the output; nil if it did not.
    var cutAfter: Int?

    init(
        registry: Registry,
        format: OutputFormat,
        style: OutputStyle,
        program: String,
        to sink: ByteSink
    ) {
        self.registry = registry
        self.format = format
        self.style = style
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
            try LogText(
                registry: registry,
                audience: style.audience,
                program: program,
                style: style.style
            ).write(change, to: sink)
        case .json, .jsonl: try listing.writeValue { try LogJSON.write(change, with: &$0) }
        case .id: try listing.write(Listing.Row(machine: LogRows.lead(of: change.changeSet), people: [], json: .null))
        case .csv, .tsv, .markdown:
            let isTruncated = try LogRows(registry: registry, audience: style.audience).write(change, to: &listing)
            if isTruncated { truncated.append(change.changeSet.id) }
        }
        isFirst = false
    }

    mutating func end() throws {
        if format != .table { try listing.end() }
    }
}
