import Formats
import Localization

/// Reads and writes the lines that hold rows of one part.
///
///     {"point":"contact","record":"ref:contact:42","position":1,"kind":"email","value":"ana@example.org"}
final class PartLines {
    /// The contents of a line.
    struct Reading {
        fileprivate var record: LineReferences.Target = .none
        /// The value that refers to the record.
        fileprivate var recordValue: JSONValue = .null
        fileprivate var position: Int64?
        fileprivate var given: [(index: Int, value: Value)] = []
        fileprivate var targets: [(index: Int, target: LineReferences.Target)] = []
        /// The values whose meaning depends on other values of the row, or on its record.
        fileprivate var unread: [(field: Field, text: String)] = []

        /// The name of a record in the line that is not written yet.
        var awaited: String? {
            for target in allTargets { if case .awaited(let name) = target { return name } }
            return nil
        }
        /// Whether the line refers to the record of a rejected line.
        var isOrphan: Bool { allTargets.contains { if case .rejected = $0 { true } else { false } } }

        private var allTargets: [LineReferences.Target] { [record] + targets.map(\.target) }
    }

    private let table: Table
    private let part: Part
    private let key: String
    private let references: LineReferences
    private let transaction: Transaction
    private let writer: PartWriter
    /// The highest id that the module's table had given before the first line.
    private let lastID: Int64
    private var stated = StatedPositions()

    /// - Parameter lastID: the highest id that the module's table had given before the first line.
    /// - Returns: `nil` for a table that is not that of a part.
    init?(_ table: Table, lastID: Int64, references: LineReferences, in transaction: Transaction) throws {
        guard let part = table.part, let writer = try transaction.partWriter(of: table) else { return nil }
        self.table = table
        self.part = part
        key = part.name
        self.references = references
        self.transaction = transaction
        self.writer = writer
        self.lastID = lastID
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

    /// Replaces the rows of a record by those in its own line, in the order of their positions; a row without a
    /// position keeps its place in the array.
    ///
    /// - Parameters:
    ///   - created: the record itself if the line created it.
    ///   - isWhole: whether the line holds the record as stored in another database.
    /// - Returns: whether anything changed.
    /// - Throws: ``LineFaults`` with the faults of all rows.
    func replace(with readings: [Reading], of record: Int64, created: Record?, isWhole: Bool) throws -> Bool {
        let isNew = record > lastID
        let present = isNew ? [] : try writer.rows(of: record)
        let owner = try created ?? owner(record)
        let ordered = readings.enumerated().sorted { one, other in
            let (place, next) = (one.element.position, other.element.position)
            return (place ?? Int64(one.offset + 1), one.offset) < (next ?? Int64(other.offset + 1), other.offset)
        }
        var faults: [LineFault] = []
        let rows = try ordered.enumerated().map { order, entry -> [Value] in
            let (index, reading) = entry
            let former = order < present.count ? present[order].values : nil
            var draft = PartDraft(new: part, inPlaceOf: former, in: transaction.values)
            draft.givenCounts = isWhole ? .taken : isNew ? .checked : .refused
            do {
                return try values(reading, of: owner, over: draft)
            } catch let error as LineFaults {
                faults += error.faults.map {
                    LineFault(field: place(index) + $0.field, value: $0.value, cause: $0.cause)
                }
            } catch let error as CRMError where error.code == .invalid && !error.problems.isEmpty {
                faults += error.problems.map { problem in
                    let cause = ValueError(en: problem.reason.en, es: problem.reason.es)
                    return LineFault(field: place(index) + problem.field, value: problem.value, cause: cause)
                }
            }
            return []
        }
        if !faults.isEmpty { throw LineFaults(faults: faults) }
        return try writer.replace(with: rows, of: record, created: created)
    }

    private func read(_ member: JSONMember, of members: [JSONMember], into reading: inout Reading) throws {
        switch member.name {
        case LineKey.record:
            reading.record = try references.target(of: member.value, in: table.module.name)
            reading.recordValue = member.value
        case Part.positionKey:
            reading.position = try table.positionField.type.parse(member.value.cellText() ?? "", in: transaction.values)
                .integer
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
        return try field.type.parse(value.cellText(for: field.type), in: transaction.values)
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
        let place = reading.position.flatMap { stated.place(of: $0, in: record) }
        let givenCounts = try self.givenCounts(reading, of: record)
        if let row = try place.flatMap({ try writer.find($0, of: record) }) {
            var present = PartDraft(part, values: row.values)
            present.givenCounts = givenCounts
            return try writer.set(values(reading, of: owner(record), over: present), of: record, in: row)
        }
        var draft = PartDraft(new: part, in: transaction.values)
        draft.givenCounts = givenCounts
        let new = try values(reading, of: owner(record), over: draft)
        if reading.position == nil, try writer.rows(of: record).contains(where: { $0.values == new }) { return false }
        let taken = try writer.add(new, to: record, at: stated.place(ofNew: reading.position, in: record))
        stated.note(reading.position, in: record, at: taken)
        return true
    }

    /// Whether a former id given in a row can be stored here. An id that this database has already given belongs to
    /// another record; one not yet given is reserved. If the record itself has another id here, its former ids are not
    /// stored either.
    private func keepsFormerID(_ reading: Reading, of record: Int64) throws -> Bool {
        guard part.name == Part.mergedName, let place = part.position(of: Part.formerID),
            let id = reading.given.first(where: { $0.index == place })?.value.integer
        else { return true }
        let store = transaction.store
        guard id > lastID, try !store.recordTable(of: table.module).exists(id),
            try !FormerIDs(of: table.module, in: store).has(record)
        else { return false }
        try store.reserveIDs(upTo: id, in: table.module.table)
        return true
    }

    private func values(_ reading: Reading, of owner: Record, over present: PartDraft) throws -> [Value] {
        var draft = present
        for (index, value) in reading.given { draft.give(index, value) }
        for (index, target) in reading.targets {
            guard case .record(let module, let id) = target else {
                draft.give(index, .null)
                continue
            }
            draft.give(index, part.allFields[index].type.reference(to: id, in: module))
        }
        let context = transaction.values.with(currency: owner.currency ?? transaction.values.currency)
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
        try draft.check(of: owner, transaction)
        return draft.values
    }

    /// Returns the record of a row. It is only read if the row depends on more than its id, as amounts depend on the
    /// currency.
    private func owner(_ record: Int64) throws -> Record {
        guard part.dependsOnRecord else { return Record(table.module) }
        guard let owner = try transaction.record(table.module.name, id: record) else {
            throw Store.missing(record, in: table.module)
        }
        return owner
    }
}
