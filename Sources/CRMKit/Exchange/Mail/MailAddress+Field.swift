import Formats

extension MailAddress {
    /// The most bytes of a list that a field keeps.
    private static let longestText = 9000

    /// A list that is shorter than this in a field is whole: no address is longer than what is left.
    static let longestWhole = longestText - 1000

    /// Whether all addresses fit into a field.
    static func areShort(_ addresses: [MailAddress]) -> Bool {
        // A name in quotation marks, each of its bytes escaped, and what stands around both.
        let most = addresses.reduce(0) { $0 + 2 * $1.name.utf8.count + $1.address.utf8.count + 8 }
        return most <= longestText || addresses.reduce(-2) { $0 + $1.description.utf8.count + 2 } <= longestText
    }

    /// The addresses in one line, as many as a field holds.
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
