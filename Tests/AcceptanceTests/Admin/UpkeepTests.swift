import Testing

@Suite("crm backup")
struct BackupTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Núñez")
    }

    @Test("makes a whole copy that nobody else can read, and says where and how large")
    func copy() throws {
        let result = try crm.succeed("backup", "copy.db")
        #expect(result.output == "")
        #expect(result.errors.wholeMatch(of: /crm: copied \S+\/crm.db to copy.db, \d+\.\d [KM]iB\n/) != nil)
        #expect(try crm.mode(of: "copy.db") == 0o600)
        #expect(!crm.has("copy.db-wal"))
        let list = try crm.succeed("contact", "list", "--json").output
        #expect(try crm.succeed("--db", "copy.db", "contact", "list", "--json").output == list)
    }

    @Test("reports as JSON what its schema says")
    func json() throws {
        let output = try crm.succeed("backup", "copia ñ.db", "--json").output
        #expect(try SchemaJudge("backup", of: crm).faults(in: [output]) == "")
        #expect(try JSON(output)["path"] == "copia ñ.db")
        #expect(try JSON(output)["bytes"]?.integer == crm.read("copia ñ.db").count)
    }

    @Test("copies to files alone")
    func standardOutput() throws {
        #expect(try crm.run("backup", "-").status == 2)
        #expect(!crm.has("-"))
        try crm.succeed("backup", "./-")
        #expect(crm.has("-"))
    }

    @Test("never writes over a file, and leaves nothing behind where it cannot write")
    func refusals() throws {
        try crm.write("precious", to: "there")
        let existing = try crm.run("backup", "there")
        #expect(existing.status == 5)
        #expect(
            existing.errors
                == "crm: there exists already\ncrm: a copy is never written over a file: give another name\n"
        )
        #expect(String(decoding: try crm.read("there"), as: UTF8.self) == "precious")
        #expect(try crm.run("backup", "nowhere/copy.db").status == 74)
        #expect(try crm.run("backup").status == 2)
        #expect(try crm.run("--db", "none.db", "backup", "copy.db").status == 3)
        #expect(try crm.shell("ls | grep -v -e bin -e home -e there -e '^crm.db'").output == "")
    }
}

