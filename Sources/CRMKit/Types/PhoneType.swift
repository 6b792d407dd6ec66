import Localization

/// A telephone number, kept as typed and compared by its digits with the country code.
struct PhoneType: FieldTypeDefinition {
    var form: ValueForm { .text }
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
        let text = try SpreadsheetNumber.unrounded(text)
        if text.utf8.first?.isDigit == true, text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        // An apostrophe keeps spreadsheets from taking the number for an amount.
        let number = Self.plain(text.utf8.first == UInt8(ascii: "'") ? String(text.dropFirst()) : text)
        let start = number.firstIndex { $0.isASCII && $0.isNumber || $0 == "+" || $0 == "(" } ?? number.startIndex
        let lead = Fold.fold(number[..<start].filter { !":. ".contains($0) })
        return Self.leads.contains(lead) ? String(number[start...]) : number
    }

    /// What tables have before a number that says no more of it than its column does, folded; `p:` is what Facebook writes.
    private static let leads: Set<String> = ["tel", "telefono", "cel", "celular", "movil", "phone", "p"]

    /// With the hyphens and spaces of ASCII, and without what is not seen, as it comes along with copied numbers.
    private static func plain(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .format: continue
            case .dashPunctuation: plain.append("-")
            case .spaceSeparator: plain.append(" ")
            default: plain.append(scalar)
            }
        }
        return String(plain)
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try PhoneNumber(parsing: SpreadsheetNumber.digits(text)).text)
    }

    /// A part has no country code, and its digits follow each other whatever stands between them.
    func partKey(for text: String, country: String?) -> String? {
        let digits = text.utf8.filter(\.isDigit)
        return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
    }
}
