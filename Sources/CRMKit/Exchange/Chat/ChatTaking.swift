import Localization
import SQLite

/// The counts of changes made by reading a room.
public struct ChatReport: Sendable, Equatable {
    /// The number of new messages.
    public var added = 0
    /// The number of changed messages.
    public var edited = 0
    /// The number of messages newly marked as deleted.
    public var deleted = 0
    /// The number of messages that had been marked as deleted and are there again.
    public var restored = 0
    /// The number of authors newly recognized as contacts.
    public var matched = 0

    /// Creates a report without changes.
    public init() {}

    /// Whether anything changed.
    public var hasChanges: Bool { added + edited + deleted + restored + matched > 0 }

    /// Adds the counts of another report.
    public mutating func add(_ other: ChatReport) {
        added += other.added
        edited += other.edited
        deleted += other.deleted
        restored += other.restored
        matched += other.matched
    }
}

/// Stores the messages and members of a room in its channel, each message once even if it is read repeatedly.
///
/// New messages are buffered and written together. Every access to the stored messages of the channel writes the buffer
/// first.
public final class ChatTaking {
    private let channel: Int64
    private let module: Module
    private let part = Part.chatMessage
    private let rows: PartWriter
    private let members: ChatMembers
    private unowned let transaction: Transaction
    private var last: Int64
    /// The rows of buffered messages, and their keys.
    private var waiting: [[Value]] = []
    private var waitingKeys: [String] = []
    /// Whether there may be messages that were imported without their keys.
    private let hasMadeKeys: Bool
    /// Whether any such message got its key.
    private var hasRekeyed = false
    /// Called with the row id of each message, once it has one.
    private let meet: (Int64) -> Void
    /// The changes so far.
    public private(set) var report = ChatReport()

    /// - Parameters:
    ///   - matches: the ids of contacts by usernames in the form of ``ChatMessage/Author/matchKey(of:)``.
    ///   - meet: called with the row id of each message, at the latest by ``finish(_:on:besides:at:)``.
    /// - Throws: ``CRMError`` `notFound` if there is no such channel.
    public init(
        channel: Int64,
        matching matches: [String: Int64] = [:],
        meeting meet: @escaping (Int64) -> Void = { _ in },
        in transaction: Transaction
    ) throws {
        self.channel = channel
        self.transaction = transaction
        self.meet = meet
        module = transaction.store.registry[.channel]
        guard try transaction.store.recordTable(of: module).exists(channel) else {
            throw Store.missing(channel, in: module)
        }
        rows = try transaction.rows(of: part, in: module)
        members = try ChatMembers(of: channel, matching: matches, in: transaction)
        hasMadeKeys = try transaction.store.hasMessagesWithMadeKeys()
        last = try transaction.store.partReader(Table(part, of: module)).lastPosition(of: channel)
    }

    /// Returns the key for a message without one. It is the key computed from the content, unless the message is stored
    /// with the key of the server, or in another state, with the same author and moment, edited before or since.
    ///
    /// - Parameters:
    ///   - mayBeEdited: whether the message may have been edited even if it does not say so.
    ///   - isOther: returns whether a key belongs to another message.
    func key(
        of message: ChatMessage,
        made key: String,
        mayBeEdited: Bool,
        unless isOther: (String) -> Bool
    ) throws -> String {
        try settle()
        if try rows.find(called: .text(key), of: channel) != nil { return key }
        let states = try states(of: message).filter { !isOther($0.key) }
        return message.same(among: states.filter { !$0.isKeyMade })?.key
            ?? message.otherState(among: states.filter(\.isKeyMade), mayBeEdited: mayBeEdited)?.key ?? key
    }

    /// Returns the stored messages that have the author and the moment of a message.
    private func states(of message: ChatMessage) throws -> [MessageState] {
        let author = message.author.map { Value.text(members.username(ofExported: $0.storable)) } ?? .null
        return try transaction.store.messages(of: channel, by: author, sentAt: message.sentAt)
    }

