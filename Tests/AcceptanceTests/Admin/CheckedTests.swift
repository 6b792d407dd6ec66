import Testing

/// What another program may have written where nothing else looks.
@Suite("crm check sees")
struct CheckedTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        for name in ["Ruiz", "Vega", "Paz"] { try crm.add("contact", "--last-name", name) }
    }

    @Test(
        "an index of search that lacks something, which a repair makes anew and tells",
        arguments: [
            "DELETE FROM search_data WHERE id > 10", "INSERT INTO search (search) VALUES ('delete-all')",
        ]
    )
    func search(damage: String) throws {
        try crm.succeed("search", "ruiz")
        try crm.succeed("check")
        try crm.sql(damage)
        let search = try crm.run("search", "ruiz")
        if search.status != 3, search.status != 0 {
            #expect(search.status == 78 && search.errors.contains("crm check --repair"), "\(search.errors)")
        }
        try repair()
        #expect(try crm.succeed("log", "--limit", "1").output.contains("index of search made anew"))
    }

    private func repair() throws {
        let found = try crm.run("check")
        #expect(found.status == 1 && found.output.contains("index of search"), "\(found.output)")
        let repaired = try crm.succeed("check", "--repair")
        #expect(repaired.errors.contains("index of search made anew"), "\(repaired.errors)")
        #expect(try crm.succeed("search", "ruiz", "--format", "id").output.contains("1"))
    }

    /// Damage of what SQLite keeps an index in, which it then refuses to let go of.
    private static let heads = [
        "DELETE FROM search_data", "DELETE FROM search_data WHERE id = 10", "DELETE FROM search_data WHERE id = 1",
        "UPDATE search_data SET block = x'FFFFFFFFFFFFFFFFFF' WHERE id = 10", "DELETE FROM search_config",
        "UPDATE search_config SET v = 99", "DROP TABLE search_config", "DROP TABLE search_idx",
        "DROP TABLE search_data",
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'search'",
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name IN ('search_idx', 'search_config')",
    ]

    @Test("an index of search whose head is damaged, which a repair makes anew", arguments: heads)
    func head(damage: String) throws {
        try crm.succeed("search", "ruiz")
        try crm.sql(damage)
        try repair()
    }

    @Test("an index of search whose head is damaged, which keeps nobody from being erased", arguments: heads)
    func erasure(damage: String) throws {
        try crm.succeed("search", "ruiz")
        try crm.sql(damage)
        try crm.succeed("contact", "erase", "2", "--yes")
        #expect(try crm.shell("grep -ci vega crm.db").status == 1)
        try crm.succeed("check")
        #expect(try crm.succeed("search", "ruiz", "--format", "id").output.contains("1"))
    }

    @Test(
        "values and history that nobody can have written",
        arguments: [
            ("UPDATE change_set SET at = 'zzz' WHERE id = 1", "is no moment"),
            ("UPDATE created SET table_name = 'nothing' WHERE change_set = 1", "cannot have made the rows"),
            ("INSERT INTO former_id VALUES ('contact', 77, 1, '2026-01-01T00:00:00Z')", "and never was"),
            ("INSERT INTO former_id VALUES ('nothing', 1, 1, '2026-01-01T00:00:00Z')", "there is no such module"),
            ("DELETE FROM sqlite_sequence WHERE name = 'contact'", "could be given twice"),
        ]
    )
    func history(damage: String, message: String) throws {
        try crm.sql(damage)
        let found = try crm.run("check")
        #expect(found.status == 1 && found.output.contains(message), "\(found.output)")
    }

    @Test("which ids were given, and a repair notes it again") func sequence() throws {
        try crm.succeed("contact", "delete", "3", "--yes")
        try crm.sql("DELETE FROM sqlite_sequence WHERE name = 'contact'")
        try crm.succeed("check", "--repair")
        #expect(try crm.sql("SELECT seq FROM sqlite_sequence WHERE name = 'contact'") == "3")
    }

    @Test("a quantity beyond eighteen digits") func quantity() throws {
        try crm.add(
            "quote",
            ["--subject", "Q", "--contact", "1", "--line", "text=A,quantity=1,unit_price=2"]
        )
        try crm.sql("UPDATE quote_line SET quantity = 9000000000000000000")
        #expect(try crm.run("check").output.contains("quantity is out of range"))
    }

    @Test("that a table is missing, for which it recommends no repair") func missingTable() throws {
        try crm.sql("DROP TABLE contact_point")
        let found = try crm.run("check")
        #expect(found.status == 1 && found.output.contains("the table or index contact_point is missing"))
        #expect(!found.errors.contains("--repair"), "\(found.errors)")
        #expect(try crm.run("check", "--repair").status == 78)
    }
}
