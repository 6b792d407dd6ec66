import Testing

/// `summarize --pivot` and `--chart`.
@Suite struct PivotTests {
    private let crm: CRM

    /// Three deals of two people in two stages, in February and April.
    init() throws {
        crm = try CRM()
        try crm.succeed("organization", "add", "--name", "Acme")
        try crm.succeed("contact", "add", "--last-name", "Ruiz", "--organization", "1")
        for (name, who, amount, currency, date, stage) in [
            ("A", "bea", "100", "MXN", "2026-04-05", "closed_won"), ("B", "ana", "20", "MXN", "2026-02-05", "proposal"),
            ("C", "ana", "3", "USD", "2026-02-07", "proposal"),
        ] {
            try crm.succeed(
                ["opportunity", "add", "--name", name, "--contact", "1", "--amount", amount, "--currency", currency]
                    + ["--close-date", date, "--stage", stage, "--assigned-to", who]
            )
        }
    }

    private func summary(_ options: [String], _ format: String = "csv") throws -> String {
        try crm.succeed(["opportunity", "summarize"] + options + ["--format", format]).lines.joined(separator: " ")
    }

    @Test(
        "A value a column, in the order of groups, with what is empty",
        arguments: [
            (
                ["--by", "assigned_to", "--pivot", "stage"],
                "assigned_to,count.proposal,count.closed_won ana,2,0 bea,0,1"
            ),
            (["--pivot", "month(close_date)"], "count.2026-02,count.2026-03,count.2026-04 2,0,1"),
            (
                ["--by", "month(close_date)", "--pivot", "stage", "--total"],
                "month(close_date),count.proposal,count.closed_won,total(count),total "
                    + "2026-02,2,0,2,false 2026-03,0,0,0,false 2026-04,0,1,1,false ,2,1,3,true"
            ),
            (
                ["--by", "assigned_to", "--pivot", "stage", "--sum", "amount", "--total"],
                "assigned_to,currency,sum(amount).proposal,sum(amount).closed_won,total(sum(amount)),total "
                    + "ana,MXN,20.00,0.00,20.00,false ana,USD,3.00,0.00,3.00,false bea,MXN,0.00,100.00,100.00,false "
                    + ",MXN,20.00,100.00,120.00,true ,USD,3.00,0.00,3.00,true"
            ),
            (
                ["--by", "stage", "--pivot", "currency", "--sum", "amount", "--count", "--total", "--sort", "-count"],
                "stage,count.MXN,count.USD,sum(amount).MXN,sum(amount).USD,total(count),total "
                    + "proposal,1,1,20.00,3.00,2,false closed_won,1,0,100.00,0.00,1,false ,2,1,120.00,3.00,3,true"
            ),
            (
                ["--by", "stage", "--pivot", "lost_reason", "--having", "count > 1", "--avg", "probability"],
                "stage,avg(probability).null proposal,65"
            ),
            (["--pivot", "stage", "--where", "id = 9", "--by", "name"], "name"),
        ]
    )
    func columns(_ options: [String], _ expected: String) throws {
        #expect(try summary(options) == expected)
    }

