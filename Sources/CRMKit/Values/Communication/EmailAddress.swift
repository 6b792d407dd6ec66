import Formats
import Localization

/// An e-mail address: the mailbox of RFC 5321 section 4.1.2 without quoted local parts and address literals, and with
/// the UTF-8 of RFC 6531.
public struct EmailAddress: Sendable, Hashable {
    /// The address as typed, without anything around it.
    public let text: String

    /// Reads one address, bare or as mail programs and web pages copy it: `Ana <ana@example.org>`,
    /// `mailto:ana@example.org`, `ana@example.org;`.
    ///
    /// - Throws: ``ValueError`` for anything else: several addresses, a domain without a dot.
    public init(parsing text: String) throws(ValueError) {
        if Self.fault(of: text) == nil {
            self.text = text
            return
        }
        let several = Self.several(text)
        guard several.isEmpty else { throw .several(several) }
        let plain = Self.plain(text)
        if let fault = Self.fault(of: plain) { throw fault }
        self.text = plain
    }

    /// Returns an address without the additions of mail programs and web pages; any other text unchanged.
    static func bare(_ text: String) -> String {
        guard fault(of: text) != nil else { return text }
        let plain = plain(text)
        return fault(of: plain) == nil ? plain : text
    }

    /// Returns the reason why a text is not an address by itself; `nil` when it is one.
    private static func fault(of text: String) -> ValueError? {
        let bytes = Array(text.utf8)
        // A typographic mark around an address would be a letter of an internationalized one.
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), text.isVisible, !TypographicQuotes.enclose(text),
            isLocalPart(bytes[..<at]),
            HostName.isDomain(bytes[(at + 1)...]), bytes[(at + 1)...].contains(UInt8(ascii: "."))
        else {
            return ValueError(
                en: "not an e-mail address: write one, as in ana@example.org",
                es: "no es un correo electrónico: escribir uno, como ana@example.org"
            )
        }
        // RFC 5321 sections 4.5.3.1.1 and 4.5.3.1.3: a path of 256 octets has two angle brackets.
        guard at <= 64, bytes.count <= 254 else {
            return ValueError(
                en: "the e-mail address is too long: 64 bytes fit before the @ and 254 in all",
                es: "el correo electrónico es demasiado largo: caben 64 bytes antes de la @ y 254 en total"
            )
        }
        return nil
    }

    /// Returns an address without the name, quotes, comment and scheme around it.
    private static func plain(_ text: String) -> String {
        var plain = text.withoutUnseen.trimmed
        while let last = plain.last, ";,".contains(last) { plain = String(plain.dropLast()).trimmed }
        if plain.last == ">", let start = plain.lastIndex(of: "<") {
            plain = String(plain[plain.index(after: start)...].dropLast()).trimmed
        }
        // A comment (RFC 5322 section 3.2.2) says whose address it is or what it is for.
        if plain.last == ")", let start = plain.lastIndex(of: "("), start > plain.startIndex {
            plain = String(plain[..<start]).trimmed
        }
        if let first = plain.first, plain.last == first, plain.count > 2, "'\"".contains(first) {
            plain = String(plain.dropFirst().dropLast()).trimmed
        }
        plain = TypographicQuotes.plain(plain)
        guard let address = plain.after(scheme: "mailto:") else { return plain }
        return TypographicQuotes.plain(address.prefix { $0 != "?" }.description)
    }

    /// Whether a text is the name of a mailbox within Exchange (X.500) and no address: `/o=ExchangeLabs/ou=…/cn=…`.
    static func isMailboxName(_ text: String) -> Bool {
        guard text.utf8.first == UInt8(ascii: "/") else { return false }
        let folded = text.lowercased()
        return folded.hasPrefix("/o=") && folded.contains("/cn=")
    }

    /// Returns the addresses of a text with several of them, separated by semicolons, commas, slashes or spaces; empty
    /// for a text with fewer than two or with a malformed one.
    static func several(_ text: String) -> [String] {
        guard text.utf8.count(where: { $0 == UInt8(ascii: "@") }) > 1 else { return [] }
        let pieces = [
            text.split { ";,\n".contains($0) || $0.isNewline },
            text.split { ";,/|\n".contains($0) || $0.isWhitespace },
        ]
        for pieces in pieces {
            let addresses = pieces.map { plain(String($0)) }.filter { fault(of: $0) == nil }
            if addresses.count > 1, addresses.count == pieces.count(where: { $0.contains("@") }) { return addresses }
        }
        return []
    }

    /// Whether bytes are atoms joined by single dots.
    private static func isLocalPart(_ bytes: ArraySlice<UInt8>) -> Bool {
        let dot = UInt8(ascii: ".")
        var previous = dot
        for byte in bytes {
            guard byte == dot ? previous != dot : isAtomText(byte) else { return false }
            previous = byte
        }
        return previous != dot
    }

    /// Whether a byte is `atext` of RFC 5322 section 3.2.3, or beyond ASCII (RFC 6531 section 3.3).
    private static func isAtomText(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte >= 0x80 || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    /// Returns an address as it is written into mail: in the normal form that RFC 6532 section 3.1 asks for.
    public static func written(_ text: String) -> String { NormalForm.composed(text.withoutUnseen.trimmed) }

    /// Returns the form in which addresses are compared: lower case, in the normal form that RFC 6532 section 3.1 asks
    /// for. RFC 5321 lets hosts distinguish the case of local parts, but none does. Domains are compared in Unicode,
    /// however they were written (RFC 5890 section 2.3.2.1).
    ///
    /// A key has one form and is not folded as text is: `ß` is another letter than `ss` in a domain (RFC 5892 section
    /// 2.6) and in a local part, so that `straße@…` and `strasse@…` are two people's, and its capital is `ẞ`.
    public static func matchKey(for text: String) -> String {
        let lower = InternationalDomain.inUnicode(ofAddress: text.withoutUnseen.trimmed.lowercased())
        return withoutFinalSigma(NormalForm.composed(lower))
    }

    /// Returns a text with one form of the letter that Greek writes in another way at the end of a word, but not in
    /// capitals.
    private static func withoutFinalSigma(_ text: String) -> String {
        guard text.utf8.contains(0xCF) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\u{3C2}" ? "\u{3C3}" : $0 }))
    }

    /// Appends the form for comparison of an address in visible ASCII without two hyphens in a row, as most are: its
    /// lower case.
    ///
    /// - Returns: `false` for any other address, with nothing appended.
    static func appendPlainKey(of text: String, to key: inout [UInt8]) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            let start = key.count
            key.append(contentsOf: bytes)
            let isPlain = key.withUnsafeMutableBufferPointer { key in
                var last: UInt8 = 0
                for index in start..<key.count {
                    let byte = key[index]
                    // A label in ASCII that stands for one in Unicode has two hyphens in a row.
                    guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "-") || last != byte else { return false }
                    key[index] = byte.asciiLowercased
                    last = byte
                }
                return true
            }
            if !isPlain { key.removeLast(key.count - start) }
            return isPlain
        } ?? false
    }

    /// Returns an address in every form in which its domain can be written.
    static func forms(of text: String) -> [String] {
        let forms = [written(text), matchKey(for: text), InternationalDomain.inASCII(ofAddress: written(text))]
        return forms.enumerated().filter { !forms[..<$0.offset].contains($0.element) }.map(\.element)
    }
}