@Suite("crm check")
struct CheckTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        for module in ["José", "Ana"] { try crm.add("contact", "--first-name", module, "--last-name", "Ruiz") }
        try crm.add("asset", "--name", "Laptop", "--serial", "X1", "--contact", "1")
    }

    /// What another program might do to the file.
    private func damage() throws {
        try crm.sql(
            "UPDATE contact SET last_name_match = 'x' WHERE id = 1; UPDATE contact SET organization = 77 WHERE id = 2"
        )
        try crm.sql("UPDATE asset SET status = 'lost'")
    }

    @Test("says ok of a sound database")
    func sound() throws {
        #expect(try crm.screen("check") == "ok\n")
        let piped = try crm.succeed("check")
        #expect(piped.output == "severity\tmodule\tid\tmessage\n")
        #expect(piped.errors == "crm: ok\n")
        #expect(try crm.succeed("check", "--json").output == "[]\n")
    }

    @Test("tells of lines that another program has numbered with gaps")
    func positions() throws {
        try crm.add("quote", "--subject", "Q", "--line", "text=a,price=1", "--line", "text=b,price=2")
        #expect(try crm.succeed("check").errors == "crm: ok\n")
        try crm.sql("UPDATE quote_line SET position = 9 WHERE position = 1")
        let output = try crm.run("check").output
        #expect(output.contains("the last of 2 is at position 9: they are not numbered from 1"), "\(output)")
        #expect(try crm.succeed("check", "--repair").errors.contains("rows numbered anew: 2"))
        #expect(try crm.succeed("check").errors == "crm: ok\n")
        let lines = try crm.run("quote", "line", "list", "1", "--columns", "position,text", "--format", "tsv").output
        #expect(lines == "position\ttext\n1\tb\n2\ta\n")
        try crm.succeed("quote", "line", "add", "1", "text=c,price=1")
        try crm.succeed("quote", "line", "add", "1", "text=d,price=1")
        // Their highest and their sum are those of 1 to 4.
        try crm.sql("UPDATE quote_line SET position = CASE WHEN position < 3 THEN 1 ELSE 4 END")
        #expect(try crm.run("check").status == 1)
        #expect(try crm.succeed("check", "--repair").errors.contains("rows numbered anew: 2"))
    }

    @Test(
        "An undo of a change further back leaves lines numbered from 1",
        arguments: [
            (["remove 1 3", "add 1 text=d,price=4"], "a b c d"),
            (["add 1 text=d,price=4", "add 1 text=e,price=5"], "a b c e"),
            (["remove 1 1", "add 1 text=d,price=4", "add 1 text=e,price=5"], "a b c d e"),
        ]
    )
    func positionsAfterUndo(steps: [String], lines: String) throws {
        let given = ["a", "b", "c"].flatMap { ["--line", "text=\($0),price=1"] }
        try crm.succeed(["quote", "add", "--subject", "Q"] + given)
        var former = ""
        for (index, step) in steps.enumerated() {
            try crm.succeed(["quote", "line"] + step.split(separator: " ").map(String.init))
            if index == 0 {
                let newest = try crm.succeed("log", "--format", "csv", "--no-header", "--limit", "1").output
                former = String(newest.prefix { $0 != "," })
            }
        }
        func shown() throws -> String {
            try crm.succeed("quote", "line", "list", "1", "--columns", "position,text", "--format", "tsv").output
        }
        let before = try shown()
        try crm.succeed("undo", former)
        let rows = try shown().split(separator: "\n").dropFirst().map { $0.replacing("\t", with: " ") }.joined(
            separator: ","
        )
        let numbered = lines.split(separator: " ").enumerated().map { "\($0 + 1) \($1)" }.joined(separator: ",")
        #expect(rows == numbered)
        #expect(try crm.succeed("check").errors == "crm: ok\n")
        try crm.succeed("undo", "\((Int(former) ?? 0) + steps.count)")
        #expect(try shown() == before)
    }

    @Test("tells what another program broke, and exits with 1")
    func findings() throws {
        try damage()
        let result = try crm.run("check")
        #expect(result.status == 1)
        #expect(result.errors == "crm: what can be put right is put right by: crm check --repair\n")
        #expect(
            result.output == """
                severity\tmodule\tid\tmessage
                error\tcontact\t2\trefers to one of the organizations that does not exist
                error\tcontact\t1\tlast_name would not be found: its comparable form does not follow from it
                warning\tasset\t1\tstatus is "lost", which is not one of its choices

                """
        )
        let json = try crm.run("check", "--json")
        #expect(json.status == 1)
        #expect(try JSON(json.outputBytes).elements.count == 3)
        #expect(try SchemaJudge("check", of: crm).faults(in: [], arrays: [json.output]) == "")
    }

    @Test("puts right what would not be found, and tells the rest")
    func repair() throws {
        try crm.sql("UPDATE contact SET last_name_match = 'x' WHERE id = 1")
        #expect(try crm.run("check").status == 1)
        let result = try crm.succeed("check", "--repair", "--lang", "es")
        #expect(result.errors == "crm: filas corregidas: 1\ncrm: formas comparables: 1\ncrm: ok\n")
        #expect(try crm.succeed("contact", "list", "--where", "last_name=RUIZ", "--count").output == "2\n")
        try damage()
        #expect(try crm.run("check", "--repair").status == 1)
    }

    @Test("gives what is required and missing its default, where it has one")
    func missing() throws {
        try crm.succeed("field", "add", "contact", "must", "--required", "--default", "Centro")
        try crm.succeed("field", "add", "contact", "vip", "--type", "boolean")
        try crm.sql("UPDATE contact SET must = NULL, must_match = NULL, vip = NULL WHERE id = 1")
        #expect(try crm.run("check").output.contains("must is missing"))
        let result = try crm.succeed("check", "--repair")
        #expect(result.errors == "crm: rows put right: 2\ncrm: missing values given by default: 2\ncrm: ok\n")
        #expect(try crm.json("contact", "show", "1")["must"] == "Centro")
        #expect(try crm.json("contact", "show", "1")["vip"] == false)
        #expect(try crm.succeed("contact", "list", "--where", "must = centro", "--count").output == "2\n")
    }

    @Test("prints whole sentences on a terminal, in the reader's language")
    func terminal() throws {
        try damage()
        let terminal = try crm.terminal("check --lang es", columns: 40)
        #expect(try terminal.finish() == 1)
        #expect(
            terminal.shown == """
                error: contacto 2: se refiere a un cliente que no existe
                error: contacto 1: last_name no se encontraría: su forma comparable no corresponde
                advertencia: activo 1: status es «lost», que no está entre sus opciones
                crm: lo que puede corregirse se corrige
                con: crm check --repair

                """
        )
    }

    @Test("refuses what is no database")
    func foreign() throws {
        try crm.write("no database", to: "text.db")
        #expect(try crm.run("--db", "text.db", "check").status == 78)
        #expect(try crm.run("--db", "none.db", "check").status == 3)
    }
}
