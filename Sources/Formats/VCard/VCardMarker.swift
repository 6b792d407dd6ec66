/// A line that begins or ends a card.
enum VCardMarker {
    case begin
    case end
    /// Files that were put one behind the other may have no line end between two cards.
    case endAndBegin

    /// Reads a line as a marker; `nil` for any other line. The case of letters does not matter, nor do white space
    /// around the colon, a byte order mark before the marker, and a NUL or end-of-file character after it, which the
    /// beginning and end of files may have.
    init?(_ line: some BidirectionalCollection<UInt8>) {
        // Most lines begin with another letter.
        guard let first = line.first, first == 0xEF || "be".utf8.contains(first | 0x20) else { return nil }
        var rest = line[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        if Self.take("begin", off: &rest) {
            guard rest.allSatisfy(Self.isFiller) else { return nil }
            self = .begin
        } else if Self.take("end", off: &rest) {
            rest = rest.drop(while: Self.isFiller)
            if rest.isEmpty {
                self = .end
            } else if VCardMarker(rest) == .begin {
                self = .endAndBegin
            } else {
                return nil
            }
        } else {
            return nil
        }
    }

    /// Whether a line begins or ends an address book, in which some programs put cards.
    static func isOfBook(_ line: some Collection<UInt8>) -> Bool {
        let text = String(decoding: Array(line)[...].trimmingSpaces, as: UTF8.self).lowercased()
        return text == "begin:vaddressbook" || text == "end:vaddressbook"
    }

    /// True for white space, and for what old programs write at the end of a file.
    static func isFiller(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 0 || byte == 0x1A
    }

    private static func take<Bytes: BidirectionalCollection<UInt8>>(_ name: String, off rest: inout Bytes) -> Bool
    where Bytes.SubSequence == Bytes {
        guard let head = after(name, in: rest[...], skipsBlanks: false), let colon = after(":", in: head),
            let left = after("vcard", in: colon)
        else { return false }
        rest = left
        return true
    }

    /// Returns the bytes after a word at their beginning; nil when they do not begin with the word.
    private static func after<Bytes: BidirectionalCollection<UInt8>>(
        _ word: String,
        in bytes: Bytes,
        skipsBlanks: Bool = true
    ) -> Bytes? where Bytes.SubSequence == Bytes {
        let left = skipsBlanks ? bytes.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } : bytes
        let head = left.prefix(word.utf8.count)
        guard head.count == word.utf8.count,
            zip(head, word.utf8).allSatisfy({ $1 == UInt8(ascii: ":") ? $0 == $1 : $0 | 0x20 == $1 })
        else { return nil }
        return left.dropFirst(word.utf8.count)
    }
}
