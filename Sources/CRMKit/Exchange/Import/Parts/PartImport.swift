import Localization

/// Updates the rows of parts with the contents of cells.
struct PartImport {
    private let module: Module
    private let fillsOnlyEmpty: Bool
    private let transaction: Transaction

    init(_ module: Module, fillsOnlyEmpty: Bool, in transaction: Transaction) {
        self.module = module
        self.fillsOnlyEmpty = fillsOnlyEmpty
        self.transaction = transaction
    }

    /// Reads a cell of whole rows, separated by semicolons.
    ///
    /// - Parameter numbers: the values in it that were given as numbers.
    /// - Returns: `nil` for a part that the module does not have.
    /// - Throws: ``ValueError``, ``CRMError`` `invalid` for invalid values.
    func read(_ text: String, _ numbers: Set<String>, of key: String, cell: Int) throws -> GivenRows? {
        guard let part = part(key) else { return nil }
        let rows = try PartText(part, numbers: numbers).parseAll(text).map { row in
            // An empty value is different from none only if the field would be set otherwise.
            row.filter { !$0.text.isEmpty || part.isSupplied($0.field) }.map {
                FieldInput($0.field.key, .set($0.field.type.withSign($0.text)))
            }
        }
        guard part.dependsOnRecord else { return try given(rows, of: part, kind: nil, cell: cell) }
        return GivenRows(part: part, kind: nil, cell: cell, contents: .inputs(rows))
    }

    /// Reads the values of one kind.
    ///
    /// - Parameter numbers: the values of fields in them that were given as numbers.
    /// - Returns: `nil` when the module does not have the part or its rows have no kinds.
    /// - Throws: ``ValueError``, ``CRMError`` `invalid` for invalid values.
    func read(
        _ values: [String],
        _ numbers: Set<String>,
        of kind: String,
        in key: String,
        cell: Int
    ) throws -> GivenRows? {
        guard let part = part(key), let kindField = part.kindField, let keyField = part.keyField else { return nil }
        let text = PartText(part, numbers: numbers)
        let rows = try values.map { value in
            let told = FieldInput(kindField.key, .set(kind))
            guard text.isOfKeys(value) else { return [told, FieldInput(keyField.key, .set(value))] }
            let pairs = try text.parse(value, isCell: true).filter { $0.field.key != kindField.key }
            return [told] + pairs.map { FieldInput($0.field.key, .set($0.text)) }
        }
        guard part.dependsOnRecord else { return try given(rows, of: part, kind: kind, cell: cell) }
        return GivenRows(part: part, kind: kind, cell: cell, contents: .inputs(rows))
    }

    /// Reads a value of one kind, for a row to be added to the existing ones.
    ///
    /// - Parameter name: the name of the value, stored when the part has a field for it.
    /// - Returns: `nil` when the module does not have the part or its rows have no kinds.
    /// - Throws: ``ValueError``, ``CRMError`` `invalid` for an invalid value.
    func read(further value: String, called name: String?, of kind: String, in key: String, cell: Int) throws
        -> GivenRows?
    {
        guard let part = part(key), let kindField = part.kindField, let keyField = part.keyField else { return nil }
        var inputs = [FieldInput(kindField.key, .set(kind)), FieldInput(keyField.key, .set(value))]
        if let name, let label = module.merging?.origin, part.field(label) != nil {
            inputs.append(FieldInput(label, .set(name)))
        }
        var rows = try given([inputs], of: part, kind: kind, cell: cell)
        rows.isFurther = true
        return rows
    }

    /// Reads the kinds of all rows, in their order.
    ///
    /// - Returns: `nil` when there are none, and when the module does not have the part or its rows have no kinds.
    /// - Throws: ``ValueError`` for a kind that rows cannot have.
    func read(order kinds: [String], of key: String, cell: Int) throws -> GivenRows? {
        guard !kinds.isEmpty, let part = part(key), let field = part.kindField else { return nil }
        let values = try kinds.map { try field.type.parse($0, in: transaction.values) }
        return GivenRows(part: part, kind: nil, cell: cell, contents: .order(values))
    }

    /// Returns the texts of the rows of one kind in a cell.
    func values(_ text: String, in key: String) -> [String] {
        part(key).flatMap { PartText($0).rowsOfKeys(text) } ?? CellValues.values(text)
    }

    private func part(_ key: String) -> Part? { module.parts.first { $0.key == key } }

    private func given(_ rows: [[FieldInput]], of part: Part, kind: String?, cell: Int) throws -> GivenRows {
        var owner = Record(module)
        let values = try values(rows, of: part, &owner, over: [])
        return GivenRows(part: part, kind: kind, cell: cell, contents: .values(values))
    }

    /// The rows of a record that those of an input are, by what they are about, in the order of these; `nil` for new
    /// ones.
    private func met(_ rows: [[FieldInput]], of part: Part, among present: [PartRow]) throws -> [PartRow?] {
        if present.isEmpty { return [] }
        let positions = part.subjectPositions
        let given = try rows.map { try subject(of: $0, part, positions) }
        let places = MetRows.places(of: given, among: present.map { part.subject(of: $0, positions) })
        return places.map { $0.map { present[$0] } }
    }

