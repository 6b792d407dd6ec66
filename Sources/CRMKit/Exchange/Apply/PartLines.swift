import Formats
import Localization

/// Reads and writes the lines that hold rows of one part.
///
///     {"point":"contact","record":"ref:contact:42","position":1,"kind":"email","value":"ana@example.org"}
final class PartLines {
    /// The contents of a line.
    struct Reading {
        fileprivate(set) var record: LineReferences.Target = .none
        /// The value that refers to the record.
        fileprivate var recordValue: JSONValue = .null
        fileprivate(set) var position: Int64?
        fileprivate(set) var given: [(index: Int, value: Value)] = []
        fileprivate(set) var targets: [(index: Int, target: LineReferences.Target)] = []
        /// The values whose meaning depends on other values of the row, or on its record.
        fileprivate(set) var unread: [(field: Field, text: String)] = []

        /// The name of a record in the line that is not written yet.
        var awaited: String? {
            for target in allTargets { if case .awaited(let name) = target { return name } }
            return nil
        }
        /// Whether the line refers to the record of a rejected line.
        var isOrphan: Bool { allTargets.contains { if case .rejected = $0 { true } else { false } } }

        private var allTargets: [LineReferences.Target] { [record] + targets.map(\.target) }
    }

    let table: Table
    let part: Part
    private let key: String
    private let references: LineReferences
    let transaction: Transaction
    let writer: PartWriter
    /// The highest id that the module's table had given before the first line.
    let lastID: Int64
    private var stated = StatedPositions()
    /// The least and the greatest id of the records whose periods of a tracked field were written one by one.
    var written: ClosedRange<Int64>?
    /// The rows of whole records, until all of a record have come.
    var held: HeldLines
    /// What came of the rows that were held.
    let outcome: PartOutcome

    /// - Parameters:
    ///   - lastID: the highest id that the module's table had given before the first line.
    ///   - held: takes the lines that wait for more of their record.
    ///   - outcome: takes what came of rows that are written together.
    /// - Returns: `nil` for a table that is not that of a part.
    init?(
        _ table: Table,
        lastID: Int64,
        references: LineReferences,
        held: HeldLines? = nil,
        outcome: PartOutcome,
        in transaction: Transaction
    ) throws {
        guard let part = table.part, let writer = try transaction.partWriter(of: table) else { return nil }
        self.table = table
        self.part = part
        key = part.name
        self.references = references
        self.transaction = transaction
        self.writer = writer
        self.lastID = lastID
        self.outcome = outcome
        self.held = held ?? HeldLines(of: table, settled: EarlierRows(), in: transaction.store.database)
    }

    /// Reads a line.
    ///
    /// - Throws: ``LineFaults`` for members that are unknown or invalid, ``LineFault`` for a missing one.
    func read(_ line: [JSONMember]) throws -> Reading {
        let reading = try reading(of: line.filter { $0.name != key })
        guard case .none = reading.record else { return reading }
        throw LineFault(field: LineKey.record, value: nil, cause: ValueError(.isRequired))
    }

    private func reading(of members: [JSONMember], at place: String = "") throws -> Reading {
        var reading = Reading()
        var faults: [LineFault] = []
        for member in members {
            do {
                try read(member, of: members, into: &reading)
            } catch {
                faults.append(LineFault(field: place + member.name, value: try? member.value.cellText(), cause: error))
                if !error.concernsOneLine { break }
            }
        }
        if !faults.isEmpty { throw LineFaults(faults: faults) }
        return reading
    }

    /// Reads the rows in a line of their record, an array of objects in order.
    ///
    /// - Throws: ``LineFaults`` naming the invalid rows, from 1.
    func readAll(_ value: JSONValue) throws -> [Reading] {
        guard case .array(let elements) = value else {
            throw ValueError(en: "must be an array of objects", es: "debe ser un arreglo de objetos")
        }
        var faults: [LineFault] = []
        let readings = try elements.enumerated().compactMap { index, element -> Reading? in
            guard case .object(let members) = element else {
                throw ValueError(en: "must be an array of objects", es: "debe ser un arreglo de objetos")
            }
            do {
                return try reading(of: members, at: place(index))
            } catch let error as LineFaults {
                faults += error.faults
                return nil
            }
        }
        if !faults.isEmpty { throw LineFaults(faults: faults) }
        return readings
    }

    private func place(_ index: Int) -> String { "\(part.key)[\(index + 1)]." }

