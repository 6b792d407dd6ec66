import Testing

/// What the program writes of records it takes in again, and nothing is another then.
@Suite struct RoundTripTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--last-name", "Ruiz", "--organization", "1")
    }

    /// Writes the records of a module and takes them in again: everything must be as it was.
    private func expectUnchanged(_ noun: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        for format in ["csv", "tsv", "json", "jsonl"] {
            let table = try crm.succeed(noun, "export", "--format", format).outputBytes
            let result = try crm.run([noun, "import", "-", "--input-format", format, "--json"], stdin: table)
            let report = try JSON(result.outputBytes)
            #expect(
                result.status == 0 && report["unchanged"] == report["rows"] && report["rows"] != 0,
                "\(noun) \(format): \(report) \(result.errors)",
                sourceLocation: sourceLocation
            )
        }
    }

    /// Takes all of the file into a new one, which must be the same then, and again, which must change nothing.
    private func expectCopied(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let whole = try crm.succeed("export")
        let other = try CRM()
        for (copy, isNew) in [(crm, false), (other, true), (other, false)] {
            let result = try copy.run(["apply", "-", "--json"], stdin: whole.outputBytes)
            let report = try JSON(result.outputBytes)
            #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
            #expect(isNew || report["unchanged"] == report["rows"], "\(report)", sourceLocation: sourceLocation)
        }
        #expect(try other.succeed("export").output == whole.output, sourceLocation: sourceLocation)
        #expect(try other.sql("SELECT count(*) FROM change_set") == "1", sourceLocation: sourceLocation)
    }

    @Test("A table of full records changes nothing where it comes from", arguments: ModuleCase.all)
    func tables(_ module: ModuleCase) throws {
        try crm.succeed([module.noun, "add"] + (module.needsContact ? ["--contact", "1"] : []) + module.required)
        let record = try FullRecord(of: module, in: crm)
        try crm.succeed([module.noun, "add"] + record.words)
        try expectUnchanged(module.noun)
    }

    @Test("All of a file makes another of full records, and changes nothing in either", arguments: ModuleCase.all)
    func whole(_ module: ModuleCase) throws {
        let record = try FullRecord(of: module, in: crm)
        try crm.succeed([module.noun, "add"] + record.words)
        try expectCopied()
    }

    // MARK: - What is empty and would be filled

    private func addEmptied(_ noun: String) throws {
        try crm.add(noun, "--subject", "C")
        for line in [["--tax="], ["--unit=", "--price", "0"], ["--tax=", "--unit=", "--quantity", "2"], []] {
            try crm.succeed([noun, "line", "add", "1", "--product", "1"] + line)
        }
        try crm.succeed(noun, "line", "add", "1", "--service", "1", "--tax=")
        try crm.succeed(noun, "line", "add", "1", "--text", "a; b, unit=3", "--price", "-5")
    }

    @Test(
        "Lines without the tax or the unit of what they sell stay without them",
        arguments: ["quote", "sales-order", "purchase-order"]
    )
    func lines(noun: String) throws {
        try crm.add("product", "--name", "T", "--price", "100", "--tax-rate", "16", "--unit", "box")
        try crm.add("service", "--name", "S", "--price", "50", "--tax", "vat:8", "--unit", "hours")
        try addEmptied(noun)
        try expectUnchanged(noun)
        try expectCopied()
        let lines = try crm.succeed(noun, "line", "list", "1", "--json")
        try crm.write(lines.output, to: "lines.json")
        try crm.add(noun, "--subject", "D", "--lines", crm.file("lines.json"))
        #expect(try crm.succeed(noun, "line", "list", "2", "--json").output == lines.output)
    }

    @Test("An occurrence without reminders stays without those of its event")
    func occurrence() throws {
        let series = ["--starts-at", "2026-12-01T10:00", "--repeat", "FREQ=DAILY", "--reminder", "15m"]
        try crm.add("event", ["--subject", "S"] + series)
        try crm.succeed("event", "edit", "1", "--occurrence", "2026-12-03", "--reminder=")
        try crm.succeed("event", "edit", "1", "--occurrence", "2026-12-04", "--location", "Sala")
        #expect(try crm.sql("SELECT reminders FROM event_occurrence ORDER BY position") == "[]\n")
        let rows = try #require(try crm.json("event", "show", "1")["occurrences"])
        #expect(rows.elements.map { $0["reminders"] ?? "" } == [[], JSON.null], "\(rows)")
        try expectUnchanged("event")
        try expectCopied()
    }
}
