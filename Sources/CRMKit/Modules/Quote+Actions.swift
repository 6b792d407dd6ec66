import Localization

extension Module {
    /// `quote send`.
    static let sendQuote = Action.setting(
        "send",
        watching: ["stage", "superseded_by"],
        summary: Text(en: "Mark quotes as sent", es: "Marcar cotizaciones como enviadas"),
        discussion: Text(
            en: """
                The stage becomes delivered. Nothing is sent by the program: quote print makes the page, the PDF or the \
                text of a mail. A quote that was accepted, rejected or superseded is not sent any more.
                """,
            es: """
                La etapa pasa a Entregada. El programa no envía nada: quote print hace la página, el PDF o el texto de \
                un correo. Una cotización aceptada, rechazada o sustituida ya no se envía.
                """
        ),
        choosing: [QuoteStage.choice(QuoteStage.delivered)],
        synonyms: ["enviar", "mandar", "entregar", "deliver"]
    ) { quote in
        try quote.checkIsLatest()
        try quote.checkIsUnanswered()
        return [QuoteStage.choice(QuoteStage.delivered).assignment]
    }

    /// `quote accept`.
    static let acceptQuote = Action.onRecord(
        "accept",
        summary: Text(en: "Mark quotes as accepted", es: "Marcar cotizaciones como aceptadas"),
        discussion: Text(
            en: """
                The stage becomes accepted, be the quote rejected before. The opportunity stays as it is unless --win \
                is given: a sale may need more than one quote. One that is lost is won only with --force. A quote that was superseded cannot be accepted; that \
                one is past its valid-until is told.
                """,
            es: """
                La etapa pasa a Aceptada, aunque antes estuviera rechazada. La oportunidad queda como está salvo con \
                --win: una venta puede requerir más de una cotización. Una ya perdida se gana solo con --force. Una \
                cotización sustituida no puede aceptarse; \
                si ya venció su vigencia, se avisa.
                """
        ),
        inputs: [win],
        choosing: [accepted, OpportunityStage.sale],
        synonyms: ["aceptar", "aprobar", "approve"],
        examples: [
            ("12", Text(en: "The quote alone", es: "Solo la cotización")),
            ("12 --win", Text(en: "Its opportunity is won too", es: "También se gana su oportunidad")),
        ]
    ) { quote, inputs, context in
        try quote.checkIsLatest()
        try accept(quote, context)
        if inputs.isTrue("win") { try winOpportunity(of: quote, context) }
    }

    /// `quote reject`.
    static let rejectQuote = Action.onRecord(
        "reject",
        summary: Text(en: "Mark quotes as rejected", es: "Marcar cotizaciones como rechazadas"),
        discussion: Text(
            en: """
                The stage becomes rejected; the reason is kept as rejection_reason. The opportunity stays as it is. A \
                quote of which there is an order is only rejected with --force.
                """,
            es: """
                La etapa pasa a Rechazada; el motivo se guarda en rejection_reason. La oportunidad queda como está. Una \
                cotización de la que existe una venta solo se rechaza con --force.
                """
        ),
        inputs: [.text("reason", en: "Reason", es: "Motivo")],
        choosing: [QuoteStage.choice(QuoteStage.rejected)],
        synonyms: ["rechazar", "decline", "declinar", "perder"],
        examples: [
            (
                Text(en: "12 --reason Price", es: "12 --reason Precio"),
                Text(en: "Telling why", es: "Con el motivo")
            )
        ]
    ) { quote, inputs, context in
        try quote.checkIsLatest()
        try quote.checkIsNotOrdered(context)
        var values = [QuoteStage.choice(QuoteStage.rejected).assignment]
        if !inputs["reason"].isNull { values.append(("rejection_reason", inputs["reason"])) }
        try context.edit(quote, values)
    }

