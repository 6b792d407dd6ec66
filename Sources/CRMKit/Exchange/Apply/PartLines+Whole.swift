import Formats
import Localization

/// The rows of records that were there before the input, which says all that a record is to have. They are met by what
/// they are about and not by their positions alone, since another row may have come between them.
extension PartLines {
    /// The stored rows that those of the input are.
    struct Met {
        /// The stored row of each row of the input; `nil` for a new one.
        let rows: [PartRow?]
        /// The number of stored rows that are none of them.
        let removed: Int
        /// The number of stored rows about something that no row of the input is about: also those whose place another
        /// one takes.
        let strangers: Int
    }

    /// Finds the stored rows that those of the input are.
    ///
    /// - Parameter readings: the rows of the input, in the order of their positions.
    func met(_ readings: [Reading], among present: [PartRow]) -> Met {
        if present.isEmpty { return Met(rows: readings.map { _ in nil }, removed: 0, strangers: 0) }
        let positions = part.tellingPositions
        let (given, stored) = (
            readings.map { subject(of: $0, positions) }, present.map { part.subject(of: $0, positions) }
        )
        let stated = readings.map { $0.position.flatMap { Int(exactly: $0 - 1) } }
        let places = MetRows.places(of: given, stating: stated, among: stored)
        let alike = zip(given, places).count { subject, place in place.map { subject.isAbout(stored[$0]) } ?? false }
        return Met(
            rows: places.map { $0.map { present[$0] } },
            removed: present.count - places.count { $0 != nil },
            strangers: present.count - alike
        )
    }

    private func subject(of reading: Reading, _ positions: [Int]) -> MetRows.Subject {
        var subject = MetRows.Subject()
        for (index, target) in reading.targets where positions.contains(index) {
            guard case .record(_, let id) = target, subject.reference == nil else { continue }
            subject.reference = MetRows.Subject.Reference(position: index, id: id)
        }
        let given = reading.given.filter { positions.contains($0.index) }.compactMap(\.value.text)
        let unread = reading.unread.filter { part.position(of: $0.field.key).map(positions.contains) ?? false }
        subject.text = (given + unread.map(\.text)).first.map { Fold.fold($0.trimmed) }
        return subject
    }

    /// Holds a line back until all lines for the rows of its record have come.
    ///
    /// - Parameter members: the contents of the line.
    /// - Throws: ``LineFaults`` of lines that were held back before.
    func hold(_ reading: Reading, _ members: [JSONMember], at place: LinePlace) throws {
        guard case .record(_, let record) = reading.record else { return }
        let line = HeldLines.Line(reading: reading, members: members, place: place)
        guard let group = held.add(line, of: record) else { return }
        if try areAll(group) { try settle([group]) } else { try held.keep(group) }
    }

    /// Whether all lines of a record have probably been read. If the record has more rows than lines, further lines may
    /// follow.
    private func areAll(_ group: HeldLines.Group) throws -> Bool {
        guard group.lines.enumerated().allSatisfy({ $1.reading.position == Int64($0 + 1) }),
            try !held.hasMoved(group.record)
        else { return false }
        return try writer.rows(of: group.record).count <= group.lines.count
    }

    /// Writes the rows of all lines that were held back, and lets the periods of all records end with their values.
    ///
    /// - Throws: ``LineFaults`` with those of all rows.
    func settleAll() throws {
        try settleHeld()
        guard let written else { return }
        self.written = nil
        try transaction.mendPeriods(of: table, in: written)
    }

    private func settleHeld() throws {
        if let groups = try held.takeAll() { return try settle(groups) }
        var faults: [LineFault] = []
        while let (record, lines) = try held.takeMoved() {
            do {
                try settle([(record, try lines.map(readAgain))])
            } catch let error as LineFaults {
                faults += error.faults
            }
        }
        if !faults.isEmpty { throw LineFaults(faults: faults) }
    }

    private func readAgain(_ line: DeferredLines.Line) throws -> HeldLines.Line {
        guard case .object(let members) = try line.parsed() else { throw ValueError(.isRequired) }
        let reading = try locating(line.place) { try read(members) }
        return HeldLines.Line(reading: reading, members: members, place: line.place)
    }

