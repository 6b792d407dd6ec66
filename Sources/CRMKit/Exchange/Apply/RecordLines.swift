import Formats
import Localization
import SQLite

/// Reads and writes the lines that hold records of one module.
final class RecordLines {
    /// The meaning of a line's member.
    private enum Member {
        case field(Int)
        case name
        case id, createdAt, updatedAt
        case originalID
        /// The rows of a part.
        case rows(PartLines)
        /// The name composed of other fields, which are taken from it where a line has nothing else of them.
        case wholeName
        /// A member that `show` prints and that cannot be set.
        case ignored
    }

    /// The contents of a line.
    struct Reading {
        /// The name by which other lines refer to the record.
        var name: String?
        /// The whole name of a person, as one text.
        var wholeName: String?
        var origin = RecordOrigin()
        /// The id with which the record was made, if it has another one in the database that the line is of.
        var originalID: Int64?
        var given: [(position: Int, value: Value)] = []
        fileprivate var amounts: [(position: Int, text: String)] = []
        /// The numbers followed by a unit.
        fileprivate var counted: [(position: Int, text: String)] = []
        /// The fields that refer to records not written yet, and the names of these.
        var awaited: [(position: Int, name: String)] = []
        fileprivate var rows: [(lines: PartLines, rows: [PartLines.Reading])] = []
        /// The name of a record not written yet that a row of a part refers to.
        var awaitedByRow: String? { rows.lazy.flatMap(\.rows).compactMap(\.awaited).first }
        /// Whether the line refers to the record of a rejected line.
        var isOrphan: Bool { refersToRejected || rows.contains { $0.rows.contains(where: \.isOrphan) } }
        fileprivate var refersToRejected = false
        /// Whether the line has the record as stored in another database.
        var isWhole: Bool { origin.createdAt != nil }
        /// The id of the record if it is stored already.
        var existing: Int64?
    }

    let module: Module
    let transaction: Transaction
    let store: Store
    private let references: LineReferences
    private let members: [String: Member]
    /// The fields of a person's name; `nil` for a module of other records.
    let names: CardMapping.Name?
    /// The positions of the fields from whose records contacts are inherited.
    let followed: [Int]
    let matcher: Matcher
    let keyPosition: Int
    /// The positions of the fields that together are a key of the same thing everywhere.
    let worldwidePositions: [Int]
    /// The positions of the codes that people give, unlike the numbers that each database gives.
    let codePositions: [Int]
    /// The position of the amounts' currency, even if it was removed together with them.
    private let currencyPosition: Int?
    let formerIDs: FormerIDs
    /// Whether records are recognized by the ids they had in another database. Definitions, rates and views are
    /// recognized by their key alone.
    let hasForeignIDs: Bool
    private let earlier = EarlierRows()
    private let outcome: PartOutcome
    /// The tables of the parts whose rows stand in a line of their record or in lines of their own.
    private let partTables: [String]
    /// The highest id that the module's table had given before the first line.
    let lastID: Int64
    /// The records of the lines so far.
    var taken = TakenRecords()
    /// The number of records that were made again after they had been merged here.
    var remade = 0

    /// - Parameters:
    ///   - lastID: the highest id that the module's table had given before the first line.
    ///   - outcome: takes what came of rows of parts.
    init(
        _ module: Module,
        lastID: Int64,
        references: LineReferences,
        outcome: PartOutcome,
        in transaction: Transaction
    ) throws {
        self.module = module
        self.transaction = transaction
        self.references = references
        self.lastID = lastID
        self.outcome = outcome
        partTables = module.givenParts.map { Table($0, of: module).name }
        store = transaction.store
        names = module.cards?.name
        var members: [String: Member] = [
            LineKey.module: .ignored, LineKey.name: .name, LineKey.originalID: .originalID, "related": .ignored,
        ]
        if module.merging != nil { members[LineKey.mergedFrom] = .ignored }
        for (position, field) in module.allFields.enumerated() {
            members[field.key] =
                switch field.key {
                case "id": .id
                case "created_at": .createdAt
                case "updated_at": .updatedAt
                case module.displayKey where names != nil && !field.isWritable: .wholeName
                default: field.traits.contains(.computed) || !field.isWritable ? .ignored : .field(position)
                }
        }
        for part in module.shownParts {
            let table = Table(part, of: module)
            let lines = try PartLines(
                table,
                lastID: lastID,
                references: references,
                outcome: outcome,
                in: transaction
            )
            if let lines, members[part.key] == nil {
                members[part.key] = part.visibility == .derived ? .ignored : .rows(lines)
            }
        }
        self.members = members
        keyPosition = module.position(of: "external_id") ?? 0
        let fields = module.fields
        worldwidePositions = fields.indices.filter { fields[$0].traits.contains(.worldwide) }
        codePositions = fields.indices.filter { fields[$0].traits.contains(.unique) && fields[$0].isTypedCode }
            .filter { fields[$0].pattern == nil }
        currencyPosition = module.allFields.firstIndex { $0.type == .currency && $0.key == "currency" }
        followed = (module.contacts.link?.followed ?? []).compactMap { module.position(of: $0.reference) }
        matcher = Matcher(module, by: [keyPosition], addsUnmatchable: false, in: transaction)
        formerIDs = FormerIDs(of: module, in: store)
        hasForeignIDs = !Registry.kept.contains { $0.name == module.name }
    }