    /// `quote revise`.
    static let reviseQuote = Action.deriving(
        .quote,
        "revise",
        summary: Text(en: "Make new versions of quotes", es: "Hacer nuevas versiones de cotizaciones"),
        discussion: Text(
            en: """
                Makes a quote with a number of its own, the next version, and all that the former has: fields, lines and \
                links with contacts. It begins anew in stage created. The former stays as it is and names it as \
                superseded_by; the quotes that hold are those where superseded_by is empty. Lines given with --line or \
                --lines stand behind those of the former. A quote that was superseded is not revised again, and one of \
                which there is an order only with --force.
                """,
            es: """
                Crea una cotización con número propio, la versión siguiente, y todo lo que tiene la anterior: campos, \
                líneas y vínculos con contactos. Empieza de nuevo en la etapa Creada. La anterior queda como está y la \
                nombra en superseded_by; las vigentes son aquellas donde superseded_by está vacío. Las líneas dadas con \
                --line o --lines van después de las de la anterior. Una cotización \
                sustituida no se revisa otra vez, y una de la que existe una venta solo con --force.
                """
        ),
        parts: [.line],
        synonyms: ["revisar", "nueva-version", "versionar"],
        examples: [
            ("12 --discount-percent 5", Text(en: "With a discount", es: "Con un descuento")),
            ("12 --line 'product=code:SKU-1,quantity=3'", Text(en: "With a further line", es: "Con una línea más")),
        ]
    ) { quote, inputs, context in
        try quote.checkIsLatest()
        try quote.checkIsNotOrdered(context)
        var values = quote.carriedOver(
            to: quote.module,
            besides: ["stage", "version", "superseded_by", "rejection_reason"]
        )
        if let day = quote["valid_until"].text, day < context.today { values.removeAll { $0.field == "valid_until" } }
        values.append(("version", .integer((quote["version"].integer ?? 1) + 1)))
        let id = try context.add(values.withoutDiscount(besides: inputs.made), inputs.madeFields, to: .quote)
        try quote.copyLines(to: id, in: .quote, context, before: inputs.made)
        for link in try context.linkedContacts(of: quote) {
            try context.link(.quote, contact: link.contact, record: id, link.attributes)
        }
        try context.edit(quote, [("superseded_by", .integer(id))])
        return id
    }

    /// `quote order`.
    static let orderQuote = Action.deriving(
        .salesOrder,
        "order",
        summary: Text(en: "Make sales orders of quotes", es: "Hacer ventas de cotizaciones"),
        discussion: Text(
            en: """
                Makes a sales order with the lines of the quote, its organization, opportunity, discount, shipping and \
                all else that both have, and the contacts that are linked: who received the quote is the buyer. A quote \
                that was not accepted yet is accepted with it, which is told; one that was rejected or superseded cannot \
                be ordered. Lines given with --line or --lines stand behind those of the quote. A quote is ordered once, \
                in whichever of its versions; orders that were cancelled do not count, and --again insists. An \
                opportunity that is lost is won with --win only where --force is given too.
                """,
            es: """
                Crea una venta con las líneas de la cotización, su cliente, oportunidad, descuento, envío y lo demás que \
                ambas tienen, y los contactos vinculados: quien recibió la cotización es el comprador. Una cotización \
                aún no aceptada queda aceptada, y se avisa; una rechazada o sustituida no puede pedirse. Las líneas dadas \
                con --line o --lines van después de las de la cotización. Una cotización \
                se pide una vez, en cualquiera de sus versiones; las ventas canceladas no cuentan, y --again insiste. Una oportunidad perdida se gana \
                con --win solo si también se da --force.
                """
        ),
        inputs: [.boolean("again", en: "Order it once more", es: "Pedirla una vez más"), win],
        parts: [.line],
        choosing: [accepted, OpportunityStage.sale, buyer],
        synonyms: ["pedir", "ordenar", "vender", "sell", "venta"],
        examples: [
            ("12", Text(en: "The order of a quote", es: "La venta de una cotización")),
            (
                "12 --customer-po OC-881 --due-date +15d",
                Text(en: "With what the customer says", es: "Con lo que dice el cliente")
            ),
        ]
    ) { quote, inputs, context in
        try quote.checkIsLatest()
        if quote["stage"] == .text(QuoteStage.rejected) {
            throw quote.refusal(
                en: "was rejected",
                es: "fue rechazada",
                hint: Text(
                    en: "should it hold all the same: \(ProgramName.placeholder) quote accept \(quote.id)",
                    es: "si aun así vale: \(ProgramName.placeholder) quote accept \(quote.id)"
                )
            )
        }
        if !inputs.isTrue("again") { try quote.checkIsOrderedOnce(context) }
        if quote["stage"] == .text(QuoteStage.accepted) {
            try quote.tellEmpty(context)
        } else {
            try accept(quote, context)
            context.notice(
                Text(
                    en: "\(quote.module.called(quote.id).en) is accepted now",
                    es: "\(quote.module.called(quote.id).es) queda aceptada"
                )
            )
        }
        if inputs.isTrue("win") { try winOpportunity(of: quote, context) }
        let carried = quote.carriedOver(to: context.definition(of: .salesOrder), besides: ["status"])
        let order = try context.add(
            carried.withoutDiscount(besides: inputs.made) + [("quote", .integer(quote.id))],
            inputs.madeFields,
            to: .salesOrder
        )
        try quote.copyLines(to: order, in: .salesOrder, context, before: inputs.made)
        for link in try context.linkedContacts(of: quote) {
            let role = link.role == "recipient" ? buyer.key : nil
            try context.link(.salesOrder, contact: link.contact, record: order, link.attributes(as: role))
        }
        return order
    }

