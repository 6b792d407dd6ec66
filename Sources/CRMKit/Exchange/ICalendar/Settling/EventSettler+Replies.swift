import Formats
import Localization

/// Handles messages about an existing event: replies of attendees, and cancellations.
extension EventSettler {
    func take(reply entry: CalendarEntry, _ id: Int64) throws -> Bool {
        if isOfSeries { return try take(replyForOne: entry, id) }
        guard let found = try store.storedRecord(module, id: id) else { return false }
        var isChanged = false
        for attendee in entry.contents.attendees {
            let kept = try components.kept(of: id)
            let present = kept.series?.properties.first { $0.isNamed("ATTENDEE") && $0.address == attendee.address }
            if let present, let reply = entry.reply(of: attendee.address), reply.isOlder(than: present, entry) {
                noteOutdated(entry, found)
                continue
            }
            if let contact = try contact(attendee) {
                let isLinked = try link(contact, id, attendee.response)
                isChanged = try keep(entry, from: attendee, of: found) || isLinked || isChanged
            } else {
                isChanged = try answer(attendee, entry, id) || isChanged
            }
        }
        return isChanged
    }

    /// Stores when a contact's reply was made, in the stored component of the event.
    private func keep(_ entry: CalendarEntry, from attendee: EventContents.Attendee, of found: Record) throws -> Bool {
        guard let reply = entry.reply(of: attendee.address), entry.stamp != nil else { return false }
        let kept = try components.kept(of: found.id)
        let written = try components.written(found, kept: kept).components[0]
        var series = kept.series ?? written
        func isMeant(_ property: ContentProperty) -> Bool {
            property.isNamed("ATTENDEE") && property.address == attendee.address
        }
        let index = series.properties.firstIndex(where: isMeant) ?? series.properties.endIndex
        if index == series.properties.endIndex {
            // The contact may be linked by another address.
            guard let own = written.properties.first(where: isMeant) else { return false }
            series.properties.append(own)
        }
        let property = series.properties[index].answered(by: reply, in: entry, mapping.response.property)
        guard property != series.properties[index] else { return false }
        series.properties[index] = property
        let stored = StoredComponents(
            series: series,
            occurrences: kept.occurrences,
            definitions: kept.definitions,
            contacts: kept.contacts.union([attendee.address])
        )
        return try components.keep(stored, of: found.id, in: transaction)
    }

    /// Stores a reply for a single date. There is one link for the whole series, so the reply is stored in the
    /// component of that date.
    private func take(replyForOne entry: CalendarEntry, _ id: Int64) throws -> Bool {
        guard let found = try store.storedRecord(module, id: id), let part = components.occurrencePart else {
            return false
        }
        var kept = try components.kept(of: id)
        let zones = zones(entry, kept)
        let series = try series(of: found, kept)
        guard let name = try components.name(of: entry.contents, in: series, for: found, zones) else { return false }
        try checkOccurrence(name, of: found)
        let key = components.key(of: name, isFollowing: entry.contents.isFollowing, in: found)
        let rows = try components.occurrenceRows(of: id)
        if !rows.contains(where: { components.key(of: $0, in: found) == key }) {
            let row = components.row(of: name, isFollowing: key.isFollowing, in: part)
            try transaction.rows(of: part, in: module).add(row.values, to: id)
        }
        func isMeant(_ component: CalendarComponent) throws -> Bool {
            let contents = try components.contents(component, for: found, zones)
            guard let other = try components.name(of: contents, in: series, for: found, zones) else { return false }
            return components.key(of: other, isFollowing: contents.isFollowing, in: found) == key
        }
        guard let told = try components.written(found, kept: kept).components.dropFirst().first(where: isMeant) else {
            return false
        }
        var answered = answered(told, by: entry, of: found)
        guard answered != told else { return false }
        // A date that no request has described has the version of its series.
        if try !kept.occurrences.contains(where: isMeant), let version = kept.series {
            for stamp in ["SEQUENCE", "DTSTAMP"] { if let property = version.first(stamp) { answered.set(property) } }
        }
        kept.series = series
        kept.occurrences = try kept.occurrences.filter { try !isMeant($0) } + [answered]
        return try components.keep(kept, of: id, in: transaction)
    }

