import Testing

/// A time of day that stands alone for the end of what has a start.
@Suite struct BareTimeTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "It is of the day of the start, whichever is given first",
        arguments: [
            ["--starts-at", "2026-12-31 10:00", "--ends-at", "11:00"],
            ["--ends-at", "11:00", "--starts-at", "2026-12-31 10:00"],
            ["--ends-at", "11 am", "--starts-at", "2026-12-31 10:00"],
        ]
    )
    func end(options: [String]) throws {
        try crm.succeed(["event", "add", "--subject", "Cita"] + options)
        #expect(try crm.sql("SELECT ends_at FROM event") == "2026-12-31T17:00:00Z")
        try crm.succeed("event", "edit", "1", "--ends-at", "12:30")
        #expect(try crm.sql("SELECT ends_at FROM event") == "2026-12-31T18:30:00Z")
    }

    @Test(
        "A distance with + counts from the start, in days to the same time",
        arguments: [
            ("+2h", "2026-12-31T18:00:00Z"), ("+90min", "2026-12-31T17:30:00Z"), ("+1d", "2027-01-01T16:00:00Z"),
        ]
    )
    func distance(written: String, end: String) throws {
        try crm.succeed("event", "add", "--subject", "Cita", "--ends-at", written, "--starts-at", "2026-12-31 10:00")
        #expect(try crm.sql("SELECT ends_at FROM event") == end)
        #expect(try crm.run("event", "edit", "1", "--ends-at", "+30m").errors.contains("write +30min"))
        try crm.succeed("event", "edit", "1", "--starts-at", "2026-12-30 10:00", "--ends-at", "+1h")
        #expect(try crm.sql("SELECT ends_at FROM event") == "2026-12-30T17:00:00Z")
    }

    @Test(
        "A day without a time is told to be its beginning, unless whole days are meant",
        arguments: [
            (["--starts-at", "24/12/2026", "--ends-at", "31/12/2026"], "begins and ends at 00:00"),
            (["--starts-at", "2026-12-24 10:00", "--ends-at", "2026-12-31"], "event ends at 00:00"),
            (["--kind", "task", "--starts-at", "tomorrow"], "event begins at 00:00"),
            (["--starts-at", "2026-12-24", "--ends-at", "2026-12-31", "--all-day"], nil),
            (["--starts-at", "2026-12-24 00:00", "--ends-at", "+2h"], nil),
        ] as [([String], String?)]
    )
    func midnight(options: [String], told: String?) throws {
        let errors = try crm.succeed(["event", "add", "--subject", "Cita"] + options).errors
        #expect(errors.contains("without a time") == (told != nil), "\(errors)")
        if let told { #expect(errors.contains(told), "\(errors)") }
    }

    @Test("An import tells the days without a time, one by one at first, unless they are whole")
    func midnightInImport() throws {
        let rows = (10...21).map { "A,2026-12-\($0),2026-12-31 10:00,\n" }.joined()
        let told = try crm.succeed(
            ["event", "import"],
            stdin: "subject,starts_at,ends_at,all_day\n\(rows)B,2026-12-01,2026-12-02,yes\nC,2026-12-01 00:00,,\n"
        ).errorLines
        let first = "row 1 (line 2), starts_at \"2026-12-10\": a day without a time is taken as 00:00"
        #expect(told.contains { $0.contains(first) }, "\(told)")
        #expect(told.contains("crm: and 2 more days without a time") && told.count == 11, "\(told)")
    }

    @Test("A distance in m may be minutes or months where a time is set, and is refused with what to write")
    func minutesOrMonths() throws {
        let result = try crm.run("event", "add", "--subject", "Cita", "--starts-at", "+30m")
        #expect(result.status == 2)
        #expect(result.errors.contains("write +30min, or 'in 30 months'"), "\(result.errors)")
        let spanish = try crm.run("event", "add", "--subject", "Cita", "--starts-at", "-1m", "--lang", "es")
        #expect(spanish.errors.contains("escribir -1min, o 'hace 1 meses'"), "\(spanish.errors)")
        try crm.succeed("event", "add", "--subject", "Cita", "--starts-at", "+30min")
        try crm.succeed("event", "add", "--subject", "Cita", "--starts-at", "in 30 months")
        #expect(try crm.run("event", "list", "--where", "starts_at < +1m", "--count").output == "1\n")
    }
}
