import Localization

extension Record {
    /// Reports to the user that a line in one unit takes the price of this product or service, which is sold in another.
    /// Units that count single things are one.
    func tellOtherUnit(of line: PartDraft, _ context: any RuleContext) {
        guard let unit = line["unit"].text, let own = self["unit"].text, unit != own,
            !Choice.singleUnits.isSuperset(of: [unit, own])
        else { return }
        let called = module.called(id)
        let (one, other) = (label(ofUnit: own), label(ofUnit: unit))
        context.notice(
            Text(
                en: """
                    \(called.en) "\(displayName)" has a price by unit \(one.en), which a line in \(other.en) takes: give the \
                    price of the line
                    """,
                es: """
                    \(called.es) «\(displayName)» tiene precio por unidad \(one.es), que toma una línea en \(other.es): \
                    indicar el precio de la línea
                    """
            )
        )
    }

    private func label(ofUnit key: String) -> Text {
        let known = (module.field("unit")?.type.terms ?? []) + Choice.units
        let label = known.first { $0.key == key }?.label ?? Text(key)
        return Text(en: label.en.lowercased(), es: label.es.lowercased())
    }
}
