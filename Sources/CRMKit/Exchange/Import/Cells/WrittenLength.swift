import Localization

/// How long something lasts, as tables have it in a column beside its start: `1:30`, `90 min`, `PT90M`, or a bare
/// number.
enum WrittenLength {
    /// Returns the number of seconds of a text.
    ///
    /// - Parameter unit: the seconds of the unit in which the column counts; `nil` where it does not say.
    /// - Throws: ``ValueError`` for a text that is no length, and for a bare number that may be minutes or hours.
    static func seconds(_ text: String, in unit: Int64?) throws(ValueError) -> Int64 {
        let text = withoutDays(text.trimmed)
        if let clock = clock(text) {
            if unit == minute, clock.second == nil { throw doubtful(text, "\(text):00", "0:\(text)") }
            return clock.hour * 3600 + clock.minute * 60 + (clock.second ?? 0)
        }
        guard isNumber(text) else { return try Duration(parsing: text).seconds }
        let number = try ScaledDecimal(parsing: text.replacing(",", with: "."), scale: digits).units
        let (whole, isWhole) = (number / parts, number % parts == 0)
        let isInMinutes = isWhole && (whole == 0 || whole >= fewestMinutes && whole % 5 == 0)
        guard unit != nil || isInMinutes else { throw unitless(text) }
        let (seconds, overflow) = number.multipliedReportingOverflow(by: unit ?? minute)
        guard !overflow else { throw ScaledDecimal.tooLarge }
        return seconds / parts
    }

    private static let minute: Int64 = 60
    private static let digits = 4
    /// What a number of that many decimals is multiplied by.
    private static let parts = Int64.powerOfTen(digits)
    /// The least bare number that is a number of minutes: nothing lasts as many hours.
    private static let fewestMinutes: Int64 = 15

    private static func unitless(_ text: String) -> ValueError {
        ValueError(
            en: """
                \(text) may be \(text) h or \(text) min: write which, or call the column Duration (h) or Duration (min)
                """,
            es: """
                \(text) puede ser \(text) h o \(text) min: escribir cuál, o llamar a la columna Duración (h) o Duración \
                (min)
                """
        )
    }

    private static func doubtful(_ text: String, _ one: String, _ other: String) -> ValueError {
        ValueError(
            en: "\(text) may be \(one) or \(other): write which",
            es: "\(text) puede ser \(one) o \(other): escribir cuál"
        )
    }

    /// Returns a text without the days before the hours that a program writes even where there are none: `0 days
    /// 01:30:00`.
    private static func withoutDays(_ text: String) -> String {
        text.hasPrefix("0 days ") ? String(text.dropFirst("0 days ".count)) : text
    }

    private static func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0.isDigit || ".,".utf8.contains($0) }
            && text.utf8.count { ".,".utf8.contains($0) } < 2
    }

    /// Returns hours, minutes and seconds of `1:30`, `1:30:00` or `1899-12-30 01:30:00`, as databases write the former;
    /// `nil` for any other text.
    private static func clock(_ text: String) -> (hour: Int64, minute: Int64, second: Int64?)? {
        guard text.utf8.contains(UInt8(ascii: ":")) else { return nil }
        let texts = SplitMoment.time(text).split(separator: ":", omittingEmptySubsequences: false)
        let numbers = texts.compactMap { text in
            (1...4).contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit) ? Int64(text) : nil
        }
        guard (2...3).contains(texts.count), numbers.count == texts.count, numbers.dropFirst().allSatisfy({ $0 < 60 })
        else { return nil }
        return (numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : nil)
    }
}
