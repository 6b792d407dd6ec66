/// What is kept of a card because a field could not hold it, and is out of date since the field was given a value.
extension UnmappedProperties {
    /// Returns the properties except those whose field has been given a value since they were stored, even if it is
    /// empty now: a user who has set and cleared it wants no value. A value that an undo has taken back does not count.
    ///
    /// - Parameters:
    ///   - table: the table of the part in which the properties are stored.
    ///   - own: the properties written for the record.
    func withoutReplaced(
        of record: Record,
        storedIn table: Table,
        written own: [WrittenProperty],
        by mapping: CardMapping,
        in store: Store
    ) throws -> UnmappedProperties {
        let vacant = Set(entries.compactMap { $0.place?.isVacant == true ? $0.place?.slot : nil })
            .subtracting(own.map(\.slot.text))
        if vacant.isEmpty { return self }
        let stored =
            try store.partReader(table).rows(of: record.id)
            .compactMap { try store.rowEvents(of: $0.id, in: .table(table)).first?.changeSet }.max() ?? 0
        let later = try store.rowEvents(of: record.id, in: .table(Table(record.module))).filter {
            $0.changeSet > stored
        }
        let replaced = try vacant.filter { slot in
            let fields = mapping.fields(ofSlot: slot).compactMap { record.module.field($0) }
            return try later.contains { event in
                let gives = fields.contains { event.changes($0) && event.image[$0.key].map { !$0.isNull } ?? false }
                return try gives && store.standingUndo(of: event.changeSet) == nil && !store.isUndo(event.changeSet)
            }
        }
        return replaced.isEmpty
            ? self
            : UnmappedProperties(
                entries.filter { entry in entry.place.map { !$0.isVacant || !replaced.contains($0.slot) } ?? true }
            )
    }
}
