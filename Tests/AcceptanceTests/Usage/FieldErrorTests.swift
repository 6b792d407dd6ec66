import Testing

/// Values that a field does not take.
@Suite struct FieldErrorTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    /// A value and the field that refuses it.
    struct Refused: Sendable, CustomTestStringConvertible {
        let module: String
        let flag: String
        let value: String
        var testDescription: String { "\(module) --\(flag) \(value)" }

        init(_ module: String, _ flag: String, _ value: String) {
            self.module = module
            self.flag = flag
            self.value = value
        }

        static let all = [
            Refused("contact", "birthdate", "2026-02-30"), Refused("contact", "birthdate", "3/4/1980"),
            Refused("contact", "birthdate", "pronto"), Refused("contact", "email", "foo"),
            Refused("contact", "email", "a@b@c"), Refused("contact", "email", "a b@example.org"),
            Refused("contact", "phone", "abc"), Refused("contact", "lead-source", "nope"),
            Refused("contact", "last-name", "dos\nlíneas"),
            Refused("organization", "employees", "12.5"), Refused("organization", "employees", "1.000"),
            Refused("organization", "employees", "9999999999999999999999"),
            Refused("organization", "annual-revenue", "12.345"), Refused("organization", "annual-revenue", "$5 €"),
            Refused("organization", "annual-revenue", "1234567890123456"),
            Refused("organization", "currency", "XXZ"), Refused("organization", "website", "http://"),
            Refused("project", "progress", "101"), Refused("project", "progress", "-1"),
            Refused("product", "stock", "1.1234567"),
            Refused("event", "starts-at", "2026-13-01T00:00:00Z"), Refused("event", "starts-at", "25:00"),
            Refused("event", "time-zone", "Nowhere/City"),
            Refused("contact", "birthdate", "2990-01-01"), Refused("opportunity", "amount", "-500.00"),
            Refused("opportunity", "probability", "100.1"), Refused("product", "price", "-0.01"),
            Refused("product", "reorder-level", "-1"), Refused("service", "price", "-1.00"),
            Refused("campaign", "budget", "-1.00"), Refused("project", "budget", "-1.00"),
            Refused("asset", "value", "-1.00"),
            Refused("contract", "used-units", "-2"), Refused("case", "hours", "-1"),
            Refused("document", "sha256", "abc"), Refused("document", "sha256", String(repeating: "g", count: 64)),
            Refused("address", "country", "Mexico City"), Refused("address", "latitude", "north"),
        ]
    }

    @Test(
        "A number in short is told with all its digits",
        arguments: [
            ("amount", "12k", "12000"), ("amount", "12 mil USD", "12000 USD"), ("amount", "1.5 millones", "1500000"),
        ]
    )
    func shortNumber(option: String, text: String, number: String) throws {
        let line = ["opportunity", "add", "--contact", "1", "--name", "x", "--close-date", "2026-12-31"]
        let result = try crm.run(line + ["--\(option)", text, "--lang", "es"])
        #expect(result.status == 2)
        #expect(result.errors.contains("escribir \(number)\n"), "\(result.errors)")
    }

    @Test(
        "A value that can mean one thing alone is taken as people write it",
        arguments: [
            ("case", ["--title", "C", "--hours", "1:30"], "hours", "1500000"),
            ("contact", ["--last-name", "Paz", "--birthdate", "17/05/1980"], "birthdate", "1980-05-17"),
            ("contact", ["--last-name", "Paz", "--birthdate", "31/12/68"], "birthdate", "1968-12-31"),
            ("contact", ["--last-name", "Paz", "--birthdate", "3 mar 45"], "birthdate", "1945-03-03"),
            ("contact", ["--last-name", "Paz", "--support-start", "31/12/68"], "support_start", "2068-12-31"),
            ("contact", ["--last-name", "Paz", "--mobile", "34600000002.0"], "mobile", "34600000002"),
            ("asset", ["--name", "P", "--serial", "1234567.0"], "serial", "1234567"),
            ("asset", ["--name", "P", "--serial", "0012.0"], "serial", "0012.0"),
            ("document", ["--title", "D", "--version", "1.0"], "version", "1.0"),
            ("organization", ["--name", "Acme", "--annual-revenue", "$1,200.50 USD"], "annual_revenue", "120050"),
            ("organization", ["--name", "Acme", "--annual-revenue", "MXN 1,200.50 $"], "currency", "MXN"),
            ("product", ["--name", "P", "--unit", "pzas"], "unit", "pieces"),
            ("product", ["--name", "P", "--unit", "kilos"], "unit", "kg"),
            ("product", ["--name", "P", "--unit", "litros"], "unit", "l"),
            ("product", ["--name", "P", "--unit", "m²"], "unit", "sq_m"),
            ("product", ["--name", "P", "--unit", "hr."], "unit", "hours"),
            ("organization", ["--name", "Acme", "--employees", "1,000"], "employees", "1000"),
            ("organization", ["--name", "Acme", "--annual-revenue", "$5"], "annual_revenue", "500"),
            ("organization", ["--name", "Acme", "--annual-revenue", "1.200,50 €"], "annual_revenue", "120050"),
            ("product", ["--name", "P", "--stock", "3 pzas", "--unit", "Piezas"], "stock", "3000000"),
            ("product", ["--name", "P", "--unit", "box", "--reorder-level", "2,5 cajas"], "reorder_level", "2500000"),
            ("product", ["--name", "P", "--tax-rate", "16 %"], "tax_rate", "160000"),
            (
                "contract", ["--subject", "C", "--tracking-unit", "Horas", "--used-units", "2 h"], "used_units",
                "2000000"
            ),
            (
                "contract", ["--subject", "C", "--tracking-unit", "days", "--total-units", "5 días"], "total_units",
                "5000000"
            ),
            ("case", ["--title", "C", "--hours", "1.5 horas"], "hours", "1500000"),
            ("product", ["--name", "P", "--price", "5", "--currency", "euros"], "currency", "EUR"),
            ("product", ["--name", "P", "--price", "5", "--currency", "dólares"], "currency", "USD"),
        ]
    )
    func written(module: String, options: [String], field: String, stored: String) throws {
        let id = try crm.add(module, options)
        #expect(try crm.sql("SELECT \(field) FROM \"\(module)\" WHERE id = \(id)") == stored)
    }

    @Test("A unit behind a number is that of the record, or refused with what to write")
    func units() throws {
        let id = try crm.add("contract", "--subject", "Hours", "--tracking-unit", "hours", "--used-units", "10 hrs")
        try crm.add("contract", "--subject", "Days", "--tracking-unit", "days", "--used-units", "9")
        try crm.succeed("contract", "edit", "\(id)", "--used-units", "+3 h")
        #expect(try crm.sql("SELECT used_units FROM contract WHERE id = \(id)") == "13000000")
        let filter = "used_units > 5 horas or used_units >= 10 días"
        #expect(try crm.succeed("contract", "list", "--format", "id", "--where", filter).output == "\(id)\n")
        let timed = try crm.add("case", "--title", "Timed", "--hours", "1:30")
        for filter in ["hours = 1:30", "hours in (1:30, 9)", "hours > 1:29"] {
            #expect(try crm.succeed("case", "list", "--format", "id", "--where", filter).output == "\(timed)\n")
        }
        for (words, language, told) in [
            (["--used-units", "3 días"], "en", "it counts in tracking_unit hours (Hours), not in Days: write"),
            (["--used-units", "3 pzas"], "es", "pzas no es ninguna de sus unidades: escribir solo el número, o con"),
            (["--tracking-unit=", "--used-units", "2 h"], "en", "give --tracking-unit hours too, or write"),
        ] {
            let result = try crm.run(["contract", "edit", "\(id)", "--lang", language] + words)
            #expect(result.status == 2)
            #expect(result.errors.contains(told), "\(result.errors)")
        }
        try crm.add("product", "--name", "Tornillo", "--unit", "box", "--stock", "3 cajas")
        for unit in ["caja", "Caja", "cajas", "box", "Box"] {
            let filter = ["product", "list", "--format", "id", "--where", "stock > 2 \(unit) and stock < 4"]
            #expect(try crm.succeed(filter).output == "1\n", "\(unit)")
        }
        // Units of the file's own need no quotes either.
        try crm.succeed("choice", "add", "product.unit", "tarimas")
        try crm.add("product", "--name", "Saco", "--unit", "tarimas", "--stock", "3 tarimas")
        for filter in ["stock > 2 tarimas and stock < 4", "stock in (5, 3 tarimas)", "(stock = 3 Tarimas)"] {
            let list = try crm.succeed("product", "list", "--format", "id", "--where", filter)
            #expect(list.output == "2\n", "\(filter)")
        }
        let list = try crm.run("contract", "list", "--where", "used_units > 3 pzas")
        #expect(list.status == 2 && list.errors.contains("pzas is none of its units"), "\(list.errors)")
        try crm.add("quote", "--subject", "Q", "--line", "text=Tela,unit=m,quantity=3 metros,unit_price=5")
        #expect(try crm.sql("SELECT quantity FROM quote_line") == "3000000")
    }

    @Test("A unit behind a number of a file is that of the row or of its record, or the row is refused")
    func unitsInFiles() throws {
        let rows = "external_id,subject,tracking_unit,used_units\nA,Horas,Horas,\"1.200,5 horas\"\nB,Días,days,3 días\n"
        try crm.succeed("contract", "import", "--decimal", ",", stdin: rows)
        try crm.succeed("contract", "import", "--match", "external_id", stdin: "external_id,used_units\nB,4 d\n")
        let cases = #"[{"title":"C","hours":"3 horas"},{"title":"D","hours":2}]"#
        try crm.succeed("case", "import", "--input-format", "json", stdin: cases)
        let lines = """
            {"module":"contract","external_id":"A","used_units":"7 h"}
            {"module":"product","external_id":"P","name":"Tela","unit":"m","stock":"9 metros","tax_rate":"16 %"}
            {"module":"quote","ref":"q","subject":"Q"}
            {"line":"quote","record":"ref:q","text":"Tela","unit":"m","quantity":"2 mts","unit_price":5}
            """
        try crm.succeed("apply", stdin: lines)
        let quotes = "subject,line.text,line.unit,line.quantity,line.unit_price\nR,Tela,m,4 metros,5\n"
        try crm.succeed("quote", "import", stdin: quotes)
        #expect(try crm.sql("SELECT used_units FROM contract ORDER BY id") == "7000000\n4000000")
        #expect(try crm.sql("SELECT hours FROM \"case\" ORDER BY id") == "3000000\n2000000")
        #expect(try crm.sql("SELECT stock, tax_rate FROM product") == "9000000|160000")
        #expect(try crm.sql("SELECT quantity FROM quote_line ORDER BY id") == "2000000\n4000000")
        for (words, text, told) in [
            (["contract", "import", "--match=external_id"], "external_id,used_units\nB,4 h\n", "not in Hours: write"),
            (["case", "import"], "title,hours\nE,3 pzas\n", "hours \"3 pzas\": pzas is none of its units"),
            (["product", "import"], "name,stock\nQ,3 pzas\n", "give unit pieces too, or write"),
            (["apply"], #"{"module":"contract","external_id":"B","used_units":"4 h"}"#, "not in Hours: write"),
        ] {
            let result = try crm.run(words, stdin: Array(text.utf8))
            #expect(result.status == 6)
            #expect(result.errors.contains(told), "\(result.errors)")
        }
    }

    @Test("A malformed value is named with its flag, and nothing is written", arguments: Refused.all)
    func value(_ refused: Refused) throws {
        let module = try #require(ModuleCase.all.first { $0.noun == refused.module })
        let contact = module.needsContact ? ["--contact", "1"] : []
        let before = try crm.succeed(module.noun, "list", "--count").output
        var required = module.required
        if let place = required.firstIndex(of: "--\(refused.flag)") { required.removeSubrange(place...(place + 1)) }
        let words = [module.noun, "add"] + contact + required + ["--\(refused.flag)=\(refused.value)"]
        let result = try crm.run(words)
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errors.contains("  --\(refused.flag) \""), "\(result.errors)")

        let error = try JSON(crm.run(words + ["--json"]).errorBytes)["error"]
        #expect(error?["code"] == "invalid_value")
        #expect(error?["problems"]?.elements.count == 1)
        #expect(error?["problems"]?.elements.first?["value"] == .string(refused.value))
        #expect(try crm.succeed(module.noun, "list", "--count").output == before)
    }

    @Test("What a field would not take now stays where it stood, and can be edited beside")
    func bounds() throws {
        let id = try crm.add(
            "opportunity",
            "--contact",
            "1",
            "--name",
            "x",
            "--amount",
            "5",
            "--close-date",
            "2026-12-31",
            "--stage",
            "proposal"
        )
        try crm.sql("UPDATE opportunity SET amount = -500 WHERE id = \(id)")
        try crm.succeed("opportunity", "edit", "\(id)", "--name", "y")
        #expect(try crm.run("opportunity", "edit", "\(id)", "--amount=-6").status == 2)
        #expect(try crm.run("opportunity", "edit", "\(id)", "--amount=0").status == 0)
        let hash = String(repeating: "AB", count: 32)
        let document = try crm.add("document", "--title", "x", "--sha256", hash)
        #expect(try crm.json("document", "show", "\(document)")["sha256"] == .string(hash.lowercased()))
        try crm.succeed("product", "add", "--name", "P", "--code", "P-1", "--stock=-2", "--force")
        let link = try crm.run("contact", "link", "product", "1", "1", "--quantity=-1", "--lang", "es")
        #expect(link.status == 2)
        #expect(link.errors.contains("no puede ser menor que cero"))
    }

    @Test("A reference that is the only wrong field keeps its own exit status")
    func reference() throws {
        #expect(try crm.run("contact", "add", "--last-name", "x", "--organization", "99").status == 3)
        #expect(try crm.run("contact", "add", "--last-name", "x", "--reports-to", "name:Ana Ruiz").status == 4)
        #expect(try crm.run("contact", "add", "--last-name", "x", "--organization", "Acme").status == 2)
    }

    @Test("All wrong and missing fields are named at once")
    func all() throws {
        let words = [
            "opportunity", "add", "--contact", "4", "--amount", "mucho", "--close-date", "2026-02-30", "--probability",
            "200",
            "--lead-source", "nope",
        ]
        let result = try crm.run(words)
        #expect(result.status == 2)
        for flag in ["name", "organization", "stage"] { #expect(result.errors.contains("  --\(flag): is required\n")) }
        for flag in ["amount", "close-date", "probability", "lead-source"] {
            #expect(result.errors.contains("  --\(flag) \""), "\(flag) in \(result.errors)")
        }
        let problems = try JSON(crm.run(words + ["--json"]).errorBytes)["error"]?["problems"]
        #expect(
            problems?.elements.compactMap { $0["field"]?.string }.sorted() == [
                "amount", "close_date", "lead_source", "name", "organization", "probability", "stage",
            ]
        )
    }

    @Test("A problem with a list is told by the flag that was written")
    func listFlag() throws {
        let result = try crm.run("contact", "add", "--last-name", "x", "--tag", "a,b")
        #expect(result.status == 2)
        #expect(result.errors.contains("  --tag \"a,b\": "))
        #expect(!result.errors.contains("--tags"))
        let event = ["event", "add", "--subject", "x", "--starts-at", "2026-01-01T00:00:00Z"]
        #expect(
            try crm.run(event + ["--reminder", "1d", "--reminder", "soon"]).errors.contains("  --reminder \"soon\": ")
        )
    }

    @Test(
        "A choice is taken by its key or either label, whatever the accents and the case",
        arguments: ["cold_call", "Cold Call", "COLD CALL", "Llamada en frío", "llamada en frio"]
    )
    func choice(_ word: String) throws {
        let id = try crm.add("contact", "--last-name", "x", "--lead-source", word)
        #expect(try crm.json("contact", "show", "\(id)")["lead_source"] == "cold_call")
    }

    @Test("Errors with a JSON format are an object a line on standard error, with every key")
    func object() throws {
        let lines: [([String], Int32, JSON)] = [
            (["contcat", "list"], 2, "usage"), (["contact", "list", "--bogus"], 2, "usage"),
            (["contact", "show", "99"], 3, "not_found"), (["contact", "show", "name:Ana Ruiz"], 4, "ambiguous"),
            (["contact", "add", "--email", "x"], 2, "invalid_value"),
            (["contact", "edit", "1", "--reports-to", "5"], 5, "refused"),
            (["contact", "list", "--db", "nowhere.db"], 3, "not_found"),
        ]
        for (words, status, code) in lines {
            for format in [["--json"], ["--format", "json"], ["--format=jsonl"]] {
                let result = try crm.run(words + format)
                #expect(result.status == status, "\(words)")
                #expect(result.output == "")
                #expect(result.errorLines.count == 1)
                let error = try JSON(result.errorBytes)["error"]
                #expect(error?["code"] == code)
                for key in ["code", "message", "module", "ref", "row", "column", "hint"] {
                    #expect(error?.keys.contains(key) == true, "\(key)")
                }
            }
        }
    }
}
