/// The records that got their numbers by a pattern, as runs of ids without gaps.
struct GivenNumbers {
    /// A state to which the runs can be taken back. They only grow, so that it takes no copy of them.
    struct Mark {
        fileprivate let count: Int
        fileprivate let last: Int64?
    }

    /// The runs of each module, which ascend.
    private var runs: [ModuleName: [ClosedRange<Int64>]] = [:]
    /// The modules of all runs, in the order in which these began.
    private var order: [ModuleName] = []

    /// The maximum number of runs; records beyond keep their numbers.
    private static let most = 50_000

    var isEmpty: Bool { order.isEmpty }

    var mark: Mark { Mark(count: order.count, last: last?.upperBound) }

    /// The run that began last.
    private var last: ClosedRange<Int64>? { order.last.flatMap { runs[$0]?.last } }

    func contains(_ id: Int64, of module: ModuleName) -> Bool {
        guard let runs = runs[module] else { return false }
        let place = runs.indices.firstPlace { runs[$0].upperBound >= id }
        return place < runs.count && runs[place].contains(id)
    }

    /// Adds a record, whose id is above those of the earlier ones of its module.
    mutating func note(_ id: Int64, of module: ModuleName) {
        if order.last == module, let last, last.isFollowed(by: id) {
            extend(to: id)
        } else if order.count < Self.most {
            runs[module, default: []].append(id...id)
            order.append(module)
        }
    }

    /// Forgets the records that were added since a mark was taken.
    mutating func rewind(to mark: Mark) {
        while order.count > mark.count, let module = order.popLast() { runs[module]?.removeLast() }
        if let end = mark.last { extend(to: end) }
    }

    /// Ends the latest run at an id, or at its beginning if that is later.
    private mutating func extend(to end: Int64) {
        guard let module = order.last, let begin = runs[module]?.popLast()?.lowerBound else { return }
        runs[module]?.append(begin...max(end, begin))
    }
}
