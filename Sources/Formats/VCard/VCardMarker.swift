/// A line that begins or ends a card.
enum VCardMarker {
    case begin
    case end
    /// The end of a card and the beginning of the next on one line, as in joined files without a line end between them.
    case endAndBegin

    /// Reads a line as a marker, ignoring case; `nil` for any other line. White space around the colon, semicolons
    /// before it, a byte order mark before the marker, and NUL or end-of-file characters after it, as at the beginning
    /// and end of files, are ignored.
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

    /// Returns whether a line begins an address book, in which some programs wrap their cards like events in a
    /// calendar, rather than ends one; nil for a line that does neither.
    static func beginsAddressBook(_ line: some BidirectionalCollection<UInt8>) -> Bool? {
        guard let first = line.first, "be".utf8.contains(first | 0x20) else { return nil }
        for name in ["begin", "end"] {
            var rest = line[...]
            if take(name, of: "vaddressbook", off: &rest), rest.allSatisfy(isFiller) { return name == "begin" }
        }
        return nil
    }

    /// Returns whether a byte is white space, or a filler at the end of files of old programs.
    static func isFiller(_ byte: UInt8) -> Bool {
        byte.isSpaceOrTab || byte == 0 || byte == 0x1A
    }

    private static func take<Bytes: BidirectionalCollection<UInt8>>(
        _ name: String,
        of object: String = "vcard",
        off rest: inout Bytes
    ) -> Bool
    where Bytes.SubSequence == Bytes {
        guard let head = after(name, in: rest[...], skipsBlanks: false),
            let colon = after(":", in: head.drop { $0 == UInt8(ascii: ";") || $0.isBlank }),
            let left = after(object, in: colon)
        else { return false }
        rest = left
        return true
    }

    /// Returns the bytes after a word at their beginning; nil if they do not begin with the word.
    private static func after<Bytes: BidirectionalCollection<UInt8>>(
        _ word: String,
        in bytes: Bytes,
        skipsBlanks: Bool = true
    ) -> Bytes? where Bytes.SubSequence == Bytes {
        let left = skipsBlanks ? bytes.drop { $0.isSpaceOrTab } : bytes
        let head = left.prefix(word.utf8.count)
        guard head.count == word.utf8.count,
            zip(head, word.utf8).allSatisfy({ $1 == UInt8(ascii: ":") ? $0 == $1 : $0 | 0x20 == $1 })
        else { return nil }
        return left.dropFirst(word.utf8.count)
    }
}
