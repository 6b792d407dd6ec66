import Formats
import Localization

/// A command line in the form in which a shell reads it, stored in the history.
struct CommandLineText {
    let program: String
    let words: [String]

    var text: String { ([program] + words.map(Self.withoutPassword)).map(\.quotedForShell).joined(separator: " ") }

    /// The mark in place of a secret.
    static let mark = "…"

    /// Returns a word without the password in an address (RFC 3986, section 3.2.1).
    private static func withoutPassword(_ word: String) -> String {
        let bytes = Array(word.utf8)
        guard bytes.contains(UInt8(ascii: "@")), let scheme = bytes.firstRange(of: "://".utf8) else { return word }
        let authority = bytes[scheme.upperBound...].prefix { !"/?# ".utf8.contains($0) }
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
            let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":")), colon + 1 < at
        else { return word }
        return String(decoding: bytes[...colon] + Array(mark.utf8) + bytes[at...], as: UTF8.self)
    }
}
