import CLIKit
import CRMKit
import Formats
import Localization

/// Rows that are not records, in any format: settings, findings, history.
struct Listing {
    /// A column of a listing.
    struct Column {
        /// The header for programs, and the name of the member of a row's object.
        let key: String
        /// What that member holds.
        let schema: JSONSchema
        /// The header for people.
        let label: Text
        /// Whether the column holds the id that `--format id` prints.
        let isID: Bool
        /// Whether its cells are meaningless when cut.
        let isWhole: Bool
        /// Whether its texts are cut after those of other columns.
        let isPreferred: Bool
        /// Whether its texts are excerpts, in which what was looked for stands between brackets.
        let isExcerpt: Bool

        /// - Parameter schema: needed where a row's object has a member for each column.
        init(
            _ key: String,
            _ schema: JSONSchema = .anything,
            en: String,
            es: String,
            isID: Bool = false,
            isWhole: Bool = false,
            isPreferred: Bool = false,
            isExcerpt: Bool = false
        ) {
            self.key = key
            self.schema = schema
            label = Text(en: en, es: es)
            self.isID = isID
            self.isWhole = isWhole || isID
            self.isPreferred = isPreferred
            self.isExcerpt = isExcerpt
        }
    }

    /// One row, worded for each kind of reader.
    struct Row {
        /// Cells for programs.
        let machine: [String]
        /// Cells for people.
        let people: [String]
        /// The beginnings of cells that must not be cut, by column index.
        var leads: [Int: String] = [:]
        /// The whole row as JSON.
        let json: JSONValue
    }

    private let columns: [Column]
    private let format: OutputFormat
    private let style: OutputStyle
    private let sink: ByteSink
    private var table: Table
    private var writer: CSVWriter
    private var isEmpty = true
    /// Whether the text before the rows has been written.
    private(set) var hasBegun = false

    init(_ columns: [Column], format: OutputFormat, style: OutputStyle, to sink: ByteSink) {
        self.columns = columns
        self.format = format
        self.style = style
        self.sink = sink
        table = Table(
            columns: columns.map {
                Table.Column(
                    $0.label(in: style.language),
                    alignment: $0.isID ? .trailing : .leading,
                    isWhole: $0.isWhole,
                    isPreferred: $0.isPreferred,
                    isExcerpt: $0.isExcerpt
                )
            },
            lineWidth: style.lineWidth,
            style: style.style,
            leavesOutEmpty: true
        )
        writer = CSVWriter(sink, dialect: format == .csv ? .csv() : .tsv)
    }

    /// The headers of the columns that the table leaves out because no row has a value for them.
    var emptyColumns: [String] { table.emptyColumns.map(\.header) }

    /// The number of columns at the end of a table that do not fit the line.
    var omittedColumns: Int { table.omittedColumns }

    /// Writes the text before the rows. The first row does this otherwise.
    mutating func begin() throws {
        hasBegun = true
        switch format {
        case .json: try sink.append("[")
        case .csv, .tsv: if style.hasHeader { try writeDelimited(columns.map(\.key)) }
        case .markdown:
            try sink.append(MarkdownOutput.line(columns.map { $0.label(in: style.language) }))
            try sink.append(MarkdownOutput.line(columns.map { $0.isID ? "---:" : "---" }, escaping: false))
        case .table, .jsonl, .id: break
        }
    }

    /// Writes a row.
    mutating func write(_ row: Row) throws {
        try write(machine: { row.machine }, people: { row.people }, json: { row.json }, keeping: row.leads)
    }

    /// Writes a row, computing only the representation that the format needs.
    ///
    /// - Parameter leads: the beginnings of cells that must not be cut, by column index.
    mutating func write(
        machine: () -> [String],
        people: () -> [String],
        json: () -> JSONValue,
        keeping leads: [Int: String] = [:]
    ) throws {
        if !hasBegun { try begin() }
        if format.isJSON {
            try writeValue { writer in try writer.value(json()) }
            return
        }
        switch format {
        case .table:
            var lines: [UInt8] = []
            table.append(people(), keeping: leads, to: &lines)
            try sink.append(lines)
        case .csv, .tsv: try writeDelimited(machine())
        case .markdown: try sink.append(MarkdownOutput.line(people()))
        case .id:
            let cells = zip(columns, machine()).filter { column, cell in column.isID && !cell.isEmpty }
            for (_, cell) in cells { try sink.append(cell + "\n") }
        case .json, .jsonl: break
        }
    }

    /// Writes a cell of a row for programs, as UTF-8.
    mutating func writeCell(_ text: UnsafeRawBufferPointer) throws { try writer.writeField(text) }

    /// Ends a row of cells for programs.
    mutating func endRow() throws { try writer.endRecord() }

    /// Writes a JSON row that is too long to be stored as one value.
    mutating func writeValue(_ body: (inout JSONWriter) throws -> Void) throws {
        if format == .json { try sink.append(isEmpty ? "\n" : ",\n") }
        isEmpty = false
        var writer = JSONWriter(sink)
        try body(&writer)
        if format == .jsonl { try writer.endLine() }
    }

    /// Writes the text after the rows.
    mutating func end() throws {
        switch format {
        case .table:
            var lines: [UInt8] = []
            table.finish(to: &lines)
            try sink.append(lines)
        case .json: try sink.append(isEmpty ? "]\n" : "\n]\n")
        default: break
        }
    }

    private mutating func writeDelimited(_ cells: [String]) throws {
        for cell in cells { try writer.writeField(cell) }
        try writer.endRecord()
    }
}

/// The columns of rows whose objects have a member for each.
extension [Listing.Column] {
    /// The schema of a row's object.
    var schema: JSONSchema { .object(map { (name: $0.key, schema: $0.schema) }) }

    /// Returns a row's object.
    ///
    /// - Parameter values: the values of the members, in the order of the columns.
    func object(_ values: [JSONValue]) -> JSONValue { .object(zip(self, values).map { JSONMember($0.key, $1) }) }
}
