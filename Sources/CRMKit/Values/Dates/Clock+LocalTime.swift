import Formats

extension Clock {
    /// Returns a moment in the user's zone with its offset from UTC: `2026-01-31 03:30:00 -06:00`.
    public func localTime(of moment: Moment) -> String {
        guard let (local, offset) = local(moment) else { return moment.description }
        let minutes = Int(offset.magnitude / 60)
        let distance = (minutes / 60).digits(atLeast: 2) + ":" + (minutes % 60).digits(atLeast: 2)
        let time = String(local.description.dropLast().map { $0 == "T" ? " " : $0 })
        return time + (offset < 0 ? " -" : " +") + distance
    }

    /// Returns a stored moment in the user's zone, to the minute: `2026-01-31 03:30`. Any other text, such as a day, is
    /// returned unchanged.
    public func shortTime(ofStored text: String) -> String {
        guard text.utf8.count > 10, let moment = Moment(stored: text), let (local, _) = local(moment) else {
            return text
        }
        return String(local.description.prefix(16).map { $0 == "T" ? " " : $0 })
    }

    /// Returns the day of a stored moment: `2026-01-31`.
    ///
    /// - Parameter name: the IANA name of the zone; empty for the user's zone.
    public func day(ofStored text: String, in name: String = "") -> String {
        guard !name.isEmpty, let moment = Moment(stored: text) else {
            return String(shortTime(ofStored: text).prefix { $0 != " " })
        }
        let local = moment.secondsSinceEpoch + zone(named: name).offset(at: moment.secondsSinceEpoch)
        return CivilDate(daysSinceEpoch: local.flooredDays)?.description ?? text
    }

    /// Returns the moment whose UTC time is the local time of another moment in the user's zone, and the offset of the
    /// zone in seconds; `nil` if the local day is outside the calendar.
    private func local(_ moment: Moment) -> (moment: Moment, offset: Int64)? {
        let offset = zone.offset(at: moment.secondsSinceEpoch)
        return Moment(secondsSinceEpoch: moment.secondsSinceEpoch + offset).map { ($0, offset) }
    }
}
