/// A time of day as typed by hand, at the end of a text that may begin with a day.
enum WrittenTime {
    /// Whether a text is a time of day and nothing else: `9:05`, `16:59:00`, `9:05 p. m.`
    static func isClock(_ text: String) -> Bool {
        guard let tokens = WrittenTokens(text), let (day, _) = split(tokens) else { return false }
        return day.isAtEnd
    }

    /// Splits a text into a day and a time: `mañana 10:00`, `31/12/2026 9:05`, `el lunes a las 5 pm`, `16:30 h`.
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
        let half = half(&time)
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
