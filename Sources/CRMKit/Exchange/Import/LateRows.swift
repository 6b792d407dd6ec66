/// Rows that name records of their own module which rows to come may make: they are taken when those have been.
struct LateRows {
    /// The rows of one record, with their bytes, and what their columns hold.
    typealias Group = (rows: [(row: InputRow, raw: [UInt8])], plan: RowPlan)

    private var groups: [Group] = []
    private var rounds = 0
    private var last = 0

    /// As many are held at once; whoever has more puts those first that others name.
    private static let most = 10_000
    /// Chains of rows that each name one above the other are known in two rounds, one each way.
    private static let mostRounds = 32

    /// Whether no more of them are held.
    var isFull: Bool { groups.count >= Self.most }

    /// Whether the rows of this round may be put off once more: where nobody came of the last one, they name nobody.
    private(set) var isAwaiting = true
    /// Whether rows that name others of those which are left are refused: nobody came of the last round either, in which
    /// records were made that are nowhere.
    private(set) var isLast = false

    mutating func add(_ rows: [(row: InputRow, raw: [UInt8])], _ plan: RowPlan) { groups.append((rows, plan)) }

    /// Begins another round.
    ///
    /// - Returns: those that are left, in turn from the last and from the first; `nil` where none is.
    mutating func next() -> [Group]? {
        guard !groups.isEmpty else {
            self = LateRows()
            return nil
        }
        if rounds > 0, groups.count >= last || rounds >= Self.mostRounds { (isAwaiting, isLast) = (false, !isAwaiting) }
        rounds += 1
        last = groups.count
        defer { groups = [] }
        // The rows of a round from the last to the first are put off in that order.
        return Array(groups.reversed())
    }
}