    /// Replaces the rows of a record by those in its own line, in the order of their positions. Rows that the line does not
    /// have are removed, which is told.
    ///
    /// - Parameters:
    ///   - created: the record itself if the line created it.
    ///   - isWhole: whether the line holds the record as stored in another database.
    /// - Returns: whether anything changed.
    /// - Throws: ``LineFaults`` with the faults of all rows.
    func replace(with readings: [Reading], of record: Int64, created: Record?, isWhole: Bool) throws -> Bool {
        let isNew = record > lastID
        let present = isNew ? [] : try writer.rows(of: record)
        // Rows of another part may have given it a currency since it was made.
        let stored = try created.flatMap { $0.takesCurrency ? nil : $0 } ?? self.owner(record)
        var owner = stored
        let ordered = readings.inOrder { $0.position }
        let met = met(ordered.map(\.element), among: present)
        var faults: [LineFault] = []
        let rows = try ordered.enumerated().map { order, entry -> [Value] in
            var draft = PartDraft(new: part, inPlaceOf: met.rows[order]?.values, in: transaction.values)
            draft.givenCounts = isWhole ? .taken : isNew ? .checked : .refused
            do {
                return try values(entry.element, of: &owner, over: draft)
            } catch {
                guard let found = self.faults(error, at: place(entry.offset)) else { throw error }
                faults += found
            }
            return []
        }
        if !faults.isEmpty { throw LineFaults(faults: faults) }
        try transaction.giveCurrency(owner.currency, to: stored)
        if present.isEmpty { return try writer.replace(with: rows, of: record, created: created) }
        outcome.noteRemoved(met.removed, part, of: record, in: table.module)
        return try writer.replace(with: zip(rows, met.rows).map { (values: $0, former: $1) }, of: record)
    }

    /// Returns the faults of a row that an error reports; `nil` for an error that is not about the row's fields.
    ///
    /// - Parameter place: what stands before the names of the fields.
    func faults(_ error: any Error, at place: String) -> [LineFault]? {
        switch error {
        case let error as LineFaults:
            return error.faults.map { LineFault(field: place + $0.field, value: $0.value, cause: $0.cause) }
        case let error as CRMError where error.code == .invalid && !error.problems.isEmpty:
            return error.problems.map { problem in
                let cause = ValueError(en: problem.reason.en, es: problem.reason.es)
                return LineFault(field: place + problem.field, value: problem.value, cause: cause)
            }
        default: return nil
        }
    }

    private func read(_ member: JSONMember, of members: [JSONMember], into reading: inout Reading) throws {
        switch member.name {
        case LineKey.record:
            reading.record = try references.target(of: member.value, in: table.module.name)
            reading.recordValue = member.value
        case Part.positionKey:
            let text = try member.value.cellText() ?? ""
            // Among the rows in the line of their record it tells their order alone, and other programs count from 0.
            let isOrder = !members.contains { $0.name == LineKey.record }
            reading.position =
                try isOrder && text == "0" ? 0 : table.positionField.type.parse(text, in: transaction.values).integer
        default:
            guard let index = part.position(of: member.name) else {
                let known = ([key, LineKey.record, Part.positionKey] + part.fields.map(\.key)).joined(separator: ", ")
                throw ValueError(en: "no such key; known are \(known)", es: "no existe esa clave; se conocen \(known)")
            }
            let field = part.allFields[index]
            guard field.isWritable else { return }
            switch field.type {
            case .reference(let target):
                reading.targets.append((index, try references.target(of: member.value, in: target)))
            case .anyReference: reading.targets.append((index, try references.target(of: member.value)))
            case .money:
                let text = try member.value.cellText(for: field.type)
                let meant = part.field(called: field.key, given: text) { key in members.contains { $0.name == key } }
                reading.unread.append((meant ?? field, text))
            default:
                if let text = field.quantity(in: member.value) {
                    reading.unread.append((field, text))
                } else if field.variants == nil {
                    reading.given.append((index, try value(member.value, of: field)))
                } else {
                    reading.unread.append((field, try member.value.cellText(for: field.type)))
                }
            }
        }
    }

    private func value(_ value: JSONValue, of field: Field) throws -> Value {
        if case .string(let text) = value, field.traits.contains(.opaque) { return .text(text) }
        if let none = field.emptyOverride, value == (field.type.isList ? .array([]) : .string("")) { return none }
        let read = try field.type.parse(value.cellText(for: field.type), in: transaction.values)
        return read.isNull && field.type == .boolean ? field.defaultValue : read
    }

    /// Whether a line is one of those that together are all rows of an earlier record, whose own line describes it
    /// completely. This applies to parts that people give, and to the periods of a field, which must end with its
    /// value. It does not apply to messages: an earlier export does not ask to remove those that a channel has received
    /// since.
    func isOfWhole(_ reading: Reading) throws -> Bool {
        guard part.visibility == .shown || part.tracked != nil, case .record(_, let record) = reading.record,
            record <= lastID, !held.isSettled(record)
        else { return false }
        return try references.isWhole(reading.recordValue)
    }

    private func givenCounts(_ reading: Reading, of record: Int64) throws -> PartDraft.GivenCounts {
        if part.insisting == nil { return .refused }
        if try references.isWhole(reading.recordValue) { return .taken }
        return record > lastID ? .checked : .refused
    }

