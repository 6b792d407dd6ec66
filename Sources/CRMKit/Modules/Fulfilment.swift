import Localization

/// A way in which lines of an order are fulfilled, whole or in part: delivered, received or invoiced.
struct Fulfilment: Sendable {
    /// The key of the line's field that counts how much of it is done.
    let key: String
    /// The change of the product's stock for each unit: 1 adds one, -1 removes one, 0 leaves it unchanged.
    let stock: Int64
    /// The participle after "was": `delivered`, with its invariable Spanish counterpart after `se había`: `entregado`.
    let done: Text
    /// The Spanish infinitive: `entregar`.
    let spanishInfinitive: String
    /// The words for the change of the stock, after "delivered" and "entregar"; empty if the stock does not change.
    let stockWords: Text
    /// The module of the orders, and the name of the action that fulfils their lines.
    let action: (module: ModuleName, name: String)
    /// The status of an order once all of it is done; `nil` when the status does not depend on it.
    let finished: String?

    /// The status of a finished order that has something open again.
    static let reopened = "approved"

    /// The statuses that an order gets by itself as its lines are fulfilled or opened again.
    var choices: [FixedChoice] { finished.map { [status($0), status(Self.reopened)] } ?? [] }

    /// Returns a status of the orders, as actions write it.
    func status(_ key: String) -> FixedChoice { FixedChoice(action.module, "status", key) }

    static let delivery = Fulfilment(
        key: "delivered",
        stock: -1,
        done: Text(en: "delivered", es: "entregado"),
        spanishInfinitive: "entregar",
        stockWords: Text(en: " from stock", es: " con las existencias"),
        action: (.salesOrder, "deliver"),
        finished: "delivered"
    )
    static let receipt = Fulfilment(
        key: "received",
        stock: 1,
        done: Text(en: "received", es: "recibido"),
        spanishInfinitive: "recibir",
        stockWords: Text(en: " into stock", es: " en las existencias"),
        action: (.purchaseOrder, "receive"),
        finished: "received_shipment"
    )
    static let invoice = Fulfilment(
        key: "invoiced",
        stock: 0,
        done: Text(en: "invoiced", es: "facturado"),
        spanishInfinitive: "facturar",
        stockWords: Text(""),
        action: (.salesOrder, "invoice"),
        finished: nil
    )

    static let all = [delivery, receipt, invoice]
    /// The keys of the fields that count how much of a line is done.
    static let keys = Set(all.map(\.key))

    /// The manual's paragraph on negative quantities, for an action after which an order can be open again.
    static let takingBack = Text(
        en: """
            A quantity below zero takes back what was counted by mistake, as far as it was: the stock is as it was, and \
            an order that was done with is open again, in status approved. A line whose own quantity is below zero gives \
            goods back, and quantities of it are written as those of others: of one of -2 1=2 gives both back, which a \
            delivery adds to the stock and a receipt takes from it, and 1=-2 takes that back.
            """,
        es: """
            Una cantidad bajo cero retira lo que se contó por error, hasta lo contado: las existencias quedan como \
            estaban, y un documento ya concluido queda abierto otra vez, en estado Aprobada. Una línea con cantidad \
            propia bajo cero devuelve mercancía, y sus cantidades se escriben como las de otras: de una de -2, 1=2 \
            devuelve las dos, que una entrega suma a las existencias y una recepción resta de ellas, y 1=-2 retira eso.
            """
    )

    /// The quantities to fulfil of some lines; without them, everything open is fulfilled.
    static let quantities = Field.list(
        "quantities",
        of: .rowQuantity,
        singular: "quantity",
        en: "How much of a line",
        es: "Cuánto de una línea"
    )

    /// Returns how much of a line is still open; negative for a line of returned goods.
    static func open(_ quantity: Value, done: Value) -> Int64 {
        let (whole, done) = (quantity.integer ?? 0, done.integer ?? 0)
        return whole < 0 ? min(0, whole - done) : max(0, whole - done)
    }

    /// A line of an order with the quantity to be done now.
    private struct Portion {
        let row: PartRow
        let quantity: Int64

        subscript(key: String) -> Value { row.value(key, of: .line) }
        /// Whether the line is for returned goods, so that its quantities are negative.
        var isOfCredit: Bool { (self["quantity"].integer ?? 0) < 0 }
        /// The portion as it is typed: below zero only when something is taken back.
        var text: String { RowQuantity(position: row.position, quantity: isOfCredit ? -quantity : quantity).text }
    }

    /// The result of a fulfilment.
    struct Outcome {
        /// The number of lines changed.
        let changed: Int
        /// The number of lines still open.
        let open: Int
        /// Whether something was taken back.
        let takesBack: Bool
    }