    /// Returns the row of a message that was imported without its key.
    private func keylessRow(of message: ChatMessage) throws -> PartRow? {
        guard hasMadeKeys else { return nil }
        let states = try states(of: message).filter(\.isKeyMade)
        return try message.same(among: states).flatMap { try rows.find(id: $0.row) }
    }

    /// Stores a message that is new or has changed. A state older than the stored one is skipped. A message that was
    /// imported without its key gets it.
    ///
    /// - Parameters:
    ///   - isExported: whether the message is from an export, which may be older than what was read from the server.
    ///     Such a message does not restore one that is marked as deleted.
    ///   - isKeyless: whether the export has no keys, and less of a message than the server.
    ///   - mayBeEdited: whether the message may have been edited even if it does not say so. What it says is older then
    ///     if the stored one has said that before.
    public func take(
        _ message: ChatMessage,
        isExported: Bool = false,
        isKeyless: Bool = false,
        mayBeEdited: Bool = false
    ) throws {
        let key = StorableText.plain(message.id)
        if waitingKeys.contains(key) { try settle() }
        let isMade = key.hasPrefix(MessageState.madeKey)
        let row = try rows.find(called: .text(key), of: channel) ?? (isMade ? nil : keylessRow(of: message))
        if let row { meet(row.id) }
        if let row, ErasedAuthor.isErased(row.value("author", of: part).text) { return try rekey(row, key) }
        var message = message
        if let author = message.author { message.author?.username = try note(author, isExported: isExported) }
        if let row {
            let isPoorer = isKeyless && !isMade
            let whole = isPoorer ? message.completed(by: row, of: part) : message
            if mayBeEdited, whole.editedAt == nil, hasSaid(whole.text, row) { return }
            return try update(row, to: whole, isExported: isExported)
        }
        report.added += 1
        waitingKeys.append(key)
        waiting.append(message.row(of: part))
        if waiting.count == TableWriter.mostTogether { try settle() }
    }

    /// Adds the author of a message to the members. The server's present name for the author replaces former ones, also
    /// in earlier messages. An export may be older than what was read from the server, so it does not change a member's
    /// name.
    ///
    /// - Returns: the author's username as a member.
    private func note(_ author: ChatMessage.Author, isExported: Bool) throws -> String {
        var author = author.storable
        if isExported {
            author.username = members.username(ofExported: author)
        } else {
            for (former, new) in members.renames(for: author) { try rename(former, to: new) }
        }
        try members.note(author)
        return author.username
    }

    private func rename(_ former: String, to new: String) throws {
        try settle()
        try members.rename(former, to: new)
        for id in try transaction.store.messages(of: channel, by: former) {
            guard let row = try rows.find(id: id) else { continue }
            var draft = PartDraft(part, values: row.values)
            draft["author"] = .text(new)
            try rows.set(draft.values, of: channel, in: row)
        }
    }

    /// Whether a stored message said something before it was edited.
    private func hasSaid(_ text: String?, _ row: PartRow) -> Bool {
        let earlier = row.value("earlier", of: part).text.map(EarlierText.all) ?? []
        let text = text.map(StorableText.plain)
        return earlier.contains { $0.text == text }
    }

    /// Gives a message that was imported without its key the server's.
    private func rekey(_ row: PartRow, _ key: String) throws {
        var draft = PartDraft(part, values: row.values)
        draft["message_id"] = .text(key)
        if try rows.set(draft.values, of: channel, in: row) { hasRekeyed = true }
    }

    /// Writes the buffered messages.
    private func settle() throws {
        if waiting.isEmpty { return }
        for id in try rows.append(together: waiting, to: channel, after: last) { meet(id) }
        last += Int64(waiting.count)
        waiting.removeAll(keepingCapacity: true)
        waitingKeys.removeAll(keepingCapacity: true)
    }

