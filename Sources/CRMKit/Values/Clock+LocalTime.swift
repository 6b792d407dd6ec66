import Formats

extension Clock {
    /// A moment as clocks of the user's zone show it, with their distance from UTC: `2026-01-31 03:30:00 -06:00`.
    public func localTime(of moment: Moment) -> String {
        guard let (local, offset) = local(moment) else { return moment.description }
        let minutes = Int(offset.magnitude / 60)
        let distance = (minutes / 60).digits(atLeast: 2) + ":" + (minutes % 60).digits(atLeast: 2)
        let time = String(local.description.dropLast().map { $0 == "T" ? " " : $0 })
        return time + (offset < 0 ? " -" : " +") + distance
    }

    /// A stored moment as clocks of the user's zone show it, to the minute: `2026-01-31 03:30`. What some other program
    /// has written stays as it is, and so does a day.
    public func shortTime(ofStored text: String) -> String {
        guard text.utf8.count > 10, let moment = Moment(stored: text), let (local, _) = local(moment) else {
            return text
        }
        return String(local.description.prefix(16).map { $0 == "T" ? " " : $0 })
    }

    /// The day of a stored moment by clocks of a zone, that of the user where the name is empty: `2026-01-31`.
    public func day(ofStored text: String, in name: String = "") -> String {
        guard !name.isEmpty, let moment = Moment(stored: text) else {
            return String(shortTime(ofStored: text).prefix { $0 != " " })
        }
        let local = moment.secondsSinceEpoch + zone(named: name).offset(at: moment.secondsSinceEpoch)
        return CivilDate(daysSinceEpoch: local.flooredDays)?.description ?? text
    }

    /// The moment whose UTC looks as local clocks do, and how far they are from UTC; `nil` beyond the calendar's ends, where
    /// there is no local day, and where the moment in UTC says as much.
    private func local(_ moment: Moment) -> (moment: Moment, offset: Int64)? {
        let offset = zone.offset(at: moment.secondsSinceEpoch)
        return Moment(secondsSinceEpoch: moment.secondsSinceEpoch + offset).map { ($0, offset) }
    }
}
