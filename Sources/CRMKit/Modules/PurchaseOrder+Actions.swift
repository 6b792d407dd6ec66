import Localization

extension Module {
    /// `purchase-order receive`.
    static let receiveOrder = Action.onRecord(
        "receive",
        summary: Text(en: "Receive purchase orders", es: "Recibir compras"),
        discussion: Text(
            joining: [
                Text(
                    en: """
                        All that is open of the lines counts as received, or with --quantity as much of each line as is named; \
                        with several orders that is said of each. What is received of a product is added to its stock, which is \
                        counted from then on; a line in another unit is refused unless --force is given. Once nothing is open \
                        the status is received_shipment. What is still to come of a line is its open quantity: list --where \
                        'lines.open != 0 and status not in (received_shipment, cancelled)' lists the orders of which something is.
                        """,
                    es: """
                        Todo lo pendiente de las líneas cuenta como recibido, o con --quantity tanto de cada línea como se \
                        indique; con varias compras vale para cada una. Lo recibido de un inventariable se suma a sus \
                        existencias, que desde entonces se llevan; una línea en otra unidad se rechaza salvo con --force. \
                        Cuando no queda nada pendiente el estado es Envío recibido. Lo que falta por llegar de una línea es su \
                        cantidad pendiente: list --where 'lines.open != 0 and status not in (received_shipment, cancelled)' da las compras con \
                        algo por llegar.
                        """
                ),
                Fulfilment.takingBack,
            ],
            with: " "
        ),
        inputs: [Fulfilment.quantities],
        choosing: Fulfilment.receipt.choices,
        synonyms: ["recibir", "recepcion", "surtir"],
        examples: [
            ("42", Text(en: "All that is open", es: "Todo lo pendiente")),
            ("42 --quantity 1=10", Text(en: "A part of one line", es: "Una parte de una línea")),
        ]
    ) { order, inputs, context in
        if order["status"] == .text("created") { try PurchaseApproval.check(order, context) }
        try order.fulfil(.receipt, inputs, context)
    }

    /// `purchase-order request`.
    static let requestOrder = Action.onRecord(
        "request",
        summary: Text(en: "Write down who asks for purchases", es: "Anotar quién solicita compras"),
        discussion: Text(
            en: """
                Links the contact in the role of requester. Where two people are configured for a purchase (config set \
                purchase-order.approval two-people), who has approved it cannot have asked for it.
                """,
            es: """
                Vincula el contacto con el rol de solicitante. Si la configuración pide dos personas para una compra \
                (config set purchase-order.approval two-people), quien la autorizó no puede haberla solicitado.
                """
        ),
        inputs: [.reference("contact", to: .contact, en: "Who asks for it", es: "Quién la solicita", .required)],
        choosing: [PurchaseApproval.role(PurchaseApproval.requester)],
        synonyms: ["solicitar", "pedir", "requisitar"],
        examples: [("42 --contact ana@example.org", Text(en: "By an e-mail address", es: "Por un correo"))]
    ) { order, inputs, context in
        try order.checkIsNotCancelled()
        guard let contact = inputs["contact"].integer else { return }
        try order.link(contact, in: PurchaseApproval.role(PurchaseApproval.requester), context)
    }

    /// `purchase-order approve`.
    static let approveOrder = Action.onRecord(
        "approve",
        summary: Text(en: "Approve purchases", es: "Autorizar compras"),
        discussion: Text(
            en: """
                Links the contact in the role of approver; an order in status created becomes approved. Where two people \
                are configured for a purchase (config set purchase-order.approval two-people), it must have been \
                requested, and not by who approves it; --force does not change that.
                """,
            es: """
                Vincula el contacto con el rol de autorizador; una compra en estado Creada pasa a Aprobada. Si la \
                configuración pide dos personas para una compra (config set purchase-order.approval two-people), debe \
                estar solicitada, y no por quien la autoriza; --force no cambia eso.
                """
        ),
        inputs: [.reference("contact", to: .contact, en: "Who approves it", es: "Quién la autoriza", .required)],
        choosing: [approved, PurchaseApproval.role(PurchaseApproval.approver)],
        synonyms: ["aprobar", "autorizar", "authorize", "authorise"],
        examples: [("42 --contact luis@example.org", Text(en: "By an e-mail address", es: "Por un correo"))]
    ) { order, inputs, context in
        try order.checkIsNotCancelled()
        guard let contact = inputs["contact"].integer else { return }
        try order.link(contact, in: PurchaseApproval.role(PurchaseApproval.approver), context)
        if order["status"] == .text("created") { try context.edit(order, [approved.assignment]) }
    }

    private static let approved = FixedChoice(.purchaseOrder, "status", "approved")
}

/// The number of people needed for a purchase.
enum PurchaseApproval {
    static let requester = "requester"
    static let approver = "approver"
    private static let twoPeople = "two_people"

    /// Returns a role as actions write it.
    static func role(_ key: String) -> FixedChoice { .role(key, in: .purchaseOrder) }

