import Testing

/// Users and rooms that get other names on the server stay who and what they are, and programs have names of their own.
@Suite struct ChatNamesTests {
    private let server: ChatServer
    private let crm: CRM

    init() throws {
        server = try ChatServer()
        crm = try .speaking(to: server)
        try order(#"{"do":"room","id":"GENERAL","kind":"c","name":"general"}"#)
        try crm.add("contact", "--last-name", "Ruiz", "--point", "chat:ana")
        try crm.succeed("channel", "discover", "--add")
    }

    private func order(_ text: String) throws { try server.order(text, in: crm) }

    private func send(_ text: String, by author: String = "ana", _ more: String = "") throws {
        try order(#"{"do":"send","room":"GENERAL","text":"\#(text)","author":"\#(author)","name":"N"\#(more)}"#)
    }

    private func sync() throws { try crm.succeed("channel", "sync", "1") }

    private var members: String {
        get throws { try crm.sql("SELECT username, user_id, contact FROM channel_member ORDER BY position") }
    }
    private var authors: String {
        get throws { try crm.sql("SELECT author FROM channel_message ORDER BY sent_at, id") }
    }

    @Test("what a program posts stands under the name that it gives") func alias() throws {
        try send("disk full", by: "rocket.cat", #","alias":"Monitor","bot":{"i":"x"}"#)
        try send("hello", by: "rocket.cat")
        try sync()
        let lines = try crm.json("channel", "log", "1").elements
        #expect(lines.map { $0["name"]?.string } == ["Monitor", "N"])
        #expect(lines.map { $0["author"]?.string } == ["rocket.cat", "rocket.cat"])
        let text = try crm.shell("script -qec 'crm channel log 1 --no-pager' /dev/null", env: ["NO_COLOR": "1"]).output
        #expect(text.contains("Monitor           disk full") && text.contains("N                 hello"), "\(text)")
        #expect(try members == "rocket.cat|id-rocket.cat|")
        #expect(try crm.json("search", "monitor").elements.count == 1)
    }

    @Test(
        "a user with another username is the same member, and what was written before is too",
        arguments: [true, false]
    )
    func renamed(restamps: Bool) throws {
        try send("one")
        try sync()
        #expect(try members == "ana|id-ana|1")
        try order(#"{"do":"rename","author":"ana","to":"ana.paz","restamps":\#(restamps)}"#)
        try send("two", by: "ana.paz")
        try sync()
        #expect(try members == "ana.paz|id-ana|1")
        #expect(try authors == "ana.paz\nana.paz")
        #expect(try crm.json("channel", "log", "1", "--contact", "1").elements.count == 2)
        let sets = try crm.sql("SELECT count(*) FROM change_set")
        try sync()
        #expect(try crm.sql("SELECT count(*) FROM change_set") == sets)
        try crm.succeed("undo")
        #expect(try members == "ana|id-ana|1")
        #expect(try authors == "ana")
        #expect(try crm.run("check").status == 0)
    }

    @Test("a username that goes from one user to another leaves each what is theirs") func swapped() throws {
        try send("one", by: "eva", #","at":1760000000000"#)
        try send("two", by: "luis", #","at":1760000001000"#)
        try sync()
        for (author, new) in [("eva", "eva.paz"), ("luis", "eva")] {
            try order(#"{"do":"rename","author":"\#(author)","to":"\#(new)","restamps":false}"#)
        }
        try send("three", by: "eva")
        try sync()
        #expect(try members == "id-eva|id-eva|\neva|id-luis|")
        #expect(try authors == "id-eva\neva\neva")
        try send("four", by: "eva.paz")
        try sync()
        #expect(try members == "eva.paz|id-eva|\neva|id-luis|")
        #expect(try authors == "eva.paz\neva\neva\neva.paz")
    }

    @Test("who was recognized stays so elsewhere and by another name, and who gets the name is somebody else")
    func recognized() throws {
        try send("one", by: "ana", #","at":1760000000000"#)
        try send("two", by: "luis", #","at":1760000001000"#)
        try sync()
        #expect(try members == "ana|id-ana|1\nluis|id-luis|")
        for (author, new) in [("ana", "ana.paz"), ("luis", "ana")] {
            try order(#"{"do":"rename","author":"\#(author)","to":"\#(new)","restamps":false}"#)
        }
        // In another room, before the first has told of it.
        try order(#"{"do":"room","id":"OTHER","kind":"c","name":"other"}"#)
        try crm.succeed("channel", "discover", "--add")
        for author in ["ana", "ana.paz"] {
            try order(#"{"do":"send","room":"OTHER","text":"x","author":"\#(author)","name":"N"}"#)
        }
        try crm.succeed("channel", "sync", "2")
        func people(of channel: Int) throws -> [String] {
            try crm.sql("SELECT user_id || '|' || coalesce(contact, '') FROM channel_member WHERE channel = \(channel)")
                .split(separator: "\n").map(String.init).sorted()
        }
        #expect(try people(of: 2) == ["id-ana|1", "id-luis|"])
        try send("three", by: "ana")
        try sync()
        #expect(try people(of: 1) == ["id-ana|1", "id-luis|"])
        // One person may have several users, each with a contact point.
        try crm.add("contact", "--last-name", "Luna", "--point", "chat:luna", "--point", "chat:luna.admin")
        for author in ["luna", "luna.admin"] { try send("four", by: author) }
        try sync()
        #expect(try people(of: 1).suffix(2) == ["id-luna.admin|2", "id-luna|2"])
    }

    @Test("a member noted by a name alone is one with the user who turns out to have it") func united() throws {
        try send("one")
        try sync()
        try crm.write(#"{"msg":"old","username":"ana.paz","ts":{"$date":1600000000000}}"#, to: "export.jsonl")
        try crm.succeed("channel", "import", "export.jsonl", "--into", "1")
        try send("two", by: "luis")
        try order(#"{"do":"rename","author":"ana","to":"ana.paz"}"#)
        try sync()
        #expect(try members == "ana.paz|id-ana|1\nluis|id-luis|")
        #expect(try authors == "ana.paz\nana.paz\nluis")
        #expect(try crm.run("check").status == 0)
    }

    @Test("an export with a former username takes the present one from nobody") func export() throws {
        try send("one", by: "ana.paz")
        try sync()
        func line(_ id: String, by user: String, called name: String) -> String {
            #"{"_id":"\#(id)","rid":"GENERAL","msg":"\#(id)","ts":{"$date":1600000000000},"u":{"_id":"\#(user)","username":"\#(name)"}}"#
                + "\n"
        }
        try crm.write(
            line("m1", by: "id-ana.paz", called: "ana") + line("m2", by: "id-other", called: "ana.paz"),
            to: "export.jsonl"
        )
        try crm.succeed("channel", "import", "export.jsonl", "--chat", "rocketchat")
        #expect(try members == "ana.paz|id-ana.paz|\nid-other|id-other|")
        #expect(try authors == "ana.paz\nid-other\nana.paz")
    }

    @Test("a room that gets another name gives it to its channel, unless somebody named that otherwise") func room()
        throws
    {
        func names() throws -> String { try crm.sql("SELECT name, server_name, room_id FROM channel") }
        try send("one")
        try sync()
        #expect(try names() == "general|general|GENERAL")
        try order(#"{"do":"name","room":"GENERAL","text":"everything"}"#)
        try sync()
        #expect(try names() == "everything|everything|GENERAL")
        try crm.succeed("channel", "edit", "1", "--name", "Ours")
        try order(#"{"do":"name","room":"GENERAL","text":"all"}"#)
        try sync()
        #expect(try names() == "Ours|all|GENERAL")
    }
}
