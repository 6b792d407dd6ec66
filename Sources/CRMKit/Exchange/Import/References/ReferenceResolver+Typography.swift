/// Names and codes in which a program has put other marks for those that were typed, or the reverse: `D’Agostino` for
/// `D'Agostino`, `A–1` for `A-1`.
extension ReferenceResolver {
    /// Returns the record with a key that differs from a text in such marks and in blanks alone; `nil` if there is none.
    ///
    /// - Throws: ``CRMError`` `ambiguous` for several.
    func spelledOtherwise(_ text: String, prefix: String?, in module: Module) throws -> Int64? {
        guard let prefix, prefix != "id" else { return nil }
        for other in [Self.typed(text), Self.typeset(text)] where other != text && !other.isEmpty {
            if let id = try found({ try $0.resolve("\(prefix):\(other)", in: module) }) { return id }
        }
        return nil
    }

    /// Whether a record has a number as its code with the zeros that a spreadsheet has taken away, so that none is to be
    /// made with it. The error of not finding it says so.
    func lacksZeros(_ text: String, prefix: String?, in module: Module) throws -> Bool {
        let key = module.referenceKeys.first { $0.prefix == prefix }
        guard let prefix, key?.fields.contains(where: { module.field($0)?.type == .code }) == true else { return false }
        return try SpreadsheetLoss.codes(behind: text).contains { code in
            try found { try $0.resolve("\(prefix):\(code)", in: module) } != nil
        }
    }

    /// Returns a text with the marks of a keyboard.
    private static func typed(_ text: String) -> String {
        var typed = ""
        for character in text {
            switch character {
            case "\u{2018}", "\u{2019}", "\u{00B4}", "`", "\u{02BC}", "\u{2032}": typed.append("'")
            case "\u{201C}", "\u{201D}", "\u{2033}": typed.append("\"")
            case "\u{2010}"..."\u{2015}", "\u{2212}": typed.append("-")
            case "\u{2026}": typed += "..."
            default: typed.append(character.isWhitespace ? " " : character)
            }
        }
        return typed.split(separator: " ").joined(separator: " ")
    }

    /// Returns a text with the marks that programs put in place of those of a keyboard.
    private static func typeset(_ text: String) -> String {
        typed(text).replacing("'", with: "\u{2019}").replacing(" - ", with: " \u{2013} ").replacing(
            "...",
            with: "\u{2026}"
        )
    }
}