    private static let win = Field.boolean(
        "win",
        en: "Its opportunity is won too",
        es: "También se gana su oportunidad"
    )

    private static let accepted = QuoteStage.choice(QuoteStage.accepted)
    private static let buyer = FixedChoice.role("buyer", in: .salesOrder)

    private static func accept(_ quote: Record, _ context: any ActionContext) throws {
        let isNew = try context.edit(quote, [accepted.assignment, ("rejection_reason", .null)])
        guard isNew, let day = quote["valid_until"].text, day < context.today else { return }
        context.notice(
            Text(
                en: "\(quote.module.called(quote.id).en) was valid until \(day)",
                es: "\(quote.module.called(quote.id).es) era válida hasta \(day)"
            )
        )
    }

    private static func winOpportunity(of quote: Record, _ context: any ActionContext) throws {
        guard let id = quote["opportunity"].integer, let opportunity = try context.record(.opportunity, id: id) else {
            throw quote.refusal(
                en: "has no opportunity to win",
                es: "no tiene una oportunidad que ganar",
                hint: Text("\(ProgramName.placeholder) quote edit \(quote.id) --opportunity REF")
            )
        }
        try opportunity.checkIsNotLost(context)
        try context.edit(opportunity, [OpportunityStage.sale.assignment])
    }
}

extension Record {
    /// Copies the lines of this document to another one, with nothing delivered, received or invoiced yet, and adds the
    /// lines that inputs give.
    fileprivate func copyLines(
        to id: Int64,
        in module: ModuleName,
        _ context: any ActionContext,
        before inputs: [FieldInput]
    ) throws {
        guard let document = try context.record(module, id: id) else { return }
        let own = self.module.part(required: Part.line.name)
        let other = document.module.part(required: Part.line.name)
        let rows = try context.rows(of: Part.line.name, in: self)
        if !rows.isEmpty || self["total"].integer ?? 0 != 0 { try checkCurrency(of: document) }
        for row in rows {
            let values = row.givenAgain(of: own, to: other, besides: Fulfilment.keys)
            try context.addRow(values, of: Part.line.name, to: document)
        }
        try context.addRows(inputs, to: document)
    }

    /// Refuses to copy amounts to a document in another currency, where they would have another value.
    private func checkCurrency(of document: Record) throws {
        guard let own = currency, let other = document.currency, own != other else { return }
        let (en, es) = (Part.line.plural.en.lowercased(), Part.line.plural.es.lowercased())
        throw refusal(
            en: "is in \(own), and so are the amounts of its \(en): they are not those of a document in \(other)",
            es: "está en \(own), y también los importes de sus \(es): no son los de un documento en \(other)",
            hint: Text(
                en: "leave --currency out, or make a document with its own \(en)",
                es: "omitir --currency, o crear un documento con sus propias \(es)"
            )
        )
    }
}

extension [(field: String, value: Value)] {
    /// Returns the values without the discount on the whole if the inputs give one, in percent or in money: it replaces
    /// the other, as in an edit.
    fileprivate func withoutDiscount(besides inputs: [FieldInput]) -> Self {
        let discounts = ["discount_percent", "discount_amount"]
        guard inputs.contains(where: { discounts.contains($0.field) }) else { return self }
        return filter { !discounts.contains($0.field) }
    }
}
