/// A set of ids as ascending ranges with gaps between them.
struct IDRanges {
    let ranges: [ClosedRange<Int64>]

    init(_ runs: [ClosedRange<Int64>]) {
        var joined: [ClosedRange<Int64>] = []
        for run in runs.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, last.isFollowed(by: run.lowerBound) || run.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound...max(last.upperBound, run.upperBound)
            } else {
                joined.append(run)
            }
        }
        ranges = joined
    }

    func contains(_ id: Int64) -> Bool {
        let place = ranges.indices.firstPlace { ranges[$0].upperBound >= id }
        return place < ranges.count && ranges[place].contains(id)
    }
}

extension ClosedRange<Int64> {
    /// Whether an id directly follows the range. No id follows the greatest.
    func isFollowed(by id: Int64) -> Bool { upperBound < .max && upperBound + 1 == id }
}
