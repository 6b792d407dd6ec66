import Formats

/// Carries over the stored calendar data of a series to the event that continues it: attendees who are not contacts,
/// properties without a field, and the components of single dates.
public struct CalendarContinuation: SeriesContinuation {
    private let components: RecordComponents

    /// - Returns: `nil` for a module without a mapping to calendars.
    /// - Throws: ``CRMError`` for what SQLite reports.
    public init?(_ module: Module, in store: Store) throws {
        guard let components = try RecordComponents(module, in: store) else { return nil }
        self.components = components
    }

    /// Stores the components for the event that continues, and leaves those of earlier dates with the former one.
    ///
    /// - Throws: ``CRMError`` for stored components that cannot be read.
    public func carryOver(from record: Record, to id: Int64, at moment: Int64, in transaction: Transaction) throws {
        var kept = try components.kept(of: record.id)
        guard let series = kept.series, let event = EventRow(record),
            let later = try components.store.storedRecord(components.module, id: id)
        else { return }
        let uid = RecordComponent.uid(of: later, components.mapping)
        let zones = kept.zones(components.store.clock.zones)
        let dates = EventExpander(clock: components.store.clock).series(event)
        let isLater = kept.occurrences.map { component in
            guard let contents = components.readable(component, for: record, zones),
                let name = components.readableName(of: contents, in: series, for: record, zones)
            else { return false }
            return dates.seconds(of: name) >= moment
        }
        var own = kept
        own.series = series.renewed(uid)
        own.occurrences = []
        // The times are those of the later event.
        own.series = try components.written(later, kept: own).components.first?.renewed(uid)
        own.occurrences = zip(kept.occurrences, isLater).filter(\.1).map { $0.0.renewed(uid) }
        _ = try components.keep(own, of: id, in: transaction)
        guard isLater.contains(true) else { return }
        kept.occurrences = zip(kept.occurrences, isLater).filter { !$0.1 }.map(\.0)
        _ = try components.keep(kept, of: record.id, in: transaction)
    }
}

extension CalendarComponent {
    /// Returns the component with another UID, as the first version of another event.
    fileprivate func renewed(_ uid: String) -> CalendarComponent {
        var component = self
        component.properties.removeAll { property in
            ["UID", "SEQUENCE", "CREATED", "LAST-MODIFIED"].contains(where: property.isNamed)
        }
        component.properties.insert(ContentProperty("UID", text: uid), at: 0)
        return component
    }
}
