import Foundation
import Testing

/// A person who is in no record any more, and in history and files still.
@Suite("An erasure of somebody who is there no more")
struct ErasedGoneTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func addWhole() throws {
        try crm.add(
            "contact",
            ["--first-name", "Xochitl", "--last-name", "Quetzaltica", "--email", "x@quetzaltica.example"]
                + ["--mobile", "55 98 76 54 32"]
        )
        try crm.add("contact", "--last-name", "Vega")
        try crm.add("comment", "--contact", "2", "--body", "lunch with Xochitl Quetzaltica")
    }

    private func hasTraces() throws -> Bool {
        for file in ["crm.db", "crm.db-wal"] where crm.has(file) {
            let data = Data(try crm.read(file))
            let traces = ["Xochitl", "xochitl", "uetzaltica", "9876543", "98 76 54", "formername"]
            if traces.contains(where: { data.range(of: Data($0.utf8)) != nil }) { return true }
        }
        return false
    }

    @Test(
        "leaves no byte of a record that was deleted, that was never to be, or into which another had become one",
        arguments: ["delete", "undo", "merge"]
    )
    func gone(way: String) throws {
        try addWhole()
        switch way {
        case "undo": try crm.succeed("undo", "1", "--force")
        case "merge":
            try crm.add("contact", "--first-name", "X.", "--last-name", "formername")
            try crm.succeed("contact", "merge", "1", "3", "--yes")
            try crm.succeed("contact", "delete", "1", "--yes")
        default: try crm.succeed("contact", "delete", "email:x@quetzaltica.example", "--yes")
        }
        #expect(try crm.run("contact", "show", "1").status == 3)
        let dry = try crm.json("contact", "erase", "1", "--dry-run")
        let done = try crm.json("contact", "erase", "1", "--yes")
        for key in ["id", "former_ids", "erased", "referring", "changes", "texts", "files"] {
            #expect(dry[key] == done[key], "\(key)")
        }
        #expect(done["texts"]?.integer ?? 0 >= 1)
        #expect(try !hasTraces())
        #expect(try crm.succeed("comment", "show", "1", "-c", "body", "--format", "tsv").output.contains("[…]"))
        try crm.succeed("check")
        #expect(try crm.succeed("contact", "erase", "1", "--yes").errors.contains("was erased before"))
        #expect(try crm.run("contact", "erase", "99", "--yes").status == 3)
    }

    @Test("is refused by an undo of what it has emptied") func emptied() throws {
        try crm.add("contact", "--last-name", "Quetzaltica")
        try crm.succeed("contact", "edit", "1", "--title", "CEO")
        try crm.succeed("contact", "erase", "1", "--yes")
        let undo = try crm.run("undo", "2")
        #expect(undo.status == 5 && undo.errors.contains("what it changed was erased"), "\(undo.errors)")
    }

    @Test("strikes the text of a file, and lists the files that stay")
    func files() throws {
        try addWhole()
        try crm.write("Signed by Xochitl Quetzaltica", to: "minutes.txt")
        try crm.succeed("document", "add", "minutes.txt", "--title", "Minutes", "--contact", "2")
        try crm.write(
            """
            From: Xochitl Quetzaltica <x@quetzaltica.example>
            To: vega@example.org
            Subject: Plan
            Message-ID: <plan@x>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: application/octet-stream
            Content-Disposition: attachment; filename=plan.bin

            bytes
            --b--
            """,
            to: "plan.eml"
        )
        try crm.succeed("contact", "edit", "2", "--email", "vega@example.org")
        try crm.succeed("email", "import", "plan.eml")
        let dry = try crm.json("contact", "erase", "1", "--dry-run")
        let files = try #require(
            dry["files"]?.elements.map { "\($0["module"]?.string ?? "") \($0["id"]?.integer ?? 0)" }
        )
        #expect(files == ["document 1", "document 2"])
        let report = try crm.json("contact", "report-personal", "1")
        #expect(report["command"] == "crm document extract 1 2 -o files")
        let told = try crm.succeed("contact", "erase", "1", "--yes").errors
        #expect(told.contains("crm document extract 1") && told.contains("crm document extract 2"), "\(told)")
        #expect(try crm.sql("SELECT text FROM content_text WHERE text LIKE 'Signed%'") == "Signed by […]")
        #expect(try crm.run("search", "xochitl").output.split(separator: "\n").count <= 1)
    }

    @Test(
        "goes where a room came before the contact was known, by an address of now or of before",
        arguments: [[], ["contact", "edit", "1", "--email="]]
    )
    func unmatched(edit: [String]) throws {
        let crm = try CRM()
        try crm.shell("mkdir -p slack/general slack/gone")
        try crm.write(
            """
            [{"id":"U1","name":"zebchat","real_name":"Zebulon Q","profile":{"email":"Zebulon@quix.example"}},
             {"id":"U2","name":"ottochat","profile":{"email":"otto@o.example"}}]
            """,
            to: "slack/users.json"
        )
        try crm.write(#"[{"id":"C1","name":"general"},{"id":"C2","name":"gone"}]"#, to: "slack/channels.json")
        for folder in ["general", "gone"] {
            try crm.write(
                """
                [{"type":"message","user":"U1","text":"whispered here","ts":"1700000000.000200"},
                 {"type":"message","user":"U2","text":"thanks <@U1>","ts":"1700000060.000100"}]
                """,
                to: "slack/\(folder)/1.json"
            )
        }
        try crm.succeed("channel", "import", crm.file("slack"))
        try crm.succeed("channel", "delete", "2", "--yes", "--force")
        try crm.add(
            "contact",
            "--first-name",
            "Zebulon",
            "--last-name",
            "Quixoteval",
            "--email",
            "zebulon@quix.example"
        )
        try crm.add("contact", "--last-name", "Otto", "--email", "otto@o.example")
        try crm.add("comment", "--contact", "2", "--body", "ask zebulon@quix.example, that is @zebchat")
        if !edit.isEmpty { try crm.succeed(edit) }
        try crm.succeed("contact", "erase", "1", "--yes")
        let left = try crm.shell("strings crm.db | grep -i -e zebulon -e zebchat -e whispered")
        #expect(left.status == 1, "\(left.output)")
        #expect(try crm.json("channel", "log", "1").elements.map { $0["text"]?.string } == ["[…]", "thanks […]"])
        #expect(try crm.sql("SELECT count(*) FROM channel_member WHERE email = 'otto@o.example'") == "1")
        try crm.succeed("check")
    }

    @Test("stays in a room where somebody else has the address too")
    func sharedAddress() throws {
        let crm = try CRM()
        try crm.add("channel", "--name", "Sala", "--room-id", "R1")
        try crm.succeed("channel", "member", "add", "1", "username=desk,name=Front Desk,email=desk@quix.example")
        for name in ["Zorba", "Vega"] { try crm.add("contact", "--last-name", name, "--email", "desk@quix.example") }
        try crm.succeed("contact", "erase", "1", "--yes")
        #expect(try crm.json("channel", "show", "1")["members"]?.elements.first?["username"] == "desk")
    }

    @Test("is not taken back by the same export of a chat")
    func chat() throws {
        try crm.add("contact", "--first-name", "Xochitl", "--last-name", "Quetzaltica")
        try crm.write(
            """
            [{"_id":"a","rid":"R","msg":"ask Xochitl Quetzaltica today","ts":"2026-03-02T10:00:00Z",
              "u":{"username":"luis"}}]
            """,
            to: "room.json"
        )
        try crm.succeed("channel", "import", "room.json")
        try crm.succeed("contact", "erase", "1", "--yes")
        let again = try crm.succeed("channel", "import", "room.json").output
        #expect(!again.contains("1 edited"), "\(again)")
        #expect(try crm.json("channel", "log", "1").elements.first?["text"] == "ask […] today")
    }

    @Test("leaves no byte of a message that was deleted, be it one of others as well, and nothing folded or quoted")
    func messages() throws {
        try addWhole()
        try crm.succeed("contact", "edit", "2", "--email", "vega@example.org")
        let head = "From: Xochitl Quetzaltica <x@quetzaltica.example>\nTo: vega@example.org\n"
        try crm.succeed("email", "import", "-", stdin: head + "Message-ID: <a@x>\nSubject: plan\n\nwhispered\n")
        try crm.succeed("email", "import", "-", stdin: "Message-ID: <b@x>\nSubject: a\n\n> by Xochitl\n> Quetzaltica\n")
        for id in ["1", "2"] { try crm.succeed("email", "delete", id, "--yes") }
        let note = "X-NOTE:" + String(repeating: "of a long note ", count: 4) + "Xochitl Quetzaltica"
        let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Rosa Paz\r\nN:Paz;Rosa;;;\r\n\(note)\r\nEND:VCARD\r\n"
        try crm.succeed("contact", "import", "--input-format", "vcard", stdin: card)
        try crm.succeed("contact", "erase", "1", "--yes")
        #expect(try crm.sql("SELECT count(*) FROM content") == "0")
        #expect(try crm.sql("SELECT properties FROM contact_vcard").contains("[…]"))
        #expect(try !hasTraces())
        try crm.succeed("check")
    }

    @Test("leaves nothing in the history of whom the person was one with, until that was undone")
    func undoneMerge() throws {
        let traits = ["--title", "formername", "--mobile", "55 98 76 54 32"]
        try crm.add("contact", ["--last-name", "Quetzaltica", "--email", "x@quetzaltica.example"] + traits)
        try crm.add("contact", "--last-name", "Vega", "--email", "vega@example.org")
        try crm.succeed("contact", "merge", "2", "1", "--yes")
        try crm.succeed("contact", "edit", "2", "--title", "Boss")
        try crm.succeed("undo")
        try crm.succeed("undo", "3")
        try crm.succeed("contact", "erase", "1", "--yes")
        #expect(try !hasTraces())
        try crm.succeed("check")
        let shown = ["contact", "show", "2", "-c", "last_name,email,title", "--format", "tsv", "--no-header"]
        #expect(try crm.succeed(shown).output == "Vega\tvega@example.org\t\n")
    }

    @Test("is no address that an undo brings back") func restoring() throws {
        try addWhole()
        try crm.succeed(
            "contact",
            "edit",
            "2",
            "--email",
            "y@quetzaltica.example",
            "--description",
            "Xochitl Quetzaltica"
        )
        try crm.succeed("contact", "point", "add", "2", "--kind", "email", "--value", "x2@quetzaltica.example")
        try crm.succeed("contact", "edit", "2", "--email", "vega@example.org", "--description", "none")
        try crm.succeed("contact", "point", "remove", "2", "1")
        try crm.succeed("contact", "edit", "1", "--email", "y@quetzaltica.example")
        try crm.succeed("contact", "edit", "1", "--email", "x2@quetzaltica.example")
        try crm.succeed("contact", "erase", "1", "--yes")
        #expect(try !hasTraces())
        let point = try crm.succeed("undo", "7")
        #expect(point.errors.contains("Value was has been erased"), "\(point.errors)")
        let edit = try crm.succeed("undo", "6")
        #expect(
            edit.errors.contains("contact 2: what Email was has been erased, and it stays as it is"),
            "\(edit.errors)"
        )
        let shown = try crm.json("contact", "show", "2")
        #expect(shown["email"] == "vega@example.org" && shown["description"] == "[…]")
        #expect(shown["points"]?.elements.isEmpty == true)
        try crm.succeed("check")
    }

    @Test("leaves nothing of what was said in rooms, of those who were deleted before, nor in those that were")
    func rooms() throws {
        let crm = try CRM()
        try crm.shell("mkdir -p slack/general slack/other")
        try crm.add("contact", "--last-name", "Zorba", "--email", "zorb@example.org")
        try crm.add("contact", "--last-name", "Vega", "--email", "luis@example.org")
        try crm.write(
            """
            [{"id":"U1","name":"zorb","profile":{"email":"zorb@example.org"}},
             {"id":"U2","name":"luis","profile":{"email":"luis@example.org"}}]
            """,
            to: "slack/users.json"
        )
        try crm.write(#"[{"id":"C1","name":"general"},{"id":"C2","name":"other"}]"#, to: "slack/channels.json")
        for folder in ["general", "other"] {
            try crm.write(
                """
                [{"type":"message","user":"U1","text":"whispered here","ts":"1700000000.000200"},
                 {"type":"message","user":"U2","text":"thanks <@U1>","ts":"1700000060.000100",
                  "reactions":[{"name":"tada","users":["U1","U2"]}]}]
                """,
                to: "slack/\(folder)/1.json"
            )
        }
        try crm.succeed("channel", "import", crm.file("slack"))
        try crm.succeed("channel", "delete", "2", "--yes", "--force")
        let deletion = try crm.succeed("log", "--limit", "1", "--format", "tsv", "--no-header").output
        try crm.add("email", "--subject", "whispered", "--contact", "1", "--role", "from")
        try crm.succeed("contact", "delete", "1", "--yes", "--force")
        try crm.succeed("contact", "erase", "1", "--yes")
        #expect(try crm.shell("strings crm.db | grep -ci -e zorb -e whispered").status == 1)
        #expect(try crm.json("channel", "log", "1").elements.map { $0["text"]?.string } == ["[…]", "thanks […]"])
        try crm.succeed("undo", String(deletion.prefix { $0 != "\t" }))
        #expect(try crm.json("channel", "log", "2").elements.map { $0["text"]?.string } == ["[…]", "thanks […]"])
        try crm.succeed("check")
    }
}
