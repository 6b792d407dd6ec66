import Formats

/// What is written in place of a person's name that is not known.
enum MissingName {
    /// Words in a field for names that stand for a missing name.
    private static let wordings: Set<String> = [
        "sin nombre", "sinnombre", "sin apellido", "sin apellidos", "nombre desconocido", "desconocido", "desconocida",
        "anonimo", "anonima", "no name", "noname", "unknown", "unnamed", "anonymous", "n a", "n n", "nn", "xx", "xxx",
    ]

    /// The least number of letters that tell a name from a mailbox.
    private static let leastLetters = 3

    /// Whether the words of a name only say that there is none.
    static func isOne(_ name: [NameWords.Word]) -> Bool {
        guard (1...2).contains(name.count) else { return false }
        return wordings.contains(name.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: " "))
    }

    /// Returns the letters among the bytes of a name.
    static func letters(_ bytes: some Sequence<UInt8>) -> [UInt8] { bytes.filter { $0.isLetter || $0 >= 0x80 } }

    /// Whether the letters of a name are those of the mailbox of an address.
    static func isMailbox(_ letters: [UInt8], of address: UnsafeRawBufferPointer) -> Bool {
        letters.count >= leastLetters
            && Self.letters(address.prefix { $0 != UInt8(ascii: "@") }.map(\.asciiLowercased)) == letters
    }
}
