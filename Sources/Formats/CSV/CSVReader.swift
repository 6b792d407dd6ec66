/// Reads delimited text, record by record, in memory that depends only on the longest record.
///
/// Strict RFC 4180 (or, for `CSVDialect.tsv`, its backslash escapes) over UTF-8:
/// - a byte order mark at the start is skipped; records end with LF, CR LF or the end of the input;
/// - empty lines are skipped, except if records have one field and the dialect has no quotes to mark an empty field;
/// - every record has as many fields as the first.
///
/// A lenient reader accepts what spreadsheets and other programs write:
/// - it skips records of several fields in which all are blank, and lines that decorate a table;
/// - it ignores empty fields beyond the named ones, and supplies empty fields left out at the end of a record;
/// - it takes `="0012"`, which keeps spreadsheets from reading a code as a number, for the text between the quotes, and
///   a quote within a field between tabs for text;
/// - if the first line ends in CR alone, as programs for the Mac have written it, so do all records.
///
/// `next()` throws the first error of a record, and then continues with the following record; a misplaced quote counts
/// as text there. After an unterminated quote, an overlong record or a failed read there is no following record:
/// `next()` returns nil and `stoppedEarly` is true.
public final class CSVReader {
    let source: ByteSource
    let classes: CSVByteClasses
    let usesQuotes: Bool
    /// Whether a quote is text within a field that does not begin with one, as in `5" tubo`. Between tabs it has no
    /// other meaning.
    let takesBareQuotes: Bool
    private let maximumRecordLength: Int
    let isLenient: Bool
    private var fields: UnsafeMutablePointer<CSVRecord.Field>
    private var fieldCapacity = 64
    private var hasBegun = false
    /// Whether records end with CR alone.
    private(set) var endsInCarriageReturns = false
    private var line: Int
    /// The number of decorating lines skipped before the last record.
    private var drawnLines = 0
    // These are asked for with every record; see `ByteSink`.
    /// Whether an empty line stands between the record last read, well or badly, and the one before it.
    @exclusivity(unchecked) public private(set) var followsEmptyLine = false
    private var recordNumber = 0
    /// The unmodified input, if raw records are wanted.
    private var rawBytes: CSVRawBytes?
    /// The offset of the last record in the input, and its length with the line end.
    private var rawStart = 0
    private var rawLength = 0

    /// The number of fields that every record must have, set by the first record; nil before it.
    @exclusivity(unchecked) public private(set) var fieldCount: Int?
    /// The number of empty names at the end of the header, which `readHeader()` has left out.
    public private(set) var unnamedCount = 0
    /// The line of the names that `readHeader()` last gave.
    public private(set) var headerLine = 1
    /// True when an error left the rest of the input unread.
    @exclusivity(unchecked) public private(set) var stoppedEarly = false

    /// Creates a reader of records of up to `maximumRecordLength` bytes, at most 1 GiB.
    ///
    /// - Parameters:
    ///   - isLenient: whether to accept what spreadsheets write; see the type.
    ///   - firstLine: the number of the source's next line.
    ///   - keepsRawRecords: whether `rawRecord` is available, which costs a copy of the input.
    public init(
        _ source: ByteSource,
        dialect: CSVDialect = .csv(),
        maximumRecordLength: Int = 16 * 1024 * 1024,
        isLenient: Bool = false,
        firstLine: Int = 1,
        keepsRawRecords: Bool = false
    ) {
        self.source = source
        self.isLenient = isLenient
        line = firstLine
        rawBytes = keepsRawRecords ? CSVRawBytes() : nil
        // Fields store their offsets in 32 bits.
        self.maximumRecordLength = min(maximumRecordLength, 1 << 30)
        usesQuotes = dialect.quoting == .doubleQuotes
        takesBareQuotes = isLenient && dialect.delimiter == .tab
        classes = CSVByteClasses(dialect)
        fields = .allocate(capacity: fieldCapacity)
    }

    deinit { fields.deallocate() }

    /// The record that `next()` last returned or rejected, byte for byte as in the input (in UTF-8 if that is decoded),
    /// without its line end. It is empty after the last record, after one that is too long or could not be read to its
    /// end, and in a reader without raw records. An unclosed quote extends to the end of the input.
    public var rawRecord: [UInt8] {
        rawBytes?.record(at: rawStart, length: rawLength, endsInCarriageReturn: endsInCarriageReturns) ?? []
    }

    /// Reads the next record as the names of the fields. It gets the number 0, so that later records count from 1.
    /// Returns nil for an empty input.
    public func readHeader() throws(CSVError) -> [String]? {
        recordNumber = -1
        fieldCount = nil
        guard let header = try next() else { return nil }
        headerLine = header.line
        var names = (0..<header.count).map(header.string(at:))
        guard isLenient else { return names }
        while names.count > 1, names.last?.isEmpty == true { names.removeLast() }
        unnamedCount = header.count - names.count
        fieldCount = names.count
        return names
    }

    /// Returns the next record, which is valid until the next call; nil after the last.
    public func next() throws(CSVError) -> CSVRecord? {
        var hasPassedBlank = false
        defer { if hasPassedBlank { followsEmptyLine = true } }
        while let record = try nextAsIs() {
            guard isLenient, record.isBlank else { return record }
            hasPassedBlank = true
            recordNumber -= 1
        }
        return nil
    }

