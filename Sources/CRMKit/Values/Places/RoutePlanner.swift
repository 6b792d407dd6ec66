import Formats

/// Finds a short route through stops, each visited once, from a beginning to an end.
///
/// For up to ``mostExact`` stops the route is the shortest one, by dynamic programming over subsets (Held and Karp,
/// 1962). For more stops it starts from the nearest neighbours and is improved by reversing parts (2-opt) and moving
/// parts (Or-opt), repeatedly from routes rearranged at random places (double bridge). The same distances always give
/// the same route.
struct RoutePlanner {
    /// The maximum number of stops for which the exact solution is computed.
    static let mostExact = 12

    /// The number of stops.
    let count: Int
    /// The distances between places by `from * (count + 2) + to`: the stops, then the beginning, then the end.
    private let lengths: [Double]

    private var begin: Int { count }
    private var end: Int { count + 1 }

    /// Creates a planner from the distances between places.
    ///
    /// - Parameters:
    ///   - length: returns the distance from one stop to another.
    ///   - begin: returns the distance from the beginning to a stop; `nil` when the route may begin anywhere.
    ///   - end: returns the distance from a stop to the end; `nil` when the route may end anywhere.
    init(
        count: Int,
        length: (_ from: Int, _ to: Int) -> Double,
        begin: ((_ stop: Int) -> Double)?,
        end: ((_ stop: Int) -> Double)?
    ) {
        self.count = count
        let width = count + 2
        var lengths = [Double](repeating: 0, count: width * width)
        for from in 0..<count {
            for to in 0..<count where from != to { lengths[from * width + to] = length(from, to) }
            lengths[count * width + from] = begin?(from) ?? 0
            lengths[from * width + count + 1] = end?(from) ?? 0
        }
        self.lengths = lengths
    }

    private func length(_ from: Int, _ to: Int) -> Double { lengths[from * (count + 2) + to] }

    /// Returns the length of a route from the beginning to the end.
    func length(of stops: [Int]) -> Double {
        var (whole, last) = (0.0, begin)
        for stop in stops {
            whole += length(last, stop)
            last = stop
        }
        return whole + (stops.isEmpty ? 0 : length(last, end))
    }

    /// The stops in the order in which to visit them.
    var order: [Int] {
        if count < 2 { return Array(0..<count) }
        return count <= Self.mostExact ? exact : approximate
    }

    // MARK: - Exactly

    private var exact: [Int] {
        let sets = 1 << count
        var shortest = [Double](repeating: .infinity, count: sets * count)
        var previous = [Int](repeating: -1, count: sets * count)
        for stop in 0..<count { shortest[(1 << stop) * count + stop] = length(begin, stop) }
        for set in 1..<sets {
            for last in 0..<count where set & 1 << last != 0 {
                let way = shortest[set * count + last]
                if way == .infinity { continue }
                for next in 0..<count where set & 1 << next == 0 {
                    let place = (set | 1 << next) * count + next
                    let longer = way + length(last, next)
                    if longer < shortest[place] { (shortest[place], previous[place]) = (longer, last) }
                }
            }
        }
        var set = sets - 1
        let ends = (0..<count).map { shortest[set * count + $0] + length($0, end) }
        // Of equally short routes the one that begins with the first stops is chosen.
        var stop = ends.indices.reversed().min { ends[$0] < ends[$1] } ?? 0
        var order: [Int] = []
        while stop >= 0 {
            order.append(stop)
            let before = previous[set * count + stop]
            set &= ~(1 << stop)
            stop = before
        }
        return order.reversed()
    }

    // MARK: - Nearly

    private var approximate: [Int] {
        var way = Way(planner: self, stops: nearestNeighbours)
        way.improve()
        var (best, bestLength) = (way.stops, length(of: way.stops))
        var random = SplitMix64(state: UInt64(count))
        for _ in 0..<attempts {
            var other = Way(planner: self, stops: Self.bridged(best, &random))
            other.improve()
            let length = length(of: other.stops)
            if length < bestLength - Self.least { (best, bestLength) = (other.stops, length) }
        }
        return best
    }

    /// How often a route is rearranged. More attempts hardly shorten routes of 200 stops; as each takes the square of the
    /// stops, longer routes have fewer.
    private var attempts: Int { max(5, min(60, 60 * 200 * 200 / (count * count))) }
    /// The difference below which a gain is only a rounding error.
    fileprivate static let least = 1e-7

