/// The properties that cards are known to have.
enum CardProperties {
    /// Whether a line begins with the name of one in capitals, as no text does by chance.
    static func begins(_ line: ArraySlice<UInt8>) -> Bool {
        guard let end = line.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") }) else {
            return false
        }
        let head = line[..<end]
        let name = head.lastIndex(of: UInt8(ascii: ".")).map { head[($0 + 1)...] } ?? head
        return names.contains(String(decoding: name, as: UTF8.self)) || isExtension(name)
    }

    private static func isExtension(_ name: ArraySlice<UInt8>) -> Bool {
        name.count > 2 && name.starts(with: "X-".utf8) && name.allSatisfy(ContentToken.contains)
    }

    /// Whether a name is one of these, whatever the case of its letters.
    static func contains(_ name: String) -> Bool { names.contains(name.uppercased()) }

    /// Those of vCard 2.1, RFC 2426, RFC 6350 and their extensions (RFC 6474, RFC 6715, RFC 8605, RFC 9554).
    private static let names: Set<String> = [
        "ADR", "AGENT", "ANNIVERSARY", "BDAY", "BEGIN", "BIRTHPLACE", "CALADRURI", "CALURI", "CATEGORIES", "CLASS",
        "CLIENTPIDMAP", "CONTACT-URI", "CREATED", "DEATHDATE", "DEATHPLACE", "EMAIL", "END", "EXPERTISE", "FBURL", "FN",
        "GENDER", "GEO", "GRAMGENDER", "HOBBY", "IMPP", "INTEREST", "KEY", "KIND", "LABEL", "LANG", "LANGUAGE", "LOGO",
        "MAILER", "MEMBER", "N", "NAME", "NICKNAME", "NOTE", "ORG", "ORG-DIRECTORY", "PHOTO", "PROBABILITY", "PRODID",
        "PROFILE", "PRONOUNS", "RELATED", "REV", "ROLE", "SOCIALPROFILE", "SORT-STRING", "SOUND", "SOURCE", "TEL",
        "TITLE",
        "TZ", "UID", "URL", "VERSION", "XML",
    ]
}
