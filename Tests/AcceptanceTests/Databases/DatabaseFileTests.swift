import Foundation
import Testing

/// Which file the program works on, when it makes one, and which it leaves alone.
@Suite struct DatabaseFileTests {
    private let crm: CRM

    init() throws { crm = try CRM(.nothing) }

    private static let readers = [
        ["contact", "list"], ["contact", "show", "1"], ["contact", "links", "1"], ["asset", "links", "contact", "1"],
    ]
    private static let writers = [
        ["contact", "edit", "1", "--title", "x"], ["contact", "delete", "1"], ["contact", "link", "asset", "1", "1"],
        ["contact", "unlink", "asset", "1", "1"],
    ]

    private var files: [String] {
        get throws { try FileManager.default.subpathsOfDirectory(atPath: crm.folder).sorted() }
    }

    @Test("Reading never makes a file or a folder", arguments: readers)
    func reading(_ words: [String]) throws {
        let before = try files
        for place in [[], ["--db", "other.db"], ["--db", "no/such/folder/crm.db"]] {
            let result = try crm.run(words + place)
            #expect(result.status == 3)
            #expect(result.output == "")
            #expect(result.errors.contains("there is no database at"))
            #expect(result.errors.contains("init"))
        }
        #expect(try crm.run(words, env: ["CRM_DB": "other.db"]).status == 3)
        #expect(try files == before)
    }

    @Test("What to do about a missing or empty file is told by its name, as a shell takes it")
    func hint() throws {
        #expect(try crm.run("contact", "list").errors.hasSuffix("crm: make it with: crm init\n"))
        let named = "crm: make it with: crm --db 'my file.db' init\n"
        #expect(try crm.run("contact", "list", "--db", "my file.db").errors.hasSuffix(named))
        let add = try crm.run("contact", "add", "--last-name", "x", "--db", "other.db")
        #expect(add.errors.hasSuffix("crm: make it with: crm --db other.db init, or add --create\n"))
        try crm.write("", to: "my file.db")
        #expect(try crm.run(["contact", "list"], env: ["CRM_DB": "my file.db"]).errors.hasSuffix(named))
    }

    @Test("A folder is no database")
    func folderForFile() throws {
        let result = try crm.run("contact", "list", "--db", ".")
        #expect(result.status == 78)
        #expect(result.errors == "crm: . is a folder, not a database\n")
    }

    @Test("The first write makes the user's own database, for nobody else to read, and says so")
    func firstWrite() throws {
        let result = try crm.run("contact", "add", "--last-name", "Ruiz", "--format", "id")
        #expect(result.status == 0)
        #expect(result.output == "1\n")
        #expect(result.errors == "crm: made the database \(crm.file("data/crm/crm.db"))\n")
        #expect(try crm.mode(of: "data") == 0o700)
        #expect(try crm.mode(of: "data/crm") == 0o700)
        #expect(try crm.mode(of: "data/crm/crm.db") == 0o600)
        #expect(try crm.run("contact", "add", "--last-name", "Ruiz", "--format", "id").errors == "")
    }

    @Test("A message that is sent makes the user's own database, as it is filed")
    func firstMessage() throws {
        try crm.succeed("config", "set", "mail.send", "cat >/dev/null")
        try crm.write("Hola\n", to: "hola.txt")
        let people = ["--from", "a@x.example", "--to", "b@x.example"]
        let result = try crm.succeed(["email", "draft", "--subject", "s", "--body", "hola.txt", "--send"] + people)
        #expect(result.errors.contains("made the database \(crm.file("data/crm/crm.db"))"), "\(result.errors)")
        #expect(try crm.succeed("email", "list", "--count").output == "1\n")
    }

    @Test(
        "What writes nothing makes no database",
        arguments: [
            ("undo", 3), ("contact edit 1 --title x", 3), ("contact edit --where id=1 --title x --yes", 3),
            ("contact delete 1", 3), ("contact delete --where id=1 --yes", 3), ("contact erase 1 --yes", 3),
            ("contact merge 1 2 --yes", 3), ("contact point add 1 email:a@x.example", 3), ("quote accept 1", 3),
            ("contact link asset 1 1", 3), ("field edit contact x --en X", 3), ("log prune --before 2030-01-01", 3),
            ("check --repair", 3), ("contact add --first-name X", 2), ("contact add --last-name X --email x", 2),
            ("asset add --name X --serial 1 --contact 1", 3),
        ] as [(String, Int32)]
    )
    func nothingWritten(line: String, status: Int32) throws {
        for option in ["", " --dry-run"] where option.isEmpty || !line.hasPrefix("check") {
            let result = try crm.shell("crm \(line)\(option)")
            #expect(result.status == status, "\(line)\(option): \(result.errors)")
            #expect(!result.errors.contains("made the database"), "\(result.errors)")
        }
        #expect(!crm.has("data/crm/crm.db"))
    }

