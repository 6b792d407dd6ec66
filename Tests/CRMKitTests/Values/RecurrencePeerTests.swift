import Testing

@testable import CRMKit

/// Rules by chance, beside two other programs that expand them. Neither has the start where the rule does not meet it,
/// which RFC 5545 counts.
@Suite("A repetition beside other programs")
struct RecurrencePeerTests {
    @Test(
        "is as python-dateutil has it",
        .enabled(if: RecurrencePeer.dateutil != nil, "python-dateutil is not installed")
    )
    func dateutil() throws {
        try compare(try #require(RecurrencePeer.dateutil), seed: 7919, knowing: DateutilDifference.self)
    }

    @Test(
        "is as libical has it",
        .enabled(if: RecurrencePeer.libical != nil, "libical and a compiler are not installed")
    )
    func libical() throws {
        try compare(try #require(RecurrencePeer.libical), seed: 104_729, knowing: LibicalDifference.self)
    }

    /// Compares rules, each by itself: where the other program says something else it is known why, and what is found
    /// here is what every day by itself says. What the other program does not take, or does not finish, is counted
    /// apart.
    private func compare<Known: KnownDifference>(
        _ peer: RecurrencePeer,
        seed: UInt64,
        knowing: Known.Type
    ) throws {
        var random = RandomRules(seed: seed)
        let cases = (0..<RandomRules.count(120)).map { _ in random.nextCase() }
        var (same, refused, unfinished, known) = (0, 0, 0, [Known: Int]())
        for (item, answer) in zip(cases, try peer.answers(to: cases)) {
            switch answer {
            case .refusal: refused += 1
            case .unfinished: unfinished += 1
            case .moments(let moments):
                let (found, expected) = (item.found, moments.filter { $0 > item.start })
                if found == expected {
                    same += 1
                    continue
                }
                let reference = RecurrenceReference(rule: item.rule, start: item.start)
                #expect(found == Array(reference.occurrences(until: item.until).dropFirst()), "\(item)")
                if let explanation = Known.allCases.first(where: { $0.concerns(item.rule) }) {
                    known[explanation, default: 0] += 1
                } else {
                    let (here, there) = (Set(found).subtracting(expected), Set(expected).subtracting(found))
                    Issue.record(
                        "\(item): only here \(here.sorted().prefix(3)), only there \(there.sorted().prefix(3))"
                    )
                }
            }
        }
        let told = known.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        print("\(cases.count) rules: \(same) the same, \(refused) refused, \(unfinished) not finished, known: \(told)")
        #expect(same > cases.count / 2)
    }
}

/// Where another program is known to read rules otherwise than RFC 5545.
private protocol KnownDifference: CaseIterable, Hashable {
    func concerns(_ rule: RecurrenceRule) -> Bool
}

extension RecurrenceRule {
    fileprivate var isOfMonths: Bool { frequency == .yearly || frequency == .monthly }
}

/// Of python-dateutil (2.8 and 2.9).
private enum DateutilDifference: KnownDifference {
    /// A plain day of the week beside numbered ones it does not take at all: `BYDAY=MO,2FR`.
    case plainBesideNumbered
    /// Of weeks of the year without days it takes all seven, and not the one of the start.
    case weeksWithoutDays
    /// Of the first days of a year that are in the last week of the one before it misses some: it counts the weeks of
    /// that year by the length of the other.
    case lastWeekOfYearBefore
    /// In the week of the start it counts positions from the start on, and not from where the week begins.
    case positionsInFirstWeek

    func concerns(_ rule: RecurrenceRule) -> Bool {
        switch self {
        case .plainBesideNumbered: Set(rule.days.map { $0.ordinal == 0 }).count > 1
        case .weeksWithoutDays:
            !rule.weeks.isEmpty && rule.days.isEmpty && rule.monthDays.isEmpty && rule.yearDays.isEmpty
        case .lastWeekOfYearBefore: rule.weeks.contains { $0 >= 52 }
        case .positionsInFirstWeek: rule.frequency == .weekly && !rule.positions.isEmpty
        }
    }
}

/// Of libical (3.0).
private enum LibicalDifference: KnownDifference {
    /// It does not heed BYSETPOS in weeks and whatever is shorter.
    case positionsInWeeks
    /// With hours, minutes or seconds it counts positions of days, and not of their times.
    case positionsOfTimes
    /// Every so many weeks it takes the days before the start's own for those of the next week.
    case daysOfWeeksApart
    /// Of days of the month in a year without months it takes those of the month of the start alone.
    case monthDaysInYears
    /// Days counted from the end of the month or year it does not find in days and whatever is shorter.
    case daysBeforeEnd
    /// Weeks of the year it finds in other places: those counted from its end, those at its ends, and without a day of
    /// the week those that another day begins.
    case weeksOfYear
    /// In hours and whatever is shorter it leaves out the first time that a limit of their own kind or a longer one
    /// allows, and forgets the interval.
    case limitsOfTimes

    func concerns(_ rule: RecurrenceRule) -> Bool {
        switch self {
        case .positionsInWeeks: !rule.isOfMonths && !rule.positions.isEmpty
        case .positionsOfTimes: rule.hasTimes && !rule.positions.isEmpty
        case .daysOfWeeksApart: rule.frequency == .weekly && rule.interval > 1 && !rule.days.isEmpty
        case .monthDaysInYears: rule.frequency == .yearly && rule.months.isEmpty && !rule.monthDays.isEmpty
        case .daysBeforeEnd: !rule.isOfMonths && (rule.monthDays + rule.yearDays).contains { $0 < 0 }
        case .weeksOfYear: !rule.weeks.isEmpty
        case .limitsOfTimes: !rule.frequency.isOfDays && rule.hasTimes
        }
    }
}
