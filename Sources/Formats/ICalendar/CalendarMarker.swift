/// A line that begins or ends a component.
enum CalendarMarker: Equatable {
    /// The beginning of a component, with its name in capitals.
    case begin(String)
    /// The end of a component, with its name in capitals.
    case end(String)

    /// Reads a line as a marker, ignoring case, white space around the name and semicolons before the colon; `nil` for
    /// any other line.
    init?(_ line: some RandomAccessCollection<UInt8>) {
        guard let first = line.first else { return nil }
        switch first | 0x20 {
        case UInt8(ascii: "b"):
            guard let name = Self.name(behind: "begin", in: line) else { return nil }
            self = .begin(name)
        case UInt8(ascii: "e"):
            guard let name = Self.name(behind: "end", in: line) else { return nil }
            self = .end(name)
        default: return nil
        }
    }

    private static func name(behind word: String, in line: some RandomAccessCollection<UInt8>) -> String? {
        guard line.count > word.utf8.count, zip(line, word.utf8).allSatisfy({ $0 | 0x20 == $1 }) else { return nil }
        var rest = Array(line.dropFirst(word.utf8.count))[...]
        // Some programs write an extra semicolon, as in any property.
        if rest.first == UInt8(ascii: ";") { rest = rest.drop { $0 == UInt8(ascii: ";") || $0.isBlank } }
        guard rest.popFirst() == UInt8(ascii: ":") else { return nil }
        let name = rest.trimmingSpaces
        guard !name.isEmpty, name.allSatisfy(ContentToken.contains) else { return nil }
        return String(decoding: name, as: UTF8.self).uppercased()
    }
}