    @Test("JSON holds the values of a figure under its name")
    func json() throws {
        #expect(
            try summary(["--by", "contact", "--pivot", "stage", "--measure", "count as n", "--total"], "jsonl")
                == #"{"contact":{"id":1,"name":"Ruiz"},"n":{"proposal":2,"closed_won":1},"total(n)":3,"total":false} "#
                + #"{"contact":null,"n":{"proposal":2,"closed_won":1},"total(n)":3,"total":true}"#
        )
    }

    @Test(
        "What cannot be columns is told",
        arguments: [
            (["--by", "stage", "--pivot", "stage"], "'stage' makes groups already, and cannot make columns too"),
            (["--pivot", "band(amount, 5)"], "amounts of several currencies make no columns"),
            (["--pivot", "day(close_date)", "--where", "id > 1"], nil),
            (["--pivot", "stage,name"], "only one value can make columns"),
            (
                ["--by", "stage", "--chart", "--json"],
                "a chart is no json: it is drawn in the terminal, or as svg or html"
            ),
            (["--min", "close_date", "--chart"], "a chart draws numbers, and Expected close date (least) is none"),
        ] as [([String], String?)]
    )
    func errors(_ options: [String], _ message: String?) throws {
        let result = try crm.run(["opportunity", "summarize"] + options)
        #expect(result.status == (message == nil ? 0 : 2))
        if let message { #expect(result.errors.contains(message)) }
    }

    @Test("More than a hundred columns are refused")
    func limit() throws {
        try crm.succeed("opportunity", "edit", "1", "--close-date", "2026-06-30")
        let result = try crm.run(["opportunity", "summarize", "--pivot", "day(close_date)"])
        #expect(result.status == 2)
        #expect(result.errors.contains("'day(close_date)' has more than 100 values"))
    }

    @Test("A chart fits the line, by kind, and tells series apart without colour")
    func charts() throws {
        let bars = try crm.succeed("opportunity", "summarize", "--by", "assigned_to", "--chart").lines
        #expect(bars.first == "Count, by Assigned to")
        #expect(bars.count == 3 && bars[1].hasPrefix("ana │█") && bars[1].hasSuffix("█ 2"))
        let stacked = try crm.succeed("opportunity", "summarize", "--by", "assigned_to,stage", "--chart").lines
        #expect(stacked[1] == "█ Proposal/Quote  ░ Closed Won")
        #expect(stacked[2].hasPrefix("ana │█") && stacked[3].hasPrefix("bea │░"))
        let words = ["opportunity", "summarize", "--by", "month(close_date)", "--sum", "amount"]
        let lines = try crm.succeed(words + ["--chart", "--lang", "es"]).lines
        #expect(lines.first == "Valor estimado (suma), MXN, por Fecha estimada de cierre, mes")
        #expect(lines.contains("Valor estimado (suma), USD, por Fecha estimada de cierre, mes"))
        #expect(try crm.succeed(words + ["--chart-kind", "bars"]).lines[2].hasPrefix("2026-03 │"))
        let svg = try crm.succeed(words + ["--format", "svg"]).output
        #expect(svg.hasPrefix("<svg xmlns=") && svg.hasSuffix("</svg>\n") && svg.contains("2026-04: 100.00 MXN"))
        let html = try crm.succeed(words + ["--format", "html", "--lang", "es"]).output
        #expect(html.contains("<html lang=\"es\">") && html.contains("<th scope=\"row\">2026-03</th>"))
    }

    @Test(
        "Lines follow time whatever the order asked for, in every form, and bars follow the order",
        arguments: ["month(close_date)", "year(close_date)", "quarter(close_date)", "week(close_date)", "close_date"],
        [[], ["--pivot", "stage"]]
    )
    func timeOrder(key: String, pivot: [String]) throws {
        try crm.succeed("opportunity", "edit", "2", "--close-date", "2024-12-30")
        try crm.succeed("opportunity", "edit", "3", "--close-date", "2025-07-01")
        let words = ["opportunity", "summarize", "--by", key, "--count", "--having", "count > 0"] + pivot
        for sort in ["count", "-\(key)"] {
            func drawn(_ options: String...) throws -> CRM.Result {
                try crm.succeed(words + ["--sort", sort] + options)
            }
            let terminal = try drawn("--chart").lines.last?.split(separator: " ").map(String.init) ?? []
            let svg = try drawn("--format", "svg").output.matches(of: /"quiet"[^>]*>(20[^<]*)</).map { String($0.1) }
            let html = try drawn("--format", "html").output.matches(of: /"row">([^<]*)</).map { String($0.1) }
            #expect(terminal.count == 3 && terminal == terminal.sorted(), "\(terminal)")
            #expect(svg == terminal && html == terminal, "\(svg) \(html)")
            let few = try drawn("--chart", "--limit", "2").lines.last?.split(separator: " ").map(String.init) ?? []
            #expect(few == (sort == "count" ? Array(terminal.prefix(2)) : Array(terminal.suffix(2))))
        }
        let bars = try crm.succeed(words + ["--chart-kind", "bars", "--sort", "-\(key)"]).lines
        let labels = bars.compactMap { $0.firstMatch(of: /^20[^ ]*/).map { String($0.0) } }
        #expect(labels.count == 3 && labels == labels.sorted(by: >), "\(bars)")
    }

    @Test("A chart has one currency, whether groups part by it or columns", arguments: ["terminal", "svg", "html"])
    func currencies(_ form: String) throws {
        let words = ["opportunity", "summarize", "--by", "stage", "--pivot", "currency", "--sum", "amount", "--chart"]
        let chart = try crm.succeed(words + (form == "terminal" ? [] : ["--format", form])).output
        for currency in ["MXN", "USD"] { #expect(chart.contains("Amount (sum), \(currency), by Stage")) }
        #expect(chart.contains("20.00 MXN") && chart.contains("3.00 USD"))
        #expect(!chart.contains("23.00") && !chart.contains("Total"))
    }
}
