/// A text with its quoting undone, so that names are found across it: the folds of content lines (RFC 5545 section 3.1,
/// RFC 6350 section 3.2), the marks of quoted lines in mail (RFC 3676 section 4.5), backslashes of content lines and
/// JSON, apostrophes quoted for a shell, and escapes of links (RFC 3986 section 2.1).
struct UnquotedText {
    /// The text with its quoting undone.
    let text: String
    /// The places of its bytes in the quoted text, in order.
    private let stretches: [Stretch]

    /// Bytes that are consecutive in both texts, or a byte that stands for several quoted bytes.
    private struct Stretch {
        /// The offset of its first byte in this text.
        let first: Int
        /// The offset in the quoted text.
        let place: Int
        /// The number of quoted bytes for each byte.
        let width: Int

        /// Whether a byte continues the stretch.
        func goesOn(at place: Range<Int>, as offset: Int) -> Bool {
            width == 1 && place.count == 1 && place.lowerBound - self.place == offset - first
        }
    }

    /// - Returns: `nil` if the text has no quoted part.
    init?(_ quoted: String) {
        var quoted = quoted
        var bytes: [UInt8] = []
        var stretches: [Stretch] = []
        var isQuoted = false
        quoted.withUTF8 { buffer in
            var reading = UnquotedReading(buffer)
            // Most texts have no quoting.
            guard reading.mayBeQuoted else { return }
            while let (byte, place) = reading.next() {
                if stretches.last?.goesOn(at: place, as: bytes.count) != true {
                    stretches.append(Stretch(first: bytes.count, place: place.lowerBound, width: place.count))
                }
                bytes.append(byte)
            }
            isQuoted = reading.isQuoted
        }
        guard isQuoted else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
        self.stretches = stretches
        // Bytes that are not UTF-8 are replaced when decoded, so the places would be wrong.
        guard text.utf8.count == bytes.count else { return nil }
    }

    /// Returns the range of the quoted text that a range of this text comes from.
    func place(of range: Range<String.Index>, in quoted: String) -> Range<String.Index> {
        let first = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
        let last = text.utf8.distance(from: text.startIndex, to: range.upperBound) - 1
        func index(_ offset: Int) -> String.Index { quoted.utf8.index(quoted.startIndex, offsetBy: offset) }
        return index(place(ofByte: first).lowerBound)..<index(place(ofByte: last).upperBound)
    }

    /// Returns the range in the quoted text that a byte of this text stands for.
    private func place(ofByte offset: Int) -> Range<Int> {
        var (low, high) = (0, stretches.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if stretches[middle].first <= offset { low = middle } else { high = middle }
        }
        let stretch = stretches[low]
        let start = stretch.place + offset - stretch.first
        return start..<start + stretch.width
    }
}

/// A cursor over the bytes of a text that undoes its quoting.
private struct UnquotedReading {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Whether the text is made of content lines, judged by its beginning.
    private let hasFolds: Bool
    private var place = 0
    /// The number of following escapes that belong to the character begun.
    private var rest = 0
    /// Whether any quoting was found so far.
    private(set) var isQuoted = false

    private static let apostrophe = Array("'\\''".utf8)

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        hasFolds = bytes.starts(with: "BEGIN:".utf8)
    }

    /// Whether the text has a character that may quote.
    var mayBeQuoted: Bool {
        hasFolds || bytes.contains { "\\>%".utf8.contains($0) }
    }

    /// Returns the next byte, and the range of the quoted bytes it stands for.
    mutating func next() -> (byte: UInt8, range: Range<Int>)? {
        while place < bytes.count {
            let start = place
            let byte = bytes[start]
            switch byte {
            case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                if passFold() { continue }
                if passMarks(to: nextLine) { return (Fold.space, start..<place) }
            // The line ends of the quoted text may have been replaced by spaces.
            case Fold.space:
                if passMarks(to: start + 1) { return (Fold.space, start..<place) }
            case UInt8(ascii: "\\"):
                if let escaped = takeEscaped() { return (escaped, start..<place) }
            case UInt8(ascii: "%"):
                if let escaped = takePercent() { return (escaped, start..<place) }
            case UInt8(ascii: "'") where bytes[start...].starts(with: Self.apostrophe):
                place += Self.apostrophe.count
                isQuoted = true
                return (byte, start..<place)
            default: break
            }
            place += 1
            return (byte, start..<place)
        }
        return nil
    }

    /// The offset of the line after the line end here.
    private var nextLine: Int {
        let next = place + 1
        let isPair = bytes[place] == UInt8(ascii: "\r") && next < bytes.count && bytes[next] == UInt8(ascii: "\n")
        return isPair ? next + 1 : next
    }

    private func isBlank(_ place: Int) -> Bool {
        place < bytes.count && (bytes[place] == Fold.space || bytes[place] == UInt8(ascii: "\t"))
    }

    /// Skips the fold of a content line.
    private mutating func passFold() -> Bool {
        let next = nextLine
        guard hasFolds, isBlank(next) else { return false }
        place = next + 1
        isQuoted = true
        return true
    }

    /// Skips the quote marks at the beginning of a line.
    private mutating func passMarks(to line: Int) -> Bool {
        var end = line
        while isBlank(end) { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: ">") else { return false }
        while end < bytes.count, bytes[end] == UInt8(ascii: ">") || isBlank(end) { end += 1 }
        place = end
        isQuoted = true
        return true
    }

    /// Reads the character after a backslash: the end of a line, or a character that would otherwise have a special
    /// meaning.
    private mutating func takeEscaped() -> UInt8? {
        guard place + 1 < bytes.count else { return nil }
        let next = bytes[place + 1]
        let isEnd = "nNrt".utf8.contains(next)
        guard isEnd || (0x21...0x7E).contains(next) && !next.isLetter && !next.isDigit else { return nil }
        place += 2
        isQuoted = true
        return isEnd ? Fold.space : next
    }

    /// Reads an escape of a link: a byte of a printable character, whose other bytes are escaped as well.
    private mutating func takePercent() -> UInt8? {
        guard let byte = escape(at: place) else { return nil }
        if rest > 0 {
            rest -= 1
        } else {
            let count = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            let whole = (0..<count).compactMap { escape(at: place + 3 * $0) }
            guard whole.count == count, byte >= 0x20, byte != 0x7F, String(validating: whole, as: UTF8.self) != nil
            else { return nil }
            rest = count - 1
        }
        place += 3
        isQuoted = true
        return byte
    }

    /// Returns the byte that an escape at an offset stands for; `nil` if there is none.
    private func escape(at place: Int) -> UInt8? {
        guard place + 2 < bytes.count, bytes[place] == UInt8(ascii: "%"),
            bytes[place + 1].isDigit || bytes[place + 1].isLetter
        else { return nil }
        return UInt8(String(decoding: bytes[place + 1...place + 2], as: UTF8.self), radix: 16)
    }
}
