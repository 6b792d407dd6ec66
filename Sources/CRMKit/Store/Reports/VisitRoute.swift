import Localization
import SQLite

/// The order in which addresses are visited.
struct VisitRoute {
    /// An address with its position.
    private struct Stop {
        let address: Int64
        let point: GlobePoint
    }

    /// The maximum number of stops: planning more would take minutes.
    static let most = 1_000

    private let stops: [Stop]
    private let begin: GlobePoint?
    private let end: GlobePoint?
    private let matrix: DistanceMatrix?

    init(_ report: ReportContext) throws {
        begin = try Self.point(report, "start")
        end = try Self.point(report, "end")
        matrix = try report["matrix"].text.map { text throws(CRMError) in try DistanceMatrix(text) }
        let query: SQLFragment = """
            SELECT t.id, t.latitude, t.longitude FROM address AS t WHERE \(report.condition) \
            AND \(Report.isValid(report)) AND t.latitude IS NOT NULL AND t.longitude IS NOT NULL ORDER BY t.id LIMIT \
            \(bind: .integer(Int64(Self.most) + 1))
            """
        var stops: [Stop] = []
        let statement = try report.database.prepare(fragment: query)
        while try statement.step() {
            let point = GlobePoint(
                latitude: Self.degrees(statement.integer(at: 1)),
                longitude: Self.degrees(statement.integer(at: 2))
            )
            stops.append(Stop(address: statement.integer(at: 0), point: point))
        }
        guard stops.count <= Self.most else {
            throw CRMError(
                .refused,
                Text(
                    en: "a route has at most \(Self.most) addresses",
                    es: "una ruta tiene a lo sumo \(Self.most) direcciones"
                ),
                hint: Text(en: "take some with --where", es: "tomar algunas con --where")
            )
        }
        self.stops = stops
    }

    /// Returns the degrees of a stored coordinate, which has seven digits after the point.
    private static func degrees(_ units: Int64) -> Double { Double(units) / 10_000_000 }

    private static func point(_ report: ReportContext, _ parameter: String) throws -> GlobePoint? {
        guard let text = report[parameter].text else { return nil }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        do throws(ValueError) {
            guard parts.count == 2 else {
                throw ValueError(
                    Text(
                        en: "write latitude and longitude in degrees, as in 19.4326,-99.1332",
                        es: "escribir latitud y longitud en grados, como 19.4326,-99.1332"
                    )
                )
            }
            let limits = [GlobePoint.limits.latitude, GlobePoint.limits.longitude]
            let values = try zip(parts, limits).map { part, most throws(ValueError) in
                let value = try FieldType.coordinate.parse(String(part), in: report.context)
                if let fault = value.integer.flatMap({ GlobePoint.fault(of: $0, digits: 7, most: most) }) {
                    throw fault
                }
                return value
            }
            return GlobePoint(latitude: degrees(values[0].integer ?? 0), longitude: degrees(values[1].integer ?? 0))
        } catch {
            throw CRMError(
                .usage,
                Text(
                    en: "--\(parameter) '\(text)': \(error.reason.en)",
                    es: "--\(parameter) '\(text)': \(error.reason.es)"
                )
            )
        }
    }

    // MARK: - The way

    /// The stops with their places in the route, the meters from the previous stop and from the beginning, and the
    /// lengths of the whole route in the order of ids and in this order. A beginning or an end elsewhere is a row
    /// without an address.
    var sql: SQLFragment {
        get throws(CRMError) {
            var lengths: [[Double]] = []
            for (from, stop) in stops.enumerated() {
                var row: [Double] = []
                for (to, other) in stops.enumerated() {
                    row.append(
                        from == to ? 0 : try length("\(stop.address)", stop.point, "\(other.address)", other.point)
                    )
                }
                lengths.append(row)
            }
            let first = try begin.map { begin throws(CRMError) in
                try stops.map { stop throws(CRMError) in try length("start", begin, "\(stop.address)", stop.point) }
            }
            let last = try end.map { end throws(CRMError) in
                try stops.map { stop throws(CRMError) in try length("\(stop.address)", stop.point, "end", end) }
            }
            let planner = RoutePlanner(
                count: stops.count,
                length: { lengths[$0][$1] },
                begin: first.map { first in { first[$0] } },
                end: last.map { last in { last[$0] } }
            )
            let order = planner.order
            let before = Int64(planner.length(of: Array(stops.indices)).rounded())
            let after = Int64(planner.length(of: order).rounded())
            var (rows, sum) = ([String](), 0.0)
            func add(_ place: Int, _ address: Int64?, _ leg: Double) {
                sum += leg
                let address = address.map { "\($0)" } ?? "null"
                rows.append("[\(place),\(address),\(Int64(leg.rounded())),\(Int64(sum.rounded()))]")
            }
            if first != nil, !order.isEmpty { add(0, nil, 0) }
            for (place, stop) in order.enumerated() {
                add(
                    place + 1,
                    stops[stop].address,
                    place == 0 ? first?[stop] ?? 0 : lengths[order[place - 1]][stop]
                )
            }
            if let last, let stop = order.last { add(order.count + 1, nil, last[stop]) }
            return """
                SELECT k.value ->> 0 AS position, a.id AS address, a.contact, a.street, a.city, \
                k.value ->> 2 AS leg, k.value ->> 3 AS distance, \(bind: .integer(after)) AS length, \
                \(bind: .integer(before)) AS length_before \
                FROM json_each(\(bind: .text("[\(rows.joined(separator: ","))]"))) AS k \
                LEFT JOIN address AS a ON a.id = k.value ->> 1
                """
        }
    }

    private func length(_ from: String, _ start: GlobePoint, _ to: String, _ end: GlobePoint) throws(CRMError) -> Double
    {
        guard let matrix else { return start.distance(to: end) }
        if let meters = matrix[DistanceMatrix.Leg(from: from, to: to)] { return meters }
        throw CRMError(
            .usage,
            Text(
                en: "--matrix has no distance from \(from) to \(to)",
                es: "--matrix no tiene la distancia de \(from) a \(to)"
            )
        )
    }
}
