import Testing

/// Lists that are kept under a name, and used wherever a filter is.
@Suite("crm view") struct ViewTests {
    private let crm: CRM

    init() throws {
        crm = try CRM(.sample)
        let words = [
            "--where", "organization is not empty", "--where", "id < 3", "--sort", "-id", "--columns", "id,name",
        ]
        try crm.succeed(["view", "save", "contact", "Año Nuevo", "--quiet"] + words)
    }

    private func ids(_ words: String...) throws -> [String] {
        try crm.succeed(words + ["--format", "id"]).lines
    }

    @Test("keeps a filter, an order and columns")
    func keeping() throws {
        let view = try crm.json("view", "show", "contact", "año nuevo")
        #expect(view["module"] == "contact")
        #expect(view["name"] == "Año Nuevo")
        #expect(view["where"] == "(organization is not empty) and (id < 3)")
        #expect(view["sort"] == ["-id"])
        #expect(view["columns"] == ["id", "name"])
        #expect(try crm.json("view", "list").elements == [view])
        #expect(try crm.json("view", "list", "asset") == [])
        let list = try crm.succeed("contact", "list", "--view", "ano nuevo")
        #expect(list.output == "id\tname\n2\tAna Ruiz\n1\tJosé Muñoz\n")
        #expect(try crm.succeed("contact", "export", "--view", "Año Nuevo").lines.first == "id,name")
    }

    @Test("gives way to what is said beside it")
    func beside() throws {
        #expect(try ids("contact", "list", "--view", "Año Nuevo", "--where", "email ~ jose") == ["1"])
        #expect(try ids("contact", "list", "--view", "Año Nuevo", "--sort", "id") == ["1", "2"])
        let columns = try crm.succeed("contact", "list", "--view", "Año Nuevo", "--columns", "email").lines
        #expect(columns == ["email", "ana@example.org", "jose@example.org"])
    }

    @Test(
        "is taken wherever a filter is",
        arguments: [
            (["contact", "summarize", "--count"], "2"), (["contact", "list", "--count"], "2"),
            (["contact", "edit", "--title", "x", "--yes"], "2 updated"),
            (["asset", "link", "contact", "3", "--yes"], "2 linked"),
            (["asset", "links", "contact", "1", "--count"], "1"),
            (["contact", "export", "--no-header"], "2,Ana Ruiz\n1,José Muñoz"),
        ]
    )
    func everywhere(words: [String], output: String) throws {
        let result = try crm.succeed(words + ["--view", "año nuevo"])
        #expect(result.output.hasSuffix("\(output)\n"), "\(result.output)")
    }

    @Test("chooses what is compared, and what is extracted")
    func choosing() throws {
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org")
        #expect(try crm.succeed("contact", "duplicates").errors.contains("1 pair among"))
        let few = try crm.succeed("contact", "duplicates", "--view", "año nuevo")
        #expect(few.errors == "crm: 0 pairs among 2 contacts\n", "\(few.errors)")
        let none = try crm.succeed("contact", "duplicates", "--view", "año nuevo", "--where", "id = 1")
        #expect(none.errors == "crm: 0 pairs among 1 contact\n", "\(none.errors)")
        #expect(try crm.run("contact", "duplicates", "--view", "nada").status == 3)
        try crm.succeed("view", "save", "document", "dos", "--where", "file_name = dos.txt")
        for name in ["uno", "dos"] {
            try crm.write(name, to: "\(name).txt")
            try crm.succeed("document", "add", "\(name).txt")
        }
        let files = try crm.succeed("document", "extract", "--view", "dos", "-o", "out")
        #expect(files.output == "out/dos.txt\n", "\(files.output)")
    }

