import Testing

/// `rate`, and what `summarize --in` makes of it.
@Suite struct RateTests {
    private let crm: CRM

    /// Two deals in dollars, one in euros, one in pesos, the file's own currency.
    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "currency", "MXN")
        try crm.succeed("organization", "add", "--name", "Acme")
        try crm.succeed("contact", "add", "--last-name", "Ruiz", "--organization", "1")
        for (name, amount, currency, date) in [
            ("A", "100.01", "USD", "2026-10-05"), ("B", "100", "USD", "2026-12-05"), ("C", "10", "EUR", "2026-12-31"),
            ("D", "1000", "MXN", "2020-01-01"),
        ] {
            try crm.succeed(
                ["opportunity", "add", "--name", name, "--contact", "1", "--amount", amount, "--currency", currency]
                    + ["--close-date", date, "--stage", "proposal"]
            )
        }
        try crm.succeed("rate", "set", "USD", "17.055", "--on", "2026-10-05")
        try crm.succeed("rate", "set", "USD", "18", "--on", "2026-11-01")
        try crm.succeed("rate", "set", "MXN", "0.05", "--in", "EUR", "--on", "2026-01-01")
    }

    private func listed() throws -> String {
        try crm.succeed("rate", "list", "--format", "csv").lines.dropFirst().joined(separator: " ")
    }

    @Test("A file may call its columns as people do, and errors call them as it does")
    func headers() throws {
        try crm.succeed("rate", "import", "-", stdin: "Divisa,Tipo,Fecha\nUSD,17.05,2026-11-01\n")
        #expect(try crm.succeed("rate", "list", "--format", "csv").output.contains("USD,MXN,2026-11-01,17.05"))
        let refused = try crm.run("rate", "import", "-", stdin: "moneda,tipo de cambio,fecha\nUSD,17,2026-13-01\n")
        #expect(refused.errors.contains("fecha") && !refused.errors.contains("on:"))
    }

    @Test("Two rows of one day are refused where they say two rates, both named")
    func repeated() throws {
        let rows = "currency,rate,date\nUSD,17,2030-01-01\nEUR,20,2030-01-01\nUSD,18,2030-01-01\n"
        let refused = try crm.run("rate", "import", "-", stdin: rows)
        #expect(refused.status == 6 && refused.errors.contains("row 3 (line 4), date \"2030-01-01\": row 1"))
        #expect(try crm.run("rate", "import", "-", "--lang", "es", stdin: rows).errors.contains("la fila 1"))
        #expect(try !crm.succeed("rate", "list").output.contains("2030"))
        let same = try crm.succeed("rate", "import", "-", stdin: rows.replacing("USD,18", with: "USD,17"))
        #expect(same.output == "3 rows, 2 set, 1 unchanged\n")
    }

    @Test("A currency has no rate in itself, told of what was typed")
    func itself() throws {
        for (words, start) in [
            (["USD", "1", "--in", "usd"], "  --in \"usd\": "), (["mxn", "1"], "  currency \"mxn\": "),
            (["xx", "1"], "  currency \"xx\": "), (["USD", "many"], "  rate \"many\": "),
        ] {
            let refused = try crm.run(["rate", "set"] + words)
            #expect(refused.status != 0 && refused.errors.contains("\n\(start)"), "\(refused.errors)")
        }
    }

    @Test("A point before three digits of which the last is 0 may be one of thousands", arguments: ["4.150", "12.000"])
    func doubtful(rate: String) throws {
        let told = "rate \"\(rate)\": it may be \(rate.replacing(".", with: "")) or "
        let typed = try crm.run("rate", "set", "EUR", rate)
        #expect(typed.status != 0 && typed.errors.contains(told), "\(typed.errors)")
        let table = "currency,rate\nEUR,\(rate)\n"
        let read = try crm.run("rate", "import", "-", stdin: table)
        #expect(read.status == 6 && read.errors.contains(told) && read.errors.contains("--decimal"), "\(read.errors)")
        try crm.succeed("rate", "import", "-", "--decimal", ".", stdin: table)
        let rates = try crm.succeed("rate", "list", "EUR", "--format", "csv").output
        #expect(rates.contains(rate == "4.150" ? ",4.15\n" : ",12\n"), "\(rates)")
    }

    @Test("A rate is set, replaced, taken away and taken back")
    func setting() throws {
        let others = "MXN,EUR,2026-01-01,0.05 USD,MXN,2026-11-01,18"
        #expect(try listed() == "\(others) USD,MXN,2026-10-05,17.055")
        try crm.succeed("rate", "set", "usd", "17.06", "--on", "2026-10-05")
        #expect(try listed() == "\(others) USD,MXN,2026-10-05,17.06")
        try crm.succeed("undo")
        #expect(try listed() == "\(others) USD,MXN,2026-10-05,17.055")
        try crm.succeed("rate", "remove", "USD", "--on", "2026-10-05")
        #expect(try listed() == others)
        try crm.succeed("undo")
        #expect(try listed() == "\(others) USD,MXN,2026-10-05,17.055")
        #expect(try crm.run(["rate", "remove", "USD", "--on", "2026-10-06"]).status == 3)
        try crm.succeed("check")
    }

    @Test("Rates go with an export, and a copy has the same")
    func exporting() throws {
        let exported = try crm.succeed("export").output
        let other = try CRM()
        try other.write(exported, to: "all.jsonl")
        try other.succeed("apply", "all.jsonl")
        #expect(try other.succeed("export").output == exported)
        try other.succeed("apply", "all.jsonl")
        #expect(try other.succeed("export").output == exported)
    }

    @Test(
        "Each amount has the newest rate by its own date, in either direction, and is rounded by itself",
        arguments: [
            // 100.01 × 17.055 = 1705.67055, 100 × 18, 10 ÷ 0.05, 1000.
            (["--in", "MXN"], "4705.67"),
            // Over the peso: 1705.67055 × 0.05 = 85.2835…; 90; 10. There is no rate for 2020.
            (["--in", "EUR", "--where", "name != D"], "185.28"),
            (["--in", "usd", "--where", "name = C"], "11.11"),
            (["--in", "MXN", "--rate-date", "closed_on", "--where", "name = A"], "1800.18"),
            (["--in", "MXN", "--rate-date", "2026-10-31", "--where", "name = B"], "1705.50"),
            (["--in", "MXN", "--where", "name = A", "--sum", "amount * 2"], "1705.67,3411.34"),
        ]
    )
    func converting(_ options: [String], _ expected: String) throws {
        let result = try crm.succeed(["opportunity", "summarize", "--sum", "amount", "--format", "csv"] + options)
        #expect(result.lines.last?.split(separator: ",").dropFirst().joined(separator: ",") == expected)
    }

    @Test(
        "A report has the rates of the day that is asked for",
        arguments: [
            ([], "3505.67"), (["--rate-date", "2026-10-31"], "3411.17"), (["--rate-date", "created_at"], "3600.18"),
        ]
    )
    func reports(_ options: [String], _ expected: String) throws {
        let words = ["report", "pipeline", "--in", "MXN", "--where", "currency = USD", "--json"] + options
        #expect(try JSON(crm.succeed(words).outputBytes).elements.first?["amount"]?.digits == expected)
    }

    @Test(
        "A day of rates that is none, or without a currency, is refused",
        arguments: [
            ["report", "pipeline", "--rate-date", "2026-10-31"],
            ["report", "pipeline", "--in", "MXN", "--rate-date", "soon"],
            ["opportunity", "summarize", "--sum", "amount", "--in", "MXN", "--rate-date", "soon"],
        ]
    )
    func badDays(words: [String]) throws {
        let refused = try crm.run(words)
        #expect(refused.status == 2 && refused.errors.contains("--rate-date"), "\(refused.errors)")
        #expect(try crm.run(words + ["--lang", "es"]).errors.contains("día"))
    }

    @Test("An amount without a rate is an error that says which is missing")
    func missing() throws {
        let result = try crm.run(["opportunity", "summarize", "--sum", "amount", "--in", "EUR"])
        #expect(result.status == 3)
        #expect(result.errors.hasPrefix("crm: there is no rate of MXN in EUR on 2020-01-01 or before\n"))
        #expect(result.output == "")
    }

    @Test("A file is taken whole or not at all")
    func importing() throws {
        try crm.write("Moneda;Desde;En;Tipo de cambio\nGBP;31/12/2025;;22,5\nEUR;1/1/2026;MXN;20\n", to: "r.csv")
        let words = ["rate", "import", "r.csv", "--delimiter", "semicolon", "--decimal", ",", "--dates", "dmy"]
        #expect(try crm.succeed(words).output == "2 rows, 2 set\n")
        #expect(try crm.succeed(words).output == "2 rows, 2 unchanged\n")
        #expect(try listed().hasPrefix("EUR,MXN,2026-01-01,20 GBP,MXN,2025-12-31,22.5 MXN,EUR"))
        let before = try listed()
        try crm.write("currency,rate,date\nJPY,0.1,\nGBP,0,2026-01-01\nMXN,1,\nX,1,hoy\n", to: "bad.csv")
        let result = try crm.run(["rate", "import", "bad.csv"])
        #expect(result.status == 6)
        #expect(result.output == "4 rows, 1 set, 3 refused; nothing was saved\n")
        #expect(
            result.errors.split(separator: "\n") == [
                "crm: row 2 (line 3), rate: must be greater than 0",
                "crm: row 3 (line 4), currency \"MXN\": a currency has no rate in itself, and MXN is the database's "
                    + "own: say in which other",
                "crm: row 4 (line 5), currency \"X\": not a currency: write its ISO 4217 code, as in MXN or USD",
            ]
        )
        #expect(try listed() == before)
        try crm.write("currency,kurs\nJPY,0.1\n", to: "bad.csv")
        #expect(
            try crm.run(["rate", "import", "bad.csv"]).errors
                == "crm: header (line 1), kurs: no such column; a column is one of currency, in, date, rate\n"
        )
    }
}
