extension String {
    /// The text; `nil` where it is empty.
    var nonEmpty: String? { isEmpty ? nil : self }

    /// The text without spaces, tabs and line breaks of ASCII, and no-break spaces, at its ends.
    var trimmed: String {
        let isVisible = { (byte: UInt8) in byte > 0x20 && byte < 0x7F }
        if let first = utf8.first, let last = utf8.last, isVisible(first), isVisible(last) { return self }
        let isSpace = { (scalar: Unicode.Scalar) in
            scalar == " " || (scalar >= "\t" && scalar <= "\r") || scalar == "\u{A0}"
        }
        guard let first = unicodeScalars.first, let last = unicodeScalars.last, isSpace(first) || isSpace(last) else {
            return self
        }
        let start = unicodeScalars.firstIndex { !isSpace($0) } ?? endIndex
        let end = unicodeScalars.lastIndex { !isSpace($0) }.map { unicodeScalars.index(after: $0) } ?? start
        return String(unicodeScalars[start..<end])
    }
}
