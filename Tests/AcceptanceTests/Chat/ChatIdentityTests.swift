import Foundation
import Testing

/// A message stands once, whether the server tells it or an export without keys does, and whichever came first.
@Suite struct ChatIdentityTests {
    private let server: ChatServer
    private let crm: CRM

    init() throws {
        server = try ChatServer()
        crm = try .speaking(to: server)
        try server.order(#"{"do":"room","id":"GENERAL","kind":"c","name":"general"}"#, in: crm)
        try crm.succeed("channel", "add", "--room", "GENERAL")
    }

    private var texts: [String?] {
        get throws { try crm.json("channel", "log", "1").elements.map { $0["text"]?.string } }
    }

    private func counts(_ arguments: String...) throws -> [Int?] { try counts(arguments) }

    private func counts(_ arguments: [String]) throws -> [Int?] {
        let result = try crm.succeed(arguments + ["--json"])
        return try ["new", "edited", "deleted"].map { try JSON(result.outputBytes).elements.first?[$0]?.integer }
    }

    private func send(_ text: String, _ more: String = "", at moment: Int = 1_760_000_000_123) throws {
        try server.order(#"{"do":"send","room":"GENERAL","text":"\#(text)","at":\#(moment)\#(more)}"#, in: crm)
    }

    private func export(_ messages: (text: String, more: String)...) throws {
        let lines = messages.map { message in
            #"{"msg":"\#(message.text)","username":"ana","ts":"2025-10-09T08:53:20.123Z"\#(message.more)}"# + "\n"
        }
        try crm.write(lines.joined(), to: "export.jsonl")
    }

    struct Meeting {
        /// The export's messages and the server's, and what stands in the end.
        let exported: [String], sent: [String], all: [String]
    }

    @Test(
        "an export and the server are one, in either order, and the server's word counts",
        arguments: [
            Meeting(exported: ["hola"], sent: ["hola"], all: ["hola"]),
            Meeting(exported: ["hola", "hola"], sent: ["hola", "hola"], all: ["hola", "hola"]),
            Meeting(exported: ["hola", "adiós"], sent: ["adiós", "hola"], all: ["hola", "adiós"]),
            Meeting(exported: ["hola"], sent: ["otra cosa"], all: ["hola", "otra cosa"]),
        ],
        [true, false]
    )
    func met(_ meeting: Meeting, isExportFirst: Bool) throws {
        let (exported, sent, all) = (meeting.exported, meeting.sent, meeting.all)
        let lines = exported.map { #"{"msg":"\#($0)","username":"ana","ts":{"$date":1760000000123}}"# + "\n" }
        try crm.write(lines.joined(), to: "export.jsonl")
        for text in sent { try send(text, #","reactions":{":+1:":{"usernames":["me"]}},"tmid":"t""#) }
        let steps = [["channel", "import", "export.jsonl", "--into", "1"], ["channel", "sync", "1"]]
        for step in isExportFirst ? steps : steps.reversed() { try crm.succeed(step) }
        #expect(try texts.map { $0 ?? "" }.sorted() == all.sorted())
        let keys = "SELECT message_id FROM channel_message WHERE reactions = ':+1: me' AND thread = 't' ORDER BY 1"
        #expect(try crm.sql(keys) == sent.indices.map { "GENERAL-\($0)" }.joined(separator: "\n"))
        #expect(try crm.sql("SELECT count(*) FROM channel_message WHERE earlier IS NOT NULL") == "0")
        // What is known changes nothing, from either.
        let sets = try crm.sql("SELECT count(*) FROM change_set")
        for step in steps + steps { #expect(try counts(step) == [0, 0, 0]) }
        #expect(try crm.sql("SELECT count(*) FROM change_set") == sets)
        #expect(try crm.run("check").status == 0)
    }

    @Test("edited between the two it is the same, with what it said before") func edited() throws {
        try export(("precio 100", ""))
        try crm.succeed("channel", "import", "export.jsonl", "--into", "1")
        try send("precio 120", #","editedAt":"2025-10-09T09:00:00.000Z""#)
        #expect(try counts("channel", "sync", "1") == [0, 1, 0])
        #expect(try texts == ["precio 120"])
        let earlier = try crm.json("channel", "log", "1").elements.first?["earlier"]?.elements.first
        #expect(earlier?["text"]?.string == "precio 100")
        // The old state turns nothing back; a later one is taken, with what only the server tells.
        try crm.succeed("channel", "import", "export.jsonl", "--into", "1")
        #expect(try texts == ["precio 120"])
        try export(("precio 130", #","editedAt":"2025-10-09T10:00:00.000Z""#))
        #expect(try counts("channel", "import", "export.jsonl", "--into", "1") == [0, 1, 0])
        #expect(try texts == ["precio 130"])
        #expect(try crm.sql("SELECT message_id FROM channel_message") == "GENERAL-0")
    }

    @Test("what the server says by itself is the same in other words") func system() throws {
        try export(("Has joined the channel.", #","type":"uj""#))
        try crm.succeed("channel", "import", "export.jsonl", "--into", "1")
        try send("ana", #","t":"uj""#)
        #expect(try counts("channel", "sync", "1") == [0, 0, 0])
        #expect(try texts == ["ana"])
        #expect(try crm.sql("SELECT count(*) FROM channel_message WHERE earlier IS NOT NULL") == "0")
    }

    @Test("what the server no longer has stays as it was imported") func pruned() throws {
        try export(("hola", ""))
        try crm.succeed("channel", "import", "export.jsonl", "--into", "1")
        for number in 0..<3 { try send("\(number)", at: 1_770_000_000_000 + number) }
        #expect(try counts("channel", "sync", "1") == [3, 0, 0])
        #expect(try counts("channel", "sync", "1", "--full") == [0, 0, 0])
        #expect(try texts == ["hola", "0", "1", "2"])
    }

    @Test("what was imported with its keys stays too where it is older than all that the server has") func prunedKeys()
        throws
    {
        let lines = [1_750_000_000_000, 1_765_000_000_000].enumerated().map { number, moment in
            #"{"_id":"old-\#(number)","rid":"GENERAL","msg":"old \#(number)","u":{"username":"ana"},"ts":{"$date":\#(moment)}}"#
                + "\n"
        }
        try crm.write(lines.joined(), to: "export.jsonl")
        try crm.succeed("channel", "import", "export.jsonl", "--chat", "rocketchat")
        for number in 0..<4 { try send("\(number)", at: 1_760_000_000_000 + number * 5_000_000_000) }
        try crm.succeed("channel", "sync", "1")
        // The later one stood between messages of the server, which are there.
        #expect(try counts("channel", "sync", "1", "--full") == [0, 0, 1])
        let gone = "SELECT message_id FROM channel_message WHERE deleted_at IS NOT NULL ORDER BY sent_at"
        #expect(try crm.sql(gone) == "old-1")
        #expect(try counts("channel", "sync", "1", "--full") == [0, 0, 0])
        #expect(try counts("channel", "sync", "1", "--full", "--force") == [0, 0, 1])
        #expect(try crm.sql(gone) == "old-0\nold-1")
    }

    @Test("what an erased person wrote does not come back from the server") func erased() throws {
        try crm.add("contact", "--last-name", "Ruiz", "--point", "chat:ana")
        try export(("secreto", ""))
        try crm.succeed("channel", "import", "export.jsonl", "--into", "1")
        try crm.succeed("contact", "erase", "1", "--yes")
        try send("secreto")
        #expect(try counts("channel", "sync", "1") == [0, 0, 0])
        #expect(try crm.sql("SELECT count(*) FROM channel_message WHERE text = 'secreto'") == "0")
    }

    @Test("a server that gives nothing is not believed without being told to") func emptied() throws {
        for number in 0..<5 { try send("\(number)", at: 1_760_000_000_000 + number) }
        #expect(try counts("channel", "sync", "1") == [5, 0, 0])
        let now = Int(Date().timeIntervalSince1970 * 1000)
        try send("sent since", #","updated":\#(now)"#, at: 1_770_000_000_000)
        let empty = #"{"do":"fault","kind":"empty","method":"channels.messages"}"#
        try server.order(empty, in: crm)
        let refused = try crm.run("channel", "sync", "1", "--full")
        #expect(refused.status == 5 && refused.errors.contains("0 of 5"), "\(refused.errors)")
        #expect(try crm.sql("SELECT count(*) FROM channel_message WHERE deleted_at IS NOT NULL") == "0")
        // What there was to read before is read after it.
        #expect(try counts("channel", "sync", "1") == [1, 0, 0])
        try server.order(empty, in: crm)
        #expect(try counts("channel", "sync", "1", "--full", "--force") == [0, 0, 6])
        let back = try crm.succeed("channel", "sync", "1", "--full")
        #expect(back.errors.contains("there again: "), "\(back.errors)")
        #expect(try texts == ["0", "1", "2", "3", "4", "sent since"])
        let traces = "SELECT count(*) FROM channel_message WHERE earlier IS NOT NULL OR deleted_at IS NOT NULL"
        #expect(try crm.sql(traces) == "0")
        #expect(try counts("channel", "sync", "1", "--full") == [0, 0, 0])
    }

    @Test("a room is read into one channel, however others name it", arguments: ["GENERAL", "general", "#general"])
    func oneChannel(name: String) throws {
        try send("hola")
        try crm.succeed("channel", "add", "--name", "second", "--room", name)
        let result = try crm.run("channel", "sync", "--all")
        #expect(result.status == 6 && result.errors.contains("the room GENERAL is channel 1"), "\(result.errors)")
        #expect(try crm.sql("SELECT channel, text FROM channel_message") == "1|hola")
        #expect(try crm.sql("SELECT room_id, server_url FROM channel WHERE id = 2") == "\(name)|")
        #expect(try crm.run("channel", "sync", "2").status == 5)
    }

    @Test("a room that has a channel by its name gets no other") func discovered() throws {
        try server.order(#"{"do":"room","id":"R2","kind":"p","name":"obra"}"#, in: crm)
        try crm.succeed("channel", "add", "--room", "#obra")
        #expect(try crm.json("channel", "discover", "--add").elements.map { $0["id"]?.integer } == [1, 2])
        #expect(try crm.sql("SELECT count(*) FROM channel") == "2")
    }
}
