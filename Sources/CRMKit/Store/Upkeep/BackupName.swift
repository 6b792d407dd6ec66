/// The name of a backup in a rotation, made from the name of its database and the moment of the backup:
/// `crm-20261126T163000Z.backup`.
public struct BackupName: Sendable, Hashable, CustomStringConvertible {
    /// The name of the database's file, without `.db`.
    public let stem: String
    /// The moment of the backup, to the second.
    public let moment: Moment

    /// Names a backup of the database at a path.
    public init(of path: String, at moment: Moment) {
        let name = FilePath(path).name
        stem =
            name.hasSuffix(Self.database) && name != Self.database ? String(name.dropLast(Self.database.count)) : name
        self.moment = moment
    }

    /// Reads a name; `nil` for the name of any other file.
    public init?(_ name: String) {
        guard name.hasSuffix(Self.ending) else { return nil }
        let bytes = Array(name.utf8.dropLast(Self.ending.utf8.count))
        guard bytes.count > Self.stampLength + 1, bytes[bytes.count - Self.stampLength - 1] == UInt8(ascii: "-") else {
            return nil
        }
        let stamp = bytes.suffix(Self.stampLength).map { $0 }
        guard stamp[8] == UInt8(ascii: "T"), stamp[15] == UInt8(ascii: "Z") else { return nil }
        var numbers: [Int64] = []
        for range in [0..<4, 4..<6, 6..<8, 9..<11, 11..<13, 13..<15] {
            guard stamp[range].allSatisfy(\.isDigit), let number = Int64(String(decoding: stamp[range], as: UTF8.self))
            else { return nil }
            numbers.append(number)
        }
        guard let date = CivilDate(year: Int(numbers[0]), month: Int(numbers[1]), day: Int(numbers[2])),
            numbers[3] < 24, numbers[4] < 60, numbers[5] < 60,
            let moment = Moment(date, secondOfDay: (numbers[3] * 60 + numbers[4]) * 60 + numbers[5], in: .utc)
        else { return nil }
        stem = String(decoding: bytes.dropLast(Self.stampLength + 1), as: UTF8.self)
        self.moment = moment
    }

    private static let database = ".db"
    private static let ending = ".backup"
    private static let stampLength = 16

    /// Returns a moment without hyphens and colons, for the name of a file.
    static func stamp(_ moment: Moment) -> String { moment.description.filter { $0 != "-" && $0 != ":" } }

    /// The file's name.
    public var description: String { "\(stem)-\(Self.stamp(moment))\(Self.ending)" }
}

/// The backups that a rotation keeps: `7d,4w,12m` are the newest of each of seven days, four weeks and twelve months.
public struct Retention: Sendable, Equatable {
    /// A rule that keeps the newest backup of each of some periods.
    struct Rule: Sendable, Equatable {
        let period: Period
        let count: Int
    }

    let rules: [Rule]

    private static let periods: [Character: Period] = ["d": .day, "w": .week, "m": .month, "y": .year]
    private static let most = 10_000

    /// Creates a retention of the newest backup of each of some days, weeks and months.
    public init(days: Int, weeks: Int, months: Int) {
        rules = [
            Rule(period: .day, count: days), Rule(period: .week, count: weeks), Rule(period: .month, count: months),
        ]
    }

    /// Reads a list of numbers, each followed by `d`, `w`, `m` or `y`, separated by commas.
    ///
    /// - Returns: `nil` for anything else, and for a number that is 0 or too large.
    public init?(_ text: String) {
        var rules: [Rule] = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = word.trimmingSpaces
            guard let period = word.last.flatMap({ Self.periods[$0] }), let count = Int(word.dropLast()),
                word.dropLast().utf8.allSatisfy(\.isDigit), (1...Self.most).contains(count)
            else { return nil }
            rules.append(Rule(period: period, count: count))
        }
        self.rules = rules
    }

    /// Returns the backups that are no longer kept, newest first. The newest backup is always kept.
    ///
    /// - Parameter zone: the time zone of the days, weeks and months.
    public func outdated(among backups: [BackupName], in zone: TimeZoneSetting) -> [BackupName] {
        let newestFirst = backups.sorted { $0.moment > $1.moment }
        var kept: Set<BackupName> = Set(newestFirst.prefix(1))
        for rule in rules {
            var periods: Set<Int64> = []
            for backup in newestFirst {
                guard let period = Self.number(of: rule.period, at: backup.moment, in: zone),
                    !periods.contains(period)
                else { continue }
                guard periods.count < rule.count else { break }
                periods.insert(period)
                kept.insert(backup)
            }
        }
        return newestFirst.filter { !kept.contains($0) }
    }

    /// Returns a number that is the same for all moments of one period.
    private static func number(of period: Period, at moment: Moment, in zone: TimeZoneSetting) -> Int64? {
        let seconds = moment.secondsSinceEpoch
        guard let date = CivilDate(daysSinceEpoch: (seconds + zone.offset(at: seconds)).flooredDays) else { return nil }
        switch period {
        case .year: return Int64(date.year)
        case .month: return Int64(date.year * 12 + date.month)
        // 1970-01-01 was a Thursday, and weeks begin on Monday: ISO 8601.
        case .week: return (date.daysSinceEpoch + 3 + 7 * 1_000_000) / 7
        default: return date.daysSinceEpoch
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
