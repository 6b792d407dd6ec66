import Formats

/// The edits of a name since its card was read, one after the other.
///
/// A card's additional names stay until an edit takes them away, and which one does shows only step by step: who mends
/// `Maria José Inés` to `María José`, and later writes `Majo`, has never touched `Inés`.
extension UnmappedProperties {
    /// Returns the properties as the earlier edits of the record's name have left them, so that only the last one is to be
    /// applied.
    ///
    /// If history no longer reaches back to the name on the card, all edits count as one.
    ///
    /// - Parameter own: the properties written for the record.
    func following(
        namesOf record: Record,
        written own: [WrittenProperty],
        by card: RecordCard,
        in store: Store
    ) throws -> UnmappedProperties {
        guard let kept = entries.first(where: { $0.place?.slot == CardSlot.name.text }), let origin = kept.place,
            !CardName(kept.property.components).additional.isEmpty, var last = Self.place(ofNameIn: own), last != origin
        else { return self }
        var steps: [[WrittenProperty]] = []
        for event in try store.rowEvents(of: record.id, in: .table(Table(record.module))) {
            let written = try card.name(of: record, asIn: event.image)
            guard let place = Self.place(ofNameIn: written), place != last else { continue }
            if place == origin { return steps.reversed().reduce(self) { $0.carried(over: $1) } }
            steps.append(written)
            last = place
        }
        return self
    }

    private static func place(ofNameIn own: [WrittenProperty]) -> Place? { own.first { $0.slot == .name }?.place }

    /// Returns the properties with those of the name as they are written for a record at some time.
    private func carried(over own: [WrittenProperty]) -> UnmappedProperties {
        let slots = own.map(\.slot.text)
        let isOfName = { (entry: Entry) in entry.place.map { slots.contains($0.slot) } ?? false }
        let written = UnmappedProperties(entries.filter(isOfName)).merged(into: own)
        let names = zip(own, written).map { own, property in
            var property = property
            _ = CardMark(takenOff: &property)
            return Entry(property: property, place: own.place)
        }
        return UnmappedProperties(names + entries.filter { !isOfName($0) })
    }
}

extension RecordCard {
    /// Returns the properties for the name that a record had at some time.
    func name(of record: Record, asIn image: RowImage) throws -> [WrittenProperty] {
        var former = record
        for key in mapping.name.fields + [record.module.displayKey] {
            if let value = image[key] { former[key] = value }
        }
        return try name(of: former)
    }
}
