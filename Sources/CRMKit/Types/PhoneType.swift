import Localization

/// A telephone number, stored as typed and compared by its digits with the country code.
struct PhoneType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var takesNoWords: Bool { true }
    var isFreeText: Bool { true }
    var matching: FieldType.Matching? { .phone }
    var family: ComparisonFamily? { .text("phone", canContain: false) }
    var containment: Containment { .matched }
    var isWhole: Bool { true }
    var customName: String? { "phone" }
    var canBeKey: Bool { true }
    var placeholder: Text { Text(en: "PHONE", es: "TELÉFONO") }
    var spelling: Text {
        Text(
            en: "With its country code, as in +52 55 1234 5678, or as it is dialled in the country that is configured.",
            es: "Con su código de país, como +52 55 1234 5678, o como se marca en el país configurado."
        )
    }
    var example: String? { "5512345678" }

    func foreign(_ text: String) throws(ValueError) -> String {
        try SpreadsheetNumber.unrounded(text)
    }

    func plainValue(of text: String) -> Value? { PlainCell.isPhone(text) ? .text(text) : nil }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try PhoneNumber(parsing: SpreadsheetNumber.phone(text), country: context.country).text)
    }

    func several(_ text: String) -> [String] { WrittenPhone.several(text) }

    /// Returns the digits of a part of a number, which has no country code, whatever stands between them.
    func partKey(for text: String, country: String?) -> String? {
        let digits = WrittenPhone.plain(text).utf8.filter(\.isDigit)
        return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
    }
}
