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
        copy.components = components.map { component in
            var component = component
            component.properties.removeAll { property in
                ["DTSTAMP", "LAST-MODIFIED", "CREATED"].contains(where: property.isNamed)
            }
            return component
        }
        return copy
    }

    /// Returns a hash of the components without their time stamps.
    func digest() throws(WriteError) -> SHA256Digest {
        let sink = ByteSink.memory()
        let writer = ICalendarWriter(sink)
        for component in withoutStamps.components { try writer.write(component) }
        var hash = SHA256()
        hash.update(sink.bytes)
        return SHA256Digest(hash)
    }
}
