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
