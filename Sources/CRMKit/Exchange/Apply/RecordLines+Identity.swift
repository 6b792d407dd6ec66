import Localization

/// Which record a line is about.
extension RecordLines {
    /// The limit above which numbers in JSON are no longer exact everywhere (RFC 8259 section 6). It also leaves room
    /// for further ids.
    private static let largestID: Int64 = 1 << 53

    /// Returns the id of the record with the line's external id, otherwise of the one that has both the id and the
    /// creation time in the line, or had them in the database it was copied from.
    func existing(_ reading: Reading) throws -> Int64? {
        if let key = reading.given.first(where: { $0.position == keyPosition })?.value, !key.isNull,
            let id = try matcher.find({ _ in key })
        {
            return id
        }
        guard hasForeignIDs, let id = reading.origin.id, let createdAt = reading.origin.createdAt else { return nil }
        if try isFree(id) { return nil }
        if let record = try formerIDs.record(id: id, createdAt: createdAt), try isStored(record, createdAt) {
            return record
        }
        // A line before may have created it, for a record that had another id.
        guard try isStored(id, createdAt), try !formerIDs.has(id), let record = try store.storedRecord(module, id: id)
        else { return nil }
        guard isOther(record, reading) else { return id }
        let called = module.called(id)
        transaction.notice(
            Text(
                en: """
                    \(called.en) of the input is not the one that is here, though both were made in the same second: neither was \
                    changed since, and their names differ
                    """,
                es: """
                    \(called.es) de la entrada no es el que hay aquí, aunque los dos se crearon en el mismo segundo: ninguno ha \
                    cambiado desde entonces, y sus nombres difieren
                    """
            )
        )
        return nil
    }

    /// Whether a record with the line's id and creation time is nevertheless a different one, as when two databases are
    /// filled at the same time: neither was changed since, and the names differ.
    private func isOther(_ record: Record, _ reading: Reading) -> Bool {
        guard let createdAt = reading.origin.createdAt, reading.origin.updatedAt == createdAt,
            record["updated_at"] == createdAt
        else { return false }
        let positions = module.composedPositions.isEmpty ? [module.displayPosition] : module.composedPositions
        let names = Set(positions.map { module.fields[$0].key })
        return reading.given.contains { position, value in
            let key = module.allFields[position].key
            return names.contains(key) && record[key] != value
        }
    }

    private func isStored(_ id: Int64, _ createdAt: Value) throws -> Bool {
        try store.storedRecord(module, id: id)?["created_at"] == createdAt
    }

    /// Whether no record ever had an id, so that a record of another database can have it.
    func isFree(_ id: Int64) throws -> Bool {
        try id > lastID && id < Self.largestID && !store.recordTable(of: module).exists(id)
    }
}
