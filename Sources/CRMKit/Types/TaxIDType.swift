import Localization

/// The number of a person or company with a tax authority (RFC, NIF, VAT number), stored as typed and compared by its
/// letters and digits.
struct TaxIDType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var takesNoWords: Bool { true }
    var isFreeText: Bool { true }
    var isCode: Bool { true }
    var matching: FieldType.Matching? { .taxID }
    var isNormalized: Bool { true }
    var family: ComparisonFamily? { .text("tax id", canContain: true) }
    var containment: Containment { .matched }
    var canBeKey: Bool { true }
    var placeholder: Text { Text(en: "TEXT", es: "TEXTO") }
    var spelling: Text {
        Text(
            en: "One line of text that is compared by its letters and digits.",
            es: "Una línea de texto que se compara por sus letras y dígitos."
        )
    }
    var example: String? { "ACM010203AB1" }

    func foreign(_ text: String) throws(ValueError) -> String {
        SpreadsheetNumber.digits(try SpreadsheetNumber.unrounded(text))
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(NormalForm.composed(try PlainText.line(TypographicQuotes.plain(text.withoutUnseen))))
    }

    /// The RFCs that invoices use for customers without one and for those abroad (SAT, Annex 20).
    var nobodys: [String] { ["xaxx010101000", "xexx010101000"] }

    /// Returns `nil` for a text without letters and digits, which is no part of any tax id.
    func partKey(for text: String, country: String?) -> String? {
        let key = Self.matchKey(for: text)
        return key.isEmpty ? nil : key
    }

    /// Returns the form in which tax ids are compared: letters in lower case and digits, without separators. A text
    /// without letters and digits is returned in lower case. A Spanish NIF equals its VAT number, which begins with
    /// `ES`.
    static func matchKey(for text: String) -> String {
        let folded = NormalForm.composed(text.lowercased())
        let key = folded.filter { $0.isLetter || $0.isNumber }
        if key.hasPrefix("es"), isNIF(key.dropFirst(2)) { return String(key.dropFirst(2)) }
        return key.isEmpty ? folded : key
    }

    /// Whether a key is a Spanish NIF: nine letters and digits, a letter at one end or at both.
    private static func isNIF(_ key: Substring) -> Bool {
        let bytes = Array(key.utf8)
        guard bytes.count == 9, bytes[1..<8].allSatisfy(\.isDigit) else { return false }
        return bytes[0].isLetter && (bytes[8].isLetter || bytes[8].isDigit) || bytes[0].isDigit && bytes[8].isLetter
    }
}
