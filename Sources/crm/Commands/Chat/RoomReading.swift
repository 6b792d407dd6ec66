import CLIKit
import CRMKit
import Formats
import Localization

/// One reading of a room: all messages the first time, later only the changes since the last one.
///
/// Messages are written in batches. Each batch is one transaction that also stores the position reached, so that an
/// interrupted reading continues from there. While waiting for the server, the reading blocks no other writer.
final class RoomReading {
    let room: ChatRoom
    let server: RocketChatServer
    let store: Store
    /// The write request. Everything that one command reads is one change set, unless others write meanwhile.
    private(set) var request: WriteRequest
    private let matches: [String: Int64]
    /// Whether to read everything again, in order to find messages that were removed without notice.
    private var isFull: Bool
    /// Whether everything is being read again, and not all of it has been yet.
    private var isReadingAllAgain = false
    private let own: String?
    private let advance: (Int) -> Void

    private var sync: RoomSync
    private var saved: RoomSync?
    private var pending: [RocketChat.Change] = []
    private var details: RocketChat.Room?
    private var areDetailsWritten = true
    private var hasFailedToWrite = false
    private var lastFlush = Progress.monotonicTime()
    private var hasWritten = false
    /// The rows found by a full reading, and the server's time when it began.
    private var met = RowBits()
    private var began: String?
    /// The messages of a dry run that the request for changes will return again. They are kept here since what the dry
    /// run wrote of them was rolled back.
    private var counted: [String: ChatMessage] = [:]
    /// The members of the room whose e-mail address is unknown and has not been requested.
    private var strangers: [String] = []
    private var memberCount = 0
    /// The counts of changes.
    private(set) var report = ChatReport()
    /// The usernames of the room's members, as far as contacts are given for any.
    private(set) var usernames: Set<String> = []
    /// Further notices for the user.
    private(set) var notices: [Text] = []
    /// The number of messages without a readable key or time.
    private(set) var strangeCount = 0
    /// The number of characters that were broken in halves, and replaced.
    private(set) var replacedCount = 0

    /// The greatest number of messages written together, and the time in nanoseconds after which fewer are written.
    private static let mostPending = 5000
    /// The number of messages that are written while the next answer is on its way, instead of together with it.
    private static let worthMeanwhile = 1000
    /// The number of successive members without an address after which the server is assumed to state none.
    private static let mostSilent = 20
    private static let longestPending: UInt64 = 1_000_000_000

    init(
        _ room: ChatRoom,
        on server: RocketChatServer,
        in store: Store,
        _ request: WriteRequest,
        matching matches: [String: Int64],
        isFull: Bool,
        own: String?,
        advance: @escaping (Int) -> Void
    ) throws {
        self.room = room
        self.server = server
        self.store = store
        self.request = request
        self.matches = matches
        self.isFull = isFull
        self.own = own
        self.advance = advance
        sync = RoomSync(room: "\(server.credentials.server) \(room.room)")
        try resume()
    }

    /// Continues from the stored position of the room, if possible.
    private func resume() throws {
        saved = try store.roomSync(of: room.channel, room: sync.room)
        guard let known = saved else { return }
        let isAhead = try known.since.map(isTooLate) ?? false
        if isAhead { notices.append(readAgain) }
        if known.isTakenBack || isAhead {
            // The server no longer reports earlier removals, so they are detected by a full reading.
            (saved, isFull) = (nil, true)
        } else {
            sync = known
        }
    }

    /// Reads the room.
    ///
    /// - Throws: the errors of ``RocketChatServer/ask(foreseeing:_:take:)`` and of the store. Messages read before are
    ///   saved.
    func run() throws {
        server.beforePause = { [weak self] in try self?.flush() }
        defer { server.beforePause = {} }
        do {
            // If several channels belong to one room, the first one is read.
            try check(isAlone: room.room) { $0.channel < room.channel }
            if saved == nil || room.kind == nil || isFull { try readDetails() }
            isReadingAllAgain = isFull
            if isFull || !sync.isWhole { try readAll() }
            try readChanges()
            try flush()
            // Authors may have become known as contacts since.
            if !hasWritten { try write { _ in } }
            try readAddresses()
            notices += [strange, replaced, restored].compactMap(\.self)
        } catch {
            if !hasFailedToWrite, (error as? CRMError)?.code != .interrupted { try flush() }
            throw error
        }
    }

    /// The completed share of the first reading, 0 to 1; `nil` if it is not known.
    var share: Double? { sync.isWhole || sync.total < 1 ? nil : Double(sync.offset) / Double(sync.total) }

    /// The key of the room on the server.
    private var id: String { details?.id ?? room.room }
    private var kind: String { details?.kind ?? room.kind ?? "channel" }

