import Localization

/// An e-mail address (RFC 5321 mailbox, RFC 6531 for other scripts), compared without case.
struct EmailType: FieldTypeDefinition {
    var form: ValueForm { .text }
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

    /// An address alone in what programs put around it: `<ana@example.org>`, `mailto:ana@example.org`.
    func foreign(_ text: String) throws(ValueError) -> String {
        var address = text.trimmed
        for (opening, closing) in [("<", ">"), ("'", "'"), ("\"", "\"")]
        where address.count > 2 && address.hasPrefix(opening) && address.hasSuffix(closing) {
            address = String(address.dropFirst().dropLast())
        }
        let scheme = "mailto:"
        return address.lowercased().hasPrefix(scheme) ? String(address.dropFirst(scheme.count)) : address
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try EmailAddress(parsing: text).text)
    }
}
