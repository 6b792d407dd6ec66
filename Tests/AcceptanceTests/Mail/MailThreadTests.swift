import Testing

/// Which messages are one thread.
@Suite struct MailThreadTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private static let from = "From ana@example.org Mon Jan  5 10:00:00 2026\n"

    private struct Message {
        var subject: String
        var references: [String] = []
        var from = "ana@example.org"
        var to = "luis@example.net"
        /// Of January 2026.
        var day = 5
        var hour = 10
    }

    /// The threads of messages, which come in the order in which they are given, by their ids.
    private func threads(_ messages: [(id: String, message: Message)]) throws -> [String: String] {
        let box = messages.map { id, message in
            let references = message.references.map { "<\($0)@x>" }.joined(separator: " ")
            return Self.from + "Message-ID: <\(id)@x>\nFrom: \(message.from)\nTo: \(message.to)\n"
                + "Subject: \(message.subject)\nDate: \(message.day) Jan 2026 \(message.hour):00:00 +0000\n"
                + (references.isEmpty ? "" : "References: \(references)\n") + "\nHola \(id)\n\n"
        }
        try crm.succeed(["email", "import", "-"], stdin: box.joined())
        let columns = ["--columns", "message_id,thread", "--no-header"]
        let lines = try crm.succeed(["email", "list"] + columns).lines.map { $0.split(separator: "\t") }
        return Dictionary(uniqueKeysWithValues: lines.map { (String($0[0].dropLast(2)), String($0[1].dropLast(2))) })
    }

    private func threads(_ messages: KeyValuePairs<String, Message>) throws -> [String: String] {
        try threads(messages.map { (id: $0.key, message: $0.value) })
    }

    @Test("A message that is no answer is of no earlier thread for its subject, whoever writes it and however often")
    func sameSubject() throws {
        let names = (10..<80).map { "m\($0)" }
        let threads = try threads(names.map { (id: $0, message: Message(subject: "Cron daily")) })
        #expect(threads.count == 70 && threads.allSatisfy { $0.key == $0.value })
    }

    @Test("An answer that names none is of what was written before it, not of what comes later under the same subject")
    func laterSubject() throws {
        let messages: KeyValuePairs = [
            "a": Message(subject: "Factura", day: 5),
            "b": Message(subject: "Re: Factura", from: "luis@example.net", to: "ana@example.org", day: 6),
            "c": Message(subject: "Factura", day: 20),
        ]
        #expect(try threads(messages) == ["a": "a", "b": "a", "c": "c"])
    }

    @Test("A later message of the same subject is of no answer that came before it, the other way round neither")
    func laterSubjectFirst() throws {
        let messages: KeyValuePairs = [
            "c": Message(subject: "Factura", day: 20),
            "b": Message(subject: "Re: Factura", from: "luis@example.net", to: "ana@example.org", day: 6),
            "a": Message(subject: "Factura", day: 5),
        ]
        #expect(try threads(messages) == ["a": "a", "b": "a", "c": "c"])
    }

    @Test("What is no answer is not of the answer before it, hours apart as well as days")
    func afterAnswer() throws {
        let messages: KeyValuePairs = [
            "a": Message(subject: "RV: Pedido", hour: 4),
            "b": Message(subject: "Pedido", hour: 5),
        ]
        #expect(try threads(messages) == ["a": "a", "b": "b"])
    }

    @Test("An answer that names none is of the latest talk before it, and makes no one of two")
    func latestTalk() throws {
        let messages: KeyValuePairs = [
            "a": Message(subject: "Pedido", hour: 1),
            "b": Message(subject: "Pedido", hour: 5),
            "c": Message(subject: "RE: Pedido", from: "luis@example.net", to: "ana@example.org", hour: 6),
            "d": Message(subject: "RE: Pedido", hour: 7),
            "e": Message(subject: "RE: Pedido", from: "luis@example.net", to: "ana@example.org", hour: 2),
        ]
        #expect(try threads(messages) == ["a": "a", "b": "b", "c": "b", "d": "b", "e": "a"])
    }

    @Test("Answers whose beginning comes last are of its thread, with those that name them")
    func beginningLast() throws {
        let messages: KeyValuePairs = [
            "b": Message(subject: "RE: Pedido", from: "luis@example.net", to: "ana@example.org", hour: 6),
            "c": Message(subject: "RE: Pedido", references: ["b"], hour: 7),
            "d": Message(subject: "RE: Pedido", from: "luis@example.net", to: "ana@example.org", hour: 8),
            "a": Message(subject: "Pedido", hour: 1),
        ]
        #expect(try threads(messages) == ["a": "a", "b": "a", "c": "a", "d": "a"])
    }

    private static let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]

    @Test("An answer that fits several talks is of the latest before it, whatever comes first", arguments: orders)
    func anyOrder(_ order: [Int]) throws {
        try crm.succeed("config", "set", "mail.me", "yo@mi.example")
        let orders: [[(id: String, message: Message)]] = [
            [
                (id: "p1", message: Message(subject: "Pedido", from: "yo@mi.example", to: "leo@d.example", day: 2)),
                (id: "p2", message: Message(subject: "Pedido", from: "zoe@c.example", to: "leo@d.example", day: 3)),
                (id: "p3", message: Message(subject: "RE: Pedido", from: "leo@d.example", to: "zoe@c.example", day: 4)),
            ],
            [
                (id: "f3", message: Message(subject: "Factura", from: "yo@mi.example", to: "zoe@c.example", day: 2)),
                (id: "f2", message: Message(subject: "Factura", from: "yo@mi.example", to: "leo@d.example", day: 3)),
                (
                    id: "f1",
                    message: Message(subject: "RE: Factura", from: "leo@d.example", to: "zoe@c.example", day: 4)
                ),
            ],
        ]
        let threads = try threads(orders.flatMap { messages in order.map { messages[$0] } })
        #expect(threads == ["p1": "p1", "p2": "p2", "p3": "p2", "f3": "f3", "f2": "f1", "f1": "f1"])
    }

    @Test("What answers an answer moves with it, and what is for the one it leaves stays", arguments: [true, false])
    func answersOfAnswers(isLast: Bool) throws {
        let better = (id: "b", message: Message(subject: "Pedido", hour: 5))
        let others: [(id: String, message: Message)] = [
            (id: "a", message: Message(subject: "Pedido", hour: 1)),
            (
                id: "c",
                message: Message(subject: "RE: Pedido", from: "luis@example.net", to: "ana@example.org", hour: 6)
            ),
            (id: "d", message: Message(subject: "RE: Pedido", references: ["c"], hour: 7)),
            (
                id: "e",
                message: Message(subject: "RE: Pedido", from: "luis@example.net", to: "ana@example.org", hour: 8)
            ),
            (
                id: "f",
                message: Message(subject: "RE: Pedido", from: "luis@example.net", to: "ana@example.org", hour: 2)
            ),
        ]
        let threads = try threads(isLast ? others + [better] : [better] + others)
        #expect(threads == ["a": "a", "b": "b", "c": "b", "d": "b", "e": "b", "f": "a"])
    }

    @Test("The threads of any messages are the same in any order", arguments: 1...6)
    func randomOrders(seed: Int) throws {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        func random(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }
        let people = ["yo@mi.example", "zoe@c.example", "leo@d.example", "eva@e.example"]
        var messages: [(id: String, message: Message)] = []
        for number in 0..<12 {
            let from = random(4)
            let isAnswer = random(3) > 0
            var message = Message(subject: (isAnswer ? "RE: " : "") + ["Pedido", "Factura"][random(2)])
            (message.from, message.to) = (people[from], people[(from + 1 + random(3)) % 4])
            // Each at a time of its own.
            (message.day, message.hour) = (2 + number, random(24))
            if isAnswer, number > 0, random(2) == 0 { message.references = [messages[random(number)].id] }
            messages.append((id: "m\(10 + random(80))\(number)", message: message))
        }
        var known: [String: String]?
        for _ in 0..<4 {
            let other = try MailThreadTests()
            try other.crm.succeed("config", "set", "mail.me", "yo@mi.example")
            let threads = try other.threads(messages)
            #expect(known == nil || known == threads, "\(messages.map(\.id))")
            known = known ?? threads
            for index in messages.indices.dropFirst().reversed() { messages.swapAt(index, random(index + 1)) }
        }
    }

    @Test("Threads of many messages are joined whole, whatever comes first", arguments: [20, 100])
    func many(_ count: Int) throws {
        let names = (0..<count).map { "m\(1000 + $0)" }
        let chain = names.indices.dropFirst().reversed().map { index in
            (id: names[index], message: Message(subject: "u\(index)", references: [names[index - 1]]))
        }
        let threads = try threads(chain)
        #expect(threads.count == count - 1 && Set(threads.values).count == 1)
        // Of few messages the thread is called as the first begins.
        if count == 20 { #expect(threads["m1019"] == "m1000") }
    }

    @Test("Two threads of many become one by the message between them")
    func joining() throws {
        func thread(_ name: String, _ count: Int) -> [(id: String, message: Message)] {
            (0..<count).map { index in
                let references = index == 0 ? [] : ["\(name)0"]
                return (id: "\(name)\(index)", message: Message(subject: "\(name)\(index)", references: references))
            }
        }
        let between = (id: "z", message: Message(subject: "z", references: ["a3", "b3", "c0"]))
        let threads = try threads(thread("a", 40) + thread("b", 90) + thread("c", 2) + [between])
        #expect(threads.count == 133 && Set(threads.values) == ["b0"])
        try crm.succeed("undo")
        #expect(try crm.run("email", "list", "--count").output == "0\n")
    }
}
