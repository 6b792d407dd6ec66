import Localization

/// The stages of a quote, and the rules for changes of them.
enum QuoteStage {
    static let created = "created"
    static let delivered = "delivered"
    static let reviewed = "reviewed"
    static let accepted = "accepted"
    static let rejected = "rejected"

    /// Returns a stage as actions write it.
    static func choice(_ stage: String) -> FixedChoice { FixedChoice(.quote, "stage", stage) }

    /// The stages of a quote without an answer.
    private static let unanswered: Set<String> = [created, delivered, reviewed]

    /// Refuses a stage that contradicts the history of the quote, unless the user forces it. A new record may have any
    /// stage, since it may have a history elsewhere.
    static let rule = Rule(
        watching: ["stage", "superseded_by"],
        before: { draft, context in
            guard let former = draft.original, draft.changes("stage"), !context.isForced else { return }
            // Both fields given together describe a history elsewhere.
            if !draft["superseded_by"].isNull { try former.checkIsLatest() }
            if let stage = draft["stage"].text, unanswered.contains(stage) { try former.checkIsUnanswered() }
        },
        after: { change, writer in
            guard change.old != nil, change.changes("stage"), let stage = change.new["stage"].text else { return }
            if isAgainst(stage) { try change.new.checkIsNotOrdered(writer) }
            if isOffer(stage) { try change.new.tellEmpty(writer) }
        },
        afterAll: { change, writer in
            guard let stage = change.new["stage"]?.text else { return }
            if isAgainst(stage), !writer.isForced,
                let ordered = try writer.firstNamed(
                    by: "quote",
                    of: .salesOrder,
                    besides: ("status", .text("cancelled"))
                )
            {
                throw change.module.isOrdered(ordered.record, by: ordered.other)
            }
            if isOffer(stage) { try change.module.tellEmpty(writer) }
        }
    )

    /// Whether a stage says that a quote does not hold; a quote that was ordered holds.
    private static func isAgainst(_ stage: String) -> Bool { stage != accepted && !unanswered.contains(stage) }

    /// Whether a quote in a stage should offer something.
    private static func isOffer(_ stage: String) -> Bool { stage == delivered || stage == accepted }
}

extension Record {
    /// Refuses a quote that was superseded.
    ///
    /// - Throws: ``CRMError`` `refused` for such a quote.
    func checkIsLatest() throws(CRMError) {
        guard let other = self["superseded_by"].integer else { return }
        throw refusal(
            en: "was superseded by \(module.called(other).en)",
            es: "fue sustituida por \(module.called(other).es)",
            hint: Text(en: "name quote \(other) instead", es: "indicar la cotización \(other)")
        )
    }

    /// Refuses a quote that was accepted or rejected.
    ///
    /// - Throws: ``CRMError`` `refused` for such a quote.
    func checkIsUnanswered() throws(CRMError) {
        guard let stage = self["stage"].text, [QuoteStage.accepted, QuoteStage.rejected].contains(stage) else { return }
        throw refusal(
            en: "is \(stage) already",
            es: stage == QuoteStage.accepted ? "ya está aceptada" : "ya está rechazada",
            hint: Text(
                en: "\(ProgramName.placeholder) quote revise \(id) makes a new version; edit insists with --force",
                es: "\(ProgramName.placeholder) quote revise \(id) hace otra versión; edit insiste con --force"
            )
        )
    }

    /// Refuses a quote with a sales order, unless the user forces it.
    ///
    /// - Throws: ``CRMError`` `refused` for such a quote.
    func checkIsNotOrdered(_ context: any RuleWriter) throws {
        guard !context.isForced, let order = try orders(context).first else { return }
        throw module.isOrdered(id, by: order)
    }

    /// Refuses to order a quote for which an order exists, or for an earlier version of which one exists.
    ///
    /// - Throws: ``CRMError`` `refused` for such a quote.
    func checkIsOrderedOnce(_ context: any RuleWriter) throws {
        let hint = Text(en: "--again makes another order", es: "--again hace otra venta")
        if let order = try orders(context).first {
            throw refusal(
                en: "was ordered already by sales order \(order)",
                es: "ya se pidió con la venta \(order)",
                hint: hint
            )
        }
        for former in try formerVersions(context) {
            guard let order = try former.orders(context).first else { continue }
            let called = module.called(former.id)
            throw refusal(
                en: "is a later version of \(called.en), which was ordered already by sales order \(order)",
                es: "es una versión posterior de \(called.es), que ya se pidió con la venta \(order)",
                hint: hint
            )
        }
    }

    /// Returns the quotes that a quote has superseded, the latest first.
    private func formerVersions(_ context: any RuleWriter) throws -> [Record] {
        var versions: [Record] = []
        var known: Set = [id]
        var next = [id]
        while let later = next.popLast() {
            for id in try context.ids(of: module.name, having: [("superseded_by", .integer(later))])
            where known.insert(id).inserted {
                guard let version = try context.record(module.name, id: id) else { continue }
                versions.append(version)
                next.append(id)
            }
        }
        return versions
    }

    /// Returns the sales orders of a quote that are not cancelled.
    func orders(_ context: any RuleWriter) throws -> [Int64] {
        try context.ids(of: .salesOrder, having: [("quote", .integer(id))]).filter {
            try context.value(of: "status", in: .salesOrder, id: $0) != .text("cancelled")
        }
    }
}

extension Module {
    fileprivate func isOrdered(_ quote: Int64, by order: Int64) -> CRMError {
        refusal(
            of: quote,
            en: "was ordered by sales order \(order)",
            es: "se pidió con la venta \(order)",
            hint: Text(en: "--force insists", es: "--force insiste")
        )
    }
}
