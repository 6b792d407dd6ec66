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
                requested, and not by who approves it; --force does not change that. What is ordered then changes only with \
                --force: products, quantities, prices, discounts and taxes of the lines, supplier, shipping, total. \
                Comments, dates and the order of the lines are free.
                """,
            es: """
                Vincula el contacto con el rol de autorizador; una compra en estado Creada pasa a Aprobada. Si la \
                configuración pide dos personas para una compra (config set purchase-order.approval two-people), debe \
                estar solicitada, y no por quien la autoriza; --force no cambia eso. Lo que se pide cambia después solo con \
                --force: productos, cantidades, precios, descuentos e impuestos de las líneas, proveedor, envío, total. \
                Comentarios, fechas y el orden de las líneas quedan libres.
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

extension Record {
    fileprivate func link(_ contact: Int64, in role: FixedChoice, _ context: any ActionContext) throws {
        try context.link(module.name, contact: contact, record: id, [role.assignment])
    }
}
