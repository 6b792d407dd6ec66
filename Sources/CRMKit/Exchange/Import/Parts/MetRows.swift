/// Matches the rows of an input with the stored rows of a record: first by their subject, then by their position.
/// Values that the input does not give stay with their row that way, however the rows are sorted.
struct MetRows {
    /// The subject of a row, as far as it is given: a record, or a folded text.
    struct Subject {
        var reference: Reference?
        var text: String?

        /// A record to which a field refers.
        struct Reference: Hashable {
            let position: Int
            let id: Int64
        }
    }

    private struct Key: Hashable {
        let reference: Subject.Reference?
        let text: String?
    }

    /// The indexes of the stored rows by subject, the last row first.
    private var places: [Key: [Int]] = [:]
    private var taken: Set<Int> = []

    private init(_ present: [Subject]) {
        for (place, subject) in present.enumerated().reversed() {
            for key in Self.keys(of: subject) { places[key, default: []].append(place) }
        }
    }

    /// Returns the keys for a subject, the most specific one first.
    private static func keys(of subject: Subject) -> [Key] {
        var keys: [Key] = []
        if let reference = subject.reference {
            if let text = subject.text { keys.append(Key(reference: reference, text: text)) }
            keys.append(Key(reference: reference, text: nil))
        }
        if let text = subject.text { keys.append(Key(reference: nil, text: text)) }
        return keys
    }

    /// Returns for each row of an input the index of the stored row that it matches; `nil` for a new one.
    ///
    /// - Parameters:
    ///   - stated: the index that a row states for itself, if it states one.
    ///   - isAlike: whether a row that says what it is about, which no stored one is, may be the one at its place.
    static func places(
        of given: [Subject],
        stating stated: [Int?] = [],
        among present: [Subject],
        whereAlike isAlike: (_ row: Int, _ place: Int) -> Bool = { _, _ in true }
    ) -> [Int?] {
        var met = MetRows(present)
        var found: [Int?] = Array(repeating: nil, count: given.count)
        let keys = given.map { Self.keys(of: $0) }
        for turn in 0..<(keys.map(\.count).max() ?? 0) {
            for (index, keys) in keys.enumerated() where found[index] == nil && turn < keys.count {
                found[index] = met.take(keys[turn])
            }
        }
        for index in given.indices where found[index] == nil {
            let own = index < stated.count ? stated[index].flatMap { present.indices.contains($0) ? $0 : nil } : nil
            let place = own ?? index
            guard place < present.count, !met.taken.contains(place) else { continue }
            let saysNothing = given[index].reference == nil && given[index].text == nil
            if own != nil || saysNothing || isAlike(index, place) {
                met.taken.insert(place)
                found[index] = place
            }
        }
        return found
    }

    private mutating func take(_ key: Key) -> Int? {
        while let place = places[key]?.popLast() {
            if taken.insert(place).inserted { return place }
        }
        return nil
    }
}

extension Part {
    /// The positions of the fields with the subject of a row: the leading references and texts of those that a form
    /// asks for.
    var subjectPositions: [Int] {
        let subjects = asked.compactMap { field($0) }.prefix { $0.type.target != nil || $0.type.takesLines }
        return subjects.compactMap { position(of: $0.key) }
    }

    /// What a row that is there is about, by the fields at some positions.
    func subject(of row: PartRow, _ positions: [Int]) -> MetRows.Subject {
        var subject = MetRows.Subject()
        for position in positions {
            switch row.values[position] {
            case .integer(let id) where subject.reference == nil:
                subject.reference = MetRows.Subject.Reference(position: position, id: id)
            case .text(let text) where subject.text == nil: subject.text = Fold.fold(text.trimmed)
            default: continue
            }
        }
        return subject
    }
}

