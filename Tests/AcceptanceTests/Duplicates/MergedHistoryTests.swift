import Testing

/// The history of records that became one is that of the one that stays.
@Suite struct MergedHistoryTests {
    private let crm: CRM

    /// Contacts 1 to 4; the second and the third were changed.
    init() throws {
        crm = try CRM()
        for name in ["Ruiz", "Ruíz", "Ruis", "Paz"] { try crm.add("contact", "--last-name", name) }
        for id in ["2", "3"] {
            for title in ["Jefa", "Socia"] { try crm.succeed("contact", "edit", id, "--title", "\(title) \(id)") }
        }
    }

    /// What a record's history says of titles: the record, and the title afterwards.
    private func titles(_ id: String) throws -> [String] {
        try crm.json("log", "contact", id).elements.flatMap { change in
            try #require(change["entries"]).elements.flatMap { entry in
                (entry["fields"]?.elements ?? []).filter { $0["field"]?.string == "title" }.map { field in
                    "\(entry["id"]?.integer ?? 0) \(field["after"]?.string ?? "")"
                }
            }
        }
    }

    @Test("It tells what was written about the merged record before, and under which number")
    func told() throws {
        try crm.succeed("contact", "merge", "1", "2", "--yes")
        #expect(try titles("1") == ["1 Socia 2", "2 Socia 2", "2 Jefa 2"])
        let entries = try crm.json("log", "contact", "1").elements.flatMap { $0["entries"]?.elements ?? [] }
        #expect(Set(entries.filter { $0["id"] == 2 }.map { $0["merged_into"]?.integer }) == [1])
        #expect(entries.filter { $0["id"] == 1 }.allSatisfy { $0["merged_into"] == .null })
        let shown = try crm.screen("log contact 1 --quiet")
        #expect(shown.contains("contact 2 \"Ruíz\" (merged into 1)  Title: Jefa 2 → Socia 2"), "\(shown)")
        let spanish = try crm.screen("log contact 1 --quiet --lang es")
        #expect(spanish.contains("contacto 2 «Ruíz» (en 1 por fusión)  Cargo: Jefa 2 → Socia 2"), "\(spanish)")
        let rows = try crm.succeed("log", "contact", "1", "--format", "csv").lines
        #expect(rows.first?.hasSuffix(",merged_into") == true)
        #expect(rows.contains { $0.contains(",contact,2,Ruíz,updated,,,title,Jefa 2,Socia 2,") && $0.hasSuffix(",1") })
    }

    @Test("The number of a merged record leads to the one that stays, with a note")
    func redirected() throws {
        let before = try crm.succeed("log", "contact", "2")
        #expect(before.errors == "")
        try crm.succeed("contact", "merge", "1", "2", "--yes")
        let log = try crm.succeed("log", "contact", "2")
        #expect(log.errorLines == ["crm: contact 2 was merged into contact 1"])
        #expect(try log.output == crm.succeed("log", "contact", "1").output)
        try crm.succeed("contact", "delete", "4", "--yes")
        #expect(try crm.succeed("log", "contact", "4").output.contains("deleted"))
        #expect(try crm.run("log", "contact", "99").status == 3)
    }

    @Test("Three that were merged in a row have one history, and each its own when that is undone")
    func row() throws {
        let before = try ["1", "2", "3"].map(titles)
        try crm.succeed("contact", "merge", "2", "3", "--yes")
        let between = try ["1", "2"].map(titles)
        #expect(between[1].starts(with: ["3 Socia 3"]), "\(between)")
        try crm.succeed("contact", "merge", "1", "2", "--yes")
        let all = try titles("1")
        #expect(all == ["1 Socia 2", "3 Socia 3", "3 Jefa 3", "2 Socia 2", "2 Jefa 2"])
        for id in ["2", "3"] {
            let log = try crm.succeed("log", "contact", id)
            #expect(log.errorLines == ["crm: contact \(id) was merged into contact 1"])
        }
        try crm.succeed("undo")
        #expect(try titles("2") == between[1])
        try crm.succeed("undo")
        let after = try ["1", "2", "3"].map(titles)
        #expect(after[1] == before[1] && after[2] == before[2])
        #expect(after[0].filter { !$0.hasPrefix("1 ") } == [])
        #expect(try crm.succeed("log", "contact", "3").errors == "")
    }
}
