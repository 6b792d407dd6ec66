import CRMKit
import Localization

extension Session {
    /// Informs the user of the changes that a write has made to existing records of a module, one line for each field,
    /// then of its consequences.
    ///
    /// - Parameter mark: the position of the history before the write.
    func noteChanges(since mark: ChangeMark, of module: Module, in transaction: Transaction) throws {
        let words = LogWords(registry: registry, audience: try audience)
        var told = 0
        try transaction.forEachChange(of: module, since: mark) { record in
            for change in record.changes where change.field.key != "updated_at" {
                told += 1
                if told <= Self.mostChanges { try note(Text(words.line(on: change, of: record, in: module))) }
            }
        }
        if told > Self.mostChanges {
            let others = told - Self.mostChanges
            try note(Text(en: "and \(others) more changes", es: "y \(others) cambios más"))
        }
        try noteConsequences(since: mark, besides: module, in: transaction)
    }

    /// Informs the user of other changes by a write to a module's records: rows of their parts, links, and other
    /// records.
    ///
    /// - Parameter mark: the position of the history before the write.
    func noteConsequences(since mark: ChangeMark, besides module: Module, in transaction: Transaction) throws {
        let words = LogWords(registry: registry, audience: try audience)
        let isMore = try transaction.forEachEntry(besides: module, since: mark, limit: Self.mostChanges) { entry in
            let told = LoggedChange.Entry(subject: entry.subject, event: entry.event.told)
            for line in words.lines(on: told) { try note(Text(line)) }
        }
        if isMore { try note(Text(en: "and more changes", es: "y más cambios")) }
    }

    private static let mostChanges = 50
}

extension RecordEvent {
    /// The event without the change of the last-change time, which is obvious.
    fileprivate var told: RecordEvent {
        guard case .updated(let changes) = self else { return self }
        return .updated(changes.filter { $0.field.key != "updated_at" })
    }
}