    // MARK: - Reading

    /// Reads a line. ``existing(_:)`` finds its record.
    ///
    /// - Throws: ``LineFaults`` for members that are unknown or invalid.
    func read(_ line: [JSONMember]) throws -> Reading {
        var reading = Reading()
        reading.given.reserveCapacity(line.count)
        var faults: [LineFault] = []
        for member in line {
            guard let meaning = members[member.name] else {
                faults.append(unknown(member.name))
                continue
            }
            do {
                try read(member.value, as: meaning, into: &reading)
            } catch let error as LineFaults {
                faults += error.faults
            } catch {
                // The other members are examined nevertheless.
                let fault = LineFault(field: member.name, value: try? member.value.cellText(), cause: error)
                guard error.concernsOneLine else { throw fault }
                faults.append(fault)
            }
        }
        if !faults.isEmpty { throw LineFaults(faults: faults) }
        return reading
    }

    private func read(_ value: JSONValue, as meaning: Member, into reading: inout Reading) throws {
        switch meaning {
        case .ignored: break
        case .wholeName: reading.wholeName = try value.cellText()
        case .name: reading.name = try value.cellText()
        case .id: reading.origin.id = try self.value(value, of: module.fields[0]).integer
        case .originalID: reading.originalID = try self.value(value, of: module.fields[0]).integer
        case .createdAt: reading.origin.createdAt = try moment(value)
        case .updatedAt: reading.origin.updatedAt = try moment(value)
        case .rows(let lines): reading.rows.append((lines, value == .null ? [] : try lines.readAll(value)))
        case .field(let position):
            let field = module.allFields[position]
            switch field.type {
            case .money: reading.amounts.append((position, try value.cellText(for: field.type)))
            case .reference(let target):
                try take(references.target(of: value, in: target), of: field, at: position, into: &reading)
            case .anyReference:
                try take(references.target(of: value), of: field, at: position, into: &reading)
            default:
                if let text = field.quantity(in: value) {
                    reading.counted.append((position, text))
                } else {
                    reading.given.append((position, try self.value(value, of: field)))
                }
            }
        }
    }

    private func take(
        _ target: LineReferences.Target,
        of field: Field,
        at position: Int,
        into reading: inout Reading
    ) throws {
        switch target {
        case .none: reading.given.append((position, .null))
        case .record(let module, let id):
            reading.given.append((position, field.type.reference(to: id, in: module)))
        case .awaited(let name): reading.awaited.append((position, name))
        case .rejected: reading.refersToRejected = true
        }
    }

    private func value(_ value: JSONValue, of field: Field) throws -> Value {
        switch value {
        case .null: .null
        case .bool(let isTrue) where field.type == .boolean: .integer(isTrue ? 1 : 0)
        case .string(let text) where field.type == .list(.text) && text != StoredList.emptyText:
            // As in an import, a text of another program may hold several.
            try field.type.parse(ForeignListMarks.cell(of: ForeignList(text).elements), in: transaction.values)
        case .string(let text): try field.type.parse(field.withoutBrackets(text), in: transaction.values)
        default: try field.type.parse(value.cellText(for: field.type), in: transaction.values)
        }
    }

    private func moment(_ value: JSONValue) throws -> Value? {
        guard let text = try value.cellText() else { return nil }
        let moment = try FieldType.dateTime.parse(text, in: transaction.values)
        return moment.isNull ? nil : moment
    }

    private func unknown(_ key: String) -> LineFault {
        let known = ([LineKey.module, LineKey.name] + module.fields.map(\.key)).joined(separator: ", ")
        let reason = ValueError(en: "no such key; known are \(known)", es: "no existe esa clave; se conocen \(known)")
        return LineFault(field: key, value: nil, cause: reason, isOfName: true)
    }

    /// Whether a line refers to a content, which may be missing.
    func namesContent(_ reading: Reading) -> Bool {
        reading.given.contains { module.allFields[$0.position].traits.contains(.content) && !$0.value.isNull }
    }

    // MARK: - Writing

