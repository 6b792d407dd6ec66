/// A record of a delimited text: a view into its reader's memory, valid until the reader's next call.
public struct CSVRecord {
    /// The range of a field's value, in bytes from the record's start, and its position in the input.
    @usableFromInline
    struct Field {
        @usableFromInline let start: Int32
        @usableFromInline let end: Int32
        /// The number of lines between the starts of the record and the field.
        let lineDelta: Int32
        let column: Int32
    }

    @usableFromInline let base: UnsafeRawPointer
    @usableFromInline let fields: UnsafePointer<Field>

    /// The number of fields, at least 1.
    public let count: Int
    /// The number of fields in the input: fewer than `count` if empty ones at the end were left out.
    public let given: Int
    /// The record's number, from 1; 0 for a header read with `readHeader()`.
    public let recordNumber: Int
    /// The line of the input on which the record begins, from 1.
    public let line: Int

    init(
        base: UnsafeRawPointer,
        fields: UnsafePointer<Field>,
        count: Int,
        given: Int? = nil,
        recordNumber: Int,
        line: Int
    ) {
        self.base = base
        self.fields = fields
        self.count = count
        self.given = given ?? count
        self.recordNumber = recordNumber
        self.line = line
    }

    /// Returns the value of the field at `index` (from 0, below `count`), without quotes and escapes, in well-formed
    /// UTF-8 without NUL.
    @inlinable
    public func bytes(at index: Int) -> UnsafeRawBufferPointer {
        precondition(index >= 0 && index < count, "field index out of range")
        let field = fields[index]
        return UnsafeRawBufferPointer(start: base + Int(field.start), count: Int(field.end &- field.start))
    }

    /// Returns the record with only its first `count` fields.
    func prefix(_ count: Int) -> CSVRecord {
        CSVRecord(base: base, fields: fields, count: count, recordNumber: recordNumber, line: line)
    }

    /// Returns whether all fields from `index` on are empty.
    func isEmpty(from index: Int) -> Bool { (index..<count).allSatisfy { bytes(at: $0).isEmpty } }

    /// Whether there are several fields, and all are empty or contain only spaces, no-break spaces (U+00A0) and tabs.
    var isBlank: Bool {
        guard count > 1 else { return false }
        for index in 0..<count {
            var isInside = false
            for byte in bytes(at: index) {
                switch byte {
                case UInt8(ascii: " "), UInt8(ascii: "\t"): guard !isInside else { return false }
                case 0xC2: isInside = true
                case 0xA0:
                    guard isInside else { return false }
                    isInside = false
                default: return false
                }
            }
        }
        return true
    }

    /// Returns the value of the field at `index` as a string.
    public func string(at index: Int) -> String {
        String(decoding: bytes(at: index), as: UTF8.self)
    }

    /// Returns the column of the field's first byte, which may be its opening quote: from 1, in bytes.
    public func column(of index: Int) -> Int { position(of: index).column }

    /// Returns the position in the input at which the field at `index` begins.
    public func position(of index: Int) -> CSVError.Position {
        precondition(index >= 0 && index < count, "field index out of range")
        let field = fields[index]
        return CSVError.Position(
            record: recordNumber,
            field: index + 1,
            line: line + Int(field.lineDelta),
            column: Int(field.column)
        )
    }
}
