import SQLite

/// The members of a room and the contacts they are. A contact is found by a given list, by what the same user was
/// recognized as before, by a contact point of the kind chat, or by the e-mail address on the server.
///
/// A member is known by the key on the server, or by the username as long as no key is known.
final class ChatMembers {
    private let channel: Int64
    /// The address of the channel's server, if it is known.
    private let server: String?
    private unowned let store: Store
    private let part = Part.chatMember
    private let rows: PartWriter
    private let matches: [String: Int64]
    private let points: KeyLookup?
    private let addresses: KeyLookup?
    private var known: [String: PartRow] = [:]
    /// The usernames by the keys on the server.
    private var usernamesByID: [String: String] = [:]
    /// The position of the last member, which is also the number of members.
    private(set) var last: Int64
    private var added: [String] = []
    /// The members newly recognized as contacts.
    private(set) var newContacts: [(username: String, contact: Int64)] = []
    /// Whether any member is new or has changed.
    private(set) var hasChanges = false

    init(of channel: Int64, matching matches: [String: Int64], in transaction: Transaction) throws {
        self.channel = channel
        self.matches = matches
        let (store, registry) = (transaction.store, transaction.store.registry)
        self.store = store
        server = try store.storedValue(of: "server_url", in: registry[.channel], id: channel).text
        rows = try transaction.rows(of: part, in: registry[.channel])
        let contact = registry[registry.center]
        points = try KeyPlaces("chat", in: contact).map { try KeyLookup($0, of: contact, in: store) }
        addresses = try KeyPlaces("email", in: contact).map { try KeyLookup($0, of: contact, in: store) }
        let present = try rows.rows(of: channel)
        last = present.last?.position ?? 0
        for row in present {
            guard let username = row.value("username", of: part).text else { continue }
            known[username] = row
            if let id = row.value("user_id", of: part).text { usernamesByID[id] = username }
        }
        // Contacts and their addresses may have been added since.
        for username in known.keys.sorted() where known[username]?.value("contact", of: part).isNull ?? false {
            try update(ChatMessage.Author(username: username))
        }
    }

    /// The usernames of the members.
    var usernames: some Collection<String> { known.keys }

    /// Returns the members who are no known contacts and whose e-mail address is unknown, in the order in which they
    /// appeared.
    ///
    /// - Parameter asked: the number of members looked up before; newly found ones are not included.
    func unknown(after asked: Int) -> [String] {
        let new = Set(added)
        return known.filter { name, row in
            (row.position > Int64(asked) || new.contains(name)) && row.value("contact", of: part).isNull
                && row.value("email", of: part).isNull
        }
        .sorted { $0.value.position < $1.value.position }.map(\.key)
    }

    /// Returns the username under which an author in an export is a member. Usernames in an export may be of the past:
    /// a member keeps the present one, and somebody else who had it is called by the key on the server.
    func username(ofExported author: ChatMessage.Author) -> String {
        guard let id = author.id else { return author.username }
        if let username = usernamesByID[id] { return username }
        return isOfOther(author.username, than: id) ? id : author.username
    }

    /// Whether a username is that of a member with another key on the server.
    private func isOfOther(_ username: String, than id: String) -> Bool {
        known[username]?.value("user_id", of: part).text.map { $0 != id } ?? false
    }

    /// Returns the members that must be renamed before a person can be noted, by their present usernames, with the new
    /// ones. First, another user who had the person's present username until now: that user's name is not known yet, so
    /// the user is called by the key on the server. Then the person, under a former username.
    func renames(for author: ChatMessage.Author) -> [(former: String, new: String)] {
        guard let id = author.id else { return [] }
        var renames: [(former: String, new: String)] = []
        if isOfOther(author.username, than: id), let other = known[author.username]?.value("user_id", of: part).text {
            renames.append((author.username, other))
        }
        if let former = usernamesByID[id], former != author.username { renames.append((former, author.username)) }
        return renames
    }

    /// Gives a member another username. A member who already has it is the same person, noted before the key was known.
    func rename(_ former: String, to new: String) throws {
        guard let member = known[former] else { return }
        var draft = PartDraft(part, values: member.values)
        draft["username"] = .text(new)
        let double = known.removeValue(forKey: new)
        if let double {
            for field in ["name", "email", "contact"] where draft[field].isNull {
                draft[field] = double.value(field, of: part)
            }
        }
        try rows.set(draft.values, of: channel, in: member)
        known[former] = nil
        known[new] = PartRow(id: member.id, position: member.position, values: draft.values)
        if let id = draft["user_id"].text { usernamesByID[id] = new }
        if let place = added.firstIndex(of: former) { added[place] = new }
        hasChanges = true
        if let double { try remove(double) }
    }

