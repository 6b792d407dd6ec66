import Formats
import Localization

/// The rules for text fields: no characters that control a terminal or end a C string, and no white space at the ends.
enum PlainText {
    /// The most characters (Unicode scalars) of one line.
    static let lineLimit = 10_000
    /// The maximum size in bytes of a long text that is read: whole records from another file may have so many.
    static let longLimit = 10_000_000
    /// The maximum size of a new long text in bytes, so that a table's row can hold all long texts of a record.
    static let newLimit = 1 << 20
    /// The maximum size in bytes of all long texts of a record together. Even with a second byte for each quote and
    /// each line break they fit in a row that can be read.
    static let togetherLimit = 5 << 18

    /// Returns one line, without white space at its ends.
    ///
    /// - Throws: ``ValueError`` for line breaks and other control characters (General_Category Cc, Zl, Zp), and for
    ///   more than ``lineLimit`` characters.
    static func line(_ text: String) throws(ValueError) -> String {
        let line = text.trimmed
        if isPlain(line), line.utf8.count <= lineLimit { return line }
        guard !line.unicodeScalars.contains(where: isLineBreak) else {
            throw ValueError(
                en: "only one line is taken here: it has a line break",
                es: "aquí solo cabe una línea: contiene un salto de línea"
            )
        }
        try refuseControls(line)
        guard line.utf8.count <= lineLimit || line.unicodeScalars.count <= lineLimit else {
            throw ValueError(
                en: "too long: at most \(lineLimit) characters fit",
                es: "demasiado largo: caben \(lineLimit) caracteres"
            )
        }
        return line
    }

    /// Returns text with each line break as one line feed; empty if it is only white space.
    ///
    /// - Throws: ``ValueError`` for control characters other than tabs and line breaks, and for more than
    ///   ``longLimit`` bytes.
    static func lines(_ text: String) throws(ValueError) -> String {
        guard text.utf8.count <= longLimit else {
            throw ValueError(
                en: "too long: at most \(longLimit / 1_000_000) MB fit",
                es: "demasiado largo: caben \(longLimit / 1_000_000) MB"
            )
        }
        guard !text.trimmed.isEmpty else { return "" }
        let lines = text.utf8.contains(UInt8(ascii: "\r")) ? withLineFeeds(text) : text
        try refuseControls(lines, except: [UInt8(ascii: "\n"), UInt8(ascii: "\t")])
        return lines
    }

    /// Whether a line needs no closer look: it has no control character, and no byte that begins the separators of
    /// lines and paragraphs (E2 80 A8, E2 80 A9).
    private static func isPlain(_ line: String) -> Bool {
        line.utf8.withContiguousStorageIfAvailable { bytes in
            var previous: UInt8 = 0
            for byte in bytes {
                guard byte >= 0x20, byte != 0x7F, byte != 0xE2, previous != 0xC2 || byte >= 0xA0 else { return false }
                previous = byte
            }
            return true
        } ?? false
    }

    private static func withLineFeeds(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var followsReturn = false
        for byte in text.utf8 {
            let isReturn = byte == UInt8(ascii: "\r")
            if isReturn {
                bytes.append(UInt8(ascii: "\n"))
            } else if byte != UInt8(ascii: "\n") || !followsReturn {
                bytes.append(byte)
            }
            followsReturn = isReturn
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func refuseControls(_ text: String, except allowed: [UInt8] = []) throws(ValueError) {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            // C1 controls, U+0080 to U+009F, are C2 and a byte from 80 to 9F in UTF-8.
            let isControl = byte < 0x20 || byte == 0x7F || (previous == 0xC2 && byte < 0xA0)
            previous = byte
            guard isControl, !allowed.contains(byte) else { continue }
            let name = "U+" + byte.digits(radix: 16, uppercase: true, atLeast: 4)
            throw ValueError(
                en: "a control character (\(name)) cannot be stored",
                es: "no se admite un carácter de control (\(name))"
            )
        }
    }

    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}"
    }
}

extension String {
    /// Whether any character is white space. Characters are only examined when one of the bytes can begin such a
    /// character.
    var hasWhiteSpace: Bool {
        utf8.contains { $0 <= 0x20 || $0 == 0xC2 || (0xE1...0xE3).contains($0) } && contains(where: \.isWhitespace)
    }

    /// Whether no character is a space or unseen: white space, controls, formats such as zero-width spaces, and
    /// code points that are no characters.
    var isVisible: Bool {
        if utf8.areVisibleASCII { return true }
        return unicodeScalars.allSatisfy { scalar in
            if scalar.isASCII { return scalar.value > 0x20 && scalar.value < 0x7F }
            return switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
                .paragraphSeparator:
                false
            default: true
            }
        }
    }
}
