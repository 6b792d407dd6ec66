import SQLite

/// Those who write in a room, and which contacts they are: by a list that somebody gives, by a contact point of kind chat,
/// by the address of the server.
final class ChatMembers {
    private let channel: Int64
    private let rows: PartWriter
    private let matches: [String: Int64]
    private let points: KeyLookup?
    private let addresses: KeyLookup?
    private var known: [String: PartRow] = [:]
    /// How many there are.
    private(set) var last: Int64
    private var added: [String] = []
    /// Those who were found to be contacts now.
    private(set) var newContacts: [(username: String, contact: Int64)] = []
    /// Whether anybody is new or called otherwise.
    private(set) var hasChanges = false

    private enum Place {
        static let username = 0
        static let name = 1
        static let email = 2
        static let contact = 3
    }

    init(of channel: Int64, matching matches: [String: Int64], in transaction: Transaction) throws {
        self.channel = channel
        self.matches = matches
        let (store, registry) = (transaction.store, transaction.store.registry)
        rows = try transaction.rows(of: .chatMember, in: registry[.channel])
        let contact = registry[registry.center]
        points = try KeyPlaces("chat", in: contact).map { try KeyLookup($0, of: contact, in: store) }
        addresses = try KeyPlaces("email", in: contact).map { try KeyLookup($0, of: contact, in: store) }
        let present = try rows.rows(of: channel)
        last = present.last?.position ?? 0
        for row in present {
            guard let username = row.values[Place.username].text else { continue }
            known[username] = row
        }
        // Contacts and what tells them may have come since.
        for username in known.keys.sorted() where known[username]?.values[Place.contact].isNull ?? false {
            try update(ChatMessage.Author(username: username))
        }
    }

    /// Those who are no known contacts and of whom no address is known, in the order in which they came.
    ///
    /// - Parameter asked: how many of all were looked for before; who is new is not among them.
    func unknown(after asked: Int) -> [String] {
        let new = Set(added)
        return known.filter { name, row in
            (row.position > Int64(asked) || new.contains(name)) && row.values[Place.contact].isNull
                && row.values[Place.email].isNull
        }
        .sorted { $0.value.position < $1.value.position }.map(\.key)
    }

    /// Notes somebody.
    func note(_ author: ChatMessage.Author) throws {
        if let member = known[author.username] {
            let isSame =
                (author.name == nil || member.values[Place.name].text == author.name)
                && (author.email == nil || member.values[Place.email].text == author.email)
            if isSame { return }
        }
        // What comes from outside may be more than fields hold.
        try update(
            ChatMessage.Author(
                username: HeldText.plain(author.username),
                name: author.name.flatMap { HeldText.held($0.trimmed, as: .text) },
                email: author.email.flatMap { HeldText.held($0.trimmed, as: .text) }
            )
        )
    }

    private func update(_ author: ChatMessage.Author) throws {
        let member = known[author.username]
        var values = member?.values ?? [.text(author.username), .null, .null, .null]
        if let name = author.name { values[Place.name] = .text(name) }
        if let email = author.email { values[Place.email] = .text(email) }
        if values[Place.contact].isNull, let contact = try contact(of: author.username, values[Place.email].text) {
            values[Place.contact] = .integer(contact)
            newContacts.append((author.username, contact))
        }
        if values == member?.values { return }
        hasChanges = true
        if let member {
            try rows.set(values, of: channel, in: member)
            known[author.username] = PartRow(id: member.id, position: member.position, values: values)
        } else {
            last += 1
            let id = try rows.append(values, to: channel, at: last)
            added.append(author.username)
            known[author.username] = PartRow(id: id, position: last, values: values)
        }
    }

    /// The one contact that somebody is; `nil` where none or more than one could be meant.
    private func contact(of username: String, _ email: String?) throws -> Int64? {
        if let contact = matches[username] { return contact }
        func only(_ lookup: KeyLookup?, _ value: String?) throws -> Int64? {
            guard let lookup, let value else { return nil }
            let ids = try lookup.ids(of: value, atMost: 2)
            return ids.count == 1 ? ids[0] : nil
        }
        return try only(points, username) ?? only(addresses, email)
    }
}
