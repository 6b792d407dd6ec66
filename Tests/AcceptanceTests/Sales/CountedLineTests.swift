import Testing

/// What is delivered, received and invoiced of lines: the actions count it, and nothing else changes it unasked.
@Suite struct CountedLineTests {
    private let crm: CRM

    /// A sale of five, of which two are delivered and one is invoiced, and a purchase of five.
    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "currency", "MXN")
        try crm.add("product", "--name", "Bomba", "--price", "10", "--stock", "9")
        try crm.add("product", "--name", "Válvula", "--price", "10")
        let lines = ["--line", "product=1,quantity=5", "--line", "text=Flete,price=3"]
        try crm.succeed(["sales-order", "add", "--subject", "v", "--external-id", "V"] + lines)
        try crm.succeed("sales-order", "deliver", "1", "--quantity", "1=2")
        try crm.succeed("sales-order", "invoice", "1", "--number", "F-1", "--quantity", "1=1")
        try crm.succeed(["purchase-order", "add", "--subject", "c", "--external-id", "C"] + lines)
        try crm.succeed(["quote", "add", "--subject", "q"] + lines)
    }

    @Test("Of many that something is done of it is told how many, the first few, and how they are left out")
    func heldTogether() throws {
        for number in 2...7 {
            try crm.succeed("sales-order", "add", "--subject", "v\(number)", "--line", "text=Flete,price=3")
            if number < 7 { try crm.succeed("sales-order", "deliver", "\(number)") }
        }
        let delete = ["sales-order", "delete", "--where", "id > 0", "--yes"]
        let refused = try crm.run(delete)
        #expect(refused.status == 5)
        #expect(refused.errors.contains("sales order 1 cannot be deleted"), "\(refused.errors)")
        let filter = "not has line(delivered > 0) and not has line(invoiced > 0)"
        let told = refused.errorLines.filter { $0.hasPrefix("  ") }
        #expect(told.first?.contains("6 sales orders are held like this") == true, "\(refused.errors)")
        #expect(told.first?.contains(filter) == true, "\(refused.errors)")
        #expect(told.dropFirst().map { $0.split(separator: " ").first ?? "" } == ["1", "2", "3", "4", "5"])
        // One alone is named as ever, and the filter leaves all of them out.
        #expect(try !crm.run("sales-order", "delete", "1", "--yes").errors.contains("held like this"))
        #expect(try JSON(crm.succeed(delete + ["--where", filter, "--json"]).outputBytes)["deleted"] == 1)
    }

    private func counts(_ noun: String) throws -> [String] {
        try crm.json(noun, "show", "1")["lines"]?.elements.map { line in
            ["delivered", "received", "invoiced", "open"].map { line[$0]?.digits ?? "-" }.joined(separator: " ")
        } ?? []
    }

    /// Command lines, and what is said of them.
    private static let refused: [(String, String)] = [
        ("sales-order line edit 1 1 --delivered 3", "--delivered \"3\": counted by 'sales-order deliver'"),
        ("sales-order line edit 1 1 --delivered=", "--delivered: counted by 'sales-order deliver'"),
        ("sales-order line edit 1 1 --invoiced 2", "--invoiced \"2\": counted by 'sales-order invoice'"),
        ("sales-order line edit 1 1 --received 1", "--received \"1\": nothing is received of a sales order"),
        ("sales-order line edit 1 1 --product 2", "--product \"2\": what the line sells stays: 2 of it are delivered"),
        ("sales-order line add 1 text=x,price=1,delivered=1", "counted by 'sales-order deliver'"),
        ("sales-order edit 1 --line text=x,price=1,delivered=1", "counted by 'sales-order deliver'"),
        ("sales-order add --subject y --line text=x,price=1,delivered=1", "counted by 'sales-order deliver'"),
        ("purchase-order line edit 1 1 --received 5", "--received \"5\": counted by 'purchase-order receive'"),
        ("purchase-order line edit 1 1 --received 5 --lang es", "lo cuenta «purchase-order receive»"),
        ("quote line edit 1 1 --delivered 1 --lang es", "de una cotización no hay nada entregado"),
    ]

    @Test("What is done of a line is not given by hand, but where a person insists", arguments: refused)
    func byHand(line: String, words: String) throws {
        let before = try crm.succeed("export").output
        let arguments = line.split(separator: " ").map(String.init)
        let result = try crm.run(arguments)
        #expect(result.status == 5)
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(try crm.succeed("export").output == before)
        try crm.succeed(arguments + ["--force"])
        #expect(try crm.json("product", "show", "1")["stock"]?.digits == "7")
    }

    /// Lines that are applied, whether they can be, and what is counted then of the sale.
    private static let applied: [(String, Bool, [String])] = [
        (#"{"line":"sales_order","record":"ext:V","position":1,"delivered":3}"#, false, []),
        (#"{"line":"sales_order","record":"ext:V","position":1,"comment":"x"}"#, true, ["2 - 1 3", "- - - 1"]),
        (#"{"line":"sales_order","record":"ext:V","position":1,"delivered":2.0}"#, true, ["2 - 1 3", "- - - 1"]),
        (
            #"{"module":"sales_order","external_id":"V","lines":[{"product":1,"quantity":6},{"text":"Flete","unit_price":4}]}"#,
            true, ["2 - 1 4", "- - - 1"]
        ),
        (
            #"{"module":"sales_order","external_id":"V","lines":[{"product":1,"quantity":6,"delivered":6}]}"#,
            false, []
        ),
        (#"{"module":"sales_order","external_id":"V","lines":[{"product":1,"quantity":1}]}"#, false, []),
        (#"{"module":"sales_order","external_id":"V","lines":[{"product":2,"quantity":5}]}"#, false, []),
        (#"{"module":"sales_order","external_id":"V","lines":[]}"#, false, []),
        (
            #"{"module":"sales_order","external_id":"N","subject":"n","lines":[{"product":1,"quantity":5,"delivered":5}]}"#,
            true, ["2 - 1 3", "- - - 1"]
        ),
    ]

    @Test("Nor by lines that are applied, but for a record that comes with them", arguments: applied)
    func apply(line: String, isTaken: Bool, expected: [String]) throws {
        let result = try crm.run(["apply"], stdin: Array((line + "\n").utf8))
        #expect(result.status == (isTaken ? 0 : 6), "\(result.errors)")
        #expect(try counts("sales-order") == (isTaken ? expected : ["2 - 1 3", "- - - 1"]))
    }

    @Test("Nor by a table, but for an order that comes with it", arguments: [("2", 0), ("3", 6), ("", 6)])
    func table(delivered: String, status: Int32) throws {
        let table = "number,line.text,line.quantity,line.delivered\nVTA,,5,\(delivered)\n,Flete,1,\n"
        let number = try crm.json("sales-order", "show", "1")["number"]?.string ?? ""
        let words = ["sales-order", "import", "--match", "number"]
        let own = Array(table.replacing("VTA", with: number).utf8)
        #expect(try crm.run(words, stdin: own).status == status)
        #expect(try crm.run(words + ["--force"], stdin: own).status == 0)
        let new = "number,subject,line.text,line.price,line.quantity,line.delivered\nN-1,n,a,1,5,\(delivered)\n"
        #expect(try crm.run(words, stdin: Array(new.utf8)).status == 0)
    }

    /// An export without the times of the last changes.
    private func export(_ words: String...) throws -> String {
        try crm.succeed(words + ["export"]).output.replacing(/"updated_at":"[^"]*"/, with: "")
    }

    @Test("A later export of the same file is taken over as it is")
    func copy() throws {
        for _ in 0..<2 {
            let lines = try crm.succeed("export").output
            try crm.succeed("--db", crm.file("copy.db"), "apply", "--create", stdin: lines)
            #expect(try export("--db", crm.file("copy.db")) == export())
            _ = try crm.run("sales-order", "deliver", "1")
        }
    }

    @Test("Two people are asked for however an order is said to have gone on")
    func twoPeople() throws {
        try crm.succeed("config", "set", "purchase-order.approval", "two-people")
        let hand = try crm.run("purchase-order", "line", "edit", "1", "1", "--received", "5", "--force")
        #expect(hand.status == 5 && hand.errors.contains("two people are needed"))
        let added = ["purchase-order", "add", "--subject", "n", "--status", "approved"]
        let new = try crm.run(added)
        #expect(new.status == 5 && new.errors.contains("two people are needed"))
        try crm.succeed(added + ["--force"])
        let lines = try crm.succeed("export").output
        try crm.succeed("--db", crm.file("copy.db"), "apply", "--create", stdin: lines)
        #expect(try export("--db", crm.file("copy.db")) == export())
    }

    @Test("An invoice's number that a list of them cannot hold is refused as such")
    func numberWithComma() throws {
        let result = try crm.run("sales-order", "invoice", "1", "--number", "F,2", "--force")
        #expect(result.status == 2)
        #expect(result.errors.contains("number \"F,2\": a comma separates elements and cannot be part of one"))
    }
}
