/// The moment stated in the date field of a message.
public struct MailDate: Equatable, Sendable {
    /// The seconds since 1970-01-01T00:00:00Z.
    public let seconds: Int64

    /// Reads a date in the forms that occur in mail: RFC 5322 section 3.3 with its obsolete forms, those of `asctime`
    /// and `date`, ISO 8601, forms of other languages, and mixtures. Words and numbers are recognized by their
    /// appearance. Without an offset, or with an unknown zone, the time is UTC (RFC 5322 section 4.3).
    ///
    /// - Returns: `nil` for text that is not a date, and for a date in which day and month cannot be distinguished.
    public init?(_ text: some Collection<UInt8>) {
        let bytes = Array(text)
        guard let seconds = (MailDateReader(plain: bytes) ?? MailDateReader(bytes)).seconds else { return nil }
        self.seconds = seconds
    }
}

/// The parts of a date found in its words and numbers so far.
private struct MailDateReader {
    private var day: Int?
    private var month: Int?
    private var year: Int?
    private var time: (hour: Int, minute: Int, second: Int)?
    private var offset: Int?
    private var isAfternoon: Bool?
    /// Whether the month was the first word, which may also be a weekday in another language: `mar, 24 nov 2026`.
    private var isMonthFirst = false

    init(_ bytes: [UInt8]) {
        var scanner = HeaderScanner(bytes)
        var words = 0
        var comment: [UInt8] = []
        while let byte = scanner.next, words < 30 {
            if byte == UInt8(ascii: "(") {
                comment = scanner.comment()
                continue
            }
            if Self.isSeparator(byte) {
                _ = scanner.skip(byte)
                continue
            }
            words += 1
            take(scanner.take { Self.isSeparator($0) || $0 == UInt8(ascii: "(") }, isFirst: words == 1)
        }
        // A zone in a comment counts only if there is no other.
        if offset == nil { takeZone(String(decoding: comment, as: UTF8.self).lowercased()) }
    }

    /// Reads the two most usual forms of dates quickly, without trying other meanings of their words: `Mon, 5 Jan 2026
    /// 10:00:00 +0100`, and that of separator lines in an mbox, `Mon Jan  5 10:00:00 2026`.
    ///
    /// - Returns: `nil` for any other form.
    init?(plain bytes: [UInt8]) {
        var scanner = HeaderScanner(bytes)
        scanner.skipBlanks()
        guard scanner.takeName(among: Self.plainDays, before: true) != nil else { return nil }
        if let month = scanner.takeName(among: Self.plainMonths) {
            guard let day = scanner.takeNumber(digits: 1...2), let time = scanner.takeTime(),
                let year = scanner.takeNumber(digits: 4...4)
            else { return nil }
            (self.day, self.month, self.year, self.time) = (day, month + 1, year, time)
        } else {
            guard let day = scanner.takeNumber(digits: 1...2), let month = scanner.takeName(among: Self.plainMonths),
                let year = scanner.takeNumber(digits: 4...4), let time = scanner.takeTime(),
                let offset = scanner.takeOffset()
            else { return nil }
            (self.day, self.month, self.year, self.time, self.offset) = (day, month + 1, year, time, offset)
            if scanner.next == UInt8(ascii: "(") { _ = scanner.comment() }
        }
        guard scanner.next == nil, 1...31 ~= day ?? 0 else { return nil }
    }

    private static let plainDays = Array("MonTueWedThuFriSatSun".utf8)
    private static let plainMonths = Array("JanFebMarAprMayJunJulAugSepOctNovDec".utf8)

    private static func isSeparator(_ byte: UInt8) -> Bool { byte.isBlank || byte == UInt8(ascii: ",") }

    // MARK: - Words

    private mutating func take(_ word: ArraySlice<UInt8>, isFirst: Bool) {
        let text = String(decoding: word, as: UTF8.self).lowercased()
        guard let first = word.first else { return }
        if (first == UInt8(ascii: "+") || first == UInt8(ascii: "-")), time != nil {
            takeOffset(text)
        } else if first &- 0x30 < 10 {
            if text.contains(":") {
                takeTime(text)
            } else if isDottedTime(text) {
                takeTime(String(text.map { $0 == "." ? ":" : $0 }))
            } else {
                takeNumber(text)
            }
        } else if let found = Self.month(text), month == nil || isMonthFirst {
            (month, isMonthFirst) = (found, isFirst)
        } else if time != nil {
            takeWordOfTime(text)
        }
    }

