/// Writes delimited text, field by field, straight into a sink.
///
/// A field is quoted only if necessary: if it contains the delimiter, a double quote, CR or LF, or if it is the only
/// field of a record and empty. A text whose first field begins with a byte order mark gets another one before it.
/// Bytes are written unchecked: the caller must ensure that they are UTF-8 without NUL, as readers require.
public struct CSVWriter {
    private let sink: ByteSink
    private let delimiter: UInt8
    private let usesQuotes: Bool
    private let endsWithCRLF: Bool
    private let isSpreadsheetSafe: Bool
    private var isFirstField = true
    private var isFirstRecord = true
    /// Whether the record so far is a single empty field.
    private var isBlank = false

    /// Creates a writer into a sink, which the caller flushes.
    ///
    /// - Parameter isSpreadsheetSafe: whether to protect spreadsheets from formulas (OWASP, "CSV Injection"). A field
    ///   that a spreadsheet would take for a formula gets an apostrophe before it: one that begins with `=`, `+`, `-`,
    ///   `@`, a tab or CR, or with one of these signs after blanks or in full width. Readers return the apostrophe as
    ///   part of the value, so such a file is not meant to be imported again. Numbers and raw fields stay as they are.
    ///   Fields with any of ``separators`` are quoted. Within a field, an apostrophe also follows a line end, or a
    ///   separator other than the file's own, before a formula, so that a spreadsheet that splits there finds none.
    public init(_ sink: ByteSink, dialect: CSVDialect = .csv(), isSpreadsheetSafe: Bool = false) {
        self.sink = sink
        self.isSpreadsheetSafe = isSpreadsheetSafe
        delimiter = dialect.delimiter.rawValue
        usesQuotes = dialect.quoting == .doubleQuotes
        endsWithCRLF = dialect.lineEnd == .crlf
    }

    /// Writes a field with these bytes.
    public mutating func writeField(_ bytes: UnsafeRawBufferPointer) throws(WriteError) {
        if isFirstRecord && isFirstField && !sink.hasByteOrderMark && bytes.starts(with: ByteSource.byteOrderMark) {
            // A reader removes a mark at the beginning of the text: this one instead of the field's own.
            for byte in ByteSource.byteOrderMark { try sink.append(byte) }
        }
        try beginField(isEmpty: bytes.isEmpty)
        if usesQuotes {
            try appendQuotedIfNeeded(bytes, isGuarded: isSpreadsheetSafe && CSVWriter.isFormula(bytes))
        } else {
            if isSpreadsheetSafe, CSVWriter.isFormula(withinQuotes: bytes[...]) {
                try sink.append(CSVWriter.formulaGuard)
            }
            try appendEscaped(bytes)
        }
    }

    /// Writes a field with this text.
    public mutating func writeField(_ string: String) throws(WriteError) {
        try string.withUTF8Bytes { bytes throws(WriteError) in try writeField(bytes) }
    }

    /// Writes a field with this number in decimal digits.
    public mutating func writeField(integer: Int64) throws(WriteError) {
        try beginField(isEmpty: false)
        try sink.append(integer: integer)
    }

    /// Writes a field unchanged; the caller ensures that its bytes need neither quotes nor escapes.
    public mutating func writeRawField(_ bytes: UnsafeRawBufferPointer) throws(WriteError) {
        try beginField(isEmpty: bytes.isEmpty)
        try sink.append(bytes)
    }

    /// Ends the record; the next field begins another.
    public mutating func endRecord() throws(WriteError) {
        if isBlank && usesQuotes {
            try sink.append(UInt8(ascii: "\""))
            try sink.append(UInt8(ascii: "\""))
        }
        if endsWithCRLF { try sink.append(UInt8(ascii: "\r")) }
        try sink.append(UInt8(ascii: "\n"))
        isFirstField = true
        isFirstRecord = false
        isBlank = false
    }

    @inline(__always)
    private mutating func beginField(isEmpty: Bool) throws(WriteError) {
        isBlank = isEmpty && isFirstField
        if !isFirstField { try sink.append(delimiter) }
        isFirstField = false
    }

    /// The bytes at which spreadsheets may split a line.
    private static let separators = CSVDialect.Delimiter.allCases.map(\.rawValue)

    private static let formulaGuard = UInt8(ascii: "'")

