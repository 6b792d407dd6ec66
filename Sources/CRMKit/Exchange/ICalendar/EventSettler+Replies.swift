import Formats
import Localization

/// Handles messages about an existing event: replies of attendees, and cancellations.
extension EventSettler {
    func take(reply entry: CalendarEntry, _ id: Int64) throws -> Bool {
        if isOfSeries { return try take(replyForOne: entry, id) }
        var isChanged = false
        for attendee in entry.contents.attendees {
            if let contact = try contact(attendee) {
                isChanged = try link(contact, id, attendee.response) || isChanged
            } else {
                isChanged = try answer(attendee, entry, id) || isChanged
            }
        }
        return isChanged
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
        let answered = answered(told, by: entry)
        guard answered != told else { return false }
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
    private func answered(_ component: CalendarComponent, by entry: CalendarEntry) -> CalendarComponent {
        var component = component
        let name = mapping.response.property
        for reply in entry.contents.component.properties where reply.isNamed("ATTENDEE") {
            let place = component.properties.firstIndex { $0.isNamed("ATTENDEE") && $0.address == reply.address }
            guard let place else {
                component.properties.append(reply)
                continue
            }
            let property = component.properties[place]
            guard property.parameterValues(name) != reply.parameterValues(name) else { continue }
            component.properties[place] = property.with(name, reply.parameterValues(name))
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
        let name = mapping.response.property
        let word =
            entry.contents.component.properties(named: "ATTENDEE").first { $0.address == attendee.address }?
            .parameterValues(name) ?? []
        let property = series.properties[index]
        guard property.parameterValues(name) != word else { return false }
        series.properties[index] = property.with(name, word)
        kept.series = series
        return try components.keep(kept, of: id, in: transaction)
    }

    func cancel(_ entry: CalendarEntry, _ id: Int64) throws -> Bool {
        guard let found = try store.storedRecord(module, id: id) else { return false }
        let status = mapping.status(of: components.componentName(of: found))
        guard let choice = status.choice("CANCELLED") else { return false }
        guard isOfSeries else {
            return try transaction.edit(module, id: id, [FieldInput(status.field, .set(choice))])
        }
        let kept = try components.kept(of: id)
        guard let part = components.occurrencePart,
            let name = try components.name(
                of: entry.contents,
                in: series(of: found, kept),
                for: found,
                zones(entry, kept)
            )
        else { return false }
        try checkOccurrence(name, of: found)
        let key = components.key(of: name, isFollowing: entry.contents.isFollowing, in: found)
        let writer = try transaction.rows(of: part, in: module)
        if let row = try writer.rows(of: id).first(where: {
            components.key(of: components.difference($0.values, in: part), in: found) == key
        }) {
            var draft = PartDraft(part, values: row.values)
            draft.give(status.field, .text(choice))
            return try writer.set(draft.values, of: id, in: row)
        }
        var draft = components.row(of: name, isFollowing: key.isFollowing, in: part)
        draft.give(status.field, .text(choice))
        try writer.add(draft.values, to: id)
        return true
    }
}