    /// The setting whether the person who requests a purchase may also approve it.
    static let setting = Field.choice(
        "approval",
        en: "Approval of purchases",
        es: "Autorización de compras",
        default: "one_person",
        note: Text(
            en: "one_person, or two_people where who approves one must not have requested it",
            es: "one_person, o two_people si quien autoriza una no debe haberla solicitado"
        ),
        [
            Choice("one_person", en: "One Person", es: "Una persona"),
            Choice(twoPeople, en: "Two People", es: "Dos personas"),
        ]
    )

    /// Requires that an order is approved by another person than the requester before it proceeds, if two people are
    /// needed. A new order has not proceeded yet, unless the user states by force that it has elsewhere.
    static let rule = Rule(
        watching: ["status"],
        before: { order, context in
            guard order.original == nil, !context.isForced, let status = order["status"].text,
                !["created", "cancelled"].contains(status),
                // Checking an order without writing it has no writer.
                let writer = context as? any RuleWriter, try needsTwoPeople(writer)
            else { return }
            throw CRMError(
                .refused,
                Text(
                    en: "nobody has approved a new purchase, and two people are needed",
                    es: "nadie ha autorizado una compra nueva, y se necesitan dos personas"
                ),
                module: .purchaseOrder,
                problems: [
                    CRMError.Problem(
                        field: "status",
                        value: status,
                        reason: Text(
                            en: "add it as created, or insist with --force on what was approved elsewhere",
                            es: "agregarla como creada, o insistir con --force en lo autorizado en otra parte"
                        )
                    )
                ]
            )
        },
        after: { change, writer in
            let order = change.new
            guard let old = change.old, isBefore(old["status"]), !isBefore(order["status"]) else { return }
            try check(order, writer)
        },
        afterLink: Rule.LinkRule(isInForce: needsTwoPeople, check: checkLink)
    )

    /// Whether an order with a status has not proceeded yet, or was cancelled and starts again.
    private static func isBefore(_ status: Value) -> Bool { [.text("created"), .text("cancelled")].contains(status) }

    /// Refuses to link or unlink requesters and approvers of an order so that fewer than two people requested and
    /// approved it.
    private static func checkLink(_ change: Rule.LinkChange, _ writer: any RuleWriter) throws {
        guard !Set([requester, approver]).isDisjoint(with: [change.role, change.formerRole].compactMap(\.self)),
            let order = try writer.record(.purchaseOrder, id: change.record),
            order["status"] != .text("cancelled")
        else { return }
        let approvers = try order.contacts(in: approver, writer)
        let requesters = try order.contacts(in: requester, writer)
        if change.role == approver {
            if requesters.isEmpty, change.formerRole != approver { throw requestedByNobody(order) }
            if requesters.contains(change.contact) {
                throw order.refusal(
                    en: "was requested by contact \(change.contact), and another must approve it",
                    es: "la solicitó el contacto \(change.contact), y debe autorizarla otro",
                    hint: Text("\(ProgramName.placeholder) purchase-order approve \(order.id) --contact REF")
                )
            }
        }
        if change.role == requester, approvers.contains(change.contact) {
            throw order.refusal(
                en: "was approved by contact \(change.contact), and another must ask for it",
                es: "la autorizó el contacto \(change.contact), y debe solicitarla otro"
            )
        }
        // A contact who has lost a role no longer requested or approved the order.
        guard change.formerRole != nil, change.formerRole != change.role else { return }
        let isOfApproved = change.formerRole == approver && order["status"] != .text("created")
        if !approvers.isEmpty || isOfApproved { try check(order, writer) }
    }

    private static func requestedByNobody(_ order: Record) -> CRMError {
        order.refusal(
            en: "was requested by nobody, and two people are needed",
            es: "no tiene solicitante, y se necesitan dos personas",
            hint: Text("\(ProgramName.placeholder) purchase-order request \(order.id) --contact REF")
        )
    }

    /// Refuses an order if two people are needed and nobody other than the requester has approved it.
    ///
    /// - Throws: ``CRMError`` `refused` for such an order.
    static func check(_ order: Record, _ context: any RuleWriter) throws {
        guard try needsTwoPeople(context) else { return }
        let requesters = try order.contacts(in: requester, context)
        if requesters.isEmpty { throw requestedByNobody(order) }
        guard try !order.contacts(in: approver, context).contains(where: { !requesters.contains($0) }) else {
            return
        }
        throw order.refusal(
            en: "was approved by nobody but who asks for it, and two people are needed",
            es: "solo la autorizó quien la solicita, o nadie, y se necesitan dos personas",
            hint: Text("\(ProgramName.placeholder) purchase-order approve \(order.id) --contact REF")
        )
    }

    static func needsTwoPeople(_ context: any RuleWriter) throws -> Bool {
        try context.setting(setting.key, of: .purchaseOrder) == .text(twoPeople)
    }
}

extension Record {
    /// Returns the contacts that are linked with the record in a role.
    fileprivate func contacts(in role: String, _ context: any RuleWriter) throws -> [Int64] {
        try context.linkedContacts(of: self).filter { $0.role == role }.map(\.contact)
    }

    fileprivate func link(_ contact: Int64, in role: FixedChoice, _ context: any ActionContext) throws {
        try context.link(module.name, contact: contact, record: id, [role.assignment])
    }
}
