import Localization

/// A length of time in whole seconds. Years and months have none.
public struct Duration: Sendable, Hashable {
    /// The number of seconds.
    public let seconds: Int64

    /// Creates a duration from a number of seconds.
    public init(seconds: Int64) {
        self.seconds = seconds
    }

    private static let units: [(letter: Unicode.Scalar, seconds: Int64)] = [
        ("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
    ]

    /// Reads ISO 8601 durations of weeks, days, hours, minutes and seconds (`PT15M`, `P1DT2H`, `P2W`) and the short
    /// forms `15m`, `2h`, `1d`, `90s`, `1w`, `1h30m`, with decimals and in words too: `1.5 h`, `2 horas y 15 minutos`.
    ///
    /// - Throws: ``ValueError`` for anything else, and for what exceeds 64 bits.
    public init(parsing text: String) throws(ValueError) {
        let fault: ValueError
        do {
            self = try Self(plain: text)
            return
        } catch {
            fault = error
        }
        guard let seconds = Self.inWords(text) else { throw fault }
        self.seconds = seconds
    }

    /// Reads numbers with the words of ``CalendarWords/seconds``, each unit at most once and the longer ones first.
    ///
    /// - Returns: the number of seconds; `nil` for any other text.
    private static func inWords(_ text: String) -> Int64? {
        guard var rest = WrittenTokens(text) else { return nil }
        var (total, last) = (Int64(0), Int64.max)
        while let whole = rest.number() {
            var tenths: (value: Int, digits: Int)?
            if rest.take(mark: ".", ",") != nil {
                tenths = rest.number()
                guard tenths != nil else { return nil }
            }
            guard let unit = rest.word(in: CalendarWords.seconds), unit < last else { return nil }
            last = unit
            total += Int64(whole.value) * unit
            if let tenths {
                let parts = Int64.powerOfTen(tenths.digits)
                guard Int64(tenths.value) * unit % parts == 0 else { return nil }
                total += Int64(tenths.value) * unit / parts
            }
            _ = rest.take(anyOf: ["y", "and", "con"]) || rest.take(mark: ",") != nil
        }
        return rest.isAtEnd && last < .max ? total : nil
    }

    private init(plain text: String) throws(ValueError) {
        var reader = ByteReader(text.lowercased())
        let isStandard = reader.take("p")
        var remaining = Self.units[...]
        var isTime = !isStandard
        var total: Int64 = 0
        var count = 0
        while !reader.isAtEnd {
            if isStandard, !isTime, reader.take("t") {
                isTime = true
                guard !reader.isAtEnd else { throw Self.malformed }
                remaining = remaining.filter { $0.seconds < 86_400 }[...]
            }
            guard let number = reader.number() else { throw Self.malformed }
            guard let found = remaining.firstIndex(where: { reader.take($0.letter) }) else { throw Self.malformed }
            let unit = remaining[found].seconds
            // Before the T an M would be months.
            guard isTime || unit >= 86_400 else { throw Self.malformed }
            remaining = remaining[(found + 1)...]
            let (product, overflow) = number.multipliedReportingOverflow(by: unit)
            let (sum, carry) = total.addingReportingOverflow(product)
            guard !overflow, !carry else {
                throw ValueError(en: "the duration is too long", es: "la duración es demasiado larga")
            }
            total = sum
            count += 1
        }
        guard count > 0 else { throw Self.malformed }
        seconds = total
    }

    private static let malformed = ValueError(
        en: "not a duration: write 15m, 2h, 1d or ISO 8601 as in PT15M, without months or years",
        es: "no es una duración: escribir 15m, 2h, 1d o ISO 8601 como PT15M, sin meses ni años"
    )

    /// ISO 8601 with days, hours, minutes and seconds: `P1DT2H`, `PT0S` for none.
    public var description: String {
        var date = ""
        var time = ""
        for (unit, count) in parts {
            let part = String(count) + String(unit).uppercased()
            if unit == "d" { date += part } else { time += part }
        }
        if date.isEmpty, time.isEmpty { time = "0S" }
        return (seconds < 0 ? "-P" : "P") + date + (time.isEmpty ? "" : "T" + time)
    }

    /// The short form: `1d2h`, `0s` for none.
    public var shortForm: String {
        guard seconds != 0 else { return "0s" }
        return parts.reduce(into: seconds < 0 ? "-" : "") { $0 += String($1.count) + String($1.unit) }
    }

    /// The short form of the duration rounded to its two largest units, for figures: `32d2h`, `2h6m`, `5m49s`.
    public var roundedForm: String {
        let (minute, hour, day): (UInt64, UInt64, UInt64) = (60, 3_600, 86_400)
        let length = seconds.magnitude
        let unit = length >= day ? hour : length >= hour ? minute : 1
        let (whole, rest) = length.quotientAndRemainder(dividingBy: unit)
        guard let rounded = Int64(exactly: (whole + (rest * 2 >= unit ? 1 : 0)) * unit) else { return shortForm }
        return Duration(seconds: seconds < 0 ? -rounded : rounded).shortForm
    }

    private var parts: [(unit: Unicode.Scalar, count: UInt64)] {
        var rest = seconds.magnitude
        var parts: [(Unicode.Scalar, UInt64)] = []
        for (letter, length) in Self.units.dropFirst() {
            let count = rest / length.magnitude
            rest %= length.magnitude
            if count > 0 { parts.append((letter, count)) }
        }
        return parts
    }
}

extension Duration: CustomStringConvertible {}
