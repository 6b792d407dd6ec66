/// A set of ids as few ranges of neighbours.
struct IDRanges {
    let ranges: [ClosedRange<Int64>]

    init(_ ids: [Int64]) {
        self.init(ids.map { $0...$0 })
    }

    init(_ parts: [ClosedRange<Int64>]) {
        var ranges: [ClosedRange<Int64>] = []
        for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = ranges.last, part.lowerBound <= last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, part.upperBound)
            } else {
                ranges.append(part)
            }
        }
        self.ranges = ranges
    }

    /// Every id, in order.
    var ids: some Sequence<Int64> { ranges.lazy.joined() }
}
