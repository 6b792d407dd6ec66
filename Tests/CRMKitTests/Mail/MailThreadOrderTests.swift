import TestSupport
import Testing

@testable import CRMKit

/// Threads that are the same in whatever order messages arrive.
@Suite struct MailThreadOrderTests {
    private struct Message {
        let id: String
        let subject: String
        let from: String
        let to: String
        /// Minutes since the beginning of 2026.
        let minute: Int64
        let references: [String]
    }

    private static let people = ["yo@mi.example", "luz@mi.example", "zoe@c.example", "leo@d.example", "eva@e.example"]

    /// Messages of a few subjects and people; of some that answer nobody knows what.
    private static func messages(_ generator: inout SeededGenerator) -> [Message] {
        var messages: [Message] = []
        for number in 0..<Int.random(in: 6...16, using: &generator) {
            let isAnswer = Int.random(in: 0...3, using: &generator) > 0
            let subject = ["Pedido", "Factura"].randomElement(using: &generator) ?? ""
            let pair = people.shuffled(using: &generator)
            // Some are apart by less than clocks may be, some by more than a talk lasts.
            let step = [3, 500, 20_000, 70_000].randomElement(using: &generator) ?? 0
            var references: [String] = []
            let isNamed = Int.random(in: 0...2, using: &generator) == 0
            if isAnswer, isNamed, let answered = messages.randomElement(using: &generator) {
                references = answered.references + [answered.id]
            }
            messages.append(
                Message(
                    id: "m\(Int.random(in: 10...99, using: &generator))-\(number)@x",
                    subject: (isAnswer ? "RE: " : "") + subject,
                    from: pair[0],
                    to: pair[1],
                    minute: (messages.last?.minute ?? 0) + Int64(step),
                    references: references
                )
            )
        }
        return messages
    }

