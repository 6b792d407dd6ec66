import Testing

@testable import CRMKit

/// Short ways through stops.
@Suite struct RoutePlannerTests {
    /// Points of a plane that look random and are always the same.
    fileprivate struct Plane {
        let points: [(Double, Double)]

        init(_ count: Int, seed: UInt64) {
            var state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493
            points = (0..<count).map { _ in
                let pair = (0..<2).map { _ -> Double in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return Double(state >> 33) / Double(1 << 31) * 1_000
                }
                return (pair[0], pair[1])
            }
        }

        init(_ points: [(Double, Double)]) { self.points = points }

        func length(_ from: Int, _ to: Int) -> Double {
            let (x, y) = (points[from].0 - points[to].0, points[from].1 - points[to].1)
            return (x * x + y * y).squareRoot()
        }

        /// From the first point to the last over all others.
        var planner: RoutePlanner {
            RoutePlanner(
                count: points.count - 2,
                length: { length($0 + 1, $1 + 1) },
                begin: { length(0, $0 + 1) },
                end: { length($0 + 1, points.count - 1) }
            )
        }

        /// A length that no way from the first point to the last over all others goes below: that of the shortest tree
        /// with a toll at every point, which a way pays as often as it touches the point (Held and Karp, 1970).
        ///
        /// - Parameter known: the length of some way, which says how far tolls are worth raising.
        func leastLength(near known: Double) -> Double {
            let touches = points.indices.map { $0 == 0 || $0 == points.count - 1 ? 1 : 2 }
            var tolls = [Double](repeating: 0, count: points.count)
            var (best, share) = (0.0, 1.0)
            for _ in 0..<100 {
                let (weight, degrees) = shortestTree(with: tolls)
                let least = weight - zip(tolls, touches).reduce(0) { $0 + $1.0 * Double($1.1) }
                best = max(best, least)
                let excess = zip(degrees, touches).map { Double($0 - $1) }
                let step = share * (known - least) / max(1, excess.reduce(0) { $0 + $1 * $1 })
                for point in points.indices { tolls[point] += step * excess[point] }
                share *= 0.98
            }
            return best
        }

        /// The weight of the shortest spanning tree with tolls at both ends of an edge, and how many edges touch each
        /// point (Prim, 1957).
        private func shortestTree(with tolls: [Double]) -> (weight: Double, degrees: [Int]) {
            var weight = 0.0
            var degrees = [Int](repeating: 0, count: points.count)
            var nearest = points.indices.map { (length: length(0, $0) + tolls[0] + tolls[$0], point: 0) }
            var left = Array(points.indices.dropFirst())
            while let place = left.indices.min(by: { nearest[left[$0]].length < nearest[left[$1]].length }) {
                let next = left.remove(at: place)
                weight += nearest[next].length
                degrees[next] += 1
                degrees[nearest[next].point] += 1
                for point in left {
                    let length = length(next, point) + tolls[next] + tolls[point]
                    if length < nearest[point].length { nearest[point] = (length, next) }
                }
            }
            return (weight, degrees)
        }
    }

    /// Whether some way through the stops is shorter than a length; every way is followed as long as it is shorter.
    private func isThereAWay(
        from place: Int,
        through left: Set<Int>,
        in plane: Plane,
        shorterThan most: Double
    ) -> Bool {
        if left.isEmpty { return plane.length(place, plane.points.count - 1) < most }
        return left.contains { next in
            let rest = most - plane.length(place, next)
            return rest > 0 && isThereAWay(from: next, through: left.subtracting([next]), in: plane, shorterThan: rest)
        }
    }

    @Test("a few stops are visited the shortest way", arguments: 0...RoutePlanner.mostExact)
    func aFewStopsAreVisitedTheShortestWay(count: Int) {
        for seed in 1...3 as ClosedRange<UInt64> {
            let plane = Plane(count + 2, seed: seed)
            let order = plane.planner.order
            #expect(order.sorted() == Array(0..<count))
            let most = plane.planner.length(of: order) - 1e-6
            #expect(!isThereAWay(from: 0, through: Set(1..<count + 1), in: plane, shorterThan: most))
        }
    }

    @Test("distances may differ by direction") func distancesMayDifferByDirection() {
        let planner = RoutePlanner(count: 3, length: { $0 < $1 ? 10 : 1 }, begin: nil, end: nil)
        #expect(planner.order == [2, 1, 0])
    }

