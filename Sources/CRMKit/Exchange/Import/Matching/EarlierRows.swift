import Localization

/// The records that the rows of one input were about so far, each with its last row, so that repeated rows are
/// reported.
///
/// A million rows may come in any order of ids. Each id takes four bytes, and four more where rows only give what a
/// record lacks.
final class EarlierRows {
    /// The last row about each record, negative if the record counts as created or updated.
    private var rows = NumbersOfIDs()
    /// The files that rows came from, with the first row of each.
    private var files: [(first: Int, name: String)] = []

    /// The first rejected row about each record of which only the key is known, by the key's hash.
    private var rejected: [Int64: Int32] = [:]

    /// What is kept of the records that were there before and got what they lacked, for ``found(_:)``.
    private var marks = NumbersOfIDs()

    /// The records noted since ``takeMet()``, the keys of those of rejected rows, and the records that were there before;
    /// `nil` where nobody asks for them.
    private var fresh: (taken: [Int64], rejected: [Int64], found: [FoundRecord])?

    /// Records that a row is about a record.
    ///
    /// - Parameter isCounted: whether the record counts as created or updated since.
    func note(_ id: Int64, _ row: InputRow, isCounted: Bool) {
        pass(row)
        note(id, sequence: row.sequence)
        if isCounted { count(id) }
        fresh?.taken.append(id)
    }

    /// Records where the file of a row begins.
    func pass(_ row: InputRow) {
        if let file = row.file, files.last?.name != file { files.append((row.sequence, file)) }
    }

    /// Keeps from now on what is noted, for ``takeMet()``.
    func keepMet() { fresh = fresh ?? ([], [], []) }

    /// Returns what was noted since the last call.
    func takeMet() -> MetRecords {
        defer { fresh = fresh.map { _ in ([], [], []) } }
        let taken = (fresh?.taken ?? []).map { MetRecord(id: $0, row: Int64(rows[$0])) }
        let rejected = (fresh?.rejected ?? []).map { MetRecord(id: $0, row: Int64(self.rejected[$0] ?? 0)) }
        return MetRecords(taken: taken, rejected: rejected, found: fresh?.found ?? [])
    }

    /// Records what ``takeMet()`` has returned in an earlier run.
    func note(_ met: MetRecords) {
        for record in met.taken {
            note(record.id, sequence: Int(truncatingIfNeeded: record.row.magnitude))
            if record.row < 0 { count(record.id) }
        }
        for record in met.rejected { rejected[record.id] = Int32(truncatingIfNeeded: record.row) }
        for record in met.found { marks[record.id] = FoundMark(record).number }
    }

    /// Records that a record was there before, where rows only give what a record lacks.
    func note(_ record: FoundRecord) {
        marks[record.id] = FoundMark(record).number
        fresh?.found.append(record)
    }

    /// Returns a record that was there before its first row, where rows only give what a record lacks.
    func found(_ id: Int64) -> FoundMark? { FoundMark(number: marks[id]) }

    /// Records that a record, which has been noted, counts as created or updated: its row is stored as a negative number.
    func count(_ id: Int64) {
        let sequence = rows[id]
        if sequence > 0 { rows[id] = -sequence }
    }

    /// Whether a record counts as created or updated by an earlier row.
    func isCounted(_ id: Int64) -> Bool { rows[id] < 0 }

    /// Records that the row with a number, from 1, is about a record.
    func note(_ id: Int64, sequence: Int) { rows[id] = Int32(truncatingIfNeeded: sequence) }

    /// Records that the rows of a record were rejected; the first of them in a file is the one that is named.
    ///
    /// - Parameter key: the hash of what identifies the record.
    func noteRejected(_ key: Int64, _ row: InputRow) {
        pass(row)
        if nameOfRejected(key, in: row.file) != nil { return }
        rejected[key] = Int32(truncatingIfNeeded: row.sequence)
        fresh?.rejected.append(key)
    }

    /// Returns the words for the earlier row of the same file that was rejected and is about the same record; `nil` when
    /// there was none.
    func nameOfRejected(_ key: Int64, in file: String?) -> Text? {
        guard let sequence = rejected[key].map(Int.init), self.file(of: sequence)?.name == file else { return nil }
        return name(ofRow: sequence)
    }

    /// Whether a row was rejected whose record is known.
    var hasRejected: Bool { !rejected.isEmpty }

    /// Returns the words for the earlier row about a record; `nil` when there was none.
    func name(of id: Int64) -> Text? { sequence(of: id).map(name(ofRow:)) }

    private func name(ofRow sequence: Int) -> Text {
        let file = file(of: sequence)
        let number = sequence - (file.map { $0.first - 1 } ?? 0)
        let name = file.map { "\($0.name), " } ?? ""
        return Text(en: "\(name)row \(number)", es: "fila \(number)\(file.map { " de \($0.name)" } ?? "")")
    }

    /// Whether the earlier row about a record, if any, is in a file.
    func wasMet(_ id: Int64, in name: String?) -> Bool {
        sequence(of: id).map { file(of: $0)?.name == name } ?? false
    }

    private func sequence(of id: Int64) -> Int? {
        let sequence = rows[id]
        return sequence == 0 ? nil : abs(Int(sequence))
    }

    private func file(of sequence: Int) -> (first: Int, name: String)? { files.last { $0.first <= sequence } }
}
