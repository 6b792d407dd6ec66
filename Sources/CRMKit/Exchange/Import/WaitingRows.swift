/// The rows that were read and are not imported yet.
struct WaitingRows {
    /// The row read ahead, which shows where the rows of one record end.
    var ahead = RowAhead()
    /// Rows that refer to records of the module that did not exist yet.
    var late = LateRows()
    /// Rows of documents that may have further rows below.
    var apart = ApartRows()
}

/// The rows of documents, held back while further rows of theirs may follow in the input: a document is taken or refused
/// with all of them, and its amounts are those of all.
///
/// Those of a longer input are written in turn, so that rows which stand farther apart are taken one after another.
struct ApartRows {
    /// The rows of one record, with their bytes and the plan of their columns.
    typealias Group = (rows: [(row: InputRow, raw: [UInt8])], plan: RowPlan)

    /// The values by which rows identify their record.
    struct Key: Hashable {
        let file: String?
        let texts: [String]
    }

    private struct Held {
        let key: Key?
        var rows: [(row: InputRow, raw: [UInt8])]
        let plan: SharedPlan
        /// Whether one of the rows is refused as a whole, and with it all of the record.
        var isFaulty: Bool
    }

    /// The plan of rows with the same names of cells: a large value, which is kept once for most rows, and as long as rows
    /// of it wait.
    private final class SharedPlan {
        let names: [String]
        let plan: RowPlan

        init(_ plan: RowPlan, names: [String]) { (self.plan, self.names) = (plan, names) }
    }

    /// The groups by their numbers in the order of the input.
    private var groups: [Int: Held] = [:]
    private var (first, last) = (0, 0)
    /// The last group about each record, and the first.
    private var places: [Key: (first: Int, last: Int)] = [:]
    /// The plan of the last rows.
    private var latest: SharedPlan?
    private var count = 0
    /// About how many bytes the rows take in memory.
    private var weight = 0

    /// The maximum number of rows held back, and of the bytes that they take.
    private static let most = 10_000
    private static let mostBytes = 16 << 20

    var isFull: Bool { count >= Self.most || weight >= Self.mostBytes }

    /// Adds rows to those of the same record if they do not contradict them. If one row makes the record be refused,
    /// its rows are kept together in any case.
    mutating func add(_ rows: [(row: InputRow, raw: [UInt8])], _ plan: RowPlan, of key: Key?) {
        count += rows.count
        weight += Self.weight(of: rows)
        let isFaulty = rows.contains { $0.row.isFaulty }
        if let key, let (first, last) = places[key] {
            let place = isFaulty ? first : last
            if isFaulty || groups[place]?.isFaulty == true || isContinued(place, by: rows, plan) {
                groups[place]?.rows += rows
                if isFaulty { groups[place]?.isFaulty = true }
                return
            }
        }
        let names = rows.first?.row.names ?? []
        let shared = latest.flatMap { $0.names == names ? $0 : nil } ?? SharedPlan(plan, names: names)
        latest = shared
        groups[last] = Held(key: key, rows: rows, plan: shared, isFaulty: isFaulty)
        if let key { places[key] = (places[key]?.first ?? last, last) }
        last += 1
    }

    private func isContinued(_ place: Int, by rows: [(row: InputRow, raw: [UInt8])], _ plan: RowPlan) -> Bool {
        guard let former = groups[place]?.rows.first?.row, let end = groups[place]?.rows.last?.row else { return false }
        return rows.allSatisfy { plan.continues($0.row, after: former, end) }
    }

    /// Removes and returns the rows of the record that was begun first.
    mutating func next() -> Group? {
        guard let held = groups.removeValue(forKey: first) else { return nil }
        if let key = held.key, let (begin, end) = places[key], begin == first {
            // The groups in between contradict each other, so no further row can join them.
            places[key] = end == first ? nil : (end, end)
        }
        first += 1
        count -= held.rows.count
        weight -= Self.weight(of: held.rows)
        return (held.rows, held.plan.plan)
    }

    private static func weight(of rows: [(row: InputRow, raw: [UInt8])]) -> Int {
        rows.reduce(0) { sum, held in
            let texts = held.row.texts.reduce(0) { $0 + ($1?.utf8.count ?? 0) }
            let cells = held.row.texts.count * (MemoryLayout<String?>.stride + MemoryLayout<Int>.stride)
            return sum + MemoryLayout<InputRow>.stride + cells + texts + held.raw.count
        }
    }
}
