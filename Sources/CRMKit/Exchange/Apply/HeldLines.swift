import Localization

/// The lines for rows of a part whose records were there before the input, until all rows of a record have come. An export
/// has them one after another; in other inputs they may stand apart.
struct HeldLines {
    /// A line that was read, with its place in the input.
    typealias Line = (reading: PartLines.Reading, place: LinePlace)
    /// The lines for the rows of one record, in the order of the input.
    typealias Group = (record: Int64, lines: [Line])

    private var current: Group?
    /// The lines of records of which more may come.
    private var others: [Int64: [Line]] = [:]
    private var count = 0
    /// The records whose rows have been written.
    private let settled: EarlierRows

    /// - Parameter settled: takes the records whose rows have been written.
    init(settled: EarlierRows) { self.settled = settled }

    /// The maximum number of lines that wait for more of their record.
    private static let most = 10_000

    var isFull: Bool { count >= Self.most }

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
        count -= earlier.count
        current = (record, earlier + [line])
        return former
    }

    /// Keeps the lines of a record of which more may come.
    mutating func keep(_ group: Group) {
        others[group.record] = group.lines
        count += group.lines.count
    }

    /// Removes and returns the lines of the records of which more may come, in the order of the input.
    mutating func takeKept() -> [Group] {
        defer { (others, count) = ([:], 0) }
        return others.map { (record: $0.key, lines: $0.value) }.sorted { one, other in
            (one.lines.first?.place.row ?? 0) < (other.lines.first?.place.row ?? 0)
        }
    }

    /// Removes and returns all lines.
    mutating func takeAll() -> [Group] {
        if let current { keep(current) }
        current = nil
        return takeKept()
    }
}

/// What came of rows of parts that were written together.
final class PartOutcome {
    private(set) var updated = 0
    private(set) var unchanged = 0
    private var removed = RemovedRows()

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
    var notices: [Text] { removed.notices }
}
