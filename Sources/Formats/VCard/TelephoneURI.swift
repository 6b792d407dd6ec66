/// A telephone number in a URI (RFC 3966), or in one of the similar schemes that telephones write, `sms:` and
/// `callto:`.
public struct TelephoneURI: Sendable {
    /// The number in its usual notation, `+52-55-5501-0001 ext 12`, without other parts of the URI.
    public let number: String

    /// Parses a URI.
    ///
    /// - Returns: nil for any other text, and for a name in place of the number.
    public init?(_ text: String) {
        guard let after = Self.schemes.lazy.compactMap(text.after(scheme:)).first else { return nil }
        var rest = after.prefix { $0 != "?" }
        if rest.hasPrefix("//") { rest = rest.dropFirst(2) }
        number = Self.number(Self.decoded(String(rest)))
        guard number.utf8.contains(where: \.isDigit) else { return nil }
    }

    private static let schemes = ["tel:", "sms:", "callto:"]

    /// Returns the number in a `tel:` URI without its scheme, as cards of version 3.0 may hold it; other text is
    /// returned unchanged.
    ///
    /// A local number is completed with the prefix in its `phone-context` parameter (RFC 3966).
    public static func number(_ text: String) -> String {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        let parameters = parts.dropFirst().compactMap(parameter)
        // Some programs write several numbers with semicolons between them.
        guard parts.count == 1 || !parameters.isEmpty else { return text }
        var number = parts[0]
        if let context = parameters.first(where: { $0.name == "phone-context" })?.value, context.hasPrefix("+"),
            !number.hasPrefix("+")
        {
            number = "\(context)-\(number)"
        }
        return number + (parameters.first { $0.name == "ext" }.map { " ext \($0.value)" } ?? "")
    }

    private static func parameter(_ text: String) -> (name: String, value: String)? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (parts[0].lowercased(), String(parts[1])) : nil
    }

    /// Returns a text with percent-encoded bytes decoded (RFC 3986, section 2.1); unchanged if the result is not text.
    private static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        let bytes = QuotedPrintable.decode(Array(text.utf8)[...], escape: UInt8(ascii: "%"))
        guard UTF8Sequence.firstMalformed(in: bytes[...]) == nil, !bytes.contains(0) else { return text }
        return String(decoding: bytes, as: UTF8.self)
    }
}