    /// Removes a member; those after it move up.
    private func remove(_ member: PartRow) throws {
        try rows.remove(of: channel, at: member.position)
        last -= 1
        for row in try rows.rows(of: channel) {
            if let username = row.value("username", of: part).text { known[username] = row }
        }
    }

    /// Adds a person or updates the name, the address and the key of a member.
    func note(_ author: ChatMessage.Author) throws {
        if let member = known[author.username] {
            let isSame =
                (author.name == nil || member.value("name", of: part).text == author.name)
                && (author.email == nil || member.value("email", of: part).text == author.email)
                && (author.id == nil || member.value("user_id", of: part).text == author.id)
            if isSame { return }
        }
        // Input may exceed what fields can hold.
        try update(
            ChatMessage.Author(
                username: StorableText.plain(author.username),
                name: author.name.flatMap { StorableText.held($0.trimmed, as: .text) },
                email: author.email.flatMap { StorableText.held($0.trimmed, as: .text) },
                id: author.id
            )
        )
    }

    private func update(_ author: ChatMessage.Author) throws {
        let member = known[author.username]
        var draft = member.map { PartDraft(part, values: $0.values) } ?? PartDraft(new: part)
        draft["username"] = .text(author.username)
        if let id = author.id {
            draft["user_id"] = .text(id)
            usernamesByID[id] = author.username
        }
        if let name = author.name { draft["name"] = .text(name) }
        if let email = author.email { draft["email"] = .text(email) }
        let id = draft["user_id"].text
        if draft["contact"].isNull, let contact = try contact(of: author.username, id, draft["email"].text) {
            draft["contact"] = .integer(contact)
            newContacts.append((author.username, contact))
        }
        if draft.values == member?.values { return }
        hasChanges = true
        if let member {
            try rows.set(draft.values, of: channel, in: member)
            known[author.username] = PartRow(id: member.id, position: member.position, values: draft.values)
        } else {
            last += 1
            let id = try rows.append(draft.values, to: channel, at: last)
            added.append(author.username)
            known[author.username] = PartRow(id: id, position: last, values: draft.values)
        }
    }

    /// Returns the contact that a member is; `nil` if no contact or more than one is possible.
    ///
    /// - Parameter id: the key on the server, if it is known.
    private func contact(of username: String, _ id: String?, _ email: String?) throws -> Int64? {
        if let contact = matches[ChatMessage.Author.matchKey(of: username)] { return contact }
        if let id {
            let contacts = try store.contacts(recognizedAs: id)
            if contacts.count == 1 { return contacts[0] }
        }
        if let contact = try named(username), try id.map({ try !isOther(contact, than: $0, username) }) ?? true {
            return contact
        }
        return try only(addresses, email)
    }

    /// Returns the contact with a contact point for a username.
    private func named(_ username: String) throws -> Int64? {
        // People write an @ before a name, which is none of its signs.
        try only(points, username) ?? only(points, "@\(username)")
    }

    private func only(_ lookup: KeyLookup?, _ value: String?) throws -> Int64? {
        guard let lookup, let value else { return nil }
        let ids = try lookup.ids(of: value, atMost: 2)
        return ids.count == 1 ? ids[0] : nil
    }

    /// Whether a contact was recognized as another user, who had the username before. A contact may well have several
    /// users, each of them named by a contact point or an address.
    private func isOther(_ contact: Int64, than id: String, _ username: String) throws -> Bool {
        let key = ChatMessage.Author.matchKey(of: username)
        return try store.chatUsers(knownAs: contact).contains { user in
            guard user.key != id else { return false }
            let isOfThisServer = user.channel == channel || server != nil && user.server == server
            // A server gives a username to one user at a time.
            if isOfThisServer, ChatMessage.Author.matchKey(of: user.username) == key { return true }
            guard isOfThisServer || user.server == nil || server == nil else { return false }
            return try named(user.username) != contact && only(addresses, user.email) != contact
        }
    }
}
