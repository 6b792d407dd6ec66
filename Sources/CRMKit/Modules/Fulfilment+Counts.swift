import Localization

/// What is done of a line is counted by the actions, which look at what is open, at the stock and at who has approved.
extension Fulfilment {
    /// The field of a line that counts how much of it is done.
    func field(en: String, es: String) -> Field {
        Field(
            key,
            .quantity,
            en: en,
            es: es,
            note: Text(
                en: "counted by \(command); input changes it only with --force",
                es: "lo cuenta \(command); la entrada solo lo cambia con --force"
            )
        )
    }

    private var command: String { "\(action.module.noun) \(action.name)" }

    /// What insisting does where input says what is done of a line.
    static let insisting = Text(
        en: "Write down what is delivered, received or invoiced as it is given; stock and status stay as they are",
        es: "Anotar lo entregado, recibido o facturado tal como se da; existencias y estado quedan como están"
    )

    /// Lines that take the place of others without a word of what is done of them keep it.
    static func keepCounts(of line: inout PartDraft) {
        guard line.original == nil, line.hasFormer else { return }
        for key in keys where !line.isGiven(key) { line[key] = line.formerValue(key) }
    }

    /// - Throws: ``CRMError`` `refused` where input says otherwise what is done of a line, unless the user insists; what
    ///   is received of a purchase that wants two people then too, before another has approved it. What is sold does not
    ///   become something else once some of it is done.
    static func checkCounts(of line: PartDraft, _ document: Record, _ context: any RuleContext) throws {
        guard !line.takesCounts else { return }
        for fulfilment in all {
            let (former, done) = (line.formerValue(fulfilment.key).integer ?? 0, line[fulfilment.key].integer ?? 0)
            if former != 0, !context.isForced { try fulfilment.checkIsSame(line, document) }
            guard line.isGiven(fulfilment.key), done != former else { continue }
            guard context.isForced else { throw fulfilment.refusal(of: line, document) }
            // What only looks at a line is no writer, and nobody has to approve it.
            guard fulfilment.key == receipt.key, document.module.name == .purchaseOrder,
                document["status"] == .text("created"), let writer = context as? any RuleWriter
            else { continue }
            try PurchaseApproval.check(document, writer)
        }
    }

    private func checkIsSame(_ line: PartDraft, _ document: Record) throws(CRMError) {
        guard let key = ["product", "service"].first(where: { line[$0] != line.formerValue($0) }) else { return }
        let amount = FieldType.quantity.text(of: line.formerValue(self.key), currency: nil)
        throw Self.error(
            key,
            line,
            document,
            Text(
                en: "what the line sells stays: \(amount) of it \(amount == "1" ? "is" : "are") \(done.en)",
                es: "lo que vende la línea se queda: ya se han \(done.es) \(amount)"
            )
        )
    }

    private func refusal(of line: PartDraft, _ document: Record) -> CRMError {
        let module = document.module
        guard module.name == action.module else {
            return Self.error(
                key,
                line,
                document,
                Text(
                    en: "nothing is \(done.en) of a \(module.one.en)",
                    es: "de \(module.spanish.a) no hay nada \(done.es)"
                )
            )
        }
        return Self.error(
            key,
            line,
            document,
            Text(
                en: "counted by '\(command)'; --force writes it down alone",
                es: "lo cuenta «\(command)»; --force solo lo anota"
            )
        )
    }

    private static func error(_ key: String, _ line: PartDraft, _ document: Record, _ reason: Text) -> CRMError {
        let text = line[key].isNull ? nil : line.part.field(key)?.type.text(of: line[key], currency: nil)
        return CRMError(
            .refused,
            Text(
                en: "what is done of a line is counted, not written",
                es: "lo hecho de una línea se cuenta, no se escribe"
            ),
            module: document.module.name,
            problems: [CRMError.Problem(field: key, value: text, reason: reason)]
        )
    }
}
