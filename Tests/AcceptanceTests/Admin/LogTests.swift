import Testing

@Suite("crm log")
struct LogTests {
    private let crm: CRM

    /// Change sets 1 to 8: an organization, a contact, an asset with its link, an opportunity, an edit of it, the end
    /// of the link, the asset's deletion, a setting.
    init() throws {
        crm = try CRM()
        let lines = [
            "organization add --name Acme --currency MXN",
            "contact add --first-name Ana --last-name Ruiz --organization 1",
            "asset add --name Laptop --serial X1 --contact 1 --role custodian",
            "opportunity add --contact 1 --name Renewal --amount 12500 --currency MXN --close-date 2026-12-31 "
                + "--stage qualification",
            "opportunity edit 1 --stage proposal --amount 13000.5 --tag vip --campaign=",
            "contact unlink asset 1 1 --ended 2026-03-01",
            "asset delete 1 --force",
            "config set country MX",
        ]
        for line in lines { try crm.succeed(line.split(separator: " ").map(String.init)) }
    }

    private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

    /// What a terminal shows, the present aside.
    private func screen(_ line: String, language: String = "en") throws -> String {
        try crm.screen(line, env: ["CRM_LANG": language]).replacing(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, with: "NOW")
    }

    @Test("tells on a terminal who did what, when by local clocks, field by field, newest first")
    func terminal() throws {
        #expect(
            try screen("log --limit 4 --quiet") == """
                change set 8, NOW -06:00, ana
                    $ crm config set country MX
                    settings  Country: — → MX

                change set 7, NOW -06:00, ana
                    $ crm asset delete 1 --force
                    contact 1 "Ana Ruiz"  unlinked from asset 1 "Laptop" (Role: Custodian, Until: 2026-03-01)
                    asset 1 "Laptop"  deleted

                change set 6, NOW -06:00, ana
                    $ crm contact unlink asset 1 1 --ended 2026-03-01
                    contact 1 "Ana Ruiz"  link with asset 1 "Laptop", Until: — → 2026-03-01

                change set 5, NOW -06:00, ana
                    $ crm opportunity edit 1 --stage proposal --amount 13000.5 --tag vip --campaign=
                    opportunity 1 "Renewal"  Amount: 12500.00 MXN → 13000.50 MXN
                    opportunity 1 "Renewal"  Stage: Qualification → Proposal/Quote
                    opportunity 1 "Renewal"  Probability: 20% → 65%
                    opportunity 1 "Renewal"  Tags: — → vip

                """
        )
    }

    @Test("tells it in Spanish")
    func spanish() throws {
        try crm.succeed("undo", "8")
        #expect(
            try screen("log --limit 3 --quiet", language: "es") == """
                conjunto de cambios 9, NOW -06:00, ana, deshace 8
                    $ crm undo 8
                    ajustes  País: MX → —

                conjunto de cambios 8, NOW -06:00, ana, deshecho por 9
                    $ crm config set country MX
                    ajustes  País: — → MX

                conjunto de cambios 7, NOW -06:00, ana
                    $ crm asset delete 1 --force
                    contacto 1 «Ana Ruiz»  se desvinculó del activo 1 «Laptop» (Rol: Responsable, Hasta: 2026-03-01)
                    activo 1 «Laptop»  se eliminó

                """
        )
    }

    @Test("says after the listing that it stopped", arguments: ["", "--no-pager"])
    func cut(option: String) throws {
        let shown = try screen("log --limit 1 \(option)")
        #expect(shown.hasPrefix("change set 8"))
        #expect(shown.hasSuffix("--after ID of the last\n"))
    }

    @Test("shows no control character of a value or a command raw")
    func control() throws {
        try crm.succeed("contact", "edit", "1", "--description", "one\ntwo")
        let shown = try screen("log --limit 1 --quiet")
        #expect(shown.contains(#"Description: — → one\ntwo"#))
        #expect(shown.contains(#"$ crm contact edit 1 --description 'one\ntwo'"#))
    }

    @Test("has a row for each field on a pipe, with keys, exact values and times in UTC")
    func rows() throws {
        let lines = try crm.succeed("log", "5").lines.map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        #expect(
            lines.first?.joined(separator: " ")
                == "change_set at who command module id name event link_module link_id field before after part position merged_into"
        )
        #expect(lines.dropFirst().allSatisfy { $0[1].wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil })
        #expect(
            lines.dropFirst().map { $0[4...].joined(separator: "|") } == [
                "opportunity|1|Renewal|updated|||amount|12500.00|13000.50|||",
                "opportunity|1|Renewal|updated|||stage|qualification|proposal|||",
                "opportunity|1|Renewal|updated|||probability|20|65|||",
                "opportunity|1|Renewal|updated|||tags||vip|||",
            ]
        )
        #expect(
            try crm.succeed("log", "6", "--no-header").output.hasSuffix(
                "link_changed\tasset\t1\tuntil\t\t2026-03-01\t\t\t\n"
            )
        )
        #expect(try crm.succeed("log", "--format", "id").output == "8\n7\n6\n5\n4\n3\n2\n1\n")
        #expect(try crm.succeed("log", "4", "--lang", "es").output == crm.succeed("log", "4").output)
    }

    @Test("has typed values in JSON, as its schema says")
    func json() throws {
        try crm.succeed("contact", "edit", "1", "--organization=")
        try crm.succeed("undo")
        let output = try crm.succeed("log", "--json").output
        #expect(
            try SchemaJudge("log", of: crm).faults(in: crm.succeed("log", "--format", "jsonl").lines, arrays: [output])
                == ""
        )
        let sets = try JSON(output).elements
        #expect(sets.map { $0["id"]?.integer } == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
        #expect(sets[0]["undoes"] == 9)
        #expect(sets[1]["undone_by"] == 10)
        let field = sets[1]["entries"]?.elements.first?["fields"]?.elements.first
        #expect(field?["field"] == "organization")
        #expect(field?["before"]?["name"] == "Acme")
        #expect(field?["after"] == JSON.null)
        let edit = try #require(sets[5]["entries"]?.elements.first)
        #expect(edit["fields"]?.elements.map { $0["after"] } == [.number("13000.50"), "proposal", 65, ["vip"]])
        #expect(sets[3]["counts"]?.elements.first?["deleted"] == 1)
    }

    @Test("tells the life of one record and its links, also when it is gone")
    func record() throws {
        let events = try crm.json("log", "asset", "1").elements.flatMap { set in
            set["entries"]?.elements.map { "\(set["id"]?.integer ?? 0) \($0["event"]?.string ?? "")" } ?? []
        }
        #expect(events == ["7 deleted", "7 unlinked", "6 link_changed", "3 created", "3 linked"])
        #expect(try crm.json("log", "asset", "1").elements.first?["entries"]?.elements.first?["name"] == "Laptop")
        #expect(try crm.succeed("log", "contact", "name:Ana Ruiz", "--format", "id").output == "7\n6\n4\n3\n2\n")
        #expect(try crm.succeed("log", "asset", "1", "--limit", "1", "--after", "7", "--format", "id").output == "6\n")
    }

    @Test("goes on where it stopped, and says that it stopped")
    func paging() throws {
        let first = try crm.succeed("log", "--limit", "3", "--format", "id")
        #expect(first.output == "8\n7\n6\n")
        #expect(first.errors == "crm: stopped after 3; the next ones follow with --after ID of the last\n")
        let rest = try crm.succeed("log", "--after", "6", "--limit", "5", "--format", "id")
        #expect(rest.output == "5\n4\n3\n2\n1\n")
        #expect(rest.errors == "")
        #expect(try crm.succeed("log", "--limit", "0", "--format", "id", "--quiet").output == "")
    }

    @Test("tells the first entries of a large change set, and all of it by its number")
    func bulk() throws {
        try crm.add("asset", "--name", "Sala", "--serial", "S1")
        let pairs = (1...150).map {
            "1,2,\($0 % 3 == 0 ? "user" : "owner"),2026-01-\(10 + $0 % 20),2026-02-\(10 + $0 % 19)"
        }
        let file = try crm.write(
            "contact,asset,role,since,until\n" + pairs.joined(separator: "\n") + "\n",
            to: "links.csv"
        )
        let report = try crm.json("contact", "link", "asset", "--input", file)
        let linked = try #require(report["linked"]?.integer)
        let id = try #require(try crm.json("log", "--limit", "1", "--quiet").elements.first?["id"]?.integer)
        let set = try #require(try crm.json("log", "--limit", "1", "--quiet").elements.first)
        #expect(linked > 100)
        #expect(set["truncated"] == true)
        #expect(set["entries"]?.elements.count == 100)
        let whole = try #require(try crm.json("log", "\(id)").elements.first)
        #expect(whole["truncated"] == false)
        #expect(whole["entries"]?.elements.count == linked)
        let rows = try crm.succeed("log", "--limit", "1")
        #expect(rows.errors.contains("crm: change set \(id) did more: crm log \(id)\n"))
        #expect(try screen("log --limit 1 --quiet").hasSuffix("    … and more: crm log \(id)\n"))
    }

    @Test(
        "refuses what it does not know",
        arguments: [
            ("log 99", 3, "crm: there is no change set 99\ncrm: see them with: crm log\n"),
            ("log contact", 2, "crm: name one of the contacts\ncrm: crm log contact REF\n"),
            ("log contact 99", 3, "crm: there is no contact 99\n"),
            (
                "log nothing 1", 2,
                "crm: there is no module \"nothing\"\ncrm: give a module and a record, or the number of a change set\n"
            ),
            ("log --limit x", 2, "crm: --limit takes a whole number from 0, not \"x\"\n"),
        ]
    )
    func refusals(line: String, status: Int32, errors: String) throws {
        let result = try crm.run(words(line))
        #expect(result.status == status)
        #expect(result.output == "")
        #expect(result.errors == errors)
    }
}
