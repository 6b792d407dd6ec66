/// The rows that were read and are not imported yet.
struct WaitingRows {
    /// The row read ahead, which shows where the rows of one record end.
    var ahead = RowAhead()
    /// Rows that refer to records of the module that did not exist yet.
    var late = LateRows()
    /// Rows of records that may have further rows below.
    var apart = ApartRows()
}

/// Rows of existing records with fewer rows of a part than are stored, held back since further rows may follow in the
/// input.
struct ApartRows {
    /// The rows of one record, with their bytes and the plan of their columns.
    typealias Group = (rows: [(row: InputRow, raw: [UInt8])], plan: RowPlan)

    private var groups: [(record: Int64, group: Group)] = []
    private var count = 0

    /// The maximum number of rows held back; in a longer input they are written as they come.
    private static let most = 10_000

    var isFull: Bool { count >= Self.most }

    /// Adds rows to those of the same record if they do not contradict them.
    mutating func add(_ rows: [(row: InputRow, raw: [UInt8])], _ plan: RowPlan, of record: Int64) {
        count += rows.count
        if let place = groups.lastIndex(where: { $0.record == record }),
            let first = groups[place].group.rows.first?.row, let last = groups[place].group.rows.last?.row,
            rows.allSatisfy({ plan.continues($0.row, after: first, last) })
        {
            groups[place].group.rows += rows
        } else {
            groups.append((record, (rows, plan)))
        }
    }

    /// Removes and returns all groups.
    mutating func take() -> [Group] {
        defer { self = ApartRows() }
        return groups.map(\.group)
    }
}
