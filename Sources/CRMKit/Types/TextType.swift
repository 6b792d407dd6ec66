import Localization

/// One line of text, compared without case and accents.
struct TextType: FieldTypeDefinition {
    /// The family of texts: single lines and texts of several lines can be compared with each other.
    static let family = ComparisonFamily.text("text", canContain: true)

    var form: ValueForm { .text }
    var isFreeText: Bool { true }
    var matching: FieldType.Matching? { .folded }
    var family: ComparisonFamily? { Self.family }
    var containment: Containment { .matched }
    var customName: String? { "text" }
    var canBeKey: Bool { true }
    var placeholder: Text { Text(en: "TEXT", es: "TEXTO") }
    var spelling: Text { Text(en: "One line of text.", es: "Una línea de texto.") }

    func plainValue(of text: String) -> Value? { PlainCell.isText(text) ? .text(text) : nil }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        // Every text of one line loses the same marks, wherever it comes from, so that exported texts come back equal.
        let line = try PlainText.line(text.withoutMarks)
        return line.isEmpty ? .null : .text(line)
    }
}
