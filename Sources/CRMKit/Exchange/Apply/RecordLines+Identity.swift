import Localization

/// Which record a line is about.
extension RecordLines {
    /// The limit above which numbers in JSON are no longer exact everywhere (RFC 8259 section 6). It also leaves room
    /// for further ids.
    private static let largestID: Int64 = 1 << 53

    /// A record that was made at the moment of the line and has one of its ids, here or in the database it came from.
    private struct Candidate {
        let record: Record
        /// Whether it is the line's only if it is just as the line says, and that of no line before.
        var isDoubtful = false
    }

    /// Returns the id of the record with the line's external id, otherwise of the one that was made at the same moment
    /// and has the same id, or was made with it in the database it was copied from.
    ///
    /// Two databases may have made different records with one id in one second. Where both are here, a line is about
    /// the one that is as the line says, else the one that is called so. The records of other lines are left out. But
    /// where all that is left of them is a copy of one that was here, the line is about that: otherwise two databases
    /// that take each other's copies would grow without end.
    ///
    /// A line without such a record may still be about one that was made here of the same thing.
    func existing(_ reading: Reading) throws -> Int64? {
        if let key = reading.given.first(where: { $0.position == keyPosition })?.value, !key.isNull,
            let id = try matcher.find({ _ in key })
        {
            return id
        }
        guard hasForeignIDs, let id = reading.origin.id, let createdAt = reading.origin.createdAt else { return nil }
        let candidates = try candidates(for: reading, id: id, createdAt: createdAt)
        let left = candidates.filter { !taken.hold($0.record.id, against: $0.isDoubtful ? nil : reading) }
        let likely = left.filter { !$0.isDoubtful }
        if left.count > 1 || likely.isEmpty, let same = left.first(where: { holds($0.record, reading) }) {
            return same.record.id
        }
        if let called = likely.first(where: { isCalled($0.record, as: reading) }) { return called.record.id }
        let copied = candidates.filter { !$0.isDoubtful && $0.record.id <= lastID }
        if likely.count < copied.count, let copy = copied.first(where: { holds($0.record, reading) }) {
            return copy.record.id
        }
        guard let chosen = reading.originalID == nil ? likely.last : likely.first else {
            return try madeOfTheSame(reading)
        }
        if likely.count == 1, isOther(chosen.record, reading), try !formerIDs.has(chosen.record.id) {
            if let same = try madeOfTheSame(reading) { return same }
            tellOther(id)
            return nil
        }
        // Making another record here would have no id left to find it by, and files that take each other's copies would
        // grow without end.
        if isOther(chosen.record, reading) { tellReplaced(chosen.record, by: id) }
        return chosen.record.id
    }

    /// Returns the record that was made here of the same thing as the line's: one with its key that is unique everywhere,
    /// as a mail has, or one of its name with its code, as a product has; `nil` if there is none.
    private func madeOfTheSame(_ reading: Reading) throws -> Int64? {
        guard lastID > 0 else { return nil }
        if let id = try first(with: worldwidePositions, of: reading) { return id }
        for position in codePositions {
            if let id = try first(with: [position], of: reading), let record = try store.storedRecord(module, id: id),
                isCalled(record, as: reading)
            {
                return id
            }
        }
        return nil
    }

    /// Returns the first record that was here before the input, is of no line before, and has what a line says in some
    /// fields; `nil` if there is none, or if the line leaves one of them empty.
    private func first(with positions: [Int], of reading: Reading) throws -> Int64? {
        var values: [(field: String, value: Value)] = []
        for position in positions {
            let given = reading.given.first { $0.position == position }
            guard let value = given?.value, !value.isNull else { return nil }
            values.append((field: module.fields[position].key, value: value))
        }
        if values.isEmpty { return nil }
        let ids = try transaction.ids(of: module.name, having: values)
        return ids.first { $0 <= lastID && !taken.hold($0, against: nil) }
    }

    /// Returns the records that a line may be about. Of those that are not doubtful the likeliest is the first, for a line
    /// without an original id the last.
    private func candidates(for reading: Reading, id: Int64, createdAt: Value) throws -> [Candidate] {
        var found: [Candidate] = []
        func add(_ id: Int64?, isDoubtful: Bool = false) throws {
            guard let id, !found.contains(where: { $0.record.id == id }),
                let record = try store.storedRecord(module, id: id), record["created_at"] == createdAt
            else { return }
            found.append(Candidate(record: record, isDoubtful: isDoubtful))
        }
        guard let originalID = reading.originalID else {
            let former = try formerIDs.record(id: id, createdAt: createdAt)
            if try formerIDs.has(id) {
                // A line from before original ids were written.
                try add(former)
                try add(id, isDoubtful: true)
            } else {
                try add(id)
                try add(former)
            }
            return found
        }
        try add(formerIDs.record(id: originalID, createdAt: createdAt))
        try add(originalID)
        // A record that could not be noted by its original id, which another one has.
        try add(formerIDs.record(id: id, createdAt: createdAt))
        try add(id, isDoubtful: true)
        return found
    }

