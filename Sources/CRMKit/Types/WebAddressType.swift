import Localization

/// A web address, compared without scheme, `www.` and last slash.
struct WebAddressType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var takesNoWords: Bool { true }
    var isFreeText: Bool { true }
    var matching: FieldType.Matching? { .url }
    var family: ComparisonFamily? { .text("url", canContain: true) }
    var customName: String? { "url" }
    var canBeKey: Bool { true }
    var placeholder: Text { "URL" }
    var spelling: Text {
        Text(en: "A web address; https:// may be left out.", es: "Una dirección web; https:// puede omitirse.")
    }
    var example: String? { "example.org" }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try WebAddress(parsing: text).text)
    }

    func several(_ text: String) -> [String] { WebAddress.several(text) }
}
