import Localization

extension Record {
    /// Reports to the user that a line is added or changed in a settled document.
    func tellSettled(_ line: PartDraft, _ context: any RuleContext) {
        guard id > 0, line.givenCounts == .refused, line.isGivenAny, !line.isAsBefore else { return }
        tellSettled(Self.lines, context)
    }

    /// The part of a document that changes most often, for ``tellSettled(_:_:)``.
    static let lines = Text(en: "lines", es: "líneas")

    /// Reports to the user a change in a quote that was superseded or accepted, or in a sales order that was invoiced.
    ///
    /// - Parameter what: the changed things, a feminine plural in Spanish.
    func tellSettled(_ what: Text, _ context: any RuleContext) {
        // Most documents are not settled, and lines come in millions.
        var called: Text { module.called(id) }
        if module.name == .salesOrder {
            guard !self["invoice_numbers"].isNull else { return }
            context.notice(
                Text(
                    en: "\(called.en) is invoiced; its \(what.en) change, its invoices stay as they are",
                    es: "\(called.es) está facturada; sus \(what.es) cambian, sus facturas quedan como están"
                )
            )
        } else if module.name == .quote, let other = self["superseded_by"].integer {
            let later = module.called(other)
            context.notice(
                Text(
                    en: "\(called.en) was superseded by \(later.en); its \(what.en) change all the same",
                    es: "\(called.es) fue sustituida por \(later.es); sus \(what.es) cambian de todos modos"
                )
            )
        } else if module.name == .quote, self["stage"] == .text(QuoteStage.accepted) {
            context.notice(
                Text(
                    en: "\(called.en) is accepted; its \(what.en) change, those of its orders stay as they are",
                    es: "\(called.es) está aceptada; sus \(what.es) cambian, las de sus ventas quedan como están"
                )
            )
        }
    }
}
