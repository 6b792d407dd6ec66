import Formats

/// Texts that people and programs write into a cell that has no value.
enum Placeholders {
    /// Whether a cell says that there is no value: `N/A`, `s/n`, `NULL`, `-`.
    static func isNothing(_ text: String) -> Bool {
        guard text.utf8.count <= 20 else { return false }
        let text = text.trimmed
        guard let first = text.utf8.first, mayBegin(with: first) else { return false }
        if isDash(text) { return true }
        return words.contains(Fold.fold(text))
    }

    /// Whether a cell has what spreadsheets show in English and Spanish where there is no value: `#N/A`.
    static func isNotAvailable(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "#") && isNothing(text)
    }

    /// Whether a cell has an error that spreadsheets show for a value that they have lost or cannot compute: `#REF!`.
    static func isLost(_ text: String) -> Bool {
        switch text.utf8.first {
        case UInt8(ascii: "#"): return errors.contains(Fold.fold(text)) || isTooNarrow(text)
        case UInt8(ascii: "E"): return isNumberedError(text)
        default: return false
        }
    }

    /// Whether a cell has the signs shown for a number or a day whose column is too narrow: `########`.
    private static func isTooNarrow(_ text: String) -> Bool {
        text.utf8.count > 2 && text.utf8.allSatisfy { $0 == UInt8(ascii: "#") }
    }

    /// Whether a cell has an error of LibreOffice: `Err:502`.
    private static func isNumberedError(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst(4)
        return text.utf8.starts(with: "Err:".utf8) && digits.count == 3 && digits.allSatisfy(\.isDigit)
    }

    /// Whether a text is nothing but hyphens and dashes.
    static func isDash(_ text: String) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { $0 == "\u{2212}" || $0.properties.generalCategory == .dashPunctuation }
    }

    /// Whether a cell says that a person has no such name. Letters alone do not: `Null` is a name.
    static func isNoName(_ text: String) -> Bool { isNothing(text) && !text.allSatisfy(\.isLetter) }

    /// Whether a text is a mark of programs and databases for a missing value. `Null` with one capital is a surname,
    /// and `NA` is Namibia.
    static func isProgramsNothing(_ text: String) -> Bool {
        guard let first = text.utf8.first, "#(\\NnUu ".utf8.contains(first), text.utf8.count <= 20 else { return false }
        return programs.contains(text.trimmed)
    }

    private static let programs: Set<String> = [
        "NULL", "null", "(NULL)", "(null)", "\\N", "N/D", "n/d", "N/A", "n/a", "#N/A", "#N/D", "UNDEFINED", "undefined",
        "nan", "NaN", "None",
    ]

    /// The words, with case and accents folded. `NA` is not among them: it is Namibia, and a name.
    private static let words: Set<String> = [
        "n/a", "n.a.", "n/d", "n.d.", "s/c", "s/n", "s/d", "null", "(null)", "\\n", "undefined", "nulo", "nan", "nil",
        "none", "ninguno",
        "ninguna", "no tiene", "no hay", "no aplica", "no disponible", "sin dato", "sin datos", "sin correo",
        "sin telefono", "not available", "not applicable", "#n/a", "#n/d", "#null!", "#¡nulo!",
    ]

    /// The errors, folded.
    private static let errors: Set<String> = [
        "#ref!", "#¡ref!", "#value!", "#¡valor!", "#name?", "#¿nombre?", "#div/0!", "#¡div/0!", "#num!", "#¡num!",
        "#spill!", "#¡desbordamiento!", "#calc!", "#¡calc!", "#error!", "#¡error!", "#valor!", "#nombre?", "#nombre!",
        "#desbordamiento!", "#field!", "#¡campo!", "#campo!", "#blocked!", "#¡bloqueado!", "#connect!", "#¡conectar!",
        "#unknown!", "#¡desconocido!", "#busy!", "#¡ocupado!", "#getting_data", "#obteniendo_datos",
    ]

    /// Whether a placeholder can begin with a byte: that of a dash, the first letter of one of the words in either
    /// case, or any non-ASCII byte. Most cells begin otherwise.
    static func mayBegin(with byte: UInt8) -> Bool { beginnings[Int(byte)] }

    private static let beginnings: [Bool] = (UInt8.min...UInt8.max).map { byte in
        byte >= 0x80 || byte == UInt8(ascii: "-") || words.contains { $0.utf8.first == byte.asciiLowercased }
    }
}
