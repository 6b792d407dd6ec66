import Localization

extension Record {
    /// Tells that a line changes of a quote that was superseded or accepted.
    func tellSettled(_ line: PartDraft, _ context: any RuleContext) {
        guard module.name == .quote, id > 0, !line.takesCounts, line.isGivenAny else { return }
        let called = module.called(id)
        if let other = self["superseded_by"].integer {
            let later = module.called(other)
            context.notice(
                Text(
                    en: "\(called.en) was superseded by \(later.en); its lines change all the same",
                    es: "\(called.es) fue sustituida por \(later.es); sus líneas cambian de todos modos"
                )
            )
        } else if self["stage"] == .text("accepted") {
            context.notice(
                Text(
                    en: "\(called.en) is accepted; its lines change, those of its orders stay as they are",
                    es: "\(called.es) está aceptada; sus líneas cambian, las de sus ventas quedan como están"
                )
            )
        }
    }
}
