/// Rows that refer to records of their own module that later rows may create, held back until those are read.
struct LateRows {
    /// The rows of one record, with their bytes and the plan of their columns.
    typealias Group = (rows: [(row: InputRow, raw: [UInt8])], plan: RowPlan)

    private var groups: [Group] = []
    private var rounds = 0
    private var last = 0

    /// The maximum number of groups held. Longer inputs must put records before those that refer to them.
    private static let most = 10_000
    /// The maximum number of rounds. A chain of rows each referring to the one above takes two rounds, one in each
    /// direction.
    private static let mostRounds = 32

    /// Whether the maximum is reached.
    var isFull: Bool { groups.count >= Self.most }

    /// Whether rows of this round may be held back once more, which ends when a round has written none of them.
    private(set) var isAwaiting = true
    /// Whether rows that refer to others of the remaining rows are rejected: neither the last round nor the one that
    /// created missing records wrote any of them.
    private(set) var isLast = false

    mutating func add(_ rows: [(row: InputRow, raw: [UInt8])], _ plan: RowPlan) { groups.append((rows, plan)) }

    /// Starts another round over the rows that were held back.
    ///
    /// - Returns: the remaining groups, in each round in the reverse order of the previous one; `nil` if none remain.
    mutating func next() -> [Group]? {
        guard !groups.isEmpty else {
            self = LateRows()
            return nil
        }
        if rounds > 0, groups.count >= last || rounds >= Self.mostRounds { (isAwaiting, isLast) = (false, !isAwaiting) }
        rounds += 1
        last = groups.count
        defer { groups = [] }
        // The rows of this round are held back again in their present order.
        return Array(groups.reversed())
    }
}
