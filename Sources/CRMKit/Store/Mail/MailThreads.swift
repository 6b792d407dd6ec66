import Formats
import SQLite

/// Groups related messages into threads, in whatever order they arrive.
///
/// A message belongs to one thread with all messages that share an id with it: its own id or one it refers to. A
/// message that is a reply by its subject but refers to no message joins the latest message with the same subject that
/// one of its people wrote or received not long before, and moves to a later one that arrives after it. As long as there
/// is none, it is in one thread with other such replies. A message that is no reply does not join an earlier thread by
/// its subject alone. The name of a thread is the least id among those that begin its messages, so that the order of
/// arrival does not matter. A long thread keeps its name, since renaming all its messages with each arrival would take
/// more and more time, and a very long one is not divided.
final class MailThreads {
    /// The properties of a message that decide its thread.
    struct Message {
        let messageID: String
        /// The ids that the message refers to, the oldest first.
        let references: [String]
        /// The subject without the prefixes of replies, folded.
        let subject: String
        /// Whether the subject is that of a reply.
        let isAnswer: Bool
        /// The addresses of the sender and the recipients in their comparable form.
        let addresses: Set<String>
        /// The addresses without the user's own, if there are others.
        let people: Set<String>
        /// The date in seconds since 1970.
        let date: Int64?

        /// Whether the message is a reply without a reference to the message it answers.
        var isLost: Bool { isAnswer && references.isEmpty }
    }

    let transaction: Transaction
    let module: Module
    /// The user's own addresses, which say nothing about who answers whom.
    let own: OwnAddresses
    private let keys: PartWriter?
    private let threadOfKey: Statement
    private let size: Statement
    private let lookup: CandidateLookup

    private static let mostReferences = 5
    /// The maximum number of messages that are renamed to the thread they turn out to belong to.
    private static let mostRenamed = 32

    init(_ module: Module, in transaction: Transaction) throws {
        self.module = module
        self.transaction = transaction
        own = OwnAddresses(try transaction.store.settings().stored[.mail(.me)])
        keys = try transaction.partWriter(of: Table(.threadKey, of: module))
        let database = transaction.store.database
        threadOfKey = try database.prepare(
            """
            SELECT "e"."thread" FROM "email_thread_key" AS "k" JOIN "email" AS "e" ON "e"."id" = "k"."email" \
            WHERE "k"."value" = ? AND "e"."thread" IS NOT NULL LIMIT 1
            """,
            persistent: true
        )
        size = try database.prepare(
            "SELECT count(*) FROM (SELECT 1 FROM \"email\" WHERE \"thread\" = ? LIMIT ?)",
            persistent: true
        )
        lookup = try CandidateLookup(in: database, own: own)
    }

    /// Returns the thread of a message that is not stored yet. Threads that the message joins are merged.
    func thread(of message: Message) throws -> String {
        var threads: Set<String> = []
        for key in ids(of: message) {
            try threadOfKey.bind(Self.idKey(key), at: 1)
            defer { threadOfKey.reset() }
            if try threadOfKey.step() { threads.insert(threadOfKey.text(at: 0)) }
        }
        var divided: [Division] = []
        if !message.subject.isEmpty {
            let new = Candidate(message)
            if message.isLost {
                threads.formUnion(try self.threads(joinedBy: new, message))
            } else {
                // A thread of replies that answer this message may have been held together by them alone.
                for thread in try self.threads(answering: new, message).sorted() {
                    guard let division = try division(of: thread, by: message, new) else { continue }
                    if division.rest.isEmpty {
                        threads.insert(thread)
                    } else {
                        threads.remove(thread)
                        divided.append(division)
                    }
                }
            }
        }
        let beginnings = [message.references.first ?? message.messageID] + divided.map(\.joining.beginning)
        let name = try self.name(of: threads, beginning: beginnings.min() ?? message.messageID)
        // A thread that is left by some answers may have the name that the joined thread gets, so what remains of it is
        // renamed first.
        for division in divided {
            for part in division.rest where part.beginning != division.thread {
                try rename(.matching("\"id\" IN (\(SQLFunctions.rows(part.ids)))"), to: part.beginning)
            }
        }
        for division in divided {
            try rename(.matching("\"id\" IN (\(SQLFunctions.rows(division.joining.ids)))"), to: name)
        }
        for other in threads where other != name {
            try rename(.matching("\"thread\" = \(bind: .text(other))"), to: name)
        }
        return name
    }

