import Testing

@testable import CRMKit

/// Short ways through stops.
@Suite struct RoutePlannerTests {
    /// Points of a plane that look random and are always the same.
    private struct Plane {
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
    }

    private func permutations(of count: Int) -> [[Int]] {
        count == 0
            ? [[]]
            : permutations(of: count - 1).flatMap { order in
                (0..<count).map { place in
                    var order = order
                    order.insert(count - 1, at: place)
                    return order
                }
            }
    }

    @Test("a few stops are visited the shortest way", arguments: 0..<8)
    func aFewStopsAreVisitedTheShortestWay(count: Int) {
        for seed in 1...5 as ClosedRange<UInt64> {
            let planner = Plane(count + 2, seed: seed).planner
            let shortest = permutations(of: count).map { planner.length(of: $0) }.min() ?? 0
            #expect(abs(planner.length(of: planner.order) - shortest) < 1e-6)
            #expect(planner.order.sorted() == Array(0..<count))
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
