import Testing

/// Numbers that `edit` changes by some: `--stock -2`.
@Suite struct AdjustmentTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        let fields = ["--stock", "5", "--price", "100", "--currency", "MXN", "--tax-rate", "16"]
        try crm.add("product", ["--name", "P", "--code", "P-1"] + fields)
        try crm.add("product", "--name", "Q", "--code", "P-2")
    }

    private func stored(_ field: String, of id: Int = 1) throws -> JSON? {
        try crm.json("product", "show", "\(id)")[field]
    }

    @Test(
        "A number with a sign changes what is stored by that much, and = before it sets it",
        arguments: [
            ("--stock", "-2", "3"), ("--stock", "+3.5", "8.5"), ("--stock", "\u{2212}2", "3"), ("--stock", "-5", "0"),
            ("--stock", "+ 3", "8"), ("--stock", "- 2", "3"),
            ("--stock", "=+3", "3"), ("--stock", "3", "3"), ("--stock", "=3", "3"),
            ("--stock", "+1,200.50", "1205.5"), ("--price", "+20.50", "120.50"), ("--price", "-100", "0.00"),
            ("--price", "+$1,200.00", "1300.00"), ("--price", "-50 MXN", "50.00"), ("--tax-rate", "-8%", "8"),
            ("--tax-rate", "+4 %", "20"), ("--reorder-level", "+2", "2"),
        ]
    )
    func change(option: String, text: String, result: String) throws {
        try crm.succeed("product", "edit", "1", option, text, "--quiet")
        let column = option.dropFirst(2).replacing("-", with: "_")
        #expect(
            try crm.succeed("product", "list", "--where", "id = 1", "--columns", String(column)).lines.last == result
        )
    }

    @Test("Several records change each by itself, with undo and in a dry run")
    func several() throws {
        let trial = try crm.json("product", "edit", "1", "2", "--stock", "+3", "--dry-run")
        #expect(trial.elements.map { $0["stock"] } == [8, 3])
        #expect(try stored("stock") == 5)
        try crm.succeed("product", "edit", "1", "2", "--stock", "+3", "--quiet")
        #expect(try [stored("stock"), stored("stock", of: 2)] == [8, 3])
        try crm.succeed("undo", "--quiet")
        #expect(try [stored("stock"), stored("stock", of: 2)] == [5, JSON.null])
    }

    @Test("A record that is named twice changes once", arguments: [["1", "1"], ["1", "code:P-1", "2"]])
    func namedTwice(references: [String]) throws {
        try crm.succeed(["product", "edit"] + references + ["--stock", "+1", "--quiet"])
        #expect(try stored("stock") == 6)
    }

    @Test("Lines of a batch, and edits at once, add up")
    func sums() throws {
        try crm.succeed("batch", stdin: "product edit 1 --stock +1\nproduct edit 1 --stock -3\n")
        #expect(try stored("stock") == 3)
        let edit = "crm product edit 1 --stock +1 --timeout 60 --quiet >/dev/null || echo failed"
        let result = try crm.shell("for i in 1 2 3 4 5 6 7 8; do \(edit) & done; wait")
        #expect(result.output == "" && result.errors == "")
        #expect(try stored("stock") == 11)
    }

    @Test(
        "A change that leads out of bounds says what it would make",
        arguments: [
            ("--price", "-1000", "that would make -900.00: cannot be less than zero"),
            ("--tax-rate", "+90", "that would make 106: a percentage goes from 0 to 100"),
            ("--price", "+5 USD", "the amounts of this record are in MXN"), ("--stock", "+", "not a number"),
            ("--stock", "-dos", "not a number"), ("--reorder-level", "-1", "that would make -1: cannot be less"),
            ("--stock", "+9223372036854.775807", "the number is too large"),
        ]
    )
    func refused(option: String, text: String, reason: String) throws {
        let result = try crm.run("product", "edit", "1", option, text)
        #expect(result.status == 2)
        #expect(result.errors.contains("  \(option) \"\(text)\": \(reason)"), "\(result.errors)")
    }

    @Test("An amount that changes its currency is given whole")
    func currency() throws {
        let result = try crm.run("product", "edit", "1", "--price", "+5", "--currency", "JPY", "--lang", "es")
        #expect(result.status == 2)
        #expect(result.errors.contains("está en MXN: indicar el importe entero en JPY"), "\(result.errors)")
        try crm.succeed("product", "edit", "2", "--price", "+5 EUR", "--quiet")
        #expect(try crm.sql("SELECT price, currency FROM product WHERE id = 2") == "500|EUR")
    }

    @Test("A sign is a sign where a record is made, in a coordinate, and in files")
    func signs() throws {
        try crm.add("product", "--name", "R", "--code", "P-3", "--stock", "-4", "--force")
        #expect(try stored("stock", of: 3) == -4)
        for (text, number) in [("=+3", "3000000"), ("= -3", "-3000000"), ("+3", "3000000")] {
            let id = try crm.add("product", "--name", "S", "--stock=\(text)", "--price==+1,200.50", "--force")
            #expect(try crm.sql("SELECT stock, price FROM product WHERE id = \(id)") == "\(number)|120050")
        }
        #expect(try crm.succeed("product", "list", "--where", "stock = +3", "--format", "id").lines.count == 2)
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("address", "--contact", "1", "--city", "Puebla", "--latitude", "19")
        #expect(try crm.json("address", "edit", "1", "--latitude", "-20")["latitude"] == -20)
        let rows = "code,stock\nP-1,7\nP-3,+2\n"
        try crm.succeed("product", "import", "--match", "code", stdin: rows)
        #expect(try [stored("stock"), stored("stock", of: 3)] == [7, 2])
        let lines = try crm.succeed("export").output.replacing("\"stock\":7", with: "\"stock\":6")
        try crm.succeed("apply", stdin: lines)
        #expect(try stored("stock") == 6)
    }
}