    /// On a grid the shortest way is known: one step a stop.
    @Test("many stops on a grid are within five per cent", arguments: [(5, 6), (10, 10), (10, 20)])
    func manyStopsOnAGridAreWithinFivePerCent(rows: Int, columns: Int) {
        let points = (0..<rows * columns).map { place in
            (Double(place * 7919 % (rows * columns) / columns), Double(place * 7919 % (rows * columns) % columns))
        }
        let plane = Plane(points)
        let planner = RoutePlanner(count: points.count, length: plane.length, begin: nil, end: nil)
        let order = planner.order
        #expect(order.sorted() == Array(points.indices))
        #expect(planner.length(of: order) <= Double(points.count - 1) * 1.05)
    }

    /// On a curve that bends one way the shortest way follows it.
    @Test("stops along a curve are visited along it") func stopsAlongACurveAreVisitedAlongIt() {
        let count = 101
        let points = (0..<count).map { place in
            let part = Double(place * 40 % count) / Double(count)
            return (part, part * part)
        }
        let plane = Plane(points)
        let planner = RoutePlanner(count: count, length: plane.length, begin: nil, end: nil)
        let along = points.indices.sorted { points[$0].0 < points[$1].0 }
        #expect(planner.length(of: planner.order) <= planner.length(of: along) * 1.05)
    }

    /// The kinds of instances that collections of the travelling salesman problem are made of, from 100 to 200 stops.
    enum Instance: CaseIterable {
        case scattered, towns, drilledBoard, ring, spokes

        fileprivate var plane: Plane {
            switch self {
            case .scattered: return Plane(200, seed: 7)
            case .towns:
                let stops = Plane(180, seed: 4).points
                return Plane(
                    stops.indices.map { stop in
                        let town = Self.place(onRingOf: 10, at: stop, radius: 500)
                        return (town.0 + stops[stop].0 / 8, town.1 + stops[stop].1 / 8)
                    }
                )
            case .drilledBoard:
                let holes = (0..<400).map { (row: $0 / 20, column: $0 % 20) }
                let drilled = holes.filter { $0.row / 3 % 2 == 0 && $0.column / 2 % 3 != 1 }
                return Plane(drilled.map { hole in (Double(hole.row) * 40, Double(hole.column) * 40) })
            case .ring:
                let places = [0] + (1...148).map { $0 * 61 % 149 } + [149]
                return Plane(places.map { Self.place(onRingOf: 150, at: $0, radius: 1_000) })
            case .spokes:
                return Plane(
                    (0..<160).map { Self.place(onRingOf: 16, at: $0 % 16, radius: Double($0 / 16 + 1) * 100) }
                )
            }
        }

        private static func place(onRingOf count: Int, at place: Int, radius: Double) -> (Double, Double) {
            // The unit circle by its rational points, so that the coordinates are the same on every machine.
            let turn = Double(place % count) / Double(count) * 4
            let (quarter, part) = (Int(turn), turn - turn.rounded(.down))
            let whole = 1 + part * part
            let (x, y) = ((1 - part * part) / whole * radius, 2 * part / whole * radius)
            return [(x, y), (-y, x), (-x, -y), (y, -x)][quarter]
        }
    }

    @Test("many stops are within five per cent of what no way can go below", arguments: Instance.allCases)
    func manyStopsAreWithinFivePerCent(instance: Instance) {
        let plane = instance.plane
        #expect((100...200).contains(plane.points.count))
        let order = plane.planner.order
        #expect(order.sorted() == Array(0..<plane.points.count - 2))
        let length = plane.planner.length(of: order)
        let least = plane.leastLength(near: length)
        #expect(least <= length + 1e-6)
        #expect(length <= least * 1.05)
    }

    @Test("the globe is round") func theGlobeIsRound() {
        let (mexico, madrid) = (
            GlobePoint(latitude: 19.4326, longitude: -99.1332), GlobePoint(latitude: 40.4168, longitude: -3.7038)
        )
        #expect(abs(mexico.distance(to: madrid) - 9_062_000) < 10_000)
        #expect(
            abs(
                GlobePoint(latitude: 0, longitude: 179.5).distance(to: GlobePoint(latitude: 0, longitude: -179.5))
                    - 111_195
            ) < 100
        )
        #expect(mexico.distance(to: mexico) == 0)
    }
}
