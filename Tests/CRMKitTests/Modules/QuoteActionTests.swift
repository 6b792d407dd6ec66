import Localization
import Testing

@testable import CRMKit

/// The way from an opportunity to a quote that is won, lost or revised, as the actions of the modules.
@Suite("The way of a quote")
struct QuoteActionTests: SaleSuite {
    let temporary: TemporaryStore

    init() throws { temporary = try Self.prepared() }

    @Test("makes a quote of an opportunity, with its contacts, currency and lines, undone as one")
    func quoting() throws {
        let before = try temporary.contents()
        try quote()
        #expect(try value("subject", .quote) == .text("Quirófano"))
        #expect(try value("number", .quote) == .text("COT-2026-0001"))
        #expect(try value("organization", .quote) == .integer(1))
        #expect(try value("opportunity", .quote) == .integer(1))
        #expect(try value("currency", .quote) == .text("MXN"))
        #expect(try value("assigned_to", .quote) == .text("eva"))
        #expect(try value("description", .quote) == .null)
        #expect(try value("total", .quote) == .integer(355_000))
        #expect(try links(.quote) == ["1 recipient", "2 approver"])
        #expect(try value("stage", .opportunity) == .text("proposal"))
        try temporary.undo()
        #expect(try temporary.contents() == before)
    }

    @Test("gives a new version the discount that is said in place of the one it has", arguments: ["revise", "order"])
    func otherDiscount(action: String) throws {
        try quote()
        try temporary.edit(.quote, 1, ["discount_amount": "5"])
        let made = try perform(action, .quote, 1, ["discount_percent": "10"]).id
        let module: ModuleName = action == "revise" ? .quote : .salesOrder
        #expect(try value("discount_percent", module, made) == .integer(100_000))
        #expect(try value("discount_amount", module, made) == .null)
    }

    @Test("refuses to carry the amounts of a quote over into another currency", arguments: ["revise", "order"])
    func otherCurrency(action: String) throws {
        try quote()
        for currency in ["JPY", "KWD", "USD"] {
            let error = refusal(action, .quote, 1, ["currency": currency])
            #expect(
                error?.code == .refused && error?.message.en.contains("MXN") == true,
                "\(String(describing: error))"
            )
        }
        try perform(action, .quote, 1, ["currency": "MXN"])
    }

    @Test("takes fields of what it makes, and names every line that cannot be")
    func quotingWithFields() throws {
        try perform("quote", .opportunity, 1, ["subject": "Otra", "valid_until": "2026-05-01"])
        #expect(try value("subject", .quote) == .text("Otra"))
        #expect(try value("valid_until", .quote) == .text("2026-05-01"))
        let error = refusal(
            "quote",
            .opportunity,
            1,
            ["lines": "product=code:X|text=a,price=1|text=b,price=1 USD|text=c,quantity=0,price=1"]
        )
        #expect(error?.problems.map(\.field) == ["line.product", "line.unit_price", "line.quantity"])
        #expect(
            error?.problems.map { $0.reason.en.prefix(7) } == ["line 1:", "line 3:", "line 4:"],
            "\(error?.problems.map(\.reason.en) ?? [])"
        )
        #expect(try temporary.count("quote") == 1)
    }

    @Test(
        "goes from stage to stage",
        arguments: [
            (["send"], "delivered"), (["accept"], "accepted"), (["send", "accept"], "accepted"),
            (["reject"], "rejected"), (["reject", "accept"], "accepted"), (["accept", "reject"], "rejected"),
            (["send", "send"], "delivered"),
        ]
    )
    func stages(actions: [String], stage: String) throws {
        try quote()
        for action in actions { try perform(action, .quote) }
        #expect(try value("stage", .quote) == .text(stage))
        #expect(try value("stage", .opportunity) == .text("proposal"))
    }

    @Test("is not sent any more once it is settled", arguments: ["accept", "reject"])
    func settled(action: String) throws {
        try quote()
        try perform(action, .quote)
        #expect(refusal("send", .quote)?.code == .refused)
    }

    @Test("keeps why a quote was rejected until it is accepted after all")
    func reasons() throws {
        try quote()
        try perform("reject", .quote, 1, ["reason": "Precio"])
        #expect(try value("rejection_reason", .quote) == .text("Precio"))
        try perform("accept", .quote)
        #expect(try value("rejection_reason", .quote) == .null)
    }

    @Test("wins the opportunity where that is asked for")
    func winning() throws {
        try quote()
        try perform("accept", .quote, 1, ["win": "true"])
        #expect(try value("stage", .opportunity) == .text("closed_won"))
        #expect(try value("closed_on", .opportunity) == .text("2026-03-02"))
        try temporary.add(.quote, ["subject": "Sola"])
        #expect(refusal("accept", .quote, 2, ["win": "true"])?.message.en == "quote 2 has no opportunity to win")
        #expect(try value("stage", .quote, 2) == .text("created"))
    }

    @Test("tells that an accepted quote was past its day")
    func expired() throws {
        try quote()
        try temporary.edit(.quote, 1, ["valid_until": "2026-02-01"])
        #expect(try perform("accept", .quote).notices.map(\.en) == ["quote 1 was valid until 2026-02-01"])
        #expect(try perform("accept", .quote).notices.isEmpty)
    }

    @Test("keeps both versions of a revised quote, and works on with the newer alone")
    func revising() throws {
        try quote()
        try perform("send", .quote)
        try temporary.edit(.quote, 1, ["valid_until": "2026-02-01", "terms": "A la vista"])
        let before = try temporary.contents()
        let made = try perform("revise", .quote, 1, ["discount_percent": "50"])
        #expect(made.id == 2)
        #expect(try value("stage", .quote) == .text("delivered"))
        #expect(try value("superseded_by", .quote) == .integer(2))
        #expect(try value("version", .quote, 2) == .integer(2))
        #expect(try value("stage", .quote, 2) == .text("created"))
        #expect(try value("number", .quote, 2) == .text("COT-2026-0002"))
        #expect(try value("terms", .quote, 2) == .text("A la vista"))
        #expect(try value("valid_until", .quote, 2) == .null)
        #expect(try value("total", .quote, 2) == .integer(177_500))
        #expect(try lines(.quote, 1, "product", "quantity", "net") == lines(.quote, 2, "product", "quantity", "net"))
        #expect(try links(.quote, 2) == ["1 recipient", "2 approver"])
        for action in ["send", "accept", "reject", "revise", "order"] {
            let error = refusal(action, .quote)
            #expect(error?.code == .refused)
            #expect(error?.message.en == "quote 1 was superseded by quote 2", "\(action)")
        }
        try temporary.undo()
        #expect(try temporary.contents() == before)
    }
}
