extension Clock {
    /// A moment as clocks of the user's zone show it, with their distance from UTC: `2026-01-31 03:30:00 -06:00`.
    public func localTime(of moment: Moment) -> String {
        let offset = zone.offset(at: moment.secondsSinceEpoch)
        // Beyond the calendar's ends there is no local day; the moment in UTC says as much.
        guard let local = Moment(secondsSinceEpoch: moment.secondsSinceEpoch + offset) else {
            return moment.description
        }
        let minutes = Int(offset.magnitude / 60)
        let distance = (minutes / 60).zeroPadded(to: 2) + ":" + (minutes % 60).zeroPadded(to: 2)
        let time = String(local.description.dropLast().map { $0 == "T" ? " " : $0 })
        return time + (offset < 0 ? " -" : " +") + distance
    }
}
