import Formats

/// Links messages with the contacts that own the addresses they name.
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

    /// The contacts that a message is linked with.
    func contacts(of email: Int64) throws -> Set<Int64> { Set(try writer.linkedContacts(of: email).map(\.contact)) }

    /// The number of contacts created.
    var madeContacts: Int { correspondents.made }

    /// The contacts that own an address.
    func owners(of address: MailAddress) throws -> [Int64] { try correspondents.owners(of: address, creates: false) }

    /// Links a message with those whom it names in some roles; a link that is there stays as it is.
    ///
    /// - Parameters:
    ///   - others: contacts that are not linked.
    ///   - creates: whether people whom no contact is are made contacts.
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

extension Transaction {
    /// Links messages again with the contacts that own their addresses now, and determines the direction of messages
    /// that were stored before it was known whose mail it is.
    ///
    /// - Parameter ids: the ids of the messages; `nil` for all.
    /// - Returns: the number of messages examined, of new links, and of messages whose direction has become known.
    public func relinkMail(_ ids: [Int64]? = nil) throws -> (messages: Int, linked: Int, directed: Int) {
        let module = store.registry[.email]
        let links = try MailLinks(module, in: self)
        var (messages, directed) = (0, 0)
        try store.forEachMailWithAddresses(ids) { id, addresses, isDirected in
            if store.stop?.isRequested == true { throw CRMError.interruptedUnsaved }
            let roles = try zip(["from", "to", "cc", "bcc"], addresses).map { role, text in
                (role: role, people: try people(of: id, in: role, text))
            }
            try links.link(id, roles, creates: false)
            let others = roles.dropFirst().flatMap(\.people)
            if !isDirected, let direction = links.own.direction(from: roles[0].people, to: others) {
                _ = try edit(module, id: id, [FieldInput("direction", .set(direction))])
                directed += 1
            }
            messages += 1
        }
        return (messages, links.made, directed)
    }

    /// Links a message that was sent with the contacts to whom it was written, whatever their addresses are in it: a domain
    /// beyond ASCII stands there otherwise. Who is linked stays so.
    public func linkMail(_ id: Int64, writtenTo contacts: [Int64]) throws {
        let writer = try linkWriter(of: store.registry[.email])
        let linked = Set(try writer.linkedContacts(of: id).map(\.contact))
        var attributes = LinkAttributes(of: writer.relation.link)
        attributes["role"] = .text("to")
        for contact in contacts where !linked.contains(contact) {
            _ = try writer.link(contact: contact, record: id, attributes)
        }
    }

    /// The people of a role of a message: of very many, its field has only the first.
    private func people(of id: Int64, in role: String, _ text: String) throws -> [MailAddress] {
        if text.utf8.count < MailAddress.longestWhole { return MailAddress.list(text) }
        return try store.mail(id).people(role, in: store)
    }
}
