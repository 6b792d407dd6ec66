import Formats
import Localization

/// The parts of cards that no field holds, kept in a part of each record.
struct CardRemainder {
    private let table: Table

    /// - Parameter table: the table of a part whose single field holds the properties as one vCard 4.0.
    init(_ table: Table) { self.table = table }

    /// Returns the properties kept for a record.
    ///
    /// - Throws: ``CRMError`` `configuration` for text that only a foreign program can have written.
    func properties(of record: Int64, in store: Store) throws -> KeptProperties {
        // One that others were merged into has what was kept for each of them.
        let texts = try store.partReader(table).rows(of: record).compactMap { $0.values.first?.text }
        do throws(VCardError) {
            var entries: [KeptProperties.Entry] = []
            for text in texts {
                for entry in try KeptProperties(text).entries where !entries.contains(entry) { entries.append(entry) }
            }
            return KeptProperties(entries)
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

    /// Keeps properties for a record in place of those kept before.
    ///
    /// - Returns: whether that changed anything.
    func keep(_ properties: KeptProperties, of record: Int64, in transaction: Transaction) throws -> Bool {
        let rows = properties.isEmpty ? [] : [[Value.text(try properties.text())]]
        return try transaction.partWriter(of: table)?.replace(with: rows, of: record) ?? false
    }
}
