import Localization

/// An e-mail address (RFC 5321 mailbox, RFC 6531 for other scripts), compared without case.
struct EmailType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var takesNoWords: Bool { true }
    var isFreeText: Bool { true }
    var matching: FieldType.Matching? { .email }
    var family: ComparisonFamily? { .text("email", canContain: true) }
    var containment: Containment { .matched }
    // RFC 6531 allows more than RFC 5321, which the format "email" stands for.
    var shape: ValueShape { .format("idn-email") }
    var customName: String? { "email" }
    var canBeKey: Bool { true }
    var placeholder: Text { Text(en: "EMAIL", es: "CORREO") }
    var spelling: Text {
        Text(en: "An e-mail address alone, without a name.", es: "Solo la dirección de correo, sin nombre.")
    }
    var example: String? { "ana@example.org" }

    func plainValue(of text: String) -> Value? { PlainCell.isEmail(text) ? .text(text) : nil }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try EmailAddress(parsing: text).text)
    }

    func several(_ text: String) -> [String] { EmailAddress.several(text) }
}
