import Foundation
import Testing

/// A person who wants to be forgotten, with whatever the program can know of somebody.
@Suite("An erasure")
struct ErasureTests {
    private let crm: CRM

    /// Words that stand nowhere but in what is the person's.
    private static let traces = [
        "Xochitl", "XOCHITL", "xochitl", "Quetzaltica", "quetzaltica", "5598765432", "98 76 54 32", "1980-02-03",
        "whispered", "Callejon", "secretsubject", "Quietdeal", "NICKNAME", "K-9911", "formername",
    ]

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Clinica Norte", "--email", "clinica@norte.example")
        try crm.add(
            "contact",
            "--first-name",
            "Xochitl",
            "--last-name",
            "Quetzaltica",
            "--email",
            "x@quetzaltica.example",
            "--mobile",
            "55 98 76 54 32",
            "--birthdate",
            "1980-02-03",
            "--organization",
            "1",
            "--external-id",
            "K-9911"
        )
        try crm.add("contact", "--first-name", "Luis", "--last-name", "Vega", "--email", "luis@vega.example")
        try crm.add("contact", "--first-name", "X.", "--last-name", "formername", "--email", "old@quetzaltica.example")
        try crm.succeed("contact", "merge", "1", "3", "--yes")
        try crm.succeed("contact", "edit", "1", "--email", "new@quetzaltica.example")
        try crm.succeed("contact", "point", "add", "1", "--kind", "email", "--value", "home@quetzaltica.example")
        try crm.add("comment", "--contact", "1", "--body", "whispered once")
        try crm.succeed("comment", "delete", "1", "--yes")
        try crm.add("comment", "--contact", "2", "--body", "lunch with XOCHITL quetzaltica and x@quetzaltica.example")
        try crm.add("address", "--contact", "1", "--street", "Callejon 5", "--city", "Puebla")
        try crm.add("email", "--subject", "secretsubject", "--contact", "1", "--role", "from")
        try crm.add(
            "email",
            "--subject",
            "For all",
            "--from",
            "Xochitl Quetzaltica <x@quetzaltica.example>",
            "--contact",
            "1",
            "--contact",
            "2",
            "--text",
            "Dear all, Xochitl Quetzaltica"
        )
        for (name, contact) in [("Quietdeal", "1"), ("Shared deal", "1")] {
            try crm.add(
                "opportunity",
                "--name",
                name,
                "--contact",
                contact,
                "--amount",
                "100",
                "--close-date",
                "2027-01-01",
                "--stage",
                "prospecting"
            )
        }
        try crm.succeed("contact", "link", "opportunity", "2", "2", "--role", "influencer")
        try crm.add("asset", "--name", "Laptop", "--serial", "S-1", "--contact", "1", "--role", "custodian")
        try crm.succeed("contact", "edit", "2", "--reports-to", "1", "--description", "NICKNAME of Xochitl Quetzaltica")
        try crm.succeed("contact", "edit", "2", "--description", "none")
        try crm.succeed("asset", "edit", "1", "--description", "seen by NEW@quetzaltica.example")
        try crm.succeed(
            "contact",
            "import",
            "--input-format",
            "vcard",
            stdin:
                "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Rosa Paz\r\nN:Paz;Rosa;;;\r\nX-OF:new@quetzaltica.example\r\nEND:VCARD\r\n"
        )
        try crm.succeed("search", "xochitl")
    }

    private func traces(in file: String) throws -> [String] {
        guard let data = FileManager.default.contents(atPath: crm.file(file)) else { return [] }
        return Self.traces.filter { data.range(of: Data($0.utf8)) != nil }
    }

    @Test("leaves no byte of a person in the file, its log or a backup")
    func everyByte() throws {
        #expect(try traces(in: "crm.db").contains("Xochitl") || traces(in: "crm.db-wal").contains("Xochitl"))
        try crm.succeed("contact", "edit", "2", "--description", "none")
        let erased = try crm.succeed("contact", "erase", "email:new@quetzaltica.example", "--yes")
        #expect(erased.lines.first == "erased contact 1")
        try crm.succeed("backup", "copy.db")
        for file in ["crm.db", "crm.db-wal", "crm.db-shm", "copy.db"] {
            // What somebody else has said of the person without a name is that person's own.
            #expect(try traces(in: file).filter { $0 != "NICKNAME" } == [], "in \(file)")
        }
        #expect(try crm.succeed("check").output.hasSuffix("message\n"))
        #expect(try crm.run("search", "xochitl").output.split(separator: "\n").count <= 1)
    }

    @Test(
        "finds a person under the short name, every form of the number and any name of the address; names made of texts follow"
    )
    func spellings() throws {
        try crm.succeed(
            ["contact", "add", "--first-name", "Zénaïda Luz", "--last-name", "Quispe Yupanqui"]
                + ["--mobile", "+52 55 8765 4321", "--email", "zq@example.org"]
        )
        let number = try crm.succeed("contact", "list", "-w", "last_name ~ Quispe", "-c", "id", "--no-header").output
        let body = "Zénaïda Quispe: 55 8765 4321, 5587654321, +525587654321, 005215587654321, (55) 8765-4321"
        try crm.add("comment", "--contact", "2", "--body", body)
        try crm.add(
            "email",
            "--subject",
            "Hi",
            "--contact",
            "2",
            "--cc",
            #""Quispe, Z." <zq@example.org>, luis@vega.example"#
        )
        try crm.succeed("contact", "erase", number.trimmingCharacters(in: .newlines), "--yes")
        #expect(try crm.sql("SELECT body FROM comment ORDER BY id DESC LIMIT 1") == "[…]: […], […], […], […], […]")
        #expect(try crm.sql("SELECT cc FROM email ORDER BY id DESC LIMIT 1") == #""[…]" <[…]>, luis@vega.example"#)
        #expect(try crm.run("check").status == 0)
    }

    @Test("takes away the message of a mail that names the person, whoever wrote it") func rawMessages() throws {
        let mail = "From: no.one@example.com\nMessage-ID: <e3@x>\nSubject: of Luis Vega\n\nluis@vega.example wrote\n"
        try crm.succeed("email", "import", "-", stdin: mail)
        try crm.succeed("contact", "erase", "2", "--yes")
        for file in ["crm.db", "crm.db-wal"] {
            let data = FileManager.default.contents(atPath: crm.file(file)) ?? Data()
            #expect(data.range(of: Data("luis@vega".utf8)) == nil)
        }
        let result = try crm.run("email", "show", "message_id:e3@x", "--raw")
        #expect(result.status == 3 && result.errors.contains("has no message here"))
    }

    @Test("keeps out of a mail what was struck out of it, though the message comes again") func mailAgain() throws {
        try crm.write(
            "From: Xochitl Quetzaltica <new@quetzaltica.example>\nTo: luis@vega.example\nMessage-ID: <e4@x>\n"
                + "Subject: plan\n\nI am Xochitl Quetzaltica\n",
            to: "again.eml"
        )
        try crm.succeed("email", "import", "again.eml")
        try crm.succeed("contact", "erase", "email:new@quetzaltica.example", "--yes")
        let mails = try crm.sql("SELECT count(*), max(id) FROM email")
        #expect(try crm.succeed("email", "import", "again.eml").output == "1 message, 1 unchanged\n")
        #expect(try crm.sql("SELECT count(*), max(id) FROM email") == mails)
        #expect(try traces(in: "crm.db").filter { $0 != "NICKNAME" } == [])
    }

    @Test("takes the name out of what a file calls its choices and fields") func definitions() throws {
        let labels = ["--en", "Friend of Luis Vega", "--es", "Amigo"]
        try crm.succeed(["choice", "add", "contact.lead_source", "friend"] + labels)
        try crm.succeed("field", "add", "contact", "seen", "--en", "Seen", "--es", "Vista por Luis Vega")
        try crm.succeed("contact", "erase", "2", "--yes")
        let choices = try crm.succeed("choice", "list", "contact.lead_source").output
        #expect(choices.contains("Friend of […]") && !choices.contains("Vega"))
        #expect(try crm.succeed("field", "list", "contact").output.contains("Vista por […]"))
        #expect(try crm.run("check").status == 0)
    }

    @Test("leaves a short name that others have as well") func sharedShortName() throws {
        try crm.add("contact", "--first-name", "Luis", "--last-name", "Vega Soto", "--email", "soto@example.org")
        try crm.add("contact", "--first-name", "Luis Juan", "--last-name", "Vega Ríos", "--email", "rios@example.org")
        try crm.add("comment", "--contact", "2", "--body", "Luis Vega llamó; Luis Vega Soto no")
        try crm.succeed("contact", "erase", "soto@example.org", "--yes")
        #expect(try crm.sql("SELECT body FROM comment ORDER BY id DESC LIMIT 1") == "Luis Vega llamó; […] no")
    }

    @Test("takes out of a room by what its server knew the person")
    func rooms() throws {
        try crm.add("channel", "--name", "Sala", "--room-id", "R1")
        let member = "username=xq,name=Xochitl Quetzaltica,email=new@quetzaltica.example,contact=1"
        try crm.succeed("channel", "member", "add", "1", member)
        try crm.succeed("contact", "erase", "1", "--yes")
        let left = try #require(try crm.json("channel", "show", "1")["members"]?.elements.first)
        #expect(left["username"] == "[…]-1" && left["email"] == .null && left["contact"] == .null)
        #expect(left["name"] == .null)
        #expect(try traces(in: "crm.db").filter { $0 != "NICKNAME" } == [])
    }

    @Test("keeps what is shared, without the person")
    func shared() throws {
        let shown = try crm.succeed("contact", "erase", "1", "--dry-run").output
        #expect(shown.contains("1 opportunity: stays, with the next of the contacts\n"), "\(shown)")
        try crm.succeed("contact", "erase", "1", "--yes")
        #expect(
            try crm.succeed("opportunity", "list", "--columns", "name,contact", "--no-header").output
                == "Shared deal\t2\n"
        )
        let links = try crm.succeed("opportunity", "links", "2", "--json").output
        #expect(links.contains(#""role":"primary""#) && !links.contains("influencer"))
        #expect(
            try crm.succeed("email", "list", "--columns", "subject,from,text", "--no-header").output
                == "For all\t[…] <[…]>\tDear all, […]\n"
        )
        #expect(
            try crm.succeed("asset", "list", "--columns", "name,description", "--no-header").output
                == "Laptop\tseen by […]\n"
        )
        #expect(try crm.succeed("contact", "list", "--columns", "id,reports_to", "--no-header").output == "2\t\n4\t\n")
        #expect(try crm.succeed("comment", "show", "2", "--columns", "name").output.contains("lunch with […] and […]"))
    }

    @Test("is told by the log, which tells nothing of the person, and by an undo that is refused")
    func history() throws {
        try crm.succeed("contact", "erase", "1", "--yes")
        let log = try crm.succeed("log", "contact", "1").lines
        #expect(log.count == 2 && log[1].contains("\tana\tcrm contact erase 1\tcontact\t1\t\terased"))
        let undo = try crm.run("undo")
        #expect(undo.status == 5)
        #expect(undo.errors.contains("is an erasure"))
        #expect(try crm.run("contact", "show", "1").status == 3)
        #expect(try crm.run("contact", "show", "3").status == 3)
    }

    @Test("shows what goes first, and needs to be agreed to")
    func asking() throws {
        let before = try crm.succeed("export").output
        let dry = try crm.succeed("contact", "erase", "1", "--dry-run")
        #expect(dry.lines[0] == "contact 1: would be erased")
        #expect(dry.output.contains("1 opportunity: erased with it (Quietdeal)"))
        #expect(dry.output.contains("2 contacts: erased with it") || dry.output.contains("contact points"))
        let refused = try crm.run("contact", "erase", "1")
        #expect(refused.status == 2)
        #expect(refused.errors.contains("1 address: erased with it"))
        #expect(try crm.succeed("export").output == before)
    }

    @Test("strikes out no name that somebody else has as well")
    func namesakes() throws {
        try crm.add("contact", "--first-name", "Xochitl", "--last-name", "Quetzaltica", "--mobile", "55 98 76 54 32")
        try crm.succeed("contact", "erase", "1", "--yes")
        let comment = try crm.succeed("comment", "show", "2", "--columns", "body").output
        #expect(comment.contains("lunch with XOCHITL quetzaltica and […]"))
    }

    @Test("that another process keeps from writing the file anew says so, and is finished later")
    func readers() throws {
        let (ready, done) = (crm.file("ready"), crm.file("done"))
        let reader = """
            import os, sqlite3, sys, time
            connection = sqlite3.connect(sys.argv[1], isolation_level=None)
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM contact").fetchone()
            open(sys.argv[2], "w").close()
            while not os.path.exists(sys.argv[3]): time.sleep(0.01)
            """
        try crm.write(Array(reader.utf8), to: "reader.py")
        let erased = try crm.shell(
            """
            python3 reader.py crm.db ready done & while [ ! -e ready ]; do sleep 0.05; done
            crm --timeout 0 contact erase 1 --yes; status=$?; : >done; wait; exit $status
            """
        )
        #expect(FileManager.default.fileExists(atPath: ready) && FileManager.default.fileExists(atPath: done))
        #expect(erased.status == 75, "\(erased.errors)")
        #expect(erased.errors.contains("bytes of what was erased stay"))
        let finished = try crm.succeed("contact", "erase", "1", "--yes")
        #expect(finished.errors.contains("was erased before"))
        #expect(try traces(in: "crm.db").filter { $0 != "NICKNAME" } == [])
    }

    @Test("lists the settings that name the person, and leaves them") func settings() throws {
        try crm.succeed("config", "set", "company.legal", "Avisos: Xochitl QUETZALTICA, tel. 5598765432")
        try crm.succeed("config", "set", "company.email", "new@quetzaltica.example")
        try crm.succeed("config", "set", "company.name", "Quetzal")
        let preview = try crm.run("contact", "erase", "1", "--dry-run")
        #expect(preview.errors.contains("settings that stay as they are"), "\(preview.errors)")
        #expect(preview.errors.contains("config set company.legal …"), "\(preview.errors)")
        let done = try JSON(crm.succeed("contact", "erase", "1", "--yes", "--json").outputBytes)
        #expect(done["settings"]?.elements.map(\.string) == ["company.email", "company.legal"])
        #expect(try crm.succeed("config", "get", "company.legal").output.contains("QUETZALTICA"))
    }

    @Test("lists the copies that still hold the person")
    func copies() throws {
        try crm.shell("mkdir backups; cp crm.db crm.db.format-3.backup")
        try crm.succeed("backup", "--rotate", "backups", "--keep", "2d")
        let erased = try crm.succeed("contact", "erase", "1", "--yes", "--json")
        #expect(erased.output.contains(#""origin":"upgrade""#))
        #expect(erased.output.contains(#""origin":"backup""#))
        let told = try crm.succeed("contact", "erase", "1").errors
        #expect(told.contains("rm \(crm.file("crm.db.format-3.backup"))") && told.contains("/backups/crm-"))
    }

    @Test("strikes out a number however its digits are grouped")
    func numbers() throws {
        try crm.succeed("contact", "edit", "2", "--description", "cousin, tel 5598765432, or 559-876-5432")
        try crm.succeed("contact", "erase", "1", "--yes")
        #expect(
            try crm.succeed("contact", "show", "2", "--columns", "description", "--format", "tsv").output.contains(
                "cousin, tel […], or […]"
            )
        )
    }

    @Test("leaves nothing of the person in the mail of others as it came")
    func rawMail() throws {
        try crm.write(
            """
            From: =?utf-8?q?Xochitl_Quetzaltica?= <x@quetzaltica.example>
            To: Luis <luis@vega.example>
            Subject: For two
            Date: Mon, 2 Mar 2026 10:00:00 +0000
            Message-ID: <two@mail.example>

            Signed, Xochitl Quetzaltica
            """,
            to: "two.eml"
        )
        try crm.succeed("contact", "point", "add", "1", "--kind", "email", "--value", "x@quetzaltica.example")
        try crm.succeed("email", "import", "two.eml")
        try crm.succeed("contact", "edit", "2", "--description", "none")
        try crm.succeed("contact", "erase", "1", "--yes")
        #expect(try traces(in: "crm.db").filter { $0 != "NICKNAME" } == [])
        #expect(try crm.succeed("email", "list", "--where", "subject = 'For two'", "--count").output == "1\n")
    }

    @Test("leaves nothing of what the person wrote in rooms, which a report told before, and takes nothing in again")
    func wordsInRooms() throws {
        let crm = try CRM()
        try crm.add("contact", "--last-name", "Zorba", "--email", "zorb@example.org")
        try crm.add("contact", "--last-name", "Vega", "--email", "luis@example.org")
        try crm.shell("mkdir -p slack/general")
        try crm.write(
            """
            [{"id":"U1","name":"zorb","profile":{"email":"zorb@example.org"}},
             {"id":"U2","name":"luis","profile":{"email":"luis@example.org"}}]
            """,
            to: "slack/users.json"
        )
        try crm.write(#"[{"id":"C1","name":"general"}]"#, to: "slack/channels.json")
        try crm.write(
            """
            [{"type":"message","user":"U1","text":"whispered here","ts":"1700000000.000200"},
             {"type":"message","user":"U2","text":"thanks <@U1>","ts":"1700000060.000100",
              "reactions":[{"name":"tada","users":["U1","U2"]}]}]
            """,
            to: "slack/general/1.json"
        )
        try crm.succeed("channel", "import", crm.file("slack"))
        let report = try JSON(crm.succeed("contact", "report-personal", "1", "--json").outputBytes)
        #expect(report["chats"]?.elements.first?["messages"]?.elements.map { $0["text"]?.string } == ["whispered here"])
        #expect(report["chats"]?.elements.first?["channel"]?["name"]?.string == "general")
        #expect(try crm.succeed("contact", "report-personal", "1").output.contains("whispered here"))
        try crm.succeed("contact", "erase", "1", "--yes")
        func traces() throws -> String {
            try crm.shell("strings crm.db | grep -ci -e zorb -e whispered || true").output
        }
        #expect(try traces().hasPrefix("0"))
        let lines = try crm.json("channel", "log", "1").elements
        #expect(lines.map { $0["text"]?.string } == ["[…]", "thanks […]"])
        #expect(lines[1]["reactions"]?.elements.first?["users"]?.elements.last?.string == "luis")
        try crm.write("[]", to: "slack/users.json")
        try crm.succeed("channel", "import", crm.file("slack"))
        #expect(try crm.json("channel", "log", "1").elements.first?["text"]?.string == "[…]")
        try crm.succeed("check")
    }

    @Test(
        "is done where the history is damaged, of which goes what cannot be read",
        arguments: [
            "SET before = '{\"last_name\":\"Xochitl' WHERE before IS NOT NULL", "SET before = '[1]'",
            "SET action = 'x'",
            "SET table_name = 'nothing'", "SET record = -7",
        ]
    )
    func damagedHistory(change: String) throws {
        try crm.sql("UPDATE change \(change)")
        #expect(try crm.run("contact", "erase", "1", "--dry-run").status == 0)
        let result = try crm.run("contact", "erase", "1", "--yes")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact WHERE id = 1") == "0")
        if change.contains("before") {
            #expect(result.output.contains("changes of a damaged history that cannot be read"))
            #expect(try crm.shell("grep -c Xochitl crm.db").status == 1)
        }
    }
}
