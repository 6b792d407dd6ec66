/// What vCard 2.1 writes in other ways than its successors.
enum VCardLegacy {
    /// The name of a parameter that is only a value: `ENCODING`, `VALUE` or, as for most, `TYPE`.
    static func parameterName(of value: String) -> String {
        switch value.uppercased() {
        case "QUOTED-PRINTABLE", "BASE64", "7BIT", "8BIT": "ENCODING"
        case "INLINE", "URL", "CONTENT-ID", "CID": "VALUE"
        default: "TYPE"
        }
    }

    /// The parameters as vCard 3.0 has them of a property whose value is decoded, base64 excepted.
    static func withoutTransferEncoding(_ parameters: [ContentParameter]) -> [ContentParameter] {
        parameters.compactMap { parameter in
            guard parameter.isNamed("ENCODING") else { return parameter }
            switch parameter.values.first?.uppercased() {
            case "QUOTED-PRINTABLE", "7BIT", "8BIT": return nil
            case "BASE64", "B": return ContentParameter(parameter.name, ["b"])
            default: return parameter
            }
        }
    }

    /// The value of a property as vCard 3.0 writes it. In 2.1 a backslash escapes separators alone, and commas
    /// separate nothing.
    static func modernised(_ value: String, of name: String) -> String {
        switch name.uppercased() {
        case "N", "ADR", "ORG":
            ContentText.split(value.utf8, UInt8(ascii: ";")).map { ContentText.escape(unescape($0)) }
                .joined(separator: ";")
        case let name where isText(name) || name == "NICKNAME":
            ContentText.escape(unescape(value.utf8))
        default:
            ContentText.escapingLineBreaks(value, escapingBackslashes: true)
        }
    }

    /// True for the name of a property whose value is one text.
    static func isText(_ name: String) -> Bool {
        ["FN", "NOTE", "TITLE", "ROLE", "TEL", "EMAIL", "LABEL", "MAILER", "UID"].contains(name.uppercased())
    }

    /// True for the name of a property whose value is text, of one or several parts, and no bytes.
    static func takesText(_ name: String) -> Bool {
        if isText(name) { return true }
        return [
            "N", "ADR", "ORG", "NICKNAME", "CATEGORIES", "BDAY", "ANNIVERSARY", "URL", "IMPP", "GEO", "TZ", "X-ABLABEL",
            "X-SOCIALPROFILE", "X-PHONETIC-FIRST-NAME", "X-PHONETIC-LAST-NAME",
        ].contains(name.uppercased())
    }

    /// True for a word that says of what type an address or number is, and names no parameter.
    static func isType(_ word: String) -> Bool {
        [
            "HOME", "WORK", "CELL", "FAX", "VOICE", "PAGER", "PREF", "MSG", "CAR", "VIDEO", "ISDN", "MODEM", "BBS",
            "PCS",
            "INTERNET", "DOM", "INTL", "POSTAL", "PARCEL", "MOBILE", "OTHER",
        ].contains(word.uppercased())
    }

    private static func unescape(_ value: some Sequence<UInt8>) -> String {
        var bytes: [UInt8] = []
        for byte in value {
            let isSeparator = byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
            if isSeparator && bytes.last == UInt8(ascii: "\\") { bytes.removeLast() }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
