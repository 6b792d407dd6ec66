import Formats

/// Offsets from UTC as programs write them after a time.
extension Moment {
    /// Reads an offset from UTC as ``offset(_:)`` does, possibly after a blank, and also `UTC`, `GMT-6`, `+00`; a name
    /// in brackets or parentheses after it is skipped. Returns seconds east of UTC.
    static func writtenOffset(_ reader: inout ByteReader) -> Int64? {
        reader.skip { $0 == UInt8(ascii: " ") }
        guard let offset = bareOffset(&reader) else { return nil }
        reader.skip { $0 == UInt8(ascii: " ") }
        if let open = reader.next, open == UInt8(ascii: "[") || open == UInt8(ascii: "(") {
            let close = open == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: ")")
            reader.skip { $0 != close }
            _ = reader.take()
        }
        return offset
    }

    /// Reads an offset that stands in parentheses as a whole: `(GMT-06:00)`.
    private static func bracketedOffset(_ text: Substring) -> Int64? {
        guard text.first == "(", text.last == ")" else { return nil }
        var reader = ByteReader(text.dropFirst().dropLast())
        guard takeUTC(&reader), let sign = reader.next, "+-".utf8.contains(sign) else { return nil }
        reader = ByteReader(text.dropFirst().dropLast())
        let offset = bareOffset(&reader)
        return reader.isAtEnd ? offset : nil
    }

    private static func bareOffset(_ reader: inout ByteReader) -> Int64? {
        var plain = reader
        if let offset = offset(&plain) {
            reader = plain
            return offset
        }
        let isNamed = takeUTC(&reader)
        guard let sign = reader.take(anyOf: ["+", "-"]) else { return isNamed ? 0 : nil }
        let places = reader
        let count = reader.skip(while: \.isDigit)
        reader = places
        let minutes: Int?
        guard isNamed ? 1...2 ~= count || count == 4 : count == 2, let hours = reader.digits(min(count, 2)), hours < 24
        else { return nil }
        if count == 4 || reader.take(":") { minutes = reader.digits(2) } else { minutes = 0 }
        guard let minutes, minutes < 60 else { return nil }
        let seconds = Int64(hours * 3600 + minutes * 60)
        return sign == "-" ? -seconds : seconds
    }

    private static func takeUTC(_ reader: inout ByteReader) -> Bool {
        for name in ["utc", "gmt"] {
            var ahead = reader
            if name.utf8.allSatisfy({ ahead.take().map(\.asciiLowercased) == $0 }) {
                reader = ahead
                return true
            }
        }
        return false
    }

    /// The number of bytes that no moment with its offset and the names of its zone exceeds. In a longer text, every
    /// blank would be looked behind.
    private static let longestWritten = 200

    /// Splits off the offset from UTC after a time of day: `27/11/2026 9:05 p. m. GMT-6`,
    /// `Fri Nov 27 2026 10:00:00 GMT-0600 (Central Standard Time)`.
    ///
    /// - Returns: the text before the offset, and the offset in seconds east of UTC; the whole text and `nil` if it has
    ///   none.
    static func withoutOffset(_ text: String) -> (text: String, offset: Int64?) {
        guard text.utf8.count <= longestWritten else { return (text, nil) }
        for blank in text.indices.reversed() where text[blank] == " " {
            if let offset = bracketedOffset(text[text.index(after: blank)...]) {
                // The same may have been said before it.
                let rest = withoutOffset(String(text[..<blank]))
                return rest.offset == nil ? (rest.text, offset) : rest
            }
            var reader = ByteReader(text[blank...])
            let isSigned = text[text.index(after: blank)...].utf8.first.map { !$0.isLetter && !$0.isDigit } ?? false
            let isNamed = text[text.index(after: blank)...].utf8.count > 2
            guard isSigned || isNamed, let offset = writtenOffset(&reader), reader.isAtEnd else { continue }
            return (String(text[..<blank]), offset)
        }
        return (text, nil)
    }
}
