import Testing

/// What is told of products and services that are not active or not sold any more.
@Suite struct InactiveProductTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("product", "--name", "Cable", "--code", "C", "--price", "10", "--no-active")
        try crm.add("product", "--name", "Bomba", "--code", "B", "--price", "20")
        try crm.add("service", "--name", "Soporte", "--price", "30", "--no-active")
    }

    private static let told = "product 1 \"Cable\" is not active"

    /// Commands that put a line of the product into a document, and what stands on standard input.
    private static let ways: [(command: String, input: String)] = [
        ("quote add --subject Q --line product=code:C", ""), ("sales-order add --subject Q --line product=code:C", ""),
        ("quote line add 1 product=code:C,price=7,unit=pieces,tax=vat:16", ""),
        ("quote line edit 1 1 --product code:C", ""),
        ("quote edit 1 --line product=code:C", ""),
        ("quote import", "subject,product.code,quantity,unit_price\nX,C,1,5\n"),
        ("quote import", "subject,lines\nX,\"product=code:C,price=7\"\n"),
        ("quote add --subject Q --lines -", "product.code,quantity\nC,1\n"),
        ("apply", "{\"module\":\"quote\",\"subject\":\"X\",\"lines\":[{\"product\":1,\"unit_price\":7}]}\n"),
    ]

    @Test("A line that comes to be of an inactive product is taken and told", arguments: ways)
    func told(command: String, input: String) throws {
        try crm.add("quote", "--subject", "A", "--line", "product=code:B")
        let result = try crm.run(command.split(separator: " ").map(String.init), stdin: Array(input.utf8))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains(Self.told), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM quote_line WHERE product = 1") != "0" || command.hasPrefix("sales"))
    }

    @Test("So is a line of a product that is not sold any more, with the day", arguments: ways)
    func ended(command: String, input: String) throws {
        try crm.succeed("product", "edit", "1", "--active", "--sales-end", "2020-01-31")
        try crm.add("quote", "--subject", "A", "--line", "product=code:B")
        let words = command.split(separator: " ").map(String.init)
        let result = try crm.run(words, stdin: Array(input.utf8))
        #expect(result.status == 0, "\(result.errors)")
        let told = result.errorLines.filter { $0.contains("Cable") }
        #expect(told == ["crm: product 1 \"Cable\" was sold until 2020-01-31"], "\(result.errors)")
    }

    @Test("What may still be sold, and what is bought, is not told")
    func sold() throws {
        try crm.succeed("product", "edit", "1", "--active", "--sales-end", "2020-01-31")
        let bought = try crm.run("purchase-order", "add", "--subject", "A", "--line", "product=code:C")
        #expect(bought.status == 0 && bought.errors.isEmpty, "\(bought.errors)")
        let spanish = try crm.run("quote", "add", "--subject", "A", "--line", "product=code:C", "--lang", "es")
        let told = "el inventariable 1 «Cable» se vendió hasta el 2020-01-31"
        #expect(spanish.errors.contains(told), "\(spanish.errors)")
        try crm.succeed("product", "edit", "1", "--sales-end", "+1d")
        #expect(try crm.run("quote", "add", "--subject", "A", "--line", "product=code:C").errors.isEmpty)
    }

    @Test("Services are told too, in Spanish, and as a note to programs")
    func service() throws {
        let result = try crm.run("quote", "add", "--subject", "A", "--line", "service=1", "--lang", "es")
        #expect(result.errors.contains("el no inventariable 1 «Soporte» no está activo"), "\(result.errors)")
        let json = try crm.run("quote", "add", "--subject", "A", "--line", "service=1", "--json")
        #expect(json.errors.contains("{\"note\":\"service 1 \\\"Soporte\\\" is not active\""), "\(json.errors)")
    }

    @Test("What changes in a line that is of it already, and what was settled elsewhere, is not told")
    func settled() throws {
        try crm.add("quote", "--subject", "A", "--line", "product=code:C")
        let edited = try crm.run("quote", "line", "edit", "1", "1", "--quantity", "3")
        #expect(edited.status == 0 && edited.errors.isEmpty, "\(edited.errors)")
        let rows = "subject,stage,product.code,quantity,unit_price\nX,accepted,C,1,5\n"
        let old = try crm.run("quote", "import", stdin: rows)
        #expect(old.status == 0 && !old.errors.contains("not active"), "\(old.errors)")
        // One that is active again is like any other.
        try crm.succeed("product", "edit", "1", "--active")
        #expect(try crm.run("quote", "line", "add", "1", "product=code:C").errors.isEmpty)
    }

    @Test("Once for each product, however many lines are of it")
    func once() throws {
        let rows = (1...50).map { "X\($0),C,1,5\n" }.joined()
        let result = try crm.run("quote", "import", stdin: "subject,product.code,quantity,unit_price\n" + rows)
        #expect(result.errors.split(separator: "\n").count { $0.contains("not active") } == 1, "\(result.errors)")
    }
}