    /// Returns the threads that a reply without a reference joins by its subject: the thread of the message that it
    /// answers or, if none is known, those of other such replies.
    private func threads(joinedBy reply: Candidate, _ message: Message) throws -> Set<String> {
        let (pause, lag) = (Candidate.longestPause, Candidate.longestLag)
        let answered = try lookup.talks(near: message, within: -pause...lag)
        if let host = reply.host(among: answered) { return [host.thread] }
        let others = try lookup.replies(near: message, within: -pause...pause).filter { $0.isBeside(reply) }
        if others.isEmpty { return [] }
        // What another reply answers may be as far from that as that is from this one.
        let talks = try lookup.talks(near: message, within: -2 * pause...2 * pause)
        return Self.threads(of: others, thatAnswerNoneOf: talks)
    }

    /// Returns the threads of known replies without a reference of which a new message turns out to be the one that they
    /// answer.
    private func threads(answering new: Candidate, _ message: Message) throws -> Set<String> {
        let (pause, lag) = (Candidate.longestPause, Candidate.longestLag)
        let replies = try lookup.replies(near: message, within: -lag...pause).filter { new.mayBeAnswered(by: $0) }
        if replies.isEmpty { return [] }
        // Of those that a reply may answer the one with the highest rank counts.
        let higher = try lookup.talks(near: message, within: 0...2 * pause).filter { $0.rank >= new.rank }
        return Self.threads(of: replies, thatAnswerNoneOf: higher)
    }

    /// Returns the threads of replies for which there is no message that they may answer. One such reply is enough for a
    /// thread, so that many of one thread are not all compared.
    private static func threads(of replies: [Candidate], thatAnswerNoneOf talks: [Candidate]) -> Set<String> {
        var threads: Set<String> = []
        for reply in replies where !threads.contains(reply.thread) {
            if !talks.contains(where: { $0.mayBeAnswered(by: reply) }) { threads.insert(reply.thread) }
        }
        return threads
    }

    /// Sets the thread of messages.
    private func rename(_ messages: RowSet, to name: String) throws {
        guard let field = module.field("thread") else { return }
        try transaction.writer(of: module).update(messages, [TableWriter.Change(field, to: .text(name))])
    }

    /// Returns the name of merged threads: the least id, if few messages must be renamed to it, else the name of the
    /// thread with most messages.
    ///
    /// Each renamed message is then in a thread at least twice as large, or in a small one.
    private func name(of threads: Set<String>, beginning id: String) throws -> String {
        guard let least = threads.min().map({ min($0, id) }) else { return id }
        if threads == [least] { return least }
        var largest = threads.sorted()
        var limit = Self.mostRenamed + 1
        // Messages are counted only until it is clear which thread has most; the smaller threads are then renamed.
        while true {
            let counts = try largest.map { try count(of: $0, atMost: limit) }
            let whole = zip(largest, counts).filter { $0.1 == limit }.map(\.0)
            if whole.isEmpty {
                if limit == Self.mostRenamed + 1, counts.reduce(0, +) <= Self.mostRenamed { return least }
                let most = counts.max()
                return zip(largest, counts).first { $0.1 == most }?.0 ?? least
            }
            if whole.count == 1 { return whole[0] }
            (largest, limit) = (whole, limit * 2)
        }
    }

    /// Returns the number of messages of a thread, or a limit if there are more.
    func count(of thread: String, atMost limit: Int) throws -> Int {
        try size.bind(thread, at: 1)
        try size.bind(Int64(limit), at: 2)
        defer { size.reset() }
        return try size.step() ? Int(size.integer(at: 0)) : 0
    }

    /// Stores the keys by which later messages find a stored message.
    ///
    /// - Parameter isNew: whether the message has no keys yet.
    func keep(_ message: Message, of id: Int64, isNew: Bool = true) throws {
        guard let keys else { return }
        var values = ids(of: message).map(Self.idKey)
        if !message.subject.isEmpty { values.append(CandidateLookup.key(of: message)) }
        let present = isNew ? [] : try keys.rows(of: id)
        let known = Set(present.compactMap(\.values.first?.text))
        let last = present.last?.position ?? 0
        let rows: [[Value]] = values.filter { !known.contains($0) }.map { [.text($0)] }
        // The number of keys of a message is small enough to write them together.
        if !rows.isEmpty { _ = try keys.append(together: rows, to: id, after: last) }
    }

    /// Returns the message's own id, the first one it refers to, which begins its thread, and the last ones.
    func ids(of message: Message) -> [String] {
        var ids = [message.messageID]
        let named = message.references.prefix(1) + message.references.dropFirst().suffix(Self.mostReferences - 1)
        for id in named where !ids.contains(id) { ids.append(id) }
        return ids
    }

    /// Returns the id by which a stored message is known: one that was given without any is called by its record.
    static func messageID(_ given: String?, of id: Int64) -> String { given ?? "\(ModuleName.email):\(id)" }

    static func idKey(_ id: String) -> String { "id:\(id)" }
}
