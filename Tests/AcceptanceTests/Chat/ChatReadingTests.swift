import Foundation
import Testing

/// What was said in rooms is read as a chat, and stands with the contacts who said it.
@Suite struct ChatReadingTests {
    private let server: ChatServer
    private let crm: CRM

    init() throws {
        server = try ChatServer()
        crm = try .speaking(to: server)
        for order in [
            #"{"do":"room","id":"GENERAL","kind":"c","name":"general"}"#,
            #"{"do":"room","id":"DIRECT","kind":"d","usernames":["me","ana"]}"#,
            #"{"do":"send","room":"GENERAL","text":"the invoice","at":1700000000000}"#,
            #"{"do":"send","room":"GENERAL","text":"which one","author":"luis","name":"Luis Vega","at":1700000060500}"#,
            #"{"do":"send","room":"DIRECT","text":"hola","at":1700000120000,"reactions":{":+1:":{"usernames":["me"]}},"attachments":[{"title":"contract.pdf","title_link":"/file-upload/1/contract.pdf"}]}"#,
            #"{"do":"send","room":"DIRECT","text":"aquí","author":"me","name":"Me","at":1700086520000,"tmid":"DIRECT-0"}"#,
            #"{"do":"send","room":"DIRECT","text":"Ana","t":"uj","at":1700086580000}"#,
        ] {
            try server.order(order, in: crm)
        }
    }

    private func sync() throws {
        try crm.succeed("channel", "discover", "--add")
        try crm.succeed("channel", "sync", "--all")
    }

    @Test("rooms are listed, and made channels once") func discover() throws {
        let rooms = try crm.json("channel", "discover").elements
        #expect(rooms.map { $0["room_id"]?.string } == ["GENERAL", "DIRECT"])
        #expect(rooms.map { $0["kind"]?.string } == ["channel", "direct"])
        #expect(rooms.map { $0["id"] } == [.null, .null])
        #expect(try crm.json("channel", "discover", "--add").elements.map { $0["id"]?.integer } == [1, 2])
        #expect(try crm.json("channel", "discover", "--add", "--mine").elements.map { $0["id"]?.integer } == [1, 2])
        #expect(try crm.sql("SELECT count(*) FROM channel") == "2")
    }

