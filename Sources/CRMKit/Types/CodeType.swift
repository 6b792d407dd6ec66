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
        try SpreadsheetNumber.unrounded(Self.withoutTextMark(text))
    }

    /// A number without the apostrophe by which a spreadsheet is told that it is a text: `'0601`.
    private static func withoutTextMark(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "'"), let second = text.utf8.dropFirst().first, second.isDigit else {
            return text
        }
        return String(text.dropFirst())
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        let code = NormalForm.composed(try PlainText.line(text.withoutUnseen))
        return code.isEmpty ? .null : .text(code)
    }

    func key(for text: String, country: String?) -> String { NormalForm.composed(text.withoutUnseen) }
}
