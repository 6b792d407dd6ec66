import Localization

extension Part {
    /// The lines of a quote or an order, with what is sold or bought.
    static let line = Declaration(
        name: "line",
        en: "Line",
        es: "Línea",
        plural: (key: "lines", en: "Lines", es: "Líneas"),
        gender: .feminine,
        synonyms: "renglón partida item concepto",
        fields: [
            .reference("product", to: .product, en: "Product", es: "Inventariable", .binding),
            .reference("service", to: .service, en: "Service", es: "No inventariable", .binding),
            .longText("text", en: "Text", es: "Concepto"),
            Field(
                "quantity",
                .quantity,
                en: "Quantity",
                es: "Cantidad",
                traits: .required,
                default: .integer(1_000_000)
            ).counted(in: .chosen(in: "unit")),
            Field("unit", .term(Choice.units), en: "Unit", es: "Unidad"),
            .money("unit_price", en: "Unit price", es: "Precio unitario", .required),
            Field(
                "exact_price",
                .decimal(digits: Money.priceDigits),
                en: "Exact unit price",
                es: "Precio unitario exacto",
                note: Text(
                    en: "of a price with more decimals than the currency has; the line is counted by it",
                    es: "de un precio con más decimales que la moneda; la línea se calcula con él"
                )
            ),
            .percent("discount_percent", en: "Discount (%)", es: "Descuento (%)"),
            .discountAmount(
                note: Text(
                    en: "takes off what a line of less than zero gives back too: −15.00 less 1.50 is −13.50",
                    es: "reduce también lo que devuelve una línea bajo cero: −15.00 menos 1.50 es −13.50"
                )
            ),
            .list("taxes", of: .tax, singular: "tax", en: "Taxes", es: "Impuestos"),
            Field(
                "net",
                .money,
                en: "Net",
                es: "Importe",
                traits: .derived,
                note: Text(en: "quantity × unit price − discount", es: "cantidad × precio unitario − descuento")
            ),
            Fulfilment.delivery.field(en: "Delivered", es: "Entregado"),
            Fulfilment.receipt.field(en: "Received", es: "Recibido"),
            Fulfilment.invoice.field(en: "Invoiced", es: "Facturado"),
            Field(
                "open",
                .quantity,
                en: "Open",
                es: "Pendiente",
                traits: .derived,
                note: Text(
                    en: "of an order, what is still to be delivered or received; below zero what is given back",
                    es: "de una venta o compra, lo que falta por entregar o recibir; bajo cero, lo que se devuelve"
                )
            ),
            .longText("comment", en: "Comment", es: "Comentario"),
        ],
        shownInExamples: ["text", "quantity", "unit_price"],
        asked: ["product", "service", "text", "quantity", "unit_price", "taxes"],
        told: ["net"],
        aliases: [
            Alias("price", for: "unit_price"),
            Alias("discount", for: "discount_amount", percent: "discount_percent"),
            Alias("tax", for: "taxes"),
        ],
        preciseFields: ["unit_price": "exact_price"],
        supplied: ["product": ["unit", "taxes"], "service": ["unit", "taxes"]],
        holdsEqualRows: true,
        complete: { line, document, context in
            try checkWhat(line)
            try document.tellInactive(line, context)
            try takeOver(&line, of: document, context)
            try settlePrice(&line, in: document.currency)
            try settleDiscount(&line)
            try count(&line, in: document.currency)
            Fulfilment.keepCounts(of: &line)
            try checkWhatIsDone(line)
            try Fulfilment.checkCounts(of: line, document, context)
            line["open"] = open(line, of: document.module.name)
            try Fulfilment.reopen(after: line, document, context)
            document.tellSettled(line, context)
        },
        heldBy: Fulfilment.all.map(\.key),
        holdsBack: { line in
            Fulfilment.all.first { ![.null, .integer(0)].contains(line[$0.key]) }.map { fulfilment in
                let amount = FieldType.quantity.text(of: line[fulfilment.key], currency: nil)
                return Text(
                    en: "\(amount) of it \(amount == "1" ? "is" : "are") \(fulfilment.done.en)",
                    es: "tiene \(amount) en \(fulfilment.done.es)"
                )
            }
        },
        releasedBy: { line, position, record, module in
            Fulfilment.release(of: line, at: position, record, module)
        },
        tellsChange: { document, context in document.tellSettled(Record.lines, context) },
        insisting: Fulfilment.insisting
    ).part