    /// Writes the contents of a line, without references to records not written yet.
    ///
    /// - Returns: the record's id, and whether it was created, changed or neither.
    /// - Throws: ``LineFault`` when an earlier line with the same external id contradicts this one.
    func write(_ reading: Reading, at place: LinePlace) throws -> (id: Int64, change: RowWriter.Change) {
        let key = reading.given.first { $0.position == keyPosition }?.value ?? .null
        let former = key.isNull ? nil : reading.existing.flatMap(earlier.name)
        var written = try writeRecord(reading)
        if let former, written.change == .updated,
            try store.storedRecord(module, id: written.id)?[module.fields[keyPosition].key] == key
        {
            throw LineFault(
                field: module.fields[keyPosition].key,
                value: key.text,
                cause: ValueError(
                    en: "\(former.en) is of the same \(module.one.en) and says something else",
                    es: "la \(former.es) es del mismo registro y dice otra cosa"
                )
            )
        }
        if !key.isNull { earlier.note(written.id, sequence: place.row) }
        if reading.isWhole, written.id <= lastID {
            for table in partTables where !reading.rows.contains(where: { $0.lines.table.name == table }) {
                outcome.noteWhole(written.id, in: table)
            }
        }
        for (lines, rows) in reading.rows
        where try lines.replace(with: rows, of: written.id, created: written.created, isWhole: reading.isWhole) {
            if written.change == .unchanged { written.change = .updated }
        }
        if !reading.rows.isEmpty, transaction.hasRowsToCheck { try transaction.settleDerivations() }
        // Not before: a rejected line leaves its id to another record.
        take(written.id, by: reading)
        if module.merging != nil, let id = reading.origin.id {
            outcome.noteID(of: written.id, isKept: id == written.id, in: module.table)
        }
        return (written.id, written.change)
    }

    /// The record of a line as it is in the database.
    private struct Written {
        let id: Int64
        var change: RowWriter.Change
        /// The record itself if the line created it.
        var created: Record?
    }

    private func writeRecord(_ reading: Reading) throws -> Written {
        let original = try reading.existing.map { id in
            guard let record = try store.storedRecord(module, id: id) else { throw Store.missing(id, in: module) }
            return record
        }
        var draft = original.map(Draft.init(editing:)) ?? Draft(new: module, in: transaction.values)
        let faults = give(reading, to: &draft)
        if !faults.isEmpty { throw LineFaults(faults: faults) }
        if let original, draft.record.values == original.values {
            return Written(id: original.id, change: .unchanged)
        }
        // A line with a creation time has the record as another database stored it.
        try transaction.prepare(&draft, problems: [], isWhole: reading.isWhole)
        if let original {
            let isUpdated = try transaction.update(draft, from: original)
            try transaction.refuseShared()
            return Written(id: original.id, change: isUpdated ? .updated : .unchanged)
        }
        var origin = reading.origin
        if let id = origin.id, try !isFree(id) { origin.id = nil }
        let id = try transaction.insert(&draft, keeping: origin)
        try tellRemade(id, reading)
        if hasForeignIDs { try noteOrigin(of: id, reading, isKept: origin.id != nil) }
        try transaction.refuseShared()
        return Written(id: id, change: .created, created: draft.record)
    }

    /// Sets what a line says.
    ///
    /// - Returns: the faults of invalid amounts and numbers.
    private func give(_ reading: Reading, to draft: inout Draft) -> [LineFault] {
        for (position, value) in reading.given { draft.give(position, value) }
        return giveAmounts(reading, to: &draft) + giveCounted(reading, to: &draft)
    }

    /// Whether a record has all that a line says of it already.
    func holds(_ record: Record, _ reading: Reading) -> Bool {
        var draft = Draft(editing: record)
        return give(reading, to: &draft).isEmpty && draft.record.values == record.values
    }

    /// Sets the amounts, in the currency of the line, the record or the settings, in this order.
    ///
    /// - Returns: the faults of invalid amounts.
    private func giveAmounts(_ reading: Reading, to draft: inout Draft) -> [LineFault] {
        var faults: [LineFault] = []
        for (position, text) in reading.amounts {
            let field = module.allFields[position]
            do {
                guard !text.isEmpty else {
                    draft.give(position, .null)
                    continue
                }
                let currency = currencyPosition.flatMap { draft[$0].text }
                let money =
                    try currency.map { try Money(parsing: text, in: $0) }
                    ?? Money(parsing: text, assuming: transaction.values.currency)
                if let currencyPosition, currency == nil {
                    draft.give(currencyPosition, .text(money.currency.code))
                }
                draft.give(position, .integer(money.minorUnits))
            } catch {
                faults.append(LineFault(field: field.key, value: text, cause: error))
            }
        }
        return faults
    }

    /// Sets the numbers with units, in the unit of the line, the record or the definition, in this order.
    ///
    /// - Returns: the faults of invalid numbers.
    private func giveCounted(_ reading: Reading, to draft: inout Draft) -> [LineFault] {
        var faults: [LineFault] = []
        for (position, text) in reading.counted {
            let field = module.allFields[position]
            do {
                let number = try field.withoutUnit(text, sibling: { module.field($0) }) { draft[$0] }
                draft.give(position, try field.type.parse(number, in: transaction.values))
            } catch {
                faults.append(LineFault(field: field.key, value: text, cause: error))
            }
        }
        return faults
    }
}
