/// A week, month, quarter or year as people name it by the present day: `esta semana`, `el mes pasado`, `next year`.
enum NamedPeriod {
    private enum Unit {
        case week
        case months(Int)
    }

    private static let units: [String: Unit] = [
        "semana": .week, "week": .week, "mes": .months(1), "month": .months(1), "trimestre": .months(3),
        "quarter": .months(3), "ano": .months(12), "year": .months(12),
    ]
    /// How many periods later they are than the present one, by the words beside that for the unit.
    private static let offsets: [String: Int64] = [
        "esta": 0, "este": 0, "this": 0, "actual": 0, "current": 0, "en curso": 0, "proxima": 1, "proximo": 1,
        "siguiente": 1, "que viene": 1, "next": 1, "pasada": -1, "pasado": -1, "anterior": -1, "last": -1,
        "previous": -1,
    ]
    private static let articles: Set<String> = ["la", "el", "the"]

    /// Whether a folded word is one for a length of time of which there are periods.
    static func isUnit(_ word: String) -> Bool { units[word] != nil }

    /// Whether a text names a period.
    static func isOne(_ text: String) -> Bool { read(text) != nil }

    /// Returns the first and the last day of the period that a text names; `nil` for any other text, and for a period
    /// outside the calendar.
    static func days(of text: String, today: CivilDate) -> (first: CivilDate, last: CivilDate)? {
        guard let (unit, offset) = read(text) else { return nil }
        switch unit {
        case .week:
            guard let first = today.adding(days: 7 * offset - Int64(today.weekday)), let last = first.adding(days: 6)
            else { return nil }
            return (first, last)
        case .months(let count):
            let month = (today.month - 1) / count * count + 1
            let present = CivilDate(year: today.year, month: month, day: 1)
            guard let first = present?.adding(months: Int64(count) * offset),
                let last = first.adding(months: Int64(count))?.adding(days: -1)
            else { return nil }
            return (first, last)
        }
    }

    private static func read(_ text: String) -> (unit: Unit, offset: Int64)? {
        var words = Fold.fold(text).split(separator: " ").map(String.init)
        if let first = words.first, articles.contains(first) { words.removeFirst() }
        guard let place = words.firstIndex(where: { units[$0] != nil }), let unit = units[words.remove(at: place)],
            let offset = offsets[words.joined(separator: " ")]
        else { return nil }
        return (unit, offset)
    }
}
