/// A user name in a social network, for fields that hold web addresses: exports of Zoho and others contain the name
/// alone.
enum SocialHandle {
    /// The address of somebody's page: `anaruiz` and `@anaruiz` of Twitter are `https://twitter.com/anaruiz`.
    ///
    /// - Returns: `nil` for what is an address already, or no name, and for a network whose pages are not known.
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
