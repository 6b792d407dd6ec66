/// Which row of an input made a link, by the link's id. Rows that follow each other, as most do, take one entry together.
struct RowsOfLinks {
    private struct Run {
        let first: Int64
        var last: Int64
        let row: Int
    }

    /// The maximum number of runs. More are needed only for an input that jumps back and forth, for which the rows are
    /// not reported.
    private static let mostRuns = 50_000

    private var runs: [Run] = []

    /// Notes that a row has made a link. Ids ascend, except behind what was rolled back.
    mutating func note(_ id: Int64, row: Int) {
        while let last = runs.last, last.last >= id {
            runs.removeLast()
            if last.first < id { runs.append(Run(first: last.first, last: id - 1, row: last.row)) }
        }
        if let last = runs.last, last.last == id - 1, last.row + Int(id - last.first) == row {
            runs[runs.count - 1].last = id
        } else if runs.count < Self.mostRuns {
            runs.append(Run(first: id, last: id, row: row))
        }
    }

    /// Returns the row that made a link; `nil` if that is not known.
    func row(of id: Int64) -> Int? {
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].last < id { low = middle + 1 } else { high = middle }
        }
        guard low < runs.count, runs[low].first <= id else { return nil }
        return runs[low].row + Int(id - runs[low].first)
    }
}
