import Formats
import Localization

/// The identity of a described occurrence of a record. A day means the occurrence at the time of day of the series. A
/// difference from a date on is distinct from one on that date alone.
struct OccurrenceKey: Hashable {
    fileprivate let moment: Moment?
    /// The name of an occurrence without a moment, beyond the range of the calendar.
    fileprivate let name: OccurrenceName?
    let isFollowing: Bool
}

/// Converts between single occurrences in calendars and the rows of records.
extension RecordComponents {
    /// The part for the differences of single dates.
    var occurrencePart: Part? { module.part(named: mapping.occurrences.part) }

    /// Returns the rows for single occurrences of a record.
    func occurrenceRows(of id: Int64) throws -> [OccurrenceDifference] {
        guard let part = occurrencePart else { return [] }
        return try store.partReader(of: part, in: module).rows(of: id).map { difference($0.values, in: part) }
    }

    /// Returns a stored row of the part as a difference.
    func difference(_ values: [Value], in part: Part) -> OccurrenceDifference {
        OccurrenceDifference(PartDraft(part, values: values), by: mapping.occurrences)
    }

    /// Returns a new row of the part, for an occurrence alone or together with all later ones.
    func row(of name: OccurrenceName, isFollowing: Bool, in part: Part) -> PartDraft {
        var row = PartDraft(new: part, in: values)
        row.give(mapping.occurrences.original, .text(name.description))
        row.give(mapping.occurrences.following, .integer(isFollowing ? 1 : 0))
        return row
    }

    /// Returns the identity of an occurrence of a record.
    func key(of name: OccurrenceName, isFollowing: Bool, in found: Record) -> OccurrenceKey {
        let moment = record.time(of: name, in: found).flatMap { self.moment($0, in: found) }
        return OccurrenceKey(moment: moment, name: moment == nil ? name : nil, isFollowing: isFollowing)
    }

    /// Returns the identity of the occurrence of a row; `nil` if its name cannot be read.
    func key(of row: OccurrenceDifference, in found: Record) -> OccurrenceKey? {
        row.name.map { key(of: $0, isFollowing: row.isFollowing, in: found) }
    }

    /// Returns the times of a record's occurrences, including the differences in its rows.
    ///
    /// - Returns: `nil` for a record without a start.
    func times(of found: Record, _ rows: [OccurrenceDifference]) -> EventTimes? {
        EventRow(found).map { event in
            EventTimes(event, EventExpander(clock: store.clock).series(event), rows.map { OccurrenceRow($0.values) })
        }
    }

    /// Returns the record as it is at the occurrence of a row, with the differences from earlier dates onwards and
    /// those of the row applied.
    func effective(_ row: OccurrenceDifference, of found: Record, _ times: EventTimes?) -> Record {
        guard let times, let moment = row.name.map(times.series.seconds(of:)) else { return found }
        return on(moment, found, times, times.rows(at: moment, OccurrenceRow(row.values)))
    }

    /// Returns a record as it is at an occurrence, with the differences in some rows applied.
    private func on(_ moment: Int64, _ found: Record, _ times: EventTimes, _ rows: [OccurrenceRow]) -> Record {
        var effective = found
        let keys = mapping.times
        let (start, end) = times.times(of: moment, rows)
        if let start = Moment(secondsSinceEpoch: start) { effective[keys.start] = .text(start.description) }
        if !found[keys.end].isNull || rows.contains(where: { $0.end != nil }), let end = Moment(secondsSinceEpoch: end)
        {
            effective[keys.end] = .text(end.description)
        }
        if times.clockTimes(rows) != nil { effective[keys.allDay] = .integer(0) }
        for key in mapping.occurrences.fields where key != keys.start && key != keys.end {
            for row in rows { if let value = row.own(key) { effective[key] = value } }
        }
        for key in [keys.recurrence, keys.further, keys.excluded] { effective[key] = .null }
        return effective
    }

