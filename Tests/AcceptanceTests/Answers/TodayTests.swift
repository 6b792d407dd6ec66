import Testing

/// The page of a day.
@Suite struct TodayTests {
    private let crm: CRM

    /// A Thursday.
    private static let day = "2026-11-26"

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Acme")
        let ana = ["--first-name", "Ana", "--last-name", "Ruiz", "--organization", "1", "--birthdate", "1980-11-26"]
        try crm.add("contact", ana + ["--support-end", "2026-12-26", "--assigned-to", "Luis"])
    }

    private func page(_ words: String..., on day: String = day) throws -> [String] {
        let rows = try crm.succeed(["today", "--on", day, "--format", "jsonl"] + words).lines
        return try rows.map { line in
            let row = try JSON(Array(line.utf8))
            let texts = [row["group"], row["record"]?["name"]]
            return texts.compactMap { if case .string(let text)? = $0 { text } else { nil } }.joined(separator: " ")
        }
    }

    @Test("The last days of the calendar have their pages", arguments: ["9999-12-31", "9999-12-28"])
    func lastDays(day: String) throws {
        let last = "9999-12-31"
        try crm.add("event", "--subject", "Junta", "--starts-at", "\(day) 10:00")
        try crm.add("event", "--subject", "Ronda", "--starts-at", "\(day) 11:00", "--repeat", "every day")
        try crm.add("event", "--subject", "Feria", "--all-day", "--starts-at", day)
        try crm.add("quote", "--subject", "Q", "--valid-until", last)
        try crm.add("contract", "--subject", "P", "--renewal-date", last)
        try crm.add("comment", "--contact", "1", "--body", "C", "--follow-up-on", "9999-12-27")
        let items = try page(on: day)
        for item in ["events Junta", "events Ronda", "events Feria", "expiring Q", "renewals P", "follow_ups C"] {
            #expect(items.contains(item), "\(item) in \(items)")
        }
    }

    @Test("On a terminal lines break between words, under the words of the first; in a pipe they do not")
    func lines() throws {
        let subject = "Visita a la planta de Guadalajara para revisar la máquina envasadora número dos"
        try crm.add("event", "--subject", subject, "--starts-at", "\(Self.day) 10:00", "--contact", "1")
        let screen = try crm.screen("today --on \(Self.day)").split(separator: "\n")
        #expect(screen.allSatisfy { $0.count <= 80 }, "\(screen)")
        #expect(screen.contains { $0.hasPrefix("  10:00") && $0.hasSuffix(" máquina") }, "\(screen)")
        #expect(screen.contains { $0.hasPrefix("              envasadora número dos · Ana Ruiz") }, "\(screen)")
        let piped = try crm.run("today", "--on", Self.day).output
        #expect(piped.split(separator: "\n").contains { $0.contains(subject + " · Ana Ruiz") })
    }

    /// Records with their group, and the first and the last day on whose pages they stand.
    private static let windows: [(words: [String], group: String, first: String, last: String)] = [
        (["event", "--starts-at", "2026-11-26 18:30"], "events", day, day),
        (
            ["event", "--starts-at", "2026-11-25 09:00", "--ends-at", "2026-11-27 18:00"], "events", "2026-11-25",
            "2026-11-27"
        ),
        (
            ["event", "--starts-at", "2026-11-25 23:00", "--ends-at", "2026-11-26 22:00"], "events", "2026-11-25", day
        ),
        (
            ["event", "--starts-at", "2026-11-10 09:00", "--ends-at", "2026-12-20 18:00"], "events", "2026-11-10",
            "2026-12-20"
        ),
        (
            ["event", "--all-day", "--starts-at", "2026-11-20", "--ends-at", "2026-11-26"], "events", "2026-11-20", day
        ),
        (
            ["event", "--all-day", "--starts-at", "2026-11-25", "--ends-at", "2026-11-26"], "events", "2026-11-25", day
        ),
        (["event", "--kind", "task", "--starts-at", "2026-11-25"], "overdue", day, "2027-11-26"),
        (["comment", "--follow-up-on", "2026-11-26"], "follow_ups", day, "2027-11-26"),
        (
            ["opportunity", "--close-date", "2026-12-03", "--stage", "proposal", "--amount", "1"], "closings", day,
            "2027-06-01"
        ),
        (["campaign", "--closing-date", "2026-12-03"], "closings", day, "2026-12-03"),
        (["contract", "--renewal-date", "2026-12-26"], "renewals", day, "2026-12-26"),
        (["contract", "--end-date", "2026-12-26"], "renewals", day, "2027-06-01"),
        (["quote", "--valid-until", "2026-12-03"], "expiring", day, "2027-06-01"),
        (["document", "--expires-on", "2026-12-26"], "expiring", day, "2027-06-01"),
        (["sales-order", "--due-date", "2026-12-03"], "deliveries", day, "2027-06-01"),
        (["purchase-order", "--due-date", "2026-12-03"], "receipts", day, "2027-06-01"),
        (
            ["service", "--until", "2026-12-26", "--status", "provided", "--contact", "1"], "renewals", day,
            "2026-12-26"
        ),
        (["project", "--target-end-date", "2026-12-03"], "projects", day, "2027-06-01"),
        (["asset", "--serial", "X1", "--warranty-until", "2026-12-26"], "warranties", day, "2026-12-26"),
        (
            ["product", "--code", "K", "--warranty-until", "2026-12-26", "--contact", "1"], "warranties", day,
            "2026-12-26"
        ),
    ]

    @Test("Each date stands on the pages of the days that are near enough, and on no others", arguments: windows)
    func window(_ item: (words: [String], group: String, first: String, last: String)) throws {
        let owner = ["comment", "opportunity"].contains(item.words[0]) ? ["--contact", "1"] : []
        let name = ["comment": "--body", "document": "--title"][item.words[0]]
        let named = ["asset", "campaign", "opportunity", "product", "project", "service"].contains(item.words[0])
        try crm.add(
            item.words[0],
            Array(item.words.dropFirst()) + owner + [name ?? (named ? "--name" : "--subject"), "It"]
        )
        let line = "\(item.group) It"
        for (day, stands) in [(item.first, true), (item.last, true)] {
            #expect(try page(on: day).contains(line) == stands, "\(day)")
        }
        let before = try crm.succeed("today", "--on", item.first, "--json").output
        #expect(before.contains("\"moment\""))
        for (day, shift) in [(item.first, -1), (item.last, 1)] {
            guard item.last < "2027", let other = Self.day(shift, from: day) else { continue }
            #expect(try !page(on: other).contains(line), "\(other)")
        }
    }

    /// A neighbour of a day of the table, which holds none at the end of a month.
    private static func day(_ shift: Int, from day: String) -> String? {
        guard let number = Int(day.suffix(2)), (1...30).contains(number + shift) else { return nil }
        let text = String(number + shift)
        return String(day.prefix(8)) + (text.count == 1 ? "0" : "") + text
    }

    @Test("A product that a contact is only interested in has no warranty that ends")
    func interest() throws {
        try crm.add("product", "--name", "Taladro", "--code", "K")
        for (status, stands) in [("interested", false), ("assigned", true), ("purchased", true)] {
            let link = ["contact", "link", "product", "1", "1", "--status", status, "--warranty-until", "2026-12-01"]
            try crm.succeed(link)
            #expect(try page().contains("warranties Taladro") == stands, "\(status)")
            try crm.succeed("contact", "unlink", "product", "1", "1")
        }
    }

    @Test("Warranties of what was given back, was not received yet or is out of service do not stand there")
    func warrantiesOfOthers() throws {
        // The end of the warranty itself falls within the last of these links alone.
        for (place, (period, stands, isOpenThen)) in [
            (["--until", Self.day], false, false), (["--until", "2026-11-27"], true, false),
            (["--since", "2026-11-27"], false, true),
        ].enumerated() {
            let id = "\(place + 1)"
            try crm.add("product", "--name", "Taladro \(id)", "--code", "K\(id)")
            try crm.succeed(["contact", "link", "product", "1", id, "--warranty-until", "2026-12-01"] + period)
            #expect(try page().contains("warranties Taladro \(id)") == stands, "\(period)")
            let timeline = try crm.succeed("contact", "timeline", "1", "--format", "jsonl").lines
            let ends = timeline.contains { $0.contains("warranty_end") && $0.contains("Taladro \(id)") }
            #expect(ends == isOpenThen, "\(period)")
        }
        let asset = ["--name", "Laptop", "--serial", "S1", "--warranty-until", "2026-12-01"]
        try crm.add("asset", asset + ["--status", "out_of_service"])
        #expect(try !page().contains("warranties Laptop"))
        try crm.succeed("asset", "edit", "1", "--status", "in_service")
        #expect(try page().contains("warranties Laptop"))
        for (until, stands) in [("2026-11-30", false), ("2026-12-02", true)] {
            try crm.succeed("contact", "link", "asset", "1", "1", "--until", until)
            let timeline = try crm.succeed("contact", "timeline", "1", "--format", "jsonl").lines
            let ends = timeline.contains { $0.contains("warranty_end") && $0.contains("Laptop") }
            #expect(ends == stands, "\(until)")
            try crm.succeed("contact", "unlink", "asset", "1", "1")
        }
    }

    @Test("What is done, won, delivered or cancelled is left out")
    func done() throws {
        let task = ["--subject", "T", "--kind", "task", "--starts-at", "2026-11-20"]
        try crm.add("event", task + ["--status", "completed"])
        try crm.add("event", "--subject", "E", "--starts-at", "2026-11-26 10:00", "--status", "not_held")
        let opportunity = ["--contact", "1", "--name", "O", "--amount", "1", "--close-date", "2026-11-27"]
        try crm.succeed(["opportunity", "add", "--stage", "closed_won"] + opportunity)
        try crm.add("sales-order", "--subject", "S", "--due-date", "2026-11-27", "--status", "delivered")
        try crm.add("quote", "--subject", "Q", "--valid-until", "2026-11-27", "--stage", "accepted")
        #expect(try page() == ["renewals Ana Ruiz", "birthdays Ana Ruiz"])
    }

    @Test("It is that of one person, by the name in any case, and me is who runs it")
    func who() throws {
        try crm.add("comment", "--contact", "1", "--body", "Llamar", "--follow-up-on", Self.day, "--author", "ana")
        #expect(try page("--who", "LUÍS") == ["renewals Ana Ruiz", "birthdays Ana Ruiz"])
        #expect(try page("--who", "me") == ["follow_ups Llamar"])
        #expect(try page("--who", "nobody") == [])
    }

    @Test(
        "Where nothing says who runs it, me is refused",
        arguments: [
            ["today", "--who", "me"], ["agenda", "--who", "yo"], ["contact", "edit", "1", "--assigned-to", "me"],
            ["contact", "list", "--where", "assigned_to = me"],
        ]
    )
    func nobody(words: [String]) throws {
        let nameless = ["CRM_USER": "", "LOGNAME": "", "USER": ""]
        let refused = try crm.run(words, env: nameless)
        #expect(refused.status == 2 && refused.errors.contains("CRM_USER"), "\(refused)")
        #expect(try crm.run(["today", "--who", "Luis", "--on", Self.day], env: nameless).status == 0)
    }

    @Test("What is assigned to me is that of who assigns it", arguments: ["me", "Yo"])
    func assigned(word: String) throws {
        try crm.add("event", "--subject", "Mía", "--starts-at", "\(Self.day) 10:00", "--assigned-to", word)
        try crm.add("event", "--subject", "De eva", "--starts-at", "\(Self.day) 11:00", "--assigned-to", "eva")
        try crm.succeed("event", "edit", "2", "--assigned-to", word)
        #expect(try crm.sql("SELECT DISTINCT assigned_to FROM event") == "ana")
        #expect(try page("--who", "me").count == 2)
    }

    @Test("A birthday of 29 February is kept on the 28th of other years")
    func leapDay() throws {
        try crm.add("contact", "--last-name", "Bisiesto", "--birthdate", "2004-02-29")
        #expect(try page(on: "2027-02-28") == ["birthdays Bisiesto"])
        #expect(try page(on: "2028-02-28") == [])
        #expect(try page(on: "2028-02-29") == ["birthdays Bisiesto"])
        #expect(try page(on: "2003-02-28") == [])
    }

    @Test("It is a text on a pipe too, grouped, in either language")
    func text() throws {
        let event = ["--subject", "Demo", "--starts-at", "2026-11-26 18:30", "--contact", "1"]
        try crm.add("event", event)
        try crm.add("event", "--subject", "Feria", "--starts-at", "2026-11-26", "--all-day")
        #expect(
            try crm.succeed("today", "--on", Self.day).output == """
                Thursday, 26 November 2026

                Events
                  all day     Feria · Meeting · event 2
                  18:30       Demo · Ana Ruiz · Meeting · event 1

                Renewals and terms
                  2026-12-26  Ana Ruiz · Support ends · contact 1

                Birthdays
                  2026-11-26  Ana Ruiz · turns 46 · contact 1

                """
        )
        let spanish = try crm.succeed("today", "--on", Self.day, "--lang", "es").output
        for line in [
            "Jueves, 26 de noviembre de 2026\n", "\nAgenda\n", "  todo el día  Feria · Reunión · evento 2\n",
            "  18:30        Demo · Ana Ruiz · Reunión · evento 1\n",
            "  2026-11-26   Ana Ruiz · cumple 46 · contacto 1\n",
        ] { #expect(spanish.contains(line), "\(line)") }
    }

    @Test("Where the day asks for nothing, nothing is printed, so that cron mails nothing; a terminal is told")
    func nothing() throws {
        let run = try crm.succeed("today", "--on", "2001-01-01")
        #expect(run.output == "" && run.errors == "")
        #expect(try crm.json("today", "--on", "2001-01-01") == .array([]))
        #expect(try crm.screen("today --on 2001-01-01").contains("nothing for 2001-01-01"))
    }
}
