import Localization

extension Record {
    /// Reports to the user that the product or service of a new or changed line is not active. A settled document is
    /// not checked, since its products may have been active then.
    func tellInactive(_ line: PartDraft, _ context: any RuleContext) throws {
        let (key, module) = line["product"].isNull ? ("service", ModuleName.service) : ("product", .product)
        // Lines come in millions, and most of what they sell is active.
        guard let id = line[key].integer, line.changes(key),
            try context.value(of: "active", in: module, id: id) == .integer(0), !isSettled,
            let sold = try context.record(module, id: id)
        else { return }
        let called = sold.module.called(id)
        context.notice(
            Text(
                en: "\(called.en) \"\(sold.displayName)\" is not active",
                es: "\(called.es) «\(sold.displayName)» no está activo"
            )
        )
    }

    /// Whether the quote was answered, or the order is delivered, received or cancelled.
    private var isSettled: Bool {
        if module.name == .quote {
            return [QuoteStage.accepted, QuoteStage.rejected].contains { self["stage"] == .text($0) }
        }
        return ["delivered", "cancelled", "received_shipment"].contains { self["status"] == .text($0) }
    }
}
