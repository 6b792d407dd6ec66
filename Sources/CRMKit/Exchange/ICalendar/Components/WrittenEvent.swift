import Formats

/// The calendar components for one record.
public struct WrittenEvent: Equatable, Sendable {
    /// The component of the record as a whole, then those of its single occurrences.
    var components: [CalendarComponent]
    /// The definitions of zones that are not in the IANA database.
    var definitions: [CalendarComponent]
}

extension WrittenEvent {
    /// The event without the times of creation and change, and without definitions of zones that no time uses.
    var withoutStamps: WrittenEvent {
        var copy = self
        let named = Set(components.flatMap(\.zones))
        copy.definitions.removeAll { definition in
            definition.first("TZID").map { !named.contains($0.text) } ?? true
        }
        copy.components = components.map(\.withoutStamps)
        return copy
    }

    /// The components, those of single dates by the dates that they are of.
    var inOrder: [CalendarComponent] {
        let dates = components.dropFirst().map { (date: $0.first("RECURRENCE-ID")?.rawValue ?? "", component: $0) }
        return Array(components.prefix(1)) + dates.sorted { $0.date < $1.date }.map(\.component)
    }

    /// A hash of everything but the time stamps.
    func digest() throws(WriteError) -> SHA256Digest {
        let sink = ByteSink.memory()
        let writer = ICalendarWriter(sink)
        for component in withoutStamps.components { try writer.write(component) }
        var hash = SHA256()
        hash.update(sink.bytes)
        return SHA256Digest(hash)
    }
}

extension CalendarComponent {
    /// The component without the times of creation and change.
    var withoutStamps: CalendarComponent {
        var component = self
        component.properties.removeAll { property in
            ["DTSTAMP", "LAST-MODIFIED", "CREATED"].contains(where: property.isNamed)
        }
        return component
    }
}
