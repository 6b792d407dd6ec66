/// The form of an input, recognized by its first bytes, regardless of its name.
public enum InputForm: Equatable, Sendable {
    /// A JSON array (RFC 8259) of objects.
    case jsonArray
    /// A JSON object, which may be the first of several lines.
    case jsonObject
    /// A vCard (RFC 6350).
    case vCard
    /// A calendar (RFC 5545).
    case iCalendar
    /// A file that is not text.
    case binary(BinaryForm)
    /// HTML or XML.
    case markup
    /// Entries of a directory (LDIF, RFC 2849).
    case directory
    /// Text that cannot be JSON.
    case words

    /// Returns whether bytes begin with a word that is not a JSON value (RFC 8259, section 3).
    static func isWords(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, first >= 0x80 || first.isLetter else { return false }
        return !["true", "false", "null"].contains { bytes.starts(with: $0.utf8) }
    }

    /// Recognizes an input by its first bytes.
    ///
    /// - Parameter bytes: the beginning of the input in UTF-8, without a byte order mark.
    init?(beginning bytes: ArraySlice<UInt8>) {
        let text = bytes.drop(while: \.isBlank)
        let inner = text.dropFirst().drop(while: \.isBlank)
        switch text.first {
        case UInt8(ascii: "["):
            guard inner.first == UInt8(ascii: "{") || inner.first == UInt8(ascii: "]") else { return nil }
            self = .jsonArray
        case UInt8(ascii: "{"):
            guard inner.first == UInt8(ascii: "\"") || inner.first == UInt8(ascii: "}") else { return nil }
            self = .jsonObject
        default:
            let words: [(String, InputForm)] = [
                ("begin:vcard", .vCard), ("begin:vaddressbook", .vCard), ("begin:vcalendar", .iCalendar),
                ("<?xml", .markup), ("<!doctype", .markup),
                ("<html", .markup), ("<table", .markup), ("<cfdi:", .markup), ("dn: ", .directory),
                ("dn:: ", .directory),
                ("version: 1\ndn:", .directory), ("version: 1\r\ndn:", .directory),
            ]
            let beginning = text.prefix(18).map(\.asciiLowercased)
            guard let known = words.first(where: { beginning.starts(with: $0.0.utf8) }) else { return nil }
            self = known.1
        }
    }
}

extension ByteSource {
    /// Returns the form of the input by its first bytes, without consuming them; nil if they could be anything.
    ///
    /// - Throws: the error of reading if nothing can be read.
    public func form() throws(ReadError) -> InputForm? {
        try skipByteOrderMark()
        if let binary { return .binary(binary) }
        // An array may go on for long without a line end, so a short beginning is examined first.
        for length in [8, 64] {
            try look(ahead: length)
            let beginning = UnsafeBufferPointer(start: window, count: min(available, 64))
            if let form = InputForm(beginning: Array(beginning)[...]) { return form }
        }
        let beginning = Array(UnsafeBufferPointer(start: window, count: min(available, 64)))
        return InputForm.isWords(beginning) ? .words : nil
    }

    /// Returns the delimiter that occurs most often in the first line, without consuming it; nil for a line of one
    /// cell, and for a line longer than 4096 bytes.
    ///
    /// - Throws: the error of reading if nothing can be read.
    public func likelyDelimiter() throws(ReadError) -> CSVDialect.Delimiter? {
        try skipByteOrderMark()
        try look(ahead: Self.longestHeader)
        var counts: [CSVDialect.Delimiter: Int] = [:]
        var isQuoted = false
        for byte in UnsafeBufferPointer(start: window, count: min(available, Self.longestHeader)) {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "\n") where !isQuoted, UInt8(ascii: "\r") where !isQuoted:
                return counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
            default:
                if !isQuoted, let delimiter = CSVDialect.Delimiter(rawValue: byte) {
                    counts[delimiter, default: 0] += 1
                }
            }
        }
        return nil
    }

    private static let longestHeader = 4096

    /// Consumes a first line `sep=;`, in which spreadsheets state the delimiter.
    ///
    /// - Returns: the delimiter; nil, with nothing consumed, if there is no such line.
    /// - Throws: the error of reading if nothing can be read.
    public func takeSeparatorLine() throws(ReadError) -> CSVDialect.Delimiter? {
        try skipByteOrderMark()
        try look(ahead: 10)
        var line = Array(UnsafeBufferPointer(start: window, count: min(available, 10)))
        let carriageReturn = line.firstIndex(of: UInt8(ascii: "\r"))
        let lineFeed = line.firstIndex(of: UInt8(ascii: "\n"))
        // A line that ends in CR LF ends with the LF.
        let isAlone = carriageReturn.map { $0 + 1 < line.count && line[$0 + 1] != UInt8(ascii: "\n") } ?? false
        guard let end = (isAlone ? carriageReturn : lineFeed) ?? (line.count < 10 ? line.count : nil) else {
            return nil
        }
        let length = min(end + 1, line.count)
        line.removeSubrange(end...)
        line.removeAll { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\r") }
        guard line.count == 5, line.prefix(3).map({ $0 | 0x20 }).elementsEqual("sep".utf8),
            line[3] == UInt8(ascii: "="),
            let delimiter = CSVDialect.Delimiter(rawValue: line[4])
        else { return nil }
        consume(length)
        return delimiter
    }
}
