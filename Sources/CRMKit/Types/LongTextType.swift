import Localization

/// Text of any length with line breaks, compared without case and accents.
struct LongTextType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var isFreeText: Bool { true }
    var matching: FieldType.Matching? { .folded }
    var family: ComparisonFamily? { TextType.family }
    var containment: Containment { .matched }
    var customName: String? { "longtext" }
    var placeholder: Text { Text(en: "TEXT", es: "TEXTO") }
    var spelling: Text {
        Text(en: "Text that may hold line breaks.", es: "Texto que puede tener saltos de línea.")
    }

    /// Reads a text with the white space at its ends, since indentation belongs to the text.
    func read(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        try value(of: text, in: context)
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        let text = try PlainText.lines(text)
        return text.isEmpty ? .null : .text(text)
    }
}
