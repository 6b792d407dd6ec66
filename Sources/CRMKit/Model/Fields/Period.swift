import Localization

/// A period of the calendar in which days fall. Weeks begin on Monday and belong to the year of their Thursday (ISO
/// 8601).
public enum Period: String, Sendable, Hashable, CaseIterable {
    case year, quarter, month, week, weekday, day

    /// Whether its groups follow each other in time, so that there may be some between two others.
    var isAxis: Bool { self != .weekday }

    /// Returns the position of the group key along which empty groups are listed too: the only key that follows time,
    /// or, without such a key, the only one by day of the week.
    ///
    /// - Parameter periods: the period of each group key; `nil` for a key that is not a period.
    /// - Returns: `nil` when there is no such key or more than one.
    static func filled(among periods: [Period?]) -> Int? {
        let axes = periods.indices.filter { periods[$0]?.isAxis == true }
        let found = axes.isEmpty ? periods.indices.filter { periods[$0] == .weekday } : axes
        return found.count == 1 ? found[0] : nil
    }

    /// The heading of a column of such periods, which follows the label of the date.
    var label: Text {
        switch self {
        case .year: Text(en: "year", es: "año")
        case .quarter: Text(en: "quarter", es: "trimestre")
        case .month: Text(en: "month", es: "mes")
        case .week: Text(en: "week", es: "semana")
        case .weekday: Text(en: "weekday", es: "día de la semana")
        case .day: Text(en: "day", es: "día")
        }
    }

    /// The days of the week from Monday on.
    static let weekdays = [
        Choice("monday", en: "Monday", es: "Lunes"), Choice("tuesday", en: "Tuesday", es: "Martes"),
        Choice("wednesday", en: "Wednesday", es: "Miércoles"), Choice("thursday", en: "Thursday", es: "Jueves"),
        Choice("friday", en: "Friday", es: "Viernes"), Choice("saturday", en: "Saturday", es: "Sábado"),
        Choice("sunday", en: "Sunday", es: "Domingo"),
    ]

    /// The type of a column of such periods: `2026` is an integer, and other periods are ISO 8601 text, `2026-03`,
    /// `2026-W11`, with `2026-Q1` for quarters.
    var type: FieldType {
        switch self {
        case .year: .integer(1...9999)
        case .quarter, .month, .week: .period(self)
        case .weekday: .choice(Self.weekdays)
        case .day: .date
        }
    }
}
