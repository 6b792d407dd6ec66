import SQLite

/// A user of a chat server whom a contact was recognized as, as a channel knows the user.
struct KnownChatUser {
    /// The user's key on the server.
    let key: String
    let username: String
    let email: String?
    let channel: Int64
    /// The address of the channel's server, if it is known.
    let server: String?
}

extension Store {
    /// Returns the contacts that a user of a chat server was recognized as, at most two, by the user's key.
    func contacts(recognizedAs key: String) throws -> [Int64] {
        let table = Table(.chatMember, of: registry[.channel])
        let rows = try statement(
            """
            SELECT DISTINCT \(name: "contact") FROM \(name: table.name) \
            WHERE \(name: "user_id") = \(bind: .text(key)) AND \(name: "contact") IS NOT NULL LIMIT 2
            """ as SQLFragment
        )
        return try rows.integers()
    }

    /// Returns the users that a contact was recognized as, of those whose keys are known.
    func chatUsers(knownAs contact: Int64) throws -> [KnownChatUser] {
        let table = Table(.chatMember, of: registry[.channel])
        let (member, channel) = ("m", "c")
        let rows = try statement(
            """
            SELECT \(column: "user_id", of: member), \(column: "username", of: member), \
            \(column: "email", of: member), \(column: "id", of: channel), \(column: "server_url", of: channel) \
            FROM \(name: table.name) AS \(name: member) JOIN \(name: table.module.table) AS \(name: channel) \
            ON \(column: "id", of: channel) = \(column: table.ownerColumn, of: member) \
            WHERE \(column: "contact", of: member) = \(bind: .integer(contact)) \
            AND \(column: "user_id", of: member) IS NOT NULL
            """ as SQLFragment
        )
        defer { rows.reset() }
        var users: [KnownChatUser] = []
        while try rows.step() {
            users.append(
                KnownChatUser(
                    key: rows.text(at: 0),
                    username: rows.text(at: 1),
                    email: rows.value(at: 2).text,
                    channel: rows.integer(at: 3),
                    server: rows.value(at: 4).text
                )
            )
        }
        return users
    }
}
