import Localization
import SQLite

/// Adds, changes, moves and removes the rows of one part, whose positions it keeps without gaps.
final class PartWriter {
    private let table: Table
    private let part: Part
    private let fields: [Field]
    private let module: Module
    private let reader: PartReader
    private let writer: TableWriter
    /// The position of the field for the kind of row; `nil` for a part without kinds.
    private let kindPosition: Int?
    private let keyPosition: Int?
    /// The prefixes of the reference keys for which the values of a row of each kind count.
    private let sharedKeys: [String: Set<String>]
    /// The positions of the amounts that people give, which are in the currency of the record.
    private let moneyPositions: [Int]
    /// Whether something is derived from the rows.
    private let isDerivedFrom: Bool
    /// Whether people give the rows, so that a row is a change of its record; what rules keep follows from another.
    private let isGiven: Bool
    /// The rules that look at what becomes of the rows of a record.
    private let rowRules: [Rule.RowRule]
    private unowned let transaction: Transaction

    /// - Parameter table: the table of a part.
    init?(_ table: Table, in transaction: Transaction) throws {
        guard let part = table.part else { return nil }
        self.table = table
        self.part = part
        fields = part.allFields
        module = table.module
        reader = try transaction.store.partReader(table)
        writer = transaction.writer(of: table)
        kindPosition = part.kindField.flatMap { part.position(of: $0.key) }
        keyPosition = part.keyField.flatMap { part.position(of: $0.key) }
        var sharedKeys: [String: Set<String>] = [:]
        for key in table.module.sharedKeys {
            for place in key.parts where place.part == part.name {
                sharedKeys[place.choice, default: []].insert(key.prefix)
            }
        }
        self.sharedKeys = sharedKeys
        moneyPositions = part.amountPositions
        isDerivedFrom = table.module.derivingRules.contains { $0.rule.derivation?.part == part.name }
        isGiven = part.visibility == .shown && part.tracked == nil
        rowRules = table.module.rowRules(of: part.name)
        self.transaction = transaction
    }

    /// The rows of a record, in order.
    func rows(of record: Int64) throws -> [PartRow] { try reader.rows(of: record) }

    /// The row of a record at a position; `nil` where it has none.
    func find(_ position: Int64, of record: Int64) throws -> PartRow? { try reader.row(of: record, at: position) }

    /// The last row of a record; `nil` where it has none.
    func last(of record: Int64) throws -> PartRow? { try find(reader.lastPosition(of: record), of: record) }

    /// The row of a record that has a key; `nil` where it has none.
    func find(called key: Value, of record: Int64) throws -> PartRow? { try reader.row(of: record, called: key) }

    /// The row of an id; `nil` where there is none.
    func find(id: Int64) throws -> PartRow? { try reader.row(id: id) }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - values: the checked values of the part's fields.
    ///   - position: the position of the new row; the rows from there on move back by one. `nil` for the end.
    /// - Returns: its position.
    @discardableResult
    func add(_ values: [Value], to record: Int64, at position: Int64? = nil) throws -> Int64 {
        let end = try reader.lastPosition(of: record) + 1
        let place = min(max(position ?? end, 1), end)
        if place < end {
            for other in try reader.places(of: record).reversed() where other.position >= place {
                try shift(other, to: other.position + 1)
            }
        }
        try append(values, to: record, at: place)
        return place
    }

    /// Adds a row after those there are.
    ///
    /// - Parameter position: one more than the record has rows.
    /// - Returns: the id of the row.
    @discardableResult
    func append(_ values: [Value], to record: Int64, at position: Int64) throws -> Int64 {
        try noteFormer(of: record)
        let id = try writer.insert([.null, .integer(record), .integer(position)] + values)
        try noteKey(of: record, in: values)
        try noteAmount(of: record, in: values)
        try noteChange(of: record)
        return id
    }

    /// Adds rows after those there are, at least one and no more than ``TableWriter/mostTogether``, by one statement.
    ///
    /// - Parameter last: how many rows the record has.
    /// - Returns: the ids of the rows, in their order.
    func append(together all: [[Value]], to record: Int64, after last: Int64) throws -> ClosedRange<Int64> {
        try noteFormer(of: record)
        let ids = try insert(all[...], to: record, after: last)
        for values in all {
            try noteKey(of: record, in: values)
            try noteAmount(of: record, in: values)
        }
        try noteChange(of: record)
        return ids
    }

    @discardableResult
    private func insert(
        _ rows: ArraySlice<[Value]>,
        to record: Int64,
        after last: Int64
    ) throws -> ClosedRange<Int64> {
        var position = last
        return try writer.insert(together: rows) { values, row in
            position += 1
            row.append(.null)
            row.append(.integer(record))
            row.append(.integer(position))
            row.append(contentsOf: values)
        }
    }

