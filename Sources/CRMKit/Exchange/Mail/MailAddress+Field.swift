import Formats

extension MailAddress {
    /// The maximum number of bytes of a list in a field.
    private static let longestText = 9000

    /// The length below which a list in a field is complete, since any further address would have fitted.
    static let longestWhole = longestText - 1000

    /// Whether all addresses fit into a field.
    static func areShort(_ addresses: [MailAddress]) -> Bool {
        // A quoted name may have each byte escaped, with quotation marks, brackets and a separator around it and the
        // address.
        let most = addresses.reduce(0) { $0 + 2 * $1.name.utf8.count + $1.address.utf8.count + 8 }
        return most <= longestText || addresses.reduce(-2) { $0 + $1.description.utf8.count + 2 } <= longestText
    }

    /// Returns the addresses in one line, as many as fit into a field.
    static func shortText(_ addresses: [MailAddress]) -> String {
        var text = ""
        for address in addresses {
            let next = (text.isEmpty ? "" : ", ") + address.description
            if text.utf8.count + next.utf8.count > longestText { break }
            text += next
        }
        return text
    }
}
