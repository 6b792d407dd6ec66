import Foundation
import Testing

/// `channel sync` beside the tests' own server: everything comes once, whatever happens on the way.
@Suite struct ChannelSyncTests {
    private let server: ChatServer
    private let crm: CRM

    init() throws {
        server = try ChatServer()
        crm = try .speaking(to: server)
        try order(#"{"do":"room","id":"GENERAL","kind":"c","name":"general"}"#)
    }

    private func order(_ text: String) throws { try server.order(text, in: crm) }

    /// Fills the room with messages of a time long ago.
    private func fill(_ count: Int) throws {
        let orders = (0..<count).map { number in
            #"{"do":"send","room":"GENERAL","text":"text \#(number)","at":\#(1_700_000_000_000 + number * 1000)}"#
        }
        try order(#"{"do":"all","orders":[\#(orders.joined(separator: ","))]}"#)
    }

    /// Adds the channel of the room.
    private func addChannel() throws { try crm.succeed("channel", "add", "--room-id", "GENERAL") }

    /// The address of the server as the channel keeps it.
    private func serverURL() throws -> String { try crm.json("channel", "show", "1")["server_url"]?.string ?? "" }

    private var texts: String { get throws { try crm.sql("SELECT text FROM channel_message ORDER BY sent_at, id") } }

    /// What the room of ``fill(_:)`` is read as.
    private func filled(_ count: Int) -> String { (0..<count).map { "text \($0)" }.joined(separator: "\n") }

    @Test("reads a room to its end, and changes nothing when nothing is new") func twice() throws {
        try fill(250)
        try addChannel()
        let first = try crm.json("channel", "sync", "1")
        #expect(first.elements.first?["new"]?.integer == 250)
        #expect(try texts == filled(250))
        let sets = try crm.sql("SELECT count(*) FROM change_set")
        let second = try crm.json("channel", "sync", "1")
        #expect(["new", "edited", "deleted"].map { second.elements.first?[$0]?.integer } == [0, 0, 0])
        #expect(try crm.sql("SELECT count(*) FROM change_set") == sets)
        #expect(try crm.json("channel", "show", "1")["name"]?.string == "general")
    }

    @Test("keeps what a message said before it was edited or removed") func changes() throws {
        try fill(4)
        try addChannel()
        try crm.succeed("channel", "sync", "1")
        try order(#"{"do":"edit","room":"GENERAL","identifier":"GENERAL-1","text":"other"}"#)
        try order(#"{"do":"delete","room":"GENERAL","identifier":"GENERAL-2"}"#)
        try order(#"{"do":"delete","room":"GENERAL","identifier":"GENERAL-3","how":"rm"}"#)
        let changed = try crm.json("channel", "sync", "1")
        #expect(["new", "edited", "deleted"].map { changed.elements.first?[$0]?.integer } == [0, 1, 2])
        let lines = try crm.json("channel", "log", "1").elements
        #expect(lines.map { $0["text"]?.string } == ["text 0", "other", nil, nil])
        #expect(lines.map { $0["earlier"]?.elements.first?["text"]?.string } == [nil, "text 1", "text 2", "text 3"])
        #expect(lines.map { $0["deleted_at"]?.string != nil } == [false, false, true, true])
        #expect(lines[1]["edited_at"]?.string != nil)
    }

    @Test("finds what is gone without a word when it reads everything again") func full() throws {
        try fill(120)
        try addChannel()
        try crm.succeed("channel", "sync", "1")
        try order(#"{"do":"delete","room":"GENERAL","identifier":"GENERAL-7","how":"vanish"}"#)
        #expect(try crm.json("channel", "sync", "1").elements.first?["deleted"]?.integer == 0)
        #expect(try crm.json("channel", "sync", "1", "--full").elements.first?["deleted"]?.integer == 1)
        #expect(try crm.json("channel", "sync", "1", "--full").elements.first?["deleted"]?.integer == 0)
        #expect(try crm.sql("SELECT message_id FROM channel_message WHERE deleted_at IS NOT NULL") == "GENERAL-7")
    }

    @Test("reads again after an undo what that has taken back") func undone() throws {
        try fill(30)
        try addChannel()
        try crm.succeed("channel", "sync", "1")
        try crm.succeed("undo")
        #expect(try texts == "")
        #expect(try crm.json("channel", "sync", "1").elements.first?["new"]?.integer == 30)
        #expect(try texts == filled(30))
        #expect(try crm.run("check").status == 0)
    }

    @Test("finds again what was removed where an undo has taken that back") func undoneRemoval() throws {
        try fill(3)
        try addChannel()
        try crm.succeed("channel", "sync", "1")
        try order(#"{"do":"delete","room":"GENERAL","identifier":"GENERAL-1"}"#)
        #expect(try crm.json("channel", "sync", "1").elements.first?["deleted"]?.integer == 1)
        try crm.succeed("undo")
        // The server tells of what happened lately once more.
        try crm.shell("sleep 4")
        #expect(try crm.json("channel", "sync", "1").elements.first?["deleted"]?.integer == 1)
        #expect(try crm.json("channel", "sync", "1").elements.first?["deleted"]?.integer == 0)
    }

    @Test("reads on to the end where the server's total is too small, and its pages too") func smallTotals() throws {
        try fill(100)
        try addChannel()
        try order(#"{"do":"set","page_cap":30,"wrong_total":10}"#)
        #expect(try crm.json("channel", "sync", "1").elements.first?["new"]?.integer == 100)
        try order(#"{"do":"set","wrong_total":0}"#)
        #expect(try crm.json("channel", "sync", "1", "--full").elements.first?["deleted"]?.integer == 0)
    }

    @Test(
        "tries again what fails for a while",
        arguments: [
            #"{"do":"fault","kind":"status","status":429,"retry_after":1}"#,
            #"{"do":"fault","kind":"status","status":503,"retry_after":1}"#,
            #"{"do":"fault","kind":"status","status":500}"#,
            #"{"do":"fault","kind":"drop","method":"channels.messages","after":2}"#,
            #"{"do":"fault","kind":"cut","method":"channels.messages","after":1}"#,
            #"{"do":"fault","kind":"slow","seconds":3,"method":"channels.messages"}"#,
            #"{"do":"fault","kind":"cut","method":"chat.syncMessages"}"#,
            #"{"do":"fault","kind":"html","method":"channels.messages","after":1}"#,
        ]
    )
    func passing(fault: String) throws {
        try fill(450)
        try addChannel()
        try order(fault)
        let result = try crm.run("channel", "sync", "1", "--request-time", "2")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try texts == filled(450))
    }

    @Test(
        "ends at what does not pass, says so, and goes on from there later",
        arguments: [
            (
                #"{"do":"fault","kind":"html","retry_after":0.1,"times":99,"method":"channels.messages","after":2}"#,
                78,
                "does not answer as Rocket.Chat does"
            ),
            (
                #"{"do":"fault","kind":"broken","method":"channels.messages","after":2}"#, 78,
                "does not answer as Rocket.Chat does"
            ),
            (
                #"{"do":"fault","kind":"redirect","to":"http://127.0.0.2:9/steal","method":"channels.messages","after":1}"#,
                1,
                "http://127.0.0.2:9/steal, which is not followed"
            ),
            (
                #"{"do":"fault","kind":"status","status":429,"retry_after":0.1,"times":5,"method":"channels.messages","after":1}"#,
                1, "the server answers 429"
            ),
            (
                #"{"do":"fault","kind":"act","orders":[{"do":"expire"}],"method":"channels.messages"}"#, 78,
                "refuses the token"
            ),
            (
                #"{"do":"fault","kind":"status","status":200,"method":"channels.messages","after":1}"#, 5,
                "the server refuses it: broken"
            ),
        ]
    )
    func lasting(fault: String, status: Int, message: String) throws {
        try fill(450)
        try addChannel()
        try order(fault)
        let result = try crm.run("channel", "sync", "1")
        #expect(result.status == Int32(status))
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(!result.errors.contains("token-of-the-tests"))
        try order(#"{"do":"set","faults":[]}"#)
        try order(#"{"do":"allow"}"#)
        try crm.succeed("channel", "sync", "1")
        #expect(try texts == filled(450))
    }

    @Test(
        "says for how long it waits, and waits for nothing that takes hours",
        arguments: [
            (#"{"do":"fault","kind":"status","status":429,"retry_after":6}"#, 0, "429: waiting 6 s"),
            (#"{"do":"fault","kind":"status","status":429,"retry_after":86400}"#, 75, "is not to be asked before"),
            (#"{"do":"fault","kind":"status","status":503,"retry_after":"Fri, 01 Jan 2100 00:00:00 GMT"}"#, 75, "503"),
            (#"{"do":"fault","kind":"status","status":400,"error":"x [error-too-many-requests]"}"#, 0, "waiting 15 s"),
        ]
    )
    func waiting(fault: String, status: Int, message: String) throws {
        try fill(3)
        try addChannel()
        try order(fault)
        let result = try crm.run("channel", "sync", "1")
        #expect(result.status == Int32(status))
        #expect(result.errors.contains(message), "\(result.errors)")
        if status == 0 { #expect(try texts == filled(3)) }
    }

    @Test("misses nothing where messages went and as many came while it was stopped") func stoppedAndChanged() throws {
        try fill(450)
        try addChannel()
        try order(#"{"do":"fault","kind":"status","status":403,"method":"channels.messages","after":2}"#)
        #expect(try crm.run("channel", "sync", "1").status != 0)
        let gone = (0..<10).map { #"{"do":"delete","room":"GENERAL","identifier":"GENERAL-\#($0)","how":"vanish"}"# }
        let new = (450..<480).map { #"{"do":"send","room":"GENERAL","id":"new-\#($0)","text":"text \#($0)"}"# }
        try order(#"{"do":"all","orders":[\#((gone + new).joined(separator: ","))]}"#)
        try crm.succeed("channel", "sync", "1")
        #expect(try texts == filled(480))
    }

    @Test("keeps several files of one name, and one that is told thrice once") func attachments() throws {
        try addChannel()
        let upload = { (key: String) in #"{"title":"image.png","title_link":"/file-upload/\#(key)/image.png"}"# }
        let file = { (key: String) in #"{"_id":"\#(key)","name":"image.png"}"# }
        try order(
            #"{"do":"send","room":"GENERAL","text":"two","attachments":[\#(upload("B")),\#(upload("C"))],"#
                + #""file":\#(file("B")),"files":[\#(file("B")),\#(file("C"))]}"#
        )
        try crm.succeed("channel", "sync", "1")
        let links = try crm.json("channel", "log", "1").elements[0]["attachments"]?.elements.map { $0["url"]?.string }
        let base = try serverURL()
        #expect(links == ["\(base)/file-upload/B/image.png", "\(base)/file-upload/C/image.png"])
        // Without its server a channel says where the files are on it, and that this is not enough.
        for (address, base) in [("", ""), ("https://chat.example/sub/", "https://chat.example/sub")] {
            try crm.succeed("channel", "edit", "1", "--server-url=\(address)")
            let log = try crm.succeed("channel", "log", "1", "--format", "tsv")
            #expect(log.output.contains("<\(base)/file-upload/B/image.png>"), "\(log.output)")
            #expect(log.errors.contains("does not name: 2") == base.isEmpty, "\(log.errors)")
        }
    }

    @Test(
        "the link of a file is the one that the server gives",
        arguments: [
            (
                #""file":{"_id":"F9","name":"plano final #1.pdf"},"attachments":[{"title":"plano final #1.pdf","title_link":"/file-upload/F9/plano%20final%20%231.pdf"}]"#,
                "plano final #1.pdf", "/file-upload/F9/plano%20final%20%231.pdf"
            ),
            (
                #""files":[{"_id":"F1","name":"a.png"}],"attachments":[{"title":"a b.png","image_url":"/file-upload/F1/a%20b.png"}]"#,
                "a b.png", "/file-upload/F1/a%20b.png"
            ),
            (#""file":{"_id":"F9","name":"año #1?.pdf"}"#, "año #1?.pdf", "/file-upload/F9/a%C3%B1o%20%231%3F.pdf"),
        ]
    )
    func links(members: String, name: String, link: String) throws {
        try addChannel()
        try order(#"{"do":"send","room":"GENERAL","text":"",\#(members)}"#)
        try crm.succeed("channel", "sync", "1")
        let files = try crm.json("channel", "log", "1").elements[0]["attachments"]?.elements ?? []
        #expect(files.map { $0["name"]?.string } == [name])
        let whole = try serverURL() + link
        #expect(files.map { $0["url"]?.string } == [whole])
        let line = try crm.succeed("channel", "log", "1", "--format", "tsv").output
        #expect(line.contains("\(name) <\(whole)>"), "\(line)")
    }

    @Test(
        "believes no total and no size of a page",
        arguments: [
            #"{"do":"set","wrong_total":0}"#, #"{"do":"set","wrong_total":1000000}"#,
            #"{"do":"set","wrong_total":100}"#,
            #"{"do":"set","page_cap":50}"#, #"{"do":"set","page_cap":1}"#,
            // Removed for good while pages are read: all that stand after it move.
            #"{"do":"fault","kind":"act","method":"channels.messages","after":1,"orders":[{"do":"delete","room":"GENERAL","identifier":"GENERAL-5","how":"vanish"}]}"#,
            // Sent while pages are read.
            #"{"do":"fault","kind":"act","method":"channels.messages","after":1,"orders":[{"do":"send","room":"GENERAL","text":"text 230"}]}"#,
        ]
    )
    func paging(order: String) throws {
        try fill(230)
        try addChannel()
        try self.order(order)
        try crm.succeed("channel", "sync", "1")
        #expect(try texts == filled(order.contains("text 230") ? 231 : 230))
    }

    @Test("keeps within the limits that the server tells") func limits() throws {
        try fill(750)
        try addChannel()
        try order(#"{"do":"set","limit":[3,1500]}"#)
        try crm.succeed("channel", "sync", "1")
        #expect(try texts == filled(750))
        #expect(try !server.log(in: crm).contains { $0["path"]?.string == "over the limit" })
    }

    @Test("loses and doubles nothing, whenever it is killed") func killed() throws {
        try fill(3000)
        try addChannel()
        try order(#"{"do":"set","page_cap":20}"#)
        var wasKilled = false
        for part in 1...6 {
            let seconds = 0.1 * Double(part)
            wasKilled =
                try crm.shell("timeout --foreground -s KILL \(seconds) crm channel sync 1").status == 137 || wasKilled
        }
        #expect(wasKilled)
        try order(#"{"do":"set","page_cap":100}"#)
        try crm.succeed("channel", "sync", "1")
        #expect(try texts == filled(3000))
        #expect(try crm.run("check").status == 0)
    }

    @Test("a signal to all that runs with it is an interruption", arguments: ["INT", "TERM", "HUP"])
    func group(signal: String) throws {
        try fill(10)
        try addChannel()
        try order(#"{"do":"fault","kind":"slow","seconds":4,"method":"channels.messages"}"#)
        let script = """
            import os, signal, subprocess, sys, time
            child = subprocess.Popen(["crm", "channel", "sync", "1"], start_new_session=True, stderr=subprocess.PIPE,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
            time.sleep(1.5)
            os.killpg(child.pid, signal.SIG\(signal))
            print(child.stderr.read().decode(), child.wait())
            """
        try crm.write(script, to: "group.py")
        let result = try crm.shell("python3 group.py")
        #expect(result.output.contains("interrupted") && result.output.hasSuffix(" 130\n"), "\(result.output)")
        try crm.succeed("channel", "sync", "1")
        #expect(try texts == filled(10))
    }

    @Test("lets others write while the server is waited for") func unlocked() throws {
        try fill(10)
        try addChannel()
        try order(#"{"do":"fault","kind":"slow","seconds":3,"method":"channels.messages"}"#)
        let line =
            "crm channel sync 1 >/dev/null & sleep 1; crm --timeout 0 contact add --last-name Paz; code=$?; wait; exit $code"
        #expect(try crm.shell(line).status == 0)
    }

    @Test("a dry run changes nothing") func dryRun() throws {
        try fill(10)
        try addChannel()
        #expect(try crm.json("channel", "sync", "1", "--dry-run").elements.first?["new"]?.integer == 10)
        #expect(try texts == "")
        #expect(try crm.json("channel", "sync", "1").elements.first?["new"]?.integer == 10)
    }

    @Test("a dry run counts what it would read again after an undo as often as that is read") func dryRunAfterUndo()
        throws
    {
        try fill(3)
        try addChannel()
        try crm.succeed("channel", "sync", "1")
        let now = Int(Date().timeIntervalSince1970 * 1000)
        for text in ["a", "b"] { try order(#"{"do":"send","room":"GENERAL","text":"\#(text)","at":\#(now)}"#) }
        try order(#"{"do":"edit","room":"GENERAL","identifier":"GENERAL-1","text":"changed"}"#)
        func counts(_ options: String...) throws -> [Int?] {
            let result = try crm.succeed(["channel", "sync", "--all", "--json"] + options)
            let outcome = try JSON(result.outputBytes).elements.first
            return ["new", "edited"].map { outcome?[$0]?.integer }
        }
        #expect(try counts() == [2, 1])
        try crm.succeed("undo")
        #expect(try counts("--dry-run") == [2, 1])
        #expect(try counts() == [2, 1])
    }

    @Test("goes on with other rooms where one is not there") func several() throws {
        try fill(3)
        try addChannel()
        try crm.succeed("channel", "add", "--room-id", "NOWHERE")
        let result = try crm.run("channel", "sync", "--all")
        #expect(result.status == 6)
        #expect(result.errors.contains("NOWHERE: the server refuses it"), "\(result.errors)")
        #expect(try texts == filled(3))
        #expect(try crm.run("channel", "sync", "2").status == 3)
        #expect(try crm.run("channel", "sync").status == 2)
    }

    @Test("what one sync reads is one change set, which search finds and one undo takes back") func changeSets() throws
    {
        let server = try ChatServer("--messages", "5300")
        let crm = try CRM.speaking(to: server)
        try crm.succeed("channel", "add", "--room-id", "BIG")
        let sets = "SELECT count(*) FROM change_set"
        let before = try #require(Int(try crm.sql(sets)))
        try crm.succeed("search", "anything")
        try crm.succeed("channel", "sync", "1")
        #expect(try crm.sql(sets) == "\(before + 1)")
        #expect(try crm.sql("SELECT count(*) FROM channel_message") == "5300")
        for place in [1, 5300] {
            let text = try crm.sql("SELECT text FROM channel_message WHERE position = \(place)")
            #expect(try crm.json("search", "\"\(text)\"").elements.count > 0, "\(text)")
        }
        try crm.succeed("undo")
        #expect(try crm.sql("SELECT count(*) FROM channel_message") == "0")
    }

    @Test("a room that was never read says nothing of a server or a synchronization") func unread() throws {
        try crm.succeed("channel", "add", "--room-id", "NOWHERE")
        let result = try crm.run("channel", "sync", "1")
        #expect(result.status == 3 && !result.errors.contains("saved before"), "\(result.errors)")
        #expect(try crm.sql("SELECT server_url, last_synced_at FROM channel") == "|")
        #expect(try crm.sql("SELECT count(*) FROM room_sync") == "0")
    }
}
