/// The moment that a message says of itself.
public struct MailDate: Equatable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public let seconds: Int64

    /// Reads a date as mail has it: RFC 5322 section 3.3 with its obsolete forms, that of `asctime` and of `date`, ISO 8601,
    /// and mixtures: words and numbers are told apart by what they look like. Without an offset it is UTC, as an unknown
    /// zone is (RFC 5322 section 4.3).
    ///
    /// - Returns: `nil` for what is no date.
    public init?(_ text: some Collection<UInt8>) {
        guard let seconds = MailDateReader(Array(text)).seconds else { return nil }
        self.seconds = seconds
    }
}

/// What words and numbers of a date have told so far.
private struct MailDateReader {
    private var day: Int?
    private var month: Int?
    private var year: Int?
    private var time: (hour: Int, minute: Int, second: Int)?
    private var offset: Int?
    private var isAfternoon: Bool?
    /// Whether the month is the first word, which may be a day of the week in another language: `mar, 24 nov 2026`.
    private var isMonthFirst = false

    init(_ bytes: [UInt8]) {
        var scanner = HeaderScanner(bytes)
        var words = 0
        while let byte = scanner.next, words < 30 {
            if byte == UInt8(ascii: "(") {
                _ = scanner.comment()
                continue
            }
            if Self.isSeparator(byte) {
                _ = scanner.skip(byte)
                continue
            }
            words += 1
            take(scanner.take { Self.isSeparator($0) || $0 == UInt8(ascii: "(") }, isFirst: words == 1)
        }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte.isASCIIBlank || byte == UInt8(ascii: ",") }

    // MARK: - Words

    private mutating func take(_ word: ArraySlice<UInt8>, isFirst: Bool) {
        let text = String(decoding: word, as: UTF8.self).lowercased()
        guard let first = word.first else { return }
        if (first == UInt8(ascii: "+") || first == UInt8(ascii: "-")), time != nil {
            takeOffset(text)
        } else if text.contains(":") {
            takeTime(text)
        } else if first &- 0x30 < 10 {
            takeNumber(text)
        } else if let found = Self.month(text), month == nil || isMonthFirst {
            (month, isMonthFirst) = (found, isFirst)
        } else if text == "pm" || text == "am" {
            isAfternoon = text == "pm"
        } else if time != nil {
            takeZone(text)
        }
    }

    private mutating func takeNumber(_ text: String) {
        let pieces = text.split { "-/.".contains($0) }
        if pieces.count == 3 { return takeDay(pieces) }
        guard let number = Int(text), text.utf8.count <= 4 else { return }
        if text.utf8.count <= 2, day == nil, 1...31 ~= number {
            day = number
        } else if year == nil {
            year = Self.year(number, digits: text.utf8.count)
        }
    }

    /// `5-Jan-2026`, `2026-01-05`, and with slashes `2026/01/05`.
    private mutating func takeDay(_ pieces: [Substring]) {
        guard pieces.count == 3, let last = Int(pieces[2].prefix { $0 != "t" }) else { return }
        if let named = Self.month(pieces[1]), let first = Int(pieces[0]) {
            (day, month, year) = (first, named, Self.year(last, digits: pieces[2].utf8.count))
        } else if let first = Int(pieces[0]), let second = Int(pieces[1]), pieces[0].utf8.count == 4 {
            (year, month, day) = (first, second, last)
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
        let rest = text[end...]
        if rest.hasPrefix("+") || rest.hasPrefix("-") {
            takeOffset(String(rest))
        } else if rest == "am" || rest == "pm" {
            isAfternoon = rest == "pm"
        } else if !rest.isEmpty {
            takeZone(String(rest))
        }
    }

    private mutating func takeOffset(_ text: String) {
        let digits = text.dropFirst().filter(\.isNumber)
        guard offset == nil || text.utf8.count == 5, let number = Int(digits.prefix(4)) else { return }
        let (hours, minutes) = digits.utf8.count <= 2 ? (number, 0) : (number / 100, number % 100)
        guard hours < 24, minutes < 60 else { return }
        offset = (text.hasPrefix("-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// A zone by name (RFC 5322 section 4.3), with what follows the name: `gmt+0100`.
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

    /// The month whose name a word begins with, from 1.
    private static func month(_ word: some StringProtocol) -> Int? {
        MailDate.lowercasedMonths.firstIndex { word.hasPrefix($0) }.map { $0 + 1 }
    }

    private static let zones = [
        "gmt": 0, "ut": 0, "utc": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
        "pst": -8,
        "pdt": -7, "cet": 1, "cest": 2, "met": 1, "mest": 2, "wet": 0, "west": 1, "bst": 1, "eet": 2, "eest": 3,
        "msk": 3,
        "jst": 9,
    ]

    /// Years of two and of three digits are of the twentieth century from 50 on (RFC 5322 section 4.3).
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

    /// Days since 1970-01-01 in the Gregorian calendar, in years that begin in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = (year / 400, year % 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
