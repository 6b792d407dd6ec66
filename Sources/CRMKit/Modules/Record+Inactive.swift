import Localization

extension Record {
    /// Tells the user that what a line of this document comes to offer or order is not active. In a document that is
    /// settled it may have been active then.
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

    /// Whether what a document offers or orders was answered, has come or will not come.
    private var isSettled: Bool {
        if module.name == .quote {
            return [QuoteStage.accepted, QuoteStage.rejected].contains { self["stage"] == .text($0) }
        }
        return ["delivered", "cancelled", "received_shipment"].contains { self["status"] == .text($0) }
    }
}