    /// Commands that save nothing, and their status.
    private static let unsaved =
        [
            ("crm field add contact x --type nope", 2), ("crm field add nope x --type text", 2),
            ("crm choice add case.nope x", 3), ("crm rate set USD x", 2), ("crm config set country XX", 2),
            ("printf 'last_name,email\\nA,x\\n' | crm contact import -", 6), ("crm contact import - </dev/null", 6),
            ("echo '{\"module\":\"contact\"}' | crm apply -", 6), ("crm apply - </dev/null", 0),
            ("crm batch </dev/null", 0),
            ("echo contact delete 1 | crm batch", 6), ("echo contact delete 1 | crm batch --each", 6),
            ("crm document add /nofile", 74), ("crm email import /nofile", 74),
            ("crm apply - --db data/crm/crm.db --create </dev/null", 0),
        ] as [(String, Int32)]

    @Test("What saves nothing leaves no database", arguments: unsaved)
    func savesNothing(line: String, status: Int32) throws {
        try crm.shell("mkdir -p data/crm")
        let result = try crm.shell(line)
        #expect(result.status == status, "\(result.errors)")
        #expect(!result.errors.contains("made the database"), "\(result.errors)")
        #expect(try crm.shell("ls -A data/crm").output == "")
    }

    @Test(
        "What saves anything leaves the database, and says so once",
        arguments: [
            ("crm config set country MX", 0), ("crm field add contact zona", 0),
            ("printf 'last_name,email\\nA,x\\nB,\\n' | crm contact import - --continue-on-error", 6),
            ("printf 'contact add --last-name A\\ncontact delete 9\\n' | crm batch --each", 6),
        ] as [(String, Int32)]
    )
    func saves(line: String, status: Int32) throws {
        let result = try crm.shell(line)
        #expect(result.status == status, "\(result.errors)")
        #expect(result.errors.ranges(of: "made the database").count == 1, "\(result.errors)")
        #expect(crm.has("data/crm/crm.db"))
    }

    @Test("An empty file that was there stays")
    func emptyFile() throws {
        let result = try crm.shell(": >own.db; crm apply - --db own.db --create </dev/null; ls own.db")
        #expect(result.output.hasSuffix("own.db\n") && result.errors.contains("made the database own.db"), "\(result)")
    }

    @Test("The user's own database is below HOME where no other folder is named, and a relative one is none")
    func home() throws {
        crm.environment["XDG_DATA_HOME"] = nil
        try crm.succeed("contact", "add", "--last-name", "Ruiz", "--quiet")
        #expect(crm.has("home/.local/share/crm/crm.db"))
        try crm.succeed("contact", "list")
        #expect(try crm.run(["contact", "list", "--count"], env: ["XDG_DATA_HOME": "relative"]).output == "1\n")
    }

    @Test("A database that is named must be there, or be asked for", arguments: writers)
    func named(_ words: [String]) throws {
        for result in [try crm.run(words + ["--db", "other.db"]), try crm.run(words, env: ["CRM_DB": "other.db"])] {
            #expect(result.status == 3)
            #expect(result.errors.contains("there is no database at other.db"))
            #expect(result.errors.contains("crm: make it with: crm --db other.db init"))
        }
        #expect(!crm.has("other.db"))
    }

    @Test("--create and init make the database that is named")
    func create() throws {
        let created = try crm.run("contact", "add", "--last-name", "x", "--format", "id", "--db", "a.db", "--create")
        #expect(created.output == "1\n")
        #expect(created.errors.contains("a.db"))
        #expect(try crm.mode(of: "a.db") == 0o600)
        #expect(try crm.run("init", "--db", "b.db").status == 0)
        #expect(try crm.mode(of: "b.db") == 0o600)
        let again = try crm.run("init", "--db", "b.db")
        #expect(again.status == 0)
        #expect(again.output == "")
    }

    @Test("The option wins over the environment, and both over the user's own place")
    func precedence() throws {
        for name in ["option", "variable"] { try crm.succeed("init", "--db", "\(name).db") }
        try crm.succeed("contact", "add", "--last-name", "Option", "--db", "option.db", "--quiet")
        try crm.succeed("contact", "add", "--last-name", "Own", "--quiet")
        let variable = ["CRM_DB": "variable.db"]
        #expect(try crm.run(["contact", "list", "--count"], env: variable).output == "0\n")
        #expect(try crm.run(["contact", "list", "--count", "--db", "option.db"], env: variable).output == "1\n")
        #expect(try crm.run(["contact", "list", "--columns", "name", "--no-header"]).output == "Own\n")
    }

    @Test("What is no path is refused", arguments: ["", ":memory:"])
    func noPath(_ path: String) throws {
        for words in [["init"], ["contact", "list"], ["contact", "add", "--last-name", "x", "--create"]] {
            #expect(try crm.run(words + ["--db", path]).status == (path.isEmpty ? 2 : 78), "\(words)")
            #expect(try crm.run(words, env: ["CRM_DB": path]).status == 78, "\(words)")
        }
        #expect(try files == ["bin", "bin/crm", "home"])
    }

