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

    /// What rows say of which record they are about.
    struct Key: Hashable {
        let file: String?
        let texts: [String]
    }

    private struct Held {
        let key: Key?
        var rows: [(row: InputRow, raw: [UInt8])]
        /// The place of the plan, which is a large value that most rows share.
        let plan: Int
    }

    /// The groups by their numbers in the order of the input.
    private var groups: [Int: Held] = [:]
    private var (first, last) = (0, 0)
    /// The last group about each record.
    private var places: [Key: Int] = [:]
    /// The plans, each with the names of the cells of its rows.
    private var plans: [(names: [String], plan: RowPlan)] = []
    private var count = 0

    /// The maximum number of rows held back.
    private static let most = 10_000

    var isFull: Bool { count >= Self.most }

    /// Adds rows to those of the same record if they do not contradict them.
    mutating func add(_ rows: [(row: InputRow, raw: [UInt8])], _ plan: RowPlan, of key: Key?) {
        count += rows.count
        if let key, let place = places[key], isContinued(place, by: rows, plan) {
            groups[place]?.rows += rows
            return
        }
        if let names = rows.first?.row.names, plans.last?.names != names { plans.append((names, plan)) }
        groups[last] = Held(key: key, rows: rows, plan: plans.count - 1)
        if let key { places[key] = last }
        last += 1
    }

    private func isContinued(_ place: Int, by rows: [(row: InputRow, raw: [UInt8])], _ plan: RowPlan) -> Bool {
        guard let former = groups[place]?.rows.first?.row, let end = groups[place]?.rows.last?.row else { return false }
        return rows.allSatisfy { plan.continues($0.row, after: former, end) }
    }

    /// Removes and returns the rows of the record that was begun first.
    mutating func next() -> Group? {
        guard let held = groups.removeValue(forKey: first) else { return nil }
        if let key = held.key, places[key] == first { places[key] = nil }
        first += 1
        count -= held.rows.count
        return (held.rows, plans[held.plan].plan)
    }
}