    /// Refuses a date on which a series has no occurrence.
    func checkOccurrence(_ name: OccurrenceName, of found: Record) throws {
        guard let event = EventRow(found) else { return }
        let series = EventExpander(clock: store.clock).series(event)
        guard !series.contains(series.seconds(of: name)) else { return }
        throw CRMError(
            .notFound,
            Text(
                en: "\(module.called(found.id).en) has no occurrence \(name)",
                es: "\(module.called(found.id).es) no tiene ninguna repetición \(name)"
            ),
            module: module.name,
            reference: "\(found.id)"
        )
    }

    /// Returns a component with the attendees' responses in a reply.
    private func answered(
        _ component: CalendarComponent,
        by entry: CalendarEntry,
        of found: Record
    ) -> CalendarComponent {
        var component = component
        for reply in entry.contents.component.properties where reply.isNamed("ATTENDEE") {
            let place = component.properties.firstIndex { $0.isNamed("ATTENDEE") && $0.address == reply.address }
            guard let place else {
                component.properties.append(reply.answered(by: reply, in: entry, mapping.response.property))
                continue
            }
            let property = component.properties[place]
            if reply.isOlder(than: property, entry) {
                noteOutdated(entry, found)
            } else {
                component.properties[place] = property.answered(by: reply, in: entry, mapping.response.property)
            }
        }
        return component
    }

    /// Stores the response of an attendee who is no contact in the stored component.
    private func answer(_ attendee: EventContents.Attendee, _ entry: CalendarEntry, _ id: Int64) throws -> Bool {
        var kept = try components.kept(of: id)
        guard var series = kept.series,
            let index = series.properties.firstIndex(where: {
                $0.isNamed("ATTENDEE") && $0.address == attendee.address
            })
        else {
            throw CRMError(
                .notFound,
                Text(
                    en: "\(attendee.address) is neither a contact nor an attendee of \(module.called(id).en)",
                    es: "\(attendee.address) no es un contacto ni participa en \(module.called(id).es)"
                ),
                hint: Text(
                    en: "make the contact with --create-missing \(contacts.name.noun)",
                    es: "crear el contacto con --create-missing \(contacts.name.noun)"
                ),
                module: module.name
            )
        }
        guard let reply = entry.reply(of: attendee.address) else { return false }
        let property = series.properties[index].answered(by: reply, in: entry, mapping.response.property)
        guard property != series.properties[index] else { return false }
        series.properties[index] = property
        kept.series = series
        return try components.keep(kept, of: id, in: transaction)
    }

    func cancel(_ entry: CalendarEntry, _ id: Int64) throws -> Bool {
        guard let found = try store.storedRecord(module, id: id) else { return false }
        let status = mapping.status(of: components.componentName(of: found))
        guard let choice = status.choice("CANCELLED") else { return false }
        guard isOfSeries else {
            let isKept = try keep(cancellation: entry, by: status.property, of: id)
            return try transaction.edit(module, id: id, [FieldInput(status.field, .set(choice))]) || isKept
        }
        let kept = try components.kept(of: id)
        let (series, zones) = (try series(of: found, kept), zones(entry, kept))
        guard let part = components.occurrencePart,
            let name = try components.name(of: entry.contents, in: series, for: found, zones)
        else { return false }
        try checkOccurrence(name, of: found)
        let key = components.key(of: name, isFollowing: entry.contents.isFollowing, in: found)
        let former = try kept.occurrences.first { try told($0, in: series, of: found, zones)?.key == key }
        if let former, entry.isOlder(than: former) {
            noteOutdated(entry, found)
            return false
        }
        let writer = try transaction.rows(of: part, in: module)
        let row = try writer.rows(of: id).first {
            components.key(of: components.difference($0.values, in: part), in: found) == key
        }
        var draft =
            row.map { PartDraft(part, values: $0.values) }
            ?? components.row(of: name, isFollowing: key.isFollowing, in: part)
        draft.give(status.field, .text(choice))
        guard let row else {
            try writer.add(draft.values, to: id)
            _ = try keep(cancellation: entry, ofOne: key, found, by: status.property)
            return true
        }
        let isChanged = try writer.set(draft.values, of: id, in: row)
        return try keep(cancellation: entry, ofOne: key, found, by: status.property) || isChanged
    }

