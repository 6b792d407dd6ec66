import CRMKit
import Formats

/// Rows as CSV (RFC 4180) or as tab-separated lines.
struct DelimitedOutput: RecordOutput {
    /// The spelling of the text.
    struct Spelling {
        /// The dialect, with the delimiter between cells.
        var dialect: CSVDialect
        /// The spelling of numbers and dates in cells.
        var cells = CellRules()
        /// Whether percentages of at most 1 have their sign. People keep 16 % as 0.16, and 1 for all, so that without it
        /// an import could not know what they are.
        var signsFractions = false
        /// Whether text is protected from being read as a formula by a spreadsheet.
        var isSpreadsheetSafe = false
    }

    private let columns: [OutputColumn]
    private let cells: [Cell]
    private let hasHeader: Bool
    private let spelling: Spelling
    private var writer: CSVWriter
    private var text = MachineText()
    /// A buffer, reused for all cells.
    private var scratch: [UInt8] = []

    /// The facts of a column that are needed for every row. They are separate from the column, since copying that for
    /// every cell would cost more than writing the cell.
    private struct Cell {
        let position: Int
        let form: Form
    }

    /// The ways of writing the cells of a column.
    private enum Form {
        case bytes, integer, boolean, number, percentage, day, several, other
    }

    init(_ columns: [OutputColumn], to sink: ByteSink, spelling: Spelling, hasHeader: Bool) {
        self.columns = columns
        cells = columns.map { Cell(position: $0.position, form: Self.form(of: $0, spelling)) }
        self.hasHeader = hasHeader
        self.spelling = spelling
        writer = CSVWriter(sink, dialect: spelling.dialect, isSpreadsheetSafe: spelling.isSpreadsheetSafe)
    }

    private static func form(of column: OutputColumn, _ spelling: Spelling) -> Form {
        switch column.kind {
        case .text where spelling.cells.dates != .iso && column.type.form.isDay: .day
        case .text, .choice: .bytes
        case .integer, .reference: .integer
        case .scaled where spelling.signsFractions && column.type.mayBeFraction(1): .percentage
        case .scaled, .money: .number
        case .boolean: .boolean
        case .several: .several
        case .duration, .list, .linked, .rows, .anyReference: .other
        }
    }

    mutating func begin() throws {
        guard hasHeader else { return }
        for column in columns { try writer.writeField(column.path) }
        try writer.endRecord()
    }

    mutating func write(_ row: Rows) throws {
        for index in cells.indices {
            let cell = cells[index]
            if row.isNull(cell.position) {
                try writer.writeRawField(UnsafeRawBufferPointer(start: nil, count: 0))
                continue
            }
            switch cell.form {
            case .bytes: try writer.writeField(row.bytes(cell.position))
            case .integer: try writer.writeField(integer: row.integer(cell.position))
            case .boolean: try writer.writeRawField(MachineText.word(row.integer(cell.position) != 0))
            case .number: try writeNumber(columns[index], of: row)
            case .percentage:
                let column = columns[index]
                try writeNumber(column, of: row, isSigned: column.type.mayBeFraction(row.integer(cell.position)))
            case .day: try writer.writeField(spelling.cells.spelled(day: row.text(cell.position)))
            case .several: try writer.writeField(several(columns[index], of: row))
            case .other: try text.with(columns[index], of: row) { try writer.writeField($0) }
            }
        }
        try writer.endRecord()
    }

    mutating func end() throws {}

    /// Returns the values of a column with several, each spelled like a single value.
    private func several(_ column: OutputColumn, of row: Rows) -> String {
        let isDay = column.type.form.isDay
        return MachineText.joined(column, of: row) { text in
            if isDay { return spelling.cells.spelled(day: text) }
            guard column.type.isNumeric, spelling.cells.hasDecimalComma else { return text }
            return String(text.map { $0 == "." ? "," : $0 })
        }
    }

    /// Writes a number as it is, since it is not a formula, whatever its sign.
    ///
    /// - Parameter isSigned: whether a percent sign stands behind it.
    private mutating func writeNumber(_ column: OutputColumn, of row: Rows, isSigned: Bool = false) throws {
        guard spelling.cells.hasDecimalComma || isSigned else {
            return try text.with(column, of: row) { try writer.writeRawField($0) }
        }
        let mark = UInt8(ascii: spelling.cells.hasDecimalComma ? "," : ".")
        scratch.removeAll(keepingCapacity: true)
        try text.with(column, of: row) { bytes in
            for byte in bytes { scratch.append(byte == UInt8(ascii: ".") ? mark : byte) }
        }
        if isSigned { scratch.append(UInt8(ascii: "%")) }
        if spelling.dialect.delimiter == .comma, scratch.contains(UInt8(ascii: ",")) {
            scratch = [UInt8(ascii: "\"")] + scratch + [UInt8(ascii: "\"")]
        }
        try scratch.withUnsafeBytes { try writer.writeRawField($0) }
    }
}
