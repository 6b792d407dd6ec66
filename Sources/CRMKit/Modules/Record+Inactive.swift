import Localization

extension Record {
    /// Reports to the user that the product or service of a new or changed line is not active, or that the product is sold
    /// no longer. A settled document is not checked, since it may be from before that.
    func tellInactive(_ line: PartDraft, _ context: any RuleContext) throws {
        let (key, module) = line["product"].isNull ? ("service", ModuleName.service) : ("product", .product)
        // Lines come in millions, and most of what they sell is active.
        guard let id = line[key].integer, line.changes(key) else { return }
        let isActive = try context.value(of: "active", in: module, id: id) != .integer(0)
        let end = try isActive ? salesEnd(of: id, in: module, context) : nil
        guard !isActive || end != nil, !isSettled, let sold = try context.record(module, id: id) else { return }
        let (called, name) = (sold.module.called(sold.id), sold.displayName)
        context.notice(
            Text(
                en: "\(called.en) \"\(name)\" \(end.map { "was sold until \($0)" } ?? "is not active")",
                es: "\(called.es) «\(name)» \(end.map { "se vendió hasta el \($0)" } ?? "no está activo")"
            )
        )
    }

    /// Returns the day until which a product was sold that is not any more; `nil` for any other one, and where it is bought.
    private func salesEnd(of id: Int64, in module: ModuleName, _ context: any RuleContext) throws -> String? {
        guard module == .product, self.module.name != .purchaseOrder,
            let end = try context.value(of: "sales_end", in: module, id: id).text, end < context.today
        else { return nil }
        return end
    }

    /// Whether the quote was answered, or the order is delivered, received or cancelled.
    private var isSettled: Bool {
        if module.name == .quote {
            return [QuoteStage.accepted, QuoteStage.rejected].contains { self["stage"] == .text($0) }
        }
        return ["delivered", "cancelled", "received_shipment"].contains { self["status"] == .text($0) }
    }
}