extension PartRowSettler {
    /// Returns the stored row that each row of the input is about, in the order of the input; `nil` for new ones.
    ///
    /// - Throws: ``CRMError`` `invalid` for fewer rows than are stored, if none says what it is about: the others would
    ///   be removed, and nothing tells which were meant.
    func met(
        _ rows: [InputRow],
        _ plan: RowPlan,
        _ part: Part,
        of owner: Record,
        among present: [PartRow]
    ) throws -> [PartRow?] {
        let positions = part.subjectPositions
        if present.isEmpty { return [] }
        let given = try rows.map { try subject(of: $0, plan, part, positions) }
        if let subject = positions.first, !rows.isEmpty, rows.count < present.count,
            given.allSatisfy({ $0.reference == nil && $0.text == nil })
        {
            throw MatchRefusal.partial(part, of: present.count, part.fields[subject])
        }
        let stated = rows.map { row in plan.partCells.position(of: row).flatMap { Int(exactly: $0 - 1) } }
        let places = MetRows.places(
            of: given,
            stating: stated,
            among: present.map { part.subject(of: $0, positions) },
            whereAlike: { isAlike(rows[$0], present[$1], plan, part, in: owner.currency) }
        )
        return places.map { $0.map { present[$0] } }
    }

    /// Whether a row of the input has something in common with a stored row that new rows do not all share: a line
    /// whose text was edited still has its price, and one that replaces it has nothing of it.
    private func isAlike(
        _ row: InputRow,
        _ present: PartRow,
        _ plan: RowPlan,
        _ part: Part,
        in currency: String?
    ) -> Bool {
        let context = transaction.values.with(currency: currency ?? transaction.values.currency)
        return plan.columns.enumerated().contains { index, column in
            guard case .cell(let cell) = column, case .field(let word, nil) = cell.meaning, let text = row.texts[index],
                let field = part.field(called: word, given: text), field.type.target == nil,
                let position = part.position(of: field.key), !part.subjectPositions.contains(position)
            else { return false }
            let stored = present.values[position]
            if stored.isNull || stored == part.defaults[position] { return false }
            do {
                let text = try options.cells.canonical(row.text(at: index, for: field.type) ?? "", for: field.type)
                return try field.type.parse(text, in: context) == stored
            } catch {
                // Errors in the cell are reported when it is read.
                return false
            }
        }
    }

    /// Returns the subject of a row of the input, as far as it is known. Faults of cells are reported when the cells
    /// are read.
    private func subject(
        of row: InputRow,
        _ plan: RowPlan,
        _ part: Part,
        _ positions: [Int]
    ) throws -> MetRows.Subject {
        var subject = MetRows.Subject()
        for (index, column) in plan.columns.enumerated() {
            guard case .cell(let cell) = column, let text = row.texts[index]?.trimmed, !text.isEmpty,
                cell.words.contains(where: { part.position(of: $0).map(positions.contains) == true })
            else { continue }
            do {
                try add(text, cell, at: index, of: row, plan, part, positions, to: &subject)
            } catch is ValueError {
                continue
            } catch let error as CRMError where error.concernsOneRow {
                continue
            }
        }
        return subject
    }

    private func add(
        _ text: String,
        _ cell: PartCell,
        at index: Int,
        of row: InputRow,
        _ plan: RowPlan,
        _ part: Part,
        _ positions: [Int],
        to subject: inout MetRows.Subject
    ) throws {
        switch cell.meaning {
        case .field(let word, let prefix):
            guard let target = part.field(word)?.type.target else {
                return subject.text = PartRowReading.text(subject.text, before: Fold.fold(text))
            }
            let name = SpreadsheetWords.bare(text)
            guard !Placeholders.isNothing(name), let position = part.position(of: word) else { return }
            let key = try prefix ?? resolver.prefix(at: index, of: name, in: registry[target], plan)
            let id = try resolver.id(name, prefix: key, in: registry[target], column: "\(part.name).\(word)")
            subject.reference = MetRows.Subject.Reference(position: position, id: id)
        case .record(let keys, let prefixes, let word):
            let name = SpreadsheetWords.bare(text)
            if Placeholders.isNothing(name) { return }
            let keys = plan.partCells.recordField(row).map { keys.contains($0) ? [$0] : [] } ?? keys
            if let input = try record(name, keys, prefixes, of: part), let id = input.text.flatMap({ Int64($0) }),
                let position = part.position(of: input.field)
            {
                subject.reference = MetRows.Subject.Reference(position: position, id: id)
            } else if let word, part.position(of: word).map(positions.contains) == true {
                let words = Fold.fold(ReferenceResolver.name(inExport: name) ?? name)
                subject.text = PartRowReading.text(words, before: subject.text)
            }
        case .position, .recordField, .taxes, .textOnly, .nothing: return
        }
    }
}
