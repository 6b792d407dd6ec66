/// A time of day as typed by hand, at the end of a text that may begin with a day.
enum WrittenTime {
    /// Whether a text is a time of day and nothing else: `9:05`, `16:59:00`, `9:05 p. m.`
    static func isClock(_ text: String) -> Bool {
        guard let tokens = WrittenTokens(text), let (day, _) = split(tokens) else { return false }
        return day.isAtEnd
    }

    /// Splits a text into a day and a time: `mañana 10:00`, `31/12/2026 9:05`, `el lunes a las 5 pm`, `16:30 h`,
    /// `mañana a las 9 de la noche`.
    ///
    /// - Returns: the tokens before the time, and the seconds after midnight; `nil` if the text does not end in a time.
    static func split(_ text: WrittenTokens) -> (day: WrittenTokens, second: Int64)? {
        for start in text.tokens.indices {
            guard case .number = text.tokens[start], let second = second(WrittenTokens(text.tokens[start...]), in: text)
            else { continue }
            return (WrittenTokens(withoutLink(text.tokens[..<start])), second)
        }
        return nil
    }

    private static func second(_ time: WrittenTokens, in text: WrittenTokens) -> Int64? {
        var time = time
        let before = text.tokens[..<time.tokens.startIndex]
        let isTold = withoutLink(before).count < before.count && before.last != .word("t")
        guard let hour = time.number(), hour.digits <= 2 else { return nil }
        var minute = (value: 0, digits: 2)
        var second = (value: 0, digits: 2)
        let hasMinutes = time.take(mark: ":") != nil
        if hasMinutes {
            guard let number = time.number() else { return nil }
            minute = number
            if time.take(mark: ":") != nil {
                guard let number = time.number() else { return nil }
                second = number
            }
        }
        let half = half(&time) ?? partOfDay(&time, of: hour.value)
        let isNamed = half != nil || time.take(anyOf: ["h", "hs", "hrs", "horas"])
        _ = time.take(mark: ".")
        // A bare number is no time, unless a word marks it as one.
        guard time.isAtEnd, hasMinutes || isNamed || isTold, minute.digits == 2, second.digits == 2, minute.value < 60,
            second.value < 60, (half == nil ? 0...23 : 1...12).contains(hour.value)
        else { return nil }
        let hours = half.map { hour.value % 12 + $0 } ?? hour.value
        return Int64(hours * 3600 + minute.value * 60 + second.value)
    }

    /// Reads `am`, `p.m.` and the like.
    ///
    /// - Returns: the hours to add to the time on a twelve-hour clock; `nil` when there is no such mark.
    private static func half(_ time: inout WrittenTokens) -> Int? {
        if let hours = time.word(in: ["am": 0, "pm": 12]) { return hours }
        var rest = time
        guard let hours = rest.word(in: ["a": 0, "p": 12]), rest.take(mark: ".") != nil, rest.take("m") else {
            return nil
        }
        time = rest
        return hours
    }

    /// Words behind the hours of a part of the day, with the hours to add to them on a twelve-hour clock.
    private static let partsOfDay: [(words: [String], hours: ClosedRange<Int>, half: Int)] = [
        (["de", "la", "madrugada"], 1...6, 0), (["de", "la", "manana"], 1...11, 0), (["de", "la", "tarde"], 1...8, 12),
        (["de", "la", "tarde"], 12...12, 12), (["del", "mediodia"], 12...12, 12), (["de", "la", "noche"], 6...11, 12),
        (["in", "the", "morning"], 1...11, 0), (["in", "the", "afternoon"], 1...6, 12),
        (["in", "the", "afternoon"], 12...12, 12), (["in", "the", "evening"], 5...11, 12),
        (["at", "night"], 6...11, 12),
    ]

    /// Reads the part of the day at the end of a time: `de la tarde`.
    ///
    /// - Returns: the hours to add to the time on a twelve-hour clock; `nil` where there is no such part, or the hour is
    ///   none of it, as of `12 de la noche`, which may be that of either day.
    private static func partOfDay(_ time: inout WrittenTokens, of hour: Int) -> Int? {
        for part in partsOfDay
        where part.hours.contains(hour) && time.tokens == part.words.map({ .word($0) })[...] {
            time = WrittenTokens(time.tokens.suffix(0))
            return part.half
        }
        return nil
    }

    /// Returns the tokens before a time without the words that join them to it: `a las`, `at`, a comma, the `T` of ISO
    /// 8601.
    private static func withoutLink(_ tokens: ArraySlice<WrittenTokens.Token>) -> ArraySlice<WrittenTokens.Token> {
        for link in [["a", "las"], ["a", "la"], ["at"], ["t"]]
        where tokens.suffix(link.count) == link.map({ .word($0) })[...] {
            return tokens.dropLast(link.count)
        }
        return tokens.last == .mark(UInt8(ascii: ",")) ? tokens.dropLast() : tokens
    }
}
