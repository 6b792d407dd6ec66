import Localization

/// The counts of what is delivered, received or invoiced of a line. Actions change them and check the open quantity,
/// the stock and the approval.
extension Fulfilment {
    /// Declares the field of a line that counts how much of it is done.
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

    /// The description of the option to force input of such counts.
    static let insisting = Text(
        en: "Write down what is delivered, received or invoiced as it is given; stock and status stay as they are. "
            + "Change what an approved purchase orders",
        es: "Anotar lo entregado, recibido o facturado tal como se da; existencias y estado quedan como están. "
            + "Cambiar lo que pide una compra autorizada"
    )

    /// Reopens a finished order when one of its lines becomes open again, and reports it to the user. Counts that input
    /// sets by force leave the status unchanged.
    static func reopen(after line: PartDraft, _ document: Record, _ context: any RuleContext) throws {
        guard document.id > 0, line.givenCounts == .refused, line.isGivenAny, line["open"].integer ?? 0 != 0,
            line.formerValue("open").integer ?? 0 == 0,
            let fulfilment = fulfilment(finishing: document.module.name),
            !line.isGiven(fulfilment.key),
            // Checking a line without writing it has no action context.
            let writer = context as? any ActionContext
        else { return }
        try fulfilment.reopen(document, writer)
    }

    /// Reopens a finished order and reports it to the user.
    func reopen(_ order: Record, _ context: any ActionContext) throws {
        guard let finished, order["status"] == .text(finished),
            try context.edit(order, [self.status(Self.reopened).assignment])
        else { return }
        let called = order.module.called(order.id)
        let choices = order.module.field("status")?.type.choices ?? []
        let status = choices.first { $0.key == Self.reopened }?.label ?? Text(Self.reopened)
        context.notice(
            Text(
                en: "\(called.en) is open again: its status is \(status.en)",
                es: "\(called.es) queda abierta otra vez: su estado es \(status.es)"
            )
        )
    }

    /// Refuses to cancel an order with something delivered, received or invoiced, unless the user forces it.
    static let cancelling = Rule(
        watching: ["status"],
        after: { change, writer in
            guard change.old != nil, change.changes("status"), change.new["status"] == .text("cancelled"),
                !writer.isForced
            else { return }
            for row in try writer.rows(of: Part.line.name, in: change.new) {
                try checkCanBeCancelled(change.new.id, of: change.new.module, row)
            }
        },
        afterAll: { change, writer in
            guard change.new["status"] == .text("cancelled"), !writer.isForced,
                let held = try writer.firstHeldRow(of: Part.line, in: change.module)
            else { return }
            try checkCanBeCancelled(held.record, of: change.module, held.row)
        }
    )

    private static func checkCanBeCancelled(_ id: Int64, of module: Module, _ row: PartRow) throws(CRMError) {
        let line = PartDraft(.line, values: row.values)
        guard let reason = Part.line.holdsBack?(line), let command = release(of: line, at: row.position, id, module)
        else { return }
        throw CRMError(
            .refused,
            Text(
                en: "\(module.called(id).en) cannot be cancelled: line \(row.position): \(reason.en)",
                es: "no se puede cancelar \(module.called(id).es): la línea \(row.position) \(reason.es)"
            ),
            hint: Text(
                en: "take it back with: \(command); --force cancels it and leaves the stock",
                es: "retirarlo con: \(command); --force la cancela y deja las existencias"
            ),
            module: module.name,
            reference: "\(id)"
        )
    }

    /// Returns the command that reverses what was delivered, received or invoiced of a line; `nil` if there is nothing
    /// to reverse.
    static func release(of line: PartDraft, at position: Int64, _ record: Int64, _ module: Module) -> String? {
        guard let fulfilment = all.first(where: { line[$0.key].integer ?? 0 != 0 }) else { return nil }
        let back = RowQuantity(position: position, quantity: -abs(line[fulfilment.key].integer ?? 0))
        let verb = "\(module.name.noun) \(fulfilment.action.name) \(record)"
        return "\(ProgramName.placeholder) \(verb) --quantity \(back.text)"
    }

    /// Copies the counts of what is done to a line from the line it replaces, when none are given.
    static func keepCounts(of line: inout PartDraft) {
        guard line.original == nil, line.hasFormer else { return }
        for key in keys where !line.isGiven(key) { line[key] = line.formerValue(key) }
    }

    /// Refuses input that changes what is done of a line, or the product or service of a line with something done,
    /// unless the user forces it. The quantity received of a purchase that needs the approval of a second person cannot
    /// be forced before the approval.
    ///
    /// - Throws: ``CRMError`` `refused`.
    static func checkCounts(of line: PartDraft, _ document: Record, _ context: any RuleContext) throws {
        switch line.givenCounts {
        case .refused: break
        case .checked: return try checkCanBeTrue(line, document, context)
        case .taken: return
        }
        for fulfilment in all {
            let (former, done) = (line.formerValue(fulfilment.key).integer ?? 0, line[fulfilment.key].integer ?? 0)
            if former != 0, !context.isForced { try fulfilment.checkIsSame(line, document) }
            guard line.isGiven(fulfilment.key), done != former else { continue }
            guard context.isForced else { throw fulfilment.refusal(of: line, document) }
            // Checking a line without writing it needs no approval.
            guard fulfilment.key == receipt.key, document.module.name == .purchaseOrder,
                document["status"] == .text("created"), let writer = context as? any RuleWriter
            else { continue }
            try PurchaseApproval.check(document, writer)
        }
    }

    /// Refuses counts of a new line that no order can have: more than its quantity, and what is not done with orders of
    /// the kind.
    private static func checkCanBeTrue(
        _ line: PartDraft,
        _ document: Record,
        _ context: any RuleContext
    ) throws(CRMError) {
        guard !context.isForced else { return }
        for fulfilment in all {
            guard line.isGiven(fulfilment.key), let done = line[fulfilment.key].integer, done != 0 else { continue }
            guard document.module.name == fulfilment.action.module else {
                throw fulfilment.refusal(of: line, document)
            }
            guard let quantity = line["quantity"].integer, done.magnitude > quantity.magnitude else { continue }
            let amount = FieldType.quantity.text(of: .integer(quantity), currency: nil)
            throw error(
                fulfilment.key,
                line,
                document,
                Text(
                    en: "is more than the line's \(amount); --force writes it down all the same",
                    es: "es más que los \(amount) de la línea; --force lo anota de todos modos"
                )
            )
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
