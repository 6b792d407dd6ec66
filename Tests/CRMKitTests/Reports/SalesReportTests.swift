import Testing

@testable import CRMKit

/// Reports about quotes, orders and products, against answers worked out by hand.
@Suite struct SalesReportTests {
    private let desk: ReportDesk

    init() throws {
        desk = try ReportDesk()
        try desk.on("2026-01-01")
        for name in ["Ruiz", "Soto"] { try desk.add(.contact, ["last_name": name]) }
        for name in ["Screw", "Nut", "Saw"] { try desk.add(.product, ["name": name]) }
    }

    private func order(
        on day: String,
        of contact: Int64,
        status: String = "created",
        in currency: String = "MXN",
        _ lines: [String]
    ) throws {
        try desk.on(day)
        let order = try desk.add(
            .salesOrder,
            ["subject": "Order", "status": status, "currency": currency],
            lines: lines
        )
        try desk.crm.link(.salesOrder, contact: contact, record: order, ["role": "buyer"])
    }

    private func orders() throws {
        let (screw, nut, saw) = (
            "product=1,quantity=1,price=100", "product=2,quantity=1,price=50", "product=3,quantity=1,price=30"
        )
        try order(on: "2026-01-01", of: 1, [screw, nut])
        try order(on: "2026-01-11", of: 1, ["product=1,quantity=2,price=100", nut])
        try order(on: "2026-01-31", of: 1, [screw, saw])
        try order(on: "2026-02-15", of: 1, status: "cancelled", [screw, nut])
        try order(on: "2026-01-31", of: 2, [saw])
    }

