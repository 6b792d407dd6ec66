/// The differences of vCard 2.1 from later versions.
enum VCardLegacy {
    /// Returns the name of a parameter written only as a value: `ENCODING`, `VALUE` or, for most, `TYPE`.
    static func parameterName(of value: String) -> String {
        switch value.uppercased() {
        case "QUOTED-PRINTABLE", "BASE64", "7BIT", "8BIT": "ENCODING"
        case "INLINE", "URL", "CONTENT-ID", "CID": "VALUE"
        default: "TYPE"
        }
    }

    /// Returns the parameters in the form of vCard 3.0 for a property whose value has been decoded, except from base64.
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

    /// Returns the value of a property in the form of vCard 3.0. In 2.1 a backslash escapes only separators, and
    /// semicolons separate parts as well as categories, while commas separate nothing but these; nevertheless telephones escape line breaks.
    static func modernised(_ value: String, of name: String) -> String {
        switch name.uppercased() {
        case "N", "ADR", "ORG":
            ContentText.split(value.utf8, UInt8(ascii: ";")).map { ContentText.escape(unescape($0)) }
                .joined(separator: ";")
        case "CATEGORIES":
            ContentText.split(value.utf8, UInt8(ascii: ";"))
                .map { ContentText.escapingLineBreaks(String(decoding: $0, as: UTF8.self), escapingBackslashes: true) }
                .joined(separator: ",")
        case let name where isText(name) || name == "NICKNAME":
            ContentText.escape(unescape(value.utf8))
        default:
            ContentText.escapingLineBreaks(value, escapingBackslashes: true)
        }
    }

    /// Returns whether the value of a property with this name is a single text.
    static func isText(_ name: String) -> Bool {
        ["FN", "NOTE", "TITLE", "ROLE", "TEL", "EMAIL", "LABEL", "MAILER", "UID"].contains(name.uppercased())
    }

    /// Returns whether the value of a property with this name is text in one or several parts, and not bytes.
    static func takesText(_ name: String) -> Bool {
        if isText(name) { return true }
        return [
            "N", "ADR", "ORG", "NICKNAME", "CATEGORIES", "BDAY", "ANNIVERSARY", "URL", "IMPP", "GEO", "TZ", "X-ABLABEL",
            "X-SOCIALPROFILE", "X-PHONETIC-FIRST-NAME", "X-PHONETIC-LAST-NAME",
        ].contains(name.uppercased())
    }

    /// Returns whether a word is a type of an address or number, and not the name of a parameter.
    static func isType(_ word: String) -> Bool {
        [
            "HOME", "WORK", "CELL", "FAX", "VOICE", "PAGER", "PREF", "MSG", "CAR", "VIDEO", "ISDN", "MODEM", "BBS",
            "PCS",
            "INTERNET", "DOM", "INTL", "POSTAL", "PARCEL", "MOBILE", "OTHER",
        ].contains(word.uppercased())
    }

    private static func unescape(_ value: some Collection<UInt8>) -> String {
        guard value.contains(backslash) else { return String(decoding: value, as: UTF8.self) }
        let value = Array(value)
        var bytes: [UInt8] = []
        var index = 0
        while index < value.count {
            let next = index + 1 < value.count ? value[index + 1] : 0
            switch (value[index], next) {
            case (backslash, UInt8(ascii: ";")), (backslash, UInt8(ascii: ",")), (backslash, UInt8(ascii: ":")),
                (backslash, UInt8(ascii: "'")), (backslash, UInt8(ascii: "\"")):
                bytes.append(next)
                index += 2
            case (backslash, UInt8(ascii: "n")), (backslash, UInt8(ascii: "N")):
                let isBreak = isLineBreak(behind: bytes[...], before: value[(index + 2)...])
                bytes += isBreak ? [UInt8(ascii: "\n")] : [backslash, next]
                index += 2
            default:
                bytes.append(value[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let backslash = UInt8(ascii: "\\")

    /// Returns whether a backslash and an n are a line break, and not part of a text with its own backslashes: a path,
    /// `C:\new` or `\\host\name`, or an account in a domain, `ACME\nora`.
    private static func isLineBreak(behind text: ArraySlice<UInt8>, before rest: ArraySlice<UInt8>) -> Bool {
        let line = ending(of: text) { $0 != UInt8(ascii: "\n") }
        if line.contains(backslash) { return false }
        let word = ending(of: line) { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        if word.count == 2, word.last == UInt8(ascii: ":"), word.first?.isLetterOrDigit == true { return false }
        let isDomain = word.count > 1 && word.allSatisfy(isCapital)
        return !isDomain || rest.first.map { !isSmall($0) } ?? true
    }

    /// Returns the trailing bytes of a text for which a predicate is true.
    private static func ending(of text: ArraySlice<UInt8>, _ isMeant: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        text[(text.lastIndex { !isMeant($0) }.map { $0 + 1 } ?? text.startIndex)...]
    }

    private static func isCapital(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "-")
    }

    private static func isSmall(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
}
