/// The order of town, state and postal code in a country's addresses.
///
/// Most of the world writes the code before the town, as standard S42 of the Universal Postal Union specifies for
/// Mexico, Spain and most others. The formats of the countries named here follow USPS Publication 28 (section 21), the
/// Addressing Guidelines of Canada Post, Australia Post's "Addressing guidelines", and the "Guide for clear addressing"
/// of Royal Mail.
public enum TownFormat: Sendable {
    /// The code before the town.
    case usual
    /// `Austin, TX 78701`
    case american
    /// `Toronto ON  M5V 2T6`, and `Sydney NSW  2000`
    case canadian
    /// The town on one line, and the code on the one below.
    case british

    /// Returns the format of a country.
    ///
    /// - Parameter country: the ISO 3166-1 alpha-2 code; empty when it is unknown.
    public init(country: String) {
        self = Self.countries[country.uppercased()] ?? .usual
    }

    private static let countries: [String: TownFormat] = [
        // The territories have the same postal service.
        "US": .american, "PR": .american, "GU": .american, "VI": .american, "AS": .american, "MP": .american,
        "CA": .canadian, "AU": .canadian, "GB": .british, "GG": .british, "JE": .british, "IM": .british,
    ]

    /// Returns the lines with the town; `nil` for the usual format.
    ///
    /// - Parameters:
    ///   - code: the postal code.
    ///   - state: the state, province or county; any of the parts may be empty.
    public func lines(code: String, town: String, state: String) -> [String]? {
        func joined(_ parts: [String], _ separator: String) -> String {
            parts.filter { !$0.isEmpty }.joined(separator: separator)
        }
        let lines: [String]
        switch self {
        case .usual: return nil
        case .american: lines = [joined([town, joined([state, code], " ")], ", ")]
        case .canadian: lines = [joined([joined([town, state], " "), code], "  ")]
        case .british: lines = [town, state, code]
        }
        return lines.filter { !$0.isEmpty }
    }
}
