import Formats
import Localization
import SQLite

/// Imports messages, each only once: the original bytes, the information in the header, the text, the attachments as
/// documents, and links with the contacts that have the addresses.
///
/// A message is recognized by its bytes, otherwise by its id if its essential contents are the same
/// (``MessageEssence``) or it is a copy without anything new (``MessageGist``). A known message changes nothing, except
/// that the sender's own copy may reveal the recipients of blind copies. A record that has the fields of a message but
/// not its bytes, from a table or an export without contents, is completed by the message.
public final class MailImport {
    /// The error that the message being read is stored already.
    private struct Known: Error {
        let id: Int64
        /// The recipients of blind copies in the message.
        var blind: [MailAddress] = []
    }
    private struct NoMessage: Error {}
    private struct SetAsideMessage: Error {}
    private struct MailboxData: Error {}

    /// The place of a message that is not stored yet.
    private enum Place {
        /// A new record with this key.
        case new(key: String)
        /// The record that has the message's fields, but not its bytes.
        case lacking(Int64)
    }

    /// The counts so far.
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

    /// The maximum length of messages that are read in memory; longer ones are stored first.
    private static let longestBuffered = 2 << 20

    /// - Parameters:
    ///   - createsContacts: whether unknown people become contacts.
    ///   - isSent: whether the messages were just sent, so that their sender is the user.
    ///   - extract: returns the text of attachments whose format the program cannot read itself.
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

    /// Imports the next message of a reader.
    ///
    /// - Parameters:
    ///   - isOfMbox: whether lines that begin with `From ` are quoted in the message.
    ///   - passesOverSetAside: whether messages that their header marks as deleted or as drafts are skipped. Only the
    ///     header of a message in a mailbox can be trusted in this, since anybody can write such a field into one.
    ///   - deliveredAt: returns the time at which the mailbox received the message, in seconds since 1970. It is called
    ///     once the message is read.
    ///   - isSetAside: returns whether the message's file marks it as deleted or as a draft. It is called then, too.
    ///   - read: passes the bytes of the message to a closure in pieces, and returns whether there was a message.
    /// - Returns: `nil` when there was no message.
    public func take(
        isOfMbox: Bool,
        passingOverSetAside passesOverSetAside: Bool = false,
        deliveredAt: () -> Int64? = { nil },
        setAside isSetAside: () -> Bool = { false },
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
        let outcome: Outcome
        if isSetAside() {
            try writer.discard()
            outcome = .setAside
        } else {
            outcome = try take(writer, isLong: isLong, isOfMbox: isOfMbox, passesOverSetAside, deliveredAt())
        }
        if outcome != .mailboxData { report.messages += 1 }
        switch outcome {
        case .created: report.created += 1
        case .unchanged: report.unchanged += 1
        case .completed: report.completed += 1
        case .rejected: report.failed += 1
        case .setAside: report.setAside += 1
        case .mailboxData: break
        }
        (report.documents, report.linked, report.contacts) = (files.made, links.made, links.madeContacts)
        return outcome
    }

    private func take(
        _ writer: ContentWriter,
        isLong: Bool,
        isOfMbox: Bool,
        _ passesOverSetAside: Bool,
        _ deliveredAt: Int64?
    ) throws -> Outcome {
        var place: Place?
        if let id = try lookup.email(ofContent: writer.sha256) {
            guard try transaction.store.contentID(writer.sha256) == nil else {
                try writer.discard()
                return .unchanged(id)
            }
            // A record from an export without contents lacks the bytes, and its attachments may lack theirs.
            place = .lacking(id)
        }
        // A message that does not fit into memory is stored first, and read from there.
        let stored = isLong ? try writer.finish().content : nil
        let source = try MessageSource(buffer, stored, isQuoted: isOfMbox, in: transaction.store)
        var envelope: MessageEnvelope?
        let reading = MessageReading(
            looking: { header in
                guard header.isOfMail else { throw NoMessage() }
                let found = MessageEnvelope(header, deliveredAt: deliveredAt)
                if passesOverSetAside, found.isOfMailbox { throw MailboxData() }
                if passesOverSetAside, found.isSetAside { throw SetAsideMessage() }
                if place == nil { place = try self.place(of: found, source, sha256: writer.sha256) }
                envelope = found
            },
            storing: { self.transaction.contentWriter() }
        )
        do {
            let message = try MIMEParser.read(reading, unquotesFrom: isOfMbox, source.read)
            guard let envelope, let place else { throw NoMessage() }
            let content = try stored ?? writer.finish().content
            switch place {
            case .new(let key): return .created(try store(envelope, key, message, content, source))
            case .lacking(let id):
                try complete(id, envelope, message, content, source)
                return .completed(id)
            }
        } catch let known as Known {
            try writer.discard()
            return try complete(known) ? .completed(known.id) : .unchanged(known.id)
        } catch is NoMessage {
            try writer.discard()
            return .rejected
        } catch is SetAsideMessage {
            try writer.discard()
            return .setAside
        } catch is MailboxData {
            try writer.discard()
            return .mailboxData
        }
    }

