import Testing

/// How `crm MODULE import` treats rows about records that are there.
@Suite struct ImportMatchingTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed(
            "contact",
            "import",
            stdin: """
                external_id,first_name,last_name,email,title,department
                K1,Ana,Ruiz,ana@example.org,Jefa,Ventas
                K2,Eva,Ruiz,eva@example.org,,
                K3,Ana,Gil,,,
                ,Leo,Sol,leo@example.org,,

                """
        )
    }

    private func contacts(_ columns: String) throws -> [String] {
        try crm.sql("SELECT \(columns) FROM contact ORDER BY id").split(separator: "\n").map(String.init)
    }

    /// The database's content, save for history.
    private func content() throws -> String { try crm.sql(".dump contact") + crm.sql(".dump contact_asset") }

    @Test(
        "Rows are about the records that have the same values in the fields told",
        arguments: [
            (["--match", "external_id"], "external_id,title\nK2,Jefa\n", "-|Jefa|-|-"),
            (["--match", "email"], "email,title\nEVA@Example.org,Jefa\n", "-|Jefa|-|-"),
            (["--match", "first_name,last_name"], "first_name,last_name,title\nana,RUÍZ,Jefa 2\n", "Jefa 2|-|-|-"),
            (["--match", "first_name", "--match", "last_name"], "first_name,last_name,title\nAna,Gil,X\n", "-|-|X|-"),
            (["--match", "first_name,email"], "first_name,email,title\nAna,,X\n", "-|-|X|-"),
            (["--match", "id"], "id,title\n4,X\n", "-|-|-|X"),
        ]
    )
    func matched(options: [String], input: String, titles: String) throws {
        if titles.hasPrefix("-") { try crm.succeed("contact", "edit", "1", "--title=") }
        let report = try crm.succeed(["contact", "import"] + options, stdin: input).output
        #expect(report == "1 row, 1 updated\n")
        #expect(try contacts("coalesce(title, '-')").joined(separator: "|") == titles)
    }

    @Test("What matches nothing is a new record, and one without an id is, too")
    func unmatched() throws {
        try crm.succeed("contact", "import", "--match", "email", stdin: "email,last_name\nx@example.org,Paz\n")
        let report = try crm.succeed("contact", "import", "--match", "id", stdin: "id,last_name\n,Nuevo\n1,Ruiz\n")
            .output
        #expect(report == "2 rows, 1 created, 1 unchanged\n")
        #expect(try contacts("last_name") == ["Ruiz", "Ruiz", "Gil", "Sol", "Paz", "Nuevo"])
    }

    @Test("An empty box is not ticked, whether the record is there or not", arguments: ["", "N/A", "no"])
    func emptyBox(cell: String) throws {
        try crm.succeed("contact", "edit", "1", "--do-not-call")
        let rows = "email,last_name,do_not_call\nana@example.org,Ruiz,\(cell)\nnew@example.org,Paz,\(cell)\n"
        let report = try crm.succeed("contact", "import", "--match", "email", stdin: rows).output
        #expect(report == "2 rows, 1 created, 1 updated\n")
        #expect(try crm.sql("SELECT count(*) FROM contact WHERE do_not_call = 0") == "5")
        let again = try crm.succeed("contact", "import", "--match", "email", stdin: rows).output
        #expect(again == "2 rows, 2 unchanged\n")
    }

    @Test("What is yes unless somebody says no is not said by an empty cell")
    func emptyActive() throws {
        try crm.succeed("product", "add", "--name", "P", "--code", "P1", "--no-active")
        let result = try crm.run("product", "import", "--match", "code", stdin: "code,name,active\nP1,P,\n")
        #expect(result.status == 6 && result.errors.contains("active"), "\(result.errors)")
        #expect(try crm.sql("SELECT active FROM product") == "0")
    }

    @Test(
        "A file that is imported twice is imported once",
        arguments: [
            "external_id,last_name,title,asset.serial,role\nK1,Ruiz,Head,X1,custodian\nK9,Nueva,,X1,user\n",
            "external_id,last_name,organization.name,tags,birthdate\nK1,Ruiz,\"Ñu, S.A.\",\"b,a\",1980-05-17\nK8,Dos,ñu s.a.,,\n",
            "external_id,phone,email\nK1,55 1234 5678,ANA@example.org\nK2,+52 55 1234 5679,\n",
        ]
    )
    func twice(input: String) throws {
        try crm.add("asset", "--name", "Laptop", "--serial", "X1")
        let file = try crm.write(input.replacing("ñu s.a.", with: "\"ñu, s.a.\""), to: "in.csv")
        let options = ["contact", "import", file, "--match", "external_id", "--create-missing", "organization"]
        try crm.succeed(options)
        let before = try crm.sql(".dump")
        #expect(try crm.succeed(options).output == "2 rows, 2 unchanged\n")
        #expect(try crm.sql(".dump") == before)
    }

    @Test("What is exported is matched by its own ids, and a changed cell changes a record")
    func ownExport() throws {
        let export = try crm.succeed("contact", "export").output
        try crm.write(export.replacing("Jefa", with: "Directora"), to: "back.csv")
        #expect(
            try crm.succeed("contact", "import", "back.csv", "--match", "id").output
                == "4 rows, 1 updated, 3 unchanged\n"
        )
        #expect(try contacts("title").first == "Directora")
        #expect(try crm.json("contact", "show", "1")["department"] == "Ventas")
    }

    @Test("--on-match and --only-empty say what happens to a record that is there")
    func onMatch() throws {
        let input = "email,last_name,title,department\nana@example.org,Otra,X,Y\neva@example.org,Otra,X,Y\n"
        let options = ["contact", "import", "--match", "email"]
        let before = try content()
        #expect(try crm.succeed(options + ["--on-match", "skip"], stdin: input).output == "2 rows, 2 skipped\n")
        #expect(try crm.run(options + ["--on-match", "error"], stdin: Array(input.utf8)).status == 6)
        #expect(try content() == before)
        #expect(try crm.succeed(options + ["--only-empty"], stdin: input).output == "2 rows, 1 updated, 1 unchanged\n")
        #expect(
            try contacts("last_name || '/' || title || '/' || department").prefix(2) == [
                "Ruiz/Jefa/Ventas", "Ruiz/X/Y",
            ]
        )
        #expect(try crm.succeed(options + ["--on-match", "update"], stdin: input).output == "2 rows, 2 updated\n")
        #expect(try contacts("last_name || '/' || title || '/' || department").prefix(2) == ["Otra/X/Y", "Otra/X/Y"])
    }

    @Test("An empty cell takes a value away, a column that is not there leaves it")
    func emptyCells() throws {
        try crm.succeed("contact", "import", "--match", "external_id", stdin: "external_id,title\nK1,\n")
        #expect(try contacts("title IS NULL, department").first == "1|Ventas")
        let lines = #"{"external_id":"K1","department":null}"#
        try crm.succeed("contact", "import", "--match", "external_id", "--input-format", "jsonl", stdin: lines)
        #expect(try contacts("last_name, department IS NULL").first == "Ruiz|1")
    }

    @Test("--delete-missing deletes what no row matches, but not on the word of an empty or half file")
    func deleteMissing() throws {
        let options = ["contact", "import", "--match", "external_id", "--delete-missing"]
        for input in ["external_id,last_name\n", "external_id,last_name\nK1,Ruiz\n"] {
            let result = try crm.run(options, stdin: Array(input.utf8))
            #expect(result.status == 5)
            #expect(result.errors.contains("looks empty or cut") && result.errors.contains("--force"))
        }
        // Whoever writes its keys in another way meets nobody, and adds everybody anew.
        let others = (1...4).map { "00K\($0),Ruiz\n" }.joined()
        let strange = try crm.run(options, stdin: Array("external_id,last_name\n\(others)".utf8))
        #expect(strange.status == 5 && strange.errors.contains("or has other keys"), "\(strange.errors)")
        #expect(try contacts("id").count == 4)
        let half = try crm.run(
            options + ["--continue-on-error"],
            stdin: Array("external_id,last_name\nK1,\nK2,R\n".utf8)
        )
        #expect(half.status == 6)
        #expect(try contacts("id").count == 4)
        let whole = "external_id,last_name\nK1,Ruiz\nK2,Ruiz\n"
        let tried = try crm.succeed(options + ["--dry-run"], stdin: whole).output
        #expect(tried.contains("1 deleted") && tried.hasSuffix("; nothing was saved\n"))
        #expect(try contacts("id").count == 4)
        #expect(try crm.succeed(options, stdin: whole).output.contains("1 deleted"))
        // A record without a value to match by is none of the file's.
        #expect(try contacts("id") == ["1", "2", "4"])
        try crm.succeed(options + ["--force"], stdin: "external_id,last_name\nK2,Ruiz\n")
        #expect(try contacts("id") == ["2", "4"])
        try crm.succeed("undo")
        #expect(try contacts("id") == ["1", "2", "4"])
    }

    @Test("One import is one change, which undo takes back")
    func undo() throws {
        let before = try crm.succeed("contact", "export").output
        try crm.succeed(
            "contact",
            "import",
            "--match",
            "email",
            stdin: "email,last_name\nana@example.org,Otra\nn@example.org,N\n"
        )
        try crm.succeed("undo", "--force")
        #expect(
            try crm.succeed("contact", "export", "--columns", "id,last_name").output
                == "id,last_name\n1,Ruiz\n2,Ruiz\n3,Gil\n4,Sol\n"
        )
        #expect(before.contains("Ruiz"))
    }
}
