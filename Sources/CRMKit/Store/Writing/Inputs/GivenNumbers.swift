/// The records that got their numbers by a pattern, as runs of ids without gaps.
struct GivenNumbers {
    /// A state to which the runs can be taken back. They only grow, so that it takes no copy of them.
    struct Mark {
        fileprivate let count: Int
        fileprivate let last: Int64?
    }

    private var runs: [(module: ModuleName, ids: ClosedRange<Int64>)] = []

    /// The maximum number of runs; records beyond keep their numbers.
    private static let most = 50_000

    var isEmpty: Bool { runs.isEmpty }

    var mark: Mark { Mark(count: runs.count, last: runs.last?.ids.upperBound) }

    func contains(_ id: Int64, of module: ModuleName) -> Bool {
        runs.contains { $0.ids.contains(id) && $0.module == module }
    }

    /// Adds a record, whose id is above those of the earlier ones of its module.
    mutating func note(_ id: Int64, of module: ModuleName) {
        if let last = runs.indices.last, runs[last].module == module, runs[last].ids.isFollowed(by: id) {
            runs[last].ids = runs[last].ids.lowerBound...id
        } else if runs.count < Self.most {
            runs.append((module, id...id))
        }
    }

    /// Forgets the records that were added since a mark was taken.
    mutating func rewind(to mark: Mark) {
        runs.removeLast(max(0, runs.count - mark.count))
        if let index = runs.indices.last, let last = mark.last {
            runs[index].ids = runs[index].ids.lowerBound...max(last, runs[index].ids.lowerBound)
        }
    }
}
