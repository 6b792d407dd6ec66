extension FieldType {
    /// Returns the form in which values of this type are compared, for a stored value or a search text: folded text,
    /// lower case, digits with the country code, a web address without its scheme, a code in normal form.
    ///
    /// - Parameters:
    ///   - text: the text, which need not be valid for the type.
    ///   - country: the ISO 3166-1 alpha-2 code for telephone numbers without a country code.
    /// - Returns: the text itself for types that are compared as stored.
    func matchKey(for text: String, country: String?) -> String {
        definition.key(for: text, country: country)
    }
}

extension FieldType.Matching {
    /// Appends the form in which a text is compared, in UTF-8.
    func appendKey(for text: String, country: String?, to bytes: inout [UInt8]) {
        switch self {
        case .folded:
            var text = text
            text.withUTF8 { Fold.fold(UnsafeRawBufferPointer($0), into: &bytes) }
        case .email where EmailAddress.appendPlainKey(of: text, to: &bytes): break
        case .phone where PhoneNumber.appendPlainKey(of: text, to: &bytes): break
        default:
            bytes.append(contentsOf: key(for: text, country: country).utf8)
        }
    }

    /// Returns the form in which a text is compared.
    func key(for text: String, country: String?) -> String {
        switch self {
        case .folded: Fold.fold(text)
        case .email: EmailAddress.matchKey(for: text)
        case .phone: PhoneNumber.matchKey(for: text, country: country)
        case .url: WebAddress.matchKey(for: text)
        case .taxID: TaxIDType.matchKey(for: text)
        }
    }
}
