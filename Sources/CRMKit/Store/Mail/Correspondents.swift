import Formats
import SQLite

/// Finds the contacts that own addresses, and creates missing ones if requested.
final class Correspondents {
    private let transaction: Transaction
    private let lookup: KeyLookup?
    private let contact: Module
    private let own: OwnAddresses
    private var known: [String: [Int64]] = [:]
    /// The number of contacts created.
    private(set) var made = 0

    /// The maximum number of cached look-ups: a mailbox of years names many people repeatedly.
    private static let mostKnown = 4096
    /// The maximum number of contacts with the same address that are linked.
    private static let mostOwners = 10

    init(own: OwnAddresses, in transaction: Transaction) throws {
        self.transaction = transaction
        self.own = own
        let contact = transaction.store.registry[transaction.store.registry.center]
        self.contact = contact
        lookup = try KeyPlaces("email", in: contact).map { try KeyLookup($0, of: contact, in: transaction.store) }
    }

    /// Returns the ids of the contacts that own an address.
    ///
    /// - Parameter creates: whether to create a contact if there is none and the address is that of a person.
    func owners(of address: MailAddress, creates: Bool) throws -> [Int64] {
        let key = EmailAddress.matchKey(for: address.address)
        if let found = known[key], !found.isEmpty || !creates { return found }
        var owners = try lookup?.ids(of: address.address, atMost: Self.mostOwners) ?? []
        if owners.isEmpty, creates, let id = try make(address) { owners = [id] }
        if known.count >= Self.mostKnown { known.removeAll(keepingCapacity: true) }
        known[key] = owners
        return owners
    }

    private func make(_ address: MailAddress) throws -> Int64? {
        guard !own.contains(address.address), !RoleAddress.isOne(address.address), !Self.isSentOn(address.name)
        else { return nil }
        let local = String(address.address.prefix { $0 != "@" })
        let called = Self.withoutRemark(SpreadsheetWords.bare(address.name))
        let isNamed = !called.isEmpty && !called.contains("@")
        let words =
            isNamed ? called : local.split { "._-".contains($0) }.map(\.capitalized).joined(separator: " ")
        let titles = contact.field("salutation")?.type.choices ?? []
        let name = PersonName(words) { titles.formOfAddress($0) != nil }
        var inputs = [
            FieldInput("last_name", .set(name.family.isEmpty ? local : name.family)),
            FieldInput("email", .set(address.address)),
        ]
        if !name.given.isEmpty { inputs.append(FieldInput("first_name", .set(name.given))) }
        if let title = name.titles.first.flatMap(titles.formOfAddress) {
            inputs.append(FieldInput("salutation", .set(title.key)))
        }
        do {
            let id = try transaction.add(contact, inputs)
            made += 1
            return id
        } catch let error as CRMError where error.code == .invalid {
            // A malformed address or name must not prevent the import of the message.
            return nil
        }
    }

    /// Returns a name without the remark in parentheses behind it, which mostly is the company: `Hugo Sol (Acme)`.
    private static func withoutRemark(_ name: String) -> String {
        guard name.hasSuffix(")"), let start = name.lastIndex(of: "(") else { return name }
        let rest = String(name[..<start]).trimmed
        return rest.isEmpty ? name : rest
    }

    /// Whether a name shows that a list forwards a message under its own address: `Eva Paz via Ventas`.
    private static func isSentOn(_ name: String) -> Bool {
        [" via ", " vía ", " a través de "].contains { name.contains($0) }
    }
}

extension String.SubSequence {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