    /// The thread of each message, when they arrive in an order.
    private func threads(_ messages: [Message]) throws -> [String: String] {
        let file = try TemporaryStore()
        let module = Registry.standard[.email]
        _ = try file.store.set(.mail(.me), to: "mi.example", TemporaryStore.request())
        let start = try #require(Moment(stored: "2026-01-01T00:00:00Z"))
        try file.write { transaction in
            for message in messages {
                let date = Moment(secondsSinceEpoch: start.secondsSinceEpoch + message.minute * 60)
                var fields = [
                    ("message_id", message.id), ("subject", message.subject), ("from", message.from),
                    ("to", message.to), ("date", date?.description ?? ""),
                ]
                let references = message.references.joined(separator: " ")
                if !references.isEmpty { fields.append(("references", references)) }
                let id = try transaction.add(module, fields.map { FieldInput($0.0, .set($0.1)) })
                try transaction.settleMail(id, of: module)
            }
        }
        let rows = try file.store.database.all("SELECT message_id, thread FROM email")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0].text ?? "", $0[1].text ?? "") })
    }

    @Test("any messages, in any order", arguments: 1...12)
    func anyOrder(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let messages = Self.messages(&generator)
        let known = try threads(messages)
        for _ in 0..<2 {
            let order = messages.shuffled(using: &generator)
            #expect(try threads(order) == known, "\(order.map(\.id))")
        }
        #expect(try threads(messages.reversed()) == known)
    }

    private static func lost(_ id: String, day: Int64, from: String = "zoe@c.example") -> Message {
        Message(id: id, subject: "RE: Pedido", from: from, to: "yo@mi.example", minute: day * 1440, references: [])
    }

    @Test("a reply is of the message of its day among the many of one subject, whatever comes first")
    func manyOfOneSubject() throws {
        let messages = (100...220).map { day in
            Message(
                id: "d\(day)",
                subject: "Pedido",
                from: "yo@mi.example",
                to: "zoe@c.example",
                minute: Int64(day) * 1440,
                references: []
            )
        }
        let replies = [Self.lost("z1", day: 105), Self.lost("z2", day: 160), Self.lost("z3", day: 220)]
        let hosts = ["z1": "d105", "z2": "d160", "z3": "d220"]
        let orders: [[Message]] = [
            messages + replies, replies + messages, (messages + replies).reversed(), replies + messages.reversed(),
        ]
        for order in orders {
            for (id, thread) in try threads(order) { #expect(thread == hosts[id] ?? id) }
        }
    }

    @Test("what very many replies answer is in their thread, also where it comes last", arguments: [300, 600])
    func manyReplies(count: Int64) throws {
        let (me, zoe) = ("yo@mi.example", "zoe@c.example")
        let first = Message(id: "m", subject: "Pedido", from: me, to: zoe, minute: 0, references: [])
        let replies = (1...count).reversed().map { number in
            Message(id: "r\(number)", subject: "RE: Pedido", from: zoe, to: me, minute: number, references: [])
        }
        let found = try threads(replies + [first])
        #expect(Set(found.values).count == 1)
    }

    @Test("replies that only one between them holds together are one thread, until each has its message")
    func between() throws {
        let replies = [Self.lost("a", day: 1), Self.lost("b", day: 50), Self.lost("c", day: 100)]
        for order in [[0, 1, 2], [0, 2, 1], [2, 1, 0], [1, 0, 2]] {
            #expect(try threads(order.map { replies[$0] }) == ["a": "a", "b": "a", "c": "a"])
        }
        // The middle one's message leaves the others without each other.
        let message = Message(
            id: "m",
            subject: "Pedido",
            from: "yo@mi.example",
            to: "zoe@c.example",
            minute: 49 * 1440,
            references: []
        )
        #expect(try threads(replies + [message]) == ["a": "a", "b": "b", "c": "b", "m": "b"])
        #expect(try threads([message] + replies.reversed()) == ["a": "a", "b": "b", "c": "b", "m": "b"])
    }

    @Test(
        "a reply without a date is of the newest message of its own subject, however many others there are",
        arguments: ["Pedido", "Pedido|1"]
    )
    func withoutDate(others: String) throws {
        let file = try TemporaryStore()
        let module = Registry.standard[.email]
        _ = try file.store.set(.mail(.me), to: "mi.example", TemporaryStore.request())
        let start = try #require(Moment(stored: "2026-01-01T00:00:00Z"))
        func message(_ id: String, _ subject: String, _ date: Moment?) -> [(String, String)] {
            let fields = [
                ("message_id", id), ("subject", subject), ("from", "yo@mi.example"), ("to", "zoe@c.example"),
            ]
            return fields + (date.map { [("date", $0.description)] } ?? [])
        }
        let newest = Moment(stored: "2026-05-01T00:00:00Z")
        let many = (0..<260).map { (number: Int64) in
            message("o\(number)", others, Moment(secondsSinceEpoch: start.secondsSinceEpoch + number * 3600))
        }
        try file.write { transaction in
            for fields in [message("newest", "Pedido", newest)] + many + [message("reply", "RE: Pedido", nil)] {
                let id = try transaction.add(module, fields.map { FieldInput($0.0, .set($0.1)) })
                try transaction.settleMail(id, of: module)
            }
        }
        let rows = try file.store.database.all("SELECT thread FROM email WHERE message_id IN ('newest', 'reply')")
        #expect(rows.map { $0[0].text ?? "" } == ["newest", "newest"])
    }

    @Test("replies without an id have threads of their own once a message that some of them answer arrives")
    func withoutID() throws {
        let file = try TemporaryStore()
        let module = Registry.standard[.email]
        _ = try file.store.set(.mail(.me), to: "mi.example", TemporaryStore.request())
        let reply = [("subject", "RE: Pedido"), ("from", "zoe@c.example"), ("to", "yo@mi.example")]
        let message = [
            ("message_id", "m@x"), ("subject", "Pedido"), ("from", "yo@mi.example"), ("to", "zoe@c.example"),
            ("date", "2026-02-19T00:00:00Z"),
        ]
        let dates = ["2026-01-02T00:00:00Z", "2026-02-20T00:00:00Z", "2026-04-11T00:00:00Z"]
        try file.write { transaction in
            for fields in dates.map({ reply + [("date", $0)] }) + [message] {
                let id = try transaction.add(module, fields.map { FieldInput($0.0, .set($0.1)) })
                try transaction.settleMail(id, of: module)
            }
        }
        let rows = try file.store.database.all("SELECT thread FROM email ORDER BY id")
        #expect(rows.map { $0[0].text ?? "" } == ["email:1", "email:2", "email:2", "email:2"])
    }
}