    /// The first word of the API methods for this kind of room.
    private var family: String {
        switch kind {
        case "direct": "im"
        case "group": "groups"
        default: "channels"
        }
    }

    private func readDetails() throws {
        let key = id
        func ask(_ name: String, _ value: String) throws -> RocketChat.Room? {
            try server.answer(.init(method: "rooms.info", parameters: [(name, value)]))["room"].flatMap {
                RocketChat.Room($0)
            }
        }
        let details: RocketChat.Room?
        do {
            details = try ask("roomId", key)
        } catch let error as CRMError where error.code == .notFound || error.code == .refused {
            // The room may have been given by its name.
            let name = key.hasPrefix("#") ? String(key.dropFirst()) : key
            do {
                guard let found = try ask("roomName", name) else { throw error }
                details = found
            } catch let other as CRMError where other.code == .notFound || other.code == .refused {
                throw error
            }
        }
        if let details, details.id != key { try check(isAlone: details.id, by: { _ in true }) }
        self.details = details
        areDetailsWritten = details == nil
        if let details, details.id != key {
            sync = RoomSync(room: "\(server.credentials.server) \(details.id)")
            try resume()
        }
    }

    // MARK: - All messages

    /// Reads all messages from the oldest on, page by page.
    private func readAll() throws {
        let expected = details?.count ?? 0
        let (offset, total) = isFull ? (0, 0) : (sync.offset, sync.total)
        var trail = PageTrail(offset: offset, total: total, expected: expected)
        try server.ask(
            foreseeing: { trail.pagesLeft },
            { ahead in
                .init(
                    method: "\(family).messages",
                    parameters: [
                        ("roomId", id), ("count", "\(trail.size)"), ("offset", "\(trail.start(ahead: ahead))"),
                        ("sort", #"{"ts":1}"#),
                    ]
                )
            }
        ) { body in
            let page = try readPage(body)
            let step = try trail.take(page.places, total: page.total) {
                try store.hasMessage($0, of: room.channel)
            }
            if step != .back {
                pending += page.changes
                try remember(page)
            }
            if !isFull { (sync.offset, sync.total) = (trail.offset, trail.total) }
            if pending.count >= Self.mostPending || isLate { try flush() }
            switch step {
            case .onwards: return .goesOn
            case .elsewhere, .back: return .turns
            case .end: return .ends
            case .circle: throw RocketChatServer.StrangeAnswer()
            }
        }
        if isFull {
            try flush()
            if let began {
                try write { [met] taking in try taking.removeUnmet(met, sentBefore: began) }
            }
            sync.since = began ?? Self.beginning
            isReadingAllAgain = false
        }
        sync.end()
    }

    private static let beginning = "1970-01-01T00:00:00.000Z"

    /// Reads a page of messages, whose place among those read is not known yet.
    private func readPage(_ body: ByteSource) throws -> RoomPage {
        var page = RoomPage()
        let answer = try ListAnswer(body, lists: [["messages"]]) { element in
            page.places.append(RocketChat.Place(element))
            var changedAt: String?
            if let change = RocketChat.change(element, changedAt: &changedAt) {
                page.changes.append(change)
                page.moments.append(changedAt)
            } else {
                self.note(strange: element)
            }
        }
        guard answer.hasSucceeded || answer.count > 0 else { throw RocketChatServer.StrangeAnswer(words: answer.words) }
        replacedCount += answer.replacedCount
        try note(beginning: server.time)
        advance(page.changes.count)
        page.total = answer.total
        return page
    }

    /// Keeps the messages of a page of a dry run that are read again with the changes since.
    private func remember(_ page: RoomPage) throws {
        guard request.isDryRun, let since = isReadingAllAgain ? began : sync.since else { return }
        let from = try store.moment(since, before: Self.overlap)
        for case (.message(let message), let moment) in zip(page.changes, page.moments) where moment ?? "~" >= from {
            counted[message.id] = message
        }
    }

    /// Stores the time from which later changes must be requested: by the server's clock, a little before the first
    /// page arrived.
    private func note(beginning time: String?) throws {
        guard began == nil else { return }
        began = try time.map { try store.moment($0, before: 1) }
        if sync.since == nil, !isReadingAllAgain { sync.since = began ?? Self.beginning }
    }

    // MARK: - Changes

    /// Reads the messages sent, edited or removed since the last time, and once more those of a while before it.
    private func readChanges() throws {
        guard let since = sync.since else { return }
        let from = try store.moment(since, before: Self.overlap)
        var latest = since
        var isRoomChanged = false
        try server.ask(
            foreseeing: { 1 },
            { _ in .init(method: "chat.syncMessages", parameters: [("roomId", id), ("lastUpdate", from)]) },
            meanwhile: { if pending.count >= Self.worthMeanwhile { try flush() } }
        ) { body in
            let end = try latestMoment()
            let answer = try ListAnswer(body, lists: [["result", "updated"], ["result", "deleted"]]) { element in
                var changedAt: String?
                guard let change = RocketChat.change(element, changedAt: &changedAt) else {
                    return self.note(strange: element)
                }
                if case .removal(_, let moment?) = change, moment <= end { latest = max(latest, moment) }
                if let changedAt, changedAt <= end { latest = max(latest, changedAt) }
                if case .message(let message) = change {
                    if message.changesRoom { isRoomChanged = true }
                    if counted[message.id] == message { return }
                }
                pending.append(change)
                if pending.count >= Self.mostPending { try flush() }
            }
            guard answer.hasSucceeded else { throw RocketChatServer.StrangeAnswer(words: answer.words) }
            replacedCount += answer.replacedCount
            return .ends
        }
        sync.since = latest
        if isRoomChanged { try readDetails() }
    }

    /// Counts an element that is neither a message nor a note about a deleted one.
    private func note(strange element: JSONValue) {
        if !RocketChat.isGone(element) { strangeCount += 1 }
    }

    // MARK: - Addresses

    /// Requests the e-mail addresses of new members, by which they may be known as contacts. If the requests end early,
    /// the next reading continues them.
    private func readAddresses() throws {
        var found: [ChatMessage.Author] = []
        var (next, silent) = (0, 0)
        var goesOn: Bool { next < strangers.count && silent < Self.mostSilent }
        func step() -> RocketChatServer.Continuation {
            next += 1
            return goesOn ? .goesOn : .ends
        }
        if goesOn {
            try server.ask(
                foreseeing: {
                    // A server that has just stated an address will state others.
                    let isSilent = next == 0 || silent > 0
                    return min(strangers.count - next, isSilent ? Self.mostSilent - silent : .max)
                },
                { .init(method: "users.info", parameters: [("username", strangers[next + $0])]) },
                take: { body in
                    let answer = try RocketChatServer.whole(body)
                    if case .array(let addresses)? = answer["user"]?["emails"],
                        case .string(let address)? = addresses.first?["address"]
                    {
                        silent = 0
                        found.append(ChatMessage.Author(username: strangers[next], email: address))
                    } else {
                        silent += 1
                    }
                    return step()
                },
                refuse: { _ in step() }
            )
        }
        strangers = []
        sync.asked = memberCount
        if found.isEmpty, sync == saved { return }
        try write { taking in
            for author in found { try taking.note(author) }
        }
    }

    // MARK: - Writing

    /// Whether the position reached has to be stored. That of a full reading counts from its end on: one that is
    /// stopped or refused leaves the changes to be read that were to be read before.
    private var isProgress: Bool { !isReadingAllAgain && sync != saved ?? RoomSync(room: sync.room) }

    /// Whether messages have waited too long to be written.
    private var isLate: Bool { Progress.monotonicTime() - lastFlush > Self.longestPending }

    /// Writes the pending messages and the position reached.
    private func flush() throws {
        lastFlush = Progress.monotonicTime()
        guard !pending.isEmpty || !areDetailsWritten || isProgress else { return }
        let changes = pending
        pending = []
        try write { taking in
            for change in changes {
                switch change {
                case .message(let message): try taking.take(message)
                case .removal(let id, let moment): try taking.remove(id, at: moment)
                }
            }
        }
    }

    private func write(_ body: (ChatTaking) throws -> Void) throws {
        let (room, sync) = (areDetailsWritten ? nil : details, self.sync)
        hasFailedToWrite = true
        let done = try store.write(request) { transaction in
            let taking = try ChatTaking(
                channel: self.room.channel,
                matching: matches,
                meeting: { if self.isFull { self.met.insert($0) } },
                in: transaction
            )
            try body(taking)
            // Another sync may have found meanwhile which room a name stands for.
            if let room, room.id != self.room.room { try check(isAlone: room.id) { _ in true } }
            if let room, room.kind == "direct" {
                for name in room.usernames { try taking.note(.init(username: name)) }
            }
            try taking.finish(
                room,
                on: server.credentials.server.description,
                besides: own,
                at: server.time
            )
            if isProgress { try taking.note(sync) }
            notices += transaction.notices
            let known = Set(strangers + [own].compactMap(\.self))
            strangers += taking.unknownMembers(after: self.sync.asked).filter { !known.contains($0) }
            memberCount = taking.memberCount
            if !matches.isEmpty { usernames.formUnion(taking.usernames) }
            return taking.report
        }
        report.add(done)
        if !request.isDryRun { request.continues = store.savedChangeSet ?? request.continues }
        (hasFailedToWrite, hasWritten) = (false, true)
        if isProgress { saved = sync }
        areDetailsWritten = true
    }
}
