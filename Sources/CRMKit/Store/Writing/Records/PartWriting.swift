import Localization

extension Transaction {
    /// Adds a row to a part of a record.
    ///
    /// - Parameter position: the position of the new row; the rows from there on move back by one. `nil` for the end.
    /// - Returns: its position.
    /// - Throws: ``CRMError`` `invalid` naming every missing and malformed field at once, `notFound` for no such
    ///   record.
    @discardableResult
    public func add(
        _ part: Part,
        to record: Int64,
        of module: Module,
        _ inputs: [FieldInput],
        at position: Int64? = nil
    ) throws -> Int64 {
        guard let stored = try store.storedRecord(module, id: record) else { throw Store.missing(record, in: module) }
        var owner = stored
        let values = try values(PartDraft(new: part, in: self.values), inputs, of: &owner)
        try giveCurrency(owner.currency, to: stored)
        let place = try rows(of: part, in: module).add(values, to: record, at: position)
        try settleDerivations()
        try refuseShared()
        return place
    }

    /// Adds rows that were read from a file to a part of a record.
    ///
    /// - Parameter position: the position of the first new row; the rows from there on move back. `nil` for the end.
    /// - Returns: the number of rows added.
    /// - Throws: ``CRMError`` `invalid` naming every missing and malformed field of every row, `notFound` for no such
    ///   record.
    public func add(
        _ records: [PartRecord],
        of part: Part,
        to record: Int64,
        of module: Module,
        at position: Int64? = nil
    ) throws -> Int {
        try add(.addRecords(records), of: part, to: record, of: module, at: position)
    }

    /// Adds rows, each told by a text as ``Part/inputs(_:)`` reads it, to a part of a record.
    ///
    /// - Parameter position: the position of the first new row; the rows from there on move back. `nil` for the end.
    /// - Returns: the number of rows added.
    /// - Throws: ``CRMError`` `invalid` naming every missing and malformed field of every row, `notFound` for no such
    ///   record.
    public func add(
        _ texts: [String],
        of part: Part,
        to record: Int64,
        of module: Module,
        at position: Int64? = nil
    ) throws -> Int {
        try add(.addRows(texts), of: part, to: record, of: module, at: position)
    }

    private func add(
        _ rows: FieldInput.Change,
        of part: Part,
        to record: Int64,
        of module: Module,
        at position: Int64?
    ) throws -> Int {
        guard let owner = try store.storedRecord(module, id: record) else { throw Store.missing(record, in: module) }
        let new = try newRows([FieldInput(part.key, rows)], of: owner)
        guard new.problems.isEmpty else {
            throw CRMError(
                .invalid,
                Text(
                    en: "cannot add \(part.plural.en.lowercased())",
                    es: "no se puede agregar: \(part.plural.es.lowercased())"
                ),
                module: module.name,
                problems: new.problems.map(\.problem)
            )
        }
        try giveCurrency(new.currency, to: owner)
        let writer = try self.rows(of: part, in: module)
        for (index, row) in new.rows.enumerated() {
            try writer.add(row.values, to: record, at: position.map { $0 + Int64(index) })
        }
        try settleDerivations()
        try refuseShared()
        return new.rows.count
    }

    /// Changes the row at a position as input asks.
    ///
    /// - Returns: whether that changed anything.
    /// - Throws: ``CRMError`` `invalid` naming every missing and malformed field at once, `notFound` for no such row.
    @discardableResult
    public func edit(
        _ part: Part,
        of record: Int64,
        in module: Module,
        at position: Int64,
        _ inputs: [FieldInput]
    ) throws -> Bool {
        guard let stored = try store.storedRecord(module, id: record) else { throw Store.missing(record, in: module) }
        let writer = try rows(of: part, in: module)
        let row = try writer.row(of: record, at: position)
        var owner = stored
        let values = try values(PartDraft(part, values: row.values), inputs, of: &owner, at: position)
        try giveCurrency(owner.currency, to: stored)
        let isChanged = try writer.set(values, of: record, in: row)
        try settleDerivations()
        try refuseShared()
        return isChanged
    }

    /// Moves a row of a record to another position; the rows in between shift by one.
    ///
    /// - Returns: the row's new position.
    /// - Throws: ``CRMError`` `notFound` when there is no row at the position.
    @discardableResult
    public func move(
        _ part: Part,
        of record: Int64,
        in module: Module,
        from position: Int64,
        to target: Int64
    ) throws -> Int64 {
        let place = try rows(of: part, in: module).move(of: record, from: position, to: target)
        if position != place { try tellChange(of: part, record, in: module) }
        return place
    }

    /// Tells the user what to know about moved or removed rows.
    private func tellChange(of part: Part, _ record: Int64, in module: Module) throws {
        guard let tell = part.tellsChange, let owner = try store.storedRecord(module, id: record) else { return }
        tell(owner, self)
    }

    /// Removes the rows of a record at some positions; the rows after them move up.
    ///
    /// - Throws: ``CRMError`` `notFound` when there is no row at a position.
    public func remove(_ part: Part, of record: Int64, in module: Module, at positions: [Int64]) throws {
        let writer = try rows(of: part, in: module)
        for position in Set(positions).sorted(by: >) { try writer.remove(of: record, at: position) }
        try tellChange(of: part, record, in: module)
        try settleDerivations()
    }

    /// Returns the writer of a part's rows.
    func rows(of part: Part, in module: Module) throws -> PartWriter {
        if let writer = partWriters[Table.name(of: part, in: module)] { return writer }
        guard let writer = try partWriter(of: Table(part, of: module)) else {
            throw CRMError(
                .usage,
                Text(
                    en: "\(module.several.en) have no \(part.plural.en.lowercased())",
                    es: "\(module.spanish.theSeveral) no tienen \(part.plural.es.lowercased())"
                ),
                module: module.name
            )
        }
        return writer
    }