    /// Fulfils lines of an order: the given quantities, or everything that is open.
    ///
    /// - Throws: ``CRMError`` `notFound` for a line that does not exist; `refused` for a quantity that exceeds what is
    ///   open or, when it is taken back, what is done; and for more than is in stock, unless the user forces it.
    func fulfil(_ order: Record, _ quantities: Value, _ context: any ActionContext) throws -> Outcome {
        let rows = try context.rows(of: Part.line.name, in: order)
        let portions = try self.portions(of: rows, quantities, order)
        let stocks = stock == 0 ? [] : try self.stocks(after: portions, order, context)
        for portion in portions {
            let sum = (portion[key].integer ?? 0) + portion.quantity
            try context.editRow(at: portion.row.position, [(key, .integer(sum))], of: Part.line.name, in: order)
        }
        for (product, units) in stocks { try context.set([("stock", .integer(units))], of: product, in: .product) }
        let remaining = rows.filter { row in
            let done = portions.first { $0.row.position == row.position }?.quantity ?? 0
            return open(of: row, after: done) != 0
        }
        return Outcome(
            changed: portions.count,
            open: remaining.count,
            takesBack: portions.contains { ($0.quantity < 0) != ($0.isOfCredit) }
        )
    }

    /// - Parameter now: the quantity fulfilled now, in addition to the quantity fulfilled earlier.
    private func open(of row: PartRow, after now: Int64 = 0) -> Int64 {
        let portion = Portion(row: row, quantity: now)
        return Self.open(portion["quantity"], done: .integer((portion[key].integer ?? 0) + now))
    }

    /// Returns the lines to fulfil, with quantities.
    private func portions(of rows: [PartRow], _ quantities: Value, _ order: Record) throws -> [Portion] {
        if quantities.isNull {
            return rows.compactMap { row in
                let open = open(of: row)
                return open == 0 ? nil : Portion(row: row, quantity: open)
            }
        }
        let wanted = StoredList(quantities, of: .rowQuantity).rowQuantities
        var portions: [Portion] = []
        var problems: [CRMError.Problem] = []
        for share in wanted {
            guard let row = rows.first(where: { $0.position == share.position }) else {
                throw order.refusal(
                    .notFound,
                    en: "has no line \(share.position)",
                    es: "no tiene la línea \(share.position)",
                    hint: Self.listing(order)
                )
            }
            let line = Portion(row: row, quantity: 0)
            let takesBack = share.quantity < 0
            let most = takesBack ? abs(line[key].integer ?? 0) : abs(open(of: row))
            guard share.quantity.magnitude > most.magnitude else {
                portions.append(Portion(row: row, quantity: line.isOfCredit ? -share.quantity : share.quantity))
                continue
            }
            problems.append(excess(share, of: line, most: most))
        }
        guard problems.isEmpty else {
            let isAllBack = wanted.allSatisfy { $0.quantity < 0 }
            throw order.refusal(
                en: isAllBack ? "has less \(done.en) than that" : "has less open than that",
                es: isAllBack ? "tiene menos \(done.es) que eso" : "tiene menos pendiente que eso",
                hint: Self.listing(order),
                problems: problems
            )
        }
        return portions.sorted { $0.row.position < $1.row.position }
    }

    /// Returns the problem of a quantity that exceeds what is open or, when it is taken back, what is done.
    private func excess(_ share: RowQuantity, of portion: Portion, most: Int64) -> CRMError.Problem {
        let (line, amount) = (share.position, FieldType.quantity.text(of: .integer(most), currency: nil))
        let isOne = amount == "1"
        guard share.quantity < 0 else {
            let infinitive = portion.isOfCredit ? "devolver" : spanishInfinitive
            return Self.problem(
                share.text,
                en: "line \(line) has \(amount) to be \(portion.isOfCredit ? "given back" : done.en)",
                es: "en la línea \(line) \(isOne ? "queda" : "quedan") \(amount) por \(infinitive)"
            )
        }
        let (en, es) = (
            "line \(line) has \(amount) that \(isOne ? "is" : "are") \(done.en)",
            "de la línea \(line) \(isOne ? "se ha" : "se han") \(done.es) \(amount)"
        )
        let rest = abs(open(of: portion.row))
        guard portion.isOfCredit, rest > 0 else { return Self.problem(share.text, en: en, es: es) }
        // The quantity has the sign of a return, not that of the line.
        let open = RowQuantity(position: line, quantity: Int64(min(rest.magnitude, share.quantity.magnitude))).text
        return Self.problem(
            share.text,
            en: "\(en); write \(open) to give back what is open",
            es: "\(es); para devolver lo pendiente, escribir \(open)"
        )
    }

