import Testing

/// What is told of many pairs that are merged at once.
@Suite struct MergedPairsTests {
    private let crm: CRM

    /// Contacts 1 to 3 with different titles, the last two with a birthdate; 4 and 5 who differ in nothing.
    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz", "--title", "Jefa")
        try crm.add("contact", "--last-name", "Ruiz", "--title", "Gerente", "--email", "ruiz@example.org")
        try crm.add("contact", "--last-name", "Ruiz", "--title", "Socia", "--email", "r@example.org")
        for _ in 4...5 { try crm.add("contact", "--last-name", "Paz") }
        for (id, day) in [("2", "1980-01-01"), ("3", "1981-01-01")] {
            try crm.succeed("contact", "edit", id, "--birthdate", day)
        }
        try crm.write("keep,merge\n1,2\n1,3\n4,5\n", to: "pairs.csv")
    }

    private let merge = ["contact", "merge", "--input", "pairs.csv"]

    private static let lost = [
        "crm: Title \"Gerente\" of contact 2: only in the history",
        "crm: Title \"Socia\" of contact 3: only in the history",
        "crm: Date of birth \"1981-01-01\" of contact 3: only in the history",
    ]

    @Test("A dry run has a row for each pair, with what differs, first what only the history will have")
    func listed() throws {
        let dry = try crm.succeed(merge + ["--dry-run"])
        #expect(
            dry.output == """
                keep\tkeep.name\tmerge\tmerge.name\tdifferences
                1\tRuiz\t2\tRuiz\ttitle: Gerente (history)
                1\tRuiz\t3\tRuiz\ttitle: Socia (history); birthdate: 1981-01-01 (history); email: r@example.org (point)
                4\tPaz\t5\tPaz\t

                """
        )
        #expect(
            dry.errorLines == [
                "crm: values that differ and only the history has then: Title 2, Date of birth 1",
                "crm: dry run: 3 would be merged; nothing was saved",
            ]
        )
        #expect(try crm.succeed("contact", "list", "--count").output == "5\n")
        let shown = try crm.screen("contact merge --input pairs.csv -n")
        #expect(shown.contains("Title: Jefa, not Gerente"), "\(shown)")
        let spanish = try crm.screen("contact merge --input pairs.csv -n --lang es")
        #expect(spanish.contains("Cargo: Jefa, no Gerente"), "\(spanish)")
        #expect(spanish.contains("quedarían solo en el historial: Cargo 2, "), "\(spanish)")
    }

    @Test("In JSON each pair has what the dry run of a single merge prints, and is taken as input")
    func inJSON() throws {
        let pairs = try crm.succeed(merge + ["--dry-run", "--format", "jsonl"]).output
        let first = try JSON(String(pairs.split(separator: "\n")[0]))
        #expect(first["keep"]?["id"] == 1 && first["merge"]?["name"]?.string == "Ruiz", "\(pairs)")
        let alone = try crm.json("contact", "merge", "1", "2", "--dry-run")
        #expect(first["differences"]?.elements.count == alone.elements.count)
        let title = try #require(first["differences"]?.elements.first { $0["field"]?.string == "title" })
        #expect(title["kept"]?.string == "Jefa")
        #expect(title["others"]?.elements.map { $0["becomes"]?.string } == ["history"])
        let merged = try crm.succeed("contact", "merge", "--input", "-", stdin: pairs)
        #expect(merged.output == "3 merged\n")
    }

    @Test("In JSON the pairs stand in the object that the run prints")
    func inObject() throws {
        let counts = "\"rows\":3,\"merged\":3,\"already_merged\":0,\"refused\":0,\"committed\":"
        let dry = try crm.succeed(merge + ["--dry-run", "--json"]).output
        #expect(dry.hasPrefix("{\"pairs\":[{\"keep\":{\"id\":1,"), "\(dry)")
        #expect(dry.hasSuffix("],\(counts)false}\n"), "\(dry)")
        let lines = try crm.succeed(merge + ["--dry-run", "--format", "jsonl"]).output.split(separator: "\n")
        #expect(dry == "{\"pairs\":[\(lines.joined(separator: ","))],\(counts)false}\n")
        #expect(try crm.succeed(merge + ["--json"]).output == "{\(counts)true}\n")
        let none = try crm.succeed("contact", "merge", "--input", "/dev/null", "-n", "--json").output
        #expect(none.hasPrefix("{\"pairs\":[],\"rows\":0,"), "\(none)")
    }

    @Test("A run tells each value that only the history has now")
    func told() throws {
        let merged = try crm.succeed(merge)
        #expect(merged.output == "3 merged\n")
        #expect(merged.errorLines == Self.lost)
        try crm.succeed("undo")
        #expect(try crm.succeed(merge + ["--quiet"]).errors == "")
        try crm.succeed("undo")
        let notes = try crm.succeed(merge + ["--json"]).errorLines
        #expect(try notes.map { try JSON($0)["note"]?.string } == Self.lost.map { String($0.dropFirst(5)) })
    }

    @Test("Of many values it tells how many there are of each field")
    func counted() throws {
        var pairs = "keep,merge\n"
        for number in 0..<12 {
            for title in ["Jefa", "Socia"] {
                try crm.add("contact", "--last-name", "Luna", "--title", title, "--department", "\(title) \(number)")
            }
            pairs += "\(6 + 2 * number),\(7 + 2 * number)\n"
        }
        let words = ["contact", "merge", "--input", "-", "--input-format", "csv"]
        let merged = try crm.succeed(words, stdin: pairs)
        #expect(
            merged.errorLines == ["crm: values that differ and only the history has: Title 12, Department 12"],
            "\(merged.errors)"
        )
        try crm.succeed("undo")
        let spanish = try crm.succeed(words + ["--lang", "es"], stdin: pairs)
        let note = "valores que difieren y quedan solo en el historial: Cargo 12, Departamento 12"
        #expect(spanish.errors.contains(note), "\(spanish.errors)")
    }

    @Test("A row that is refused saves nothing, and the rows of the others are whole", arguments: ["json", "csv"])
    func refused(format: String) throws {
        let words = merge.dropLast() + ["-", "--input-format", "csv", "-n", "--format", format]
        let result = try crm.run(Array(words), stdin: Array("keep,merge\n1,2\n1,99\n".utf8))
        #expect(result.status == 6)
        #expect(result.errors.contains("1 would be merged, 1 refused"), "\(result.errors)")
        guard format == "json" else { return }
        #expect(try JSON(result.output)["pairs"]?.elements.count == 1)
        let end = ",\"merged\":1,\"already_merged\":0,\"refused\":1,\"committed\":false}\n"
        #expect(result.output.hasSuffix(end), "\(result.output)")
    }

    @Test("An attribute that links have otherwise is told with the record they lead to")
    func links() throws {
        try crm.add("product", "--name", "Cable", "--price", "1")
        try crm.succeed("contact", "link", "product", "4", "1", "--status", "interested")
        try crm.succeed("contact", "link", "product", "5", "1", "--status", "purchased")
        let dry = try crm.succeed(merge + ["-n"])
        #expect(dry.output.contains("product.link.status: interested (note)"), "\(dry.output)")
        let shown = try crm.screen("contact merge --input pairs.csv -n", columns: 200)
        #expect(shown.contains("Status, product 1: Purchased, not Interested"), "\(shown)")
    }
}
