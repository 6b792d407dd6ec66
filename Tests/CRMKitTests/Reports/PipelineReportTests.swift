import Testing

@testable import CRMKit

/// Reports about opportunities, against answers worked out by hand.
@Suite struct PipelineReportTests {
    private let desk: ReportDesk

    /// Two open ones in pesos, one in dollars, one won after ten days, one lost after twenty.
    init() throws {
        desk = try ReportDesk()
        try desk.on("2026-01-01")
        try desk.add(.organization, ["name": "Acme"])
        try desk.add(.contact, ["last_name": "Ruiz", "organization": "1"])
        try desk.add(.contact, ["last_name": "Soto", "organization": "1"])
        try opportunity("A", "1", "1000 MXN", "2026-03-31", "prospecting")
        try opportunity("B", "1", "2000 MXN", "2026-02-28", "proposal")
        try opportunity("C", "2", "500 USD", "2026-04-10", "negotiation")
        try desk.on("2026-01-11")
        try opportunity("D", "2", "3000 MXN", "2026-02-01", "prospecting")
        try opportunity("E", "1", "700 MXN", "2026-02-01", "prospecting")
        try desk.on("2026-01-21")
        try desk.crm.edit(.opportunity, 4, ["stage": "closed_won"])
        try desk.on("2026-01-31")
        try desk.crm.edit(.opportunity, 5, ["stage": "closed_lost", "lost_reason": "Price"])
        try desk.on("2026-02-20")
        try desk.add(.comment, ["contact": "1", "body": "Called", "about": "opportunity:1"])
    }

    private func opportunity(_ name: String, _ contact: String, _ amount: String, _ day: String, _ stage: String) throws
    {
        try desk.add(
            .opportunity,
            ["name": name, "contact": contact, "amount": amount, "close_date": day, "stage": stage]
        )
    }

