import Localization

extension Module {
    /// `sales-order deliver`.
    static let deliverOrder = Action.onRecord(
        "deliver",
        summary: Text(en: "Deliver sales orders", es: "Entregar ventas"),
        discussion: Text(
            joining: [
                Text(
                    en: """
                        All that is open of the lines counts as delivered, or with --quantity as much of each line as is named; \
                        with several orders that is said of each. What is delivered of a product is taken from its stock, where \
                        that is counted: a stock that would be below zero, and a line in another unit, are refused unless \
                        --force is given. Once nothing is open the status is delivered. What is still to be delivered of a line \
                        is its open quantity: list --where 'lines.open != 0 and status not in (delivered, cancelled)' lists the \
                        back orders.
                        """,
                    es: """
                        Todo lo pendiente de las líneas cuenta como entregado, o con --quantity tanto de cada línea como se \
                        indique; con varias ventas vale para cada una. Lo entregado de un inventariable se descuenta de sus \
                        existencias, si se llevan: se rechaza lo que las dejaría bajo cero, y una línea en otra unidad, salvo con \
                        --force. Cuando no queda nada pendiente el estado es Entregada. Lo que falta por entregar de una línea es \
                        su cantidad pendiente: list --where 'lines.open != 0 and status not in (delivered, cancelled)' da los \
                        pedidos pendientes.
                        """
                ),
                Fulfilment.takingBack,
            ],
            with: " "
        ),
        inputs: [Fulfilment.quantities],
        choosing: Fulfilment.delivery.choices,
        synonyms: ["entregar", "surtir", "despachar", "ship", "fulfil"],
        examples: [
            ("42", Text(en: "All that is open", es: "Todo lo pendiente")),
            ("42 --quantity 1=2 --quantity 3=0.5", Text(en: "A part of two lines", es: "Una parte de dos líneas")),
            ("42 --quantity 1=-2", Text(en: "Take a mistake back", es: "Retirar un error")),
        ]
    ) { order, inputs, context in
        try order.fulfil(.delivery, inputs, context)
    }

    /// `sales-order invoice`.
    static let invoiceOrder = Action.onRecord(
        "invoice",
        summary: Text(en: "Mark sales orders as invoiced", es: "Marcar ventas como facturadas"),
        discussion: Text(
            en: """
                Writes down that an invoice was made elsewhere: its number, added to invoice_numbers, its date, and how \
                much of each line it is for, all that was not invoiced yet unless --quantity says otherwise. An order of \
                which all is invoiced takes no other number, and to a number that it has more is added with --force. A \
                quantity below zero takes back what was invoiced: with the number of the credit note, or of the invoice \
                itself where it was a mistake.
                """,
            es: """
                Anota que se hizo una factura en otra parte: su número, que se agrega a invoice_numbers, su fecha, y \
                cuánto de cada línea ampara, todo lo aún no facturado salvo que --quantity diga otra cosa. Una venta \
                facturada por completo no admite otro número, y a uno que ya tiene se agrega más con --force. Una \
                cantidad bajo cero retira lo facturado: con el número de la nota de crédito, o con el de la propia factura \
                si fue un error.
                """
        ),
        inputs: [
            .code("number", en: "Number of the invoice", es: "Número de la factura", .required),
            .date("date", en: "Its date, today by default", es: "Su fecha, por omisión hoy"), Fulfilment.quantities,
        ],
        synonyms: ["facturar", "bill", "factura"],
        examples: [
            ("42 --number F-881", Text(en: "All of it", es: "Por completo")),
            ("42 --number F-882 --quantity 1=2", Text(en: "A part of one line", es: "Una parte de una línea")),
        ]
    ) { order, inputs, context in
        try order.checkIsNotCancelled()
        guard let number = inputs["number"].text else { return }
        var numbers = StoredList(order["invoice_numbers"], of: .text)
        let former = numbers
        do throws(ElementFault) {
            try numbers.add([number])
        } catch {
            throw order.refusal(
                .invalid,
                en: "cannot have this invoice",
                es: "no puede llevar esta factura",
                problems: [CRMError.Problem(field: "number", value: number, reason: error.cause.reason)]
            )
        }
        let outcome = try Fulfilment.invoice.fulfil(order, inputs["quantities"], context)
        let (changed, open) = (outcome.changed, outcome.open)
        try order.tellEmpty(context)
        if changed == 0, !former.elements.isEmpty {
            if numbers == former { return }
            throw order.refusal(
                en: "is invoiced whole already: \(former.elements.joined(separator: ", "))",
                es: "ya está facturada por completo: \(former.elements.joined(separator: ", "))"
            )
        }
        // A repeated command would count the same invoice twice.
        if changed > 0, numbers == former, !outcome.takesBack, !context.isForced {
            throw order.refusal(
                en: "has the invoice \(number) already, and --force adds to it",
                es: "ya tiene la factura \(number), y --force agrega a ella"
            )
        }
        let day = inputs["date"].isNull ? Value.text(context.today) : inputs["date"]
        try context.edit(order, [("invoice_numbers", numbers.stored), ("invoiced_on", day)])
        guard open > 0 else { return }
        let called = order.module.called(order.id)
        context.notice(
            Text(
                en: "\(called.en): \(open) \(open == 1 ? "line is" : "lines are") still to be invoiced",
                es: "\(called.es): \(open) \(open == 1 ? "línea queda" : "líneas quedan") con algo por facturar"
            )
        )
    }
}
