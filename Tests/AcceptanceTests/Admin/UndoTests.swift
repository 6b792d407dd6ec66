import Testing

@Suite("crm undo")
struct UndoTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz")
        try crm.add("asset", "--name", "Laptop", "--serial", "X1", "--contact", "1", "--role", "custodian")
    }

    /// Every record and link as they are printed, save for the time of the last change.
    private func state() throws -> [String] {
        let links = "id,name,link.id,link.role,link.since,link.until,link.note"
        return try [
            crm.succeed("contact", "list", "--json", "--columns", "id,name,title,description").output,
            crm.succeed("asset", "list", "--json", "--columns", "id,name,serial").output,
            crm.succeed("contact", "links", "asset", "1", "--all", "--json", "--columns", links).output,
            crm.succeed("config", "list", "--json").output,
        ]
    }

    @Test(
        "takes a command back, and itself again",
        arguments: [
            ["contact", "edit", "1", "--title", "CFO", "--description", "x"], ["contact", "add", "--last-name", "Paz"],
            ["asset", "delete", "1", "--force"], ["contact", "unlink", "asset", "1", "1"],
            ["contact", "unlink", "asset", "1", "1", "--ended", "2026-03-01"], ["config", "set", "country", "MX"],
            ["contact", "link", "asset", "1", "1", "--role", "user"],
        ]
    )
    func redo(words: [String]) throws {
        let before = try state()
        try crm.succeed(words)
        let after = try state()
        #expect(after != before)
        let tried = try crm.succeed("undo", "--dry-run")
        #expect(tried.output.hasPrefix("would undo change set 3: crm \(words[0]) \(words[1]) "))
        let undone = try crm.succeed("undo")
        #expect(undone.output.hasPrefix("undid change set 3: crm \(words[0]) \(words[1]) "))
        #expect(undone.errorLines.last == "crm: to redo it: crm undo 4")
        #expect(try state() == before)
        try crm.succeed("undo", "4")
        #expect(try state() == after)
    }

    @Test("brings back when an event was changed of which only a date was, and that again")
    func occurrence() throws {
        try crm.add(
            "event",
            ["--subject", "Junta", "--starts-at", "2026-05-01T10:00:00Z", "--repeat", "every week until 2026-06-30"]
        )
        // What is the same second cannot be told apart.
        try crm.sql("UPDATE event SET updated_at = '2026-01-01T00:00:00Z'")
        let before = try crm.succeed("export").output
        try crm.succeed("event", "edit", "1", "--occurrence", "2026-05-08", "--location", "Sala 2")
        let after = try crm.succeed("export").output
        #expect(after != before)
        try crm.succeed("undo")
        #expect(try crm.succeed("export").output == before)
        try crm.succeed("undo", "5")
        #expect(try crm.succeed("export").output == after)
    }

    @Test(
        "brings a record back of which another got what only one may have, as often as it is asked",
        arguments: [
            ("contact add --last-name Paz --external-id K", "contact delete 2\ncontact edit 1 --external-id K"),
            ("contact add --last-name Paz --external-id K", "contact merge 1 2 --yes"),
            (
                "contact add --last-name Paz --external-id K\ncontact add --last-name Sol --external-id L",
                "contact delete 2\ncontact edit 3 --external-id K\ncontact edit 1 --external-id L"
            ),
            (
                "product add --name A --code 1 --price 1\nproduct add --name B --code 2 --price 1",
                "product delete 2\nproduct edit 1 --code 2"
            ),
            (
                "view save contact a --where 'id > 0'\nview save contact b --where 'id > 1'",
                "view remove contact b\nview rename contact a b"
            ),
            (
                "contact add --last-name Paz",
                "contact unlink asset 1 1 --ended 2026-01-01\ncontact link asset 1 1 --role custodian --since 2026-02-01"
            ),
        ]
    )
    func unique(given: String, script: String) throws {
        try crm.succeed("batch", stdin: given + "\n")
        let before = try crm.succeed("export").output
        try crm.succeed("batch", stdin: script + "\n")
        let after = try crm.succeed("export").output
        #expect(after != before)
        for (changeSet, state) in [(4, before), (5, after), (6, before), (7, after), (8, before)] {
            let result = try crm.run("undo", "\(changeSet)")
            #expect(result.status == 0, "\(changeSet): \(result.errors)")
            #expect(try crm.succeed("export").output == state, "\(changeSet)")
        }
        #expect(try crm.run("check").errors == "crm: ok\n")
    }

    @Test("takes the newest of one's own back that still stands, one after the other")
    func newest() throws {
        try crm.succeed("contact", "edit", "1", "--title", "CFO")
        #expect(try crm.json("undo")["undone"] == 3)
        #expect(try crm.json("undo")["undone"] == 2)
        #expect(try crm.json("undo")["undone"] == 1)
        let nothing = try crm.run("undo")
        #expect(nothing.status == 3)
        #expect(nothing.errors == "crm: there is nothing to undo\n")
    }

    @Test("says on standard error what it took back where none is named, even if it is to be quiet")
    func told() throws {
        try crm.write("last_name,email\nPaz,x\n", to: "in.csv")
        #expect(try crm.run("contact", "import", "in.csv").status == 6)
        let result = try crm.run("undo", env: ["TZ": "UTC"])
        #expect(result.status == 0)
        let line = "crm: took back change set 2, [0-9-]{10} [0-9:]{8} [^ ]+, ana: crm asset add .*Laptop.*\n"
        #expect(try Regex(line).prefixMatch(in: result.errors) != nil, "\(result.errors)")
        #expect(try crm.run("undo", "3", "--quiet").errors == "")
        let quiet = try crm.run("undo", "--quiet", env: ["TZ": "UTC"])
        #expect(try Regex(line).wholeMatch(in: quiet.errors) != nil, "\(quiet.errors)")
        try crm.succeed("undo", "5", "--quiet")
        let json = try crm.run("undo", "--json", "--lang", "es")
        #expect(
            try JSON(json.errorBytes)["note"]?.string?.hasPrefix("se deshizo el conjunto de cambios 2, ") == true
        )
        let batch = try crm.run(["batch", "--each"], stdin: Array("undo\n".utf8))
        #expect(
            try JSON(batch.outputBytes)["notices"]?.elements.first?.string?.hasPrefix("took back change set 1") == true
        )
    }

    @Test("takes another person's change back only when it is named or forced")
    func person() throws {
        let refused = try crm.run("undo", env: ["CRM_USER": "eva"])
        #expect(refused.status == 5)
        #expect(refused.errors.contains("is not yours: ana ran crm asset add"))
        #expect(try crm.run("asset", "show", "1").status == 0)
        #expect(try crm.run("undo", "--force", env: ["CRM_USER": "eva"]).status == 0)
        #expect(try crm.run("undo", "1", env: ["CRM_USER": "eva"]).status == 0)
        #expect(try crm.json("log", "--limit", "1", "--quiet").elements.first?["who"] == "eva")
    }

    @Test("refuses, with what stands in the way, where later changes stand on it")
    func conflicts() throws {
        try crm.succeed("contact", "edit", "1", "--title", "CFO")
        try crm.succeed("contact", "edit", "1", "--title", "CEO")
        let before = try state()
        let refused = try crm.run("undo", "3")
        #expect(refused.status == 5)
        #expect(refused.output == "")
        #expect(
            refused.errors == """
                crm: change set 3 cannot be undone: later changes stand on it (1)
                  contact 1: title was set again by change set 4
                crm: undo those first; crm log shows them

                """
        )
        let json = try crm.run("undo", "1", "--json")
        #expect(json.status == 5)
        #expect(try JSON(json.errorBytes)["error"]?["code"] == "conflict")
        #expect(try JSON(json.errorBytes)["error"]?["details"]?.elements.isEmpty == false)
        #expect(try SchemaJudge("error", of: crm).faults(in: json.errorLines) == "")
        #expect(try state() == before)
    }

    @Test("reports how much it took back, and as JSON what its schema says")
    func report() throws {
        #expect(
            try crm.succeed("undo", "--lang", "es").output == """
                se deshizo el conjunto de cambios 2: crm asset add --format id --name Laptop --serial X1 --contact 1 --role custodian
                  activos: 1 eliminado, 1 desvinculado

                """
        )
        let output = try crm.succeed("undo", "--json").output
        #expect(try SchemaJudge("undo", of: crm).faults(in: [output]) == "")
        #expect(try JSON(output)["committed"] == true)
        #expect(try JSON(output)["change_set"] == 4)
    }

    @Test("does everything and takes it back on a dry run")
    func dryRun() throws {
        let before = try state()
        let result = try crm.succeed("undo", "--dry-run")
        #expect(result.output.hasPrefix("would undo change set 2: "))
        #expect(result.errorLines.count == 2)
        #expect(result.errorLines.first?.hasPrefix("crm: would take back change set 2, ") == true)
        #expect(result.errorLines.last == "crm: dry run: nothing was saved")
        let output = try crm.succeed("undo", "--dry-run", "--json").output
        #expect(try SchemaJudge("undo", of: crm).faults(in: [output]) == "")
        #expect(try JSON(output)["committed"] == false)
        #expect(try JSON(output)["change_set"] == JSON.null)
        #expect(try state() == before)
        #expect(try crm.succeed("log", "--format", "id").output == "2\n1\n")
    }

    @Test("says that it was done when the report cannot be written")
    func fullDisk() throws {
        let result = try crm.shell("crm undo >/dev/full")
        #expect(result.status == 74)
        #expect(result.errors.contains("saved as 3, but could not write"))
        #expect(try crm.run("asset", "show", "1").status == 3)
    }

    @Test(
        "refuses what is no change set",
        arguments: [("x", 2), ("-1", 2), ("0", 2), ("99", 3), ("99999999999999999999", 2)] as [(String, Int32)]
    )
    func refusals(id: String, status: Int32) throws {
        let result = try crm.run("undo", "--", id)
        #expect(result.status == status)
        #expect(result.output == "")
    }
}
