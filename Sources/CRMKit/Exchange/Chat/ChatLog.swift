import Localization
import SQLite

/// The messages of a channel, oldest first, read on demand.
public final class ChatLog {
    /// The choice of messages to read.
    public struct Request {
        /// The channel's id.
        public let channel: Int64
        /// The first day; `nil` for no limit.
        public var since: CivilDate?
        /// The last day; `nil` for no limit.
        public var until: CivilDate?
        /// The contact whose messages alone are read; `nil` for all.
        public var contact: Int64?
        /// The key of a message; it and the answers to it are read. `nil` for all.
        public var thread: String?
        /// Words that a message has to contain, as a search takes them; `nil` for all messages.
        public var words: String?

        /// Creates a request for all messages of a channel.
        public init(channel: Int64) { self.channel = channel }
    }

    /// One message.
    public struct Line {
        /// The message's key.
        public let id: String
        /// The moment of sending, RFC 3339 in UTC.
        public let sentAt: String
        /// The author's user name on the server.
        public let username: String?
        /// The author's name: that under which a program posted the message, otherwise that of the author.
        public let name: String?
        /// Whether a program posted the message under a name of its own.
        public let isAlias: Bool
        /// The contact that the author is.
        public let contact: (id: Int64, name: String)?
        /// The text; `nil` when it is empty or the message was deleted.
        public let text: String?
        /// The key of the message it answers.
        public let thread: String?
        /// The server's type of a system message.
        public let type: String?
        /// The moment of the last edit.
        public let editedAt: String?
        /// The moment of deletion.
        public let deletedAt: String?
        /// The attachments of the message.
        public let attachments: [ChatMessage.Attachment]
        /// The reactions, each with the users who gave it.
        public let reactions: [(sign: String, users: [String])]
        /// The earlier texts of the message.
        public let earlier: [EarlierText]
    }

    private struct Member {
        let name: String?
        let contact: (id: Int64, name: String)?
    }

    private let rows: Statement
    private let store: Store
    /// The address of the channel's server without a slash at its end; `nil` if it is not known.
    private let server: String?
    /// The number of links of files so far that begin at a server which is not known.
    public private(set) var placelessCount = 0
    private var members: [String: Member] = [:]
    private let words: SearchWords?
    /// The words of the present message.
    private var document: SearchDocument
    /// The usernames of the requested contact in the channel.
    public let usernames: [String]

    fileprivate init(_ request: Request, in store: Store) throws {
        self.store = store
        let country = try store.settings().country
        words = try request.words.map { try SearchWords(parsing: $0, country: country) }
        document = SearchDocument(country: country)
        let module = store.registry[.channel]
        guard try store.recordTable(of: module).exists(request.channel) else {
            throw Store.missing(request.channel, in: module)
        }
        let address = try store.storedValue(of: "server_url", in: module, id: request.channel).text
        server = address.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        let center = store.registry[store.registry.center]
        var authors: [String] = []
        for row in try store.partReader(of: .chatMember, in: module).rows(of: request.channel) {
            guard let username = row.values[0].text else { continue }
            let contact = try row.values[3].integer.map { id in
                (id: id, name: try store.storedValue(of: center.displayKey, in: center, id: id).text ?? "")
            }
            members[username] = Member(name: row.values[1].text, contact: contact)
            if let id = contact?.id, id == request.contact { authors.append(username) }
        }
        usernames = authors
        var choice = MessageChoice()
        let zone = store.clock.zone
        func start(_ day: CivilDate?) -> String? {
            day.flatMap { Moment($0, secondOfDay: 0, in: zone)?.description(milliseconds: 0) }
        }
        choice.since = start(request.since)
        choice.before = start(request.until?.adding(days: 1))
        choice.authors = request.contact == nil ? nil : authors
        choice.thread = request.thread
        if let thread = request.thread, try !store.hasMessage(thread, orAnswers: true, of: request.channel) {
            throw Self.missing(thread, in: module.called(request.channel))
        }
        rows = try store.messages(of: request.channel, choice)
    }

    private static func missing(_ message: String, in channel: Text) -> CRMError {
        CRMError(
            .notFound,
            Text(
                en: "\(channel.en) has no message \(message)",
                es: "\(channel.es) no tiene ningún mensaje \(message)"
            ),
            hint: Text(
                en: "the ids of messages are in \(ProgramName.placeholder) channel log --format jsonl",
                es: "los ids de los mensajes están en \(ProgramName.placeholder) channel log --format jsonl"
            ),
            reference: message
        )
    }

    /// Whether the present row has the requested words, in its text or in the names of what is attached.
    private var isWanted: Bool {
        guard let words else { return true }
        document.clear()
        for place in [3, 9] where !rows.isNull(at: place) { document.add(rows.text(at: place)) }
        return words.hold(in: document)
    }

    /// Returns an attachment with a link that leads to its server: Rocket.Chat tells where a file is on it.
    private func placed(_ attachment: ChatMessage.Attachment) -> ChatMessage.Attachment {
        guard let link = attachment.link, link.hasPrefix("/"), !link.hasPrefix("//") else { return attachment }
        guard let server else {
            placelessCount += 1
            return attachment
        }
        let whole = server + link
        return ChatMessage.Attachment(name: attachment.name == link ? whole : attachment.name, link: whole)
    }

    /// Returns the next message; `nil` after the last.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func next() throws(CRMError) -> Line? {
        try store.translating {
            repeat { guard try rows.step() else { return nil } } while !isWanted
            func text(_ place: Int) -> String? { rows.isNull(at: place) ? nil : rows.text(at: place) }
            let (username, alias) = (text(2), text(12))
            let member = username.flatMap { members[$0] }
            return Line(
                id: rows.text(at: 1),
                sentAt: rows.text(at: 4),
                username: username,
                name: alias ?? member?.name,
                isAlias: alias != nil,
                contact: member?.contact,
                text: text(3),
                thread: text(7),
                type: text(8),
                editedAt: text(5),
                deletedAt: text(6),
                attachments: ChatMessage.attachments(stored: text(9)).map(placed),
                reactions: ChatMessage.reactions(stored: text(10)),
                earlier: text(11).map(EarlierText.all) ?? []
            )
        }
    }
}

extension Store {
    /// Returns the messages of a channel that a request asks for.
    ///
    /// - Throws: ``CRMError`` `notFound` if the channel or the thread does not exist.
    public func chatLog(_ request: ChatLog.Request) throws(CRMError) -> ChatLog {
        try translating { try ChatLog(request, in: self) }
    }
}
