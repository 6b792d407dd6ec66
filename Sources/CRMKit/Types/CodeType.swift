import Formats
import Localization

/// One line of text compared exactly, stored in one normal form: serial numbers, codes, keys of other systems.
struct CodeType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var isFreeText: Bool { true }
    var isCode: Bool { true }
    var takesNoWords: Bool { true }
    var isNormalized: Bool { true }
    var family: ComparisonFamily? { .text("code", canContain: true) }
    var customName: String? { "code" }
    var canBeKey: Bool { true }
    var placeholder: Text { Text(en: "TEXT", es: "TEXTO") }
    var spelling: Text {
        Text(en: "One line of text that is compared exactly.", es: "Una línea de texto que se compara tal cual.")
    }
    var example: String? { "X1" }

    func foreign(_ text: String) throws(ValueError) -> String {
        try SpreadsheetNumber.unrounded(Self.typed(text))
    }

    /// Returns a code with the spaces and hyphens of a keyboard in place of the similar ones that Word and web pages
    /// insert.
    static func typed(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        var typed = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{A0}", "\u{2007}", "\u{202F}": typed.append(" ")
            case "\u{2010}", "\u{2011}": typed.append("-")
            default: typed.append(scalar)
            }
        }
        return String(typed)
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        let code = NormalForm.composed(try PlainText.line(TypographicQuotes.plain(text.withoutUnseen)))
        return code.isEmpty ? .null : .text(code)
    }

    /// Returns a code from outside, whatever it contains, as ``value(of:in:)`` would store it: without control characters
    /// and separators of lines.
    static func cleaned(_ text: String) -> String {
        if text.utf8.areVisibleASCII { return text }
        let scalars = text.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        var code = String(String.UnicodeScalarView(scalars)).withoutUnseen.trimmed
        // Within quotation marks there may be others.
        while case let plain = TypographicQuotes.plain(code), plain != code { code = plain }
        return NormalForm.composed(code)
    }

    func key(for text: String, country: String?) -> String {
        NormalForm.composed(TypographicQuotes.plain(text.withoutUnseen))
    }
}