    /// Adds the rows of a new record that has none yet, and computes at once what is derived from them.
    func fill(_ record: Record, with all: [[Value]]) throws {
        for start in stride(from: 0, to: all.count, by: TableWriter.mostTogether) {
            let rows = all[start..<min(start + TableWriter.mostTogether, all.count)]
            try insert(rows, to: record.id, after: Int64(start))
        }
        for values in all {
            try noteKey(of: record.id, in: values)
            if record.currency == nil { try noteAmount(of: record.id, in: values) }
        }
        if isDerivedFrom { try transaction.derive(record, from: all, of: part) }
    }

    /// Notes the rows of a record before they change.
    private func noteFormer(of record: Int64) throws {
        if rowRules.isEmpty { return }
        try transaction.noteRows(of: record, in: table, for: rowRules) { try rows(of: record) }
    }

    private func noteChange(of record: Int64) throws {
        if isDerivedFrom { try transaction.noteOutdated(record, of: module) }
        if isGiven { try transaction.noteChangedRow(of: record, in: module) }
    }

    /// Sets the values of the row at a position.
    ///
    /// - Returns: whether that changed anything.
    /// - Throws: ``CRMError`` `notFound` if the record has no such row.
    @discardableResult
    func set(_ values: [Value], of record: Int64, at position: Int64) throws -> Bool {
        try set(values, of: record, in: row(of: record, at: position))
    }

    /// Changes a row that has been read.
    ///
    /// - Returns: whether that changed anything.
    @discardableResult
    func set(_ values: [Value], of record: Int64, in row: PartRow) throws -> Bool {
        var changes: [TableWriter.Change] = []
        for index in fields.indices where row.values[index] != values[index] {
            changes.append(TableWriter.Change(fields[index], from: row.values[index], to: values[index]))
        }
        guard !changes.isEmpty else { return false }
        try noteFormer(of: record)
        try writer.update(row.id, changes)
        let isOther = { (position: Int?) in position.map { row.values[$0] != values[$0] } ?? false }
        if isOther(kindPosition) || isOther(keyPosition) { try noteKey(of: record, in: values) }
        try noteAmount(of: record, in: values)
        try noteChange(of: record)
        return true
    }

    /// The record may be named by a row of it.
    private func noteKey(of record: Int64, in values: [Value]) throws {
        guard let kindPosition, let choice = values[kindPosition].text, let keys = sharedKeys[choice] else { return }
        let value = keyPosition.flatMap { values[$0].text }
        try transaction.noteKeys(of: record, in: module, keys, value.map { [$0] })
    }

    /// An amount is in the currency of its record, which may have none yet.
    private func noteAmount(of record: Int64, in values: [Value]) throws {
        guard moneyPositions.contains(where: { !values[$0].isNull }) else { return }
        try transaction.noteAmount(of: record, in: module)
    }

    /// Moves a row to another position; the rows in between shift by one.
    ///
    /// - Returns: the row's new position.
    /// - Throws: ``CRMError`` `notFound` when the record has no row at the position.
    @discardableResult
    func move(of record: Int64, from position: Int64, to target: Int64) throws -> Int64 {
        let moved = try row(of: record, at: position)
        let places = try reader.places(of: record)
        let place = min(max(target, 1), Int64(places.count))
        for other in places where other.row != moved.id {
            if other.position > position, other.position <= place { try shift(other, to: other.position - 1) }
            if other.position < position, other.position >= place { try shift(other, to: other.position + 1) }
        }
        if place != position {
            try shift(moved.place, to: place)
            try noteChange(of: record)
        }
        return place
    }

    /// Removes the row at a position; the rows after it move up.
    ///
    /// - Throws: ``CRMError`` `notFound` when the record has no such row; `refused` when the row cannot be removed.
    func remove(of record: Int64, at position: Int64) throws {
        let removed = try row(of: record, at: position)
        try checkCanGo(removed, of: record)
        try noteFormer(of: record)
        try writer.delete(.one(removed.id))
        for other in try reader.places(of: record) where other.position > position {
            try shift(other, to: other.position - 1)
        }
        try noteChange(of: record)
    }

    /// Removes the rows at some positions; the rows after them move up.
    ///
    /// - Throws: ``CRMError`` `refused` when a row cannot be removed, and `interrupted` when the user interrupts the
    ///   program.
    func remove(of record: Int64, at positions: Set<Int64>) throws {
        if positions.isEmpty { return }
        try noteFormer(of: record)
        var last: Int64 = 0
        for place in try reader.places(of: record) {
            try transaction.store.checkStop()
            if positions.contains(place.position) {
                if let row = try find(id: place.row) { try checkCanGo(row, of: record) }
                try writer.delete(.one(place.row))
            } else {
                last += 1
                if place.position != last { try shift(place, to: last) }
            }
        }
        try noteChange(of: record)
    }

