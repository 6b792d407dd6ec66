import Formats
import SQLite

/// Replies without a reference whose message arrives after them, or after an earlier message that they seemed to answer.
extension MailThreads {
    /// Replies that leave their thread, with all messages that are connected with them by ids.
    struct Moving {
        /// The thread that they leave.
        let thread: String
        fileprivate(set) var ids: Set<Int64>
        /// The ids of the messages that begin what moves.
        fileprivate(set) var beginnings: [String]
    }

    /// Returns the known replies that a new message turns out to be the one they answer, rather than an earlier one. Each
    /// takes along the replies without a reference to what follows it.
    func answers(to message: Message, among all: [Candidate]) throws -> [Moving] {
        let lost = all.filter(\.isLost)
        let rank = (message.date ?? Int64.min, message.messageID)
        var moving: [String: Moving] = [:]
        for reply in lost where Self.isBefore(message.date, reply.date) && reply.isNear(message.date) {
            guard reply.isOf(message.people) else { continue }
            let host = host(of: reply, among: all)
            if let host, host.rank >= rank { continue }
            try add(reply, without: host, to: &moving)
        }
        // What such a reply is the message for goes with it.
        var isSettled = moving.isEmpty
        while !isSettled {
            isSettled = true
            for reply in lost {
                guard let ids = moving[reply.thread]?.ids, !ids.contains(reply.id),
                    let host = host(of: reply, among: all), ids.contains(host.id)
                else { continue }
                if try add(reply, without: nil, to: &moving) { isSettled = false }
            }
        }
        return moving.values.sorted { $0.thread < $1.thread }
    }

    /// Returns the message in the thread of a reply that the reply is in it for.
    private func host(of reply: Candidate, among all: [Candidate]) -> Candidate? {
        let people = own.others(among: reply.addresses)
        return all.filter {
            !$0.isLost && $0.thread == reply.thread && $0.isBefore(reply.date) && $0.isNear(reply.date)
                && $0.isOf(people)
        }.max { $0.rank < $1.rank }
    }

    /// Adds a reply and all messages of its thread that share ids with it, unless they are too many, or connect it with
    /// the message it was in the thread for.
    @discardableResult
    private func add(_ reply: Candidate, without host: Candidate?, to moving: inout [String: Moving]) throws -> Bool {
        let rows = try transaction.store.database.all(
            """
            WITH RECURSIVE "part"("id") AS (SELECT ? UNION SELECT "o"."email" FROM "part" AS "p" \
            JOIN "email_thread_key" AS "k" ON "k"."email" = "p"."id" AND "k"."value" >= 'id:' AND "k"."value" < 'id;' \
            JOIN "email_thread_key" AS "o" ON "o"."value" = "k"."value" \
            JOIN "email" AS "e" ON "e"."id" = "o"."email" AND "e"."thread" = ? LIMIT \(Self.mostRenamed + 1)) \
            SELECT "e"."id", "e"."message_id", "e"."references" FROM "part" JOIN "email" AS "e" ON "e"."id" = "part"."id"
            """,
            [.integer(reply.id), .text(reply.thread)]
        )
        let ids = Set(rows.compactMap { $0[0].integer })
        guard rows.count <= Self.mostRenamed, host.map({ !ids.contains($0.id) }) ?? true else { return false }
        var part = moving[reply.thread] ?? Moving(thread: reply.thread, ids: [], beginnings: [])
        part.ids.formUnion(ids)
        part.beginnings += rows.compactMap { Self.beginning($0[1], $0[2]) }
        moving[reply.thread] = part
        return true
    }

    /// Gives the thread that replies leave the name it would have without them.
    func renameRest(of answers: Moving) throws {
        let moved = answers.ids.sorted()
        let rest = try transaction.store.database.all(
            """
            SELECT "message_id", "references" FROM "email" WHERE "thread" = ? \
            AND "id" NOT IN (\(moved.map(String.init).joined(separator: ", "))) LIMIT \(Self.mostRenamed + 1)
            """,
            [.text(answers.thread)]
        )
        let left = rest.compactMap { Self.beginning($0[0], $0[1]) }.min()
        if rest.count <= Self.mostRenamed, let left, left != answers.thread {
            try rename(.matching("\"thread\" = \(bind: .text(answers.thread))"), to: left)
        }
    }

    /// Returns the id of the message that began the thread, as far as a message tells.
    private static func beginning(_ messageID: Value, _ references: Value) -> String? {
        references.text?.split(separator: " ").first.map(String.init) ?? messageID.text
    }
}
