import Testing

/// How a record is named on the command line.
@Suite struct ReferenceTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    @Test(
        "A reference names one contact by any of its keys",
        arguments: [
            ("1", 1), ("ana@example.org", 2), ("ANA@EXAMPLE.ORG", 2), ("email:ana@example.org", 2), ("ext:K-1", 2),
            ("phone:5512345678", 1), ("phone:55-1234-5678", 1), ("name:José Muñoz", 1), ("name:jose munoz", 1),
            ("name:JOSÉ MUÑOZ", 1), ("name:美咲 田中", 3),
            // Numbers as spreadsheets and programs for tables write them, and as programs pad them.
            ("id:3.0", 3), ("phone:5512345678.0", 1), (" 1 ", 1), ("2\r", 2), (" ext:K-1", 2),
        ]
    )
    func contact(_ reference: String, _ id: Int) throws {
        #expect(try crm.succeed("contact", "show", reference, "--format", "id").output == "\(id)\n")
    }

    @Test(
        "A key by another word is told by what to write, also where its value is an address",
        arguments: ["correo", "Correo", "mail", "e-mail", "correo electrónico"]
    )
    func otherWords(word: String) throws {
        let result = try crm.run("contact", "show", "\(word):ana@example.org")
        #expect(result.errors.contains("write email:ana@example.org"), "\(result.errors)")
        #expect(result.status == 2)
    }

    @Test("Words alone that are no key are told with the records that they may mean")
    func bareWords() throws {
        for words in [["contact", "show", "ana"], ["opportunity", "add", "--contact", "ana"]] {
            let result = try crm.run(words + ["--format", "table"])
            #expect(result.status == 2)
            #expect(result.errors.contains("\"ana\" names no contact"), "\(result.errors)")
            #expect(result.errors.contains("ana@example.org"), "\(result.errors)")
            #expect(result.errors.contains("by its id") && !result.errors.contains("name:\"ana\""), "\(result.errors)")
        }
        let none = try crm.run("contact", "show", "zzz")
        #expect(none.errors.contains("for example name:\"zzz\""), "\(none.errors)")
    }

    @Test(
        "A key of one record that stands alone is no reference, and is told with its prefix",
        arguments: [
            ("product", "T-9", "crm: write code:T-9\n"), ("quote", "Q-7", "crm: write number:Q-7\n"),
            ("product", "Tóner negro", "crm: write name:\"Tóner negro\"\n"),
            ("product", "tóner", "crm: write name:tóner, or name one of them by its id\n"),
        ]
    )
    func bareKeys(noun: String, key: String, hint: String) throws {
        try crm.add("product", "--name", "Tóner", "--code", "T-8")
        try crm.add("product", "--name", "Tóner negro", "--code", "T-9")
        try crm.add("quote", "--subject", "Q", "--number", "Q-7")
        let result = try crm.run(noun, "show", key)
        #expect(result.status == 2 && result.errors.hasSuffix(hint), "\(result.errors)")
        let only = try crm.run("product", "show", "negro")
        #expect(only.errors.contains("crm: name it by its id: "), "\(only.errors)")
        let line = try crm.run("quote", "add", "--subject", "X", "--line", "product=T-9,price=1")
        #expect(line.status != 0 && line.errors.contains("write code:T-9"), "\(line.errors)")
    }

    @Test(
        "Several ids in one word, and the head of a list, get what to write",
        arguments: [
            ("-", "xargs makes them of its lines"),
            ("1,2", "each is a word of its own: 1 2"), ("id", "--format id prints the ids alone"),
            ("[", "--format id prints the ids alone"), (#"{"id":1}"#, "--format id prints the ids alone"),
        ]
    )
    func listed(word: String, hint: String) throws {
        let result = try crm.run("contact", "show", word)
        #expect(result.status == 2 && result.errors.contains(hint), "\(result.errors)")
    }

    @Test("A code in the quotation marks of a telephone is the code")
    func quotedCodes() throws {
        let id = try crm.add("product", "--name", "Tóner", "--code", "“T-9”")
        #expect(try crm.json("product", "show", "code:T-9")["code"] == "T-9")
        #expect(try crm.json("product", "show", "code:“T-9”")["id"] == .number("\(id)"))
    }

    @Test(
        "A code is compared exactly, and one of other case is told where there is none",
        arguments: [
            (["product", "show", "code:t-9"], "did you mean 'code:T-9'?"),
            (["asset", "show", "serial:x2"], "did you mean 'serial:X2'?"),
            (["contact", "show", "ext:k-1"], "did you mean 'ext:K-1'?"),
            (["contact", "link", "asset", "1", "serial:x2"], "did you mean 'serial:X2'?"),
        ]
    )
    func codesOfOtherCase(command: [String], hint: String) throws {
        try crm.add("product", "--name", "Tóner", "--code", "T-9")
        let result = try crm.run(command)
        #expect(result.status == 3 && result.errors.contains(hint), "\(result.errors)")
        let unlike = try crm.run("product", "show", "code:t-8")
        #expect(unlike.status == 3 && !unlike.errors.contains("did you mean"), "\(unlike.errors)")
    }

    @Test(
        "A number that is not written as an id is none, and the records that have it as a key are told",
        arguments: [
            ("001", "write serial:001, or 1 for the id"), ("2.0", "write asset-number:2.0, or 2 for the id"),
            ("0003", "write ext:0003, or 3 for the id"), ("02", "write serial:02, or 2 for the id"),
        ]
    )
    func numbersThatAreNoIDs(number: String, hint: String) throws {
        try crm.add("asset", "--name", "Uno", "--serial", "001")
        try crm.add("asset", "--name", "Dos", "--serial", "S-2", "--asset-number", "2.0")
        try crm.add("asset", "--name", "Tres", "--serial", "S-3", "--external-id", "0003")
        let state = "SELECT group_concat(name) || (SELECT count(*) FROM contact_asset) FROM asset"
        let before = try crm.sql(state)
        for command in [
            ["asset", "show"], ["asset", "edit", "--name", "x"], ["asset", "delete"],
            ["contact", "link", "asset", "1"], ["log", "asset"],
        ] {
            let result = try crm.run(command + [number])
            #expect(result.status == 2 && result.output == "", "\(command)")
            #expect(result.errors.contains("\"\(number)\" names no asset"), "\(result.errors)")
            #expect(result.errors.contains(hint), "\(result.errors)")
            #expect(result.errorLines.count == (number == "02" ? 2 : 3), "\(result.errors)")
        }
        #expect(try crm.sql(state) == before)
        #expect(try crm.run("asset", "show", "id:001").errors.contains("an id is a whole number"))
        #expect(try crm.run("contact", "show", "1.0").errors.contains("write ext:1.0, or 1 for the id"))
    }

    @Test("Other modules have keys of their own")
    func otherKeys() throws {
        #expect(try crm.succeed("asset", "show", "serial:X2", "--format", "id").output == "2\n")
        #expect(try crm.succeed("organization", "show", "name:acme, s.a.", "--format", "id").output == "1\n")
        try crm.succeed("product", "add", "--name", "Tóner", "--code", "T-9")
        #expect(try crm.succeed("product", "show", "code:T-9", "--format", "id").output == "1\n")
    }

    @Test("Keys that differ only in Unicode form are one")
    func unicodeForms() throws {
        let (composed, parts) = ("\u{E9}", "e\u{301}")
        try crm.add(
            "contact",
            "--last-name",
            "Uno",
            "--email",
            "jos\(parts)@example.org",
            "--external-id",
            "\(parts)-1"
        )
        for reference in ["jos\(composed)@example.org", "JOS\u{C9}@example.org", "ext:\(composed)-1", "ext:\(parts)-1"]
        {
            #expect(try crm.succeed("contact", "show", reference, "--columns", "name").output.contains("Uno"))
        }
        let again = try crm.run("contact", "add", "--last-name", "Dos", "--external-id", "\(composed)-1")
        #expect(again.status == 5)
        try crm.write("last_name,external_id\nTres,\(composed)-1\n", to: "in.csv")
        #expect(try crm.succeed("contact", "import", "in.csv", "--match", "external_id").output.contains("1 updated"))
        for part in [composed, parts] {
            let list = ["contact", "list", "--count", "--where"]
            #expect(try crm.succeed(list + ["external_id = \(part)-1"]).output == "1\n")
            #expect(try crm.succeed(list + ["external_id ~ \(part)"]).output == "1\n")
            #expect(try crm.succeed(list + ["email ~ jos\(part)"]).output == "1\n")
        }
    }

    @Test(
        "Text is found whatever its case, also where capitals are other letters",
        arguments: ["WEISS", "weiß", "WEIẞ", "Weiss", "ILKER", "İLKER", "ilker", "ISIK", "IŞIK", "ışık"]
    )
    func fullCaseFolding(_ word: String) throws {
        try crm.add("contact", "--first-name", "İlker", "--last-name", "Işık Weiß", "--tag", word)
        for filter in ["name ~ \(word)", "tags = \(word)", "name = 'ILKER IŞIK WEISS'"] {
            #expect(try crm.succeed("contact", "list", "--where", filter, "--count").output == "1\n")
        }
        #expect(try crm.succeed("contact", "show", "name:ilker isik weiss", "--columns", "tags").output.contains(word))
        let tags = ["contact", "edit", "name:İLKER IŞIK WEIẞ", "--add-tag", word.uppercased(), "--format", "id"]
        try crm.succeed(tags)
        #expect(try crm.json("contact", "show", "name:ilker isik weiss")["tags"] == [JSON.string(word)])
    }

    @Test("A reference is taken wherever a record is named")
    func everywhere() throws {
        let edited = try crm.json("contact", "edit", "ext:K-1", "--organization", "name:Acme, S.A.")
        #expect(edited["organization"]?["id"] == 1)
        try crm.succeed("asset", "link", "contact", "serial:X3", "ana@example.org", "phone:5512345678")
        #expect(try crm.succeed("asset", "links", "contact", "3", "--format", "id").output == "2\n1\n")
        try crm.succeed("contact", "delete", "email:ana.ruiz@example.org")
        #expect(try crm.run("contact", "show", "4").status == 3)
    }

    @Test(
        "A record that is not there is an error of its own",
        arguments: [
            "99", "9223372036854775807", "nobody@example.org", "ext:zz", "name:Nadie", "phone:999", "email:x@y.zz",
        ]
    )
    func notFound(_ reference: String) throws {
        for verb in [["show"], ["edit", "--title", "x"], ["delete"]] {
            let result = try crm.run(["contact"] + verb + [reference])
            #expect(result.status == 3)
            #expect(result.output == "")
            #expect(result.errors == "crm: no contact matches \(reference)\n")
        }
    }

    @Test("More than one match is an error that lists the candidates")
    func ambiguous() throws {
        let result = try crm.run("contact", "show", "name:Ana Ruiz")
        #expect(result.status == 4)
        #expect(result.output == "")
        #expect(result.errorLines.count == 4)
        #expect(result.errorLines[0].contains("matches 2 contacts"))
        #expect(result.errorLines[1].hasPrefix("  2  Ana Ruiz"))
        #expect(result.errorLines[2].hasPrefix("  4  Ana Ruiz"))

        let error = try JSON(crm.run("contact", "show", "name:Ana Ruiz", "--json").errorBytes)["error"]
        #expect(error?["code"] == "ambiguous")
        #expect(error?["ref"] == "name:Ana Ruiz")
        #expect(error?["details"]?.elements.count == 2)
    }

    @Test(
        "What is no reference is a wrong use, whatever the database holds",
        arguments: [
            "0", "01x", "1.5", "0.0", "1.000", "1.0000", "1e0", "99999999999999999999", "", "ext:", "foo:1",
            "serial:X1",
        ]
    )
    func malformed(_ reference: String) throws {
        let result = try crm.run("contact", "show", reference)
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errorLines.count == 2, "a message and a hint")
    }

    @Test(
        "What was meant by a word before the colon is told, and what is missing behind it",
        arguments: [
            ("contact", "nombre:Ana", "write name:Ana"), ("contact", "correo:x", "write email:x"),
            ("contact", "Nombre:Ana Ruiz", "write name:\"Ana Ruiz\""),
            ("contact", "clave-externa:K-1", "write ext:K-1"),
            ("contact", "contacto:2", "write 2"), ("contact", "contact:2", "write 2"),
            ("quote", "número:COT-1", "write number:COT-1"), ("case", "numero:K-1", "write number:K-1"),
            ("contract", "Número:P-1", "write number:P-1"), ("contact", "número:COT-1", "an id is a whole number"),
            ("product", "código:X", "write code:X"), ("organization", "rfc:X", "write tax-id:X"),
            ("contact", "name:", "a value is missing behind the colon"),
            ("contact", "nombre:", "a value is missing behind the colon"),
            ("contact", "id:", "a value is missing behind the colon"), ("contact", "id:x", "an id is a whole number"),
            ("contact", "", "there is nothing"),
        ]
    )
    func remedies(noun: String, reference: String, remedy: String) throws {
        let result = try crm.run(noun, "show", reference)
        #expect(result.status == 2)
        #expect(result.errorLines[0].hasSuffix(remedy), "\(result.errors)")
        #expect(!result.errors.contains("name:\"\(reference)\""), "\(result.errors)")
    }

    @Test("A word that begins with a dash is an option unless -- stands before it")
    func dash() throws {
        #expect(try crm.run("contact", "show", "-1").errors.contains("no option '-1'"))
        #expect(try crm.run("contact", "show", "--", "-1").errors.contains("\"-1\" names no contact"))
        #expect(try crm.succeed("contact", "show", "--format", "id", "--", "1").output == "1\n")
    }

    @Test("One bad reference among several and nothing is printed or done")
    func several() throws {
        let shown = try crm.run("contact", "show", "1", "99", "--json")
        #expect(shown.status == 3)
        #expect(shown.output == "")
        #expect(try crm.run("contact", "edit", "1", "99", "--title", "Nuevo").status == 3)
        #expect(try crm.json("contact", "show", "1")["title"] == "Director, Compras")
        #expect(try crm.run("contact", "delete", "4", "99").status == 3)
        #expect(try crm.run("contact", "show", "4").status == 0)
    }
}