    // MARK: - Identity of messages

    /// Decides where a message is stored. Its key is its message id; without one, a hash of its essential contents, or
    /// of its bytes if it has none; when another message has the same id, both.
    ///
    /// - Throws: ``Known`` when the message is stored already.
    private func place(of envelope: MessageEnvelope, _ source: MessageSource, sha256: String) throws -> Place {
        guard let id = envelope.messageID else {
            let hash = try source.essenceWithoutID() ?? sha256
            return try self.place(underEssential: "sha256:\(hash.prefix(32))")
        }
        // A table may have the id in angle brackets, as in the header.
        guard let stored = try lookup.email(ofMessageID: id) ?? lookup.email(ofMessageID: "<\(id)>") else {
            return .new(key: id)
        }
        let essence = try source.essence()
        if let content = try content(of: stored) {
            if try MessageEssence.of(isQuoted: stored.isQuoted, content.forEachUnverifiedPiece) == essence {
                throw Known(id: stored.id, blind: envelope.bcc)
            }
        } else if stored.sha256 == nil || stored.date == nil || stored.date == envelope.date {
            return try lacking(stored.id)
        }
        let place = try self.place(underEssential: "\(id)#\(essence.prefix(12))")
        guard case .new = place else { return place }
        let gist = try MessageGist.of(isQuoted: source.isQuoted, source.read)
        let isLike = gist.likeness
        for other in try [stored] + lookup.others(ofMessageID: id, on: envelope.date) where isLike(other.text) {
            guard let content = try self.content(of: other) else { continue }
            let kept = try MessageGist.of(isQuoted: other.isQuoted, content.forEachUnverifiedPiece)
            if gist.isCopy(of: kept) { throw Known(id: other.id, blind: envelope.bcc) }
        }
        return place
    }

    /// Decides where a message is stored whose key is made from its essential contents.
    ///
    /// - Throws: ``Known`` when the message is stored already.
    private func place(underEssential key: String) throws -> Place {
        guard let stored = try lookup.email(ofMessageID: key) else { return .new(key: key) }
        guard try content(of: stored) == nil else { throw Known(id: stored.id) }
        return try lacking(stored.id)
    }

    /// - Throws: ``Known`` for a message from which a person was erased: its missing parts must not come back.
    private func lacking(_ id: Int64) throws -> Place {
        let record = try transaction.store.storedRecord(module, id: id)
        // An erasure removes the message even if none of the fields names the person; its size stays.
        let isTaken = record?["sha256"].isNull == true && record?["size"].isNull == false
        let isMarked = ["from", "to", "cc", "bcc", "subject", "text"].contains { key in
            record?[key].text?.contains(ErasedNames.mark) == true
        }
        if isMarked || isTaken, try transaction.store.hasErasures() { throw Known(id: id) }
        return .lacking(id)
    }

    private func content(of stored: MailLookup.Stored) throws -> ContentReader? {
        try stored.sha256.flatMap { try transaction.store.openContent($0) }
    }

