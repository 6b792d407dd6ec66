import Testing

/// `crm batch`: many commands in one process.
@Suite struct BatchTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func objects(_ result: CRM.Result) throws -> [JSON] { try result.lines.map { try JSON($0) } }

    @Test("Each line gives an object with what its command prints as JSON, in order")
    func results() throws {
        let lines = """
            # people
            contact add --last-name 'O'\\''Hara' --first-name "José" --description $'a\\nb'

            crm contact list --columns id,name
            contact show 1
            contact list --count
            contact export --columns id,name
            """
        let result = try crm.succeed("batch", stdin: lines)
        #expect(result.errors == "")
        let objects = try objects(result)
        #expect(objects.map { $0["line"] } == [2, 4, 5, 6, 7])
        for object in objects { #expect(object.keys == ["line", "exit", "result", "notices", "duplicates"]) }
        #expect(objects[0]["result"] == (try crm.json("contact", "show", "1")))
        #expect(objects[0]["result"]?["description"] == "a\nb")
        #expect(objects[1]["result"] == (try crm.json("contact", "list", "--columns", "id,name")))
        #expect(objects[3]["result"]?["count"] == 1)
        #expect(objects[4]["result"] == "id,name\n1,José O'Hara\n")
        #expect(try crm.sql("SELECT command FROM change_set") == "crm batch")
    }

    @Test("The first line that fails takes everything back")
    func allOrNothing() throws {
        let lines = "contact add --last-name A\ncontact edit 9 --title x\ncontact add --last-name B\n"
        let result = try crm.run("batch", "-", stdin: lines)
        #expect(result.status == 6)
        #expect(result.errors == "crm: line 2 failed; nothing was saved\n")
        let objects = try objects(result)
        #expect(objects.map { $0["exit"] } == [0, 3])
        #expect(objects[1].keys == ["line", "exit", "error"])
        #expect(objects[1]["error"]?["code"] == "not_found")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
        #expect(try crm.sql("SELECT count(*) FROM change_set") == "0")
    }

    @Test("Without --each no line says that it is saved, for a later one may take it back")
    func uncommitted() throws {
        try crm.write("last_name,email\nA,a@example.org\n", to: "in.csv")
        try crm.write(#"{"module":"contact","last_name":"B"}"#, to: "in.jsonl")
        try crm.write("contact,asset\n1,1\n", to: "links.csv")
        let writes = """
            contact import in.csv
            apply in.jsonl
            asset add --name PC --serial 1
            contact link asset --input links.csv
            contact link asset 2 1
            contact unlink asset 2 1
            contact edit --where id=1 --title x --yes
            contact edit --where id=9 --title x --yes
            contact delete 2
            contact delete --where id=1 --yes
            contact delete --where id=9 --yes
            """
        let failed = try crm.run("batch", stdin: writes + "\ncontact edit 9 --title x\n")
        #expect(failed.status == 6)
        #expect(!failed.output.contains(#""committed":true"#), "\(failed.output)")
        #expect(failed.output.split(separator: #""committed":false"#).count == 11)
        let done = try crm.succeed("batch", stdin: writes)
        #expect(!done.output.contains(#""committed":true"#))
        let each = try crm.succeed("batch", "--each", stdin: "contact import in.csv\n")
        #expect(each.output.contains(#""committed":true"#), "\(each.output)")
    }

    @Test("With --each the others stand, each undone by itself")
    func each() throws {
        let lines = "contact add --last-name A\ncontact edit 9 --title x\ncontact add --last-name B\nundo\n"
        let result = try crm.run("batch", "--each", stdin: lines)
        #expect(result.status == 6)
        #expect(try objects(result).map { $0["exit"] } == [0, 3, 0, 0])
        #expect(try crm.sql("SELECT group_concat(last_name) FROM contact") == "A")
        #expect(
            try crm.sql("SELECT command FROM change_set ORDER BY id").split(separator: "\n") == [
                "crm contact add --last-name A", "crm contact add --last-name B", "crm undo",
            ]
        )
        #expect(try crm.run("batch", "--each", stdin: "contact list\n").status == 0)
    }

    @Test(
        "What a line cannot be is refused",
        arguments: [
            ("batch x", "batch cannot stand in a batch"), ("init", "init cannot"), ("backup x", "backup cannot"),
            ("help", "help cannot"), ("generate man x", "generate cannot"), ("undo", "undo"),
            ("contact import -", "no standard input"), ("contact import", "no standard input"),
            ("apply", "no standard input"), ("contact link asset 1 --input -", "no standard input"),
            ("contact list --db other.db", "--db"), ("contact list --format csv", "JSON"),
            ("contact export --encoding latin1", "UTF-8"), ("contact add 'x", "column 13: the quote is not closed"),
            ("contact export -o out.csv", "file"), ("contact export --format vcard -o out/", "file"),
            ("export --output out.jsonl", "file"), ("contact import in.csv --rejects out.csv", "file"),
            ("config set language es", "file"), ("config unset language", "file"),
            ("contact frob", "frob"), ("contact add", "cannot add contact"),
        ]
    )
    func refused(line: String, words: String) throws {
        let asset = try crm.add("asset", "--name", "PC", "--serial", "1")
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.write("last_name\nA\n", to: "in.csv")
        let result = try crm.run("batch", stdin: "asset edit \(asset) --location x\n\(line)\n")
        #expect(result.status == 6)
        let error = try objects(result).last?["error"]
        #expect(error?["message"]?.string?.contains(words) ?? false, "\(result.output)")
        #expect(try objects(result).last?["exit"] == 2)
        #expect(try crm.json("asset", "show", "\(asset)")["location"] == JSON.null)
        #expect(try crm.shell("ls -d out* config").output == "")
    }

    @Test("With --each a line may write a file")
    func files() throws {
        let lines = """
            contact add --last-name A
            contact export --columns last_name -o out.csv
            config set language es
            contact import out.csv --rejects bad.csv
            contact export --format vcard -o cards/
            """
        try crm.succeed("batch", "--each", stdin: lines)
        #expect(try crm.read("out.csv") == Array("last_name\nA\n".utf8))
        #expect(try crm.shell("ls cards | wc -l").output.contains("2"))
        #expect(try crm.succeed("config", "get", "language").output == "es\n")
    }

    @Test("With --each a line knows what other processes have changed since the last one")
    func changedMeanwhile() throws {
        let script = """
            mkfifo in
            crm batch --each in > out & program=$!
            exec 3>in
            echo 'contact add --last-name A' >&3
            while ! test -s out; do sleep 0.02; done
            crm -q field add contact shoe --type integer > /dev/null
            crm config set currency MXN
            echo 'contact edit 1 --shoe 42' >&3
            echo 'contact list --columns shoe' >&3
            echo 'config get currency' >&3
            exec 3>&-
            wait $program
            echo $?
            """
        #expect(try crm.shell(script).output == "0\n")
        let output = try String(decoding: crm.read("out"), as: UTF8.self)
        let objects = try output.split(separator: "\n").map { try JSON(String($0)) }
        #expect(objects.map { $0["exit"] } == [0, 0, 0, 0])
        #expect(objects[2]["result"]?.elements.first?["shoe"] == 42)
        #expect(objects[3]["result"]?["value"] == "MXN")
    }

    @Test("Rows that an import of a line rejects are told in its error")
    func rejectedRows() throws {
        let file = try crm.write("last_name,birthdate\nA,1990-01-01\nB,never\n", to: "c.csv")
        let result = try crm.run("batch", "--each", stdin: "contact import \(file)\ncontact list --count\n")
        let objects = try objects(result)
        #expect(objects[0]["exit"] == 6)
        #expect(objects[0]["error"]?["rows"]?.elements.first?["field"] == "birthdate")
        #expect(objects[1]["result"]?["count"] == 0)
    }

    @Test("A file works as well as standard input, and a dry run leaves nothing")
    func file() throws {
        let file = try crm.write(
            "organization add --name Acme\ncontact add --last-name A --organization 1\n",
            to: "x.crm"
        )
        let dry = try crm.succeed("batch", file, "--dry-run")
        #expect(try objects(dry).map { $0["exit"] } == [0, 0])
        #expect(dry.errors == "crm: dry run: nothing was saved\n")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
        func timeless(_ output: String) -> String {
            output.replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z/, with: "NOW")
        }
        #expect(timeless(try crm.succeed("batch", file).output) == timeless(dry.output))
        #expect(try crm.sql("SELECT count(*) FROM contact") == "1")
        #expect(try crm.run("batch", crm.file("missing")).status == 74)
    }

    @Test("What a shell quotes, a batch reads", arguments: ["/bin/bash", "/bin/sh"])
    func shellQuoting(shell: String) throws {
        let value = "a'b\"c\\d $HOME `x` * # ñ🌵"
        let script =
            "printf \"contact add --last-name '%s'\\n\" \"$(printf %s \"$VALUE\" | sed \"s/'/'\\\\\\\\''/g\")\" | crm batch"
        let result = try crm.shell(script, with: shell, env: ["VALUE": value])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(try crm.json("contact", "show", "1")["last_name"] == .string(value))
    }

    @Test("Notices of a line stand in its object")
    func notices() throws {
        try crm.add("contact", "--last-name", "A")
        let lines = """
            address add --contact 1 --city Puebla --primary
            address add --contact 1 --city Oaxaca --primary
            """
        let objects = try objects(crm.succeed("batch", stdin: lines))
        #expect(objects[0]["notices"] == [])
        #expect(objects[1]["notices"]?.elements.count == 1)
    }
}
