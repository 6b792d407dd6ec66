import Localization

extension Record {
    /// Tells that a line that input gives or changes is of a document that is settled.
    func tellSettled(_ line: PartDraft, _ context: any RuleContext) {
        guard id > 0, !line.takesCounts, line.isGivenAny, !line.isAsBefore else { return }
        tellSettled(context)
    }

    /// Tells that lines change of a quote that was superseded or accepted, or of a sales order that was invoiced.
    func tellSettled(_ context: any RuleContext) {
        let called = module.called(id)
        if module.name == .salesOrder {
            guard !self["invoice_numbers"].isNull else { return }
            context.notice(
                Text(
                    en: "\(called.en) is invoiced; its lines change, its invoices stay as they are",
                    es: "\(called.es) está facturada; sus líneas cambian, sus facturas quedan como están"
                )
            )
        } else if let other = self["superseded_by"].integer {
            let later = module.called(other)
            context.notice(
                Text(
                    en: "\(called.en) was superseded by \(later.en); its lines change all the same",
                    es: "\(called.es) fue sustituida por \(later.es); sus líneas cambian de todos modos"
                )
            )
        } else if module.name == .quote, self["stage"] == .text(QuoteStage.accepted) {
            context.notice(
                Text(
                    en: "\(called.en) is accepted; its lines change, those of its orders stay as they are",
                    es: "\(called.es) está aceptada; sus líneas cambian, las de sus ventas quedan como están"
                )
            )
        }
    }
}
