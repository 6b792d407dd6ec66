import Formats
import Localization

/// The properties of cards without a field, stored in a part of each record.
struct CardRemainder {
    private let table: Table

    /// - Parameter table: the table of a part whose single field holds the properties as one vCard 4.0.
    init(_ table: Table) { self.table = table }

    /// Returns the properties stored for a record.
    ///
    /// - Throws: ``CRMError`` `configuration` for text that only another program can have written.
    func properties(of record: Int64, in store: Store) throws -> UnmappedProperties {
        // A merged record has a row for each of the original records.
        let texts = try store.partReader(table).rows(of: record).compactMap { $0.values.first?.text }
        do throws(VCardError) {
            var entries: [UnmappedProperties.Entry] = []
            for text in texts {
                let card = try UnmappedProperties(text).regrouped(beside: UnmappedProperties(entries))
                for entry in card.entries where !entries.contains(entry) { entries.append(entry) }
            }
            return UnmappedProperties(entries)
        } catch {
            let module = table.module
            let reason = RowProblem.reason(error)
            throw CRMError(
                .configuration,
                Text(
                    en: "the vCard kept for \(module.called(record).en) cannot be read: \(reason.en)",
                    es: "no se puede leer la vCard guardada \(module.ofCalled(record).es): \(reason.es)"
                )
            )
        }
    }

    /// Returns the properties stored for a record, as the edits of its name and of what they stand for have left them.
    ///
    /// - Parameter own: the properties written for the record.
    func properties(
        of record: Record,
        written own: [WrittenProperty],
        by card: RecordCard,
        in store: Store
    ) throws -> UnmappedProperties {
        let kept = try properties(of: record.id, in: store)
        if kept.isEmpty { return kept }
        return try kept.following(namesOf: record, written: own, by: card, in: store)
            .withoutReplaced(of: record, storedIn: table, written: own, by: card.mapping, in: store)
    }

    /// Stores properties for a record, replacing the stored ones.
    ///
    /// - Returns: whether that changed anything.
    func keep(_ properties: UnmappedProperties, of record: Int64, in transaction: Transaction) throws -> Bool {
        let rows = properties.isEmpty ? [] : [[Value.text(try properties.text())]]
        return try transaction.partWriter(of: table)?.replace(with: rows, of: record) ?? false
    }
}
