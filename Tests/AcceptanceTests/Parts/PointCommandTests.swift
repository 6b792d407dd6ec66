import Testing

/// Contact points through every way in and out.
@Suite struct PointCommandTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed(
            "contact",
            "add",
            "--last-name",
            "Ruiz",
            "--point",
            "email:ana@casa.example",
            "--point",
            "profile:https://social.example/ana",
            "--point",
            "kind=chat,value=ana.ruiz,label=work"
        )
    }

    private func values(_ id: Int = 1, of noun: String = "contact") throws -> [String] {
        try crm.json(noun, "point", "list", "\(id)").elements.compactMap { $0["value"]?.string }
    }

    @Test("A record comes with its points, and shows them in order")
    func show() throws {
        let points = try #require(try crm.json("contact", "show", "1")["points"]?.elements)
        #expect(points.map { $0["position"] } == [1, 2, 3])
        #expect(points.map { $0["kind"]?.string } == ["email", "profile", "chat"])
        #expect(points[2].keys == ["position", "kind", "value", "label", "opted_out"])
        #expect(points[2]["label"] == "work")
        #expect(points[0]["label"] == JSON.null)
        #expect(points[0]["opted_out"] == false)
    }

    @Test("Rows are added, changed, moved and removed by their positions")
    func rows() throws {
        try crm.succeed("contact", "point", "add", "1", "url:acme.example", "phone:55 1234 5678", "--at", "2")
        #expect(try values()[1] == "acme.example")
        #expect(try values()[2] == "55 1234 5678")
        try crm.succeed("contact", "point", "edit", "1", "2", "--value", "acme.example/ana", "--opted-out")
        try crm.succeed("contact", "point", "move", "1", "2", "1")
        #expect(try values().first == "acme.example/ana")
        let left = try crm.run("contact", "point", "remove", "1", "1", "3", "--json")
        #expect(
            try JSON(left.outputBytes).elements.map { $0["value"]?.string } == [
                "ana@casa.example", "https://social.example/ana", "ana.ruiz",
            ]
        )
        #expect(try crm.run("contact", "point", "list", "1", "--format", "id").output == "1\n2\n3\n")
        try crm.succeed("undo", "--quiet")
        #expect(try values().count == 5)
        #expect(try crm.run("check").status == 0)
    }

    @Test(
        "An option beside a row that is whole already is refused by its name, whatever it would set",
        arguments: [
            (["contact", "point", "add", "1", "email:a@x.example", "--kind", "phone"], "--kind"),
            (["contact", "point", "add", "1", "email:a@x.example", "--kind", "url", "--value", "x.example"], "--kind"),
            (["contact", "point", "add", "1", "email:a@x.example", "--label", "work"], "--label"),
            (["contact", "point", "add", "1", "email:a@x.example", "--no-opted-out"], "--opted-out"),
            (["contact", "point", "add", "1", "--input", "p.csv", "--label", "work"], "--label"),
            (["quote", "line", "add", "1", "text=a,price=1", "--text", "b", "--price", "2"], "--text"),
            (["quote", "line", "add", "1", "something", "--price", "2"], "--price"),
        ]
    )
    func mixed(words: [String], option: String) throws {
        try crm.write("kind,value\nemail,p@x.example\n", to: "p.csv")
        try crm.succeed("quote", "add", "--subject", "Q")
        let result = try crm.run(words)
        #expect(result.status == 2)
        #expect(result.errors.contains("\(option) says nothing about a row that is whole already"), "\(result.errors)")
        #expect(try values().count == 3)
        #expect(try crm.json("quote", "show", "1")["lines"] == [])
    }

    @Test("A list of rows has the columns that are asked for")
    func columns() throws {
        let list = ["contact", "point", "list", "1", "--format", "csv", "--columns"]
        #expect(try crm.succeed(list + ["value,position"]).lines[1] == "ana@casa.example,1")
        let refused = try crm.run(list + ["colour"])
        #expect(refused.status == 2 && refused.errors.contains("have no field 'colour'"))
    }

    @Test("edit adds the points that are not there yet")
    func edit() throws {
        let words = ["contact", "edit", "1", "--point", "chat:otra", "--point", "email:ana@casa.example"]
        try crm.succeed(words)
        #expect(try values() == ["ana@casa.example", "https://social.example/ana", "ana.ruiz", "otra"])
        #expect(try crm.run(words).errors.contains("nothing changed"))
    }

    @Test("A dry run shows what would be and leaves nothing")
    func dryRun() throws {
        let result = try crm.run("contact", "point", "add", "1", "chat:x", "--dry-run")
        #expect(result.status == 0)
        #expect(result.lines.last?.hasPrefix("4\tchat\tx") == true)
        #expect(try values().count == 3)
    }

    @Test(
        "What is wrong is named, and nothing is written",
        arguments: [
            (["add", "1", "email:nadie"], 2, "value \"nadie\": not an e-mail address"),
            (["add", "1", "fax:1"], 2, "kind \"fax\": not a choice"),
            (["add", "1", "kind=email,vlaue=a@b.example"], 2, "\"vlaue\" is no key here"),
            (["add", "1", "--kind", "email"], 2, "value: is required"),
            (["add", "1"], 2, "no row is given"),
            (["add", "99", "chat:x"], 3, "99"),
            (["edit", "1", "9", "--label", "x"], 3, "contact 1 has no contact point 9"),
            (["edit", "1", "3", "--kind", "email"], 2, "value \"ana.ruiz\": not an e-mail address"),
            (["edit", "1", "x", "--label", "y"], 2, "\"x\" is no position"),
            (["edit", "1", "1"], 2, "nothing to change is given"),
            (["remove", "1", "4"], 3, "contact 1 has no contact point 4"),
            (["move", "1", "4", "1"], 3, "contact 1 has no contact point 4"),
        ]
    )
    func errors(words: [String], status: Int32, message: String) throws {
        let result = try crm.run(["contact", "point"] + words)
        #expect(result.status == status)
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(result.output == "")
        #expect(try values().count == 3)
    }

    @Test("A wrong point is named beside the wrong fields of a record")
    func recordErrors() throws {
        let result = try crm.run("contact", "add", "--email", "x", "--point", "phone:abc")
        #expect(result.status == 2)
        for field in ["--email \"x\"", "--point.value \"phone:abc\"", "--last-name: is required"] {
            #expect(result.errors.contains(field), "\(result.errors)")
        }
    }

    @Test(
        "References find records by them",
        arguments: ["ana@casa.example", "email:ANA@casa.example", "phone:5512345678"]
    )
    func references(reference: String) throws {
        try crm.succeed("config", "set", "country", "MX")
        try crm.succeed("contact", "point", "add", "1", "phone:+52 1 55 1234 5678")
        #expect(try crm.run("contact", "show", reference, "--format", "id").output == "1\n")
        try crm.succeed("asset", "add", "--name", "Bomba", "--serial", "1", "--contact", reference)
        try crm.write("contact.email,asset\nana@casa.example,1\n", to: "links.csv")
        #expect(try crm.run("contact", "link", "asset", "--input", "links.csv").status == 0)
    }

    @Test("Lists filter, sort and show by them")
    func lists() throws {
        try crm.succeed("organization", "add", "--name", "Acme", "--point", "url:acme.example")
        #expect(try crm.run("contact", "list", "-w", "points.value ~ casa", "--format", "id").output == "1\n")
        #expect(try crm.run("contact", "list", "-w", "not has point(kind = phone)", "--count").output == "1\n")
        let row = try #require(
            try crm.json("contact", "list", "--columns", "id,points.kind,point.email,points").elements.first
        )
        #expect(row["points.kind"] == ["email", "profile", "chat"])
        #expect(row["point.email"] == ["ana@casa.example"])
        #expect(row["points"]?.elements.count == 3)
        #expect(
            try crm.run("contact", "list", "--columns", "points", "--no-header").output
                == "email:ana@casa.example; profile:https://social.example/ana; kind=chat,value=ana.ruiz,label=work\n"
        )
        #expect(
            try crm.json("organization", "list", "-w", "point.value = 'https://www.acme.example'").elements.count == 1
        )
    }

    @Test("CSV has a column for each kind, and brings each up to date as a set")
    func csv() throws {
        try crm.write(
            "last_name,point.email,Punto de contacto.Teléfono\nMora,a@b.example; c@d.example,55 1111\n",
            to: "a.csv"
        )
        try crm.succeed("contact", "import", "a.csv")
        #expect(try values(2) == ["a@b.example", "c@d.example", "55 1111"])
        try crm.succeed("contact", "point", "edit", "2", "2", "--label", "casa")
        try crm.write("last_name,point.email\nMora,C@D.example; e@f.example\n", to: "b.csv")
        #expect(try crm.run("contact", "import", "b.csv", "--match", "last_name").output == "1 row, 1 updated\n")
        let points = try crm.json("contact", "point", "list", "2").elements
        #expect(points.map { $0["value"]?.string } == ["C@D.example", "55 1111", "e@f.example"])
        #expect(points[0]["label"] == "casa")
        #expect(try crm.run("contact", "import", "b.csv", "--match", "last_name").output == "1 row, 1 unchanged\n")
        try crm.write("last_name,point.email\nMora,\n", to: "c.csv")
        try crm.succeed("contact", "import", "c.csv", "--match", "last_name")
        #expect(try values(2) == ["55 1111"])
        let bad = try crm.run("contact", "import", "-", stdin: "last_name,point.email\nT,x\n")
        #expect(bad.status == 6)
        #expect(bad.errors.contains("row 1 (line 2, column 3), point.email \"x\": not an e-mail address"))
    }

    @Test("What is exported comes back the same", arguments: ["csv", "json", "jsonl"])
    func exported(format: String) throws {
        try crm.succeed("contact", "point", "add", "1", "email:b@casa.example")
        let file = try crm.succeed("contact", "export", "--format", format).output
        try crm.write(file, to: "out.\(format)")
        #expect(
            try crm.run("contact", "import", "out.\(format)", "--match", "id").output == "1 row, 1 unchanged\n"
        )
        let other = try CRM()
        try other.write(file, to: "out.\(format)")
        try other.succeed("contact", "import", "out.\(format)", "--map", "id=-")
        #expect(try other.succeed("contact", "export", "--format", format).output == file)
    }

    @Test("A whole export goes into another file and comes out the same")
    func applied() throws {
        let lines = try crm.succeed("export").output
        #expect(lines.contains(#"{"point":"contact","record":"ref:contact:1","position":3,"kind":"chat""#))
        let other = try CRM()
        try other.succeed("apply", "-", stdin: lines)
        #expect(try other.succeed("export").output == lines)
        #expect(try other.run("apply", "-", stdin: lines).status == 0)
        #expect(try other.succeed("export").output == lines)
    }

    @Test("They go with their record and come back with it")
    func deleted() throws {
        try crm.succeed("contact", "delete", "1")
        try crm.succeed("undo", "--quiet")
        #expect(try values().count == 3)
        #expect(try crm.run("check").status == 0)
    }

    @Test("Spanish knows them")
    func spanish() throws {
        let help = try crm.succeed("contact", "point", "add", "--help", "--lang", "es").output
        #expect(help.contains("Agregar puntos de contacto"))
        #expect(help.contains("Etiqueta: casa, trabajo, facturación y similares"))
        let error = try crm.run("contact", "point", "edit", "1", "9", "--label", "x", "--lang", "es").errors
        #expect(error.contains("contacto 1 no tiene punto de contacto 9"))
        let shown = try crm.run("contact", "show", "1", "--format", "markdown", "--lang", "es").output
        #expect(shown.contains("Usuario de chat ana.ruiz (Etiqueta: work)"))
        try crm.succeed("contact", "point", "add", "1", "Teléfono:55 1234 5678")
        let log = try crm.run("log", "1", "--format", "jsonl", "--lang", "es")
        #expect(log.status == 0)
    }
}