    @Test("is saved anew, renamed and removed, and all of that is taken back")
    func changing() throws {
        try crm.succeed("view", "save", "contact", "AÑO NUEVO", "--where", "id = 1")
        #expect(try ids("contact", "list", "--view", "año nuevo") == ["1"])
        try crm.succeed("view", "rename", "contact", "año nuevo", "uno")
        #expect(try ids("contact", "list", "--view", "uno") == ["1"])
        #expect(try crm.run("contact", "list", "--view", "año nuevo").status == 3)
        try crm.succeed("view", "save", "contact", "dos", "--where", "id = 2")
        #expect(try crm.run("view", "rename", "contact", "dos", "UNO").status == 5)
        try crm.succeed("view", "remove", "contact", "uno")
        let gone = try crm.run("contact", "list", "--view", "uno")
        #expect(gone.status == 3)
        #expect(gone.errors.contains("there are: dos"), "\(gone.errors)")
        for _ in 0..<4 { try crm.succeed("undo", "--quiet") }
        #expect(try ids("contact", "list", "--view", "Año Nuevo") == ["2", "1"])
        #expect(try crm.succeed("check").status == 0)
    }

    @Test("means what it meant in another database")
    func travelling() throws {
        try crm.shell("crm export >all.jsonl && crm --db copy.db apply --create --quiet all.jsonl")
        let copy = try crm.succeed("--db", "copy.db", "contact", "list", "--view", "año nuevo", "--format", "id")
        #expect(copy.lines == ["2", "1"])
        #expect(try crm.shell("crm export | cmp - all.jsonl").status == 0)
    }

    @Test("is refused from elsewhere if its filter cannot be read, and taken if what it names is gone")
    func applying() throws {
        func apply(_ filter: String, _ more: String = "") throws -> CRM.Result {
            let line =
                "{\"module\":\"saved_view\",\"module_name\":\"contact\",\"title\":\"x\",\"filter\":\"\(filter)\"\(more)}\n"
            return try crm.run(["apply"], stdin: Array(line.utf8))
        }
        for more in ["", ",\"id\":7,\"created_at\":\"2026-01-02T03:04:05Z\""] {
            let refused = try apply("tags = = vip", more)
            #expect(refused.status == 6 && refused.errors.contains("filter"), "\(refused.errors)")
            #expect(try crm.json("view", "list").elements.count == 1)
            #expect(try apply("gone = vip", more).status == 0)
            try crm.succeed("undo", "--quiet")
        }
    }

    @Test(
        "is refused from elsewhere, by its name, if its order or columns lead nowhere, and found by the check as a copy",
        arguments: [
            ("sort_keys", "-nothing", "contacts have no field 'nothing'"),
            ("sort_keys", "id = 3", "contacts have no field 'id = 3'"),
            ("sort_keys", "name,points", "'points' are rows"),
            ("column_paths", "id,nothing", "contacts have no field 'nothing'"),
            ("column_paths", "-id", "contacts have no field '-id'"),
        ]
    )
    func straying(field: String, paths: String, reason: String) throws {
        let view = #"{"module":"saved_view","module_name":"contact","title":"Norte","\#(field)":"\#(paths)""#
        let refused = try crm.run(["apply"], stdin: Array((view + "}\n").utf8))
        #expect(refused.status == 6 && refused.errors.contains(field), "\(refused.errors)")
        #expect(refused.errors.contains("in the view Norte of contacts: \(reason)"), "\(refused.errors)")
        let edited = view.replacing("Norte", with: "Año Nuevo") + "}\n"
        #expect(try crm.run(["apply"], stdin: Array(edited.utf8)).status == 6)
        #expect(try crm.json("view", "list").elements.count == 1)
        let copy = view + #","id":7,"created_at":"2026-01-02T03:04:05Z"}"# + "\n"
        try crm.succeed("apply", stdin: copy)
        #expect(try crm.run("check").output.contains("the view Norte of contacts cannot be used"))
        let used = try crm.run("contact", "list", "--view", "Norte")
        #expect(used.status == 2 && used.errors.contains("the view Norte of contacts"), "\(used.errors)")
    }