    /// Refuses a quantity of a line that is less than what was delivered, received or invoiced of it, or that has the
    /// opposite sign. The quantity done may exceed it if it is itself given.
    private static func checkWhatIsDone(_ line: PartDraft) throws {
        guard let quantity = line["quantity"].integer else { return }
        for fulfilment in Fulfilment.all {
            guard let done = line[fulfilment.key].integer, done != 0 else { continue }
            let isOpposed = (done < 0) != (quantity < 0)
            let isNew = line.formerValue(fulfilment.key).integer ?? 0 != done
            let isOtherwise = line.formerValue("quantity") != .integer(quantity)
            let isLessened = line.hasFormer && isOtherwise && !isNew && abs(done) > abs(quantity)
            guard isOpposed && (isNew || isOtherwise) || isLessened else { continue }
            let (whole, part) = (
                FieldType.quantity.text(of: .integer(quantity), currency: nil),
                FieldType.quantity.text(of: .integer(done), currency: nil)
            )
            throw refusal(
                isNew ? fulfilment.key : "quantity",
                en: "the line is of \(whole), and \(part) of it \(part == "1" ? "is" : "are") \(fulfilment.done.en)",
                es: "la línea es de \(whole), y lo \(fulfilment.done.es) son \(part)"
            )
        }
    }

    /// Returns how much of a line of an order is still open; a quote has nothing open.
    private static func open(_ line: PartDraft, of document: ModuleName) -> Value {
        switch document {
        case .salesOrder: .integer(Fulfilment.open(line["quantity"], done: line[Fulfilment.delivery.key]))
        case .purchaseOrder: .integer(Fulfilment.open(line["quantity"], done: line[Fulfilment.receipt.key]))
        default: .null
        }
    }

    /// Checks that a line has exactly one product or service, or a text of its own.
    private static func checkWhat(_ line: PartDraft) throws {
        if !line["product"].isNull, !line["service"].isNull {
            throw refusal(
                "service",
                en: "a line has a product or a service",
                es: "una línea lleva un inventariable o un no inventariable"
            )
        }
        if line["product"].isNull, line["service"].isNull, line["text"].isNull {
            throw refusal(
                "text",
                en: "name a product or a service, or write a text",
                es: "indicar un inventariable o un no inventariable, o escribir un concepto"
            )
        }
    }

    /// Takes the unit, taxes and price that are not given from the product or service of a new line, or from a new
    /// product or service of a line.
    private static func takeOver(_ line: inout PartDraft, of document: Record, _ context: any RuleContext) throws {
        // Lines come in millions, so that this search allocates nothing.
        let isProduct = !line["product"].isNull
        let key = isProduct ? "product" : "service"
        guard let id = line[key].integer, line.changes(key) else { return }
        let isPriced = line.isGiven("unit_price") || line.isGiven("exact_price") && !line["exact_price"].isNull
        let (hasUnit, hasTaxes) = (line.isGiven("unit"), line.isGiven("taxes"))
        guard !isPriced || !hasUnit || !hasTaxes,
            let sold = try context.record(isProduct ? .product : .service, id: id)
        else { return }
        if !hasUnit { line["unit"] = sold["unit"] }
        if !hasTaxes { line["taxes"] = sold.taxes }
        if !isPriced {
            line["unit_price"] = try price(of: sold, in: document)
            line["exact_price"] = .null
            sold.tellOtherUnit(of: line, context)
        }
    }

