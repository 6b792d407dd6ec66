import Formats
import Localization
import SQLite

/// Imports the messages of a chat export within one transaction, each message once. The messages may be sorted by room
/// or mixed.
public final class ChatImport {
    fileprivate struct Room {
        let channel: Int64
        let taking: ChatTaking
        /// The moment of the last message without a key, the number of equal messages at that moment by computed key,
        /// and the keys already assigned at that moment.
        var moment = ""
        var counts: [String: Int] = [:]
        var met: Set<String> = []
    }

    private let transaction: Transaction
    private let matches: [String: Int64]
    private var rooms: [String: Room] = [:]
    /// The rooms in the order in which they were opened.
    private var keys: [String] = []
    /// The number of objects skipped because they are no known kind of message.
    public private(set) var strangeCount = 0

    /// - Parameters:
    ///   - matches: the ids of contacts by usernames in the form of ``ChatMessage/Author/matchKey(of:)``.
    ///   - transaction: the transaction of all changes.
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
    ///   - key: the key of the room in the export.
    ///   - values: the fields of the channel, used if it is created.
    public func open(_ key: String, _ values: [(field: String, text: String?)]) throws {
        if try openKnown(key) { return }
        let given =
            [(field: "room_id", value: Value.text(key))]
            + values.compactMap { field, text -> (field: String, value: Value)? in
                let held = text.flatMap { StorableText.held($0.trimmed, as: .text) }
                return held.map { (field: field, value: Value.text($0)) }
            }
        try open(key, as: transaction.add(given, [], to: .channel))
    }

    /// Finds the channel of a room.
    ///
    /// - Returns: whether the room has a channel.
    @discardableResult
    func openKnown(_ key: String) throws -> Bool {
        if knows(key) { return true }
        guard let found = try transaction.ids(of: .channel, having: [("room_id", .text(key))]).first else {
            return false
        }
        try open(key, as: found)
        return true
    }

    /// Whether a room was opened.
    func knows(_ key: String) -> Bool { rooms[key] != nil }

    /// Adds a person to a room.
    func note(_ author: ChatMessage.Author, in key: String) throws { try rooms[key]?.taking.note(author) }

    /// Stores a message. A message without a key gets one computed from its content.
    ///
    /// - Parameter mayBeEdited: whether the message may have been edited even if it does not say so.
    /// - Returns: the message's key.
    @discardableResult
    func take(_ message: ChatMessage, in key: String, mayBeEdited: Bool = false) throws -> String {
        guard var room = rooms[key] else { return message.id }
        var message = message
        let isKeyless = message.id.isEmpty
        if isKeyless {
            let made = room.key(for: message)
            message.id = try room.taking.key(
                of: message,
                made: made,
                mayBeEdited: mayBeEdited,
                unless: room.met.contains
            )
            room.met.insert(message.id)
            rooms[key] = room
        }
        try room.taking.take(message, isExported: true, isKeyless: isKeyless, mayBeEdited: mayBeEdited)
        return message.id
    }

    /// Records that a message was removed.
    func remove(_ id: String, at moment: String?, in key: String) throws {
        try rooms[key]?.taking.remove(id, at: moment)
    }

    /// Records that a message was removed, of which its key and moment are left. It is stored even if it was unknown,
    /// since there are answers to it.
    func note(removed message: ChatMessage, in key: String) throws {
        try rooms[key]?.taking.note(removed: message)
    }

    /// Reports to the user the folders whose messages were skipped because their room is unknown.
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

    /// The maximum number of names shown.
    private static let mostShown = 5

    /// Reports to the user the objects that were skipped because they are no known kind of message.
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

    /// Reports to the user the characters of a file that were broken in halves, once all its objects are read.
    func note(replacedIn objects: ExportObjects, _ path: String) {
        let count = objects.replacedCount
        if count == 0 { return }
        transaction.notice(
            Text(
                en: "\(path): characters that were broken in halves are \u{FFFD} now: \(count)",
                es: "\(path): los caracteres partidos por la mitad quedan como \u{FFFD}: \(count)"
            )
        )
    }

    /// The usernames of the members of all rooms.
    public var usernames: Set<String> { Set(rooms.values.flatMap { Array($0.taking.usernames) }) }

    /// Ends the import.
    ///
    /// - Returns: the channels with their changes, in the order in which their rooms were opened.
    public func finish() throws -> [(channel: ChatRoom, report: ChatReport)] {
        try keys.compactMap { key in
            guard let room = rooms[key] else { return nil }
            try room.taking.finish(nil, on: nil, besides: nil, at: nil)
            return (try transaction.store.chatRoom(of: room.channel), room.taking.report)
        }
    }
}

extension ChatImport.Room {
    /// Returns a key that the same message gets from the same export again, unless it was edited: a hash of the author,
    /// the moment, the type and the text, with a number if there were equal messages before.
    fileprivate mutating func key(for message: ChatMessage) -> String {
        if message.sentAt != moment {
            moment = message.sentAt
            (counts, met) = ([:], [])
        }
        var hash = SHA256()
        for part in [message.author?.username ?? "", message.sentAt, message.type ?? "", message.text ?? ""] {
            hash.update(Array("\(part)\0".utf8))
        }
        let name = MessageState.madeKey + hash.hexadecimal.prefix(24)
        let count = counts[name, default: 0]
        counts[name] = count + 1
        return count == 0 ? name : "\(name)-\(count)"
    }
}

/// The objects of an export that are no known kind of message: their number, and the position of the first, from 1.
struct StrangeObjects {
    private(set) var count = 0
    private(set) var first = 0

    mutating func note(_ number: Int) {
        count += 1
        if count == 1 { first = number }
    }
}
