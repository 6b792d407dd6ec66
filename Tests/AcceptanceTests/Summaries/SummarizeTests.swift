import Testing

/// `summarize`: figures over records, group by group.
@Suite struct SummarizeTests {
    private let crm: CRM

    init() throws {
        crm = try CRM(.sample)
        for (name, contact, amount, currency, date, stage) in [
            ("A", "1", "100.50", "MXN", "2026-01-31", "proposal"), ("B", "1", "200", "MXN", "2026-03-01", "proposal"),
            ("C", "2", "300", "USD", "2026-03-02", "closed_won"),
        ] {
            try crm.succeed(
                "opportunity",
                "add",
                "--name",
                name,
                "--contact",
                contact,
                "--amount",
                amount,
                "--currency",
                currency,
                "--close-date",
                date,
                "--stage",
                stage,
                "--tag",
                "q1"
            )
        }
    }

    @Test("Days of the week on which there is nothing are there with zero, for each of the other groups")
    func weekdays() throws {
        let ours = ["opportunity", "summarize", "--count", "--where", "tags = q1"]
        let counts = try crm.succeed(ours + ["--by", "weekday(close_date)"]).lines.dropFirst()
        #expect(
            Array(counts) == [
                "monday\t1", "tuesday\t0", "wednesday\t0", "thursday\t0", "friday\t0", "saturday\t1", "sunday\t1",
            ]
        )
        let parted = ours + ["--by", "stage,weekday(close_date)", "--json"]
        #expect(try JSON(crm.succeed(parted).outputBytes).elements.count == 14)
        let none = ours + ["--by", "weekday(close_date)", "--where", "name = Z", "--json"]
        #expect(try JSON(crm.succeed(none).outputBytes).elements.isEmpty)
        let monthly = ours + ["--by", "month(close_date),weekday(close_date)", "--json"]
        #expect(try JSON(crm.succeed(monthly).outputBytes).elements.count == 9)
    }

    @Test(
        "What divides by zero is an error where that is said, and nothing where it comes to be",
        arguments: [
            ("sum(amount / 0)", nil), ("avg(amount / 0.0)", nil), ("sum(amount / (1 - 1))", "null"),
            ("max(amount / (1 - 1))", "null"),
        ] as [(String, String?)]
    )
    func division(measure: String, figure: String?) throws {
        let result = try crm.run("opportunity", "summarize", "--measure", measure, "--json")
        guard figure != nil else {
            #expect(result.status == 2 && result.errors.contains("divides by zero"), "\(result.errors)")
            return
        }
        #expect(try JSON(result.outputBytes).elements.allSatisfy { $0[measure] == .null }, "\(result.output)")
    }

    @Test(
        "A row a group, by whatever a path leads to",
        arguments: [
            (["--where", "tags=q1"], "count 3"),
            (
                ["--where", "tags=q1", "--by", "stage", "--sum", "amount"],
                "stage,currency,sum(amount) proposal,MXN,300.50 closed_won,USD,300.00"
            ),
            (
                ["--where", "tags=q1", "--by", "month(close_date)"],
                "month(close_date),count 2026-01,1 2026-02,0 2026-03,2"
            ),
            (
                ["--where", "tags=q1", "--by", "organization", "--sort", "-count"],
                "organization,count 1,2 2,1"
            ),
            (
                ["--where", "tags=q1", "--by", "currency", "--avg", "amount", "--total"],
                "currency,avg(amount),total MXN,150.25,false USD,300.00,false MXN,150.25,true USD,300.00,true"
            ),
            (
                ["--where", "tags=q1", "--by", "stage", "--having", "sum(amount) > 300 and count > 1"],
                "stage,currency,count proposal,MXN,2"
            ),
            (
                ["--where", "tags=q1", "--measure", "rate(stage=closed_won), sum(amount) as all", "--by", "currency"],
                "currency,rate(stage=closed_won),all MXN,0,300.50 USD,1,300.00"
            ),
            (["--by", "stage", "--limit", "0"], "stage,count"),
            (
                ["--where", "tags=q1", "--by", "band(amount, 92233720369)"],
                "\"band(amount, 92233720369)\",currency,count 0.00,MXN,2 0.00,USD,1"
            ),
            (
                ["--where", "tags=q1", "--by", "band(amount, 9223372036854)"],
                "\"band(amount, 9223372036854)\",currency,count 0.00,MXN,2 0.00,USD,1"
            ),
            (
                ["--where", "tags=q1", "--by", "year(close_date) as año", "--sort", "-año", "--having", "año > 2000"],
                "año,count 2026,3"
            ),
            (["--where", "id < 0", "--count", "--sum", "amount"], "currency,count,sum(amount) ,0,"),
            (["--where", "id < 0", "--sum", "amount", "--in", "MXN"], "currency,sum(amount) MXN,0.00"),
            (
                ["--where", "id < 0", "--by", "stage", "--sum", "amount", "--total"],
                "stage,currency,sum(amount),total ,,,true"
            ),
            (["--where", "id < 0", "--by", "stage", "--sum", "amount"], "stage,currency,sum(amount)"),
            (["--where", "tags=q1", "--count", "--total"], "count,total 3,true"),
            (
                ["--where", "tags=q1", "--sum", "amount", "--total"],
                "currency,sum(amount),total MXN,300.50,true USD,300.00,true"
            ),
            (
                ["--where", "tags=q1", "--pivot", "stage", "--total"],
                "count.proposal,count.closed_won,total(count),total 2,1,3,true"
            ),
        ]
    )
    func groups(_ options: [String], _ expected: String) throws {
        let result = try crm.succeed(["opportunity", "summarize"] + options + ["--format", "csv"])
        #expect(result.lines.joined(separator: " ") == expected)
    }

    @Test("People read labels, names, amounts with their currency and parts per cent")
    func people() throws {
        let words = [
            "opportunity", "summarize", "--where", "tags=q1", "--by", "stage", "--measure", "sum(amount), share(count)",
            "--total", "--format", "markdown", "--lang", "es",
        ]
        #expect(
            try crm.succeed(words).lines == [
                "| Etapa de venta | Valor estimado (suma) | Cantidad (parte) |",
                "| --- | ---: | ---: |",
                "| Propuesta/Cotización | 300.50 MXN | 66.7% |",
                "| Cerrada-Ganada | 300.00 USD | 33.3% |",
                "| Total | 300.50 MXN | 66.7% |",
                "| Total | 300.00 USD | 33.3% |",
            ]
        )
    }

    @Test("A total without groups shows people the figures alone")
    func totalAlone() throws {
        let words = ["opportunity", "summarize", "--where", "tags=q1", "--count", "--total", "--format", "markdown"]
        #expect(try crm.succeed(words).lines == ["| Count |", "| ---: |", "| 3 |"])
    }

    @Test(
        "A share is of all records, of amounts of those of the currency, whatever is printed beside it",
        arguments: [
            ("count, share(count)", "stage,count,share(count) proposal,2,0.666667 closed_won,1,0.333333"),
            (
                "share(count), share(sum(amount))",
                "stage,currency,share(count),share(sum(amount)) proposal,MXN,0.666667,1 closed_won,USD,0.333333,1"
            ),
        ]
    )
    func shares(_ measures: String, _ expected: String) throws {
        let words = ["opportunity", "summarize", "--where", "tags=q1", "--by", "stage", "--measure", measures]
        #expect(try crm.succeed(words + ["--format", "csv"]).lines.joined(separator: " ") == expected)
    }

    @Test("A share of groups that have records in common is of the records, not of the sum of the groups")
    func sharesOfTags() throws {
        try crm.succeed("opportunity", "edit", "--where", "tags=q1 and stage=proposal", "--add-tag", "hot", "--yes")
        let words = ["opportunity", "summarize", "--where", "tags=q1", "--by", "tags", "--total", "--format", "csv"]
        #expect(
            try crm.succeed(words + ["--measure", "share(count),share(count(distinct stage)),share(sum(amount))"]).lines
                == [
                    "tags,currency,share(count),share(count(distinct stage)),share(sum(amount)),total",
                    "hot,MXN,0.666667,0.5,1,false", "q1,MXN,0.666667,0.5,1,false", "q1,USD,0.333333,0.5,1,false",
                    ",MXN,0.666667,0.5,1,true", ",USD,0.333333,0.5,1,true",
                ]
        )
        #expect(
            try crm.succeed(words + ["--pivot", "stage", "--measure", "share(count)"]).lines == [
                "tags,share(count).proposal,share(count).closed_won,total(share(count)),total",
                "hot,0.666667,0,0.666667,false", "q1,0.666667,0.333333,1,false", ",0.666667,0.333333,1,true",
            ]
        )
    }

    @Test("The chapter about figures has its placeholders in the reader's language")
    func chapter() throws {
        let chapter = try crm.succeed("help", "cifras", "--lang", "es").output
        #expect(chapter.contains("rate(FILTRO)") && chapter.contains("band(X, ANCHO)") && chapter.contains("month(F)"))
        #expect(try crm.succeed("help", "figures").output.contains("rate(FILTER)"))
    }

    @Test("A record that is linked twice counts once")
    func links() throws {
        try crm.succeed("opportunity", "link", "contact", "1", "1", "--role", "influencer")
        let result = try crm.succeed(
            "contact",
            "summarize",
            "--by",
            "opportunities.stage",
            "--measure",
            "count, sum(opportunities.amount)",
            "--where",
            "id = 1",
            "--format",
            "csv"
        )
        #expect(
            result.lines == [
                "opportunities.stage,opportunities.currency,count,sum(opportunities.amount)",
                "qualification,USD,1,12500.00", "proposal,MXN,1,300.50",
            ]
        )
    }

    @Test("An order with several lines of a product counts once beside what the lines come to")
    func lines() throws {
        for name in ["Cable", "Switch"] {
            try crm.succeed("product", "add", "--name", name, "--price", "10", "--currency", "MXN")
        }
        for lines in [["product=1,quantity=2", "product=1,quantity=3", "product=2"], ["product=1"], []] {
            let options = lines.flatMap { ["--line", $0] }
            try crm.succeed(["sales-order", "add", "--subject", "S", "--currency", "MXN"] + options)
        }
        let measure = ["--measure", "count, sum(lines.quantity), count(distinct lines.product) as products"]
        let words = ["sales-order", "summarize", "--by", "lines.product"] + measure
        #expect(
            try crm.succeed(words + ["--total", "--where", "subject = S", "--format", "csv"]).lines == [
                "lines.product,count,sum(lines.quantity),products,total", "1,2,6,1,false", "2,1,1,1,false",
                ",1,0,0,false", ",3,7,2,true",
            ]
        )
    }

    @Test(
        "What means nothing is told with its place and what to write",
        arguments: [
            (["--by", "stage,nam"], "crm: --by, column 7: opportunities have no field 'nam'"),
            (["--by", "month(name)"], "crm: --by, column 7: 'name' is no date, and month(…) takes one"),
            (["--by", "foo(name)"], "crm: --by, column 1: there is no function 'foo'"),
            (
                ["--by", "sum(amount)"],
                "crm: --by, column 1: sum(…) is a measure, which stands by itself and not within an expression"
            ),
            (["--sum", "name"], "crm: --sum, column 1: 'name' is no number, and sum(…) takes one"),
            (
                ["--measure", "percentile(101, amount)"],
                "crm: --measure, column 12: expected a number from 0 to 100, found '101'"
            ),
            (
                ["--by", "band(amount, 0)"],
                "crm: --by, column 14: expected a width greater than 0, found '0'"
            ),
            (
                ["--measure", "share(avg(amount))"],
                "crm: --measure, column 1: share(…) takes a count or a sum, not avg(amount)"
            ),
            (["--having", "x > 3"], "crm: --having, column 1: the summary has no column 'x'"),
            // Of two columns of one name a reader of JSON would lose one.
            (["--by", "stage as x, type as x"], "crm: --by, column 13: two columns would be called 'x'"),
            (
                ["--by", "stage", "--measure", "count as stage"],
                "crm: --measure, column 1: two columns would be called 'stage'"
            ),
            (
                ["--measure", "count as x, sum(amount) as x"],
                "crm: --measure, column 13: two columns would be called 'x'"
            ),
            (
                ["--by", "stage", "--measure", "sum(amount) as total", "--total"],
                "crm: --measure, column 1: two columns would be called 'total'"
            ),
            (
                ["--sum", "amount", "--measure", "count as currency"],
                "crm: --measure, column 1: two columns would be called 'currency'"
            ),
            (["--sort", "count,-amount"], "crm: --sort, column 8: the summary has no column 'amount'"),
            (
                ["--having", "count > 0 and sum(foo) > 1"],
                "crm: --having, column 19: opportunities have no field 'foo'"
            ),
            (["--sort", "-sum(foo)"], "crm: --sort, column 6: opportunities have no field 'foo'"),
            (
                ["--sum", "amount + 3"],
                "crm: --sum, column 1: 'amount + 3' has no meaning: numbers go with numbers, amounts with amounts (and with numbers by * and /), dates with dates by -"
            ),
        ]
    )
    func errors(_ options: [String], _ message: String) throws {
        let result = try crm.run(["opportunity", "summarize"] + options)
        #expect(result.status == 2)
        #expect(result.errors.split(separator: "\n").first.map(String.init) == message)
    }

    @Test("Every figure is what Python computes, on random records", arguments: [1, 2])
    func python(_ seed: Int) throws {
        let empty = try CRM()
        try empty.write(FiguresPeer.script, to: "peer.py")
        let result = try empty.shell("python3 -X utf8 peer.py \(seed)")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }
}