    /// Writes the row at its position. A row without a position is added unless the record has an equal one.
    ///
    /// - Returns: whether anything changed.
    func write(_ reading: Reading) throws -> Bool {
        guard case .record(_, let record) = reading.record, try keepsFormerID(reading, of: record) else { return false }
        if part.tracked != nil {
            written = min(written?.lowerBound ?? record, record)...max(written?.upperBound ?? record, record)
        }
        let givenCounts = try self.givenCounts(reading, of: record)
        let stored = try self.owner(record)
        var owner = stored
        if let row = try self.row(of: record, for: reading) {
            var present = PartDraft(part, values: row.values)
            present.givenCounts = givenCounts
            let changed = try values(reading, of: &owner, over: present)
            try transaction.giveCurrency(owner.currency, to: stored)
            try checkPeriod(changed, of: record, changing: row, at: nil)
            return try writer.set(changed, of: record, in: row)
        }
        var draft = PartDraft(new: part, in: transaction.values)
        draft.givenCounts = givenCounts
        let new = try values(reading, of: &owner, over: draft)
        if reading.position == nil, try writer.rows(of: record).contains(where: { $0.values == new }) { return false }
        try transaction.giveCurrency(owner.currency, to: stored)
        let position = named(reading, of: record) == nil ? reading.position : nil
        let place = stated.place(ofNew: position, in: record)
        try checkPeriod(new, of: record, changing: nil, at: place)
        let taken = try writer.add(new, to: record, at: place)
        if position == reading.position { stated.note(position, in: record, at: taken) }
        return true
    }

    /// Returns the row of a record that a line is about, by its key if rows are many and told apart by it, as the messages
    /// of a channel are, otherwise by its position; `nil` if there is none.
    private func row(of record: Int64, for reading: Reading) throws -> PartRow? {
        if let key = named(reading, of: record) { return try writer.find(called: key, of: record) }
        let place = reading.position.flatMap { stated.place(of: $0, in: record) }
        return try place.flatMap { try writer.find($0, of: record) }
    }

    /// Returns the key by which a line names a row of a record that was there before the input; `nil` where rows are
    /// told apart by their positions.
    private func named(_ reading: Reading, of record: Int64) -> Value? {
        guard part.visibility == .gathered, record <= lastID,
            let key = part.keyField.flatMap({ part.position(of: $0.key) })
        else { return nil }
        return reading.given.first { $0.index == key }?.value
    }

    /// Whether a former id given in a row can be stored here. An id that this database has already given belongs to
    /// another record; one not yet given is reserved. If the record itself has another id here, its former ids are not
    /// stored either.
    private func keepsFormerID(_ reading: Reading, of record: Int64) throws -> Bool {
        guard part.name == Part.mergedName, let place = part.position(of: Part.formerID),
            let id = reading.given.first(where: { $0.index == place })?.value.integer
        else { return true }
        let store = transaction.store
        let isThere = try store.recordTable(of: table.module).exists(id)
        let hasOwnID =
            try outcome.hasKeptID(record, in: table.module.table)
            ?? !FormerIDs(of: table.module, in: store).has(record)
        // The record was here under its own id, and so may be what was merged into it elsewhere since.
        if hasOwnID, record <= lastID, id <= lastID, let other = try store.storedRecord(table.module, id: id) {
            outcome.noteUnmerged(other, into: record)
        }
        guard id > lastID, !isThere, hasOwnID else { return false }
        try store.reserveIDs(upTo: id, in: table.module.table)
        return true
    }

    /// - Parameter owner: the record of the row. Where it has no currency, it gets that of the amounts of the row, which
    ///   ``Transaction/giveCurrency(_:to:)`` stores.
    func values(_ reading: Reading, of owner: inout Record, over present: PartDraft) throws -> [Value] {
        var draft = present
        for (index, value) in reading.given { draft.give(index, value) }
        for (index, target) in reading.targets {
            guard case .record(let module, let id) = target else {
                draft.give(index, .null)
                continue
            }
            draft.give(index, part.allFields[index].type.reference(to: id, in: module))
        }
        let amounts = owner.takesCurrency ? reading.unread.filter { $0.field.type == .money }.map(\.text) : []
        let currency = try transaction.store.currency(ofRowsOf: owner, giving: amounts, in: transaction.values)
        let context = transaction.values.with(currency: currency)
        var faults: [LineFault] = []
        for (field, text) in reading.unread {
            do {
                let text = try field.withoutUnit(text, sibling: { part.field($0) }) { draft[$0] }
                draft.give(field.key, try field.type(among: { draft[$0] }).parse(text, in: context))
            } catch {
                let cause = part.advised(error, of: field, given: text)
                faults.append(LineFault(field: field.key, value: text, cause: cause))
            }
        }
        if !faults.isEmpty { throw LineFaults(faults: faults) }
        var whole = owner
        if whole.currency == nil { whole.currency = currency }
        try draft.check(of: whole, transaction)
        owner.take(currency, of: draft)
        return draft.values
    }

    /// Returns the record of a row. It is only read if the row depends on more than its id, as amounts depend on the
    /// currency.
    func owner(_ record: Int64) throws -> Record {
        guard part.dependsOnRecord else { return Record(table.module) }
        guard let owner = try transaction.record(table.module.name, id: record) else {
            throw Store.missing(record, in: table.module)
        }
        return owner
    }
}