    private static func isFormula(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = bytes.first else { return false }
        switch first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
            UInt8(ascii: "\r"):
            return true
        // A control character, a blank, or a byte beyond ASCII that may begin one.
        case 0...UInt8(ascii: " "), 0x7F...: return isFormulaAfterBlanks(bytes)
        default: return false
        }
    }

    /// Returns whether text begins with a formula sign after characters that spreadsheets trim, or with a full-width
    /// form of such a sign (Unicode, Halfwidth and Fullwidth Forms), which they treat like the ASCII one.
    private static func isFormulaAfterBlanks(_ bytes: UnsafeRawBufferPointer) -> Bool {
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
            case "\u{FEFF}", "\u{200B}"..."\u{200D}", "\u{2060}": continue
            default: guard scalar.properties.isWhitespace || scalar.value < 0x20 else { return false }
            }
        }
        return false
    }

    /// Returns whether a byte ends a line, or a cell for a program that splits at another separator than the file's,
    /// and the text behind it would be a formula.
    private func beginsFormula(_ bytes: UnsafeRawBufferPointer, after index: Int) -> Bool {
        switch bytes[index] {
        case delimiter: return false
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "\r"): if bytes[(index + 1)...].first == UInt8(ascii: "\n") { return false }
        case let byte where CSVWriter.separators.contains(byte): break
        default: return false
        }
        return CSVWriter.isFormula(withinQuotes: bytes[(index + 1)...])
    }

    /// Returns whether the text is a formula once quotes at its beginning are removed, as by a program that takes them
    /// for quoting.
    private static func isFormula(withinQuotes bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        isFormula(UnsafeRawBufferPointer(rebasing: bytes.drop { $0 == UInt8(ascii: "\"") }))
    }

    /// Returns whether the text behind a byte is a line of its own, or, for a program that splits at another separator,
    /// ends before the closing quote. The last piece contains that quote, and an odd number of quotes makes no formula.
    private func endsBeforeQuote(_ bytes: UnsafeRawBufferPointer, after index: Int) -> Bool {
        guard CSVWriter.separators.contains(bytes[index]) else { return true }
        return bytes[(index + 1)...].contains { byte in
            byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
                || byte != delimiter && CSVWriter.separators.contains(byte)
        }
    }

    private func appendQuotedIfNeeded(_ bytes: UnsafeRawBufferPointer, isGuarded: Bool) throws(WriteError) {
        guard let first = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        let isSplitElsewhere = isSpreadsheetSafe && bytes.contains(where: CSVWriter.separators.contains)
        guard isSplitElsewhere || needsQuotes(first, bytes.count) else {
            if isGuarded { try sink.append(CSVWriter.formulaGuard) }
            return try sink.append(bytes)
        }
        let quote = UInt8(ascii: "\"")
        try sink.append(quote)
        if isGuarded { try sink.append(CSVWriter.formulaGuard) }
        var run = 0
        for index in 0..<bytes.count {
            let isQuote = first[index] == quote
            let isGuarded =
                isSpreadsheetSafe && beginsFormula(bytes, after: index) && endsBeforeQuote(bytes, after: index)
            guard isQuote || isGuarded else { continue }
            try sink.append(UnsafeRawBufferPointer(rebasing: bytes[run...index]))
            if isQuote { try sink.append(quote) }
            if isGuarded { try sink.append(CSVWriter.formulaGuard) }
            run = index + 1
        }
        try sink.append(UnsafeRawBufferPointer(rebasing: bytes[run...]))
        try sink.append(quote)
    }

    @inline(__always)
    private func needsQuotes(_ first: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var index = 0
        let words = ByteWord(delimiter)
        while index &+ 8 <= count {
            let word = ByteWord(loading: first + index)
            if word.matches(words) | word.matches(.quote) | word.matches(.lineFeed) | word.matches(.carriageReturn) != 0
            {
                return true
            }
            index &+= 8
        }
        while index < count {
            switch first[index] {
            case delimiter, UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return true
            default: index &+= 1
            }
        }
        return false
    }

    private func appendEscaped(_ bytes: UnsafeRawBufferPointer) throws(WriteError) {
        var run = 0
        for index in 0..<bytes.count {
            let letter: UInt8
            let isLineEnd = bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r")
            if isSpreadsheetSafe, !isLineEnd, beginsFormula(bytes, after: index) {
                try sink.append(UnsafeRawBufferPointer(rebasing: bytes[run...index]))
                try sink.append(CSVWriter.formulaGuard)
                run = index + 1
                continue
            }
            switch bytes[index] {
            case UInt8(ascii: "\t"): letter = UInt8(ascii: "t")
            case UInt8(ascii: "\n"): letter = UInt8(ascii: "n")
            case UInt8(ascii: "\r"): letter = UInt8(ascii: "r")
            case UInt8(ascii: "\\"): letter = UInt8(ascii: "\\")
            default: continue
            }
            try sink.append(UnsafeRawBufferPointer(rebasing: bytes[run..<index]))
            try sink.append(UInt8(ascii: "\\"))
            try sink.append(letter)
            run = index + 1
        }
        try sink.append(UnsafeRawBufferPointer(rebasing: bytes[run...]))
    }
}
