/// An encoding of text as bytes. Within the program all text is UTF-8; the other encodings serve to read and write
/// files of other programs.
public enum TextEncoding: Equatable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// UTF-8 (RFC 3629).
    case utf8
    /// ISO-8859-1: each byte is the Unicode character of the same number.
    case latin1
    /// ISO-8859-15: ISO-8859-1 with the euro sign and seven letters in place of rare signs.
    case latin9
    /// windows-1250, called ANSI in Central European versions of Windows.
    case windows1250
    /// windows-1252, called ANSI in Western European versions of Windows.
    case windows1252
    /// IBM's code page 850, used by Western European versions of MS-DOS.
    case codePage850
    /// Mac OS Roman, used by Macintoshes in Western Europe before Unicode.
    case macintosh
    /// UTF-16 in the byte order of its byte order mark; without one, in the order that its first characters show,
    /// otherwise little-endian (WHATWG Encoding Standard). It is written little-endian with the mark.
    case utf16
    /// UTF-16, the lower byte first (RFC 2781).
    case utf16LittleEndian
    /// UTF-16, the higher byte first (RFC 2781).
    case utf16BigEndian

    /// Looks up an encoding by a name from the IANA character set registry or one in common use, such as `UTF-8`,
    /// `latin1`, `iso8859-1`, `cp1252`, `ANSI` as Windows calls it, `macroman` or `UTF-16LE`. Case, hyphens, underscores and spaces do not matter.
    /// `US-ASCII` is read as UTF-8, which includes it. Nil for other names.
    public init?(name: String) {
        var key = ""
        for scalar in name.unicodeScalars where scalar != "-" && scalar != "_" && scalar != " " {
            key.unicodeScalars.append(scalar)
        }
        switch key.lowercased() {
        case "utf8", "usascii", "ascii": self = .utf8
        case "latin1", "iso88591", "l1": self = .latin1
        case "latin9", "iso885915", "l9": self = .latin9
        case "windows1250", "cp1250", "win1250": self = .windows1250
        case "windows1252", "cp1252", "win1252", "ansi": self = .windows1252
        case "850", "cp850", "ibm850", "dos", "msdos": self = .codePage850
        case "macintosh", "macroman", "mac", "xmacroman": self = .macintosh
        case "utf16": self = .utf16
        case "utf16le": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        default: return nil
        }
    }

    /// The characters of the bytes from 0x80 on, for a single-byte encoding whose characters differ from the byte
    /// values; else nil.
    var upperHalf: UpperHalf? {
        switch self {
        case .latin9: .latin9
        case .windows1250: .windows1250
        case .windows1252: .windows1252
        case .codePage850: .codePage850
        case .macintosh: .macintosh
        case .utf8, .latin1, .utf16, .utf16LittleEndian, .utf16BigEndian: nil
        }
    }

    /// Returns whether the encoding has a character.
    public func has(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian: true
        case .latin1: scalar.value < 0x100
        case .latin9, .windows1250, .windows1252, .codePage850, .macintosh:
            scalar.isASCII || upperHalf?.byte(of: scalar.value) != nil
        }
    }

    /// Whether each byte is a character of its own, so that bytes hidden in ASCII can be in this encoding.
    var isOfBytes: Bool { self == .latin1 || upperHalf != nil }

    /// The encoding's short name, which `init(name:)` reads: `utf-8`, `latin1`, `latin9`, `cp1250`, `cp1252`, `cp850`,
    /// `macintosh`, `utf-16`, `utf-16le` or `utf-16be`.
    public var name: String {
        switch self {
        case .utf8: "utf-8"
        case .latin1: "latin1"
        case .latin9: "latin9"
        case .windows1250: "cp1250"
        case .windows1252: "cp1252"
        case .codePage850: "cp850"
        case .macintosh: "macintosh"
        case .utf16: "utf-16"
        case .utf16LittleEndian: "utf-16le"
        case .utf16BigEndian: "utf-16be"
        }
    }

    /// The encoding's short name.
    public var description: String { name }

    /// The bytes of U+FEFF at the start of a text in this encoding; nil if the encoding does not have the character.
    var byteOrderMark: [UInt8]? {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16, .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .latin1, .latin9, .windows1250, .windows1252, .codePage850, .macintosh: nil
        }
    }
}