    /// Returns what a row of an input is about, as far as this can be determined; errors are reported when it is read.
    private func subject(of inputs: [FieldInput], _ part: Part, _ positions: [Int]) throws -> MetRows.Subject {
        var subject = MetRows.Subject()
        for input in inputs {
            guard let text = input.text?.trimmed, !text.isEmpty,
                let field = part.field(called: input.field, given: text),
                let position = part.position(of: field.key), positions.contains(position)
            else { continue }
            guard let target = field.type.target else {
                subject.text = Fold.fold(text)
                continue
            }
            do {
                let id = try transaction.store.resolve(text, in: transaction.store.registry[target])
                subject.reference = MetRows.Subject.Reference(position: position, id: id)
            } catch let error as CRMError where error.concernsOneRow || error.code == .usage {
                continue
            }
        }
        return subject
    }

    /// - Parameters:
    ///   - owner: the record, which gets the currency of the rows where it has none.
    ///   - present: the rows that the new ones replace.
    /// - Throws: ``CRMError`` `invalid` with all faults of the rows.
    private func values(
        _ rows: [[FieldInput]],
        of part: Part,
        _ owner: inout Record,
        over present: [PartRow?]
    ) throws -> [[Value]] {
        let isNew = transaction.log.hasCreated(owner.id, in: module.table)
        var faults: [(row: Int, problem: CRMError.Problem)] = []
        var refusal: CRMError?
        let all = try rows.enumerated().map { index, inputs -> [Value] in
            let former = index < present.count ? present[index]?.values : nil
            var draft = PartDraft(new: part, inPlaceOf: former, in: transaction.values)
            draft.givenCounts = isNew ? .checked : .refused
            do {
                return try transaction.values(draft, inputs, of: &owner)
            } catch let error as CRMError where error.code == .invalid {
                faults += error.problems.map { (index + 1, $0) }
                refusal = error
                return []
            }
        }
        guard var refusal else { return all }
        refusal.problems =
            rows.count == 1
            ? faults.map(\.problem.namingWhatIsMissing) : [CRMError.Problem(faults, inRowsOf: part.key)]
        throw refusal
    }

    /// Returns the faults of the rows in cells, for a record that is itself refused.
    ///
    /// - Parameter owner: the record as far as it is known.
    /// - Throws: errors that are not the fault of a cell.
    func faults(of given: [GivenRows], of owner: Record) throws -> [(error: CRMError, cell: Int)] {
        var owner = owner
        return try given.compactMap { rows in
            guard case .inputs(let inputs) = rows.contents else { return nil }
            do {
                _ = try values(inputs, of: rows.part, &owner, over: [])
                return nil
            } catch let error as CRMError where error.concernsOneRow {
                return (error, rows.cell)
            }
        }
    }

    /// Updates a record's rows: those of one kind as a set, otherwise all of them in order.
    ///
    /// - Parameters:
    ///   - removed: takes the rows that a cell of all rows does not have.
    ///   - blame: returns the error with the name of the cell, for the error of a refused row.
    /// - Returns: whether anything changed.
    func settle(
        _ given: [GivenRows],
        of record: Int64,
        noting removed: inout RemovedRows,
        blaming blame: (any Error, Int) -> any Error
    ) throws -> Bool {
        var isChanged = false
        for rows in try read(given, of: record, blaming: blame).settled {
            let writer = try transaction.rows(of: rows.part, in: module)
            let former = rows.former
            let values: [[Value]]
            switch rows.contents {
            case .order(let kinds):
                isChanged = try arrange(kinds, of: rows.part, record: record, by: writer) || isChanged
                continue
            case .values(let read): values = read
            case .inputs: continue
            }
            if let kind = rows.kind {
                isChanged =
                    try settle(values, of: rows.part, kind, isFurther: rows.isFurther, record: record, by: writer)
                    || isChanged
            } else if try !fillsOnlyEmpty || writer.rows(of: record).isEmpty {
                let replacing = values.enumerated().map { index, row in
                    (values: row, former: index < former.count ? former[index] : nil)
                }
                let isNew = transaction.log.hasCreated(record, in: module.table)
                let count = try isNew ? 0 : writer.rows(of: record).count
                removed.note(count - values.count, rows.part, of: record, in: module)
                let isReplaced =
                    try former.isEmpty
                    ? writer.replace(with: values, of: record) : writer.replace(with: replacing, of: record)
                isChanged = isReplaced || isChanged
            }
        }
        return isChanged
    }