    /// Returns the row of the part for the component of a single occurrence: the differences from the record, and from
    /// what has differed since an earlier date.
    ///
    /// - Parameter former: the present row of the date, whose status stays where the component's word stands for it.
    func values(
        of contents: EventContents,
        _ name: OccurrenceName,
        in found: Record,
        _ times: EventTimes?,
        after former: OccurrenceDifference? = nil
    ) throws -> [Value] {
        guard let part = occurrencePart, let times else { return [] }
        var row = row(of: name, isFollowing: contents.isFollowing, in: part)
        let moment = times.series.seconds(of: name)
        let base = on(moment, found, times, contents.isFollowing ? [] : times.rows(at: moment))
        let (start, end) = (mapping.times.start, mapping.times.end)
        for key in mapping.occurrences.fields {
            guard let text = self.text(key, of: contents, in: times), let field = module.field(key) else {
                // A component replaces another as a whole (RFC 5545 section 3.8.4.4). If it lacks alarms or a location,
                // the date has none. A choice such as the priority or status cannot be stored as empty, so the date has
                // that of the series.
                if let none = part.field(key)?.emptyOverride, !base[key].isNull { row.give(key, none) }
                continue
            }
            // What a date is about is said by its series, where its own component does not.
            if key == mapping.summary, contents.lacksSummary { continue }
            var value = try field.type.parse(text, in: values)
            if key == mapping.status(of: contents.component.name).field, let own = former?.value(key) {
                let present = own.isNull ? base[key] : own
                if present.text.map({ contents.leavesStatus($0) }) ?? false { value = present }
            }
            let isSame =
                key == end
                ? Self.length(contents.texts[start], text) == Self.length(base[start].text, base[end].text)
                : value == base[key]
            if !isSame { row.give(key, value) }
        }
        return row.values
    }

    /// Returns what a component of a single date says of a field. Whole days of an event with times end at the next
    /// midnight there.
    private func text(_ key: String, of contents: EventContents, in times: EventTimes) -> String? {
        let (text, keys) = (contents.texts[key], mapping.times)
        guard key == keys.end, contents.texts[keys.allDay] == "true", !times.event.isWholeDay, !contents.isTask,
            let last = (text ?? contents.texts[keys.start]).flatMap(Moment.seconds(stored:))
        else { return text }
        let midnight = times.series.zone.seconds(ofLocal: (times.series.day(of: last) + 1) * Int64.secondsPerDay)
        return Moment(secondsSinceEpoch: midnight)?.description ?? text
    }

    /// Returns the row of the part for an occurrence that ends at another time.
    func values(ofPeriod period: (name: OccurrenceName, end: Moment), in part: Part) -> [Value] {
        var row = row(of: period.name, isFollowing: false, in: part)
        row.give(mapping.times.end, .text(period.end.description))
        return row.values
    }

    /// Returns the answers of a record's attendees for single dates, by occurrence and contact id.
    func answers(for found: Record) throws -> [OccurrenceName: [Int64: String]] {
        let kept = try kept(of: found.id)
        guard !kept.occurrences.isEmpty, let event = EventRow(found) else { return [:] }
        let series = EventExpander(clock: store.clock).series(event)
        let people = try people(of: found.id)
        let places = CalendarPerson.places(of: people)
        let zones = kept.zones(store.clock.zones)
        var answers: [OccurrenceName: [Int64: String]] = [:]
        for (key, told) in present(kept, of: found, zones) where !key.isFollowing {
            guard let moment = key.moment, let name = series.name(of: moment.secondsSinceEpoch),
                let contents = readable(told.component, for: found, zones)
            else { continue }
            for attendee in contents.attendees {
                guard let response = attendee.response,
                    let place = places[attendee.address]
                else { continue }
                answers[name, default: [:]][people[place].id] = response
            }
        }
        return answers
    }

    /// Returns on which dates a record takes no time.
    func transparency(of found: Record) throws -> EventTransparency {
        let kept = try kept(of: found.id)
        var dates: [OccurrenceName: Bool] = [:]
        if !kept.occurrences.isEmpty, let event = EventRow(found) {
            let series = EventExpander(clock: store.clock).series(event)
            for (key, told) in present(kept, of: found, kept.zones(store.clock.zones)) where !key.isFollowing {
                guard let name = key.moment.flatMap({ series.name(of: $0.secondsSinceEpoch) }) else { continue }
                dates[name] = told.component.isTransparent
            }
        }
        return EventTransparency(isTransparent: kept.series?.isTransparent ?? false, dates: dates)
    }

    private static func length(_ start: String?, _ end: String?) -> Int64? {
        guard let start = start.flatMap(Moment.seconds(stored:)), let end = end.flatMap(Moment.seconds(stored:)) else {
            return nil
        }
        return end - start
    }

    private func moment(_ time: CalendarTime, in found: Record) -> Moment? {
        let setting: TimeZoneSetting =
            switch time.zone {
            case .utc: .utc
            case .named(let name): store.clock.zones.zone(named: name).map(TimeZoneSetting.file) ?? .utc
            case .floating: record.days(of: found)
            }
        return time.moment(in: setting)
    }
}
