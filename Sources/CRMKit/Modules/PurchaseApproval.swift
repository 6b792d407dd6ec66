import Localization

/// The number of people needed for a purchase.
enum PurchaseApproval {
    static let requester = "requester"
    static let approver = "approver"
    private static let twoPeople = "two_people"

    /// Returns a role as actions write it.
    static func role(_ key: String) -> FixedChoice { .role(key, in: .purchaseOrder) }

    /// The setting whether the person who requests a purchase may also approve it.
    static let setting = Field.choice(
        "approval",
        en: "Approval of purchases",
        es: "Autorización de compras",
        default: "one_person",
        note: Text(
            en: "one_person, or two_people where who approves one must not have requested it",
            es: "one_person, o two_people si quien autoriza una no debe haberla solicitado"
        ),
        [
            Choice("one_person", en: "One Person", es: "Una persona"),
            Choice(twoPeople, en: "Two People", es: "Dos personas"),
        ]
    )

    /// Requires that an order is approved by another person than the requester before it proceeds, if two people are
    /// needed. A new order has not proceeded yet, unless the user states by force that it has elsewhere.
    private static let statusRule = Rule(
        watching: ["status"],
        before: { order, context in
            guard order.original == nil, !context.isForced, let status = order["status"].text,
                !["created", "cancelled"].contains(status),
                // Checking an order without writing it has no writer.
                let writer = context as? any RuleWriter, try needsTwoPeople(writer)
            else { return }
            throw CRMError(
                .refused,
                Text(
                    en: "nobody has approved a new purchase, and two people are needed",
                    es: "nadie ha autorizado una compra nueva, y se necesitan dos personas"
                ),
                module: .purchaseOrder,
                problems: [
                    CRMError.Problem(
                        field: "status",
                        value: status,
                        reason: Text(
                            en: "add it as created, or insist with --force on what was approved elsewhere",
                            es: "agregarla como creada, o insistir con --force en lo autorizado en otra parte"
                        )
                    )
                ]
            )
        },
        after: { change, writer in
            let order = change.new
            guard let old = change.old, isBefore(old["status"]), !isBefore(order["status"]) else { return }
            try check(order, writer)
        },
        afterLink: Rule.LinkRule(isInForce: needsTwoPeople, check: checkLink),
        checksUndo: true
    )

    /// Refuses to order something other than what was approved if two people are needed, unless the user forces it:
    /// another total or currency, supplier, discount, shipping or adjustment. A forced change is reported.
    private static let termsRule = Rule(
        watching: Set(terms),
        after: { change, writer in
            guard let order = change.old, let key = terms.first(where: change.changes),
                try isInForce(order, writer)
            else { return }
            let isSeveral = key == "taxes_on_shipping"
            try report(order.module.field(required: key).label, isSeveral: isSeveral, of: order, writer)
        },
        checksUndo: true
    )

    /// The fields that say what is ordered besides the lines, the sum of all first: one word says most.
    private static let terms = ["total", "currency", "supplier", "supplier_name"] + [Field].agreedAmounts

    /// Refuses to change the lines of an approved purchase, as the rule for the terms does, even if the total stays the
    /// same: what is ordered, how much of it, at which price, and with which discount and taxes. Their order does not
    /// matter, and neither do comments or the quantities received, which change as the purchase proceeds. Two lines
    /// that together amount to one are different lines, since somebody approved them as they were.
    private static let linesRule = Rule(
        afterRows: Rule.RowRule(part: Part.line.name, isInForce: isInForce) { change, writer in
            // The rule for the terms has spoken.
            guard change.old["total"] == change.new["total"], ordered(change.formerRows) != ordered(change.rows)
            else { return }
            try report(Part.line.plural, isSeveral: true, of: change.old, writer)
        }
    )

    /// The fields that say what a line orders.
    private static let orderedKeys = [
        "product", "service", "text", "quantity", "unit", "unit_price", "exact_price", "discount_percent",
        "discount_amount", "taxes",
    ]

    /// Returns what lines order, and how many lines order the same.
    private static func ordered(_ rows: [PartRow]) -> [[Value]: Int] {
        rows.reduce(into: [:]) { sums, row in
            sums[orderedKeys.map { row.value($0, of: .line) }, default: 0] += 1
        }
    }

    static let rules = [statusRule, termsRule, linesRule]

    /// Whether an order depends on an approval. If two people are needed, it does from the approval on, even if its
    /// status has gone back since, because the status could go forward again; otherwise only while its status is
    /// approved.
    private static func isInForce(_ order: Record, _ writer: any RuleWriter) throws -> Bool {
        guard try needsTwoPeople(writer) else { return order["status"] == .text("approved") }
        return try !isBefore(order["status"]) || !order.contacts(in: approver, writer).isEmpty
    }

