/// A user name in a social network, for fields that contain web addresses: exports of Zoho and others contain only the
/// name.
enum SocialHandle {
    /// Returns the address of a user's page: `anaruiz` and `@anaruiz` of Twitter are `https://twitter.com/anaruiz`.
    ///
    /// - Returns: `nil` for a text that is an address already or not a name, and for an unknown network.
    static func address(_ text: String, in network: String) -> String? {
        guard let pages = pages[Fold.fold(network)] else { return nil }
        let name = text.first == "@" ? text.dropFirst() : text[...]
        let isName = !name.isEmpty && name.utf8.allSatisfy { $0.isLetter || $0.isDigit || "._-".utf8.contains($0) }
        let isHost = name.lowercased().hasPrefix("www.") || name.lowercased().hasSuffix(".com")
        return isName && !isHost ? pages + name : nil
    }

    /// The addresses before the user names, by network.
    private static let pages = [
        "twitter": "https://twitter.com/", "facebook": "https://facebook.com/",
        "instagram": "https://instagram.com/", "linkedin": "https://linkedin.com/in/",
    ]
}