    @Test("purchase patterns say when the next one is expected") func purchasePatternsSayWhenTheNextOneIsExpected()
        throws
    {
        try orders()
        #expect(
            try desk.rows("purchase-patterns") == [
                "1|MXN|3|53000|17667|2026-01-01|2026-01-31|30|15|2026-02-15|1",
                "2|MXN|1|3000|3000|2026-01-31|2026-01-31|30|-|-|-",
            ]
        )
    }

    @Test("Orders of one day alone have no cadence, and so nobody is late") func ordersOfOneDay() throws {
        for _ in 1...2 { try order(on: "2026-01-11", of: 2, ["text=Saw,quantity=1,price=30"]) }
        #expect(try desk.rows("purchase-patterns") == ["2|MXN|2|6000|3000|2026-01-11|2026-01-11|50|-|-|-"])
    }

    @Test("Who buys most comes first in each currency") func buyersByCurrency() throws {
        try orders()
        try order(on: "2026-02-01", of: 2, in: "USD", ["text=Saw,quantity=1,price=9000"])
        let buyers = try desk.rows("purchase-patterns").map { $0.split(separator: "|")[0...1].joined(separator: " ") }
        #expect(buyers == ["1 MXN", "2 MXN", "2 USD"])
    }

    @Test("bought together tells pairs both ways") func boughtTogetherTellsPairsBothWays() throws {
        try orders()
        #expect(
            try desk.rows("bought-together") == ["2|1|2|2|500000|1000000|133", "1|2|2|3|500000|666667|133"]
        )
        #expect(try desk.rows("bought-together", ["contact": "2"]) == [])
        #expect(try desk.rows("bought-together", ["least": "1"]).count == 4)
    }

    private func quotes() throws {
        try desk.on("2026-01-01")
        for line in [
            "text=A,quantity=1,price=100,discount=10%", "text=B,quantity=1,price=200", "text=C,quantity=1,price=300",
        ] {
            try desk.add(.quote, ["subject": "Quote", "currency": "MXN"], lines: [line])
        }
        try desk.on("2026-01-03")
        try desk.crm.edit(.quote, 1, ["stage": "delivered"])
        try desk.on("2026-01-05")
        try desk.crm.edit(.quote, 1, ["stage": "accepted"])
        try desk.on("2026-01-11")
        try desk.crm.edit(.quote, 2, ["stage": "rejected"])
    }

    @Test("quote conversion counts from delivery to the answer") func quoteConversionCountsFromDeliveryToTheAnswer()
        throws
    {
        try quotes()
        #expect(
            try desk.rows("quote-conversion") == ["2026-01|MXN|3|1|1|500000|59000|9000|518400|864000"]
        )
    }

    @Test(
        "The answer counts from the first delivery before it, whatever comes after",
        arguments: [
            (["delivered", "rejected", "delivered"], "172800"), (["created", "rejected", "delivered"], "172800"),
            (["created", "delivered", "rejected", "delivered"], "172800"),
            (["created", "created", "delivered", "delivered", "accepted"], "345600"),
        ]
    )
    func reopened(stages: [String], answer: String) throws {
        // A stage every other day.
        for (place, stage) in stages.enumerated() {
            try desk.on("2026-01-0\(1 + 2 * place)")
            if place == 0 {
                let line = "text=A,quantity=1,price=100"
                try desk.add(.quote, ["subject": "Q", "currency": "MXN", "stage": stage], lines: [line])
            } else {
                // An answered quote is opened again by force.
                try desk.crm.write(TemporaryStore.request(forced: true)) {
                    _ = try $0.edit(Registry.standard[.quote], id: 1, [FieldInput("stage", .set(stage))])
                }
            }
        }
        let figures = try desk.rows("quote-conversion")[0].split(separator: "|")
        #expect(figures.suffix(2) == [answer[...], answer[...]])
    }

    @Test("a quote that a newer one superseded does not count") func aQuoteThatANewerOneSupersededDoesNotCount() throws
    {
        try quotes()
        try desk.crm.edit(.quote, 2, ["superseded_by": "3"])
        #expect(
            try desk.rows("quote-conversion") == ["2026-01|MXN|2|1|0|1000000|39000|9000|172800|172800"]
        )
        #expect(try desk.rows("price-preference") == ["100000|MXN|1|1|1000000|9000"])
    }

    @Test("price preference looks at discounts") func pricePreferenceLooksAtDiscounts() throws {
        try quotes()
        #expect(
            try desk.rows("price-preference") == ["0|MXN|1|0|0|20000", "100000|MXN|1|1|1000000|9000"]
        )
    }

    @Test(
        "A discount stands in the band of its percentage, however cents round",
        arguments: [
            (["text=A,price=30.05,discount=5%"], [:], "50000"), (["text=A,price=100,discount=5%"], [:], "50000"),
            (["text=A,price=30.05"], ["discount_percent": "5"], "50000"),
            (["text=A,price=30.05,discount=5%", "text=B,price=0.37,discount=5%"], [:], "50000"),
            (["text=A,price=30.05,discount=4.99%"], [:], "0"), (["text=A,price=20,discount=1.00"], [:], "50000"),
            (["text=A,quantity=3,price=10.0333,discount=10%"], [:], "100000"),
            (["text=A,price=100,discount=50%"], ["discount_percent": "10"], "550000"),
        ] as [([String], [String: String], String)]
    )
    func bands(lines: [String], fields: [String: String], band: String) throws {
        let given = [("subject", "Q"), ("currency", "MXN")] + fields.map { ($0.key, $0.value) }
        try desk.crm.write {
            _ = try $0.add(
                Registry.standard[.quote],
                given.map { FieldInput($0.0, .set($0.1)) } + [FieldInput("lines", .addRows(lines))]
            )
        }
        try desk.crm.edit(.quote, 1, ["stage": "accepted"])
        #expect(try desk.rows("price-preference").map { $0.prefix { $0 != "|" } } == [band[...]])
    }

    @Test("what is given back counts with its discount") func whatIsGivenBackCountsWithItsDiscount() throws {
        try desk.on("2026-01-01")
        let lines = ["text=A,quantity=1,price=100", "text=B,quantity=-1,price=50.0050,discount=25"]
        try desk.add(.quote, ["subject": "Quote", "currency": "MXN"], lines: lines)
        try desk.crm.edit(.quote, 1, ["stage": "accepted"])
        // 50.00 less of 49.99 is given back: paid is 74.99, half more than 49.99.
        #expect(try desk.rows("price-preference") == ["-550000|MXN|1|1|1000000|7499"])
    }

    private func purchases() throws {
        for (day, status, price, approver) in [
            ("2026-01-01", "delivered", "100", true), ("2026-01-31", "approved", "50", false),
            ("2026-02-01", "created", "10", false),
        ] {
            try desk.on(day)
            let order = try desk.add(
                .purchaseOrder,
                ["subject": "Purchase", "currency": "MXN", "status": status],
                lines: ["product=1,quantity=2,price=\(price)"]
            )
            try desk.crm.link(.purchaseOrder, contact: 1, record: order, ["role": "requester"])
            if approver { try desk.crm.link(.purchaseOrder, contact: 2, record: order, ["role": "approver"]) }
        }
    }

    @Test("purchases are told by person and role") func purchasesAreToldByPersonAndRole() throws {
        try purchases()
        #expect(
            try desk.rows("purchases-by-person") == [
                "1|requester|MXN|3|32000|2026-02-01", "2|approver|MXN|1|20000|2026-01-01",
            ]
        )
    }

    @Test("what nobody authorised is told") func whatNobodyAuthorisedIsTold() throws {
        try purchases()
        #expect(try desk.rows("missing-approvals") == ["2|COM-2026-0002|approved|1|10000|MXN|30"])
        #expect(
            try desk.rows("missing-approvals", ["waiting": "true"]) == [
                "2|COM-2026-0002|approved|1|10000|MXN|30", "3|COM-2026-0003|created|1|2000|MXN|29",
            ]
        )
    }

    @Test("interest becomes purchase by a link or an order") func interestBecomesPurchaseByALinkOrAnOrder() throws {
        try desk.crm.link(.product, contact: 1, record: 1, ["status": "interested"])
        try desk.crm.link(.product, contact: 2, record: 1, ["status": "purchased"])
        #expect(try desk.rows("product-interest") == ["1|1|1|0|500000"])
        try order(on: "2026-01-01", of: 1, ["product=1,quantity=1,price=100"])
        #expect(try desk.rows("product-interest") == ["1|0|2|0|1000000"])
        // Interest and assignment end with the link, a purchase does not.
        for (status, row) in [
            ("interested", "1|0|2|0|1000000"), ("assigned", "1|0|2|0|1000000"), ("purchased", "1|0|3|0|1000000"),
        ] {
            let contact = try desk.add(.contact, ["last_name": "Sosa"])
            try desk.crm.link(.product, contact: contact, record: 1, ["status": status, "until": "2026-02-01"])
            #expect(try desk.rows("product-interest") == [row], "\(status)")
        }
    }

    @Test("warranties of products and of assets end") func warrantiesOfProductsAndOfAssetsEnd() throws {
        try desk.crm.link(.product, contact: 1, record: 1, ["status": "purchased", "warranty_until": "2026-03-10"])
        // What one is only interested in has no warranty that ends.
        try desk.crm.link(.product, contact: 2, record: 1, ["status": "interested", "warranty_until": "2026-03-10"])
        // Nor has what was given back.
        try desk.crm.link(
            .product,
            contact: try desk.add(.contact, ["last_name": "Sosa"]),
            record: 1,
            ["status": "purchased", "warranty_until": "2026-03-10", "until": "2026-02-01"]
        )
        let asset = try desk.add(
            .asset,
            ["name": "Drill", "serial": "S1", "product": "1", "warranty_until": "2026-04-01", "status": "in_service"]
        )
        try desk.crm.link(.asset, contact: 2, record: asset, ["role": "custodian"])
        #expect(
            try desk.rows("warranties-ending") == ["2026-03-10|8|1|1|-", "2026-04-01|30|2|1|1"]
        )
        #expect(try desk.rows("warranties-ending", ["days": "10"]).count == 1)
        #expect(try desk.rows("warranties-ending", ["on": "2026-03-31", "days": "10"]) == ["2026-04-01|1|2|1|1"])
    }

    @Test("what runs low is ordered again less what is coming") func whatRunsLowIsOrderedAgainLessWhatIsComing() throws
    {
        try purchases()
        try order(on: "2026-01-31", of: 1, ["product=1,quantity=1,price=100"])
        try desk.crm.edit(.product, 1, ["stock": "2", "reorder_level": "10"])
        #expect(try desk.rows("reorder") == ["1|-|2000000|10000000|6000000|1000000|2000000"])
    }

    @Test("A stock that was never counted is none of zero, and one of zero is told as such")
    func uncounted() throws {
        for (name, stock) in [("Never", ""), ("None", "0"), ("Enough", "5")] {
            try desk.add(.product, ["name": name, "price": "1", "stock": stock, "reorder_level": "4"])
        }
        // 4 less 0 are missing of the second; of the first nobody knows.
        #expect(try desk.rows("reorder") == ["5|-|0|4000000|0|0|4000000", "4|-|-|4000000|0|0|-"])
    }
}
