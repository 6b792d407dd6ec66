/// The state of reading one record. Offsets count from the record's start.
struct CSVScan {
    /// The reason why a record cannot be read to its end.
    enum Stop: Error {
        case unreadable(ReadError)
        case recordTooLong
        case unterminatedQuote(at: CSVError.Position)
    }

    /// A fault of a record whose end is still known.
    enum Problem {
        case bareQuote
        case textAfterQuote
        case bareCarriageReturn
        case nulByte
        case invalidUTF8(UInt8)
        case unknownEscape

        func error(at position: CSVError.Position) -> CSVError {
            switch self {
            case .bareQuote: .bareQuote(at: position)
            case .textAfterQuote: .textAfterQuote(at: position)
            case .bareCarriageReturn: .bareCarriageReturn(at: position)
            case .nulByte: .nulByte(at: position)
            case .invalidUTF8(let byte): .invalidUTF8(byte, at: position)
            case .unknownEscape: .unknownEscape(at: position)
            }
        }
    }

    /// The record's first byte.
    var base: UnsafeMutablePointer<UInt8>
    /// The number of bytes available from `base` on.
    var limit: Int
    /// The offset of the next byte.
    var at = 0

    /// The record's number and first line.
    let recordNumber: Int
    let firstLine: Int
    /// The line of the next byte, from 1, and the offset at which it begins.
    private(set) var line: Int
    private var lineStart = 0
    /// The number of fields before the present one.
    var count = 0
    /// The position of the record's end, before its line end.
    private(set) var recordEnd: CSVError.Position
    /// The first error found.
    private(set) var error: CSVError?

    // The present field: its position, and the range of its value. The value is moved together over the escapes of the
    // input: its bytes from `runStart` on have yet to move down by `removed`.
    private var fieldLine: Int
    private var fieldColumn = 1
    private var valueStart = 0
    private var runStart = 0
    private var removed = 0

    init(base: UnsafeMutablePointer<UInt8>, limit: Int, recordNumber: Int, line: Int) {
        self.base = base
        self.limit = limit
        self.recordNumber = recordNumber
        self.line = line
        firstLine = line
        fieldLine = line
        recordEnd = .init(record: recordNumber, field: 1, line: line, column: 1)
    }

    /// The column of the next byte.
    private var column: Int { at - lineStart + 1 }

    /// The position of the next byte.
    var position: CSVError.Position { .init(record: recordNumber, field: count + 1, line: line, column: column) }

    /// The position of the start of the present field.
    var fieldPosition: CSVError.Position {
        .init(record: recordNumber, field: count + 1, line: fieldLine, column: fieldColumn)
    }

    /// Records an error at the next byte, unless there was one before.
    @inline(never)
    mutating func note(_ problem: Problem) {
        if error == nil { error = problem.error(at: position) }
    }

    /// Begins a field at the next byte.
    @inline(__always)
    mutating func beginField() {
        fieldLine = line
        fieldColumn = column
        removed = 0
        beginValue()
    }

    /// Begins the field's value at the next byte.
    @inline(__always)
    mutating func beginValue() {
        valueStart = at
        runStart = at
    }

    /// Removes the byte at `offset`, which the scan has reached, from the value.
    mutating func drop(_ offset: Int) {
        closeGap(before: offset)
        removed += 1
        runStart = offset + 1
    }

    /// Ends the value of the present field before the next byte and returns the field.
    @inline(__always)
    mutating func endField() -> CSVRecord.Field {
        if removed > 0 { closeGap(before: at) }
        return CSVRecord.Field(
            start: Int32(truncatingIfNeeded: valueStart),
            end: Int32(truncatingIfNeeded: at - removed),
            lineDelta: Int32(truncatingIfNeeded: fieldLine - firstLine),
            column: Int32(truncatingIfNeeded: fieldColumn)
        )
    }

    /// An empty field at the end of the record.
    var emptyField: CSVRecord.Field {
        CSVRecord.Field(
            start: 0,
            end: 0,
            lineDelta: Int32(truncatingIfNeeded: recordEnd.line - firstLine),
            column: Int32(truncatingIfNeeded: recordEnd.column)
        )
    }

    /// Ends the record before the next byte.
    @inline(__always)
    mutating func endRecord() { recordEnd = position }

    /// Skips the byte that ends a line.
    @inline(__always)
    mutating func passLineEnd() {
        at += 1
        line += 1
        lineStart = at
    }

    private mutating func closeGap(before end: Int) {
        (base + runStart - removed).update(from: base + runStart, count: end - runStart)
    }
}