    /// Reads what could only be read once the record is known, as amounts in its currency, and gives it theirs where it
    /// has none.
    private func read(
        _ given: [GivenRows],
        of record: Int64,
        blaming blame: (any Error, Int) -> any Error
    ) throws -> [GivenRows] {
        let isAwaiting = given.contains { if case .inputs = $0.contents { true } else { false } }
        guard isAwaiting, let stored = try transaction.record(module.name, id: record) else { return given }
        var owner = stored
        let isNew = transaction.log.hasCreated(record, in: module.table)
        var all: [GivenRows] = []
        for var rows in given {
            if case .inputs(let inputs) = rows.contents {
                do {
                    if rows.areAll, !isNew {
                        let present = try transaction.rows(of: rows.part, in: module).rows(of: record)
                        rows.former = try met(inputs, of: rows.part, among: present)
                    }
                    rows.contents = .values(try values(inputs, of: rows.part, &owner, over: rows.former))
                } catch {
                    throw blame(error, rows.cell)
                }
            }
            all.add(rows)
        }
        try transaction.giveCurrency(owner.currency, to: stored)
        return all
    }

    /// Updates the rows of one kind. Existing rows keep their position and further values; a value in another spelling
    /// is replaced.
    ///
    /// - Parameter isFurther: whether rows that are not given stay.
    private func settle(
        _ given: [[Value]],
        of part: Part,
        _ kind: String,
        isFurther: Bool,
        record: Int64,
        by writer: PartWriter
    ) throws -> Bool {
        guard let place = part.kindField.flatMap({ part.position(of: $0.key) }),
            let value = part.keyField.flatMap({ part.position(of: $0.key) })
        else { return false }
        let type = part.fields[value].type(among: { $0 == part.fields[place].key ? .text(kind) : .null })
        func key(_ row: [Value]) -> String {
            type.matchKey(for: row[value].text ?? "", country: transaction.values.country)
        }
        let all = try writer.rows(of: record)
        let present = all.filter { $0.values[place] == .text(kind) }
        if fillsOnlyEmpty, !present.isEmpty { return false }
        let usual = PartDraft(new: part, in: transaction.values).values
        // Each once, however it is spelled, and by their keys those that no row has yet, the first of a key last.
        var wanted: [[Value]] = []
        var known: Set<[Value]> = []
        for row in given {
            var told = isFurther ? usual : row
            told[value] = .text(key(row))
            if known.insert(told).inserted { wanted.append(row) }
        }
        var missing = Dictionary(grouping: wanted.indices.reversed()) { key(wanted[$0]) }
        var gone: Set<Int64> = []
        var isChanged = false
        for row in present {
            try transaction.store.checkStop()
            guard let index = missing[key(row.values)]?.popLast() else {
                if !isFurther { gone.insert(row.position) }
                continue
            }
            let new = wanted[index]
            if isFurther { continue }
            var values = row.values
            for position in part.fields.indices
            where position == value || new[position] != usual[position] {
                values[position] = new[position]
            }
            isChanged = try writer.set(values, of: record, in: row) || isChanged
        }
        try writer.remove(of: record, at: gone)
        var last = Int64(all.count - gone.count)
        let new = missing.values.joined().sorted()
        for index in new {
            try transaction.store.checkStop()
            last += 1
            try writer.append(wanted[index], to: record, at: last)
        }
        return isChanged || !gone.isEmpty || !new.isEmpty
    }

    /// Puts the rows of a record in the order of their kinds; those for which it names no kind come last.
    private func arrange(_ kinds: [Value], of part: Part, record: Int64, by writer: PartWriter) throws -> Bool {
        guard let place = part.kindField.flatMap({ part.position(of: $0.key) }) else { return false }
        if fillsOnlyEmpty, !transaction.log.hasCreated(record, in: module.table) { return false }
        let present = try writer.rows(of: record)
        var free = Dictionary(grouping: present.reversed()) { $0.values[place] }
        var ordered = kinds.compactMap { free[$0]?.popLast() }
        let taken = Set(ordered.map(\.id))
        ordered += present.filter { !taken.contains($0.id) }
        if ordered.map(\.id) == present.map(\.id) { return false }
        return try writer.replace(with: ordered.map { (values: $0.values, former: $0) }, of: record)
    }
}

extension CRMError.Problem {
    /// The problem of a row that a cell has as a whole. The given values are visible in the cell, but a missing one
    /// must be named.
    fileprivate var namingWhatIsMissing: CRMError.Problem {
        guard value == nil else { return self }
        return CRMError.Problem(
            field: field,
            value: nil,
            reason: Text(en: "\(field): \(reason.en)", es: "\(field): \(reason.es)")
        )
    }

    /// Creates the problem with all faults of the rows of a cell, each with its number, from 1.
    fileprivate init(_ faults: [(row: Int, problem: CRMError.Problem)], inRowsOf part: String) {
        let places = faults.map { "\(part)[\($0.row)].\($0.problem.field)" }
        let parts = zip(places, faults).map { place, fault in
            Text(
                en: "\(place)\(fault.problem.value.map { " \"\($0)\"" } ?? ""): \(fault.problem.reason.en)",
                es: "\(place)\(fault.problem.value.map { " «\($0)»" } ?? ""): \(fault.problem.reason.es)"
            )
        }
        self.init(
            field: part,
            value: nil,
            reason: Text(
                en: parts.map(\.en).joined(separator: "; "),
                es: parts.map(\.es).joined(separator: "; ")
            )
        )
    }
}
