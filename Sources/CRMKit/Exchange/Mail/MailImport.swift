import Formats
import Localization
import SQLite

/// Takes messages into the database, each once: its bytes as they came, what its header says, its text, its files as
/// documents, and links with the contacts that own its addresses.
///
/// A message is known again by its bytes, else by its id if what makes it the one it is (``MessageEssence``) is the same, or
/// it is a copy that says nothing more (``MessageGist``): what is known changes nothing, but that the copy of whoever wrote
/// it may tell to whom it went blindly.
public final class MailImport {
    /// What became of a message.
    public enum Outcome: Sendable, Equatable {
        /// It is new, under this id.
        case created(Int64)
        /// It was there already.
        case unchanged(Int64)
        /// It is no message: it has no header, or no bytes at all.
        case rejected
        /// It is marked as deleted in its mailbox, and passed over.
        case deleted
    }

    /// What came of all messages.
    public struct Report: Sendable {
        /// How many there were.
        public var messages = 0
        /// How many are new.
        public var created = 0
        /// How many were there already.
        public var unchanged = 0
        /// How many were none.
        public var failed = 0
        /// How many were passed over that are marked as deleted.
        public var deleted = 0
        /// Links with contacts.
        public var linked = 0
        /// Documents that were made of files.
        public var documents = 0
        /// Addresses that reports of servers say to be undeliverable.
        public var bounced = 0
        /// Contacts that were made.
        public var contacts = 0
        /// Whether somebody has said whose mail it is, so that what came is told from what went.
        public var knowsOwnAddresses = false
    }

    /// A message that the database has turns out to be what is read.
    private struct Known: Error {
        let id: Int64
        /// Whom it says to have got it blindly.
        var blind: [MailAddress] = []
    }
    private struct NoMessage: Error {}
    private struct DeletedMessage: Error {}

    /// What came so far.
    public private(set) var report = Report()
    private let transaction: Transaction
    private let module: Module
    private let createsContacts: Bool
    private let isSent: Bool
    private let lookup: MailLookup
    private let files: AttachedDocuments
    private let threads: MailThreads
    private let links: MailLinks
    private let numbers: SubjectNumbers
    private let bounces: BouncedAddresses
    private var buffer: [UInt8] = []

    /// Messages up to this length are read in memory, longer ones from where they are stored.
    private static let longestBuffered = 2 << 20

    /// - Parameters:
    ///   - createsContacts: whether people whom no contact is are made contacts.
    ///   - isSent: whether they are what was just sent, so that whoever has written them is oneself.
    ///   - extract: makes text of files that come with messages, of which the program itself can make none.
    public init(
        creatingContacts createsContacts: Bool = false,
        sent isSent: Bool = false,
        extractingBy extract: @escaping DocumentFiling.Extraction = { _, _, _ in nil },
        in transaction: Transaction
    ) throws {
        self.transaction = transaction
        self.createsContacts = createsContacts
        self.isSent = isSent
        module = transaction.store.registry[.email]
        lookup = try MailLookup(transaction.store)
        files = AttachedDocuments(lookup, extractingBy: extract, in: transaction)
        threads = try MailThreads(module, in: transaction)
        links = try MailLinks(module, in: transaction)
        numbers = try SubjectNumbers(transaction.store)
        bounces = try BouncedAddresses(lookup, in: transaction)
        report.knowsOwnAddresses = !links.own.isEmpty
    }

    /// Takes the next message of some reader.
    ///
    /// - Parameters:
    ///   - isOfMbox: whether lines that begin with `From ` are quoted in it.
    ///   - passesOverDeleted: whether what its header says of its state is that of a mailbox: anybody can write so into a
    ///     message that is on its way.
    ///   - deliveredAt: tells, once it is read, when its mailbox got it, in seconds since 1970.
    ///   - read: gives the bytes of the message in pieces, and whether there was one.
    /// - Returns: `nil` where there was none.
    public func take(
        isOfMbox: Bool,
        passingOverDeleted passesOverDeleted: Bool = false,
        deliveredAt: () -> Int64? = { nil },
        _ read: ((UnsafeRawBufferPointer) throws -> Void) throws -> Bool
    ) throws -> Outcome? {
        if transaction.store.stop?.isRequested == true { throw CRMError.interruptedUnsaved }
        buffer.removeAll(keepingCapacity: true)
        let writer = transaction.contentWriter()
        var isLong = false
        let hasRead = try read { bytes in
            try writer.append(bytes)
            if isLong { return }
            isLong = buffer.count + bytes.count > Self.longestBuffered
            if isLong { buffer.removeAll() } else { buffer.append(contentsOf: bytes) }
        }
        guard hasRead else { return nil }
        let outcome = try take(writer, isLong: isLong, isOfMbox: isOfMbox, passesOverDeleted, deliveredAt())
        report.messages += 1
        switch outcome {
        case .created: report.created += 1
        case .unchanged: report.unchanged += 1
        case .rejected: report.failed += 1
        case .deleted: report.deleted += 1
        }
        (report.documents, report.linked, report.contacts) = (files.made, links.made, links.madeContacts)
        return outcome
    }