    /// Stores that the calendar has cancelled an event, with the version of the cancellation: a later request that does
    /// not say so takes it back, and an earlier one is outdated.
    private func keep(cancellation entry: CalendarEntry, by property: String, of id: Int64) throws -> Bool {
        var kept = try components.kept(of: id)
        guard let series = kept.series else { return false }
        kept.series = series.cancelled(by: entry, property)
        guard series != kept.series else { return false }
        return try components.keep(kept, of: id, in: transaction)
    }

    /// Stores in the same way that the calendar has cancelled a single date.
    private func keep(
        cancellation entry: CalendarEntry,
        ofOne key: OccurrenceKey,
        _ found: Record,
        by property: String
    ) throws -> Bool {
        var kept = try components.kept(of: found.id)
        guard let series = kept.series else { return false }
        let zones = zones(entry, kept)
        func isMeant(_ component: CalendarComponent) throws -> Bool {
            try told(component, in: series, of: found, zones)?.key == key
        }
        guard let date = try components.written(found, kept: kept).components.dropFirst().first(where: isMeant) else {
            return false
        }
        var cancelled = date.cancelled(by: entry, property)
        cancelled.set(ContentProperty(CalendarMapping.ownCancellation, rawValue: "TRUE"))
        guard !kept.occurrences.contains(cancelled) else { return false }
        kept.occurrences = try kept.occurrences.filter { try !isMeant($0) } + [cancelled]
        return try components.keep(kept, of: found.id, in: transaction)
    }
}

extension CalendarComponent {
    /// Returns the component as one that a message has cancelled, in the message's version.
    fileprivate func cancelled(by entry: CalendarEntry, _ status: String) -> CalendarComponent {
        var component = self
        component.set(ContentProperty(status, rawValue: "CANCELLED"))
        for stamp in ["SEQUENCE", "DTSTAMP"] {
            if let told = entry.contents.component.first(stamp) { component.set(told) }
        }
        return component
    }

    /// Replaces a property, or adds it.
    fileprivate mutating func set(_ property: ContentProperty) {
        if let index = properties.firstIndex(where: { $0.isNamed(property.name) }) {
            properties[index] = property
        } else {
            properties.append(property)
        }
    }
}

extension CalendarEntry {
    /// When the component was made, as it is written.
    fileprivate var stamp: String? { contents.component.first("DTSTAMP")?.rawValue.trimmed.nonEmpty }

    /// Returns what a reply has of an attendee.
    fileprivate func reply(of address: String) -> ContentProperty? {
        contents.component.properties.first { $0.isNamed("ATTENDEE") && $0.address == address }
    }
}

extension ContentProperty {
    /// Whether the reply of an entry was made before the one that an attendee's property has (RFC 5546 section 2.1.5).
    fileprivate func isOlder(than attendee: ContentProperty, _ entry: CalendarEntry) -> Bool {
        func moment(_ stamp: String?) -> Moment? {
            stamp.flatMap { try? ContentProperty("DTSTAMP", rawValue: $0).times().first }?.moment(in: .utc)
        }
        guard let own = moment(entry.stamp), let last = moment(attendee.parameter(CalendarMapping.ownReply)) else {
            return false
        }
        return own < last
    }

    /// Returns the property of an attendee with the response of a reply, and with when that was made.
    ///
    /// - Parameter name: the parameter with the response.
    fileprivate func answered(by reply: ContentProperty, in entry: CalendarEntry, _ name: String) -> ContentProperty {
        let stamped = entry.stamp.map { with(CalendarMapping.ownReply, [$0]) } ?? self
        return stamped.with(name, reply.parameterValues(name))
    }
}
