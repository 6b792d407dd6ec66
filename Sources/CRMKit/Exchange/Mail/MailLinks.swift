import Formats

/// Links messages with the contacts that have the addresses in them.
final class MailLinks {
    private let writer: LinkWriter
    private let correspondents: Correspondents
    /// The user's own addresses.
    let own: OwnAddresses
    /// The number of links created.
    private(set) var made = 0

    init(_ module: Module, in transaction: Transaction) throws {
        writer = try transaction.linkWriter(of: module)
        own = OwnAddresses(try transaction.store.settings().stored[.mail(.me)])
        correspondents = try Correspondents(own: own, in: transaction)
    }

    /// Returns the contacts that a message is linked with.
    func contacts(of email: Int64) throws -> Set<Int64> { Set(try writer.linkedContacts(of: email).map(\.contact)) }

    /// The number of contacts created.
    var madeContacts: Int { correspondents.made }

    /// Returns the contacts that have an address.
    func owners(of address: MailAddress) throws -> [Int64] { try correspondents.owners(of: address, creates: false) }

    /// Links a message with the people in some roles. Existing links stay as they are.
    ///
    /// - Parameters:
    ///   - others: the contacts that are not linked.
    ///   - creates: whether unknown people become contacts.
    func link(
        _ email: Int64,
        _ roles: [(role: String, people: [MailAddress])],
        besides others: Set<Int64> = [],
        creates: Bool
    ) throws {
        for (role, people) in roles {
            var linked = others
            for person in people {
                for contact in try correspondents.owners(of: person, creates: creates)
                where linked.insert(contact).inserted {
                    var attributes = LinkAttributes(of: writer.relation.link)
                    attributes["role"] = .text(role)
                    if try writer.link(contact: contact, record: email, attributes) == .linked { made += 1 }
                }
            }
        }
    }
}

/// What linking messages again has found.
public struct MailRelinking: Sendable {
    /// The number of messages examined.
    public fileprivate(set) var messages = 0
    /// The number of new links.
    public fileprivate(set) var linked = 0
    /// The number of messages that got a direction.
    public fileprivate(set) var directed = 0
    /// The number of messages whose subject names a record, which they were not known to be about.
    public fileprivate(set) var about = 0
}

extension Transaction {
    /// Links messages again with the contacts that have their addresses now and with the records that their subjects
    /// name, and sets the direction of messages that were stored before the user's own addresses were configured.
    ///
    /// - Parameter ids: the ids of the messages; `nil` for all.
    public func relinkMail(_ ids: [Int64]? = nil) throws -> MailRelinking {
        let module = store.registry[.email]
        let links = try MailLinks(module, in: self)
        let numbers = try SubjectNumbers(store)
        var outcome = MailRelinking()
        try store.forEachLinkableMail(ids) { mail in
            if store.stop?.isRequested == true { throw CRMError.interruptedUnsaved }
            let roles = try zip(["from", "to", "cc", "bcc"], mail.addresses).map { role, text in
                (role: role, people: try people(of: mail.id, in: role, text))
            }
            try links.link(mail.id, roles, creates: false)
            let others = roles.dropFirst().flatMap(\.people)
            let direction = mail.isDirected ? nil : links.own.direction(from: roles[0].people, to: others)
            let about = try mail.isAbout ? nil : numbers.record(in: mail.subject)
            let found = [("direction", direction.map(Value.text)), ("about", about)].compactMap { field, value in
                value.map { (field: field, value: $0) }
            }
            if !found.isEmpty, let record = try store.storedRecord(module, id: mail.id) {
                try edit(record, found)
                outcome.directed += direction == nil ? 0 : 1
                outcome.about += about == nil ? 0 : 1
            }
            outcome.messages += 1
        }
        outcome.linked = links.made
        return outcome
    }

    /// Links a sent message with the contacts it was written to, even if their addresses are written differently in it,
    /// such as with an internationalized domain. Existing links stay as they are.
    public func linkMail(_ id: Int64, writtenTo contacts: [Int64]) throws {
        let writer = try linkWriter(of: store.registry[.email])
        let linked = Set(try writer.linkedContacts(of: id).map(\.contact))
        var attributes = LinkAttributes(of: writer.relation.link)
        attributes["role"] = .text("to")
        for contact in contacts where !linked.contains(contact) {
            _ = try writer.link(contact: contact, record: id, attributes)
        }
    }

    /// Returns the people with a role in a message. A field with very many addresses may be cut off; then they are read
    /// from the message itself.
    private func people(of id: Int64, in role: String, _ text: String) throws -> [MailAddress] {
        if text.utf8.count < MailAddress.longestWhole { return MailAddress.list(text) }
        return try store.mail(id).people(role, in: store)
    }
}