    private static let takingBack = Text(
        en: "--force insists; or take the approval back: status created, and no contact linked as approver",
        es: "--force insiste; o retirar la autorización: estado Creada y ningún contacto como autorizador"
    )

    /// Refuses a change of what was approved where two people are needed, unless the user forces it; otherwise reports
    /// the change.
    ///
    /// - Parameters:
    ///   - what: what changes.
    ///   - isSeveral: whether that is a plural.
    private static func report(
        _ what: Text,
        isSeveral: Bool,
        of order: Record,
        _ writer: any RuleWriter
    ) throws {
        let what = Text(en: what.en.lowercased(), es: what.es.lowercased())
        if try needsTwoPeople(writer), !writer.isForced {
            throw order.refusal(
                en: "is approved, and its \(what.en) would be \(isSeveral ? "others" : "another")",
                es: "está autorizada, y \(isSeveral ? "cambiarían sus" : "cambiaría su") \(what.es)",
                hint: takingBack
            )
        }
        let called = order.module.called(order.id)
        let (changes, cambia) = isSeveral ? ("change", "sus \(what.es) cambian") : ("changes", "su \(what.es) cambia")
        writer.notice(
            Text(
                en: "\(called.en) is approved; its \(what.en) \(changes), its approval stays as it is",
                es: "\(called.es) está autorizada; \(cambia), su autorización queda como está"
            )
        )
    }

    /// Whether an order with a status has not proceeded yet, or was cancelled and starts again.
    private static func isBefore(_ status: Value) -> Bool { [.text("created"), .text("cancelled")].contains(status) }

    /// Refuses to link or unlink requesters and approvers of an order so that fewer than two people requested and
    /// approved it.
    private static func checkLink(_ change: Rule.LinkChange, _ writer: any RuleWriter) throws {
        guard !Set([requester, approver]).isDisjoint(with: [change.role, change.formerRole].compactMap(\.self)),
            let order = try writer.record(.purchaseOrder, id: change.record),
            order["status"] != .text("cancelled")
        else { return }
        let approvers = try order.contacts(in: approver, writer)
        let requesters = try order.contacts(in: requester, writer)
        if change.role == approver {
            if requesters.isEmpty, change.formerRole != approver { throw requestedByNobody(order) }
            if requesters.contains(change.contact) {
                throw order.refusal(
                    en: "was requested by contact \(change.contact), and another must approve it",
                    es: "la solicitó el contacto \(change.contact), y debe autorizarla otro",
                    hint: Text("\(ProgramName.placeholder) purchase-order approve \(order.id) --contact REF")
                )
            }
        }
        if change.role == requester, approvers.contains(change.contact) {
            throw order.refusal(
                en: "was approved by contact \(change.contact), and another must ask for it",
                es: "la autorizó el contacto \(change.contact), y debe solicitarla otro"
            )
        }
        // A contact who has lost a role no longer requested or approved the order.
        guard change.formerRole != nil, change.formerRole != change.role else { return }
        let isOfApproved = change.formerRole == approver && order["status"] != .text("created")
        if !approvers.isEmpty || isOfApproved { try check(order, writer) }
    }

    private static func requestedByNobody(_ order: Record) -> CRMError {
        order.refusal(
            en: "was requested by nobody, and two people are needed",
            es: "no tiene solicitante, y se necesitan dos personas",
            hint: Text("\(ProgramName.placeholder) purchase-order request \(order.id) --contact REF")
        )
    }

    /// Refuses an order if two people are needed and nobody other than the requester has approved it.
    ///
    /// - Throws: ``CRMError`` `refused` for such an order.
    static func check(_ order: Record, _ context: any RuleWriter) throws {
        guard try needsTwoPeople(context) else { return }
        let requesters = try order.contacts(in: requester, context)
        if requesters.isEmpty { throw requestedByNobody(order) }
        guard try !order.contacts(in: approver, context).contains(where: { !requesters.contains($0) }) else {
            return
        }
        throw order.refusal(
            en: "was approved by nobody but who asks for it, and two people are needed",
            es: "solo la autorizó quien la solicita, o nadie, y se necesitan dos personas",
            hint: Text("\(ProgramName.placeholder) purchase-order approve \(order.id) --contact REF")
        )
    }

    static func needsTwoPeople(_ context: any RuleWriter) throws -> Bool {
        try context.setting(setting.key, of: .purchaseOrder) == .text(twoPeople)
    }
}

extension Record {
    /// Returns the contacts that are linked with the record in a role.
    fileprivate func contacts(in role: String, _ context: any RuleWriter) throws -> [Int64] {
        try context.linkedContacts(of: self).filter { $0.role == role }.map(\.contact)
    }
}
