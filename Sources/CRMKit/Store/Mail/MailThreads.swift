import Formats
import SQLite

/// Joins messages that belong together into threads, in whatever order they come.
///
/// What a message has and names of ids makes it one of a thread with all that have or name one of them. One that is an
/// answer by its subject and names none goes with those of the same subject that its people have written or got not long
/// before. A thread is called by the least of the ids with which its messages begin, so that the order changes nothing.
final class MailThreads {
    /// What of a message decides where it belongs.
    struct Message {
        let messageID: String
        /// The ids that it names, the oldest first.
        let references: [String]
        /// Its subject without what answers put before it, folded.
        let subject: String
        /// Whether the subject says that it is an answer.
        let isAnswer: Bool
        /// Addresses of who wrote and got it, in lower case.
        let people: Set<String>
        /// Seconds since 1970.
        let date: Int64?
    }

    private let transaction: Transaction
    private let module: Module
    private let keys: PartWriter?
    private let threadOfKey: Statement
    private let ofSubject: Statement

    /// How long before an answer the message was written that it answers.
    private static let longestPause: Int64 = 60 * 86_400
    private static let mostReferences = 5
    private static let mostCandidates = 50

    init(_ module: Module, in transaction: Transaction) throws {
        self.module = module
        self.transaction = transaction
        keys = try transaction.partWriter(of: Table(.threadKey, of: module))
        let database = transaction.store.database
        threadOfKey = try database.prepare(
            """
            SELECT "e"."thread" FROM "email_thread_key" AS "k" JOIN "email" AS "e" ON "e"."id" = "k"."email" \
            WHERE "k"."value" = ? AND "e"."thread" IS NOT NULL LIMIT 1
            """,
            persistent: true
        )
        ofSubject = try database.prepare(
            """
            SELECT "e"."thread", "e"."date", "e"."from", "e"."to", "e"."cc", "e"."references", "e"."in_reply_to", \
            "e"."subject" FROM "email_thread_key" AS "k" JOIN "email" AS "e" ON "e"."id" = "k"."email" \
            WHERE "k"."value" = ? AND "e"."thread" IS NOT NULL ORDER BY "e"."id" DESC LIMIT \(Self.mostCandidates)
            """,
            persistent: true
        )
    }

    /// The thread that a message belongs to that is not stored yet. Threads that it joins are one from then on.
    func thread(of message: Message) throws -> String {
        var threads: Set<String> = []
        for key in ids(of: message) {
            try threadOfKey.bind(Self.idKey(key), at: 1)
            defer { threadOfKey.reset() }
            if try threadOfKey.step() { threads.insert(threadOfKey.text(at: 0)) }
        }
        if !message.subject.isEmpty { threads.formUnion(try threadsOfSubject(message)) }
        let name = threads.union([message.references.first ?? message.messageID]).min() ?? message.messageID
        for other in threads where other != name {
            guard let field = module.field("thread") else { continue }
            try transaction.writer(of: module).update(
                .matching("\"thread\" = \(bind: .text(other))"),
                [TableWriter.Change(field, to: .text(name))]
            )
        }
        return name
    }

    /// Keeps by what later messages find a stored one.
    func keep(_ message: Message, of id: Int64) throws {
        guard let keys else { return }
        var values = ids(of: message).map(Self.idKey)
        if !message.subject.isEmpty { values.append(Self.subjectKey(message.subject)) }
        for (index, value) in values.enumerated() {
            try keys.append([.text(value)], to: id, at: Int64(index) + 1)
        }
    }

    /// Its own id, the first that it names, with which its thread begins, and the last ones.
    private func ids(of message: Message) -> [String] {
        var ids = [message.messageID]
        let named = message.references.prefix(1) + message.references.dropFirst().suffix(Self.mostReferences - 1)
        for id in named where !ids.contains(id) { ids.append(id) }
        return ids
    }

    private static func idKey(_ id: String) -> String { "id:\(id)" }
    private static func subjectKey(_ subject: String) -> String { "subject:\(subject)" }

    /// The threads of messages that a subject alone joins with one: one of both is an answer that names no other.
    private func threadsOfSubject(_ message: Message) throws -> Set<String> {
        let isLost = message.isAnswer && message.references.isEmpty
        try ofSubject.bind(Self.subjectKey(message.subject), at: 1)
        defer { ofSubject.reset() }
        var threads: Set<String> = []
        while try ofSubject.step() {
            let isOtherLost =
                ofSubject.isNull(at: 5) && ofSubject.isNull(at: 6)
                && MailSubject(ofSubject.text(at: 7)).isAnswer
            guard isLost || isOtherLost, isNear(message.date, isLost: isLost) else { continue }
            let people = (2...4).flatMap { MailAddress.list(ofSubject.text(at: $0)) }.map { $0.address.lowercased() }
            if !message.people.isDisjoint(with: people) { threads.insert(ofSubject.text(at: 0)) }
        }
        return threads
    }

    /// Whether the message that is being looked at was written close enough to another.
    private func isNear(_ date: Int64?, isLost: Bool) -> Bool {
        guard let date, !ofSubject.isNull(at: 1), let other = Moment.seconds(stored: ofSubject.text(at: 1)) else {
            return true
        }
        return abs(date - other) <= Self.longestPause
    }
}