    private func nextAsIs() throws(CSVError) -> CSVRecord? {
        rawLength = 0
        guard !stoppedEarly else { return nil }
        let former = line
        guard try findRecord() else { return nil }
        followsEmptyLine = line > former + drawnLines
        if rawBytes != nil { beginRawRecord() }
        recordNumber += 1
        var scan = CSVScan(base: source.window, limit: source.available, recordNumber: recordNumber, line: line)
        let begin = scan.position
        do throws(CSVScan.Stop) {
            var continues = true
            while continues {
                if scan.count == fieldCapacity { growFields() }
                continues = try readField(&scan, into: fields + scan.count)
                scan.count += 1
            }
            if scan.at > maximumRecordLength { throw .recordTooLong }
        } catch {
            stoppedEarly = true
            if case .unterminatedQuote = error { rawLength = scan.limit }
            throw explain(error, recordAt: begin)
        }
        rawLength = scan.at
        source.consume(scan.at)
        line = scan.line
        if let error = scan.error { throw error }
        let record = CSVRecord(
            base: scan.base,
            fields: fields,
            count: scan.count,
            recordNumber: recordNumber,
            line: scan.firstLine
        )
        if let expected = fieldCount {
            guard record.count != expected else { return record }
            if isLenient, record.isBlank { return record }
            if isLenient, let fitted = fitted(record, to: expected, end: scan) { return fitted }
            throw raggedRow(record, expected: expected, end: scan.recordEnd)
        } else {
            fieldCount = record.count
        }
        return record
    }

    /// Skips empty and decorating lines before a record. Returns false if no record follows.
    private func findRecord() throws(CSVError) -> Bool {
        drawnLines = 0
        do throws(ReadError) {
            if !hasBegun {
                hasBegun = true
                try source.skipByteOrderMark()
                if isLenient { endsInCarriageReturns = try source.endsLinesInCarriageReturns(quoted: usesQuotes) }
            }
            while try source.ensure(1) {
                // Each of several files that were joined may have its own mark.
                if isLenient, source.window[0] == ByteSource.byteOrderMark[0] {
                    try source.skipByteOrderMark()
                    guard try source.ensure(1) else { return false }
                }
                let length = try emptyLineLength()
                if length == 0, isLenient, let drawn = try drawnLineLength() {
                    source.consume(drawn)
                    line += 1
                    drawnLines += 1
                    continue
                }
                if length == 0 || !usesQuotes && fieldCount == 1 { return true }
                source.consume(length)
                line += 1
            }
            return false
        } catch {
            stoppedEarly = true
            throw .unreadable(error)
        }
    }

    /// Returns the length of the line end at the beginning of the window; 0 if it begins with something else.
    private func emptyLineLength() throws(ReadError) -> Int {
        switch source.window[0] {
        case UInt8(ascii: "\n"): 1
        case UInt8(ascii: "\r"):
            if try source.ensure(2), source.window[1] == UInt8(ascii: "\n") {
                2
            } else if isLenient, try source.ensure(3), source.window[1] == UInt8(ascii: "\r"),
                source.window[2] == UInt8(ascii: "\n")
            {
                3
            } else {
                endsInCarriageReturns ? 1 : 0
            }
        default: 0
        }
    }

    /// Fills the window up to `length` bytes from the scan's next one on. Returns false if the input ends before.
    @inline(__always)
    func reaches(_ scan: inout CSVScan, _ length: Int) throws(CSVScan.Stop) -> Bool {
        while scan.at + length > scan.limit {
            guard try refill(&scan) else { return false }
        }
        return true
    }

    @inline(never)
    private func refill(_ scan: inout CSVScan) throws(CSVScan.Stop) -> Bool {
        guard scan.limit <= maximumRecordLength else { throw .recordTooLong }
        do throws(ReadError) {
            let grew = try source.fill()
            scan.base = source.window
            scan.limit = source.available
            rawBytes?.keep(source)
            return grew
        } catch {
            throw .unreadable(error)
        }
    }

    @inline(never)
    private func beginRawRecord() {
        rawStart = source.offset
        rawBytes?.keep(source)
    }

    private func growFields() {
        let grown = UnsafeMutablePointer<CSVRecord.Field>.allocate(capacity: fieldCapacity * 2)
        grown.update(from: fields, count: fieldCapacity)
        fields.deallocate()
        fields = grown
        fieldCapacity *= 2
    }

    private func explain(_ stop: CSVScan.Stop, recordAt begin: CSVError.Position) -> CSVError {
        switch stop {
        case .unreadable(let error): .unreadable(error)
        case .recordTooLong: .recordTooLong(limit: maximumRecordLength, at: begin)
        case .unterminatedQuote(let position): .unterminatedQuote(at: position)
        }
    }

    /// Returns a record with the expected number of fields, without excess empty ones or with missing ones supplied;
    /// nil if that is not possible. Fields are not supplied to a single one if more than two are expected, nor in a
    /// dialect without quotes, which spreadsheets do not write.
    private func fitted(_ record: CSVRecord, to expected: Int, end scan: CSVScan) -> CSVRecord? {
        if record.count > expected { return record.isEmpty(from: expected) ? record.prefix(expected) : nil }
        guard usesQuotes, record.count > 1 || expected == 2 else { return nil }
        let empty = scan.emptyField
        for index in record.count..<expected { fields[index] = empty }
        return CSVRecord(
            base: record.base,
            fields: fields,
            count: expected,
            given: record.count,
            recordNumber: record.recordNumber,
            line: record.line
        )
    }

    private func raggedRow(_ record: CSVRecord, expected: Int, end: CSVError.Position) -> CSVError {
        let position = record.count > expected ? record.position(of: expected) : end
        let full = (expected..<max(expected, record.count)).first { !record.bytes(at: $0).isEmpty }
        let told = record.count > expected ? (full ?? expected) + 1 : record.count
        let cells = (0..<told).map { record.string(at: $0) }
        return .raggedRow(expected: expected, found: record.count, cells: cells, at: position)
    }
}
