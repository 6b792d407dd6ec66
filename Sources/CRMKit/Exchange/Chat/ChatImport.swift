import Formats
import Localization
import SQLite

/// Imports the messages of a chat export, whether sorted by room or mixed: all within one transaction, each message
/// once.
public final class ChatImport {
    fileprivate struct Room {
        let channel: Int64
        let taking: ChatTaking
        /// The moment of the last message without a key, how often each such message has occurred at that moment, and
        /// which stored messages were already found to be among them.
        var moment = ""
        var counts: [String: Int] = [:]
        var met: Set<String> = []
    }

    /// The prefix of keys made by this program for messages without a key.
    static let madeKey = "x-"

    private let transaction: Transaction
    private let matches: [String: Int64]
    private var rooms: [String: Room] = [:]
    /// The rooms in the order in which they came.
    private var keys: [String] = []
    /// The number of objects skipped because they have the form of no known kind of message.
    public private(set) var strangeCount = 0

    /// - Parameters:
    ///   - matches: the ids of the contacts that are known to have some usernames, by username.
    ///   - transaction: in which all is written.
    public init(matching matches: [String: Int64] = [:], in transaction: Transaction) {
        (self.matches, self.transaction) = (matches, transaction)
    }

    /// Imports messages of a room into an existing channel.
    public func open(_ key: String, as channel: Int64) throws {
        guard rooms[key] == nil else { return }
        let taking = try ChatTaking(channel: channel, matching: matches, in: transaction)
        rooms[key] = Room(channel: channel, taking: taking)
        keys.append(key)
    }

    /// Finds the channel of a room, or creates it.
    ///
    /// - Parameters:
    ///   - key: by which the export knows the room.
    ///   - values: the fields of the channel, used if it is created.
    public func open(_ key: String, _ values: [(field: String, text: String?)]) throws {
        if try openKnown(key) { return }
        let given =
            [(field: "room_id", value: Value.text(key))]
            + values.compactMap { field, text -> (field: String, value: Value)? in
                let held = text.flatMap { HeldText.held($0.trimmed, as: .text) }
                return held.map { (field: field, value: Value.text($0)) }
            }
        try open(key, as: transaction.add(given, [], to: .channel))
    }

    /// Finds the channel of a room.
    ///
    /// - Returns: whether there is one.
    @discardableResult
    func openKnown(_ key: String) throws -> Bool {
        if knows(key) { return true }
        guard let found = try transaction.ids(of: .channel, having: [("room_id", .text(key))]).first else {
            return false
        }
        try open(key, as: found)
        return true
    }

    /// Whether a room is known.
    func knows(_ key: String) -> Bool { rooms[key] != nil }

    /// Notes somebody in a room.
    func note(_ author: ChatMessage.Author, in key: String) throws { try rooms[key]?.taking.note(author) }

    /// Stores a message. A message without a key gets one computed from its content.
    ///
    /// - Returns: the message's key.
    @discardableResult
    func take(_ message: ChatMessage, in key: String) throws -> String {
        guard var room = rooms[key] else { return message.id }
        var message = message
        if message.id.isEmpty {
            let made = room.key(for: message)
            message.id = try room.taking.key(of: message, made: made, unless: room.met.contains)
            room.met.insert(message.id)
            rooms[key] = room
        }
        try room.taking.take(message, isExported: true)
        return message.id
    }

    /// Notes that a message was removed.
    func remove(_ id: String, at moment: String?, in key: String) throws {
        try rooms[key]?.taking.remove(id, at: moment)
    }

    /// Tells the user of folders whose messages were left out because their room is unknown.
    func note(unlistedFolders names: [String]) {
        if names.isEmpty { return }
        let shown = names.prefix(Self.mostShown).joined(separator: ", ") + (names.count > Self.mostShown ? ", …" : "")
        transaction.notice(
            Text(
                en: "passed over folders that are in no list of rooms (channels.json): \(shown)",
                es: "se omitieron carpetas que no están en ninguna lista de salas (channels.json): \(shown)"
            )
        )
    }

    /// The number of names shown, enough to find the others by.
    private static let mostShown = 5

    /// Tells the user of objects that have the form of no known kind of message.
    func note(_ strange: StrangeObjects, in path: String) {
        let (count, first) = (strange.count, strange.first)
        if count == 0 { return }
        strangeCount += count
        transaction.notice(
            Text(
                en: "\(path): passed over what is no message with a time: \(count), the first being number \(first)",
                es: "\(path): se omitió lo que no es un mensaje con fecha: \(count), el primero es el número \(first)"
            )
        )
    }

    /// Ends the import.
    ///
    /// - Returns: the channels with what was changed, in the order in which they came.
    public func finish() throws -> [(channel: ChatRoom, report: ChatReport)] {
        try keys.compactMap { key in
            guard let room = rooms[key] else { return nil }
            try room.taking.finish(nil, on: nil, besides: nil, at: nil)
            return (try transaction.store.chatRoom(of: room.channel), room.taking.report)
        }
    }
}

extension ChatImport.Room {
    /// A key that the same message gets in the same export again, as long as it is not edited: of the author, the moment
    /// and the words, and of how many equal ones came before.
    fileprivate mutating func key(for message: ChatMessage) -> String {
        if message.sentAt != moment {
            moment = message.sentAt
            (counts, met) = ([:], [])
        }
        var hash = SHA256()
        for part in [message.author?.username ?? "", message.sentAt, message.type ?? "", message.text ?? ""] {
            hash.update(Array("\(part)\0".utf8))
        }
        let name = ChatImport.madeKey + hash.hexadecimal.prefix(24)
        let count = counts[name, default: 0]
        counts[name] = count + 1
        return count == 0 ? name : "\(name)-\(count)"
    }
}

/// Objects of an export that are no messages as anybody knows them: how many there are, and the number of the first, from 1.
struct StrangeObjects {
    private(set) var count = 0
    private(set) var first = 0

    mutating func note(_ number: Int) {
        count += 1
        if count == 1 { first = number }
    }
}
