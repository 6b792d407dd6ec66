import Testing

/// What is told when some of many records refuse a write.
@Suite struct RefusedWritesTests {
    private let crm: CRM

    /// Project 1 begins early, and so many more late.
    private func projects(late count: Int) throws -> CRM {
        try crm.add("project", "--name", "Early", "--start-date", "2026-01-01")
        for number in 0..<count {
            try crm.add("project", "--name", "Late \(number + 2)", "--start-date", "2027-01-01")
        }
        return crm
    }

    init() throws { crm = try CRM() }

    private static let edit = ["project", "edit", "--where", "id > 0", "--target-end-date", "2026-12-01"]

    @Test("It is told how many refuse it, and which are the first five", arguments: ["--yes", "--dry-run"])
    func counted(option: String) throws {
        let refused = try projects(late: 7).run(Self.edit + [option])
        #expect(refused.status == 2)
        #expect(refused.errors.contains("cannot change project 2"), "\(refused.errors)")
        let lines = refused.errorLines.drop { !$0.contains("7 of the 8 projects cannot be changed so:") }
        #expect(lines.count == 6, "\(refused.errors)")
        let reason = "is before start_date 2027-01-01"
        #expect(lines.dropFirst().allSatisfy { $0.contains("Late ") && $0.contains(reason) }, "\(lines)")
        #expect(lines.last?.contains("Late 6") == true)
        let spanish = try crm.run(Self.edit + [option, "--lang", "es"])
        #expect(spanish.errors.contains("7 de 8 proyectos no admiten el cambio:"), "\(spanish.errors)")
        let json = try crm.run(Self.edit + [option, "--json"])
        #expect(try JSON(json.errors)["error"]?["details"]?.elements.count == 6)
        #expect(try crm.sql("SELECT count(*) FROM project WHERE target_end_date IS NOT NULL") == "0")
    }

    @Test("What was done to the records before is not done twice to find those that refuse")
    func triedOnce() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        for quantity in [60, 10, 60] {
            try crm.add(
                "sales-order",
                "--subject",
                "s",
                "--contact",
                "1",
                "--line",
                "text=A,price=1,quantity=\(quantity)"
            )
        }
        let words = ["--where", "id > 0", "--number", "F1", "--quantity", "1=40", "--yes"]
        let refused = try crm.run(["sales-order", "invoice"] + words)
        #expect(refused.status != 0)
        #expect(
            refused.errors.contains("sales order 2") && !refused.errors.contains("cannot be changed so"),
            "\(refused.errors)"
        )
        #expect(try crm.sql("SELECT count(*) FROM sales_order_line WHERE invoiced > 0") == "0")
    }

    private static let few = [(1, ""), (2, "none of the 2")]

    @Test("Of one alone nothing more is told, and of all only that they do", arguments: few)
    func oneAndAll(late: Int, told: String) throws {
        let words = Self.edit + (late == 1 ? [] : ["--where", "start_date > 2026-06-01"])
        let refused = try projects(late: late).run(words + ["--yes"])
        #expect(refused.errors.contains("cannot change project 2"))
        #expect(refused.errors.contains("projects c") == !told.isEmpty, "\(refused.errors)")
        #expect(refused.errors.contains(told) || told.isEmpty)
    }

    @Test("On a terminal it is told before the question")
    func terminal() throws {
        let terminal = try projects(late: 2).terminal(
            "project edit --where start_date>2025-01-01 --target-end-date 2025-12-01"
        )
        #expect(try terminal.finish() == 2)
        #expect(terminal.shown.contains("none of the 3 projects can be changed so"), "\(terminal.shown)")
    }

    @Test("So it is of an action")
    func action() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        for subject in ["Q1", "Q2", "Q3"] {
            try crm.add("quote", "--subject", subject, "--contact", "1", "--line", "text=a,price=1")
        }
        for id in ["1", "2"] { try crm.succeed("quote", "revise", id) }
        let refused = try crm.run("quote", "accept", "--where", "id < 4", "--yes")
        #expect(refused.status == 5 && refused.errors.contains("quote 1 was superseded"), "\(refused.errors)")
        #expect(refused.errors.contains("2 of the 3 quotes cannot be changed so:"), "\(refused.errors)")
        #expect(refused.errors.contains("Q2"), "\(refused.errors)")
        #expect(try crm.sql("SELECT count(*) FROM quote WHERE stage = 'accepted'") == "0")
    }
}
