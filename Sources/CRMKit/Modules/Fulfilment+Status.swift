import Localization

/// Rules for the status of an order, however it is written.
extension Fulfilment {
    /// Refuses to approve, deliver or receive a cancelled order before it is reopened, unless the user forces it.
    private static let reviving = Rule(
        watching: ["status"],
        before: { draft, context in
            guard let former = draft.original, draft.changes("status"), !context.isForced,
                let status = draft["status"].text, isDoing(status, draft.module.name)
            else { return }
            try former.checkIsNotCancelled()
        }
    )

    /// Whether a status says that something is done which actions refuse for a cancelled order.
    private static func isDoing(_ status: String, _ module: ModuleName) -> Bool {
        // Approving a sale is no action, so that this is the other way to reopen it.
        status == "delivered" || status == receipt.finished || status == "approved" && module == .purchaseOrder
    }

    /// Reports to the user a finished order with open lines or without lines.
    private static let finishing = Rule(
        watching: ["status"],
        after: { change, writer in
            let order = change.new
            guard change.old != nil, change.changes("status"),
                let fulfilment = fulfilment(finishing: order.module.name),
                order["status"].text == fulfilment.finished
            else { return }
            let rows = try writer.rows(of: Part.line.name, in: order)
            let open = rows.count(where: { $0.value("open", of: .line).integer ?? 0 != 0 })
            if rows.isEmpty { order.tellIsEmpty(writer) }
            if open > 0 { fulfilment.tellOpen(open, of: order, writer) }
        },
        afterAll: { change, writer in
            let module = change.module
            guard let fulfilment = fulfilment(finishing: module.name),
                change.new["status"]?.text == fulfilment.finished
            else { return }
            try module.tellEmpty(writer)
            let open = try writer.count(having: "open", in: .line, of: module)
            guard open > 0 else { return }
            let (noun, infinitive) = (open == 1 ? module.one : module.several, fulfilment.spanishInfinitive)
            writer.notice(
                Text(
                    en: "\(open) \(noun.en) \(open == 1 ? "has" : "have") lines still to be \(fulfilment.done.en)",
                    es: "\(open) \(noun.es) \(open == 1 ? "tiene" : "tienen") líneas con algo por \(infinitive)"
                )
            )
        }
    )

    /// Returns the fulfilment that finishes the orders of a module.
    static func fulfilment(finishing module: ModuleName) -> Fulfilment? {
        all.first { $0.finished != nil && $0.action.module == module }
    }

    static let statusRules = [reviving, finishing, cancelling]

    /// Reports to the user how many lines of an order are still open.
    func tellOpen(_ open: Int, of order: Record, _ context: any RuleContext) {
        let called = order.module.called(order.id)
        context.notice(
            Text(
                en: "\(called.en): \(open) \(open == 1 ? "line is" : "lines are") still to be \(done.en)",
                es:
                    "\(called.es): \(open) \(open == 1 ? "línea queda" : "líneas quedan") con algo por \(spanishInfinitive)"
            )
        )
    }
}

extension Record {
    /// Reports to the user a document without lines.
    func tellEmpty(_ context: any RuleWriter) throws {
        if try context.rows(of: Part.line.name, in: self).isEmpty { tellIsEmpty(context) }
    }

    fileprivate func tellIsEmpty(_ context: any RuleContext) {
        let called = module.called(id)
        context.notice(Text(en: "\(called.en) has no lines", es: "\(called.es) no tiene líneas"))
    }
}

extension Module {
    /// Reports to the user how many of some documents have no lines.
    func tellEmpty(_ writer: any SetRuleWriter) throws {
        let empty = try writer.count(lacking: .line, of: self)
        guard empty > 0 else { return }
        let noun = empty == 1 ? one : several
        writer.notice(
            Text(
                en: "\(empty) \(noun.en) \(empty == 1 ? "has" : "have") no lines",
                es: "\(empty) \(noun.es) no \(empty == 1 ? "tiene" : "tienen") líneas"
            )
        )
    }
}
