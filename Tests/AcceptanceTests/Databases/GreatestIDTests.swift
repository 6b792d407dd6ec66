import Testing

/// A database in which another program has given the greatest numbers that there are.
@Suite struct GreatestIDTests {
    private let crm: CRM

    /// Two contacts, one of them with a contact point, an asset that it is linked with, and a quote with a line.
    init() throws {
        crm = try CRM(.database)
        try crm.succeed(
            "contact",
            "add",
            "--last-name",
            "Ruiz",
            "--email",
            "ana@example.com",
            "--point",
            "kind=email,value=ana@example.org"
        )
        try crm.succeed("contact", "add", "--last-name", "Soto", "--email", "luis@example.com")
        try crm.succeed("asset", "add", "--name", "Laptop", "--serial", "X1")
        try crm.succeed("contact", "link", "asset", "1", "1")
        try crm.succeed("quote", "add", "--subject", "Q", "--line", "description=Cable,quantity=1,unit_price=3")
        try crm.write("contact,asset\n1,1\n2,1\n", to: "links.csv")
        try crm.write(
            "last_name,email\nA,a@example.com\nB,b@example.com\nC,c@example.com\n",
            to: "contacts.csv"
        )
    }

    private static let greatest = "9223372036854775807"

    @Test(
        "A write that finds no number left says so, saves nothing and leaves the program standing",
        arguments: [
            (
                "UPDATE sqlite_sequence SET seq = \(greatest) WHERE name = 'change_set'", "contact edit 1 --title x",
                "the ids of the table change_set have run out", 78
            ),
            (
                "INSERT INTO change_set (id, at, who, command) VALUES (\(greatest), '2026-01-01T00:00:00Z', 'x', 'y')",
                "contact add --last-name Paz",
                "the ids of the table change_set have run out", 78
            ),
            (
                """
                INSERT INTO change (id, change_set, table_name, record, action, before) \
                VALUES (\(greatest), 1, 'asset', 1, 'update', '{}')
                """, "contact edit 1 --title x", "the ids of the table change have run out", 78
            ),
            (
                "UPDATE sqlite_sequence SET seq = \(greatest) - 1 WHERE name = 'contact'",
                "contact import contacts.csv",
                "the ids of the table contact have run out", 78
            ),
            (
                "UPDATE contact_point SET id = \(greatest)",
                "contact point add 1 --kind email --value z@example.com",
                "the ids of the table contact_point have run out", 78
            ),
            (
                "UPDATE contact_asset SET id = \(greatest)", "contact link asset --input links.csv",
                "the ids of the table contact_asset have run out", 78
            ),
            (
                "UPDATE contact_point SET position = \(greatest)",
                "contact point add 1 --kind email --value z@example.com",
                "a row of the table contact_point has a position that no row can have", 78
            ),
            (
                "UPDATE counter SET last = \(greatest)", "quote add --subject Z",
                "the numbers of quote.number have run out", 5
            ),
            (
                "UPDATE counter SET last = \(greatest)", "quote add --subject Z --dry-run",
                "the numbers of quote.number have run out", 5
            ),
        ]
    )
    func refused(damage: String, words: String, expected: String, status: Int) throws {
        try Peer("sqlite3").run(crm.file("crm.db"), "PRAGMA foreign_keys = OFF; \(damage)", in: crm)
        let before = try crm.shell("sqlite3 crm.db .dump").output
        let result = try crm.run(words.split(separator: " ").map(String.init))
        #expect(result.status == status, "\(result.errors)")
        #expect(result.errors.contains(expected), "\(result.errors)")
        #expect(try crm.shell("sqlite3 crm.db .dump").output == before)
        // Of the ids of contacts one is left.
        #expect(try crm.run("check").status == (words == "contact import contacts.csv" ? 0 : 1))
    }

    @Test("The last ids can still be given")
    func last() throws {
        try Peer("sqlite3").run(
            crm.file("crm.db"),
            "UPDATE sqlite_sequence SET seq = \(Self.greatest) - 4 WHERE name = 'contact'",
            in: crm
        )
        try crm.succeed("contact", "import", "contacts.csv")
        #expect(try crm.json("contact", "list").elements.count == 5)
    }
}