    @Test(
        "all rooms are listed, whatever the server's total is and however few it gives at once",
        arguments: [
            #"{"do":"set"}"#, #"{"do":"set","wrong_total":30}"#, #"{"do":"set","wrong_total":100}"#,
            #"{"do":"set","wrong_total":100000}"#, #"{"do":"set","page_cap":7,"wrong_total":30}"#,
        ]
    )
    func allRooms(order: String) throws {
        let orders = (0..<230).map { #"{"do":"room","id":"R\#($0)","kind":"p","name":"room-\#($0)"}"# }
        try server.order(#"{"do":"all","orders":[\#(orders.joined(separator: ","))]}"#, in: crm)
        try server.order(order, in: crm)
        #expect(try crm.json("channel", "discover").elements.count == 232)
    }

    @Test("the schema says what a log prints, and what rooms there are") func schema() throws {
        let rooms = try crm.succeed("channel", "discover", "--json").output
        #expect(try SchemaJudge("discover", of: crm).faults(in: [], arrays: [rooms]) == "")
        try sync()
        for id in ["1", "2"] {
            let log = try crm.succeed("channel", "log", id, "--json").output
            #expect(try SchemaJudge("channel-log", of: crm).faults(in: [], arrays: [log]) == "")
        }
    }

    @Test("a room is added by its name as well, until the server tells its key") func roomByName() throws {
        try crm.succeed("channel", "add", "--room", "#general")
        #expect(try crm.json("channel", "sync", "1").elements.first?["new"]?.integer == 2)
        #expect(try crm.json("channel", "show", "1")["room_id"]?.string == "GENERAL")
        #expect(try crm.json("channel", "sync", "1").elements.first?["new"]?.integer == 0)
    }

    @Test("another topic of a room is taken with what is new") func topic() throws {
        try sync()
        #expect(try crm.json("channel", "show", "1")["topic"]?.string == "All about general")
        try server.order(#"{"do":"topic","room":"GENERAL","text":"precios"}"#, in: crm)
        try crm.succeed("channel", "sync", "1")
        #expect(try crm.json("channel", "show", "1")["topic"]?.string == "precios")
    }

    @Test("people read it day by day") func text() throws {
        try sync()
        #expect(
            try crm.shell("script -qec 'crm channel log 2 --no-pager' /dev/null", env: ["NO_COLOR": "1"]).output
                .replacingOccurrences(of: "\r\n", with: "\n") == """
                    2023-11-14
                    16:15  Ana Ruiz          hola 📎 contract.pdf :+1:×1

                    2023-11-15
                    16:15  Me                ↳ aquí
                    16:16  Ana Ruiz          Ana joined

                    """
        )
    }

    @Test("programs get every part of a message") func json() throws {
        try sync()
        let lines = try crm.json("channel", "log", "2").elements
        let server = try crm.json("channel", "show", "2")["server_url"]?.string ?? ""
        #expect(lines[0]["attachments"]?.elements.first?["url"]?.string == "\(server)/file-upload/1/contract.pdf")
        #expect(lines[0]["reactions"]?.elements.first?["users"]?.elements.first?.string == "me")
        #expect(lines.map { $0["thread"]?.string } == [nil, "DIRECT-0", nil])
        #expect(lines.map { $0["type"]?.string } == [nil, nil, "uj"])
        #expect(lines[0]["sent_at"]?.string == "2023-11-14T22:15:20.000Z")
    }

    @Test(
        "it is narrowed by day, thread and person",
        arguments: [
            (["--since", "2023-11-15"], ["aquí", "Ana"]), (["--until", "2023-11-14"], ["hola"]),
            (["--thread", "DIRECT-0"], ["hola", "aquí"]), (["--contact", "1"], ["hola", "Ana"]),
            (["--limit", "1"], ["hola"]), (["--containing", "AQUI"], ["aquí"]), (["--containing", "contr*"], ["hola"]),
            (["--containing", "hola -contract"], []), (["--containing", "hol"], []),
        ]
    )
    func narrowed(options: [String], texts: [String]) throws {
        try crm.add("contact", "--last-name", "Ruiz", "--point", "chat:ana")
        try sync()
        let result = try crm.succeed(["channel", "log", "2", "--json"] + options)
        #expect(try JSON(result.outputBytes).elements.map { $0["text"]?.string } == texts)
    }

    @Test("a thread that is none is an error") func noThread() throws {
        try sync()
        let result = try crm.run("channel", "log", "2", "--thread", "nope")
        #expect(result.status == 3)
        #expect(result.errors.contains("channel 2 has no message nope"))
    }

    @Test("authors are contacts by a point, by an address that the server gives, and by a list") func matching() throws
    {
        try crm.add("contact", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.add("contact", "--last-name", "Vega")
        try server.order(#"{"do":"user","username":"ana","email":"ANA@example.org"}"#, in: crm)
        try crm.write("username,contact\nluis,name:Vega\n", to: "users.csv")
        try crm.succeed("channel", "discover", "--add")
        try crm.succeed("channel", "sync", "--all", "--match-users", crm.file("users.csv"))
        let members = try crm.json("channel", "show", "1")["members"]?.elements ?? []
        #expect(members.map { $0["contact"]?["id"]?.integer } == [1, 2])
        // The direct room is linked with its person, the other with nobody.
        #expect(try crm.sql("SELECT contact, channel FROM contact_channel") == "1|2")
    }

    @Test(
        "a list of users is read as people write one, and its faults are told with their line",
        arguments: [
            ("usuario;contacto\n@Luis;1\n", 0, ""), ("Username\tContact\nLUIS\t1\n", 0, ""),
            ("username,contact\nluis,1\nnadie,1\n", 0, "nobody in these rooms is called nadie"),
            ("username,contact\nluis,77\n", 3, "users.csv, line 2"),
            ("username,contact\nluis,1\n@Luis,2\n", 2, "users.csv, line 3: @Luis is contact 2 here, and 1 in line 2"),
        ]
    )
    func userList(list: String, status: Int, message: String) throws {
        try crm.add("contact", "--last-name", "Vega")
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.write(list, to: "users.csv")
        try crm.succeed("channel", "discover", "--add")
        let result = try crm.run("channel", "sync", "--all", "--match-users", "users.csv")
        #expect(result.status == Int32(status))
        #expect(result.errors.contains(message) || message.isEmpty, "\(result.errors)")
        let members = try crm.sql("SELECT username, contact FROM channel_member WHERE contact IS NOT NULL")
        #expect(members == (status == 0 ? "luis|1" : ""))
    }

    @Test("a chat name with an @ and other letters is the user's") func pointWithSign() throws {
        try crm.add("contact", "--last-name", "Vega", "--point", "chat:@Luis")
        try sync()
        #expect(try crm.sql("SELECT username FROM channel_member WHERE contact = 1") == "luis")
    }

    @Test("one without an address keeps nobody from being asked for, nor does a sync that is cut off")
    func silent() throws {
        try crm.add("contact", "--last-name", "Vega", "--email", "luis@example.org")
        try server.order(#"{"do":"user","username":"ana"}"#, in: crm)
        try server.order(#"{"do":"user","username":"luis","email":"luis@example.org"}"#, in: crm)
        try crm.succeed("channel", "discover", "--add")
        let fault = #"{"do":"fault","kind":"redirect","to":"https://example.org/","method":"users.info"}"#
        try server.order(fault, in: crm)
        _ = try crm.run("channel", "sync", "1")
        #expect(try crm.sql("SELECT count(*) FROM channel_message WHERE channel = 1") != "0")
        #expect(try crm.sql("SELECT count(*) FROM channel_member WHERE contact IS NOT NULL") == "0")
        try crm.succeed("channel", "sync", "--all")
        #expect(try crm.sql("SELECT username FROM channel_member WHERE contact = 1 AND channel = 1") == "luis")
    }

    @Test("a point that comes later is found with the next sync") func later() throws {
        try sync()
        try crm.add("contact", "--last-name", "Ruiz", "--point", "chat:ana")
        try crm.succeed("channel", "sync", "--all")
        #expect(try crm.json("channel", "show", "1")["members"]?.elements.first?["contact"]?["id"]?.integer == 1)
        #expect(try crm.json("contact", "show", "chat:ana")["id"]?.integer == 1)
        #expect(try crm.sql("SELECT contact, channel FROM contact_channel") == "1|2")
    }

    @Test("it stands on the timeline of a person: all of a room that is linked, their own words of others")
    func timeline() throws {
        try crm.add("contact", "--last-name", "Ruiz", "--point", "chat:ana")
        try sync()
        let moments = try crm.json("contact", "timeline", "1").elements.filter { $0["moment"]?.string == "message" }
        #expect(moments.map { $0["value"]?.string } == ["Ana", "aquí", "hola", "the invoice"])
    }

    @Test("a timeline tells who wrote, what was deleted, what the system says, and which file was sent")
    func timelineStates() throws {
        try crm.add("contact", "--last-name", "Ruiz", "--point", "chat:ana")
        try server.order(
            #"{"do":"send","room":"DIRECT","text":"","at":1700086590000,"file":{"_id":"F","name":"plano.pdf"}}"#,
            in: crm
        )
        try sync()
        try server.order(#"{"do":"delete","room":"DIRECT","identifier":"DIRECT-0"}"#, in: crm)
        try crm.succeed("channel", "sync", "2")
        let entries = try crm.succeed("contact", "timeline", "1", "--format", "jsonl").lines
        #expect(try SchemaJudge("timeline", of: crm).faults(in: entries) == "")
        let moments = try crm.json("contact", "timeline", "1").elements.filter {
            $0["moment"]?.string == "message" && $0["record"]?["id"]?.integer == 2
        }
        let files = ["plano.pdf </file-upload/F/plano.pdf>", "contract.pdf </file-upload/1/contract.pdf>"]
        #expect(moments.map { $0["value"]?.string } == [files[0], "Ana", "aquí", files[1]])
        #expect(moments.map { $0["author"]?.string } == ["ana", "ana", "me", "ana"])
        #expect(moments.map { $0["state"]?.string } == [nil, "system", nil, "deleted"])
        let shown = try crm.screen("contact timeline 1 --lang es", columns: 160)
        for words in ["Mensaje eliminado (ana)", "Mensaje (me): aquí", "Mensaje del sistema (ana): Ana"] {
            #expect(shown.contains(words), "\(shown)")
        }
    }

    @Test("each message is found by itself, and its room is given once") func search() throws {
        try sync()
        let found = try crm.json("search", "invoice").elements
        #expect(found.map { $0["record"]?["id"]?.integer } == [1])
        #expect(found.first?["field"]?.string == "messages.text")
        #expect(found.first?["snippet"]?.string == "the [invoice]")
        #expect(found.first?["matches"]?.integer == 1)
        #expect(try crm.json("search", "contract").elements.count == 1)
        // Words of two messages are in none.
        #expect(try crm.json("search", "invoice which").elements.isEmpty)
        try server.order(#"{"do":"edit","room":"GENERAL","identifier":"GENERAL-0","text":"the bill"}"#, in: crm)
        try crm.succeed("channel", "sync", "1")
        #expect(try crm.json("search", "invoice").elements.isEmpty)
        #expect(try crm.json("search", "bill").elements.count == 1)
    }

    @Test("a room is given with the number of its messages that are found, and the newest of them") func matches()
        throws
    {
        try sync()
        for text in ["an Invoice", "the invoice of ana", "nothing"] {
            try server.order(#"{"do":"send","room":"GENERAL","text":"\#(text)"}"#, in: crm)
        }
        // What the index lacks is counted too.
        for isKnown in [false, true] {
            if isKnown { try crm.succeed("search", "--refresh") } else { try crm.succeed("channel", "sync", "1") }
            let found = try crm.json("search", "invoice").elements
            #expect(found.map { $0["matches"]?.integer } == [3])
            #expect(found.first?["snippet"]?.string == "the [invoice] of ana")
            #expect(try crm.json("search", "invoice -ana").elements.first?["matches"]?.integer == 2)
            #expect(try crm.succeed("search", "invoice", "--format", "tsv").lines[1].hasSuffix("\t3"))
            #expect(try crm.succeed("search", "invoice", "--format", "id").output == "1\n")
            let shown = try crm.screen("search invoice", columns: 120)
            #expect(shown.contains("the [invoice] of ana (+2)"), "\(shown)")
        }
        let judge = try SchemaJudge("search", of: crm)
        #expect(try judge.faults(in: crm.succeed("search", "invoice", "--format", "jsonl").lines) == "")
    }

    @Test("a filter asks of messages") func filter() throws {
        try sync()
        #expect(
            try crm.succeed("channel", "list", "--where", "messages.text ~ invoice", "--format", "id").output == "1\n"
        )
    }

    @Test("it travels in an export and comes back as it was") func travelling() throws {
        try crm.add("contact", "--last-name", "Ruiz", "--point", "chat:ana")
        try sync()
        try crm.succeed("export", "-o", crm.file("all.jsonl"))
        let state =
            "SELECT message_id, author, text, sent_at, thread, type, attachments, reactions FROM channel_message"
        let before = try crm.sql("\(state) ORDER BY 1")
        let other = try CRM()
        try other.succeed("apply", crm.file("all.jsonl"))
        #expect(try other.sql("\(state) ORDER BY 1") == before)
        #expect(try other.run("check").status == 0)
    }

    @Test("it goes with its channel, and comes back with it") func deleted() throws {
        try sync()
        try crm.succeed("channel", "delete", "1", "--force")
        #expect(try crm.sql("SELECT count(*) FROM channel_message") == "3")
        try crm.succeed("undo")
        #expect(try crm.sql("SELECT count(*) FROM channel_message") == "5")
        #expect(try crm.run("check").status == 0)
    }
}
