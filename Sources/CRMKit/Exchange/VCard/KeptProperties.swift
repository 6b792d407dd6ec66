import Formats

/// Properties of a card that wait for the way back: those that no field holds, and those that say more of a field
/// than its value, such as an unusual type, a group or a middle name.
///
/// The latter are written in place of the field's own property as long as the field has the value it had then.
struct KeptProperties {
    /// A property in the form of version 4.0.
    struct Entry: Equatable {
        let property: VCardProperty
        /// The name of the slot that it fills, and what is written for the record there; `nil` for what only is kept.
        let place: Place?
    }

    /// A slot's name and the value that the record has there.
    struct Place: Equatable {
        let slot: String
        let value: String
    }

    private(set) var entries: [Entry]

    var isEmpty: Bool { entries.isEmpty }

    init(_ entries: [Entry]) { self.entries = entries }

    private static let slot = "X-CRM-SLOT"
    private static let value = "X-CRM-VALUE"
    /// A card of 16 MiB, and what is added to it here.
    private static let longest = 64 * 1024 * 1024

    /// Reads what ``text()`` has written.
    init(_ text: String) throws(VCardError) {
        var reader = VCardReader(ByteSource(bytes: Array(text.utf8)), maximumLength: Self.longest)
        entries = (try reader.next()?.properties ?? []).map { property in
            let place = property.parameterValues(Self.slot).first.flatMap { slot in
                property.parameterValues(Self.value).first.map { Place(slot: slot, value: $0) }
            }
            let parameters = property.parameters.filter { !$0.isNamed(Self.slot) && !$0.isNamed(Self.value) }
            return Entry(property: property.with(parameters: parameters), place: place)
        }
    }

    /// The properties as one vCard 4.0 whose parameters tell their places.
    func text() throws -> String {
        let properties = entries.map { entry in
            guard let place = entry.place else { return entry.property }
            return entry.property.with(
                parameters: entry.property.parameters + [
                    VCardParameter(Self.slot, [place.slot]), VCardParameter(Self.value, [place.value]),
                ]
            )
        }
        let sink = ByteSink.memory()
        try VCardWriter(sink, version: .v4_0).write(VCard(version: .v4_0, properties: properties))
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    /// The properties of a card: each of the record's own, or the one kept in its place, then all that only is kept.
    func merged(into own: [WrittenProperty]) -> [VCardProperty] {
        var placed = entries.filter { $0.place != nil }
        let properties = own.map { written in
            guard let index = placed.firstIndex(where: { $0.place == written.place }) else { return written.property }
            return placed.remove(at: index).property
        }
        return properties + entries.filter { $0.place == nil }.map(\.property)
    }

    /// These, and those of another that are not among them and still have their place in a record.
    func adding(_ other: KeptProperties, besides own: [WrittenProperty]) -> KeptProperties {
        let places = own.map(\.place)
        let taken = entries.compactMap(\.place)
        return KeptProperties(
            other.entries.filter { entry in
                guard !entries.contains(entry) else { return false }
                return entry.place.map { places.contains($0) && !taken.contains($0) } ?? true
            } + entries
        )
    }
}

extension VCardProperty {
    /// The same property with other parameters.
    func with(parameters: [VCardParameter]) -> VCardProperty {
        VCardProperty(name, rawValue: rawValue, group: group, parameters: parameters)
    }
}
