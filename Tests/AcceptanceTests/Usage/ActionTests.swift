import Testing

/// Verbs that one module has beyond the common ones.
@Suite struct ActionTests {
    private let crm: CRM

    init() throws {
        crm = try CRM(.database)
        try crm.succeed("case", "add", "--title", "Printer")
        try crm.succeed("case", "add", "--title", "Screen")
    }

    @Test("Closing and reopening cases prints them as show does, and undo takes it back")
    func life() throws {
        let closed = try crm.json("case", "close", "1", "2", "--solution", "New cable").elements
        #expect(closed.map { $0["status"]?.string } == ["closed", "closed"])
        #expect(closed.map { $0["solution"]?.string } == ["New cable", "New cable"])
        #expect(closed.first?["closed_at"] != JSON.null)
        let open = try crm.json("case", "reopen", "name:Printer")
        #expect(open["status"]?.string == "open" && open["closed_at"] == JSON.null)
        try crm.succeed("undo")
        try crm.succeed("undo", "--force")
        #expect(try crm.json("case", "show", "2")["status"]?.string == "open")
    }

    @Test("What is so already is no error, and writes nothing")
    func already() throws {
        let before = try crm.json("case", "show", "1")
        #expect(try crm.json("case", "reopen", "1") == before)
        #expect(try crm.json("log", "--limit", "1").elements.first?["command"]?.string == "crm case add --title Screen")
    }

    @Test("A dry run tells and leaves nothing; one bad reference of several changes none")
    func nothingDone() throws {
        #expect(try crm.json("case", "close", "1", "--dry-run")["status"]?.string == "closed")
        #expect(try crm.run("case", "close", "1", "99").status == 3)
        #expect(try crm.json("case", "show", "1")["status"]?.string == "open")
    }

    @Test("A line of a batch may call them")
    func batch() throws {
        let lines = try crm.run("batch", stdin: "case close 1\ncase close 2 --solution 'So it goes'\n").output
        #expect(lines.contains(#""solution":"So it goes""#))
        #expect(try crm.run("case", "list", "-w", "status = closed", "--count").output == "2\n")
    }
}
