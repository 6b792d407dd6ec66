import Formats
import Localization

/// A quarter, month or week by which groups of a summary are called: `2026-Q1`, `2026-03`, `2026-W11`.
struct PeriodType: FieldTypeDefinition {
    let period: Period

    var form: ValueForm { .text }
    var family: ComparisonFamily? { .text("period", canContain: true) }
    var placeholder: Text { Text(en: "PERIOD", es: "PERIODO") }
    var spelling: Text {
        let written = named(2026, 3)
        return Text(
            en: "A period, as in \(written), or a day of it.",
            es: "Un periodo, como en \(written), o un día de él."
        )
    }
    var example: String? { named(2026, 3) }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        let today = context.clock.date
        if let name = numbered(text) { return .text(name) }
        if let days = NamedPeriod.days(of: text, today: today), name(of: days.first) == name(of: days.last) {
            return .text(name(of: days.first))
        }
        if let day = try? CivilDate(parsing: text, today: today, order: context.dateOrder) {
            return .text(name(of: day))
        }
        // A month by its name needs its year, for there is one in each.
        if period == .month, text.utf8.split(whereSeparator: { !$0.isDigit }).map(\.count) == [4],
            let day = try? CivilDate(parsing: "1 \(text)", today: today, order: context.dateOrder)
        {
            return .text(name(of: day))
        }
        let written = named(2026, 3)
        throw ValueError(
            en: "write the period as in \(written), or a day of it",
            es: "escribir el periodo como en \(written), o un día de él"
        )
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        try value(of: text.trimmed, in: context)
    }

    /// Returns the name of the period that a text tells by a year and a number, in either order: `2026-Q1`, `1T 2026`,
    /// `3/2026`.
    ///
    /// - Returns: `nil` for any other text.
    private func numbered(_ text: String) -> String? {
        let numbers = text.utf8.split { !$0.isDigit }.compactMap { Int(Substring($0)) }
        guard numbers.count == 2, marks.contains(text.filter(\.isLetter).uppercased()) else { return nil }
        let (year, number) = numbers[0] > 999 ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
        guard (1000...9999).contains(year), (1...count).contains(number) else { return nil }
        return named(year, number)
    }

    /// The letters that stand with the number of a period, in either language.
    private var marks: [String] {
        switch period {
        case .quarter: ["Q", "T"]
        case .week: ["W", "S"]
        case .month, .year, .weekday, .day: [""]
        }
    }

    /// The most that there are in a year.
    private var count: Int {
        switch period {
        case .quarter: 4
        case .week: 53
        case .month, .year, .weekday, .day: 12
        }
    }

    private func named(_ year: Int, _ number: Int) -> String {
        let year = year.digits(atLeast: 4)
        return switch period {
        case .quarter: "\(year)-Q\(number)"
        case .week: "\(year)-W\(number.digits(atLeast: 2))"
        case .month, .year, .weekday, .day: "\(year)-\(number.digits(atLeast: 2))"
        }
    }

    /// Returns the name of the period in which a day falls.
    private func name(of day: CivilDate) -> String {
        switch period {
        case .quarter: return named(day.year, (day.month + 2) / 3)
        case .week:
            let thursday = day.adding(days: 3 - Int64(day.weekday)) ?? day
            let first = CivilDate(validYear: thursday.year, month: 1, day: 1)
            return named(thursday.year, Int(thursday.daysSinceEpoch - first.daysSinceEpoch) / 7 + 1)
        case .month, .year, .weekday, .day: return named(day.year, day.month)
        }
    }
}
