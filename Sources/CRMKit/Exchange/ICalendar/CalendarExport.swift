import Formats
import Localization

/// Exports records of one module as calendar components.
public struct CalendarExport {
    private let module: Module
    private let store: Store
    private let mapping: CalendarMapping
    private let components: RecordComponents

    /// Prepares an export.
    ///
    /// - Returns: `nil` for a module without a mapping to calendars.
    /// - Throws: ``CRMError`` for what SQLite reports.
    public init?(_ module: Module, from store: Store) throws {
        guard let mapping = module.calendar, let components = try RecordComponents(module, in: store) else {
            return nil
        }
        self.module = module
        self.store = store
        self.mapping = mapping
        self.components = components
    }

    /// Calls a closure with every record that a query finds, in its order, all read from the same state of the
    /// database.
    ///
    /// - Parameter body: receives the calendar components of a record, a file name for it without a folder, and the
    ///   first year for which the zone definitions must be right.
    /// - Throws: what the body throws; what ``ListQuery/rows(in:)`` throws.
    public func forEach(
        _ query: ListQuery,
        _ body: (WrittenEvent, _ fileName: RecordFileName, _ year: Int) throws -> Void
    ) throws {
        try store.forEachRecord(query) { found in
            try body(
                try components.written(found),
                fileName(of: found),
                RecordComponent.firstYear(of: found, mapping)
            )
        }
    }

    /// Returns the calendar components of a record: a series and its changed occurrences.
    ///
    /// - Returns: `nil` if the record does not exist.
    public func event(_ id: Int64) throws -> WrittenEvent? {
        try store.storedRecord(module, id: id).map(components.written)
    }

    private func fileName(of found: Record) -> RecordFileName {
        RecordFileName(RecordComponent.uid(of: found, mapping), of: found, ending: ".ics")
    }
}
