import Testing

/// Every moment of what hangs on a contact or on a client, newest first.
@Suite struct TimelineTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--organization", "1")
        try crm.add("contact", "--last-name", "Vega", "--organization", "1", "--reports-to", "1")
        let asset = ["--name", "Laptop", "--serial", "X1", "--warranty-until", "2098-05-01"]
        let link = ["--contact", "1", "--role", "user", "--since", "2020-03-01", "--until", "2021-03-01"]
        try crm.succeed(["asset", "add"] + asset + link)
        let event = ["--subject", "Demo", "--starts-at", "2098-11-27T02:00:00Z", "--contact", "1", "--contact", "2"]
        try crm.add("event", event)
        let whole = ["--subject", "Feria", "--starts-at", "2098-11-27", "--all-day", "--contact", "2"]
        try crm.add("event", whole)
        let opportunity = ["--name", "Flota", "--amount", "48000", "--stage", "proposal"]
        try crm.succeed(["opportunity", "add", "--contact", "1", "--close-date", "2099-12-31"] + opportunity)
        try crm.succeed("opportunity", "edit", "1", "--stage", "negotiation")
        try crm.succeed("contact", "link", "opportunity", "1", "1", "--role", "influencer")
        try crm.add("comment", "--contact", "1", "--body", "Sobre ella", "--follow-up-on", "2030-01-01")
    }

    /// Dates as far as they do not hang on the clock, with what happened to what.
    private func story(_ words: String...) throws -> [String] {
        guard case .array(let rows) = try JSON(crm.succeed(words + ["--json"]).outputBytes) else { return [] }
        return rows.map { row in
            let texts = [row["module"], row["moment"], row["value"], row["record"]?["name"], row["contact"]?["name"]]
            return texts.compactMap { if case .string(let text)? = $0 { text } else { nil } }.joined(separator: " ")
        }
    }

    @Test("It merges links, owned records, references, stages and the contact's own dates, each once")
    func everything() throws {
        #expect(
            try story("contact", "timeline", "1") == [
                "opportunity closing Flota Ana Ruiz", "event start Demo Ana Ruiz",
                "comment follow_up Sobre ella Ana Ruiz",
            ] + story("contact", "timeline", "1", "--since", "today", "--until", "today") + [
                "asset until Laptop Ana Ruiz", "asset since Laptop Ana Ruiz",
            ]
        )
        #expect(
            try Set(story("contact", "timeline", "1", "--since", "today", "--until", "today")) == [
                "contact created Vega Ana Ruiz", "contact created Ana Ruiz Ana Ruiz",
                "opportunity created Flota Ana Ruiz", "opportunity stage negotiation Flota Ana Ruiz",
                "comment created Sobre ella Ana Ruiz",
            ]
        )
    }

    @Test("That of a client has its own records and those of its contacts, each once with the contact it hangs on")
    func organization() throws {
        let story = try story("organization", "timeline", "1")
        #expect(try self.story("contact", "timeline", "2", "--organization") == story)
        #expect(story.filter { $0.hasPrefix("opportunity closing") } == ["opportunity closing Flota Ana Ruiz"])
        #expect(story.filter { $0.hasPrefix("event") } == ["event start Feria Vega", "event start Demo Ana Ruiz"])
        #expect(story.contains("organization created Acme"))
        #expect(Set(story).count == story.count)
    }

    @Test("A contact without a client is told alone, with a note")
    func alone() throws {
        try crm.add("contact", "--last-name", "Soto")
        let run = try crm.succeed("contact", "timeline", "3", "--organization")
        #expect(run.lines.count == 2)
        #expect(run.errors == "crm: contact 3 has no organization\n")
    }

    @Test("It is narrowed to days and modules, and cut")
    func narrowed() throws {
        let range = ["--since", "2098-11-26", "--until", "2098-11-26"]
        #expect(try crm.succeed(["contact", "timeline", "1", "--no-header"] + range).lines.count == 1)
        #expect(
            try story("contact", "timeline", "1", "--module", "asset,comment", "--until", "2021-03-01") == [
                "asset until Laptop Ana Ruiz", "asset since Laptop Ana Ruiz",
            ]
        )
        let cut = try crm.succeed("contact", "timeline", "1", "--limit", "2", "--format", "id")
        #expect(cut.output == "1\n1\n")
        #expect(
            cut.errors.split(separator: "\n") == [
                "crm: stopped after 2", "crm: the ids are of several modules: --format csv tells of which",
            ]
        )
        let wrong = try crm.run("contact", "timeline", "1", "--module", "evento")
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("that is 'event'"))
    }

    @Test("Days stand between moments by local clocks, and those of an event of a whole day are days")
    func days() throws {
        let lines = try crm.succeed("organization", "timeline", "1", "--module", "event", "--no-header").lines
        #expect(lines.map { String($0.prefix(16)) } == ["2098-11-27\tstart", "2098-11-27T02:00"])
        let shown = try crm.screen("organization timeline 1 --module event", columns: 100)
        #expect(shown.contains("2098-11-27        Event"))
        #expect(shown.contains("2098-11-26 20:00  Event"))
        #expect(try crm.screen("contact timeline 1 --lang es", columns: 120).contains("Etapa de venta: Negoc"))
    }

    @Test("A case that is closed stands there once, and an invoice on its day")
    func once() throws {
        try crm.add("case", "--title", "A", "--contact", "2")
        try crm.succeed("case", "edit", "1", "--status", "closed")
        let past = ["--status", "closed", "--opened-at", "2026-01-01", "--closed-at", "2026-01-03"]
        try crm.add("case", ["--title", "B", "--contact", "2"] + past)
        let lines = ["--subject", "S", "--line", "text=n,price=1", "--contact", "2"]
        try crm.add("sales-order", lines + ["--invoiced-on", "2098-03-02"])
        try crm.add("purchase-order", lines + ["--invoice-date", "2098-03-01"])
        let story = try story("contact", "timeline", "2", "--module", "case,sales-order,purchase-order")
        let told = story.filter { $0.contains("clos") || $0.contains("invoiced") }
        #expect(
            told == [
                "sales_order invoiced S Vega", "purchase_order invoiced S Vega", "case status closed A Vega",
                "case closed B Vega",
            ]
        )
    }

    @Test("What is cancelled, delivered, rejected or archived has no due day to come, and what has ended did end")
    func void() throws {
        let lines = ["--line", "text=n,price=1", "--contact", "2"]
        for (number, status) in ["cancelled", "delivered", "created"].enumerated() {
            let due = ["--due-date", "2098-01-0\(number + 1)", "--status", status]
            try crm.succeed(["sales-order", "add", "--subject", "V", "--quiet"] + due + lines)
        }
        for (stage, subject) in [("rejected", "R"), ("accepted", "A"), ("delivered", "D")] {
            let quote = ["--subject", subject, "--stage", stage, "--valid-until", "2098-02-01"]
            try crm.succeed(["quote", "add", "--quiet"] + quote + lines)
        }
        for (status, end) in [("archived", "2098-03-01"), ("archived", "2021-03-01"), ("in_progress", "2098-03-02")] {
            let contract = ["--subject", "C", "--status", status, "--start-date", "2020-01-01", "--end-date", end]
            try crm.succeed(["contract", "add", "--quiet", "--contact", "2", "--renewal-date", end] + contract)
        }
        let words = ["contact", "timeline", "2", "--no-header", "--format", "csv"]
        let modules = ["--module", "sales-order,quote,contract"]
        func told(_ range: String...) throws -> [String] {
            try crm.succeed(words + modules + range).lines.map { line in
                line.split(separator: ",").prefix(3).joined(separator: " ")
            }
            .sorted()
        }
        #expect(
            try told("--since", "2098-01-01") == [
                "2098-01-03 due sales_order", "2098-02-01 expiry quote", "2098-03-02 end contract",
                "2098-03-02 renewal contract",
            ]
        )
        #expect(try told("--since", "2021-01-01", "--until", "2021-12-31") == ["2021-03-01 end contract"])
    }

    @Test("An interest that ends is no return")
    func interest() throws {
        try crm.succeed("product", "add", "--name", "Cable", "--quiet")
        let period = ["--since", "2020-01-01", "--until", "2021-01-01"]
        for (contact, status) in [("1", "interested"), ("2", "assigned")] {
            try crm.succeed(["contact", "link", "product", contact, "1", "--status", status] + period)
        }
        let ends = try ["1", "2"].map { try story("contact", "timeline", $0, "--module", "product").first }
        #expect(ends[0]?.hasPrefix("product interest_end Cable") == true)
        #expect(ends[1]?.hasPrefix("product until Cable") == true)
    }

    @Test("What happened is not cut for the sake of what a record says of itself")
    func widths() throws {
        let subject = "Renovación de las licencias del año"
        try crm.succeed(
            ["quote", "add", "--subject", subject, "--contact", "1", "--valid-until", "2098-12-24"]
                + ["--line", "text=n,price=1234567.89", "--currency", "MXN"]
        )
        let shown = try crm.screen("contact timeline 1 --module quote", columns: 100)
        #expect(shown.contains("Quote expires  ") && shown.contains("1234567.89 MXN"), "\(shown)")
        for columns: UInt16 in [80, 72] {
            let narrow = try crm.screen("contact timeline 1 --module quote", columns: columns)
            #expect(narrow.contains("2098-12-24, 1234567.89 MXN") && !narrow.contains("no room"), "\(narrow)")
        }
    }

    @Test("The schemas tell of it and of the page of a day")
    func schemas() throws {
        let entries = try crm.succeed("organization", "timeline", "1", "--format", "jsonl").lines
        #expect(try SchemaJudge("timeline", of: crm).faults(in: entries) == "")
        guard case .array(let moments)? = try crm.json("schema", "timeline")["properties"]?["moment"]?["enum"] else {
            Issue.record("the schema does not list the moments")
            return
        }
        #expect(moments.contains("warranty_end") && moments.contains("stage") && !moments.contains("birthday"))
        let manual = try crm.succeed("help", "contact", "timeline").output
        #expect(manual.contains("MOMENTS") && manual.contains("interest_end"))
        let items = try crm.succeed("today", "--on", "2098-11-26", "--format", "jsonl").lines
        #expect(!items.isEmpty)
        #expect(try SchemaJudge("today", of: crm).faults(in: items) == "")
    }

    @Test("What was deleted is gone from it, and comes back with undo")
    func deleted() throws {
        let before = try story("contact", "timeline", "1")
        try crm.succeed("asset", "delete", "1", "--yes")
        #expect(try story("contact", "timeline", "1").allSatisfy { !$0.hasPrefix("asset") })
        let change = try crm.succeed("log", "--limit", "1", "--format", "id").lines
        try crm.succeed(["undo"] + change.prefix(1))
        #expect(try story("contact", "timeline", "1") == before)
    }
}
