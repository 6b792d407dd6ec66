import Localization

/// The source of a manual page in mdoc(7), with all characters escaped that have a meaning in it.
struct ManualSource {
    private(set) var text = ""
    /// The name of the program in the words of the document.
    let program: String
    /// The language of the document.
    let language: Language
    /// Whether the next paragraph needs no `.Pp`, which would be an error there.
    private var standsAtStart = true

    /// Creates an empty page about a program.
    init(program: String, in language: Language) {
        self.program = program
        self.language = language
    }

    /// Returns the wording in the language of the document.
    func say(_ en: String, _ es: String) -> String { Text(en: en, es: es)(in: language) }

    /// A piece of a macro line.
    enum Piece: ExpressibleByStringLiteral {
        /// The name of a macro, or an argument with a meaning only in a macro: `-tag`.
        case macro(String)
        /// A word of the document, escaped so that it is not taken for a macro and its blanks remain.
        case word(String)
        /// The name of a page, in which hyphens are not minus signs, so that it can be looked up.
        case name(String)

        init(stringLiteral value: String) { self = .macro(value) }
    }

    /// Appends a macro line: `.It Fl q , Fl \-quiet`.
    mutating func macro(_ pieces: [Piece]) {
        let words = pieces.map { piece in
            switch piece {
            case .macro(let name): name
            case .word(let word): ManualSource.argument(word.calling(program: program))
            case .name(let name): ManualSource.argument(name, hyphen: "-")
            }
        }
        text += "." + words.joined(separator: " ") + "\n"
        standsAtStart = pieces.first?.startsBlock ?? false
    }

    /// Appends a paragraph, separated from the text before it. Each sentence starts on a new line, as mdoc(7) requires.
    mutating func paragraph(_ words: String) {
        if !standsAtStart { macro(["Pp"]) }
        filled(words)
    }

    /// Appends text to the same paragraph.
    mutating func filled(_ paragraph: String) {
        var line: [Substring] = []
        var length = 0
        for word in paragraph.calling(program: program).split(separator: " ") {
            if length + word.utf8.count > 76 { flush(&line, &length) }
            line.append(word)
            length += word.utf8.count + 1
            if ManualSource.endsSentence(word) { flush(&line, &length) }
        }
        flush(&line, &length)
        standsAtStart = false
    }

    /// Appends literal lines, indented.
    mutating func literal(_ code: String) {
        macro(["Bd", "-literal", "-offset", "indent"])
        let lines = code.calling(program: program).split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines {
            text += ManualSource.guarded(ManualSource.escaped(line)) + "\n"
        }
        macro(["Ed"])
    }

    private mutating func flush(_ line: inout [Substring], _ length: inout Int) {
        if !line.isEmpty { text += ManualSource.guarded(ManualSource.escaped(line.joined(separator: " "))) + "\n" }
        line = []
        length = 0
    }

    /// Returns a word as the argument of a macro.
    private static func argument(_ word: String, hyphen: String = "\\-") -> String {
        let body = escaped(word, hyphen: hyphen)
        // A short word could be a macro, whose names have two or three letters; a single punctuation mark would be set
        // apart.
        let ambiguous = word.utf8.count <= 3 && !word.utf8.starts(with: "-".utf8)
        if word.utf8.contains(UInt8(ascii: " ")) || word.isEmpty { return "\"\(body)\"" }
        return ambiguous ? "\\&" + body : body
    }

    /// Returns text with each character that roff would change or interpret written as an escape, so that it can be
    /// copied.
    ///
    /// - Parameter hyphen: the replacement for `-`; by default a minus sign, as in options.
    private static func escaped(_ text: some StringProtocol, hyphen: String = "\\-") -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\e"
            case "-": result += hyphen
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            case "\"": result += "\\(dq"
            case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
            default: result += "\\[u\(scalar.value.digits(radix: 16, uppercase: true, atLeast: 4))]"
            }
        }
        return result
    }

    /// Returns a line protected from being read as a macro.
    private static func guarded(_ line: String) -> String {
        line.utf8.starts(with: ".".utf8) ? "\\&" + line : line
    }

    private static func endsSentence(_ word: Substring) -> Bool {
        let closing = [UInt8(ascii: ")"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "]")]
        let last = word.utf8.reversed().first { !closing.contains($0) }
        return last == UInt8(ascii: ".") || last == UInt8(ascii: "!") || last == UInt8(ascii: "?")
    }
}

extension ManualSource.Piece {
    fileprivate var startsBlock: Bool {
        guard case .macro(let name) = self else { return false }
        return name == "Sh" || name == "Ss" || name == "It" || name == "Pp"
    }
}
