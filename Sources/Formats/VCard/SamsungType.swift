/// The type of an address or number that its owner has named, as telephones of Samsung write it among the parameters of
/// vCard 2.1: `X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=4F=66=69)`, also behind a name of that kind.
enum SamsungType {
    /// What it begins with, in capitals.
    private static let lead = Array("X-CUSTOM(".utf8)

    /// Whether bytes begin with such a type.
    static func begins(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count > lead.count
            && zip(bytes, lead).allSatisfy { $0 == $1 || $0 ^ $1 == 0x20 && $1 != UInt8(ascii: "(") }
    }

    /// Whether a line ends within such a type, which continues on the next line.
    static func isOpen(in line: [UInt8]) -> Bool {
        guard let bracket = line.lastIndex(of: UInt8(ascii: "(")), bracket + 1 >= lead.count else { return false }
        return begins(line[(bracket + 1 - lead.count)...]) && !line[bracket...].contains(UInt8(ascii: ")"))
    }

    /// Reads the type at a place.
    ///
    /// - Parameter at: the place, which is moved behind the type.
    /// - Returns: the name of the type; `nil` if none stands there.
    static func read(_ bytes: [UInt8], at place: inout Int) -> String? {
        guard begins(bytes[place...]), let end = bytes[place...].firstIndex(of: UInt8(ascii: ")")) else { return nil }
        let parts = bytes[(place + lead.count)..<end].split(
            separator: UInt8(ascii: ","),
            omittingEmptySubsequences: false
        )
        let texts = parts.map { String(decoding: $0, as: UTF8.self) }
        let told = texts.prefix { ["CHARSET=", "ENCODING="].contains(where: $0.uppercased().hasPrefix) }
        let name = texts.dropFirst(told.count).joined(separator: ",")
        place = end + 1
        guard told.contains(where: { $0.uppercased() == "ENCODING=QUOTED-PRINTABLE" }) else { return name }
        return String(decoding: QuotedPrintable.decode(Array(name.utf8)[...]), as: UTF8.self)
    }
}