    /// Adds to a stored message the recipients of blind copies, which only the sender's own copy contains.
    ///
    /// - Returns: whether the message had none so far.
    private func complete(_ known: Known) throws -> Bool {
        guard !known.blind.isEmpty,
            try transaction.store.storedRecord(module, id: known.id)?["bcc"].isNull ?? false
        else { return false }
        let text = MailAddress.shortText(known.blind)
        _ = try transaction.edit(module, id: known.id, [FieldInput("bcc", .set(text))])
        try links.link(known.id, [("bcc", known.blind)], creates: createsContacts)
        return true
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

    private static func partsNotice(of id: Int64) -> Text {
        Text(
            en: """
                email \(id) has more parts, or deeper ones, than are taken out of it as text and documents: the rest is in \
                email show \(id) --raw
                """,
            es: """
                el email \(id) tiene más partes, o más profundas, que las que se toman de él como texto y archivos: el resto \
                está en email show \(id) --raw
                """
        )
    }

    private func store(
        _ envelope: MessageEnvelope,
        _ key: String,
        _ reading: MessageReading,
        _ content: StoredContent,
        _ source: MessageSource
    ) throws -> Int64 {
        let message = self.message(envelope, key)
        var draft = Draft(new: module, in: transaction.values)
        draft.give("message_id", .text(key))
        let isCut = try fill(&draft, envelope, message, reading, content, source)
        let id = try transaction.insert(&draft)
        try threads.keep(message, of: id)
        try files.attach(reading.attachments, to: id, of: module)
        try finish(id, envelope, reading, isCut: isCut)
        return id
    }

    /// Completes a record that was created without the message: adds its bytes, text, attachments, thread and people.
    /// Fields that have a value keep it.
    private func complete(
        _ id: Int64,
        _ envelope: MessageEnvelope,
        _ reading: MessageReading,
        _ content: StoredContent,
        _ source: MessageSource
    ) throws {
        guard let original = try transaction.store.storedRecord(module, id: id) else {
            throw Store.missing(id, in: module)
        }
        let message = self.message(envelope, original["message_id"].text ?? "")
        var draft = Draft(editing: original)
        let isCut = try fill(&draft, envelope, message, reading, content, source)
        _ = try transaction.update(draft, from: original)
        try threads.keep(message, of: id, isNew: false)
        try files.complete(reading.attachments, of: id, of: module)
        try finish(id, envelope, reading, isCut: isCut)
    }

    /// Returns the properties by which a message is assigned to a thread.
    private func message(_ envelope: MessageEnvelope, _ key: String) -> MailThreads.Message {
        let subject = MailSubject(envelope.subject)
        return MailThreads.Message(
            // Different messages with one id belong to the same thread.
            messageID: envelope.messageID ?? key,
            references: envelope.references,
            subject: subject.base,
            isAnswer: subject.isAnswer,
            addresses: envelope.people,
            people: ownAddresses(for: envelope).others(among: envelope.people),
            date: envelope.date
        )
    }

    /// Returns the user's own addresses from the point of view of a message.
    private func ownAddresses(for envelope: MessageEnvelope) -> OwnAddresses {
        isSent ? links.own.including(envelope.from) : links.own
    }

    /// Sets the fields of a record from a message. In an existing record only empty fields are set, and those about the
    /// message's bytes.
    ///
    /// - Returns: whether the text was cut because it is too long.
    private func fill(
        _ draft: inout Draft,
        _ envelope: MessageEnvelope,
        _ message: MailThreads.Message,
        _ reading: MessageReading,
        _ content: StoredContent,
        _ source: MessageSource
    ) throws -> Bool {
        // The fields hold what the same text from an export would give.
        func give(_ key: String, _ text: String?) {
            let line = text?.withoutMarks.trimmed ?? ""
            if !line.isEmpty, draft[key].isNull { draft.give(key, .text(line)) }
        }
        give("subject", envelope.subject)
        for (field, people) in envelope.roles { give(field, MailAddress.shortText(people)) }
        give("from", envelope.senderWords)
        give("date", envelope.date.flatMap(Moment.init(secondsSinceEpoch:))?.description)
        give("in_reply_to", envelope.inReplyTo)
        give("references", envelope.references.joined(separator: " "))
        if draft["thread"].isNull { give("thread", try threads.thread(of: message)) }
        give("direction", ownAddresses(for: envelope).direction(of: envelope))
        let (text, isCut, doubts) = reading.text.read()
        for doubt in doubts { transaction.notice(doubt.notice(of: MessageText.words)) }
        for doubt in envelope.charsetDoubts { transaction.notice(doubt.notice(of: MessageEnvelope.words)) }
        if !text.isEmpty { draft.give("text", .text(text)) }
        if draft["about"].isNull, let about = try numbers.record(in: envelope.subject) { draft.give("about", about) }
        draft.give("sha256", .text(content.sha256))
        draft.give("size", .integer(content.size))
        let isQuoted = try source.hasQuotedLines()
        if isQuoted || draft["from_quoted"] == .integer(1) {
            draft.give("from_quoted", .integer(isQuoted ? 1 : 0))
        }
        try transaction.prepare(&draft, problems: [])
        return isCut
    }

    /// Finishes a stored message: reports to the user what was cut off, links its sender and recipients, and evaluates
    /// a delivery report in it.
    private func finish(
        _ id: Int64,
        _ envelope: MessageEnvelope,
        _ reading: MessageReading,
        isCut: Bool
    ) throws {
        if isCut { transaction.notice(Self.cutNotice(of: id)) }
        if envelope.isCut { transaction.notice(Self.headerNotice(of: id)) }
        if reading.isIncomplete { transaction.notice(Self.partsNotice(of: id)) }
        try links.link(id, envelope.roles, creates: createsContacts && !envelope.isOfList)
        if let report = try reading.delivery.result() {
            self.report.bounced += try bounces.take(report, in: id, on: envelope.date, links.owners)
        }
    }
}