    /// Returns the stock of the products after the fulfilment, for products whose stock is counted. Counting begins
    /// when a product is received.
    private func stocks(
        after portions: [Portion],
        _ order: Record,
        _ context: any ActionContext
    ) throws -> [(product: Int64, units: Int64)] {
        var stocks: [Int64: Int64] = [:]
        var products: [Int64] = []
        var (shortages, otherUnits): ([CRMError.Problem], [CRMError.Problem]) = ([], [])
        // What comes into the stock counts first, so that the order of the lines does not matter.
        let takes = { (portion: Portion) in (stock < 0) != (portion.quantity < 0) }
        for portion in portions.filter({ !takes($0) }) + portions.filter(takes) {
            guard let product = portion["product"].integer else { continue }
            if stocks[product] == nil {
                let stored = try context.value(of: "stock", in: .product, id: product).integer
                guard let units = stored ?? (stock > 0 ? 0 : nil) else { continue }
                stocks[product] = units
                products.append(product)
            }
            guard let before = stocks[product] else { continue }
            let (units, overflow) = before.addingReportingOverflow(stock * portion.quantity)
            stocks[product] = overflow ? before : units
            guard !context.isForced else { continue }
            if overflow || units < min(0, before) {
                shortages.append(Self.shortage(portion, product: product, units: max(0, before)))
            } else if let problem = try unitProblem(portion, product: product, context) {
                otherUnits.append(problem)
            }
        }
        guard shortages.isEmpty, otherUnits.isEmpty else {
            throw order.refusal(
                en: "cannot be \(done.en)\(stockWords.en)",
                es: "no se puede \(spanishInfinitive)\(stockWords.es)",
                hint: shortages.isEmpty ? Self.countsAsWritten : Self.lessIsPossible,
                problems: shortages + otherUnits
            )
        }
        return products.compactMap { product in stocks[product].map { (product, $0) } }
    }

    private static let lessIsPossible = Text(
        en: "do a part with --quantity, or insist with --force",
        es: "hacer una parte con --quantity, o insistir con --force"
    )
    private static let countsAsWritten = Text(
        en: "give the line the unit and the quantity of the stock, or count it as it is written with --force",
        es: "dar a la línea la unidad y la cantidad de las existencias, o contarla como está escrita con --force"
    )

    private static func shortage(_ portion: Portion, product: Int64, units: Int64) -> CRMError.Problem {
        let amount = FieldType.quantity.text(of: .integer(units), currency: nil)
        let line = portion.row.position
        return problem(
            portion.text,
            en: "line \(line): product \(product) has \(amount) left in stock",
            es: "línea \(line): del inventariable \(product) quedan \(amount) en existencia"
        )
    }

    /// Returns the problem of a line whose unit is not that of the product's stock: boxes are not taken from a stock of
    /// pieces.
    private func unitProblem(
        _ portion: Portion,
        product: Int64,
        _ context: any ActionContext
    ) throws -> CRMError.Problem? {
        guard let unit = portion["unit"].text,
            let counted = try context.value(of: "unit", in: .product, id: product).text, unit != counted,
            ![unit, counted].allSatisfy(Choice.singleUnits.contains)
        else { return nil }
        let line = portion.row.position
        let (own, its) = (UnitWords(of: unit).several, UnitWords(of: counted).several)
        return Self.problem(
            portion.text,
            en: "line \(line) is in \(own.en), and the stock of product \(product) in \(its.en)",
            es: "la línea \(line) está en \(own.es) y las existencias del inventariable \(product) en \(its.es)"
        )
    }

    private static func listing(_ order: Record) -> Text {
        let command = "\(ProgramName.placeholder) \(order.module.name.noun) line list \(order.id)"
        return Text(en: "its lines: \(command)", es: "sus líneas: \(command)")
    }

    private static func problem(_ value: String, en: String, es: String) -> CRMError.Problem {
        CRMError.Problem(field: "quantity", value: value, reason: Text(en: en, es: es))
    }
}

extension Record {
    /// Refuses to fulfil a cancelled order.
    ///
    /// - Throws: ``CRMError`` `refused` for such an order.
    func checkIsNotCancelled() throws(CRMError) {
        guard self["status"] == .text("cancelled") else { return }
        let command = "\(ProgramName.placeholder) \(module.name.noun) edit \(id) --status created"
        throw refusal(
            en: "is cancelled",
            es: "está cancelada",
            hint: Text(en: "\(command) opens it again", es: "\(command) la abre otra vez")
        )
    }

    /// Fulfils lines of an order, sets the status of an order without open lines, and reports open lines to the user.
    func fulfil(
        _ fulfilment: Fulfilment,
        _ inputs: Action.Inputs,
        _ context: any ActionContext
    ) throws {
        try checkIsNotCancelled()
        let outcome = try fulfilment.fulfil(self, inputs["quantities"], context)
        let open = outcome.open
        var isNew = false
        if let finished = fulfilment.finished {
            if open == 0 { isNew = try context.edit(self, [fulfilment.status(finished).assignment]) }
            if open > 0, outcome.takesBack { try fulfilment.reopen(self, context) }
        }
        if open > 0 {
            fulfilment.tellOpen(open, of: self, context)
        } else if outcome.changed == 0, !isNew {
            let (called, done) = (module.called(id), fulfilment.done)
            context.notice(
                Text(en: "\(called.en) was \(done.en) already", es: "\(called.es) ya se había \(done.es)")
            )
        }
    }
}