    /// Reads a word after the time: `PM`, `p. m.`, or a zone.
    private mutating func takeWordOfTime(_ text: String) {
        switch text {
        case "pm", "p.m.", "p.m", "p.": isAfternoon = true
        case "am", "a.m.", "a.m", "a.": isAfternoon = false
        default: takeZone(text)
        }
    }

    /// Returns whether a word is a time with dots, `10.00.00`. Once day and month are known, it cannot be a date.
    private func isDottedTime(_ text: String) -> Bool {
        guard time == nil, day != nil, month != nil else { return false }
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let pieces = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.allSatisfy({ (1...2).contains($0.utf8.count) }) else { return false }
        return pieces.count == 3 || pieces.count == 2 && year != nil
    }

    private mutating func takeNumber(_ text: String) {
        let pieces = text.split { "-/.".contains($0) }
        if pieces.count == 3 { return takeDay(pieces, isDotted: text.contains(".")) }
        // `5.` and `5th` are also days.
        let digits = text.prefix(while: \.isNumber)
        guard let number = Int(digits), digits.utf8.count <= 4,
            !text[digits.endIndex...].contains(where: \.isNumber)
        else { return }
        if digits.utf8.count <= 2, day == nil, 1...31 ~= number {
            day = number
        } else if year == nil {
            year = Self.year(number, digits: digits.utf8.count)
        }
    }

    /// Reads a date in one word: `5-Jan-2026`, `2026-01-05`, `2026/01/05`, `05.01.2026`. If the year is last, the day
    /// comes first with dots; otherwise day and month are distinguished only if one of the numbers cannot be a month.
    private mutating func takeDay(_ pieces: [Substring], isDotted: Bool = false) {
        guard pieces.count == 3, let last = Int(pieces[2].prefix { $0 != "t" }) else { return }
        if let named = Self.month(pieces[1]), let first = Int(pieces[0]) {
            (day, month, year) = (first, named, Self.year(last, digits: pieces[2].utf8.count))
        } else if let first = Int(pieces[0]), let second = Int(pieces[1]) {
            if pieces[0].utf8.count == 4 {
                (year, month, day) = (first, second, last)
            } else if pieces[2].utf8.count == 4, isDotted || first > 12 || first == second {
                (day, month, year) = (first, second, last)
            } else if pieces[2].utf8.count == 4, second > 12 {
                (month, day, year) = (first, second, last)
            }
        }
    }

    private mutating func takeTime(_ text: String) {
        var text = text[...]
        if let mark = text.firstIndex(of: "t"), text[..<mark].contains("-") {
            takeDay(text[..<mark].split(separator: "-"))
            text = text[text.index(after: mark)...]
        }
        guard time == nil else { return }
        let end = text.firstIndex { !($0.isNumber || $0 == ":" || $0 == ".") } ?? text.endIndex
        let numbers = text[..<end].split(separator: ":", omittingEmptySubsequences: false)
            .map { Int($0.prefix { $0 != "." }) }
        guard numbers.count >= 2, let hour = numbers[0], let minute = numbers[1] else { return }
        time = (hour, minute, numbers.count > 2 ? numbers[2] ?? 0 : 0)
        // Some programs write a narrow no-break space before AM and PM.
        let rest = text[end...].drop(while: \.isWhitespace)
        if rest.hasPrefix("+") || rest.hasPrefix("-") {
            takeOffset(String(rest))
        } else if !rest.isEmpty {
            takeWordOfTime(String(rest))
        }
    }

