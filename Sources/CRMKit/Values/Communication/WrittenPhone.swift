import Formats

/// The characters of a typed telephone number besides its digits.
enum WrittenPhone {
    /// Returns a number in ASCII, without what telephones, messengers and spreadsheets put around it: invisible marks,
    /// a label before it (`Tel.`), a semicolon after it. A `tel:` URI (RFC 3966) becomes its number in the usual
    /// spelling.
    static func plain(_ text: String) -> String {
        if isPlain(text) { return text }
        let scalars = (TelephoneURI(text.trimmed)?.number ?? text).unicodeScalars.compactMap(plain)
        var number = withoutLabel(String(String.UnicodeScalarView(scalars)).trimmed)
        while let last = number.last, ";,: ".contains(last) { number.removeLast() }
        return TelephoneURI.number(number)
    }

    /// Whether a text needs no change, by a quick check that holds for most.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isDigit || first == UInt8(ascii: "+") || first == UInt8(ascii: "(")
        else { return false }
        return text.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: ";") && $0 != 0x09 && $0 != UInt8(ascii: ",") }
    }

    /// Returns the ASCII form of a character: a space for any space, a hyphen for any hyphen, a digit for a digit of
    /// any script; `nil` for an invisible one.
    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if scalar == "\t" { return " " }
        if scalar.isASCII { return scalar }
        if scalar.isUnseen { return nil }
        let properties = scalar.properties
        if (0xFF01...0xFF5E).contains(scalar.value) { return Unicode.Scalar(scalar.value - 0xFEE0) }
        if properties.isWhitespace { return " " }
        if properties.generalCategory == .dashPunctuation || scalar == "\u{2212}" { return "-" }
        guard properties.generalCategory == .decimalNumber, let digit = properties.numericValue else { return scalar }
        return Unicode.Scalar(UInt8(ascii: "0") + UInt8(digit))
    }

    private static func withoutLabel(_ text: String) -> String {
        var rest = text[...]
        while rest.first?.isLetter == true {
            let word = rest.prefix { $0.isLetter }
            guard labels.contains(Fold.fold(String(word))) else { return text }
            rest = rest.dropFirst(word.count).drop { " .:/".contains($0) }
        }
        return String(rest)
    }

    /// The labels before a number, folded.
    private static let labels: Set<String> = [
        "tel", "tels", "telefono", "telefonos", "telf", "tlf", "tlfno", "tfno", "tfn", "telephone", "phone", "ph",
        "cel", "celular", "cell", "movil", "mov", "mobile", "mob", "fax", "whatsapp", "wa", "casa", "home", "oficina",
        "ofna", "office", "trabajo", "work", "particular", "directo", "direct", "conmutador", "main", "fijo", "p",
    ]

    // MARK: - Several

    /// Returns the numbers of a text with several whole ones, `55 1234 5678 / 55 8765 4321`; empty for any other text.
    static func several(_ text: String) -> [String] {
        guard text.utf8.count(where: \.isDigit) >= 2 * fewestDigits else { return [] }
        let number = plain(text)
        let ways = [pieces(of: number), number.split(separator: "-").map(String.init)]
        return ways.lazy.map { $0.map(Self.plain) }.first { $0.count > 1 && $0.allSatisfy(isWhole) } ?? []
    }

    /// Splits a text at the marks and words that separate numbers.
    private static func pieces(of text: String) -> [String] {
        var pieces: [[Substring]] = [[]]
        for run in text.split(whereSeparator: { "/;,|&\n".contains($0) || $0.isNewline }) {
            for word in run.split(separator: " ") {
                if conjunctions.contains(Fold.fold(String(word))) {
                    pieces.append([])
                } else {
                    pieces[pieces.count - 1].append(word)
                }
            }
            pieces.append([])
        }
        return pieces.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
    }

    private static func isWhole(_ text: String) -> Bool {
        let parts = PhoneNumber.Parts(text)
        return parts.isWellFormed && (fewestDigits...15).contains(parts.digits.count)
    }

    private static let conjunctions: Set<String> = ["y", "e", "o", "u", "and", "or"]
    /// Fewer digits may as well be the end of another number.
    private static let fewestDigits = 7

    // MARK: - Endings

    /// Whether the text after the digits is an extension or says what the number is for: `ext. 12`, `(int. 5)`, `#7`,
    /// `(oficina)`.
    ///
    /// - Parameter isOpen: whether a parenthesis was opened before it.
    static func isEnding(_ text: Substring, isOpen: Bool) -> Bool {
        var rest = text
        if isOpen {
            guard rest.last == ")" else { return false }
            rest.removeLast()
        }
        let word = rest.prefix { $0.isLetter || $0 == "#" }
        guard extensions.contains(Fold.fold(String(word))) else {
            return isOpen && rest.allSatisfy { $0.isLetter || $0 == " " || $0 == "." || $0 == "-" }
        }
        rest = rest.dropFirst(word.count)
        if let mark = rest.first, ".:=".contains(mark) { rest.removeFirst() }
        let digits = rest.drop { $0 == " " }.utf8
        return (1...10).contains(digits.count) && digits.allSatisfy(\.isDigit)
    }

    private static let extensions: Set<String> = [
        "ext", "exts", "extn", "extension", "x", "#", "int", "interno", "anexo", "anx",
    ]
}
