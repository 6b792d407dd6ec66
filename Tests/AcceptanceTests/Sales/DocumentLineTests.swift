import Testing

/// Lines of documents as people and files give them, and what is held against them.
@Suite struct DocumentLineTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "currency", "MXN")
    }

    private func lines(_ noun: String = "quote", _ id: Int = 1) throws -> [String] {
        try crm.json(noun, "show", "\(id)")["lines"]?.elements.compactMap { $0["text"]?.string } ?? []
    }

    @Test("Two lines that hold the same are two lines, however they come")
    func equal() throws {
        let line = ["--line", "text=Hora,price=10"]
        try crm.succeed(["quote", "add", "--subject", "q"] + line + line)
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == "20.00")
        try crm.succeed(["quote", "edit", "1"] + line)
        try crm.write("text,price\nHora,10\nHora,10\n", to: "lines.csv")
        try crm.succeed("quote", "edit", "1", "--lines", "lines.csv")
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == "50.00")
        try crm.succeed("contact", "add", "--last-name", "Ruiz", "--point", "phone:5512345678")
        #expect(
            try crm.succeed("contact", "edit", "1", "--point", "phone:5512345678").errors.contains("nothing changed")
        )
    }

    @Test(
        "A table of lines is read by what separates its cells, in the order of its positions",
        arguments: [
            ("text,price\na,5\nb,6\n", ["a", "b"]), ("text\tprice\na\t5\nb\t6\n", ["a", "b"]),
            ("text;price\n\"a;1,2\";5\nb;6\n", ["a;1,2", "b"]),
            ("position,text,price\n2,b,5\n1,a,5\n,c,1\n", ["a", "c", "b"]),
            ("[{\"position\":2,\"text\":\"b\",\"price\":1},{\"position\":1,\"text\":\"a\",\"price\":1}]", ["a", "b"]),
        ]
    )
    func table(text: String, expected: [String]) throws {
        try crm.succeed(["quote", "add", "--subject", "q", "--lines", "-"], stdin: text)
        #expect(try lines() == expected)
    }

    /// Lines, further options, and what is said of them.
    private static let refused: [([String], String)] = [
        (["--line", "text=a,price=10,discount=20"], "is more than the line comes to"),
        (["--line", "text=a,price=10,discount=-1"], "cannot be less than zero"),
        (["--line", "text=a,price=10", "--discount-amount", "11"], "is more than the lines come to"),
        (["--line", "text=a,price=10", "--discount-amount", "-1"], "cannot be less than zero"),
        (["--line", "text=a,price=10,quantity=-1,discount=11"], "is more than the line comes to"),
        (["--line", "text=a,price=10,quantity=-1", "--discount-amount", "11"], "is more than the lines come to"),
        (["--line", "text=a,price=10,quantity=2,delivered=-5"], "the line is of 2, and -5 of it are delivered"),
        (["--line", "text=a,price=10,quantity=-2,invoiced=1"], "the line is of -2, and 1 of it is invoiced"),
        (["--line", "text=a,price=10,discount_percent=10,discount_amount=1"], "in percent or in money, not both"),
        (["--line", "text=a,price=10,tax=\"RE 5,2\""], "write RE 5.2, or a second tax as vat:2"),
        (["--line", "text=a,price=900000000000,quantity=99999999"], "times the unit price, the amount"),
        (["--line", "text=a,price=10,tax=\"IVA 10,5 %\""], "write IVA 10.5 %, or a second tax as excise:5"),
    ]

    @Test("A line that has one discount takes the other in its place, and not both at once")
    func oneDiscount() throws {
        try crm.succeed(["quote", "add", "--subject", "q", "--line", "text=a,price=100,discount_percent=5"])
        let both = try crm.run("quote", "line", "edit", "1", "1", "--discount-amount", "1", "--discount-percent", "5")
        #expect(both.status == 2)
        #expect(both.errors.contains("in percent or in money, not both"))
        try crm.succeed(["quote", "line", "edit", "1", "1", "--discount-amount", "1"])
        let line = try crm.run("quote", "line", "list", "1", "--columns", "discount_percent,net", "--format", "tsv")
        #expect(line.output.hasSuffix("\n\t99.00\n"), "\(line.output)")
    }

    @Test("what cannot be", arguments: refused)
    func whatCannotBe(options: [String], words: String) throws {
        let result = try crm.run(["sales-order", "add", "--subject", "x"] + options)
        #expect(result.status == 2)
        #expect(result.errors.contains(words))
        #expect(try crm.run("sales-order", "list", "--count").output == "0\n")
    }

    @Test(
        "A discount lessens what is given back as it lessens what is sold, in money as in percent",
        arguments: [
            (["--line", "text=a,price=5,quantity=-3,discount=1.5"], "-13.50"),
            (["--line", "text=a,price=5,quantity=-3,discount=10%"], "-13.50"),
            (["--line", "text=a,price=-15,quantity=1,discount=1.5"], "-13.50"),
            (["--line", "text=a,price=5.0005,quantity=-3,discount=15"], "0.00"),
            (["--line", "text=a,price=5,quantity=-3", "--discount-amount", "1.5"], "-13.50"),
            (["--line", "text=a,price=5,quantity=-3", "--discount-percent", "10"], "-13.50"),
            (["--line", "text=a,price=5,quantity=-3", "--line", "text=b,price=20", "--discount-amount", "2"], "3.00"),
        ]
    )
    func credit(options: [String], total: String) throws {
        try crm.succeed(["quote", "add", "--subject", "q"] + options)
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == total)
        #expect(try crm.succeed("check").status == 0)
    }

    @Test("A discount that is zero is none, and one of the whole may come before the lines")
    func zero() throws {
        try crm.succeed("quote", "add", "--subject", "q", "--discount-amount", "3")
        try crm.succeed("quote", "line", "add", "1", "text=a,price=10,discount_percent=10,discount_amount=0")
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == "6.00")
    }

    @Test("Prices are no others because the currency is")
    func currency() throws {
        try crm.succeed("quote", "add", "--subject", "q", "--line", "text=a,price=10")
        let result = try crm.run("quote", "edit", "1", "--currency", "USD")
        #expect(result.status == 2)
        #expect(result.errors.contains("lines are in MXN"))
        try crm.succeed("quote", "line", "remove", "1", "1")
        try crm.succeed("quote", "edit", "1", "--currency", "USD")
    }

    @Test("What is given back comes into stock, and what is done of a line stays")
    func done() throws {
        try crm.add("product", "--name", "Bomba", "--price", "10", "--stock", "5")
        try crm.add(
            "sales-order",
            "--subject",
            "x",
            "--line",
            "product=1,quantity=-2",
            "--line",
            "product=1,quantity=3"
        )
        try crm.succeed("sales-order", "deliver", "1", "--quantity", "1=1", "--quantity", "2=3")
        #expect(try crm.json("product", "show", "1")["stock"]?.digits == "3")
        #expect(try crm.json("sales-order", "show", "1")["lines"]?.elements.map { $0["open"]?.digits } == ["-1", "0"])
        #expect(try crm.run("sales-order", "line", "edit", "1", "2", "--quantity", "1").status == 2)
        let removal = try crm.run("sales-order", "line", "remove", "1", "2")
        #expect(removal.status == 5)
        #expect(
            removal.errors.contains(
                """
                line 2 of sales order 1 stays: 3 of it are delivered; take it back with: crm sales-order deliver 1 \
                --quantity 2=-3
                """
            )
        )
        #expect(try crm.json("sales-order", "deliver", "1")["status"]?.string == "delivered")
        #expect(try crm.json("product", "show", "1")["stock"]?.digits == "4")
        try crm.add("purchase-order", "--subject", "y", "--line", "product=1,quantity=-9")
        #expect(try crm.run("purchase-order", "receive", "1").status == 5)
    }

    @Test("A mail names who it is for and takes the discount of a line off")
    func letter() throws {
        try crm.add("organization", "--name", "Ribera")
        try crm.add("contact", "--last-name", "Ruiz")
        let line = "text=x,price=4,quantity=3,discount=10%"
        try crm.add("purchase-order", "--subject", "p", "--supplier", "1", "--line", line)
        let letter = try crm.succeed("purchase-order", "print", "1", "--format", "text").output
        #expect(letter.contains("\nSupplier: Ribera\n"))
        #expect(letter.contains("\n1. x\n   3 × 4.00 − 10 % = 10.80\n"))
        try crm.add("quote", "--subject", "q", "--line", "text=x,price=4", "--organization", "1")
        #expect(try crm.succeed("quote", "print", "1", "--format", "text").output.contains(": Ribera\n"))
        try crm.succeed("quote", "link", "contact", "1", "1")
        #expect(try crm.succeed("quote", "print", "1", "--format", "text").output.contains(": Ribera, Ruiz\n"))
    }

    @Test("Of lines that cancel out nothing is taken off", arguments: ["quote", "sales-order", "purchase-order"])
    func discountOfNothing(noun: String) throws {
        let lines = ["text=a,price=100", "text=b,price=-100"].flatMap { ["--line", $0] }
        let refused = try crm.run([noun, "add", "--subject", "D", "--discount-amount", "10"] + lines)
        #expect(refused.status == 2 && refused.errors.contains("is more than the lines come to"), "\(refused.errors)")
        #expect(try crm.run([noun, "add", "--subject", "D", "--discount-percent", "10"] + lines).status == 0)
        let id = "\(try crm.add(noun, "--subject", "E", "--discount-amount", "10"))"
        #expect(try crm.json(noun, "show", id)["total"]?.digits == "0.00")
        try crm.succeed(noun, "line", "add", id, "text=a,price=0")
        #expect(try crm.json(noun, "show", id)["total"]?.digits == "0.00")
        try crm.succeed(noun, "line", "add", id, "text=a,price=100")
        let cancelled = try crm.run(noun, "line", "add", id, "text=b,price=-100")
        #expect(cancelled.status == 2 && cancelled.errors.contains("is more than the lines come to"))
        #expect(try crm.json(noun, "show", id)["total"]?.digits == "90.00")
        let others = ["vat:16", "vat:0"].map { "text=c,price=\($0 == "vat:0" ? "-100" : "100"),tax=\($0)" }
        let ofTaxes = try crm.run(
            [noun, "add", "--subject", "F", "--discount-amount", "10"] + others.flatMap { ["--line", $0] }
        )
        #expect(ofTaxes.status == 2 && ofTaxes.errors.contains("is more than the lines come to"), "\(ofTaxes.errors)")
        for _ in 1...2 { try crm.succeed(noun, "line", "remove", id, "1") }
        #expect(try crm.json(noun, "show", id)["total"]?.digits == "0.00")
        try crm.succeed("undo")
        #expect(try crm.json(noun, "show", id)["total"]?.digits == "90.00")
    }

    @Test(
        "A price by one unit that a line in another takes is told",
        arguments: [
            ("unit=pieces,quantity=3", true), ("quantity=3", false), ("unit=box", false),
            ("unit=pieces,price=2", false),
        ]
    )
    func otherUnit(line: String, isTold: Bool) throws {
        let product = "\(try crm.add("product", "--name", "Agua", "--code", "AG", "--price", "120", "--unit", "box"))"
        let add = ["quote", "add", "--subject", "U", "--line", "product=code:AG,\(line)"]
        let result = try crm.run(add)
        let words = "product \(product) \"Agua\" has a price by unit box, which a line in pieces takes"
        #expect(result.status == 0 && result.errors.contains(words) == isTold, "\(result.errors)")
        let spanish = try crm.run(add + ["--lang", "es"])
        #expect(spanish.errors.contains("tiene precio por unidad caja, que toma una línea en piezas") == isTold)
    }
}
