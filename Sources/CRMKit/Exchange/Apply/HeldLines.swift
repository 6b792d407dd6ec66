import Formats
import Localization
import SQLite

/// The lines for rows of a part whose records were there before the input, until all rows of a record have come. An export
/// has them one after another; in other inputs they may stand apart. When many wait, they are moved to a temporary table,
/// so that memory stays constant.
struct HeldLines {
    /// A line that was read.
    struct Line {
        let reading: PartLines.Reading
        /// The contents of the line, from which it can be read again.
        let members: [JSONMember]
        let place: LinePlace

        /// How much of what may wait in memory the line takes. Most lines are short.
        fileprivate var weight: Int {
            members.reduce(1) { sum, member in
                if case .string(let text) = member.value { sum + text.utf8.count / 128 } else { sum }
            }
        }
    }

    /// The lines for the rows of one record, in the order of the input.
    typealias Group = (record: Int64, lines: [Line])

    private var current: Group?
    /// The lines of records to which later lines may belong.
    private var others: [Int64: [Line]] = [:]
    private var weight = 0
    /// The lines that were moved out of memory. Each waits for the rest of its record, by the record's id.
    private var moved: DeferredLines?
    /// The records whose rows have been written.
    private let settled: EarlierRows
    private let database: Database
    private let table: String

    /// - Parameters:
    ///   - table: the table of the part.
    ///   - settled: takes the records whose rows have been written.
    init(of table: Table, settled: EarlierRows, in database: Database) {
        self.settled = settled
        self.database = database
        self.table = "held_\(table.name)"
    }

    /// The maximum weight of the lines that wait in memory for more of their record.
    private static let most = 10_000

    /// Whether the rows of a record have been written, so that a further line only adds to them.
    func isSettled(_ record: Int64) -> Bool { settled.name(of: record) != nil }

    mutating func noteSettled(_ record: Int64) { settled.note(record, sequence: 1) }

    /// Adds a line.
    ///
    /// - Returns: the lines of the record that the lines before this one are about, if that is another one.
    mutating func add(_ line: Line, of record: Int64) -> Group? {
        if current?.record == record {
            current?.lines.append(line)
            return nil
        }
        let former = current
        let earlier = others.removeValue(forKey: record) ?? []
        weight -= Self.weight(of: earlier)
        current = (record, earlier + [line])
        return former
    }

    /// Keeps the lines of a record to which later lines may belong.
    mutating func keep(_ group: Group) throws {
        others[group.record] = group.lines
        weight += Self.weight(of: group.lines)
        if weight >= Self.most { try move() }
    }

    private static func weight(of lines: [Line]) -> Int { lines.reduce(0) { $0 + $1.weight } }

    /// Whether lines of a record were moved out of memory, so that those in memory are not all of it.
    func hasMoved(_ record: Int64) throws -> Bool { try moved?.hasName(String(record)) ?? false }

    private mutating func move() throws {
        let table = try moved ?? DeferredLines(in: database, table: table)
        moved = table
        for (record, lines) in others {
            for line in lines {
                let bytes = Array(JSONValue.object(line.members).text.utf8)
                let name = String(record)
                try table.add(DeferredLines.Line(place: line.place, bytes: bytes, awaited: name, name: name))
            }
        }
        (others, weight) = ([:], 0)
    }

    /// Removes and returns all lines, in the order of the first line of each record; `nil` if lines were moved out of
    /// memory, which are to be taken one record at a time.
    mutating func takeAll() throws -> [Group]? {
        if let current { try keep(current) }
        current = nil
        if let moved, moved.count > 0 { return nil }
        defer { (others, weight) = ([:], 0) }
        return others.map { (record: $0.key, lines: $0.value) }.sorted { one, other in
            (one.lines.first?.place.row ?? 0) < (other.lines.first?.place.row ?? 0)
        }
    }

    /// Removes and returns the lines of the next record, in the order of the first line of each; `nil` after the last.
    mutating func takeMoved() throws -> (record: Int64, lines: [DeferredLines.Line])? {
        if !others.isEmpty { try move() }
        guard let moved, let first = try moved.take(after: 0), let record = Int64(first.awaited) else { return nil }
        var lines = [first]
        while let next = try moved.take(awaiting: first.awaited) { lines.append(next) }
        return (record, lines)
    }
}

/// What came of rows of parts that were written together.
final class PartOutcome {
    private(set) var updated = 0
    private(set) var unchanged = 0
    private var removed = RemovedRows()
    /// The records that lines hold as they were stored, and that were there before, by the tables of the parts whose rows
    /// stand in lines of their own.
    private var wholes: [String: RowBits] = [:]
    /// The records with rows in lines of their own, by the tables of the rows.
    private var told: [String: RowBits] = [:]
    /// The records of lines with an id that have the same one here, by their tables.
    private var keptIDs: [String: RowBits] = [:]
    /// The records of lines with an id that have another one here, by their tables.
    private var otherIDs: [String: RowBits] = [:]
    /// The first record of each part that keeps rows which no line describes, and the number of such records.
    private var kept: [(part: Part, module: Module, first: Int64, count: Int)] = []
    /// The first record of each module that has the id of one which the input has merged into another, and the number of
    /// such records.
    private var unmerged: [(first: Record, into: Int64, count: Int)] = []
    /// The new records of each module whose periods were taken out of order.
    private var disordered: [(module: Module, records: RowBits, first: Int64, count: Int)] = []

