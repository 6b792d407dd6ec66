/// A content line: a property unfolded from one or more lines of the input.
struct ContentLine {
    /// The transfer encoding of the value's bytes in the line.
    enum TransferEncoding {
        case quotedPrintable
        case base64
    }

    /// The position in the input of a piece of the line.
    private struct Piece {
        let offset: Int
        let line: Int
        let column: Int
    }

    private(set) var bytes: [UInt8] = []
    private var pieces: [Piece] = []
    // The search for the colon after name and parameters continues with each appended part.
    private var searched = 0
    private var isInQuotes = false

    /// Whether the line is not a property, since it has no colon. A line with only `BEGIN` or `END` counts as a
    /// property.
    var isStray: Bool {
        guard colon == nil, !bytes.contains(UInt8(ascii: ":")) else { return false }
        let word = bytes[...].trimmingSpaces.map(\.asciiLowercased)
        return !word.elementsEqual("begin".utf8) && !word.elementsEqual("end".utf8)
    }

    /// The place of the colon before the value.
    private(set) var colon: Int?
    /// The encoding named by the parameters; nil before their end.
    private(set) var transferEncoding: TransferEncoding?

    mutating func append(_ part: ArraySlice<UInt8>, line: Int, column: Int) {
        pieces.append(Piece(offset: bytes.count, line: line, column: column))
        bytes.append(contentsOf: part)
        guard colon == nil else { return }
        while searched < bytes.count {
            if bytes[searched] == UInt8(ascii: "\"") { isInQuotes.toggle() }
            if bytes[searched] == UInt8(ascii: ":") && !isInQuotes {
                colon = searched
                transferEncoding = Self.transferEncoding(in: bytes[..<searched])
                return
            }
            searched += 1
        }
    }

    /// Whether quoted-printable continues in the next line.
    var endsWithSoftBreak: Bool {
        transferEncoding == .quotedPrintable && bytes[softBreak...].first == UInt8(ascii: "=")
    }

    /// Whether the line ends in a soft break within the name that somebody has given a type.
    var isWithinType: Bool {
        colon == nil && bytes.last == UInt8(ascii: "=") && SamsungType.isOpen(in: bytes)
    }

    /// The property's name in capitals; `nil` if there is none.
    var name: String? {
        guard let colon else { return nil }
        let head = bytes[..<colon].prefix { $0 != UInt8(ascii: ";") }
        let name = head.lastIndex(of: UInt8(ascii: ".")).map { head[($0 + 1)...] } ?? head
        return String(decoding: name.trimmingSpaces, as: UTF8.self).uppercased()
    }

    /// Returns whether the soft break splits a UTF-8 character that continues in the next line.
    func breaksCharacter(before next: ArraySlice<UInt8>) -> Bool {
        guard let rest = QuotedPrintable.escaped(next), rest & 0xC0 == 0x80 else { return false }
        let last = QuotedPrintable.escaped(bytes[..<softBreak].suffix(3))
        return last.map { $0 >= 0x80 } ?? false
    }

    /// Whether the value is in base64, either by its parameters or as a `data:` URI (RFC 2397).
    var holdsBase64: Bool {
        if transferEncoding == .base64 { return true }
        guard let colon, Self.mayBeData(bytes[(colon + 1)...]) else { return false }
        let head = String(decoding: bytes[(colon + 1)...].prefix(Self.longestMediaType), as: UTF8.self).lowercased()
        return head.hasPrefix("data:") && head.contains(";base64,")
    }

    /// Whether a value may begin with `data:`; few do, and each is asked after every line.
    private static func mayBeData(_ value: ArraySlice<UInt8>) -> Bool {
        zip(value, "data:".utf8).allSatisfy { $0 | 0x20 == $1 }
    }

    /// The maximum length of the part of a `data:` URI before the bytes.
    private static let longestMediaType = 128

    mutating func removeSoftBreak() {
        bytes.removeSubrange(softBreak...)
        searched = min(searched, bytes.count)
    }

    /// The offset of the last byte that is not white space.
    private var softBreak: Int {
        bytes.lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } ?? bytes.count
    }

    /// Returns the position of a byte in the input: its line and the byte within the line, both from 1.
    func position(of offset: Int) -> (line: Int, column: Int) {
        guard let piece = pieces.last(where: { $0.offset <= offset }) else { return (1, 1) }
        return (piece.line, piece.column + offset - piece.offset)
    }

    private static func transferEncoding(in header: ArraySlice<UInt8>) -> TransferEncoding? {
        guard header.contains(UInt8(ascii: ";")) else { return nil }
        var isQuoted = false
        let parts = header.split { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return byte == UInt8(ascii: ";") && !isQuoted
        }
        for parameter in parts.dropFirst() {
            let first = parameter.trimmingSpaces.prefix { $0 != UInt8(ascii: ",") }.filter { $0 != UInt8(ascii: "\"") }
            switch String(decoding: first, as: UTF8.self).lowercased() {
            case "encoding=quoted-printable", "quoted-printable": return .quotedPrintable
            case "encoding=base64", "encoding=b", "base64": return .base64
            default: continue
            }
        }
        return nil
    }
}