    /// Whether a record with the line's id and creation time is nevertheless a different one, as when two databases are
    /// filled at the same time: neither was changed since, and the names differ.
    private func isOther(_ record: Record, _ reading: Reading) -> Bool {
        guard let createdAt = reading.origin.createdAt else { return false }
        return reading.origin.updatedAt == createdAt && record["updated_at"] == createdAt
            && !isCalled(record, as: reading)
    }

    /// Whether a record has the name that a line gives it, if it gives any.
    private func isCalled(_ record: Record, as reading: Reading) -> Bool {
        let positions = module.composedPositions.isEmpty ? [module.displayPosition] : module.composedPositions
        return !reading.given.contains { position, value in
            positions.contains(position) && record[module.fields[position].key] != value
        }
    }

    private func tellOther(_ id: Int64) {
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
    }

    private func tellReplaced(_ record: Record, by id: Int64) {
        let (here, there) = (module.called(record.id), module.called(id))
        let name = record.displayName
        transaction.notice(
            Text(
                en: """
                    \(here.en) "\(name)" takes the values of \(there.en) of the input, which may be another one: both were made \
                    in the same second, neither was changed since, and their names differ
                    """,
                es: """
                    \(here.es) «\(name)» toma los valores que la entrada da para \(there.es), que puede ser otro registro: los dos \
                    se crearon en el mismo segundo, ninguno ha cambiado desde entonces, y sus nombres difieren
                    """
            )
        )
    }

    /// Notes the record of a line, so that no line about another one takes it.
    func take(_ id: Int64, by reading: Reading) {
        if hasForeignIDs, reading.isWhole, reading.origin.id != nil { taken.insert(id, by: reading) }
    }

    /// Whether no record ever had an id, so that a record of another database can have it.
    func isFree(_ id: Int64) throws -> Bool {
        try id > lastID && id < Self.largestID && !store.recordTable(of: module).exists(id)
    }

    /// Stores the id by which later lines find a new record: the one it was made with, or that of its line if another
    /// record here was made with the same at the same moment.
    ///
    /// - Parameter isKept: whether the record has the id of its line.
    /// - Throws: ``LineFault`` if another record has both, so that a second import of the line would make it again.
    func noteOrigin(of record: Int64, _ reading: Reading, isKept: Bool) throws {
        guard let createdAt = reading.origin.createdAt, let id = reading.origin.id else { return }
        for candidate in [reading.originalID, isKept ? nil : id] {
            guard let candidate else { continue }
            if let holder = try formerIDs.record(id: candidate, createdAt: createdAt),
                try store.storedRecord(module, id: holder)?["created_at"] == createdAt
            {
                continue
            }
            return try formerIDs.note(record: record, id: candidate, createdAt: createdAt)
        }
        if isKept { return }
        let called = module.called(id)
        throw LineFault(
            field: module.fields[0].key,
            value: String(id),
            cause: ValueError(
                en: """
                    a line before has taken the record that is known as \(called.en) of this moment: apply lines in the order \
                    in which export writes them
                    """,
                es: """
                    una línea anterior ha tomado el registro que se conoce como \(called.es) de ese momento: aplicar las líneas \
                    en el orden en que export las escribe
                    """
            )
        )
    }
}

/// The records that the lines of one input were about so far.
struct TakenRecords {
    /// Those of lines without an original id.
    private var made = RowBits()
    /// Those of lines with an original id.
    private var copied = RowBits()
    /// The ids in the lines that ``copied`` are of. No bits are lost in a database that has given fewer than four thousand
    /// million ids.
    private var lineIDs = NumbersOfIDs()

    mutating func insert(_ id: Int64, by reading: RecordLines.Reading) {
        guard reading.originalID != nil, let lineID = reading.origin.id else { return made.insert(id) }
        copied.insert(id)
        lineIDs[id] = Int32(truncatingIfNeeded: lineID)
    }

    /// Whether the record is that of a line about another one, or of any if no line is given. Lines with one id are about
    /// the same.
    func hold(_ id: Int64, against reading: RecordLines.Reading?) -> Bool {
        if copied.contains(id) {
            guard let reading, reading.originalID != nil, let lineID = reading.origin.id else { return true }
            if lineIDs[id] != Int32(truncatingIfNeeded: lineID) { return true }
        }
        return made.contains(id) && (reading == nil || reading?.originalID != nil)
    }
}
