/// Ids in runs without gaps, in their order.
struct IDRanges {
    let ranges: [ClosedRange<Int64>]

    init(_ runs: [ClosedRange<Int64>]) {
        var joined: [ClosedRange<Int64>] = []
        for run in runs.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, run.lowerBound <= last.upperBound || run.lowerBound - 1 == last.upperBound {
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