    private func take(
        _ writer: ContentWriter,
        isLong: Bool,
        isOfMbox: Bool,
        _ passesOverDeleted: Bool,
        _ deliveredAt: Int64?
    ) throws -> Outcome {
        if let id = try lookup.email(ofContent: writer.sha256) {
            // Taken in by an export without contents, the message may lack its bytes.
            if try transaction.store.contentID(writer.sha256) == nil {
                _ = try writer.finish()
            } else {
                try writer.discard()
            }
            return .unchanged(id)
        }
        // What does not fit into memory is stored first, and read from there.
        let stored = isLong ? try writer.finish().content : nil
        let source = try MessageSource(buffer, stored, isQuoted: isOfMbox, in: transaction.store)
        var key = ""
        var envelope: MessageEnvelope?
        let reading = MessageReading(
            looking: { header in
                guard header.count > 0 else { throw NoMessage() }
                let found = MessageEnvelope(header, deliveredAt: deliveredAt)
                if passesOverDeleted, found.isDeleted { throw DeletedMessage() }
                key = try self.key(of: found, source)
                envelope = found
            },
            storing: { self.transaction.contentWriter() }
        )
        do {
            let message = try MIMEParser.read(reading, unquotesFrom: isOfMbox, source.read)
            guard let envelope else { throw NoMessage() }
            let content = try stored ?? writer.finish().content
            return .created(try store(envelope, key, message, content, source))
        } catch let known as Known {
            try writer.discard()
            try complete(known)
            return .unchanged(known.id)
        } catch is NoMessage {
            try writer.discard()
            return .rejected
        } catch is DeletedMessage {
            try writer.discard()
            return .deleted
        }
    }

    // MARK: - Which message it is

    /// The key of a message: its id; where it has none, what makes it the one it is; where another has its id, both.
    ///
    /// - Throws: ``Known`` for one that is there.
    private func key(of envelope: MessageEnvelope, _ source: MessageSource) throws -> String {
        guard let id = envelope.messageID else {
            let key = "sha256:\(try source.essence().prefix(32))"
            if let stored = try lookup.email(ofMessageID: key) { throw Known(id: stored.id) }
            return key
        }
        guard let stored = try lookup.email(ofMessageID: id) else { return id }
        let known = Known(id: stored.id, blind: envelope.bcc)
        let essence = try source.essence()
        guard let content = try content(of: stored),
            try MessageEssence.of(isQuoted: stored.isQuoted, content.forEachPiece) != essence
        else { throw known }
        let key = "\(id)#\(essence.prefix(12))"
        if let stored = try lookup.email(ofMessageID: key) { throw Known(id: stored.id) }
        let gist = try MessageGist.of(isQuoted: source.isQuoted, source.read)
        for other in try [stored] + lookup.others(ofMessageID: id) {
            guard let content = try self.content(of: other) else { continue }
            let kept = try MessageGist.of(isQuoted: other.isQuoted, content.forEachPiece)
            if gist.isCopy(of: kept) { throw Known(id: other.id, blind: envelope.bcc) }
        }
        return key
    }

    private func content(of stored: MailLookup.Stored) throws -> ContentReader? {
        try stored.sha256.flatMap { try transaction.store.openContent($0) }
    }

    /// Tells of a message that is there to whom it went blindly, which only the copy of its writer says.
    private func complete(_ known: Known) throws {
        guard !known.blind.isEmpty,
            try transaction.store.storedRecord(module, id: known.id)?["bcc"].isNull ?? false
        else { return }
        let text = MailAddress.shortText(known.blind)
        _ = try transaction.edit(module, id: known.id, [FieldInput("bcc", .set(text))])
        try links.link(known.id, [("bcc", known.blind)], creates: createsContacts)
    }

    // MARK: - Storing

    private static func cutNotice(of id: Int64) -> Text {
        Text(
            en:
                "email \(id) is longer than what is kept of its text: the rest is in email show \(id) --raw, and not searched",
            es:
                "el email \(id) es más largo que lo que se guarda de su texto: el resto está en email show \(id) --raw y no se busca"
        )
    }

    private static func headerNotice(of id: Int64) -> Text {
        Text(
            en: "the header of email \(id) is longer than what is kept of it: the rest is in email show \(id) --raw",
            es:
                "el encabezado del email \(id) es más largo que lo que se guarda de él: el resto está en email show \(id) --raw"
        )
    }

