import Testing

/// The order, the columns and the extent of lists.
@Suite struct ListTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    @Test(
        "Records are ordered by folded text, those without a value last, and by id where all else is equal",
        arguments: [
            ([String](), "1 2 3 4 5"), (["-id"], "5 4 3 2 1"), (["last_name"], "1 2 4 3 5"),
            (["-last_name"], "5 3 2 4 1"), (["last_name,-id"], "1 4 2 3 5"), (["last_name", "-id"], "1 4 2 3 5"),
            (["organization.name,-id"], "3 1 2 5 4"), (["birthdate"], "1 2 3 4 5"), (["-birthdate"], "1 2 3 4 5"),
        ]
    )
    func sort(_ keys: [String], _ ids: String) throws {
        let words = keys.flatMap { ["--sort", $0] }
        #expect(try crm.succeed(["contact", "list", "--format", "id"] + words).lines.joined(separator: " ") == ids)
    }

    @Test("Columns are the ones asked for, in their order, through references as well")
    func columns() throws {
        let words = ["contact", "list", "--columns", "organization.name,id", "--columns", "name"]
        let table = try crm.succeed(words)
        #expect(table.lines.first == "organization.name\tid\tname")
        #expect(table.lines[1] == "Acme, S.A.\t1\tJosé Muñoz")
        let first = try #require(JSON(crm.succeed(words + ["--json"]).outputBytes).elements.first)
        #expect(first.keys == ["organization.name", "id", "name"])
    }

    @Test("A list is whole unless a limit cut it, and then standard error says so")
    func limit() throws {
        let cut = try crm.succeed("contact", "list", "--limit", "2", "--format", "id")
        #expect(cut.output == "1\n2\n")
        #expect(cut.errors.contains("--after"))
        for limit in ["5", "6"] {
            let whole = try crm.succeed("contact", "list", "--limit", limit, "--format", "id")
            #expect(whole.lines.count == 5)
            #expect(whole.errors == "")
        }
        #expect(try crm.succeed("contact", "list", "--limit", "2", "--format", "id", "--quiet").errors == "")
        for format in ["json", "jsonl"] {
            let cut = try crm.succeed("contact", "list", "--limit", "2", "--format", format)
            #expect(try cut.errorLines.map { try JSON($0).keys } == [["note"]])
        }
    }

    @Test(
        "Page after page shows every record once, in the list's own order",
        arguments: [[], ["--sort", "last_name"], ["--sort", "-organization.name"], ["--sort", "birthdate,-id"]]
    )
    func paging(_ sort: [String]) throws {
        let list = ["contact", "list", "--format", "id", "--quiet"] + sort
        let whole = try crm.succeed(list).lines
        for size in 1...3 {
            var seen: [String] = []
            while true {
                let after = seen.last.map { ["--after", $0] } ?? []
                let page = try crm.succeed(list + ["--limit", "\(size)"] + after).lines
                if page.isEmpty { break }
                #expect(page.count <= size)
                seen += page
                if seen.count > whole.count { break }
            }
            #expect(seen == whole, "\(sort) by \(size)")
        }
    }

    @Test("Paging goes on after a record that was deleted, where its place is still known")
    func after() throws {
        try crm.succeed("contact", "delete", "4")
        #expect(try crm.succeed("contact", "list", "--after", "4", "--format", "id").output == "5\n")
        #expect(try crm.run("contact", "list", "--after", "4", "--sort", "last_name").status == 3)
        #expect(try crm.run("contact", "list", "--after", "x").status == 2)
    }

    @Test("A count is a number, in JSON an object")
    func count() throws {
        #expect(try crm.succeed("contact", "list", "--count").output == "5\n")
        #expect(try crm.succeed("contact", "list", "--count", "--json").output == "{\"count\":5}\n")
        #expect(try crm.succeed("contact", "links", "asset", "1", "--count").output == "1\n")
    }
}