    @Test("A path is a path, even one that looks like a URI or an option")
    func oddPaths() throws {
        for name in ["file:a.db?mode=memory", "-odd.db", "con espacio ñ.db", "100%.db"] {
            try crm.succeed("init", "--db", name)
            try crm.succeed("contact", "add", "--last-name", "x", "--quiet", "--db", name)
            #expect(crm.has(name), "\(name)")
        }
    }

    @Test("A file with two names is read by both and written by neither, but for one that a restoration left")
    func severalNames() throws {
        func add(_ name: String) throws -> CRM.Result {
            try crm.run("contact", "add", "--last-name", "x", "--quiet", "--db", name)
        }
        try crm.succeed("init", "--db", "a.db")
        #expect(try add("a.db").status == 0)
        try crm.shell("ln a.db b.db; mkdir elsewhere")
        for (name, other) in [("a.db", "b.db"), ("b.db", "a.db")] {
            #expect(try crm.succeed("contact", "list", "--count", "--db", name).output == "1\n")
            let refused = try add(name)
            #expect(refused.status == 78, "\(refused.errors)")
            #expect(refused.errors.hasPrefix("crm: \(name) has another name, \(other) (a hard link)"))
        }
        try crm.shell("mv b.db elsewhere")
        let refused = try add("a.db")
        #expect(refused.status == 78 && refused.errors.contains("has another name (a hard link)"), "\(refused.errors)")
        try crm.succeed("backup", "c.db", "--db", "a.db")
        #expect(try add("c.db").status == 0)
        try crm.shell("mv elsewhere/b.db a.db.before-restore-20260101T000000Z")
        #expect(try add("a.db").status == 0)
    }

    @Test("What is not a database of this program is refused and left as it is")
    func foreign() throws {
        try crm.write("hola, mundo, esto no es una base de datos\n", to: "text.db")
        try crm.write([UInt8](repeating: 0xA5, count: 8192), to: "noise.db")
        try crm.write("", to: "empty.db")
        try Peer("sqlite3").run(crm.file("foreign.db"), "CREATE TABLE contact (id INTEGER PRIMARY KEY)", in: crm)
        for name in ["text.db", "noise.db", "foreign.db", "empty.db"] {
            let before = try crm.read(name)
            for words in [
                ["contact", "list"], ["contact", "add", "--last-name", "x"],
                ["contact", "add", "--last-name", "x", "--create"],
            ] {
                let result = try crm.run(words + ["--db", name])
                if name == "empty.db", words.contains("--create") { continue }
                #expect(result.status == 78, "\(name) \(words): \(result.errors)")
                #expect(result.errors.contains(name))
            }
            if name != "empty.db" {
                #expect(try crm.read(name) == before, "\(name)")
                #expect(try crm.run("init", "--db", name).status == 78)
            }
        }
    }

    @Test("A newer database is refused, untouched")
    func newer() throws {
        try crm.succeed("init", "--db", "newer.db")
        try Peer("sqlite3").run(crm.file("newer.db"), "PRAGMA user_version = 9999", in: crm)
        let before = try crm.read("newer.db")
        for words in Self.readers + Self.writers + [["init"]] {
            let result = try crm.run(words + ["--db", "newer.db"])
            #expect(result.status == 78, "\(words)")
            #expect(result.errors.contains("newer"))
        }
        #expect(try crm.read("newer.db") == before)
        #expect(!crm.has("newer.db-wal"))
    }

    @Test("A folder is not a database")
    func folder() throws {
        for words in [["contact", "list"], ["init"]] {
            #expect([74, 78].contains(try crm.run(words + ["--db", crm.file("home")]).status))
        }
    }

    @Test("A path that cannot be made is an error of input and output")
    func unmakeable() throws {
        #expect(try crm.run("init", "--db", "no/such/folder/crm.db").status == 74)
        try crm.write("", to: "data")
        let result = try crm.run("contact", "add", "--last-name", "x")
        #expect(result.status == 74)
        #expect(result.errors.contains(crm.file("data")))
    }

    @Test("Other tools read the file, and find it sound")
    func otherTools() throws {
        let crm = try CRM(.sample)
        #expect(try crm.sql("SELECT last_name FROM contact WHERE id = 1") == "Muñoz")
        #expect(try crm.sql("PRAGMA integrity_check") == "ok")
        #expect(try crm.sql("PRAGMA foreign_key_check") == "")
        #expect(try crm.sql("PRAGMA journal_mode") == "wal")
        #expect(try crm.sql("UPDATE contact SET title = 'Jefa' WHERE id = 2; SELECT changes()") == "1")
        #expect(try crm.json("contact", "show", "2")["title"] == "Jefa")
    }
}
