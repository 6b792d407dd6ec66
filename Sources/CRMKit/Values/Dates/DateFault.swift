import Localization

/// Why a text is not a day or a moment, with what to write if that is clear.
enum DateFault {
    /// Returns the error for a text that is no day.
    static func day(_ text: String, today: CivilDate, order: CivilDate.Order?) -> ValueError {
        if let date = withTime(text, today: today, order: order) {
            return ValueError(
                en: "a day has no time: write \(date)",
                es: "un día no lleva hora: escribir \(date)"
            )
        }
        if let date = compact(text) ?? phrase(text, today: today) {
            return ValueError(en: "not a date: write \(date)", es: "no es una fecha: escribir \(date)")
        }
        if ["now", "ahora"].contains(Fold.fold(text.trimmed)) {
            return ValueError(en: "a day has no time: write today", es: "un día no lleva hora: escribir hoy")
        }
        if let mark = yearless(text) {
            return ValueError(
                en: "the year is missing: write \(text.trimmed)\(mark)YYYY with it",
                es: "falta el año: escribir \(text.trimmed)\(mark)AAAA con él"
            )
        }
        return ValueError(
            en: "not a date: write YYYY-MM-DD, today or +30d",
            es: "no es una fecha: escribir AAAA-MM-DD, hoy o +30d"
        )
    }

    /// Returns the error for a text that is no moment.
    static func moment(_ text: String, today: CivilDate, order: CivilDate.Order?) -> ValueError {
        if let (day, time) = impossibleTime(text) {
            let date = try? CivilDate(parsing: day.isEmpty ? "today" : day, today: today, order: order)
            if time == "24:00", let next = date?.adding(days: 1) {
                return ValueError(
                    en: "24:00 is the beginning of the next day: write \(next) 00:00",
                    es: "las 24:00 son el comienzo del día siguiente: escribir \(next) 00:00"
                )
            }
            return ValueError(
                en: "there is no time \(time): hours go from 00 to 23, minutes and seconds to 59",
                es: "no existe la hora \(time): las horas van de 00 a 23, los minutos y segundos hasta 59"
            )
        }
        if let date = compact(text) ?? phrase(text, today: today) {
            return ValueError(en: "not a time: write \(date) HH:MM", es: "no es una hora: escribir \(date) HH:MM")
        }
        return ValueError(
            en: "not a time: write YYYY-MM-DD HH:MM, or RFC 3339 as in 2026-01-31T09:30:00Z",
            es: "no es una hora: escribir AAAA-MM-DD HH:MM, o RFC 3339 como en 2026-01-31T09:30:00Z"
        )
    }

    /// The day of a text that is a day and a time.
    private static func withTime(_ text: String, today: CivilDate, order: CivilDate.Order?) -> CivilDate? {
        guard let tokens = WrittenTokens(text), let (day, _) = WrittenTime.split(tokens), !day.isAtEnd
        else { return nil }
        var reader = ByteReader(text)
        if let date = try? CivilDate(readingFrom: &reader) { return date }
        return try? WrittenDate.read(day, today: today, order: order)
    }

    /// The day of eight digits in a row: `20261231`.
    private static func compact(_ text: String) -> CivilDate? {
        let text = text.trimmed
        guard text.utf8.count == 8, text.isASCIIDigits, let number = Int(text), number > 19_000_000 else { return nil }
        return CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    /// The mark between a day and a month in figures without a year: `31/12`.
    private static func yearless(_ text: String) -> String? {
        guard let tokens = WrittenTokens(text)?.tokens, tokens.count == 3,
            case .number(let first, digits: 1...2) = tokens.first,
            case .number(let second, digits: 1...2) = tokens.last,
            case .mark(let mark) = tokens[tokens.startIndex + 1], "/-.".utf8.contains(mark)
        else { return nil }
        let isDay = (1...31).contains(max(first, second)) && (1...12).contains(min(first, second))
        return isDay ? String(Unicode.Scalar(mark)) : nil
    }

    /// Whether a text is nearly a day, in words for which the day to write instead is known: `next month`.
    static func isNearly(_ text: String) -> Bool {
        guard let day = CivilDate(daysSinceEpoch: 0) else { return false }
        return phrase(text, today: day) != nil
    }

    /// The day of words for about the end of a month or year, or for a month from now: `a finales de mes`, `next month`.
    private static func phrase(_ text: String, today: CivilDate) -> CivilDate? {
        let ignored: Set<String> = ["a", "al", "de", "del", "este", "el", "la", "the", "of", "this", "at", "que"]
        let words = Fold.fold(text).split(separator: " ").map(String.init).filter { !ignored.contains($0) }
        let isEnd = words.contains { ["fin", "final", "finales", "fines", "end"].contains($0) }
        let isNext = words.contains { ["proximo", "proxima", "siguiente", "viene", "next"].contains($0) }
        let isMonth = words.contains { ["mes", "month"].contains($0) }
        guard isMonth || words.contains(where: { ["ano", "year"].contains($0) }) else { return nil }
        guard isEnd || isNext, words.count == 1 + (isEnd ? 1 : 0) + (isNext ? 1 : 0),
            let day = isNext ? today.adding(months: isMonth ? 1 : 12) : today
        else { return nil }
        return isEnd ? day.lastDay(ofYear: !isMonth) : day
    }

    /// A time at the end of a text that no clock shows, and the text before it: `2026-12-31 25:00`.
    private static func impossibleTime(_ text: String) -> (day: String, time: String)? {
        let text = text.trimmed
        let time = text.utf8.reversed().prefix { $0.isDigit || $0 == UInt8(ascii: ":") }.count
        let word = String(text.suffix(time))
        let pieces = word.split(separator: ":", omittingEmptySubsequences: false)
        let parts = pieces.compactMap { Int($0) }
        guard (2...3).contains(parts.count), parts.count == pieces.count,
            parts.dropFirst().allSatisfy({ $0 < 100 }), parts[0] < 100,
            parts[0] > 23 || parts.dropFirst().contains(where: { $0 > 59 })
        else { return nil }
        var day = text.dropLast(word.count)
        if day.last == "T" || day.last == "t" || day.last == " " { day = day.dropLast() }
        return (String(day).trimmed, word)
    }
}