    @Test("pipeline tells what is open in the order of the stages") func pipelineTellsWhatIsOpenInTheOrderOfTheStages()
        throws
    {
        #expect(
            try desk.rows("pipeline") == [
                "prospecting|MXN|1|100000|10000|100000|0|60", "proposal|MXN|1|200000|130000|200000|1|60",
                "negotiation|USD|1|50000|40000|50000|0|60",
            ]
        )
    }

    @Test("pipeline groups by whatever is asked") func pipelineGroupsByWhateverIsAsked() throws {
        #expect(
            try desk.rows("pipeline", by: "contact") == [
                "1|MXN|2|300000|140000|150000|1|60", "2|USD|1|50000|40000|50000|0|60",
            ]
        )
        #expect(try desk.rows("pipeline", by: "contact", having: ["count > 1"]).count == 1)
        #expect(try desk.rows("pipeline", where: ["currency = USD"]).count == 1)
    }

    @Test("a record counts once in a group over however many links")
    func aRecordCountsOnceInAGroupOverHoweverManyLinks() throws {
        try desk.crm.link(.opportunity, contact: 2, record: 1, ["role": "influencer"])
        #expect(
            try desk.rows("pipeline", by: "organization", where: ["id = 1"]) == ["1|MXN|1|100000|10000|100000|0|60"]
        )
        #expect(
            try desk.rows("pipeline", by: "contacts.id", where: ["id = 1"]) == [
                "1|MXN|1|100000|10000|100000|0|60", "2|MXN|1|100000|10000|100000|0|60",
            ]
        )
    }

    @Test("The forecast weighs amounts by month, those without any too")
    func forecast() throws {
        #expect(
            try desk.rows("forecast") == [
                "2026-02|MXN|1|200000|130000", "2026-02|USD|0|0|0", "2026-03|MXN|1|100000|10000", "2026-03|USD|0|0|0",
                "2026-04|MXN|0|0|0", "2026-04|USD|1|50000|40000",
            ]
        )
        #expect(throws: CRMError.self) { try desk.rows("forecast", by: "month(close_date) as amount") }
    }

    @Test("win rate tells what was won and in how long") func winRateTellsWhatWasWonAndInHowLong() throws {
        #expect(try desk.rows("win-rate") == ["2026-01|MXN|1|1|500000|300000|300000|864000"])
    }

    @Test("What came in as won stands in the month in which it was won, and how long that took is not known")
    func importedWins() throws {
        try desk.on("2026-02-25")
        try opportunity("F", "1", "100 MXN", "2025-10-07", "closed_won")
        try opportunity("G", "1", "100 MXN", "2026-12-01", "closed_won")
        try desk.add(
            .opportunity,
            [
                "name": "H", "contact": "1", "amount": "100 MXN", "close_date": "2026-12-01", "stage": "closed_won",
                "closed_on": "2025-11-05",
            ]
        )
        #expect(
            try desk.rows("win-rate") == [
                "2025-10|MXN|1|0|1000000|10000|10000|-", "2025-11|MXN|1|0|1000000|10000|10000|-",
                "2025-12|MXN|0|0|-|0|-|-", "2026-01|MXN|1|1|500000|300000|300000|864000",
                "2026-02|MXN|1|0|1000000|10000|10000|-",
            ]
        )
    }

    @Test("How long it took is not known of what was added as closed, though it was open for a while")
    func cyclesOfOldWins() throws {
        try desk.on("2025-06-01")
        try opportunity("F", "1", "100 USD", "2025-05-01", "closed_won")
        try desk.on("2025-07-01")
        try desk.crm.edit(.opportunity, 6, ["stage": "proposal"])
        try desk.on("2025-12-01")
        try desk.crm.edit(.opportunity, 6, ["stage": "closed_won"])
        #expect(try desk.rows("win-rate", where: ["currency = USD"]) == ["2025-12|USD|1|0|1000000|10000|10000|-"])
        try desk.on("2025-09-01")
        try opportunity("G", "1", "100 USD", "2026-02-28", "prospecting")
        try desk.on("2026-02-28")
        try desk.crm.edit(.opportunity, 7, ["stage": "closed_won"])
        #expect(
            try desk.rows("sales-velocity", where: ["currency = USD"]) == ["USD|1|1000000|10000|15552000|56"]
        )
    }

    @Test("When one was closed is what closed_on says, in all reports: nobody knows when without it")
    func closedWithoutDay() throws {
        try desk.on("2026-02-25")
        try desk.crm.edit(.opportunity, 4, ["closed_on": ""])
        #expect(
            try desk.rows("win-rate") == ["2026-01|MXN|0|1|0|0|-|-", "-|MXN|1|0|1000000|300000|300000|-"]
        )
        #expect(try desk.rows("sales-velocity") == ["MXN|2|0|-|-|-", "USD|1|-|-|-|-"])
        let report = try #require(Report.named("sales-velocity"))
        let omitted = try #require(try ReportQuery(report).filterOfOmitted(in: desk.crm.store))
        var list = try desk.crm.store.list(Registry.standard[.opportunity])
        list.filters = [omitted]
        #expect(try list.count(in: desk.crm.store) == 1)
        let quality = try desk.rows("data-quality", having: ["module = opportunity"])
        #expect(quality.contains { $0.contains("closed_on is empty") }, "\(quality)")
    }

    @Test("effectiveness begins with who brings most") func effectivenessBeginsWithWhoBringsMost() throws {
        #expect(
            try desk.rows("effectiveness") == [
                "2|MXN|1|0|1|0|1000000|300000", "1|MXN|3|2|0|1|0|0", "2|USD|1|1|0|0|-|0",
            ]
        )
    }

    @Test("Amounts are put in order within their currency, whatever they are worth")
    func orderOfCurrencies() throws {
        try desk.on("2026-02-25")
        try opportunity("F", "1", "9000 USD", "2026-02-25", "closed_won")
        try opportunity("G", "2", "10 USD", "2026-02-25", "closed_won")
        try desk.add(
            .opportunity,
            [
                "name": "H", "contact": "1", "amount": "9000 USD", "close_date": "2026-02-25", "stage": "closed_lost",
                "lost_reason": "Time",
            ]
        )
        #expect(
            try desk.rows("effectiveness").map { $0.split(separator: "|")[0...1].joined(separator: " ") } == [
                "2 MXN", "1 MXN", "1 USD", "2 USD",
            ]
        )
        #expect(try desk.rows("lost-reasons") == ["Price|MXN|1|70000|70000", "Time|USD|1|900000|900000"])
    }

    @Test("lost reasons count what was lost") func lostReasonsCountWhatWasLost() throws {
        #expect(try desk.rows("lost-reasons") == ["Price|MXN|1|70000|70000"])
    }

    @Test("time in stage counts those that are still there") func timeInStageCountsThoseThatAreStillThere() throws {
        #expect(
            try desk.rows("time-in-stage") == [
                "prospecting|3|1|1728000|5218200", "proposal|1|1|5218200|5218200", "negotiation|1|1|5218200|5218200",
                "closed_won|1|1|3490200|3490200", "closed_lost|1|1|2626200|2626200",
            ]
        )
    }

    @Test("stage conversion shares out what left a stage") func stageConversionSharesOutWhatLeftAStage() throws {
        #expect(
            try desk.rows("stage-conversion") == [
                "prospecting|closed_won|1|500000", "prospecting|closed_lost|1|500000", "prospecting|-|1|333333",
                "proposal|-|1|1000000", "negotiation|-|1|1000000",
            ]
        )
    }

    @Test("sales velocity is an amount a day") func salesVelocityIsAnAmountADay() throws {
        #expect(try desk.rows("sales-velocity") == ["MXN|2|500000|300000|864000|30000", "USD|1|-|-|-|-"])
        // What was closed 40 days ago and before is not looked at any more.
        #expect(try desk.rows("sales-velocity", ["days": "35"]) == ["MXN|2|0|-|-|-", "USD|1|-|-|-|-"])
    }

    @Test("stale ones are those that nobody touched") func staleOnesAreThoseThatNobodyTouched() throws {
        #expect(
            try desk.rows("stale-opportunities") == [
                "2|1|proposal|200000|MXN|2026-02-28|2026-01-01|60",
                "3|2|negotiation|50000|USD|2026-04-10|2026-01-01|60",
            ]
        )
        #expect(try desk.rows("stale-opportunities", ["days": "10"]).count == 3)
    }
}
