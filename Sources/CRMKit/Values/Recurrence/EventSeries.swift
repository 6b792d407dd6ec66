/// The start times of an event that may recur: its first start, its rule, and the dates added and excluded.
///
/// A day that is excluded takes away all that the rule has on it, and what is named by the day itself, which is at the
/// usual time. An additional date at a time of its own stays.
///
/// A class, since a rule consists of many lists: an agenda passes on the series of thousands of events.
final class EventSeries: Sendable {
    /// The first start, in seconds since 1970.
    let start: Int64
    /// The time zone by whose clocks the event recurs.
    let zone: TimeZoneSetting
    /// The recurrence rule; `nil` for none.
    var rule: RecurrenceRule? { recurrence?.rule }
    private let recurrence: Recurrence?
    /// Whether the series follows clocks and not elapsed time.
    var isOfDays: Bool { recurrence?.rule.frequency.isOfDays ?? true }
    private let further: [OccurrenceName]
    private let excludedDays: Set<CivilDate>
    private let excludedMoments: Set<Int64>

    init(
        start: Int64,
        zone: TimeZoneSetting,
        rule: RecurrenceRule?,
        further: [OccurrenceName] = [],
        excluded: [OccurrenceName] = []
    ) {
        self.start = start
        self.zone = zone
        recurrence = rule.map { Recurrence($0, from: start, in: zone) }
        self.further = further
        if excluded.isEmpty {
            (excludedDays, excludedMoments) = ([], [])
            return
        }
        var (days, moments): (Set<CivilDate>, Set<Int64>) = ([], [])
        for name in excluded {
            switch name {
            case .day(let day):
                days.insert(day)
                let second = (start + zone.offset(at: start)).secondOfDay
                moments.insert(zone.seconds(ofLocal: day.secondsSinceEpoch + second))
            case .local(let day, let second):
                moments.insert(zone.seconds(ofLocal: day.secondsSinceEpoch + second))
            case .moment(let moment): moments.insert(moment.secondsSinceEpoch)
            }
        }
        (excludedDays, excludedMoments) = (days, moments)
    }

    /// Returns the scheduled start of an occurrence, in seconds since 1970, whether or not the series has that
    /// occurrence.
    func seconds(of name: OccurrenceName) -> Int64 {
        switch name {
        case .day(let day):
            let second = (start + zone.offset(at: start)).secondOfDay
            return zone.seconds(ofLocal: day.secondsSinceEpoch + second)
        case .local(let day, let second): return zone.seconds(ofLocal: day.secondsSinceEpoch + second)
        case .moment(let moment): return moment.secondsSinceEpoch
        }
    }

    /// The day of a moment by the clocks of the zone, counted from 1970.
    func day(of moment: Int64) -> Int64 { (moment + zone.offset(at: moment)).flooredDays }

    /// Returns the name of the occurrence that begins at a moment: its day if it begins at the same time of day as the
    /// first, otherwise its local time, or the moment if clocks show that time twice; `nil` outside the calendar.
    func name(of moment: Int64) -> OccurrenceName? {
        let local = moment + zone.offset(at: moment)
        guard let day = CivilDate(daysSinceEpoch: local.flooredDays) else { return nil }
        let name = OccurrenceName.day(day)
        if seconds(of: name) == moment { return name }
        if zone.seconds(ofLocal: local) == moment { return .local(day, secondOfDay: local.secondOfDay) }
        return Moment(secondsSinceEpoch: moment).map { .moment($0) }
    }

    /// Returns the local day and time of a moment as a message shows it; `nil` outside the calendar.
    func localName(of moment: Int64) -> String? {
        let local = moment + zone.offset(at: moment)
        return CivilDate(daysSinceEpoch: local.flooredDays).map {
            OccurrenceName.local($0, secondOfDay: local.secondOfDay).label
        }
    }

    /// Returns the moments at which the event begins, in order, in seconds since 1970.
    ///
    /// - Parameters:
    ///   - from: the beginning of the period, inclusive.
    ///   - until: the end of the period, exclusive.
    func starts(from: Int64, until: Int64) -> [Int64] {
        var starts: [Int64] = []
        walk(from: from, until: until) { moment in
            starts.append(moment)
            return true
        }
        return starts
    }

