import Localization

/// A web address: a URL with a host (RFC 3986; RFC 3987 for other scripts), with or without a scheme.
public struct WebAddress: Sendable, Hashable {
    /// The address as typed.
    public let text: String

    /// Reads an address such as `https://example.org/path` or `example.org`.
    ///
    /// - Throws: ``ValueError`` for white space and invisible characters, for addresses without a host or with a user's
    ///   name, and, if there is no scheme, for a host without a dot.
    public init(parsing text: String) throws(ValueError) {
        let several = Self.several(text)
        guard several.isEmpty else { throw .several(several) }
        try self.init(one: Self.plain(text))
    }

    /// Returns an address without the marks after it in a list, and without the backslash that Google writes in its
    /// tables: `http\://example.org`.
    private static func plain(_ text: String) -> String {
        var plain = text.withoutUnseen.trimmed
        while let last = plain.last, ";,".contains(last) { plain = String(plain.dropLast()).trimmed }
        return plain.utf8.contains(UInt8(ascii: "\\")) ? plain.replacing("\\://", with: "://") : plain
    }

    /// Returns the addresses of a text with several of them, separated by semicolons, commas, bars or white space;
    /// empty for a text with one address or none. A text that is one address with such marks in its path counts as one.
    static func several(_ text: String) -> [String] {
        guard text.utf8.contains(where: { ";,| \n".utf8.contains($0) }) else { return [] }
        let pieces = text.split { ";,|".contains($0) || $0.isWhitespace }.map { plain(String($0)) }
        guard pieces.count > 1 else { return [] }
        let areMarked = pieces.dropFirst().allSatisfy { piece in
            ["www.", "http://", "https://"].contains { piece.lowercased().hasPrefix($0) }
        }
        if !areMarked, (try? Self(one: plain(text))) != nil { return [] }
        let addresses = pieces.compactMap { try? Self(one: $0).text }
        return addresses.count == pieces.count ? addresses : []
    }

    private init(one text: String) throws(ValueError) {
        let parts = Parts(text)
        guard text.isVisible, text.utf8.count <= PlainText.lineLimit, parts.isSchemeValid, parts.isAuthorityValid else {
            throw ValueError(
                en: "not a web address: write it as in https://example.org/page or example.org",
                es: "no es una dirección web: escribirla como https://example.org/pagina o example.org"
            )
        }
        self.text = text
    }

    /// Returns the form in which addresses are compared: without scheme, `www.` and last slash, the host in lower case,
    /// in the normal form that RFC 3987 section 5.3.2.2 asks for.
    static func matchKey(for text: String) -> String {
        let parts = Parts(plain(text))
        var host = String(decoding: parts.authority, as: UTF8.self).lowercased()
        if host.hasPrefix("www.") { host.removeFirst(4) }
        let rest = parts.rest.last == UInt8(ascii: "/") ? parts.rest.dropLast() : parts.rest
        return NormalForm.composed(host + String(decoding: rest, as: UTF8.self))
    }

    /// The scheme, the authority and the rest of an address.
    private struct Parts {
        let scheme: ArraySlice<UInt8>?
        let authority: ArraySlice<UInt8>
        /// Path, query and fragment.
        let rest: ArraySlice<UInt8>

        init(_ text: String) {
            let bytes = Array(text.utf8)
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
            let hasScheme = bytes[colon...].starts(with: "://".utf8)
            scheme = hasScheme ? bytes[..<colon] : nil
            let start = hasScheme ? colon + 3 : 0
            let end = bytes[start...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
            authority = bytes[start..<end]
            rest = bytes[end...]
        }

        var isSchemeValid: Bool {
            guard let scheme else { return true }
            return scheme.first?.isLetter == true
                && scheme.allSatisfy { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
        }

        /// Whether the authority is a host with an optional port.
        var isAuthorityValid: Bool {
            if authority.first == UInt8(ascii: "[") {
                guard let bracket = authority.firstIndex(of: UInt8(ascii: "]")) else { return false }
                return HostName.looksLikeIPv6(authority[(authority.startIndex + 1)..<bracket])
                    && isPort(authority[(bracket + 1)...])
            }
            let colon = authority.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
            let host = authority[..<colon]
            // A lone word is more often a slip than the name of a machine, which therefore needs a scheme.
            guard scheme != nil || host.contains(UInt8(ascii: ".")) else { return false }
            return (HostName.isDomain(host) || HostName.isIPv4(host)) && isPort(authority[colon...])
        }

        private func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
            guard bytes.first == UInt8(ascii: ":") else { return bytes.isEmpty }
            let digits = bytes.dropFirst()
            return (1...5).contains(digits.count) && digits.allSatisfy(\.isDigit)
                && (1...65_535).contains(digits.reduce(0) { $0 * 10 + $1.digit })
        }
    }
}