    /// Returns the price of a product or service, in the currency of the document.
    private static func price(of sold: Record, in document: Record) throws -> Value {
        guard !sold["price"].isNull else {
            let called = sold.module.called(sold.id)
            throw refusal(
                "unit_price",
                en: "\(called.en) \"\(sold.displayName)\" has no price: give the price of the line",
                es: "\(called.es) «\(sold.displayName)» no tiene precio: indicar el de la línea"
            )
        }
        guard let currency = document.currency, let own = sold.currency,
            currency != own
        else { return sold["price"] }
        let (noun, price) = (
            sold.module.called(sold.id), Money.text(minorUnits: sold["price"].integer ?? 0, currency: own)
        )
        throw refusal(
            "unit_price",
            en: "\(noun.en) costs \(price) \(own), and the document is in \(currency): give the price",
            es: "\(noun.es) cuesta \(price) \(own) y el documento está en \(currency): indicar el precio"
        )
    }

    /// Sets the unit price from the exact price, which is cleared when another unit price is given.
    private static func settlePrice(_ line: inout PartDraft, in currency: String?) throws {
        guard let exact = line["exact_price"].integer else { return }
        let one = Money.priceUnits(in: currency)
        let rounded = Value.integer(Int64(Int128(exact).rounded(over: Int128(one))))
        let isExactNew = line.isGiven("exact_price") && line.changes("exact_price")
        if line.isGiven("unit_price"), line.changes("unit_price"), line["unit_price"] != rounded,
            !line["unit_price"].isNull
        {
            guard isExactNew else { return line["exact_price"] = .null }
            throw refusal(
                "exact_price",
                en: "is another than the unit price: give one of them",
                es: "es distinto del precio unitario: indicar uno de los dos"
            )
        }
        line["unit_price"] = rounded
        if exact % one == 0 { line["exact_price"] = .null }
    }

    /// Clears the discount that was not given if the other one is given.
    private static func settleDiscount(_ line: inout PartDraft) throws {
        let replaced = try Discount.replaced({ line[$0] }, isGiven: { line.isGiven($0) })
        if let replaced { line[replaced] = .null }
    }

    private static func count(_ line: inout PartDraft, in currency: String?) throws {
        if line["quantity"] == .integer(0) {
            throw refusal(
                "quantity",
                en: "cannot be zero: what is given back is below zero, and 'line remove' takes a line away",
                es: "no puede ser cero: lo que se devuelve va bajo cero, y «line remove» quita una línea"
            )
        }
        guard let quantity = line["quantity"].integer, let amount = line["unit_price"].integer else { return }
        let price =
            line["exact_price"].integer.map { DocumentTotals.Price($0, per: Money.priceUnits(in: currency)) }
            ?? DocumentTotals.Price(amount)
        let (percent, off) = (line["discount_percent"].integer ?? 0, line["discount_amount"].integer ?? 0)
        let (net, gross): (Int64, Int64)
        do {
            net = try DocumentTotals.net(quantity: quantity, price: price, percent: percent, amount: off)
            gross = try DocumentTotals.net(quantity: quantity, price: price, percent: 0, amount: 0)
        } catch {
            throw refusal(
                "quantity",
                en: "times the unit price, \(error.reason.en)",
                es: "por el precio unitario, \(error.reason.es)"
            )
        }
        if off > abs(gross) {
            throw refusal(
                "discount_amount",
                en: "is more than the line comes to; a discount in percent is written with its sign, as in 20%",
                es: "es más de lo que suma la línea; un descuento en porcentaje se escribe con su signo, como 20%"
            )
        }
        line["net"] = .integer(net)
    }

    private static func refusal(_ field: String, en: String, es: String) -> CRMError {
        CRMError(field: field, Text(en: en, es: es))
    }
}

/// The rule that a discount is in percent or in money.
private enum Discount {
    private static let (percent, amount) = ("discount_percent", "discount_amount")

    /// Returns the key of the field to clear if both have a value: the one that was not given.
    ///
    /// - Parameters:
    ///   - value: returns the value of a field.
    ///   - isGiven: whether input has set a field.
    /// - Throws: ``CRMError`` if neither or both of the values are given.
    static func replaced(_ value: (String) -> Value, isGiven: (String) -> Bool) throws -> String? {
        guard !value(percent).isNull, !value(amount).isNull else { return nil }
        // A spreadsheet column that a row does not use is often zero.
        if let unused = [amount, percent].first(where: { value($0) == .integer(0) }) { return unused }
        guard isGiven(percent) != isGiven(amount) else {
            throw CRMError(
                field: amount,
                Text(
                    en: "a discount is in percent or in money, not both",
                    es: "un descuento va en porcentaje o en importe, no en ambos"
                )
            )
        }
        return isGiven(percent) ? amount : percent
    }
}