    /// Calls a closure with the moments at which the event begins, in order and each once, in seconds since 1970.
    ///
    /// - Parameters:
    ///   - from: the beginning of the period, inclusive.
    ///   - until: the end of the period, exclusive.
    ///   - body: returns whether to continue.
    func walk(from: Int64, until: Int64, _ body: (Int64) -> Bool) {
        let others = further.isEmpty ? [] : Set(further.map(seconds)).filter { $0 >= from && $0 < until }.sorted()
        var next = 0
        var goesOn = true
        func give(_ moment: Int64, ofRule: Bool = false) -> Bool {
            if goesOn, !isExcluded(moment, ofRule: ofRule) { goesOn = body(moment) }
            return goesOn
        }
        walkRule(from: from, until: until) { moment in
            while next < others.count, others[next] <= moment {
                next += 1
                if others[next - 1] < moment, !give(others[next - 1]) { return false }
            }
            return give(moment, ofRule: true)
        }
        while goesOn, next < others.count {
            next += 1
            _ = give(others[next - 1])
        }
    }

    /// Returns those of a list of moments at which an occurrence of the series begins.
    func present(_ moments: [Int64]) -> Set<Int64> {
        if moments.isEmpty { return [] }
        // A rule with a count is walked from its beginning each time.
        guard moments.count > 1, case .count? = rule?.end, let first = moments.min(), let last = moments.max() else {
            return Set(moments.filter(contains))
        }
        let asked = Set(moments)
        var present: Set<Int64> = []
        walk(from: first, until: last + 1) { moment in
            if asked.contains(moment) { present.insert(moment) }
            return true
        }
        return present
    }

    /// Returns the first moment at or after another at which the event begins; `nil` when there is none.
    func first(from: Int64) -> Int64? {
        var first = further.map(seconds).filter { moment in
            moment >= from && !isExcluded(moment, ofRule: false)
                && !(isExcluded(moment, ofRule: true) && isOfRule(moment))
        }.min()
        walkRule(from: from, until: first ?? .max) { moment in
            if isExcluded(moment, ofRule: true) { return true }
            first = moment
            return false
        }
        return first
    }

    /// Returns the last moments in a period at which the event begins, in order, and whether there are more. Not many
    /// more than these are looked at.
    ///
    /// - Parameters:
    ///   - count: the maximum number.
    ///   - from: the beginning of the period, inclusive.
    ///   - until: the end of the period, exclusive.
    ///   - length: the length in seconds of the part of the period that is searched first, its end.
    func last(_ count: Int, from: Int64, until: Int64, length: Int64) -> (moments: [Int64], areMore: Bool) {
        var (end, length) = (until, length)
        var found: [Int64] = []
        while from < end {
            let begin = end - min(length, end - from)
            var piece: [Int64] = []
            walk(from: begin, until: end) { moment in
                piece.append(moment)
                return piece.count <= count
            }
            if piece.count > count, end - begin > 1 {
                length = max(1, (end - begin) / 8)
                continue
            }
            found = piece + found
            if found.count > count { return (found.suffix(count), true) }
            // As long as the rest may need, going by the moments just found.
            let needed = piece.isEmpty ? .max : length * Int64(count + 1 - found.count) / Int64(piece.count)
            (end, length) = (begin, max(1, min(needed, length * 8)))
        }
        return (found, false)
    }

    /// Whether the event begins at a moment.
    func contains(_ moment: Int64) -> Bool { !starts(from: moment, until: moment + 1).isEmpty }

    private func walkRule(from: Int64, until: Int64, _ body: (Int64) -> Bool) {
        guard let recurrence else {
            if start >= from, start < until { _ = body(start) }
            return
        }
        recurrence.walk(from: from, until: until, body)
    }

    /// Returns the moments that the name of an excluded occurrence takes away: for a day, all that the rule has on it.
    func excluded(by name: OccurrenceName) -> [Int64] {
        let usual = seconds(of: name)
        guard case .day(let day) = name, let rule, rule.hasTimes || !rule.frequency.isOfDays else { return [usual] }
        var found: [Int64] = []
        let begin = zone.seconds(ofLocal: day.secondsSinceEpoch) - Int64.secondsPerDay
        walkRule(from: begin, until: begin + 3 * Int64.secondsPerDay) { moment in
            if self.day(of: moment) == day.daysSinceEpoch { found.append(moment) }
            return true
        }
        return found.isEmpty ? [usual] : found
    }

    /// Whether the rule has an occurrence at a moment, excluded or not.
    private func isOfRule(_ moment: Int64) -> Bool {
        var isFound = false
        walkRule(from: moment, until: moment + 1) { _ in
            isFound = true
            return false
        }
        return isFound
    }

    private func isExcluded(_ moment: Int64, ofRule: Bool) -> Bool {
        if excludedDays.isEmpty, excludedMoments.isEmpty { return false }
        if excludedMoments.contains(moment) { return true }
        guard ofRule, !excludedDays.isEmpty, let day = CivilDate(daysSinceEpoch: day(of: moment)) else { return false }
        return excludedDays.contains(day)
    }
}
