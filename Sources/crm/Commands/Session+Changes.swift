import CRMKit
import Localization

extension Session {
    /// Tells what a write has changed in records that were there, of whatever module: a line for each field.
    ///
    /// - Parameter mark: where the history stood before the write.
    func noteChanges(since mark: ChangeMark, in transaction: Transaction) throws {
        let words = LogWords(registry: registry, audience: try audience)
        var told = 0
        for module in registry.modules {
            try transaction.forEachChange(of: module, since: mark) { record in
                for change in record.changes where change.field.key != "updated_at" {
                    told += 1
                    if told <= Self.mostChanges { try note(Text(words.line(on: change, of: record, in: module))) }
                }
            }
        }
        guard told > Self.mostChanges else { return }
        let others = told - Self.mostChanges
        try note(Text(en: "and \(others) more changes", es: "y \(others) cambios más"))
    }

    private static let mostChanges = 50
}