    private func update(_ row: PartRow, to message: ChatMessage, isExported: Bool) throws {
        var draft = PartDraft(part, values: row.values)
        let isOlder = draft["edited_at"].text.map { message.editedAt ?? "" < $0 } ?? false
        let isBack = !draft["deleted_at"].isNull && message.deletedAt == nil
        if isOlder || isExported && isBack { return try rekey(row, StorableText.plain(message.id)) }
        message.write(into: &draft)
        let isRekeyed = draft["message_id"] != row.value("message_id", of: part)
        // Erased parts of texts stay erased.
        for field in part.fields {
            guard let left = row.value(field.key, of: part).text, let text = draft[field.key].text else { continue }
            if ErasedNames.isLeft(left, of: text) { draft[field.key] = .text(left) }
        }
        let former = isBack ? takeBack(&draft, until: row.value("deleted_at", of: part)) : row.value("text", of: part)
        // An export words a system message differently from the server.
        let isReworded = draft["text"] != former && !(isRekeyed && message.type != nil)
        if let text = former.text, isReworded { keep(text, in: &draft, until: message.editedAt) }
        guard try rows.set(draft.values, of: channel, in: row) else { return }
        if isRekeyed { hasRekeyed = true }
        if isBack { report.restored += 1 }
        if isReworded || !isRekeyed && !isBack { report.edited += 1 }
    }

    /// Marks a message as deleted on the server. Its text is moved to the earlier texts.
    ///
    /// - Parameter moment: the time of the deletion, RFC 3339 in UTC; `nil` if it is unknown.
    public func remove(_ id: String, at moment: String?) throws {
        if waitingKeys.contains(id) { try settle() }
        guard let row = try rows.find(called: .text(id), of: channel) else { return }
        try remove(row, at: moment)
    }

    /// Marks a message as deleted, and stores it so if it is unknown.
    func note(removed message: ChatMessage) throws {
        let key = StorableText.plain(message.id)
        if waitingKeys.contains(key) { try settle() }
        if let row = try rows.find(called: .text(key), of: channel) { return try remove(row, at: message.deletedAt) }
        var message = message
        message.deletedAt = message.deletedAt ?? now
        try take(message, isExported: true)
    }

    /// The moment of the transaction, in the form of the moments of messages.
    private var now: String? { Moment(stored: transaction.now)?.description(milliseconds: 0) }

    private func remove(_ row: PartRow, at moment: String?) throws {
        var draft = PartDraft(part, values: row.values)
        guard draft["deleted_at"].isNull else { return }
        let moment = moment ?? now
        draft["deleted_at"] = moment.map(Value.text) ?? .null
        if let text = draft["text"].text { keep(text, in: &draft, until: moment) }
        draft["text"] = .null
        if try rows.set(draft.values, of: channel, in: row) { report.deleted += 1 }
    }

    /// Adds an earlier text to a message.
    private func keep(_ text: String, in draft: inout PartDraft, until moment: String?) {
        let earlier = draft["earlier"].text.map(EarlierText.all) ?? []
        draft["earlier"] = EarlierText.stored(earlier + [EarlierText(text: text, until: moment)])
    }

    /// Removes the text that was kept when a message was marked as deleted from the earlier texts of the message, now
    /// that it has come back.
    ///
    /// - Returns: the text; null if none was kept.
    private func takeBack(_ draft: inout PartDraft, until deletion: Value) -> Value {
        var earlier = draft["earlier"].text.map(EarlierText.all) ?? []
        guard let last = earlier.last, last.until.map(Value.text) == deletion else { return .null }
        earlier.removeLast()
        draft["earlier"] = EarlierText.stored(earlier)
        if let text = draft["text"].text, ErasedNames.isLeft(last.text, of: text) { draft["text"] = .text(last.text) }
        return .text(last.text)
    }

