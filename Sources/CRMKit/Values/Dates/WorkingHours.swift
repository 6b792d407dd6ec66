import Localization

/// The working hours of a week: `mon-fri 9:00-14:00,16:00-19:00; sat 10:00-14:00`.
public struct WorkingHours: Sendable, Hashable {
    /// The times of each day of the week from Monday on, in seconds after midnight.
    public let times: [[Range<Int64>]]

    /// The default.
    public static let usual = "mon-fri 9:00-18:00"

    /// Reads groups separated by semicolons. Each has days, listed with commas or as a range with a hyphen, and then
    /// times.
    ///
    /// - Throws: ``ValueError`` for anything else, and for times that end before they begin.
    public init(parsing text: String) throws(ValueError) {
        var times: [[Range<Int64>]] = Array(repeating: [], count: 7)
        for group in text.split(separator: ";") {
            guard var tokens = WrittenTokens(String(group)), let days = Self.days(&tokens) else { throw Self.malformed }
            repeat {
                guard let start = Self.time(&tokens), tokens.take(mark: "-") != nil, let end = Self.time(&tokens),
                    start < end
                else { throw Self.malformed }
                for day in days { times[day].append(start..<end) }
            } while tokens.take(mark: ",") != nil
            guard tokens.isAtEnd else { throw Self.malformed }
        }
        guard times.contains(where: { !$0.isEmpty }) else { throw Self.malformed }
        self.times = times.map { $0.sorted { $0.lowerBound < $1.lowerBound } }
    }

    /// Returns working hours as they are written, with the days of the week abbreviated in a language: `lun-vie
    /// 9:00-18:00`.
    static func text(_ written: String, in language: Language) -> String {
        var text = ""
        var rest = written[...]
        while let first = rest.first {
            let word = String(rest.prefix { $0.isLetter == first.isLetter })
            rest = rest.dropFirst(word.count)
            text += CalendarWords.weekdays[Fold.fold(word)].map { abbreviations[$0](in: language) } ?? word
        }
        return text
    }

    private static let abbreviations = [
        Text(en: "mon", es: "lun"), Text(en: "tue", es: "mar"), Text(en: "wed", es: "mié"),
        Text(en: "thu", es: "jue"), Text(en: "fri", es: "vie"), Text(en: "sat", es: "sáb"),
        Text(en: "sun", es: "dom"),
    ]

    private static func days(_ tokens: inout WrittenTokens) -> Set<Int>? {
        var days: Set<Int> = []
        repeat {
            guard let first = tokens.word(in: CalendarWords.weekdays) else { return nil }
            days.insert(first)
            guard tokens.take(mark: "-") != nil || tokens.take("a") || tokens.take("to") else { continue }
            guard let last = tokens.word(in: CalendarWords.weekdays) else { return nil }
            var day = first
            while day != last {
                day = (day + 1) % 7
                days.insert(day)
            }
        } while tokens.take(mark: ",") != nil || tokens.take("y") || tokens.take("and")
        return days
    }

    private static func time(_ tokens: inout WrittenTokens) -> Int64? {
        guard let hour = tokens.number(), hour.digits <= 2, hour.value <= 24 else { return nil }
        var minute = 0
        if tokens.take(mark: ":") != nil {
            guard let number = tokens.number(), number.digits == 2, number.value < 60 else { return nil }
            minute = number.value
        }
        let second = Int64(hour.value * 3600 + minute * 60)
        return second <= 86_400 ? second : nil
    }

    private static let malformed = ValueError(
        en: "not working hours: write as in mon-fri 9:00-14:00,16:00-19:00; sat 10:00-14:00",
        es: "no es un horario: escribir como en lun-vie 9:00-14:00,16:00-19:00; sab 10:00-14:00"
    )
}