    private func settle(_ groups: [HeldLines.Group]) throws {
        var faults: [LineFault] = []
        for group in groups {
            held.noteSettled(group.record)
            let placed = Dictionary(
                group.lines.compactMap { line in line.reading.position.map { ($0, line) } },
                uniquingKeysWith: { $1 }
            ).sorted { $0.key < $1.key }.map(\.value)
            do {
                try replace(with: placed, of: group.record)
                for line in group.lines where line.reading.position == nil {
                    let isChanged = try locating(line.place) { try write(line.reading) }
                    outcome.count(updated: isChanged ? 1 : 0, unchanged: isChanged ? 0 : 1)
                }
            } catch let error as LineFaults {
                outcome.count(updated: 0, unchanged: group.lines.count - 1)
                faults += error.faults
            }
        }
        if !faults.isEmpty { throw LineFaults(faults: faults) }
    }

    /// Replaces the rows of a record by those of lines in the order of their positions. Rows that no line is about are
    /// removed, which is told.
    ///
    /// - Throws: ``LineFaults`` with those of all lines.
    private func replace(with lines: [HeldLines.Line], of record: Int64) throws {
        guard let first = lines.first else { return }
        let (present, stored) = (try writer.rows(of: record), try self.owner(record))
        var owner = stored
        let met = met(lines.map(\.reading), among: present)
        var faults: [LineFault] = []
        var rows: [(values: [Value], former: PartRow?)] = []
        var changed = 0
        for (line, former) in zip(lines, met.rows) {
            var draft =
                former.map { PartDraft(part, values: $0.values) } ?? PartDraft(new: part, in: transaction.values)
            draft.givenCounts = .taken
            do {
                let values = try locating(line.place) { try self.values(line.reading, of: &owner, over: draft) }
                rows.append((values, former))
            } catch let error as LineFaults {
                faults += error.faults
            }
        }
        if !faults.isEmpty { throw LineFaults(faults: faults) }
        try transaction.giveCurrency(owner.currency, to: stored)
        let added = try endPeriods(&rows, of: record, among: present)
        try checkPeriods(rows, of: lines.indices) { index, fault in
            let problem = try RowProblem(fault, at: lines[index].place)
            faults.append(LineFault(field: LineKey.record, value: nil, cause: problem))
        }
        if !faults.isEmpty { throw LineFaults(faults: faults) }
        for (index, row) in rows.prefix(lines.count).enumerated()
        where row.former?.values != row.values || row.former?.position != Int64(index + 1) { changed += 1 }
        try locating(first.place) {
            let isChanged = try writer.replace(with: rows, of: record)
            if isChanged, changed == 0 { changed = 1 }
            if transaction.hasRowsToCheck { try transaction.settleDerivations() }
        }
        outcome.noteRemoved(met.strangers - (added == nil ? 0 : 1), part, of: record, in: table.module)
        outcome.count(updated: changed, unchanged: lines.count - changed)
    }

    /// Runs a body whose errors are faults of the line at a place, which may be another line than the one being read.
    ///
    /// - Throws: ``LineFaults``; an error that is not the fault of a line is thrown unchanged.
    private func locating<Result>(_ place: LinePlace, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            let problems =
                try faults(error, at: "")?.map { try RowProblem($0, at: place) } ?? [RowProblem(error, at: place)]
            throw LineFaults(faults: problems.map { LineFault(field: LineKey.record, value: nil, cause: $0) })
        }
    }
}

extension Part {
    /// The positions of the fields by which a row is told from the others of its record: its subject, else its key, else
    /// what it is called by.
    fileprivate var tellingPositions: [Int] {
        let subjects = subjectPositions
        if !subjects.isEmpty { return subjects }
        return (keyField?.key ?? shorthand.first).flatMap { position(of: $0) }.map { [$0] } ?? []
    }
}

extension MetRows.Subject {
    /// Whether a row of an input with this subject is about the same as a stored row.
    fileprivate func isAbout(_ stored: Self) -> Bool {
        reference == nil ? text == stored.text && stored.reference == nil : reference == stored.reference
    }
}