    /// The values of a row that input asks for, completed and checked.
    ///
    /// - Parameter owner: the record. Where it has no currency, it gets that of the amounts of the row, which
    ///   ``giveCurrency(_:to:)`` stores.
    func values(
        _ draft: PartDraft,
        _ inputs: [FieldInput],
        of owner: inout Record,
        at position: Int64? = nil
    ) throws -> [Value] {
        var draft = draft
        let reading = try store.read(inputs, into: &draft, of: owner)
        var problems = reading.problems.map(\.problem)
        var whole = owner
        if whole.currency == nil { whole.currency = reading.currency }
        // Values that the missing record would have provided are missing only because of it.
        let lacksRecord = problems.contains { draft.part.field($0.field)?.type.target != nil }
        do {
            if !lacksRecord { try draft.check(of: whole, self) }
            if problems.isEmpty {
                owner.take(reading.currency, of: draft)
                return draft.values
            }
        } catch let error as CRMError where error.code == .invalid && !error.problems.isEmpty {
            problems += error.problems.filter { found in !problems.contains { $0.field == found.field } }
        }
        let label = draft.part.label
        throw CRMError(
            .invalid,
            position.map {
                Text(
                    en: "cannot change \(label.en.lowercased()) \($0)",
                    es: "no se puede cambiar \(draft.part.spanish.the) \($0)"
                )
            }
                ?? Text(
                    en: "cannot add \(label.en.lowercased())",
                    es: "no se puede agregar \(draft.part.spanish.the)"
                ),
            module: owner.module.name,
            problems: problems
        )
    }
}

/// Rows that input gives with a record, read and checked.
struct NewRows {
    fileprivate var rows: [(table: Table, values: [Value])] = []
    /// The problems of rows that could not be read.
    fileprivate(set) var problems: [FieldProblem] = []
    /// The currency of the record with these rows; `nil` while no amount of them needs one.
    fileprivate(set) var currency: String?

    /// Reads a row and adds it, or collects the problems of reading it.
    ///
    /// - Parameters:
    ///   - text: the text of the whole row, when one text gave it.
    ///   - place: the place of the row, for messages, if there are several.
    ///   - read: reads the values of the row.
    fileprivate mutating func take(
        _ part: Part,
        _ text: String?,
        at place: Text?,
        _ read: () throws -> (table: Table, values: [Value])
    ) throws {
        do {
            rows.append(try read())
        } catch let error as CRMError where error.code == .invalid {
            problems += error.problems.map { problem in
                let field = problem.field == part.name ? part.name : "\(part.name).\(problem.field)"
                let reason = place.map(problem.reason.at) ?? problem.reason
                let found = CRMError.Problem(field: field, value: text ?? problem.value, reason: reason)
                return FieldProblem(problem: found, cause: nil)
            }
        }
    }
}

extension Transaction {
    /// Reads the rows of parts that input adds to a record.
    ///
    /// - Parameter owner: the record as it will be.
    func newRows(_ inputs: [FieldInput], of owner: Record) throws -> NewRows {
        var new = NewRows()
        var owner = owner
        for input in inputs where input.change.addsRows {
            guard let part = owner.module.parts.first(where: { $0.key == input.field }) else { continue }
            let table = Table(part, of: owner.module)
            switch input.change {
            case .addRows(let texts):
                for (index, text) in texts.enumerated() {
                    let number = "\(index + 1)"
                    let place = Text(
                        en: "\(part.label.en.lowercased()) \(number)",
                        es: "\(part.label.es.lowercased()) \(number)"
                    )
                    try new.take(part, text, at: texts.count > 1 ? place : nil) {
                        (table, try values(PartDraft(new: part, in: self.values), try part.inputs(text), of: &owner))
                    }
                }
            case .addRecords(let records):
                for record in records {
                    try new.take(part, nil, at: record.place) {
                        let inputs = try withoutDecimals(record.inputs, of: part)
                        return (table, try values(PartDraft(new: part, in: self.values), inputs, of: &owner))
                    }
                }
            default: continue
            }
        }
        new.currency = owner.currency
        return new
    }

    /// Reads the rows of parts that input adds to a record that is about to be stored, and gives it the currency of
    /// their amounts where it has none.
    func newRows(_ inputs: [FieldInput], of draft: inout Draft) throws -> NewRows {
        let new = try newRows(inputs, of: draft.record)
        if draft.currency == nil { draft.currency = new.currency }
        return new
    }

    /// Returns inputs from a file with the ids as they were to which a spreadsheet has given decimals.
    private func withoutDecimals(_ inputs: [FieldInput], of part: Part) throws -> [FieldInput] {
        try inputs.map { input in
            guard case .set(let text) = input.change, let target = part.field(input.field)?.type.target else {
                return input
            }
            return FieldInput(input.field, .set(try store.withoutDecimals(text.trimmed, in: store.registry[target])))
        }
    }

    /// Adds rows that were read at the end of their parts, but for those that are there already in a part without equal
    /// rows.
    ///
    /// - Returns: whether that changed anything.
    func add(_ new: NewRows, to record: Int64) throws -> Bool {
        var isChanged = false
        var present: [String: Set<[Value]>] = [:]
        for (table, values) in new.rows {
            guard let writer = try partWriter(of: table), let part = table.part else { continue }
            if !part.holdsEqualRows {
                var known = try present.removeValue(forKey: table.name) ?? Set(writer.rows(of: record).map(\.values))
                let isNew = known.insert(values).inserted
                present[table.name] = known
                if !isNew { continue }
            }
            try writer.add(values, to: record)
            isChanged = true
        }
        return isChanged
    }
}
