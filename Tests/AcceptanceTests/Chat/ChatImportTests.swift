import Foundation
import Testing

/// Exports of chats are taken in as messages, twice as well as once.
@Suite struct ChatImportTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func texts(of channel: Int) throws -> [String?] {
        try crm.json("channel", "log", "\(channel)").elements.map { $0["text"]?.string }
    }

    private func news(_ arguments: String...) throws -> [Int?] {
        let result = try crm.succeed(["channel", "import", "--json"] + arguments)
        return try JSON(result.outputBytes).elements.map { $0["new"]?.integer }
    }

    @Test("of Rocket.Chat, whose messages have no keys: equal ones are as many as there were") func rocketchat() throws
    {
        try crm.succeed("channel", "add", "--room", "general")
        try crm.write(
            """
            [{"msg":"hola","username":"ana","ts":"2023-11-14T22:13:20.000Z"},
             {"msg":"hola","username":"ana","ts":"2023-11-14T22:13:20.000Z"},
             {"msg":"","username":"luis","ts":{"$date":1700000001000},"type":"uj",
              "attachments":[{"title":"a.pdf","title_link":"/a.pdf"}]}]
            """,
            to: "messages.json"
        )
        #expect(try news(crm.file("messages.json"), "--into", "1") == [3])
        #expect(try news(crm.file("messages.json"), "--into", "1") == [0])
        #expect(try texts(of: 1) == ["hola", "hola", nil])
        let last = try crm.json("channel", "log", "1").elements.last
        #expect(last?["type"]?.string == "uj")
        #expect(last?["attachments"]?.elements.first?["name"]?.string == "a.pdf")
        #expect(try crm.run("channel", "import", crm.file("messages.json")).status == 2)
        // The command by which links lead to the server is one that a shell takes.
        try crm.succeed("channel", "edit", "1", "--name", "sala uno")
        let told = try crm.succeed("channel", "log", "name:sala uno", "--format", "tsv").errors
        #expect(told.contains("channel edit 'name:sala uno' --server-url URL"), "\(told)")
    }

    @Test("of Rocket.Chat, with the words that were sent beside a file, and those of what is quoted") func fileWords()
        throws
    {
        try crm.succeed("channel", "add", "--room-id", "R1")
        try crm.write(
            """
            {"messages":[{"_id":"m3","rid":"R1","msg":"","ts":"2023-11-14T22:13:22.000Z","u":{"username":"luis"},\
            "file":{"name":"a.pdf"},"attachments":[{"title":"a.pdf","description":"el pdf firmado"},\
            {"author_name":"ana","text":"mándalo"}]}]}
            """,
            to: "messages.json"
        )
        #expect(try news(crm.file("messages.json"), "--into", "1") == [1])
        #expect(try texts(of: 1) == ["el pdf firmado"])
        let attachments = try crm.json("channel", "log", "1").elements.first?["attachments"]?.elements
        #expect(attachments?.map { $0["name"]?.string } == ["a.pdf", "ana: mándalo"])
    }

    @Test("of Rocket.Chat, whose messages name their room: each goes to its channel, and to no other") func rooms()
        throws
    {
        try crm.succeed("channel", "add", "--name", "General", "--room", "GENERAL")
        try crm.succeed("channel", "add", "--room", "otra")
        func message(_ id: String, _ room: String) -> String {
            #"{"_id":"\#(id)","rid":"\#(room)","msg":"\#(id)","u":{"username":"ana"},"ts":{"$date":1700000000000}}"#
                + "\n"
        }
        try crm.write(message("m1", "GENERAL") + message("m2", "OTRA"), to: "a.jsonl")
        try crm.write(message("m3", "NUEVA"), to: "b.jsonl")
        let mixed = try crm.run("channel", "import", "a.jsonl", "--chat", "rocketchat", "--into", "1")
        #expect(mixed.status == 2 && mixed.errors.contains("message 2 is of the room OTRA"), "\(mixed.errors)")
        #expect(try texts(of: 1).isEmpty)
        #expect(try news("a.jsonl", "--chat", "rocketchat") == [1, 1])
        #expect(try news("a.jsonl", "--chat", "rocketchat") == [0, 0])
        #expect(try crm.sql("SELECT name, room_id FROM channel") == "General|GENERAL\notra|otra\nOTRA|OTRA")
        #expect(try texts(of: 1) == ["m1"])
        #expect(try texts(of: 3) == ["m2"])
        // The key of a room that was only named is not known before it is synchronized.
        #expect(try news("b.jsonl", "--chat", "rocketchat", "--into", "2") == [1])
        try crm.write(
            message("m4", "NUEVA") + #"{"msg":"x","username":"ana","ts":{"$date":1700000000000}}"#,
            to: "c.jsonl"
        )
        let unnamed = try crm.run("channel", "import", "c.jsonl", "--chat", "rocketchat")
        #expect(unnamed.status == 2 && unnamed.errors.contains("message 2 does not say"), "\(unnamed.errors)")
        #expect(try crm.sql("SELECT count(*) FROM channel") == "3")
    }

    @Test("of Rocket.Chat, where a message was removed, which leaves it without its words") func removed() throws {
        func message(_ id: String, _ more: String) -> String {
            #"{"_id":"\#(id)","rid":"R","u":{"username":"ana"},"ts":"2023-11-14T22:13:20.000Z",\#(more)}"# + "\n"
        }
        try crm.write(message("m1", #""msg":"precio""#) + message("m2", #""msg":"hola""#), to: "before.jsonl")
        try crm.write(
            message("m1", #""t":"rm","msg":"","_updatedAt":"2023-11-15T10:00:00.000Z""#)
                + message("m3", #""t":"rm","msg":"","_updatedAt":"2023-11-15T10:00:00.000Z""#),
            to: "after.jsonl"
        )
        #expect(try news("before.jsonl", "--chat", "rocketchat") == [2])
        let result = try crm.succeed("channel", "import", "--json", "after.jsonl", "--chat", "rocketchat")
        #expect(try JSON(result.outputBytes).elements.map { $0["deleted"]?.integer } == [1])
        #expect(try texts(of: 1) == [nil, "hola"])
        let gone = try crm.json("channel", "log", "1").elements.first
        #expect(gone?["deleted_at"] == "2023-11-15T10:00:00.000Z")
        #expect(gone?["earlier"]?.elements.first?["text"] == "precio")
        // An older export brings nothing back.
        #expect(try news("before.jsonl", "--chat", "rocketchat") == [0])
        #expect(try texts(of: 1) == [nil, "hola"])
    }

    @Test("of Slack, a folder of days for each channel") func slack() throws {
        try crm.shell("mkdir -p slack/general slack/D1")
        try crm.write(
            """
            [{"id":"U1","name":"ana","real_name":"Ana Ruiz","profile":{"email":"ana@example.org"}},
             {"id":"U2","name":"luis","profile":{"real_name":"Luis Vega"}}]
            """,
            to: "slack/users.json"
        )
        try crm.write(#"[{"id":"C1","name":"general","purpose":{"value":"all"}}]"#, to: "slack/channels.json")
        try crm.write(#"[{"id":"D1","members":["U1","U2"]}]"#, to: "slack/dms.json")
        try crm.write(
            """
            [{"type":"message","user":"U1","text":"see <https://example.org|here> &amp; ask <@U2>","ts":"1700000000.000200",
              "reactions":[{"name":"tada","users":["U2"],"count":1}]},
             {"type":"message","user":"U2","text":"done","ts":"1700000060.000100","thread_ts":"1700000000.000200",
              "edited":{"user":"U2","ts":"1700000070.000000"},
              "files":[{"name":"b.pdf","permalink":"https://example.org/b"}]}]
            """,
            to: "slack/general/2023-11-14.json"
        )
        try crm.write(
            #"[{"type":"message","user":"U1","text":"psst","ts":"1700000100.0"}]"#,
            to: "slack/D1/2023-11-14.json"
        )
        try crm.add("contact", "--last-name", "Ruiz", "--email", "ana@example.org")
        #expect(try news(crm.file("slack")) == [2, 1])
        #expect(try news(crm.file("slack")) == [0, 0])
        let lines = try crm.json("channel", "log", "1").elements
        #expect(lines.map { $0["text"]?.string } == ["see here (https://example.org) & ask @luis", "done"])
        #expect(lines.map { $0["thread"]?.string } == [nil, "1700000000.000200"])
        #expect(lines[1]["edited_at"]?.string == "2023-11-14T22:14:30.000Z")
        #expect(lines[0]["contact"]?["id"]?.integer == 1)
        #expect(try crm.sql("SELECT name, kind FROM channel") == "general|channel\nAna Ruiz, Luis Vega|direct")
        #expect(try crm.sql("SELECT contact, channel FROM contact_channel") == "1|2")
        let day = try crm.run("channel", "import", "slack/general/2023-11-14.json")
        #expect(day.status == 2 && day.errors.contains("give the folder in which channels.json"), "\(day.errors)")
    }

    @Test("of Slack, with what programs say in frames, guests, and folders that are of no room") func slackFrames()
        throws
    {
        try crm.shell("mkdir -p slack/general slack/old")
        try crm.write(#"[{"id":"C1","name":"general"}]"#, to: "slack/channels.json")
        try crm.write(
            """
            [{"type":"message","bot_id":"B1","text":"","ts":"1700000000.0","attachments":
              [{"fallback":"no","title":"Build 7","text":"failed on <https://example.org|main>","title_link":"https://example.org/7"},
               {"fallback":"only this"}]},
             {"type":"message","bot_id":"B1","text":"","ts":"1700000030.0","blocks":[
              {"type":"header","text":{"type":"plain_text","text":"Alta"}},
              {"type":"rich_text","elements":[{"type":"rich_text_section","elements":[
               {"type":"text","text":"Pedido "},{"type":"text","text":"12"}]}]}]},
             {"type":"message","user":"U9","text":"hi","ts":"1700000060.0",
              "user_profile":{"name":"eva","real_name":"Eva Paz"}}]
            """,
            to: "slack/general/2023-11-14.json"
        )
        try crm.write(#"[{"type":"message","user":"U9","text":"x","ts":"1.0"}]"#, to: "slack/old/2020-01-01.json")
        let result = try crm.succeed("channel", "import", "--json", "slack")
        #expect(result.errors.contains("(channels.json): old"), "\(result.errors)")
        let lines = try crm.json("channel", "log", "1").elements
        #expect(
            lines.first?["attachments"]?.elements.map { $0["name"]?.string } == [
                "Build 7: failed on main (https://example.org)", "only this",
            ]
        )
        #expect(lines.first?["attachments"]?.elements.first?["url"] == "https://example.org/7")
        #expect(lines[1]["text"] == "Alta\nPedido 12")
        #expect(lines.last?["author"] == "eva")
        #expect(lines.last?["name"] == "Eva Paz")
    }

    @Test("an older export turns nothing back, and what is no message is told") func older() throws {
        try crm.shell("mkdir -p slack/general")
        try crm.write(#"[{"id":"C1","name":"general"}]"#, to: "slack/channels.json")
        func write(_ more: String) throws {
            try crm.write(
                #"[{"type":"message","user":"U1","ts":"1700000000.000200",\#(more)}]"#,
                to: "slack/general/1.json"
            )
        }
        try write(#""text":"new\u001b","edited":{"ts":"1700000100.0"}"#)
        #expect(try news(crm.file("slack")) == [1])
        try write(#""text":"old""#)
        try crm.succeed("channel", "import", crm.file("slack"))
        #expect(try texts(of: 1) == ["new"])
        try write(#""text":"x"},{"type":"message","text":"y""#)
        let result = try crm.run("channel", "import", crm.file("slack"))
        #expect(result.status == 6 && result.errors.contains("1.json"))
        try crm.shell("python3 -c \"import shutil; shutil.make_archive('packed', 'zip', 'slack')\"")
        let packed = try crm.run("channel", "import", crm.file("packed.zip"))
        #expect(packed.status == 2 && packed.errors.contains("unpack"), "\(packed.errors)")
    }

    @Test("without keys, where a message was edited: it is the same one, and others of that moment are others")
    func editedWithoutKey() throws {
        let mattermost = { (text: String, edited: Int) -> String in
            #"{"type":"post","post":{"team":"t","channel":"town","user":"ana","message":"\#(text)","#
                + #""create_at":1793610000000,"edit_at":\#(edited)}}"# + "\n"
        }
        let rocketchat = { (text: String, edited: Int) -> String in
            let state = edited == 0 ? "" : #","editedAt":{"$date":\#(edited)}"#
            return #"{"msg":"\#(text)","username":"ana","ts":{"$date":1793610000000}\#(state)}"# + "\n"
        }
        try crm.succeed("channel", "add", "--room", "R")
        let kinds: [(line: (String, Int) -> String, options: [String], channel: Int)] = [
            (rocketchat, ["--chat", "rocketchat", "--into", "1"], 1), (mattermost, ["--chat", "mattermost"], 2),
        ]
        for kind in kinds {
            func take(_ lines: String...) throws {
                try crm.write(lines.joined(), to: "all.jsonl")
                try crm.succeed(["channel", "import", "all.jsonl"] + kind.options)
            }
            let (first, other) = (kind.line("precio 100", 0), kind.line("foto", 0))
            let second = kind.line("precio 120", 1_793_620_000_000)
            try take(first)
            try take(second)
            #expect(try texts(of: kind.channel) == ["precio 120"], "\(kind.options)")
            // The state before it turns nothing back, and what else was sent then is another message.
            try take(first)
            try take(second, other)
            try take(other, second)
            #expect(try texts(of: kind.channel) == ["precio 120", "foto"], "\(kind.options)")
        }
    }

    @Test(
        "what a program says by itself is read in words",
        arguments: [
            (#""t":"uj","msg":"ana""#, "ana joined", "ana entró"),
            (#""t":"ul","msg":"ana""#, "ana left", "ana salió"),
            (#""t":"au","msg":"eva""#, "added eva", "agregó a eva"),
            (#""t":"room_changed_topic","msg":"precios""#, "set the topic: precios", "puso como tema: precios"),
            (#""t":"r","msg":"ventas""#, "named the room ventas", "llamó a la sala ventas"),
            (#""t":"thread_broadcast","msg":"b""#, "b", "b"), (#""t":"me","msg":"come""#, "come", "come"),
            (#""t":"channel_join","msg":"ana has joined""#, "ana has joined", "ana has joined"),
            (#""t":"unheard-of","msg":"x""#, "[unheard-of] x", "[unheard-of] x"),
        ]
    )
    func systemWords(members: String, english: String, spanish: String) throws {
        let line = #"{"_id":"m","rid":"R","u":{"username":"ana"},"ts":"2023-11-14T22:13:20.000Z",\#(members)}"#
        try crm.write(line + "\n", to: "a.jsonl")
        try crm.succeed("channel", "import", "a.jsonl", "--chat", "rocketchat")
        for (language, words) in [("en", english), ("es", spanish)] {
            let shown = try crm.screen("channel log 1 --lang \(language)")
            #expect(shown.contains("  \(words)\n"), "\(shown)")
        }
    }

    @Test("of Slack, where all are called at once") func slackGroups() throws {
        try crm.shell("mkdir -p slack/general")
        try crm.write(#"[{"id":"C1","name":"general"}]"#, to: "slack/channels.json")
        let text = "<!here> <!channel|channel> <!subteam^S1|@ventas> <#C2|otra> <!date^1^{date}|hoy>"
        try crm.write(
            #"[{"type":"message","user":"U1","text":"\#(text)","ts":"1700000000.0"}]"#,
            to: "slack/general/1.json"
        )
        #expect(try news("slack") == [1])
        #expect(try texts(of: 1) == ["@here @channel @ventas #otra hoy"])
    }

    @Test("of Rocket.Chat, which tells no edits: a message says something else once more") func editedUntold() throws {
        try crm.succeed("channel", "add", "--room", "R")
        func take(_ texts: String...) throws -> [Int?] {
            let lines = texts.map { #"{"msg":"\#($0)","username":"ana.r","ts":"2026-11-01T10:00:00.123Z"}"# }
            try crm.write("[\(lines.joined(separator: ","))]", to: "e.json")
            let report = try crm.json("channel", "import", "e.json", "--chat", "rocketchat", "--into", "1")
            return ["new", "edited"].map { report.elements.first?[$0]?.integer }
        }
        #expect(try take("hola") == [1, 0])
        #expect(try take("adios") == [0, 1])
        for _ in 1...2 {
            #expect(try take("adios") == [0, 0])
            // An older export turns nothing back.
            #expect(try take("hola") == [0, 0])
        }
        #expect(try texts(of: 1) == ["adios"])
        let earlier = try crm.json("channel", "log", "1").elements.first?["earlier"]?.elements
        #expect(earlier?.first?["text"] == "hola" && earlier?.count == 1)
        // What else was sent at that moment is another message.
        #expect(try take("adios", "foto") == [1, 0])
        #expect(try texts(of: 1) == ["adios", "foto"])
    }

    @Test("of Mattermost, lines of several types") func mattermost() throws {
        try crm.write(
            """
            {"type":"version","version":1}
            {"type":"channel","channel":{"team":"t","name":"town","display_name":"Town Square","type":"O","header":"all"}}
            {"type":"user","user":{"username":"ana","email":"ana@example.org","first_name":"Ana","last_name":"Ruiz"}}
            {"type":"post","post":{"team":"t","channel":"town","user":"ana","message":"hola","create_at":1700000000000,\
            "replies":[{"user":"luis","message":"qué tal","create_at":1700000001000}],\
            "reactions":[{"user":"luis","emoji_name":"tada","create_at":1700000002000}]}}
            {"type":"direct_channel","direct_channel":{"members":["ana","luis"]}}
            {"type":"direct_post","direct_post":{"channel_members":["ana","luis"],"user":"luis","message":"psst",\
            "create_at":1700000003000,"attachments":[{"path":"data/20231114/c.pdf"}]}}
            {"type":"post","post":{"team":"t","channel":"town","user":"ana","type":"slack_attachment","message":"",\
            "props":{"override_username":"Jira","attachments":[{"title":"T-1 <a>","title_link":"https://x.example/1"}]},\
            "create_at":1700000004000}}

            """,
            to: "all.jsonl"
        )
        #expect(try news(crm.file("all.jsonl")) == [3, 1])
        #expect(try news(crm.file("all.jsonl")) == [0, 0])
        let lines = try crm.json("channel", "log", "1").elements
        #expect(lines.map { $0["text"]?.string } == ["hola", "qué tal", nil])
        #expect(lines[2]["attachments"]?.elements.first?["name"] == "T-1 <a>")
        #expect(try crm.screen("channel log 1").contains("Jira"))
        #expect(lines[1]["thread"] == lines[0]["id"])
        #expect(lines[0]["name"]?.string == "Ana Ruiz")
        #expect(try crm.sql("SELECT name, kind FROM channel") == "Town Square|channel\nAna Ruiz, luis|direct")
    }

    @Test("of Mattermost, in a folder as it comes out of its ZIP, which is told from it") func mattermostFolder() throws
    {
        try crm.shell("mkdir -p mm/data")
        try crm.write(
            #"{"type":"post","post":{"team":"t","channel":"town","user":"ana","message":"hola","create_at":1700000000000}}"#,
            to: "mm/import.jsonl"
        )
        try crm.shell("python3 -c \"import shutil; shutil.make_archive('mm', 'zip', 'mm')\"")
        for options in [[], ["--chat", "mattermost"]] {
            let packed = try crm.run(["channel", "import", "mm.zip"] + options)
            #expect(packed.status == 2 && packed.errors.contains("unpack it"), "\(packed.errors)")
        }
        #expect(try news("mm") == [1])
        #expect(try news("mm", "--chat", "mattermost") == [0])
        let lacking = try crm.run("channel", "import", "mm", "--chat", "rocketchat", "--into", "1")
        #expect(lacking.status == 2 && lacking.errors.contains("the export has no messages.json"), "\(lacking.errors)")
    }

    @Test("one that comes through a pipe has to be called by its chat") func piped() throws {
        try crm.succeed("channel", "add", "--room", "R")
        try crm.write(#"{"msg":"hola","username":"ana","ts":"2023-11-14T22:13:20.000Z"}"#, to: "a.jsonl")
        let result = try crm.shell("cat a.jsonl | crm channel import - --into 1")
        #expect(result.status == 2 && result.errors.contains("--chat rocketchat"), "\(result.errors)")
        #expect(try crm.shell("cat a.jsonl | crm channel import - --into 1 --chat rocketchat").status == 0)
    }

    @Test("what is wrong with one is told in the language of the rest") func translated() throws {
        try crm.write("[{\"a\":nada}]", to: "messages.json")
        let arguments = ["channel", "import", "messages.json", "--chat", "rocketchat", "--lang", "es"]
        let result = try crm.run(arguments)
        #expect(result.errors.contains("messages.json, 1:7: "), "\(result.errors)")
        #expect(result.errors.contains("'nada' no es true, false ni null"), "\(result.errors)")
    }

    @Test(
        "no room is made for what is not taken",
        arguments: [
            #"{"type":"post","post":{"team":"e","channel":"nochan","user":"a","message":"b","create_at":"ayer"}}"#,
            #"{"type":"direct_post","direct_post":{"channel_members":["a","b"],"user":"a","message":"b"}}"#,
            #"{"type":"post","post":{"user":"a","message":"b","create_at":1700000000000}}"#,
        ]
    )
    func noRoom(line: String) throws {
        try crm.write(line + "\n", to: "all.jsonl")
        let result = try crm.run("channel", "import", "all.jsonl", "--chat", "mattermost")
        #expect(result.status == 6 && result.errors.contains("number 1"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM channel") == "0")
    }

    @Test("no room is made for what was removed") func noRoomForRemoval() throws {
        try crm.write(#"{"_id":"m","rid":"R","t":"rm","msg":"","ts":"2023-11-14T22:13:20.000Z"}"#, to: "a.jsonl")
        #expect(try news("a.jsonl", "--chat", "rocketchat") == [])
        #expect(try crm.sql("SELECT count(*) FROM channel") == "0")
    }

    @Test(
        "one that cannot be read changes nothing, and says where",
        arguments: [
            "[{\"msg\":\"a\",\"username\":\"ana\",\"ts\":\"2023-11-14T22:13:20.000Z\"},{\"msg\":", "{}{", "[1,2",
        ]
    )
    func malformed(text: String) throws {
        try crm.succeed("channel", "add", "--room", "general")
        try crm.write(text, to: "messages.json")
        let result = try crm.run("channel", "import", crm.file("messages.json"), "--chat", "rocketchat", "--into", "1")
        #expect(result.status != 0 && result.status < 128)
        #expect(result.errors.contains("messages.json"), "\(result.errors)")
        #expect(try texts(of: 1).isEmpty)
    }

    @Test("records are imported as ever") func records() throws {
        try crm.write("name,room_id\ngeneral,R1\n", to: "channels.csv")
        try crm.succeed("channel", "import", crm.file("channels.csv"))
        #expect(try crm.sql("SELECT room_id FROM channel") == "R1")
        try crm.shell("mkdir folder")
        #expect(try crm.run("channel", "import", crm.file("folder")).status == 2)
    }
}