    /// - Throws: ``CRMError`` `refused` for a row that cannot go.
    private func checkCanGo(_ row: PartRow, of record: Int64) throws {
        let draft = PartDraft(part, values: row.values)
        guard let reason = part.holdsBack?(draft) else { return }
        let place = row.position
        let command = part.releasedBy?(draft, place, record, module)
        let remedy = command.map { Text(en: "; take it back with: \($0)", es: "; retirarlo con: \($0)") } ?? Text("")
        throw CRMError(
            .refused,
            Text(
                en: """
                    \(part.label.en.lowercased()) \(place) of \(module.called(record).en) stays: \(reason.en)\(remedy.en)
                    """,
                es: """
                    \(part.spanish.the) \(place) de \(module.called(record).es) no se quita: \(reason.es)\(remedy.es)
                    """
            ),
            module: module.name,
            reference: "\(record)"
        )
    }

    /// Replaces all rows of a record.
    ///
    /// - Parameters:
    ///   - all: the values of each new row, in order.
    ///   - created: the record itself, where it was just made and need not be read.
    /// - Returns: whether anything changed.
    /// - Throws: ``CRMError`` `refused` when a row that cannot be removed would be.
    @discardableResult
    func replace(with all: [[Value]], of record: Int64, created: Record? = nil) throws -> Bool {
        let present = try rows(of: record)
        if present.isEmpty, isDerivedFrom, !all.isEmpty, transaction.log.hasCreated(record, in: module.table),
            let new = try created ?? transaction.record(module.name, id: record)
        {
            try fill(new, with: all)
            return true
        }
        var isChanged = present.count != all.count
        for (row, values) in zip(present, all) {
            try transaction.store.checkStop()
            isChanged = try set(values, of: record, in: row) || isChanged
        }
        var last = present.last?.position ?? 0
        for values in all.dropFirst(present.count) {
            try transaction.store.checkStop()
            last += 1
            try append(values, to: record, at: last)
        }
        if present.count > all.count { try noteFormer(of: record) }
        // They are the last ones, so that none moves up.
        for row in present.dropFirst(all.count).reversed() {
            try checkCanGo(row, of: record)
            try writer.delete(.one(row.id))
            try noteChange(of: record)
        }
        return isChanged
    }

    /// Replaces all rows of a record. Some of the new rows are stored ones, which may have moved.
    ///
    /// - Parameter all: the values of each row, in order, and the row that it is; `nil` for a new one.
    /// - Returns: whether anything changed.
    /// - Throws: ``CRMError`` `refused` when a row that cannot be removed would be.
    func replace(with all: [(values: [Value], former: PartRow?)], of record: Int64) throws -> Bool {
        let present = try rows(of: record)
        let areInPlace = all.enumerated().allSatisfy { index, row in
            row.former?.id == (index < present.count ? present[index].id : nil)
        }
        if areInPlace { return try replace(with: all.map(\.values), of: record) }
        try noteFormer(of: record)
        let kept = Set(all.compactMap { $0.former?.id })
        for row in present where !kept.contains(row.id) {
            try checkCanGo(row, of: record)
            try writer.delete(.one(row.id))
        }
        for (index, row) in all.enumerated() {
            try transaction.store.checkStop()
            let place = Int64(index + 1)
            guard let former = row.former else {
                try append(row.values, to: record, at: place)
                continue
            }
            try set(row.values, of: record, in: former)
            if former.position != place { try shift(former.place, to: place) }
        }
        try noteChange(of: record)
        return true
    }

    private func shift(_ place: PartReader.Place, to position: Int64) throws {
        try writer.update(
            place.row,
            [TableWriter.Change(table.positionField, from: .integer(place.position), to: .integer(position))]
        )
    }

    /// Returns the row at a position.
    ///
    /// - Throws: ``CRMError`` `notFound` if the record has no such row.
    func row(of record: Int64, at position: Int64) throws -> PartRow {
        if let row = try reader.row(of: record, at: position) { return row }
        throw CRMError(
            .notFound,
            Text(
                en: "\(module.called(record).en) has no \(part.label.en.lowercased()) \(position)",
                es: "\(module.called(record).es) no tiene \(part.label.es.lowercased()) \(position)"
            ),
            module: module.name,
            reference: "\(position)"
        )
    }
}

extension PartRow {
    /// Where the row stands among those of its record.
    fileprivate var place: PartReader.Place { PartReader.Place(row: id, position: position) }
}

extension Transaction {
    /// Returns the writer of a part's rows.
    ///
    /// - Returns: `nil` for a table that is not one of a part.
    func partWriter(of table: Table) throws -> PartWriter? {
        if let writer = partWriters[table.name] { return writer }
        let writer = try PartWriter(table, in: self)
        partWriters[table.name] = writer
        return writer
    }
}
