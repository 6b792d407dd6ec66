import Formats
import Localization

/// The addresses and domains configured as the user's own.
struct OwnAddresses {
    private let addresses: Set<String>
    private let domains: [String]

    /// Reads a stored setting; its words without a closer check.
    ///
    /// - Parameter setting: addresses and domains separated by blanks, commas or semicolons.
    init(_ setting: String?) {
        let words = Self.words(of: setting ?? "")
        addresses = Set(words.filter { $0.contains("@") && !$0.hasPrefix("@") }.map { EmailAddress.matchKey(for: $0) })
        // The domain has the form that it has in the key of an address.
        domains = words.filter { !$0.contains("@") || $0.hasPrefix("@") }.map { word in
            String(EmailAddress.matchKey(for: "@" + word.filter { $0 != "@" }).dropFirst())
        }
    }

    /// Reads a setting that is to be stored.
    ///
    /// - Throws: ``ValueError`` for a word that is neither an address nor a domain.
    init(parsing setting: String) throws(ValueError) {
        for word in Self.words(of: setting) {
            // An asterisk is valid in an address but meant as a wildcard, which no domain below can have.
            if word.contains("@"), !word.hasPrefix("@"), !word.hasPrefix("*") {
                if try EmailAddress(parsing: word).text == word { continue }
            }
            let domain = Array(word.utf8.drop { $0 == UInt8(ascii: "@") })
            guard HostName.isDomain(domain[...]), domain.contains(UInt8(ascii: ".")) else {
                throw ValueError(
                    en: "\"\(word)\" is neither an e-mail address nor a domain, as ana@example.org or example.com",
                    es: "«\(word)» no es un correo electrónico ni un dominio, como ana@example.org o example.com"
                )
            }
        }
        self.init(setting)
    }

    private init(_ addresses: Set<String>, _ domains: [String]) {
        (self.addresses, self.domains) = (addresses, domains)
    }

    /// Returns these addresses and domains with the addresses of people who are the user as well.
    func including(_ people: [MailAddress]) -> OwnAddresses {
        OwnAddresses(addresses.union(people.map { EmailAddress.matchKey(for: $0.address) }), domains)
    }

    private static func words(of setting: String) -> [String] {
        setting.lowercased().split { $0.isWhitespace || $0 == "," || $0 == ";" }.map(String.init)
    }

    /// Whether nothing is configured.
    var isEmpty: Bool { addresses.isEmpty && domains.isEmpty }

    /// Returns the addresses of a set that are not the user's own; the whole set if it has no other.
    func others(among addresses: Set<String>) -> Set<String> {
        if isEmpty { return addresses }
        let others = addresses.filter { !contains($0) }
        return others.isEmpty ? addresses : others
    }

    /// Whether an address is the user's own: the address, its domain or a parent domain is configured.
    func contains(_ address: String) -> Bool {
        let address = EmailAddress.matchKey(for: address)
        if addresses.contains(address) { return true }
        guard let at = address.lastIndex(of: "@") else { return false }
        let domain = address[address.index(after: at)...]
        return domains.contains { domain == $0 || domain.hasSuffix(".\($0)") }
    }
}
