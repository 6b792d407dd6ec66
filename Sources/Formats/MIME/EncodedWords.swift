/// Text of header fields: encoded words (RFC 2047), UTF-8 (RFC 6532), and the deviations of other programs.
public enum EncodedWords {
    /// An encoded word `=?charset?encoding?text?=`.
    private struct Word {
        let label: String
        let bytes: [UInt8]
        let end: Int
    }

    /// Returns the text of a header value, with each run of white space as one space.
    ///
    /// Adjacent encoded words in the same encoding are decoded together, so that a character split between them is
    /// restored.
    public static func text(_ value: some Collection<UInt8>) -> String {
        let value = Array(value)
        guard value.contains(UInt8(ascii: "=")) else { return oneLine(ForeignCharacterSet.text(value, label: nil)) }
        var text = ""
        forEachRun(in: value) { text += ForeignCharacterSet.text($0, label: $1) }
        return oneLine(text)
    }

    /// Returns the doubts about the charsets that the encoded words of a header value declare.
    static func doubts(in value: [UInt8]) -> [CharacterSetDoubt] {
        guard value.contains(UInt8(ascii: "=")) else { return [] }
        var doubts: [CharacterSetDoubt] = []
        forEachRun(in: value) { bytes, label in
            guard let label, let doubt = ForeignCharacterSet.read(bytes, label: label).doubt else { return }
            doubts.append(doubt)
        }
        return doubts
    }

    /// Calls a closure with the decoded bytes of adjacent encoded words in one charset, and with the text between
    /// encoded words, which declares no charset.
    private static func forEachRun(in value: [UInt8], _ body: (_ bytes: [UInt8], _ label: String?) -> Void) {
        var plain: [UInt8] = []
        var pending: (label: String, bytes: [UInt8])?
        func flush() {
            if let word = pending { body(word.bytes, word.label) }
            pending = nil
        }
        var index = 0
        while index < value.count {
            guard value[index] == UInt8(ascii: "="), let word = word(in: value, at: index) else {
                plain.append(value[index])
                index += 1
                continue
            }
            // Blanks between encoded words are only separators.
            if pending == nil || !plain.allSatisfy(\.isBlank) {
                flush()
                body(plain, nil)
            }
            plain.removeAll(keepingCapacity: true)
            if pending?.label != word.label {
                flush()
                pending = (word.label, word.bytes)
            } else {
                pending?.bytes.append(contentsOf: word.bytes)
            }
            index = word.end
        }
        flush()
        body(plain, nil)
    }

    /// Returns the text with each run of blanks, line ends and control characters as one space, and none at its ends.
    static func oneLine(_ text: String) -> String {
        if text.utf8.isPlainLine { return text }
        var line = String.UnicodeScalarView()
        var needsSpace = false
        for scalar in text.unicodeScalars {
            if scalar.value <= 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x2028...0x2029).contains(scalar.value)
            {
                needsSpace = !line.isEmpty
                continue
            }
            if needsSpace { line.append(" ") }
            needsSpace = false
            line.append(scalar)
        }
        return String(line)
    }

    /// Returns the encoded word that begins at an index; `nil` if there is none.
    private static func word(in value: [UInt8], at start: Int) -> Word? {
        let mark = UInt8(ascii: "?")
        guard start + 1 < value.count, value[start + 1] == mark else { return nil }
        guard let labelEnd = value[(start + 2)...].prefix(64).firstIndex(of: mark), labelEnd + 2 < value.count,
            value[labelEnd + 2] == mark
        else { return nil }
        let textStart = labelEnd + 3
        var end = textStart
        while end + 1 < value.count, !(value[end] == mark && value[end + 1] == UInt8(ascii: "=")) {
            if value[end] == 0x0A || value[end] == 0x0D { return nil }
            end += 1
        }
        guard end + 1 < value.count else { return nil }
        let text = value[textStart..<end]
        // A language may follow the charset (RFC 2231 section 5).
        let label = value[(start + 2)..<labelEnd].prefix { $0 != UInt8(ascii: "*") }
        let bytes: [UInt8]
        switch value[labelEnd + 1] | 0x20 {
        case UInt8(ascii: "b"): bytes = Base64.decodeLeniently(text)
        case UInt8(ascii: "q"):
            let spaced = text.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
            bytes = QuotedPrintable.decode(spaced[...])
        default: return nil
        }
        return Word(label: String(decoding: label, as: UTF8.self).lowercased(), bytes: bytes, end: end + 2)
    }
}

extension String.UTF8View {
    /// Whether all characters are visible ASCII, with single spaces between words.
    fileprivate var isPlainLine: Bool {
        var isAfterSpace = true
        for byte in self {
            guard byte > 0x20 && byte < 0x7F || byte == 0x20 && !isAfterSpace else { return false }
            isAfterSpace = byte == 0x20
        }
        return isEmpty || !isAfterSpace
    }
}
