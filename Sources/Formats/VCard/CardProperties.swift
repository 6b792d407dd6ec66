/// The known properties of cards.
enum CardProperties {
    /// Returns whether a line begins with a known name in capitals, as text never does by chance.
    static func begins(_ line: ArraySlice<UInt8>) -> Bool {
        guard let end = line.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") }) else {
            return false
        }
        let head = line[..<end]
        let name = head.lastIndex(of: UInt8(ascii: ".")).map { head[($0 + 1)...] } ?? head
        return names.contains(String(decoding: name, as: UTF8.self)) || isExtension(name)
    }

    /// Returns whether a line begins with the name of a property that every card has, in capitals.
    static func beginsRequired(_ line: some Sequence<UInt8>) -> Bool {
        let name = line.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
        return ["FN", "N", "VERSION"].contains { name.elementsEqual($0.utf8) }
    }

    private static func isExtension(_ name: ArraySlice<UInt8>) -> Bool {
        name.count > 2 && name.starts(with: "X-".utf8) && name.allSatisfy(ContentToken.contains)
    }

    /// Returns whether a line begins with a name in capitals, as most properties do.
    static func isPlain(_ line: ArraySlice<UInt8>) -> Bool {
        for byte in line {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"): continue
            default: return byte == UInt8(ascii: ":") || byte == UInt8(ascii: ";")
            }
        }
        return false
    }

    /// Returns whether the value of a property may contain several lines.
    static func holdsLines(_ name: String) -> Bool {
        ["NOTE", "LABEL", "ADR", "FN", "ORG", "TITLE", "ROLE"].contains(name)
    }

    /// Returns whether the value of a property has no blanks within.
    static func holdsNoBlanks(_ name: String) -> Bool { ["EMAIL", "UID", "URL", "IMPP", "REV"].contains(name) }

    /// Returns whether a line after such a property continues its text. In a note, that includes lines that only look
    /// like a property: `hours: 9 to 5`, `http://example.org`.
    static func isFurtherText(_ line: ArraySlice<UInt8>, of property: String) -> Bool {
        line.isFurtherText(besides: names, inNote: property == "NOTE")
    }

    /// The property names of vCard 2.1, RFC 2426, RFC 6350 and their extensions (RFC 6474, RFC 6715, RFC 8605, RFC
    /// 9554).
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

extension ArraySlice<UInt8> {
    /// Returns whether a line is not a property, but may continue the text of the previous one.
    ///
    /// - Parameters:
    ///   - names: the names of properties, in capitals.
    ///   - isInNote: whether a line that only looks like a property is text, too.
    func isFurtherText(besides names: Set<String>, inNote isInNote: Bool) -> Bool {
        guard let end = firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") }) else { return true }
        let name = self[..<end].trimmingSpaces
        if SamsungType.begins(name) { return false }
        guard !name.isEmpty, name.allSatisfy({ ContentToken.contains($0) || $0 == UInt8(ascii: ".") }) else {
            return !name.isEmpty
        }
        let own = name.lastIndex(of: UInt8(ascii: ".")).map { name[($0 + 1)...] } ?? name
        let word = String(decoding: own, as: UTF8.self).uppercased()
        if !isInNote || self[end] == UInt8(ascii: ";") || names.contains(word) || word.hasPrefix("X-") { return false }
        return self[(end + 1)...].looksLikeText
    }
}

extension Collection<UInt8> {
    /// Whether the bytes after the colon of a line are more likely text than the value of a property: `hours: 9 to 5`,
    /// `http://example.org`.
    var looksLikeText: Bool { first == UInt8(ascii: " ") || starts(with: "//".utf8) }
}
