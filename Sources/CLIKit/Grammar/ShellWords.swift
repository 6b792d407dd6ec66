import Localization

/// Splits a line into words by the quoting rules of the POSIX shell (POSIX.1-2024, Shell Command Language, 2.2).
///
/// Blanks separate words. `'…'` quotes everything, `"…"` everything but a backslash before `$`, `` ` ``, `"` and `\`,
/// and `$'…'` knows the escapes of C. A backslash quotes the next byte, and `#` at the start of a word begins a
/// comment. Nothing is expanded, and nothing is an operator: `$`, `*`, `|` and `>` are literal.
public struct ShellWords {
    /// The reason why a line cannot be split.
    public struct Malformed: Error, Equatable, Sendable {
        /// A description of the error.
        public let reason: Text
        /// The position in the line at which the error begins, in bytes, counted from 1.
        public let column: Int
    }

    private let bytes: [UInt8]
    private var at = 0
    private var word: [UInt8] = []
    private var isInWord = false

    private init(_ line: String) { bytes = Array(line.utf8) }

    /// Returns the words of a line, unquoted; none for an empty line or a comment.
    ///
    /// - Throws: ``Malformed`` for an unclosed quote, a backslash at the end, or a word that is not UTF-8.
    public static func split(_ line: String) throws(Malformed) -> [String] {
        var reader = ShellWords(line)
        return try reader.split()
    }

    private mutating func split() throws(Malformed) -> [String] {
        var words: [String] = []
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                try end(&words)
                at += 1
            case UInt8(ascii: "#") where !isInWord: return words
            case UInt8(ascii: "'"): try takeSingleQuoted()
            case UInt8(ascii: "\""): try takeDoubleQuoted()
            case UInt8(ascii: "$") where at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "'"):
                try takeEscaped()
            case UInt8(ascii: "\\"):
                guard at + 1 < bytes.count else {
                    throw malformed(
                        Text(en: "nothing follows the backslash", es: "nada sigue a la barra invertida"),
                        from: at
                    )
                }
                take(bytes[at + 1])
                at += 2
            default:
                take(byte)
                at += 1
            }
        }
        try end(&words)
        return words
    }

    private mutating func take(_ byte: UInt8) {
        word.append(byte)
        isInWord = true
    }

    private mutating func end(_ words: inout [String]) throws(Malformed) {
        guard isInWord else { return }
        // Escapes can produce any bytes.
        guard let text = String(validating: word, as: UTF8.self) else {
            throw malformed(Text(en: "the word is not UTF-8", es: "la palabra no es UTF-8"), from: at - 1)
        }
        words.append(text)
        word.removeAll(keepingCapacity: true)
        isInWord = false
    }

    private mutating func takeSingleQuoted() throws(Malformed) {
        let start = at
        isInWord = true
        at += 1
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "'") {
                at += 1
                return
            }
            word.append(bytes[at])
            at += 1
        }
        throw unclosed(from: start)
    }

    private mutating func takeDoubleQuoted() throws(Malformed) {
        let start = at
        isInWord = true
        at += 1
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") { return }
            if byte == UInt8(ascii: "\\"), at < bytes.count, "$`\"\\".utf8.contains(bytes[at]) {
                word.append(bytes[at])
                at += 1
            } else {
                word.append(byte)
            }
        }
        throw unclosed(from: start)
    }

    /// Reads a string `$'…'` (section 2.2.4).
    private mutating func takeEscaped() throws(Malformed) {
        let start = at
        isInWord = true
        at += 2
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "'") { return }
            guard byte == UInt8(ascii: "\\"), at < bytes.count else {
                word.append(byte)
                continue
            }
            let escape = at
            guard let escaped = takeEscape() else {
                throw malformed(
                    Text(
                        en: "a backslash begins no escape that is known",
                        es: "una barra invertida no inicia ningún escape conocido"
                    ),
                    from: escape - 1
                )
            }
            word.append(escaped)
        }
        throw unclosed(from: start)
    }

    /// Reads an escape and returns its byte; `nil` for an unknown one or for NUL, which no word can contain.
    private mutating func takeEscape() -> UInt8? {
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): return byte
        case UInt8(ascii: "a"): return 0x07
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "e"): return 0x1B
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "v"): return 0x0B
        case UInt8(ascii: "x"): return takeNumber(radix: 16, upTo: 2)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            at -= 1
            return takeNumber(radix: 8, upTo: 3)
        default: return nil
        }
    }

    private mutating func takeNumber(radix: Int, upTo digits: Int) -> UInt8? {
        var number = 0
        var count = 0
        while count < digits, at < bytes.count,
            let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue, digit < radix
        {
            number = number * radix + digit
            at += 1
            count += 1
        }
        return count > 0 && number > 0 ? UInt8(exactly: number) : nil
    }

    private func unclosed(from start: Int) -> Malformed {
        malformed(Text(en: "the quote is not closed", es: "la comilla no se cierra"), from: start)
    }

    private func malformed(_ reason: Text, from start: Int) -> Malformed {
        Malformed(reason: reason, column: start + 1)
    }
}
