import Glibc

/// A place on the globe, in degrees.
struct GlobePoint: Sendable, Hashable {
    let latitude: Double
    let longitude: Double

    /// The maximum degrees of latitude and longitude on either side of 0.
    static let limits: (latitude: Int64, longitude: Int64) = (90, 180)

    /// Returns the reason why stored degrees are not valid; `nil` when they are.
    ///
    /// - Parameter most: the maximum number of degrees on either side of 0.
    static func fault(of scaled: Int64, digits: Int, most: Int64) -> ValueError? {
        if scaled.magnitude <= (most * Int64.powerOfTen(digits)).magnitude { return nil }
        return ValueError(en: "degrees go from -\(most) to \(most)", es: "los grados van de -\(most) a \(most)")
    }

    /// The mean radius of the earth in meters (IUGG, R1).
    private static let radius = 6_371_008.8

    /// Returns the length of the great circle to another place in meters, by the haversine formula.
    func distance(to other: GlobePoint) -> Double {
        let degree = Double.pi / 180
        let (first, second) = (latitude * degree, other.latitude * degree)
        let height = sin((second - first) / 2)
        let width = sin((other.longitude - longitude) * degree / 2)
        let square = height * height + cos(first) * cos(second) * width * width
        return 2 * Self.radius * asin(min(1, square.squareRoot()))
    }
}