    @Test("is refused where it means nothing, and told where it no longer does", arguments: ["en", "es"])
    func meaning(language: String) throws {
        #expect(try crm.run("view", "save", "contact", "x", "--where", "region = norte").status == 2)
        #expect(try crm.run("view", "save", "nothing", "x").status == 2)
        for words in [["save", "contact", " "], ["rename", "contact", "norte", ""]] {
            let result = try crm.run(["view"] + words)
            #expect(result.status == (words[0] == "save" ? 2 : 3), "\(result.errors)")
        }
        try crm.succeed("field", "add", "contact", "region", "--type", "choice", "--values", "norte")
        try crm.succeed("view", "save", "contact", "norte", "--where", "region = norte")
        try crm.succeed("field", "remove", "contact", "region")
        let result = try crm.run("contact", "list", "--view", "norte", "--lang", language)
        #expect(result.status == 2)
        #expect(result.errors.contains(language == "en" ? "the view norte of contacts" : "la vista norte de contactos"))
        #expect(result.errors.contains("region"))
        #expect(try crm.run("check", "--lang", language).output.contains("norte"))
    }

    @Test(
        "a name that none can be is refused as that of the view",
        arguments: [
            ["save", "contact", "x\ny", "--where", "id = 1"],
            ["save", "contact", String(repeating: "x", count: 70_000)],
            ["rename", "contact", "año nuevo", "x\ny"],
        ]
    )
    func names(words: [String]) throws {
        let refused = try crm.run(["view"] + words + ["--json"])
        #expect(refused.status != 0)
        #expect(refused.errors.contains("\"field\":\"name\"") && refused.errors.contains("\"module\":\"contact\""))
        #expect(!refused.errors.contains("saved_view") && refused.errors.contains("cannot save the view"))
    }

    @Test("keeps its meaning when a word of its filter becomes the name of a field, and undone so does the filter")
    func shadowed() throws {
        try crm.succeed("field", "add", "contact", "region", "--type", "text")
        try crm.succeed("field", "add", "asset", "region", "--type", "text")
        try crm.succeed("contact", "edit", "1", "--region", "norte")
        try crm.succeed("asset", "edit", "1", "--region", "norte")
        let filters = [
            "region = norte", "not region != norte or id = 99", "has asset(region = norte)",
            "asset.region=norte and region ~ norte", "region = 'norte'",
        ]
        for (index, filter) in filters.enumerated() {
            try crm.succeed("view", "save", "contact", "v\(index)", "--where", filter, "--quiet")
        }
        func found() throws -> [[String]] {
            try filters.indices.map { try ids("contact", "list", "--view", "v\($0)") }
        }
        let before = try found()
        for noun in ["contact", "asset"] {
            try crm.succeed("field", "add", noun, "norte", "--type", "text", "--default", "x")
        }
        #expect(try found() == before)
        #expect(try crm.json("view", "show", "contact", "v0")["where"] == "region = 'norte'")
        #expect(try crm.json("view", "show", "contact", "v2")["where"] == "has asset(region = 'norte')")
        #expect(try crm.json("view", "show", "contact", "v4")["where"] == "region = 'norte'")
        for _ in 0..<2 { try crm.succeed("undo", "--quiet") }
        #expect(try crm.json("view", "show", "contact", "v0")["where"] == "region = norte")
        #expect(try crm.succeed("check").errors == "crm: ok\n")
    }

    @Test("compares two fields where it did, and is left as it is where a new field is of another kind")
    func unshadowed() throws {
        try crm.succeed("field", "add", "contact", "region", "--type", "text")
        try crm.succeed("view", "save", "contact", "same", "--where", "region = title", "--quiet")
        try crm.succeed("view", "save", "contact", "other", "--where", "region = norte", "--quiet")
        try crm.succeed("field", "add", "contact", "norte", "--type", "integer")
        #expect(try crm.json("view", "show", "contact", "same")["where"] == "region = title")
        #expect(try crm.json("view", "show", "contact", "other")["where"] == "region = norte")
    }

    @Test("is offered by completion")
    func completion() throws {
        let offered = try crm.run("__complete", "zsh", "contact", "list", "--view", "A")
        #expect(offered.output.contains("Año Nuevo"), "\(offered.output)")
        #expect(try crm.run("__complete", "zsh", "view", "show", "contact", "A").output.contains("Año Nuevo"))
        let filter = ["__complete", "zsh", "view", "save", "contact", "x", "--where", "emai"]
        #expect(try crm.run(filter).output.contains("email"))
    }
}