    private var nearestNeighbours: [Int] {
        var left = Set(0..<count)
        var order: [Int] = []
        var last = begin
        while let next = left.min(by: { (length(last, $0), $0) < (length(last, $1), $1) }) {
            order.append(next)
            left.remove(next)
            last = next
        }
        return order
    }

    /// Cuts a route at three random places and exchanges the two middle pieces.
    private static func bridged(_ stops: [Int], _ random: inout SplitMix64) -> [Int] {
        let cuts = (0..<3).map { _ in Int.random(in: 1..<stops.count, using: &random) }.sorted()
        return Array(stops[..<cuts[0]] + stops[cuts[1]..<cuts[2]] + stops[cuts[0]..<cuts[1]] + stops[cuts[2]...])
    }

    /// A route with its two ends, which stay in place.
    private struct Way {
        private let planner: RoutePlanner
        private var places: [Int]

        init(planner: RoutePlanner, stops: [Int]) {
            self.planner = planner
            places = [planner.begin] + stops + [planner.end]
        }

        var stops: [Int] { Array(places[1..<places.count - 1]) }

        /// Improves the route until no part of it can be reversed or moved for a gain.
        mutating func improve() {
            while turn() || move() {}
        }

        /// Reverses parts. Distances may differ by direction, so that those along the route are summed in both
        /// directions.
        private mutating func turn() -> Bool {
            var hasGained = false
            var (there, back) = sums
            for first in 1..<places.count - 2 {
                for last in first + 1..<places.count - 1 {
                    let (before, after) = (places[first - 1], places[last + 1])
                    let old =
                        planner.length(before, places[first]) + there[last] - there[first]
                        + planner.length(places[last], after)
                    let new =
                        planner.length(before, places[last]) + back[last] - back[first]
                        + planner.length(places[first], after)
                    guard new < old - RoutePlanner.least else { continue }
                    places[first...last].reverse()
                    (there, back) = sums
                    hasGained = true
                }
            }
            return hasGained
        }

        /// The distances from the beginning to each place, and those of the same way in the opposite direction.
        private var sums: (there: [Double], back: [Double]) {
            var (there, back) = ([0.0], [0.0])
            for place in 1..<places.count {
                there.append(there[place - 1] + planner.length(places[place - 1], places[place]))
                back.append(back[place - 1] + planner.length(places[place], places[place - 1]))
            }
            return (there, back)
        }

        /// Moves parts of up to three stops to places where they shorten the route, in either direction.
        private mutating func move() -> Bool {
            var hasGained = false
            for size in 1...3 where size < places.count - 1 {
                for first in 1..<places.count - size where moved(first..<first + size) { hasGained = true }
            }
            return hasGained
        }

        private mutating func moved(_ part: Range<Int>) -> Bool {
            guard part.upperBound < places.count else { return false }
            let (head, tail) = (places[part.lowerBound], places[part.upperBound - 1])
            let (before, after) = (places[part.lowerBound - 1], places[part.upperBound])
            let without = planner.length(before, after) - planner.length(before, head) - planner.length(tail, after)
            let inner = (part.lowerBound..<part.upperBound - 1).reduce((0.0, 0.0)) { sums, place in
                (
                    sums.0 + planner.length(places[place], places[place + 1]),
                    sums.1 + planner.length(places[place + 1], places[place])
                )
            }
            for place in 0..<places.count - 1 where place < part.lowerBound - 1 || place >= part.upperBound {
                let (left, right) = (places[place], places[place + 1])
                let gap = planner.length(left, right)
                let straight = planner.length(left, head) + planner.length(tail, right) - gap
                let turned =
                    planner.length(left, tail) + planner.length(head, right) - gap + inner.1 - inner.0
                guard without + min(straight, turned) < -RoutePlanner.least else { continue }
                let stops = Array(turned < straight ? places[part].reversed() : Array(places[part]))
                places.removeSubrange(part)
                places.insert(contentsOf: stops, at: place < part.lowerBound ? place + 1 : place + 1 - part.count)
                return true
            }
            return false
        }
    }
}

/// Pseudorandom numbers that are the same in every run (Steele, Lea and Flood, 2014).
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return state.mixed
    }
}