    private mutating func takeOffset(_ text: String) {
        let digits = text.dropFirst().filter(\.isNumber)
        guard offset == nil || text.utf8.count == 5, let number = Int(digits.prefix(4)) else { return }
        let (hours, minutes) = digits.utf8.count <= 2 ? (number, 0) : (number / 100, number % 100)
        guard hours < 24, minutes < 60 else { return }
        offset = (text.hasPrefix("-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// Reads a zone by name (RFC 5322 section 4.3), with an offset after it: `gmt+0100`.
    private mutating func takeZone(_ text: String) {
        let name = text.prefix { $0.isLetter }
        guard offset == nil, let hours = Self.zones[String(name)] else { return }
        offset = hours * 3600
        let rest = text[name.endIndex...]
        if hours == 0, rest.hasPrefix("+") || rest.hasPrefix("-") {
            offset = nil
            takeOffset(String(rest))
        }
    }

    /// Returns the number, from 1, of the month whose name a word begins with; nil if there is none.
    private static func month(_ word: some StringProtocol) -> Int? {
        months.firstIndex { names in names.contains { word.hasPrefix($0) } }.map { $0 + 1 }
    }

    /// The beginnings of month names in English, Spanish, Portuguese, French, Italian, German and Dutch: mail contains
    /// month names in the language of the sending program.
    private static let months = [
        ["jan", "ene", "gen"], ["feb", "fev", "fév"], ["mar", "mär", "mrz", "mrt"], ["apr", "abr", "avr"],
        ["may", "mai", "mag", "mei", "maj"], ["jun", "juin", "giu"], ["jul", "juil", "lug"],
        ["aug", "ago", "aoû", "aou"], ["sep", "set"], ["oct", "okt", "out", "ott"], ["nov"],
        ["dec", "dic", "déc", "dez"],
    ]

    /// The offsets of zones from UTC, in hours. A single letter is UTC, since RFC 822 defined the letters with the
    /// wrong sign (RFC 5322 section 4.3).
    private static let zones = [
        "gmt": 0, "ut": 0, "utc": 0, "z": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "met": 1, "cest": 2, "mest": 2,
        "eet": 2, "eest": 3, "msk": 3, "hkt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
        "brt": -3, "art": -3, "clst": -3, "clt": -4, "edt": -4, "est": -5, "cot": -5, "pet": -5, "cdt": -5, "cst": -6,
        "mdt": -6, "mst": -7, "pdt": -7, "pst": -8, "akdt": -8, "akst": -9, "hst": -10,
    ]

    /// Returns a full year. Two digits from 50 on, and any three digits, are added to 1900 (RFC 5322 section 4.3).
    private static func year(_ number: Int, digits: Int) -> Int {
        switch digits {
        case ..<3: number < 50 ? number + 2000 : number + 1900
        case 3: number + 1900
        default: number
        }
    }

    // MARK: - The moment

    var seconds: Int64? {
        guard let day, let month, let year, 1...12 ~= month, 1900...9999 ~= year,
            1...Self.length(ofMonth: month, year) ~= day
        else { return nil }
        var (hour, minute, second) = time ?? (0, 0, 0)
        if let isAfternoon, 1...12 ~= hour { hour = hour % 12 + (isAfternoon ? 12 : 0) }
        guard 0..<24 ~= hour, 0..<60 ~= minute, 0...60 ~= second else { return nil }
        second = min(second, 59)
        let days = Self.days(year, month, day)
        return Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second - (offset ?? 0))
    }

    private static func length(ofMonth month: Int, _ year: Int) -> Int {
        month == 12 ? 31 : days(year, month + 1, 1) - days(year, month, 1)
    }

    /// Returns the number of days since 1970-01-01 in the Gregorian calendar. Internally a year begins in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = (year / 400, year % 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

/// Scanning of the words of a date in its usual forms, each with the blanks after it.
extension HeaderScanner {
    /// Consumes a name of three letters and returns its index among the given names; nil if it is another word.
    fileprivate mutating func takeName(among names: [UInt8], before comma: Bool = false) -> Int? {
        let word = take { !$0.isLetter }
        guard word.count == 3, comma && skip(UInt8(ascii: ",")) || isAtEndOfWord else { return nil }
        skipBlanks()
        let place = stride(from: 0, to: names.count, by: 3).first { names[$0..<($0 + 3)].elementsEqual(word) }
        return place.map { $0 / 3 }
    }

    fileprivate mutating func takeNumber(digits count: ClosedRange<Int>) -> Int? {
        guard let number = takeDigits(count), isAtEndOfWord else { return nil }
        skipBlanks()
        return number
    }

    /// Consumes a time: `10:00:00`.
    fileprivate mutating func takeTime() -> (hour: Int, minute: Int, second: Int)? {
        guard let hour = takeDigits(2...2), skip(UInt8(ascii: ":")), let minute = takeDigits(2...2),
            skip(UInt8(ascii: ":")), let second = takeNumber(digits: 2...2)
        else { return nil }
        return (hour, minute, second)
    }

    /// Consumes an offset, `+0100`, and returns it in seconds.
    fileprivate mutating func takeOffset() -> Int? {
        let isWest = skip(UInt8(ascii: "-"))
        guard isWest || skip(UInt8(ascii: "+")), let number = takeNumber(digits: 4...4), number / 100 < 24,
            number % 100 < 60
        else { return nil }
        return (isWest ? -1 : 1) * (number / 100 * 3600 + number % 100 * 60)
    }

    private mutating func takeDigits(_ count: ClosedRange<Int>) -> Int? {
        let digits = take { $0 &- 0x30 > 9 }
        return count ~= digits.count ? digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
    }

    private var isAtEndOfWord: Bool { next?.isBlank ?? true }
}
