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
}
