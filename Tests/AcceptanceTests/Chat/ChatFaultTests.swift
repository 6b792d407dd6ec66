import Foundation
import Testing

/// Messages and answers that are not as they should be: one of them stops nothing that comes after it.
@Suite struct ChatFaultTests {
    private let server: ChatServer
    private let crm: CRM

    init() throws {
        server = try ChatServer()
        crm = try .speaking(to: server)
        try order(#"{"do":"room","id":"GENERAL","kind":"c","name":"general"}"#)
        try crm.succeed("channel", "add", "--room-id", "GENERAL")
    }

    private func order(_ text: String) throws { try server.order(text, in: crm) }

    /// Sends a message some seconds from now.
    private func send(_ text: String, after seconds: Int, to room: String = "GENERAL", _ more: String = "") throws {
        let at = (Int(Date().timeIntervalSince1970) + seconds) * 1000
        try order(#"{"do":"send","room":"\#(room)","id":"\#(text)","text":"\#(text)","at":\#(at)\#(more)}"#)
    }

    /// How many messages of the channel are new, edited and deleted.
    private func news() throws -> [Int?] {
        let room = try crm.json("channel", "sync", "1").elements.first
        return ["new", "edited", "deleted"].map { room?[$0]?.integer }
    }

    @Test("A message of the future does not hide what comes after it", arguments: [3600, 80 * 366 * 86_400])
    func future(seconds: Int) throws {
        try send("first", after: -600)
        try send("future", after: seconds)
        #expect(try news() == [2, 0, 0])
        try send("second", after: 0)
        #expect(try news() == [1, 0, 0])
        try order(#"{"do":"edit","room":"GENERAL","identifier":"second","text":"other"}"#)
        try order(#"{"do":"delete","room":"GENERAL","identifier":"first"}"#)
        #expect(try news() == [0, 1, 1])
        let sync = try crm.sql("SELECT * FROM room_sync")
        #expect(try news() == [0, 0, 0])
        #expect(try crm.sql("SELECT * FROM room_sync") == sync)
    }

    @Test("A room that was read until the future is read again") func readUntilFuture() throws {
        try send("first", after: -600)
        #expect(try news() == [1, 0, 0])
        try crm.sql("UPDATE room_sync SET since = '2099-01-01T00:00:00.000Z'")
        try send("second", after: -300)
        let result = try crm.run("channel", "sync", "1", "--json")
        #expect(result.errors.contains("everything is read again"), "\(result.errors)")
        #expect(try JSON(result.outputBytes).elements.first?["new"]?.integer == 1)
        #expect(try news() == [0, 0, 0])
    }

    @Test("What a server writes late is not missed") func late() throws {
        try send("first", after: 0)
        #expect(try news() == [1, 0, 0])
        try send("late", after: -30)
        #expect(try news() == [1, 0, 0])
    }

    @Test("Two discoveries at once make each room once") func discoveries() throws {
        for room in ["A", "B"] { try order(#"{"do":"room","id":"\#(room)","kind":"p","name":"room-\#(room)"}"#) }
        try order(#"{"do":"fault","kind":"slow","seconds":1,"method":"im.list","times":2}"#)
        try crm.shell("crm channel discover --add & crm channel discover --add; wait")
        #expect(try crm.sql("SELECT room_id FROM channel ORDER BY 1") == "A\nB\nGENERAL")
    }

    /// Moments that do not exist.
    private static let impossible = [
        "2026-02-30T00:00:00.000Z", "2026-01-01T25:00:00.000Z", "2026-13-01T00:00:00.000Z", "2026-01-01T00:00:60.000Z",
        "2026-01-01T00:60:00.000Z", "2026-00-10T00:00:00.000Z", "0000-01-01T00:00:00.000Z", "2025-02-29T10:00:00Z",
    ]

    @Test("A message of a moment that does not exist is passed over and told, whatever gives it", arguments: impossible)
    func impossibleMoment(moment: String) throws {
        try send("good", after: -600)
        try send("bad", after: -500, #","ts":"\#(moment)""#)
        let synced = try crm.run("channel", "sync", "1")
        #expect(synced.status == 0 && synced.errors.contains("with a key and a time: 1"), "\(synced.errors)")
        func message(_ moment: String) -> String {
            #"{"_id":"\#(moment)","rid":"R","msg":"x","u":{"username":"ana"},"ts":"\#(moment)"}"# + "\n"
        }
        try crm.write(message("2026-01-01T00:00:00.000Z") + message(moment), to: "a.jsonl")
        let imported = try crm.run("channel", "import", "a.jsonl", "--chat", "rocketchat")
        #expect(imported.status == 6 && imported.errors.contains("no message with a time: 1"), "\(imported.errors)")
        #expect(try crm.sql("SELECT count(*) FROM channel_message") == "2")
        #expect(try crm.run("check").status == 0)
    }

    @Test("Chats of other programs are not asked of the server") func otherPrograms() throws {
        try crm.shell("mkdir -p slack/general")
        try crm.write(#"[{"id":"C1","name":"general"}]"#, to: "slack/channels.json")
        try crm.write(
            #"[{"type":"message","ts":"1700000000.000100","text":"hola","username":"eva"}]"#,
            to: "slack/general/2023-11-14.json"
        )
        try crm.write(
            """
            {"type":"version","version":1}
            {"type":"post","post":{"team":"t","channel":"x","user":"ana","message":"hola","create_at":1700000000000}}
            """,
            to: "import.jsonl"
        )
        try crm.succeed("channel", "import", "slack")
        try crm.succeed("channel", "import", "import.jsonl")
        try send("first", after: -600)
        let result = try crm.run("channel", "sync", "--all", "--json")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("passed over channels without a server"), "\(result.errors)")
        #expect(try JSON(result.outputBytes).elements.map { $0["id"]?.integer } == [1])
        let rooms = try server.log(in: crm).compactMap { $0["query"]?["roomId"]?.string }
        #expect(Set(rooms) == ["GENERAL"])
    }

    @Test("Half a character is replaced and told, and the rest of an export stays") func halves() throws {
        func message(_ number: Int, _ text: String) -> String {
            #"{"_id":"m\#(number)","rid":"R","msg":"\#(text)","u":{"username":"ana"},"ts":{"$date":170000000\#(number)000}}"#
        }
        let half = #"a\ud83d"#
        try crm.write("[\(message(1, half)),\(message(2, "b"))]", to: "a.json")
        try crm.shell("mkdir -p slack/general")
        try crm.write(#"[{"id":"C1","name":"general"}]"#, to: "slack/channels.json")
        try crm.write(
            #"[{"type":"message","ts":"1700000000.000100","text":"\#(half)"},{"type":"message","ts":"1700000001.000100"}]"#,
            to: "slack/general/2023-11-14.json"
        )
        try crm.write(
            #"{"type":"post","post":{"team":"t","channel":"x","message":"\#(half)","create_at":1700000000000}}"# + "\n",
            to: "import.jsonl"
        )
        let files = [("a.json", "rocketchat"), ("slack", "slack"), ("import.jsonl", "mattermost")]
        for (path, chat) in files {
            let result = try crm.run("channel", "import", path, "--chat", chat)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.contains("broken in halves are \u{FFFD} now: 1"), "\(result.errors)")
        }
        let texts = try crm.sql("SELECT text FROM channel_message ORDER BY id")
        #expect(texts == "a\u{FFFD}\nb\na\u{FFFD}\n\na\u{FFFD}")
    }

    @Test("Half a character, or a page in place of an answer, concerns its room alone", arguments: [true, false])
    func otherRooms(isPage: Bool) throws {
        for room in ["A", "B"] {
            try order(#"{"do":"room","id":"\#(room)","kind":"c","name":"room-\#(room)"}"#)
            try crm.succeed("channel", "add", "--room-id", room)
            try send("text-\(room)", after: -600, to: room)
        }
        if isPage {
            try order(
                #"{"do":"fault","kind":"html","retry_after":0.1,"times":5,"method":"channels.messages","after":1}"#
            )
        } else {
            try send(#"\\ud83d"#, after: -600, to: "A")
            try order(#"{"do":"set","halves":true}"#)
        }
        let result = try crm.run("channel", "sync", "--all")
        #expect(try crm.sql("SELECT count(*) FROM channel_message WHERE channel = 3") == "1")
        if isPage {
            #expect(result.status == 6 && result.errors.contains("A: \(server.address)"), "\(result.errors)")
            #expect(try crm.run("channel", "sync", "--all").status == 0)
        } else {
            #expect(result.status == 0 && result.errors.contains("broken in halves"), "\(result.errors)")
        }
        #expect(try crm.sql("SELECT count(*) FROM channel_message WHERE channel = 2") == (isPage ? "1" : "2"))
    }

    @Test("A server that has become another concerns every room") func otherServer() throws {
        try order(#"{"do":"room","id":"A","kind":"c","name":"a"}"#)
        try crm.succeed("channel", "add", "--room-id", "A")
        for method in ["channels.messages", "me"] {
            try order(#"{"do":"fault","kind":"html","retry_after":0.1,"times":5,"method":"\#(method)"}"#)
        }
        #expect(try crm.run("channel", "sync", "--all").status == 78)
    }
}
