import Localization

/// A period of the calendar in which days fall. Weeks begin on Monday and belong to the year of their Thursday (ISO 8601).
public enum Period: String, Sendable, Hashable, CaseIterable {
    case year, quarter, month, week, weekday, day

    /// Whether its groups follow each other in time, so that there may be some between two others.
    var isAxis: Bool { self != .weekday }

    /// The one of several keys, by their periods, along which what nothing falls into is a group too: that which follows
    /// time, or else the days of the week, of which there are seven.
    ///
    /// - Returns: `nil` where there is none, and where there are several.
    static func filled(among periods: [Period?]) -> Int? {
        let axes = periods.indices.filter { periods[$0]?.isAxis == true }
        let found = axes.isEmpty ? periods.indices.filter { periods[$0] == .weekday } : axes
        return found.count == 1 ? found[0] : nil
    }

    /// What people read above its column, behind the name of the day.
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

    /// What the column of it holds: text as ISO 8601 has it, `2026-03`, `2026-W11`, and `2026-Q1`.
    var type: FieldType {
        switch self {
        case .year: .integer(1...9999)
        case .quarter, .month, .week: .code
        case .weekday: .choice(Self.weekdays)
        case .day: .date
        }
    }
}