    /// Notes a record that a line holds as it was stored.
    func noteWhole(_ record: Int64, in table: String) { wholes[table, default: RowBits()].insert(record) }

    /// Notes a line of its own for a row of a record.
    func noteTold(_ record: Int64, in table: String) { told[table, default: RowBits()].insert(record) }

    /// Notes the record of a line with an id.
    ///
    /// - Parameter isKept: whether the record has the same id here.
    func noteID(of record: Int64, isKept: Bool, in table: String) {
        if isKept {
            keptIDs[table, default: RowBits()].insert(record)
        } else {
            otherIDs[table, default: RowBits()].insert(record)
        }
    }

    /// Whether a record has the id here that a line gives it; `nil` if no line does.
    func hasKeptID(_ record: Int64, in table: String) -> Bool? {
        if otherIDs[table]?.contains(record) == true { return false }
        return keptIDs[table]?.contains(record) == true ? true : nil
    }

    /// Whether any line holds a record as it was stored whose rows in a table would stand in lines of their own.
    func hasWholes(in table: String) -> Bool { wholes[table] != nil }

    /// Notes a record with rows that no line describes.
    func noteUntold(_ record: Int64, _ table: Table) {
        guard let part = table.part, wholes[table.name]?.contains(record) == true,
            told[table.name]?.contains(record) != true
        else { return }
        if let place = kept.firstIndex(where: { $0.part.name == part.name && $0.module.name == table.module.name }) {
            kept[place].count += 1
        } else {
            kept.append((part, table.module, record, 1))
        }
    }

    /// Notes a record with the id of one that the input has merged into another. Nothing else tells whether it is that
    /// one.
    func noteUnmerged(_ former: Record, into record: Int64) {
        if let place = unmerged.firstIndex(where: { $0.first.module.name == former.module.name }) {
            unmerged[place].count += 1
        } else {
            unmerged.append((former, record, 1))
        }
    }

    /// Notes a new record with a period that was taken out of order.
    func noteDisordered(_ record: Int64, in module: Module) {
        guard let place = disordered.firstIndex(where: { $0.module.name == module.name }) else {
            var records = RowBits()
            records.insert(record)
            disordered.append((module, records, record, 1))
            return
        }
        if disordered[place].records.contains(record) { return }
        disordered[place].records.insert(record)
        disordered[place].count += 1
    }

    /// Counts the lines of a record.
    func count(updated: Int, unchanged: Int) {
        self.updated += updated
        self.unchanged += unchanged
    }

    /// Returns the counts since the last call.
    func takeCounts() -> (updated: Int, unchanged: Int) {
        defer { (updated, unchanged) = (0, 0) }
        return (updated, unchanged)
    }

    /// Notes rows of a record that were there and are in no line.
    func noteRemoved(_ count: Int, _ part: Part, of record: Int64, in module: Module) {
        removed.note(count, part, of: record, in: module)
    }

    /// Notices for the user.
    var notices: [Text] {
        removed.notices
            + kept.map { part, module, first, count in
                let called = module.called(first)
                let more = count > 1 ? Text(en: ", and so do \(count - 1) more", es: ", y \(count - 1) más") : Text("")
                let verb = "\(ProgramName.placeholder) \(module.name.noun) \(part.name) remove"
                let (en, es) = (part.plural.en.lowercased(), part.plural.es.lowercased())
                return Text(
                    en: "\(called.en) keeps \(en), which the input does not have\(more.en): '\(verb)' takes them away",
                    es: "\(called.es) conserva \(es), que la entrada no tiene\(more.es): se quitan con «\(verb)»"
                )
            }
            + unmergedNotices + disorderedNotices
    }

    private var disorderedNotices: [Text] {
        disordered.map { module, _, first, count in
            let called = module.called(first)
            let more = count > 1 ? Text(en: ", and so do \(count - 1) more", es: ", y \(count - 1) más") : Text("")
            let verb = "\(ProgramName.placeholder) check"
            return Text(
                en: "\(called.en) has periods out of order, as in the input\(more.en): '\(verb)' names them",
                es: "\(called.es) tiene periodos en desorden, como en la entrada\(more.es): «\(verb)» los enumera"
            )
        }
    }

    private var unmergedNotices: [Text] {
        unmerged.map { first, into, count in
            let module = first.module
            let (former, kept) = (module.called(first.id), module.called(into))
            let more =
                count > 1 ? Text(en: " (and \(count - 1) more like it)", es: " (y \(count - 1) más así)") : Text("")
            let verb = "\(ProgramName.placeholder) \(module.name.noun) merge \(into) \(first.id)"
            let (one, that) = (module.spanish.agreeing("uno", "una"), module.spanish.agreeing("ese", "esa"))
            return Text(
                en: """
                    \(former.en) "\(first.displayName)" has the id of one that the input has merged into \(kept.en)\(more.en): if \
                    it is that one, '\(verb)' merges it
                    """,
                es: """
                    \(former.es) «\(first.displayName)» tiene el id de \(one) que en la entrada se fusionó con \(kept.es)\
                    \(more.es): si es \(that), se fusiona con «\(verb)»
                    """
            )
        }
    }
}
