import Testing

/// `report`: questions over many records, printed as rows, or as sheets of labels.
@Suite struct ReportCommandTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    @Test("every report is listed and has its help") func everyReportIsListedAndHasItsHelp() throws {
        let names = try crm.succeed("report", "list", "--format", "tsv").lines.dropFirst()
            .compactMap { $0.split(separator: "\t").first.map(String.init) }
        #expect(names.count >= 40)
        for name in ["pipeline", "visit-route", "data-quality"] { #expect(names.contains(name)) }
        let help = try crm.succeed("help", "report", "forecast").output
        #expect(help.contains("COLUMNS") && help.contains("amount * probability"))
    }

    /// Reports with amounts, and a figure of one that is brought to euros of two pesos.
    @Test(
        "Amounts of every report that parts by currency are brought to one",
        arguments: [
            "pipeline", "forecast", "win-rate", "effectiveness", "lost-reasons", "sales-velocity",
            "stale-opportunities --days 0", "purchase-patterns", "quote-conversion", "price-preference",
            "purchases-by-person", "missing-approvals --waiting", "campaign-results",
        ]
    )
    func inOneCurrency(words: String) throws {
        let crm = try CRM()
        try crm.succeed("config", "set", "currency", "EUR")
        try crm.succeed("rate", "set", "MXN", "0.5", "--in", "EUR", "--on", "2020-01-01")
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--last-name", "Ruiz", "--organization", "1")
        for currency in ["EUR", "MXN"] {
            let amount = "100 \(currency)"
            let id = "\(try crm.add("campaign", "--name", currency, "--actual-cost", amount))"
            for stage in ["proposal", "closed_won", "closed_lost"] {
                try crm.add(
                    "opportunity",
                    ["--contact", "1", "--name", "O", "--amount", amount, "--close-date", "2026-01-01"]
                        + ["--stage", stage, "--campaign", id]
                )
            }
            let lines = ["--subject", "S", "--contact", "1", "--currency", currency, "--line", "text=n,price=100"]
            for noun in ["sales-order", "quote"] { try crm.add(noun, lines) }
            try crm.add("purchase-order", lines + ["--role", "requester"])
        }
        try crm.succeed("quote", "accept", "1", "2")
        let report = ["report"] + words.split(separator: " ").map(String.init)
        let rows = try JSON(crm.succeed(report + ["--json", "--in", "eur"]).outputBytes).elements
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { $0["currency"] == "EUR" }, "\(rows)")
        let figures = ["amount", "won_amount", "average", "average_won", "total", "offered", "cost"]
        let told = rows.flatMap { row in figures.compactMap { row[$0]?.digits } }
        #expect(told.allSatisfy { ["150.00", "75.00", "100.00", "50.00"].contains($0) }, "\(told)")
        #expect(!told.isEmpty || words == "sales-velocity")
        let missing = try crm.run(report + ["--in", "JPY"])
        #expect(missing.status != 0 && missing.errors.contains("EUR"), "\(missing.errors)")
    }

    @Test("A thread of comments is told whole by any of them, in its order")
    func thread() throws {
        let crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        for (body, above) in [("a", ""), ("b", "1"), ("c", "2"), ("d", "1"), ("e", "")] {
            try crm.add(
                "comment",
                ["--contact", "1", "--body", body] + (above.isEmpty ? [] : ["--in-reply-to", above])
            )
        }
        for id in ["1", "3", "4"] {
            let rows = try crm.succeed("report", "comment-thread", "--comment", id, "--columns", "depth,body")
            #expect(rows.output == "depth\tbody\n0\ta\n1\tb\n2\tc\n1\td\n")
        }
        let all = try crm.succeed("report", "comment-thread", "--columns", "place,comment", "--no-header")
        #expect(all.output == "1\t1\n2\t2\n3\t3\n4\t4\n5\t5\n")
    }

    @Test("An e-mail without a date touches when it was added, and a case closed at once takes no time")
    func moments() throws {
        let crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("email", "--subject", "S", "--contact", "1")
        let row = try crm.json("report", "untouched-contacts", "--days", "0").elements.first
        #expect(row?["days"] == 0, "\(String(describing: row))")
        try crm.add("case", "--title", "A")
        try crm.succeed("case", "close", "1")
        try crm.sql("UPDATE \"case\" SET opened_at = created_at, closed_at = created_at")
        let times = try crm.json("report", "case-times").elements.first
        #expect(
            times?["resolved"] == 1 && times?["resolution_median"]?.string == "PT0S",
            "\(String(describing: times))"
        )
    }

    @Test("rows are printed in every format") func rowsArePrintedInEveryFormat() throws {
        try crm.succeed("address", "add", "--contact", "1", "--kind", "work", "--city", "Puebla", "--country", "MX")
        #expect(
            try crm.succeed("report", "contacts-by-place", "--format", "csv").output
                == "country,state,city,contacts,addresses\nMX,,Puebla,1,1\n"
        )
        #expect(
            try crm.succeed("report", "contacts-by-place", "--json").output
                == "[\n{\"country\":\"MX\",\"state\":null,\"city\":\"Puebla\",\"contacts\":1,\"addresses\":1}\n]\n"
        )
        #expect(
            try crm.succeed("report", "contacts-by-place", "--by", "kind", "--format", "tsv").output
                == "kind\tcontacts\taddresses\nwork\t1\t1\n"
        )
    }

    @Test(
        "A period that no record falls in stands there once, however many others there are",
        arguments: ["case-times", "case-patterns --by month(opened_at)"]
    )
    func emptyPeriods(words: String) throws {
        for day in ["2026-01-05", "2026-02-05", "2026-05-05"] {
            try crm.add("case", "--title", "C", "--opened-at", "\(day)T12:00:00Z")
        }
        let command = ["report"] + words.split(separator: " ").map(String.init)
        let rows = try crm.succeed(command + ["--where", "title = C", "--no-header", "--format", "tsv"]).lines
        #expect(rows.compactMap { $0.split(separator: "\t").first }.filter { $0 == "2026-03" } == ["2026-03"])
        #expect(rows.count == 5)
    }

    @Test("Columns can be chosen, those of groups too, and rows of one record each feed a pipe")
    func columns() throws {
        try crm.succeed("address", "add", "--contact", "1", "--kind", "work", "--city", "Puebla", "--country", "MX")
        #expect(
            try crm.succeed("report", "contacts-by-place", "--columns", "contacts,city", "--format", "csv").output
                == "contacts,city\n1,Puebla\n"
        )
        #expect(
            try crm.succeed("report", "unassigned-assets", "--columns", "serial,asset").lines.first == "serial\tasset"
        )
        #expect(try crm.succeed("report", "untouched-contacts", "--days", "0", "--format", "id").lines.contains("1"))
        let pipe = try crm.shell(
            "crm campaign add --name Otoño -q; "
                + "crm report untouched-contacts --days 0 --where 'id < 3' --format id | crm campaign link contact 1 --input -"
        )
        #expect(pipe.status == 0, "\(pipe.errors)")
    }

    @Test("A column with a record goes on with its fields, its name and its id among them, as in a list")
    func fieldsOfRecords() throws {
        try crm.add("organization", "--name", "Zeta")
        try crm.add("contact", "--last-name", "Zea", "--organization", "name:Zeta", "--email", "zea@example.org")
        try crm.add(
            "case",
            "--title",
            "Old",
            "--opened-at",
            "-40d",
            "--contact",
            "zea@example.org",
            "--role",
            "reporter"
        )
        let words = ["report", "overdue-cases", "--where", "title = Old", "--format", "csv"]
        let columns = "case.id,case.name,contact.name,contact.email,contact.organization.name"
        #expect(
            try crm.succeed(words + ["--columns", columns, "--sort", "contact.email"]).lines == [
                columns, "\(try crm.sql("SELECT max(id) FROM \"case\"")),Old,Zea,zea@example.org,Zeta",
            ]
        )
        #expect(try crm.run(words + ["--columns", "case.nothing"]).status == 2)
        #expect(try crm.run(words + ["--columns", "age.id"]).status == 2)
        // Rows that groups make of records know their names and fields, too.
        let groups = ["report", "case-load", "--where", "title = Old", "--by", "contacts.organization"]
        let named = try crm.succeed(groups + ["--columns", "contacts.organization.name,open", "--format", "csv"])
        #expect(named.lines == ["contacts.organization.name,open", "Zeta,1"])
    }

    @Test(
        "A table has the id of each row's record, unless a number tells rows apart",
        arguments: [("untouched-contacts --days 0", "Id"), ("overdue-cases --days 0", "Case")]
    )
    func ids(words: String, first: String) throws {
        try crm.add("case", "--title", "Old", "--opened-at", "-40d")
        let table = try crm.screen("report \(words)")
        #expect(table.hasPrefix(first) || table.hasPrefix(" \(first)"), "\(table)")
    }

    @Test(
        "What a row of a report is as JSON is told by its schema",
        arguments: ["contacts-by-place", "untouched-contacts"]
    )
    func schema(_ name: String) throws {
        try crm.succeed("address", "add", "--contact", "1", "--kind", "work", "--city", "Puebla", "--country", "MX")
        let rows = try crm.succeed("report", name, "--json").output
        #expect(try SchemaJudge("report", name, of: crm).faults(in: [], arrays: [rows]) == "")
    }

    @Test("labels are escaped and fill sheets") func labelsAreEscapedAndFillSheets() throws {
        for contact in ["1", "2"] {
            try crm.succeed("address", "add", "--contact", contact, "--kind", "home", "--street", "<b> & \"1\"")
        }
        let page = try crm.succeed("report", "mailing-labels", "--format", "labels", "--sheet", "a4-24").output
        #expect(page.split(separator: "<div class=\"label\">").count == 3)
        #expect(page.split(separator: "<div class=\"sheet\">").count == 2)
        #expect(page.contains("&lt;b&gt; &amp; &quot;1&quot;") && !page.contains("<b>"))
        let second = try crm.succeed("report", "mailing-labels", "--format", "labels", "--skip", "23").output
        #expect(second.split(separator: "<div class=\"sheet\">").count == 3)
    }

    @Test("A street of several lines has as many on a label")
    func labelsOfLongStreets() throws {
        try crm.add("address", "--contact", "1", "--street", "Edificio B\nPiso 3", "--city", "Sevilla")
        let page = try crm.succeed("report", "mailing-labels", "--format", "labels").output
        #expect(page.contains("<div>Edificio B</div><div>Piso 3</div><div>Sevilla</div>"), "\(page.suffix(400))")
    }

    @Test("A label has the post box where there is no street")
    func labelsOfPostBoxes() throws {
        try crm.add("address", "--contact", "1", "--po-box", "Apdo. 12", "--city", "Sevilla")
        let page = try crm.succeed("report", "mailing-labels", "--format", "labels").output
        #expect(page.contains("<div>Apdo. 12</div><div>Sevilla</div>"), "\(page.suffix(400))")
    }

    @Test(
        "The town of a label stands in the order of its country",
        arguments: [
            ("MX", ["Mayo 12", "72000 Puebla", "PUE", "MEXICO"]),
            ("US", ["Mayo 12", "Puebla, PUE 72000", "UNITED STATES"]),
            ("CA", ["Mayo 12", "Puebla PUE  72000", "CANADA"]),
            ("GB", ["Mayo 12", "Puebla", "PUE", "72000", "UNITED KINGDOM"]),
        ]
    )
    func labelsByCountry(country: String, lines: [String]) throws {
        let place = ["--street", "Mayo 12", "--city", "Puebla", "--state", "PUE", "--postal-code", "72000"]
        try crm.add("address", ["--contact", "1", "--country", country] + place)
        let page = try crm.succeed("report", "mailing-labels", "--format", "labels", "--lang", "en").output
        let told = lines.map { "<div>\($0)</div>" }.joined()
        #expect(page.contains(told + "</div>"), "\(page.suffix(400))")
    }

    @Test("A label does not name the country from which it is sent")
    func labelsOfOwnCountry() throws {
        try crm.succeed("config", "set", "country", "MX")
        let place = ["--street", "Mayo 12", "--city", "Puebla", "--postal-code", "72000"]
        try crm.add("address", ["--contact", "1", "--country", "MX"] + place)
        let page = try crm.succeed("report", "mailing-labels", "--format", "labels").output
        #expect(page.contains("<div>72000 Puebla</div></div>"), "\(page.suffix(400))")
        try crm.succeed("config", "set", "country", "ES")
        let abroad = try crm.succeed("report", "mailing-labels", "--format", "labels", "--lang", "es").output
        #expect(abroad.contains("<div>72000 Puebla</div><div>MÉXICO</div></div>"), "\(abroad.suffix(400))")
    }

    @Test("figures are drawn") func figuresAreDrawn() throws {
        try crm.succeed("organization", "add", "--name", "Acme")
        try crm.succeed(
            ["opportunity", "add", "--name", "A", "--contact", "1", "--organization", "1", "--amount", "20"]
                + ["--stage", "prospecting", "--close-date", "2026-04-05"]
        )
        let bars = try crm.succeed("report", "pipeline", "--chart").lines
        #expect(bars.first == "Opportunities, USD, by Stage")
        #expect(bars[1].hasPrefix("Prospecting") && bars[1].hasSuffix("█ 1"))
        #expect(bars.contains("Amount, USD, by Stage"))
        let words = ["report", "pipeline", "--by", "assigned_to"]
        #expect(try crm.succeed(words + ["--format", "svg", "--lang", "es"]).output.contains("por Asignado a</title>"))
        #expect(try crm.succeed(words + ["--chart-kind", "lines", "--format", "html"]).output.hasSuffix("</html>\n"))
    }

    @Test("Ids are those of what rows are about, each once, and of nothing where a row is about none")
    func ids() throws {
        let crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("address", "--contact", "1", "--kind", "work", "--city", "Puebla")
        let asset = ["--name", "Laptop", "--serial", "S1", "--status", "in_service"]
        try crm.add("asset", asset + ["--warranty-until", "today"])
        for (name, ids) in [
            ("mailing-labels", "1\n"), ("warranties-ending", ""), ("effectiveness", ""),
            ("contacts-by-place --by contact", "1\n"),
        ] {
            let words = ["report"] + name.split(separator: " ").map(String.init) + ["--format", "id"]
            #expect(try crm.succeed(words).output == ids, "\(name)")
        }
    }

    @Test("A route tells what it leaves out, and takes distances from standard input")
    func routes() throws {
        let crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        for point in [["--latitude", "19", "--longitude", "-99"], ["--latitude", "20", "--longitude", "-99"], []] {
            try crm.add("address", ["--contact", "1", "--kind", "work"] + point)
        }
        // One that is no longer valid would not be visited either.
        try crm.add("address", "--contact", "1", "--kind", "work", "--valid-until", "2020-01-31")
        let words = [
            "report", "visit-route", "--on", "2026-11-30", "--columns", "position,address,leg,length", "--no-header",
        ]
        let matrix = "from,to,km\n1,2,3\n2,1,3\nstart,1,2\nstart,2,9\n"
        let route = try crm.succeed(words + ["--matrix", "-", "--start", "19,-99"], stdin: matrix)
        #expect(route.output == "0\t\t0\t5\n1\t1\t2\t5\n2\t2\t3\t5\n")
        let day = "2026-11-30"
        let filter =
            "(latitude is empty or longitude is empty) and (valid_from is empty or valid_from <= \(day)) "
            + "and (valid_until is empty or valid_until >= \(day))"
        #expect(
            route.errors
                == "crm: left out: 1 address without coordinates; see crm address list --where '\(filter)'\n"
        )
        #expect(try crm.succeed("address", "list", "--where", filter, "--format", "id").output == "3\n")
        #expect(try crm.succeed(words + ["--where", "id < 3"]).errors.isEmpty)
        #expect(try crm.succeed("help", "report", "visit-route").output.contains("--matrix FILE"))
    }

    @Test(
        "Distances come as a spreadsheet writes them",
        arguments: [
            "from;to;km\r\n1;2;3,25\r\n2;1;3,25\r\n", "from;to;km\n1;2;3.25\n2;1;3.25\n",
            "sep=;\nkm;Hasta;Desde;nota\n3,25;2;1;a;\n3,25;1;2;b\n", "from\tto\tkm\n1\t2\t3,25\n2\t1\t3,25\n",
            "\"from\",\"to\",\"km\"\n\"1\",\"2\",\"3.25\"\n\n2,1,3.25\n",
        ]
    )
    func spreadsheetsOfDistances(matrix: String) throws {
        let crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        for latitude in ["19", "20"] {
            let point = ["--latitude", latitude, "--longitude", "-99"]
            try crm.add("address", ["--contact", "1", "--kind", "work"] + point)
        }
        let words = ["report", "visit-route", "--matrix", "-"]
        let route = try crm.succeed(words + ["--columns", "address,leg", "--format", "csv"], stdin: matrix)
        #expect(route.output == "address,leg\n1,0\n2,3.25\n")
        for (fault, reason) in [
            ("1;2;4,5", "and 5"), ("1;Oficina;4,5", "line 5: 'Oficina'"), ("1;2;cinco", "line 5"),
        ] {
            let table = "from;to;km\n1;2;3,25\n\n2;1;3,25\n\(fault)\n"
            let refused = try crm.run(words, stdin: Array(table.utf8))
            #expect(refused.status == 2 && refused.errors.contains(reason), "\(refused.errors)")
        }
        let unnamed = try crm.run(words, stdin: Array("a;b;c\n1;2;3\n".utf8))
        #expect(unnamed.status == 2 && unnamed.errors.contains("from"), "\(unnamed.errors)")
    }

    @Test("A chart of nothing says so", arguments: ["en", "es"])
    func chartsOfNothing(language: String) throws {
        let words = ["report", "pipeline", "--where", "id = 99", "--lang", language]
        let absence = language == "es" ? "sin datos" : "no data"
        let drawn = try crm.succeed(words + ["--chart"]).lines
        #expect(drawn.count { $0 == absence } == 2, "\(drawn)")
        for form in ["svg", "html"] {
            let picture = try crm.succeed(words + ["--format", form]).output
            #expect(picture.contains(">\(absence)</text>") && !picture.contains("height=\"0\""), "\(picture)")
        }
        let summary = ["case", "summarize", "--by", "status", "--where", "id = 99", "--chart"]
        #expect(try crm.succeed(summary).lines.last == "no data")
    }

    @Test("Charts of many places, of figures that overlap, and of many series can all be drawn")
    func manySeries() throws {
        let crm = try CRM()
        for number in 10...21 {
            try crm.add("contact", "--last-name", "N\(number)", "--tag", "a", "--tag", "t\(number)")
            let id = "\(number - 9)"
            try crm.add("address", "--contact", id, "--kind", "work", "--city", "C\(number)", "--country", "MX")
            try crm.add("product", "--name", "P\(number)")
            try crm.add(
                "case",
                ["--title", "T", "--product", id, "--category", "big_problem", "--opened-at", "2026-01-05"]
            )
        }
        try crm.add("case", "--title", "T", "--product", "1", "--opened-at", "2026-02-05", "--hours", "2")
        func chart(_ words: String) throws -> [String] {
            try crm.succeed(words.split(separator: " ").map(String.init) + ["--chart"]).lines
        }
        let places = try chart("report contacts-by-place")
        #expect(places.count == 13 && places.contains { $0.hasPrefix("MX · (none) · C10 │") }, "\(places)")
        let patterns = try chart("report case-patterns")
        #expect(patterns[1].hasSuffix("o (others)") && patterns.contains { $0.hasSuffix(" 12") }, "\(patterns)")
        #expect(try chart("report case-patterns --by month(opened_at),product")[1].hasSuffix("~ (others)"))
        // A contact with two tags is one.
        let tags = try chart("contact summarize --by organization,tags --count --chart-kind stacked --where id=1")
        #expect(tags.last?.hasSuffix("░") == true, "\(tags)")
        #expect(try chart("contact summarize --by organization,tags --count").allSatisfy { !$0.hasSuffix(" 24") })
        let words = ["case", "summarize", "--by", "category,product", "--avg", "hours", "--chart-kind", "lines"]
        let refused = try crm.run(words)
        #expect(refused.status == 2 && refused.errors.contains("--chart-kind bars"), "\(refused.errors)")
    }

    @Test(
        "What is about contacts and products can be drawn",
        arguments: [
            "effectiveness", "purchases-by-person", "product-interest", "purchase-patterns", "sales-velocity",
        ]
    )
    func drawn(name: String) throws {
        let crm = try CRM()
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--last-name", "Ruiz", "--organization", "1")
        try crm.add("product", "--name", "Cable")
        let sale = ["--subject", "S", "--contact", "1", "--line", "product=1,price=3"]
        try crm.add("sales-order", sale)
        try crm.add("purchase-order", sale + ["--role", "approver"])
        try crm.succeed("contact", "link", "purchase-order", "1", "1", "--role", "requester")
        try crm.add(
            "opportunity",
            ["--name", "O", "--contact", "1", "--amount", "9", "--stage", "closed_won", "--close-date", "today"]
        )
        let lines = try crm.succeed("report", name, "--chart").lines
        #expect(lines.count > 1 && lines.allSatisfy { !$0.contains("6.00") }, "\(lines)")
    }

    /// A command line and what it ends with.
    private static let refused: [([String], Int32)] = [
        (["report", "nothing"], 2), (["report", "pipeline", "--format", "labels"], 2),
        (["report", "pipeline", "--format", "id"], 2), (["report", "visit-route", "--matrix", "missing.csv"], 74),
        (["report", "pipeline", "--columns", "colour"], 2), (["schema", "report"], 2),
        (["schema", "report", "nothing"], 2),
        (["schema", "contact", "pipeline"], 2), (["report", "mailing-labels", "--sheet", "a9"], 2),
        (["report", "asset-history", "--asset", "999"], 3),
        (["report", "pipeline", "--where", "colour = red"], 2), (["report", "data-quality", "--where", "id = 1"], 2),
        (["report", "overdue-cases", "--chart"], 2), (["report", "overdue-cases", "--format", "svg"], 2),
        (["report", "pipeline", "--chart", "--json"], 2), (["report", "data-quality", "--format", "id"], 2),
        (["report", "mailing-labels", "--format", "labels", "--skip", "24"], 2),
        (["report", "mailing-labels", "--format", "labels", "--sheet", "a4-14", "--skip", "14"], 2),
    ]

    @Test("what means nothing is refused", arguments: refused)
    func whatMeansNothingIsRefused(arguments: [String], status: Int32) throws {
        #expect(try crm.run(arguments).status == status)
    }
}