    private func store(
        _ envelope: MessageEnvelope,
        _ key: String,
        _ reading: MessageReading,
        _ content: StoredContent,
        _ source: MessageSource
    ) throws -> Int64 {
        let subject = MailSubject(envelope.subject)
        let own = isSent ? links.own.including(envelope.from) : links.own
        let message = MailThreads.Message(
            // Different messages of one id are of one thread all the same.
            messageID: envelope.messageID ?? key,
            references: envelope.references,
            subject: subject.base,
            isAnswer: subject.isAnswer,
            people: own.others(among: envelope.people),
            date: envelope.date
        )
        var draft = Draft(new: module)
        func give(_ key: String, _ text: String?) {
            if let text, !text.isEmpty { draft.give(key, .text(text)) }
        }
        give("message_id", key)
        give("subject", envelope.subject)
        for (field, people) in envelope.roles { give(field, MailAddress.shortText(people)) }
        give("from", envelope.senderWords)
        give("date", envelope.date.flatMap(Moment.init(secondsSinceEpoch:))?.description)
        give("in_reply_to", envelope.inReplyTo)
        give("references", envelope.references.joined(separator: " "))
        give("thread", try threads.thread(of: message))
        give("direction", own.direction(of: envelope))
        let (text, isCut) = reading.text.read()
        give("text", text)
        if let about = try numbers.record(in: envelope.subject) { draft.give("about", about) }
        give("sha256", content.sha256)
        draft.give("size", .integer(content.size))
        if try source.hasQuotedLines() { draft.give("from_quoted", .integer(1)) }
        try transaction.prepare(&draft, problems: [])
        let id = try transaction.insert(&draft)
        if isCut { transaction.notice(Self.cutNotice(of: id)) }
        if envelope.isCut { transaction.notice(Self.headerNotice(of: id)) }
        try threads.keep(message, of: id)
        try files.attach(reading.attachments, to: id, of: module)
        try links.link(id, envelope.roles, creates: createsContacts && !envelope.isOfList)
        if let report = try reading.delivery.result() {
            self.report.bounced += try bounces.take(report, in: id, on: envelope.date, links.owners)
        }
        return id
    }
}

extension MessageEnvelope {
    /// Who wrote and got it, by the roles of links and the fields that name them.
    var roles: [(role: String, people: [MailAddress])] { [("from", from), ("to", to), ("cc", cc), ("bcc", bcc)] }
}

extension OwnAddresses {
    /// Where a message went, seen from oneself; `nil` where nobody has said who that is.
    func direction(of envelope: MessageEnvelope) -> String? {
        direction(from: envelope.from, to: envelope.to + envelope.cc + envelope.bcc)
    }

    /// Where a message went that some wrote to others.
    func direction(from senders: [MailAddress], to others: [MailAddress]) -> String? {
        guard !isEmpty else { return nil }
        guard senders.contains(where: { contains($0.address) }) else { return "incoming" }
        return !others.isEmpty && others.allSatisfy { contains($0.address) } ? "internal" : "outgoing"
    }
}

extension MailAddress {
    /// The most bytes of a list that a field keeps.
    private static let longestText = 9000

    /// A list that is shorter than this in a field is whole: no address is longer than what is left.
    static let longestWhole = longestText - 1000

    /// Whether all addresses fit into a field.
    static func areShort(_ addresses: [MailAddress]) -> Bool {
        addresses.reduce(-2) { $0 + $1.description.utf8.count + 2 } <= longestText
    }

    /// The addresses in one line, as many as a field holds.
    static func shortText(_ addresses: [MailAddress]) -> String {
        var text = ""
        for address in addresses {
            let next = (text.isEmpty ? "" : ", ") + address.description
            if text.utf8.count + next.utf8.count > longestText { break }
            text += next
        }
        return text
    }
}

/// The bytes of a message that is being taken in, in memory or where they are stored.
struct MessageSource {
    private let bytes: [UInt8]
    private let content: ContentReader?
    let isQuoted: Bool

    init(_ bytes: [UInt8], _ stored: StoredContent?, isQuoted: Bool, in store: Store) throws {
        self.bytes = bytes
        self.isQuoted = isQuoted
        content = try stored.map { try store.requiredContent($0.sha256) }
    }

    /// Gives the bytes in pieces.
    func read(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        if let content { try content.forEachPiece(body) } else { try bytes.withUnsafeBytes(body) }
    }

    /// What makes the message the one it is.
    func essence() throws -> String { try MessageEssence.of(isQuoted: isQuoted, read) }

    /// Whether it has lines that begin with `From ` and a mark before it, which the mbox has put there.
    func hasQuotedLines() throws -> Bool {
        guard isQuoted else { return false }
        var isFound = false
        try read { piece in isFound = isFound || piece.holdsQuotedFrom }
        return isFound
    }
}
