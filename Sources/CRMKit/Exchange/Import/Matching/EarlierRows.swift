import Localization

/// The records that the rows of one input were about so far, each with its last row, so that repeated rows are
/// reported.
///
/// A million rows may come in any order of ids. Each id takes four bytes in a page, which is created when needed.
final class EarlierRows {
    private var pages: [Int64: [Int32]] = [:]
    /// The page used last, which is mostly the next one too.
    private var current: (number: Int64, rows: [Int32])?
    /// The files that rows came from, with the first row of each.
    private var files: [(first: Int, name: String)] = []

    /// The first rejected row about each record of which only the key is known, by the key's hash.
    private var rejected: [Int64: Int32] = [:]

    /// The records that were there before and got what they lacked, for ``found(_:)``.
    private var foundRecords: [Int64: FoundRecord] = [:]

    /// The records noted since ``takeMet()``, the keys of those of rejected rows, and the records that were there before;
    /// `nil` where nobody asks for them.
    private var fresh: (taken: [Int64], rejected: [Int64], found: [FoundRecord])?

    private static let pageBits: Int64 = 10

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
        let taken = (fresh?.taken ?? []).map { id in
            turn(to: id >> Self.pageBits)
            return MetRecord(id: id, row: Int64(current?.rows[Self.place(of: id)] ?? 0))
        }
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
        for record in met.found { foundRecords[record.id] = record }
    }

    /// Records that a record was there before, where rows only give what a record lacks.
    func note(_ record: FoundRecord) {
        foundRecords[record.id] = record
        fresh?.found.append(record)
    }

    /// Returns a record that was there before its first row, where rows only give what a record lacks.
    func found(_ id: Int64) -> FoundRecord? { foundRecords[id] }

    /// Records that a record, which has been noted, counts as created or updated: its row is stored as a negative number.
    func count(_ id: Int64) {
        turn(to: id >> Self.pageBits)
        guard let sequence = current?.rows[Self.place(of: id)], sequence > 0 else { return }
        current?.rows[Self.place(of: id)] = -sequence
    }

    /// Whether a record counts as created or updated by an earlier row.
    func isCounted(_ id: Int64) -> Bool {
        turn(to: id >> Self.pageBits)
        return current.map { $0.rows[Self.place(of: id)] < 0 } ?? false
    }

    /// Records that the row with a number, from 1, is about a record.
    func note(_ id: Int64, sequence: Int) {
        turn(to: id >> Self.pageBits)
        current?.rows[Self.place(of: id)] = Int32(truncatingIfNeeded: sequence)
    }

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
        turn(to: id >> Self.pageBits)
        guard let sequence = current?.rows[Self.place(of: id)], sequence != 0 else { return nil }
        return abs(Int(sequence))
    }

    private func file(of sequence: Int) -> (first: Int, name: String)? { files.last { $0.first <= sequence } }

    /// Returns the index of an id in its page. Ids in a file that another program wrote may be negative.
    private static func place(of id: Int64) -> Int { Int(id & (1 << pageBits - 1)) }

    private func turn(to number: Int64) {
        if current?.number == number { return }
        if let current { pages[current.number] = current.rows }
        // The page in use is not stored elsewhere, so that writing to it copies nothing.
        let rows = pages.removeValue(forKey: number) ?? Array(repeating: 0, count: 1 << Self.pageBits)
        current = (number, rows)
    }
}
