import Testing

/// What is told of quotes that no longer hold, and of lines that cannot be taken.
@Suite struct QuoteFaultTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("product", "--name", "Bomba", "--code", "W")
    }

    @Test("A quote that was superseded does not expire, and a change of lines of one that is settled is told")
    func settled() throws {
        try crm.add("quote", "--subject", "Q", "--valid-until", "+3d", "--line", "text=n,price=4")
        #expect(try crm.run("today").output.contains("Q"))
        try crm.succeed("quote", "revise", "1")
        let today = try crm.json("today")
        let ids = today.elements.filter { $0["module"]?.string == "quote" }.map { $0["id"] }
        #expect(!ids.contains(1), "\(today)")
        let superseded = try crm.run("quote", "line", "edit", "1", "1", "--unit-price", "5")
        #expect(superseded.status == 0 && superseded.errors.contains("superseded by quote 2"), "\(superseded.errors)")
        try crm.succeed("quote", "accept", "2")
        let accepted = try crm.run("quote", "edit", "2", "--line", "text=m,price=1", "--lang", "es")
        #expect(accepted.errors.contains("la cotización 2 está aceptada; sus líneas cambian"), "\(accepted.errors)")
        #expect(try crm.run("quote", "line", "edit", "2", "1", "--comment", "x").status == 0)
    }

    @Test(
        "Whatever changes the lines of a quote that was accepted, or of an order that was invoiced, tells it",
        arguments: ["add 1 text=m,price=1", "edit 1 1 --price 5", "move 1 1 2", "remove 1 1"]
    )
    func settledVerbs(words: String) throws {
        for noun in ["quote", "sales-order"] {
            try crm.add(noun, "--subject", "Q", "--line", "text=n,price=4", "--line", "text=m,price=4")
        }
        try crm.succeed("quote", "accept", "1")
        try crm.succeed("sales-order", "invoice", "1", "--number", "F1", "--quantity", "2=1")
        let told = [
            "quote": "quote 1 is accepted; its lines change, those of its orders stay as they are",
            "sales-order": "sales order 1 is invoiced; its lines change, its invoices stay as they are",
        ]
        for (noun, words) in told.keys.map({ ($0, "\($0) line \(words)") }) {
            let result = try crm.shell("crm \(words)")
            #expect(result.status == 0 && result.errors == "crm: \(told[noun] ?? "")\n", "\(result.errors)")
        }
    }

    @Test("A price of three decimals that cannot be thousands is one", arguments: ["0.125", "1234.125", "1.1250"])
    func exactPrice(price: String) throws {
        try crm.add("quote", "--subject", "Q", "--line", "text=n,price=\(price)")
        let exact = try crm.json("quote", "show", "1")["lines"]?.elements.first?["exact_price"]?.digits
        #expect(exact == (price == "1.1250" ? "1.125" : price))
    }

    /// What is given of a line, and what is said of it.
    private static let lines: [(String, String)] = [
        ("product=code:W", "product 1 \"Bomba\" has no price: give the price of the line"),
        ("text=n,price=1,quantity=0", "cannot be zero: what is given back is below zero"),
        ("text=n,price=1.125", "it may be 1125"), ("text=n,price=1.125", "is written with a fourth, 1.1250"),
        ("text=n,price=1.125", "or as exact_price=1.125"),
        ("text=n,price=1.1234567", "exact_price takes the price of one with up to 6 decimals"),
        ("text=n,foo=1", "keys are product, service, text, quantity"),
    ]

    @Test("A list that is given twice is told how it is given once")
    func listTwice() throws {
        let words = ["quote", "add", "--subject", "Q", "--line"]
        let twice = try crm.run(words + ["text=n,price=1,tax=vat:16,tax=withheld_vat:10"])
        let told = "taxes is given twice: write both as one, taxes=\"vat:16,withheld_vat:10\""
        #expect(twice.status == 2 && twice.errors.contains(told), "\(twice.errors)")
        let spanish = try crm.run(["--lang", "es"] + words + ["concepto=n,precio=1,impuestos=iva 16,impuestos=isr 10"])
        let word = "impuestos se indica dos veces: escribir ambos en uno, impuestos=\"iva 16,isr 10\""
        #expect(spanish.errors.contains(word), "\(spanish.errors)")
        try crm.succeed(words + ["text=n,price=1,taxes=\"vat:16,withheld_vat:10\""])
        #expect(try crm.run(words + ["text=n,price=1,price=2"]).errors.contains("unit_price is given twice"))
        // What is advised is a value that is taken, also where numbers alone could be one rate.
        let advised = "taxes=\"excise:8,vat:16\""
        let numbers = try crm.run(words + ["text=n,price=1,tax=excise:8,tax=16"])
        #expect(numbers.errors.contains("write both as one, \(advised)"), "\(numbers.errors)")
        try crm.succeed(words + ["text=n,price=1,\(advised)"])
        let excluding = try crm.run(words + ["text=n,price=1,tax=16,tax=8"])
        #expect(excluding.errors.contains("taxes is given twice: vat:8 and vat:16 exclude"), "\(excluding.errors)")
        let option = try crm.shell("crm quote line add 1 --text n --price 1 --tax 16 --tax 8")
        #expect(option.errors.contains("--tax \"16,8\""), "\(option.errors)")
        #expect(option.errors.contains("write 16.8, or a second tax as excise:8"), "\(option.errors)")
    }

    @Test("A quote is ordered once in whichever of its versions, and the order that there is is named")
    func orderedVersions() throws {
        try crm.add("quote", "--subject", "Q", "--line", "text=n,price=4")
        try crm.succeed("quote", "order", "1")
        try crm.succeed("quote", "revise", "1", "--force")
        try crm.succeed("quote", "revise", "2")
        let again = try crm.run("quote", "order", "3")
        let told = "quote 3 is a later version of quote 1, which was ordered already by sales order 1"
        #expect(again.status == 5 && again.errors.contains(told), "\(again.errors)")
        try crm.succeed("sales-order", "edit", "1", "--status", "cancelled")
        try crm.succeed("quote", "order", "3")
        try crm.succeed("quote", "order", "3", "--again")
    }

    @Test("A line that cannot be taken says what to write instead", arguments: lines)
    func refused(line: String, words: String) throws {
        let result = try crm.run("quote", "add", "--subject", "Q", "--line", line)
        #expect(result.status == 2 && result.errors.contains(words), "\(result.errors)")
    }

    @Test("A price below the least coin of its currency is told how it is written, and can be written so")
    func finePrice() throws {
        let words = ["quote", "add", "--subject", "Q", "--currency", "JPY", "--line"]
        let refused = try crm.run(words + ["text=n,quantity=2,price=1.5"])
        #expect(refused.status == 2 && refused.errors.contains("is written exact_price=1.5"), "\(refused.errors)")
        try crm.succeed(words + ["text=n,quantity=2,exact_price=1.5"])
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == "3")
    }

    @Test("The tax of the Canary Islands is one of its own in the place of VAT", arguments: ["igic:7", "IGIC 7%"])
    func canaries(tax: String) throws {
        try crm.add("quote", "--subject", "Q", "--currency", "EUR", "--line", "text=n,price=100,tax=\(tax)")
        let shown = try crm.json("quote", "show", "1")
        #expect(shown["total"]?.digits == "107.00" && shown["lines"]?.elements.first?["taxes"] == ["igic:7"])
        let page = try crm.succeed("quote", "print", "1", "--lang", "es", "--format", "text").output
        #expect(page.contains("IGIC 7 %: "), "\(page)")
        let both = try crm.run("quote", "line", "add", "1", "text=m,price=1,tax=\"\(tax),vat:21\"")
        #expect(both.status == 2, "\(both.errors)")
        let odoo = """
            name,order_line/name,order_line/product_uom_qty,order_line/price_unit,order_line/tax_id
            S1,x,1,100,IGIC 7%

            """
        try crm.succeed(["sales-order", "import", "--match", "number"], stdin: odoo)
        #expect(try crm.json("sales-order", "show", "1")["lines"]?.elements.first?["taxes"] == ["igic:7"])
    }

    @Test(
        "The tax of Ceuta and Melilla is one of its own in the place of VAT, which may be below one percent",
        arguments: ["ipsi:0.5", "IPSI 0.5", "IPSI 0.5%"]
    )
    func africanCities(tax: String) throws {
        try crm.add("quote", "--subject", "Q", "--currency", "EUR", "--line", "text=n,price=1000,tax=\(tax)")
        let shown = try crm.json("quote", "show", "1")
        #expect(shown["total"]?.digits == "1005.00" && shown["lines"]?.elements.first?["taxes"] == ["ipsi:0.5"])
        let both = try crm.run("quote", "line", "add", "1", "text=m,price=1,tax=\"\(tax),vat:21\"")
        #expect(both.status == 2, "\(both.errors)")
        let rows = "subject,line.text,line.unit_price,IPSI\nR,x,1000,0.5\n"
        try crm.succeed(["quote", "import", "-"], stdin: rows)
        #expect(try crm.json("quote", "show", "2")["total"]?.digits == "1005.00")
    }

    @Test("A total beyond the range is told by its name, which is no option", arguments: ["en", "es"])
    func beyondRange(language: String) throws {
        let lines = (1...2).flatMap { _ in ["--line", "text=n,price=9000000000000"] }
        let result = try crm.run(["quote", "add", "--subject", "Q", "--currency", "MXN", "--lang", language] + lines)
        #expect(result.status == 2 && result.errors.contains("\n  Total: "), "\(result.errors)")
        #expect(!result.errors.contains("--total"), "\(result.errors)")
    }

    @Test("Lines given with a new version or an order stand behind those taken over, and one at fault is named")
    func furtherLines() throws {
        try crm.add("quote", "--subject", "Q", "--line", "text=a,price=1", "--line", "text=b,price=2")
        func lines(_ noun: String, _ id: String) throws -> [String?]? {
            try crm.json(noun, "show", id)["lines"]?.elements.map { $0["text"]?.string }
        }
        try crm.write("text,price\nd,4\n", to: "l.csv")
        try crm.succeed("quote", "revise", "1", "--line", "text=c,price=3", "--lines", "l.csv")
        #expect(try lines("quote", "2") == ["a", "b", "c", "d"])
        #expect(try crm.json("quote", "show", "2")["total"]?.digits == "10.00")
        let refused = try crm.run("quote", "order", "2", "--line", "text=e,price=5", "--line", "product=77")
        #expect(refused.errors.contains("line 2: no product matches 77"), "\(refused.errors)")
        #expect(try crm.json("sales-order", "list") == [])
        try crm.succeed("quote", "order", "2", "--line", "text=e,price=5")
        #expect(try lines("sales-order", "1") == ["a", "b", "c", "d", "e"])
    }

    @Test("Keys of lines are taken in Spanish, and listed so")
    func spanish() throws {
        let given = "concepto=n,cantidad=2,precio_unitario_exacto=0.12345,impuesto=16"
        try crm.add("quote", "--subject", "Q", "--line", given)
        let line = try crm.json("quote", "show", "1")["lines"]?.elements.first
        #expect(
            line?["exact_price"]?.digits == "0.12345" && line?["taxes"] == ["vat:16"],
            "\(String(describing: line))"
        )
        let result = try crm.run("quote", "line", "add", "1", "--lang", "es", "text=n,artículos=1,price=1")
        #expect(
            result.errors.contains("las claves son inventariable, no_inventariable, concepto, cantidad"),
            "\(result.errors)"
        )
    }

    @Test("What is wrong with a new document is said of one that is added")
    func added() throws {
        let result = try crm.run("quote", "add", "--subject", "Q", "--line", "text=n,price=1", "--discount-amount", "2")
        #expect(result.errors.contains("cannot add quote") && !result.errors.contains("quote 1"), "\(result.errors)")
    }

    @Test("The log tells programs which line it was")
    func log() throws {
        try crm.add("quote", "--subject", "Q", "--line", "text=n,price=4", "--line", "text=m,price=4")
        try crm.succeed("quote", "line", "edit", "1", "2", "--comment", "x")
        let entry = try crm.json("log").elements.first?["entries"]?.elements.first { $0["part"]?.string == "line" }
        #expect(entry?["position"] == 2, "\(String(describing: entry))")
        let rows = try crm.run("log", "--format", "csv").output.split(separator: "\n")
        #expect(rows.first?.hasSuffix("after,part,position,merged_into") == true)
        #expect(rows.contains { $0.hasSuffix("x,line,2,") }, "\(rows)")
    }
}