extension Record {
    /// The taxes on a product or a service: its named taxes, with value-added tax at its rate unless they include
    /// value-added tax or an exemption from it.
    fileprivate var taxes: Value {
        guard let rate = value(ifAny: "tax_rate").integer else { return self["taxes"] }
        let own = self["taxes"]
        if own.isNull { return StoredList([Tax(.vat, rate: rate)]).stored }
        let named = StoredList(own, of: .tax).taxes
        if named.contains(where: { $0.kind.isValueAdded }) { return own }
        let place = named.firstIndex { !$0.kind.isBeforeVAT } ?? named.count
        return StoredList(named[..<place] + [Tax(.vat, rate: rate)] + named[place...]).stored
    }
}

extension CRMError {
    /// Creates an error about one field.
    fileprivate init(field: String, _ reason: Text) {
        self.init(
            .invalid,
            Text(en: "cannot be taken", es: "no se puede tomar"),
            problems: [Problem(field: field, value: nil, reason: reason)]
        )
    }
}

extension [Rule] {
    /// The rules for the amounts of a document with lines.
    static let documentAmounts: [Rule] = [
        Rule(
            watching: ["discount_percent", "discount_amount"],
            before: { document, _ in
                let replaced = try Discount.replaced({ document[$0] }, isGiven: document.isGiven)
                if let replaced { document[replaced] = .null }
            }
        ),
        Rule(
            watching: Set([Field].agreedAmounts),
            after: { change, writer in change.old?.tellSettled(Text(en: "amounts", es: "cifras"), writer) }
        ),
        Rule(
            watching: Set([Field].agreedAmounts),
            deriving: Derivation(part: "line", reading: ["net", "taxes", "quantity"], derivedPart: "tax") {
                document,
                lines in
                try totals(of: document, lines)
            }
        ),
    ]

    private static func totals(of document: Record, _ lines: Derivation.Rows) throws -> Derivation.Result {
        let (net, taxes) = (Part.line.position(required: "net"), Part.line.position(required: "taxes"))
        let quantity = Part.line.position(required: "quantity")
        var totals = DocumentTotals()
        var hasAmounts = false
        try lines { line in
            if line[net] != .integer(0), !line[net].isNull { hasAmounts = true }
            totals.add(line[net].integer ?? 0, quantity: line[quantity].integer ?? 0, taxes: line[taxes])
        }
        let terms = DocumentTotals.Terms(
            discountPercent: document["discount_percent"].integer ?? 0,
            // A discount applies only when there are lines.
            discountAmount: hasAmounts ? document["discount_amount"].integer ?? 0 : 0,
            shipping: document["shipping"].integer ?? 0,
            shippingTaxes: document["taxes_on_shipping"],
            adjustment: document["adjustment"].integer ?? 0,
            exponent: document.currency.flatMap { Currency($0)?.exponent } ?? 2
        )
        let amounts: DocumentTotals.Amounts
        do {
            amounts = try totals.amounts(terms)
        } catch {
            throw CRMError(field: "total", error.reason)
        }
        if amounts.discount.magnitude > amounts.subtotal.magnitude {
            throw CRMError(
                field: "discount_amount",
                Text(en: "is more than the lines come to", es: "es más de lo que suman las líneas")
            )
        }
        return Derivation.Result(
            values: [
                ("subtotal", .integer(amounts.subtotal)), ("discount_total", .integer(amounts.discount)),
                ("tax_total", .integer(amounts.tax)), ("shipping_tax", .integer(amounts.shippingTax)),
                ("withheld_total", .integer(amounts.withheld)), ("total", .integer(amounts.total)),
            ],
            rows: amounts.taxes.map { entry in
                [
                    .text(entry.tax.kind.rawValue), .integer(entry.tax.rate), .integer(entry.base),
                    .integer(entry.amount),
                ]
            }
        )
    }
}
