import Localization

/// The records that a line refers to.
extension RecordLines {
    /// Whether a new record is linked with the contacts of a record that its line refers to. A record copied from
    /// another database has the links it had there instead.
    func isFollowing(_ reading: Reading) -> Bool {
        guard !reading.isWhole else { return false }
        return followed.contains { position in
            reading.given.contains { $0.position == position && !$0.value.isNull }
                || reading.awaited.contains { $0.position == position }
        }
    }

    /// Sets a reference whose target did not exist yet when the record was written.
    func complete(_ id: Int64, at position: Int, with target: LineReferences.Target) throws {
        guard let record = try store.storedRecord(module, id: id), case .record(let other, let otherID) = target else {
            return
        }
        let field = module.allFields[position]
        if let expected = field.type.target, expected != other {
            let (found, wanted) = (store.registry[other], store.registry[expected])
            throw ValueError(
                en: "is one of the \(found.several.en), not of the \(wanted.several.en)",
                es: "es \(found.spanish.oneOfThem), no \(wanted.spanish.oneOfThem)"
            )
        }
        let value = field.type.reference(to: otherID, in: other)
        var draft = Draft(editing: record)
        draft.give(position, value)
        try transaction.checkLoops(draft)
        try transaction.complete(field, of: id, in: module, with: value)
    }
}