    /// Marks messages as deleted that a complete reading of the room did not find.
    ///
    /// Those older than the oldest that it found are not marked unless the transaction is forced: a server that keeps
    /// messages for a time only lets go of the oldest, which may have been imported or read before.
    ///
    /// - Parameters:
    ///   - met: the row ids of the messages that were found.
    ///   - moment: the moment at which the reading began, RFC 3339 in UTC. Messages sent later are not marked.
    /// - Throws: ``CRMError`` `refused` if most messages would be marked, unless the transaction is forced.
    public func removeUnmet(_ met: RowBits, sentBefore moment: String) throws {
        try settle()
        let all = try transaction.store.standingMessages(of: channel, sentBefore: moment)
        let oldest = transaction.isForced ? nil : all.firstIndex(where: met.contains)
        let standing = all[(oldest ?? all.startIndex)...]
        let unmet = standing.filter { !met.contains($0) }
        guard unmet.count * 2 <= standing.count || transaction.isForced else {
            throw CRMError(
                .refused,
                Text(
                    en: "the server has no more than \(standing.count - unmet.count) of \(standing.count) messages",
                    es: "el servidor no tiene más que \(standing.count - unmet.count) de \(standing.count) mensajes"
                ),
                hint: Text(
                    en: "if they are really gone, add --force to --full: they are then marked as deleted",
                    es: "si de verdad ya no están, agregar --force a --full: entonces se marcan como eliminados"
                ),
                module: module.name
            )
        }
        for id in unmet {
            guard let row = try rows.find(id: id) else { continue }
            try remove(row, at: nil)
        }
    }

    /// Adds a person to the room.
    public func note(_ author: ChatMessage.Author) throws { _ = try note(author, isExported: true) }

    /// Returns the members of the room who are no known contacts and whose e-mail address is unknown, in the order in
    /// which they appeared.
    ///
    /// - Parameter asked: the number of members looked up before; newly found ones are not included.
    public func unknownMembers(after asked: Int) -> [String] { members.unknown(after: asked) }

    /// The usernames of the room's members.
    public var usernames: some Collection<String> { members.usernames }

    /// The number of the room's members.
    public var memberCount: Int { Int(members.last) }

    /// Updates the channel's own fields, and links a direct room with the new contacts among its members.
    ///
    /// - Parameters:
    ///   - room: the room as the server describes it; `nil` if the server was not asked.
    ///   - server: the server's address; `nil` for an import of a file.
    ///   - own: the username of the user who asked the server. It is not linked with a direct room.
    ///   - moment: the server's time.
    public func finish(
        _ room: RocketChat.Room?,
        on server: String?,
        besides own: String?,
        at moment: String?
    ) throws {
        try settle()
        report.matched = members.newContacts.count
        guard let record = try transaction.record(.channel, id: channel) else { return }
        var changes: [(field: String, value: Value)] = []
        func set(_ key: String, _ value: String?) {
            guard let held = value.flatMap({ StorableText.held($0.trimmed, as: .text) }) else { return }
            if record[key].text != held { changes.append((key, .text(held))) }
        }
        if record["server_url"].isNull { set("server_url", server) }
        if let room {
            set("kind", room.kind)
            set("topic", room.topic)
            set("room_id", room.id)
            // The name follows that on the server, unless a user gave the channel another one.
            if record["name"] == record["room_id"] || record["name"] == record["server_name"] { set("name", room.name) }
            set("server_name", room.name)
        }
        if room?.kind == "direct" || room?.kind == nil && record["kind"] == .text("direct") {
            for (username, contact) in members.newContacts where username != own {
                let known = try transaction.linkedContacts(of: record).contains { $0.contact == contact }
                if !known { try transaction.link(.channel, contact: contact, record: channel, []) }
            }
        }
        let hasChanged = report.hasChanges || hasRekeyed || members.hasChanges || !changes.isEmpty
        if hasChanged, let moment { changes.append(("last_synced_at", .text(moment))) }
        if !changes.isEmpty { try transaction.edit(record, changes) }
    }

    /// Stores the progress of reading the room, with this transaction.
    public func note(_ sync: RoomSync) throws { try transaction.note(sync, of: channel) }
}

/// A set of row ids, stored as bits. Ids in a file that another program wrote may be negative or far apart.
public struct RowBits: Sendable {
    private var words: [Int64: UInt64] = [:]

    /// Creates an empty set.
    public init() {}

    /// Adds a row.
    public mutating func insert(_ id: Int64) { words[id >> 6, default: 0] |= Self.bit(of: id) }

    /// Whether a row is in the set.
    public func contains(_ id: Int64) -> Bool { words[id >> 6, default: 0] & Self.bit(of: id) != 0 }

    private static func bit(of id: Int64) -> UInt64 { 1 << UInt64(id & 63) }
}
