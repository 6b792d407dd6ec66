import Localization
import SQLite

/// Moves the links of one record to another, and merges duplicate ones.
///
/// Open links with the same record in the same role become one. An attribute that only one link has is taken from it.
/// The earlier creation counts, and notes are combined. Of periods of validity the earlier beginning counts; a link
/// without one has held from ever, and so does the joined one. Where a choice says what happened in the period, the one
/// that follows the other counts, with its own day. Otherwise the joined link has the value of the kept record's link,
/// or of the preferred record's. Values that give way are added to the note.
struct MergedLinks {
    /// Two links to be joined, with their values.
    private struct Pair {
        let id: Int64
        let kept: Int64
        let values: [Value]
        let keptValues: [Value]
    }

    private let table: Table
    private let relation: Relation
    /// The field of the end that moves.
    private let near: Field
    /// The reference field for the other end.
    private let far: Field
    private let transaction: Transaction
    private let plan: MergePlan

    /// The number of duplicate links read at once.
    private static let mostTogether: Int64 = 1000

    /// - Returns: `nil` for rows that are not links, or if the field is not an end of them.
    init?(_ incoming: Incoming, in transaction: Transaction, of plan: MergePlan) {
        guard let relation = incoming.table.relation, incoming.bond == .linked,
            let far = incoming.table.owners.first(where: { $0.key != incoming.field.key })
        else { return nil }
        table = incoming.table
        self.relation = relation
        near = incoming.field
        self.far = far
        self.transaction = transaction
        self.plan = plan
    }

    /// Moves the links of a merged record to the kept one.
    ///
    /// - Returns: the number of links moved to the kept record, the number of links joined with one of its own, and the
    ///   values in which these differed.
    /// - Throws: ``CRMError`` `refused` if a rule refuses a link with the kept contact.
    func move(from id: Int64, to kept: Int64) throws -> (moved: Int, joined: Int, conflicts: [LinkConflict]) {
        let writer = transaction.writer(of: table)
        var joined = 0
        var conflicts: [LinkConflict] = []
        while true {
            let pairs = try doubles(of: id, and: kept)
            if pairs.isEmpty { break }
            for pair in pairs {
                try writer.update(pair.kept, changes(joining: pair, of: id, and: kept, &conflicts))
            }
            try writer.delete(.all(SQLFunctions.rows(pairs.map(\.id))))
            joined += pairs.count
        }
        let rows = table.rows(whose: near, names: .one(id), of: near.type.target ?? relation.center)
        let rules = try near.key == relation.center.rawValue ? LinkRules(table, in: transaction) : nil
        let moving = try rules?.links(rows) ?? []
        let moved = try writer.update(rows, [TableWriter.Change(near, to: .integer(kept))])
        let now = moving.map {
            Rule.LinkChange(record: $0.record, contact: kept, formerRole: $0.formerRole, role: $0.role)
        }
        let center = transaction.store.registry[relation.center]
        try rules?.tell(now) { _ in
            Text(
                en: "\(center.several.en) \(kept) and \(id) cannot become one",
                es: "no se pueden fusionar \(center.spanish.theSeveral) \(kept) y \(id)"
            )
        }
        return (moved, joined, conflicts)
    }

    /// Returns the open links of a record for which the kept record has an equal one.
    private func doubles(of id: Int64, and kept: Int64) throws -> [Pair] {
        let (one, other) = ("l", "k")
        let columns = table.fields.map(\.key)
        let selected = [one, other].flatMap { alias in columns.map { SQLFragment.column($0, of: alias) } }
        var conditions: [SQLFragment] = [
            "\(column: near.key, of: one) = \(bind: .integer(id))",
            "\(column: near.key, of: other) = \(bind: .integer(kept))",
            "\(column: far.key, of: other) = \(column: far.key, of: one)",
        ]
        if relation.link.hasRole {
            conditions.append(SQLFunctions.isSame(.column("role", of: other), .column("role", of: one)))
        }
        if relation.link.hasPeriod {
            conditions += [one, other].map { "\(column: "until", of: $0) IS NULL" }
        }
        let rows = try transaction.store.statement(
            """
            SELECT \(selected.joined(", ")) FROM \(name: table.name) AS \(name: one) \
            JOIN \(name: table.name) AS \(name: other) ON \(conditions.joined(" AND ")) \
            ORDER BY \(column: "id", of: one) LIMIT \(bind: .integer(Self.mostTogether))
            """
        )
        defer { rows.reset() }
        var pairs: [Pair] = []
        while try rows.step() {
            let values = columns.indices.map { rows.value(at: $0) }
            let keptValues = columns.indices.map { rows.value(at: columns.count + $0) }
            guard let id = values[0].integer, let kept = keptValues[0].integer else { continue }
            pairs.append(Pair(id: id, kept: kept, values: values, keptValues: keptValues))
        }
        return pairs
    }

    /// Returns the changes to the kept link that join the other link with it. Values that differ are added to its note.
    ///
    /// - Parameters:
    ///   - id: the record of the other link.
    ///   - keeping: the record that is kept.
    ///   - conflicts: receives the values that differ.
    private func changes(
        joining pair: Pair,
        of id: Int64,
        and keeping: Int64,
        _ conflicts: inout [LinkConflict]
    ) -> [TableWriter.Change] {
        let record = pair.keptValues[table.fields.firstIndex { $0.key == far.key } ?? 0].integer ?? 0
        var changes: [TableWriter.Change] = []
        var notes: [String] = []
        for (position, field) in table.fields.enumerated().dropFirst(3) where field.key != "note" {
            let (value, kept) = (pair.values[position], pair.keptValues[position])
            if value == kept { continue }
            let outcome = outcome(of: field, value, kept, in: pair, of: id)
            if outcome.isOther { changes.append(TableWriter.Change(field, from: kept, to: value)) }
            guard outcome.isTold else { continue }
            conflicts.append(
                LinkConflict(
                    field: field,
                    module: linked,
                    record: record,
                    values: [(keeping, kept), (id, value)],
                    kept: outcome.isOther ? 1 : 0
                )
            )
            notes.append("\(field.key): \(field.type.text(of: outcome.isOther ? kept : value, currency: nil))")
        }
        guard let position = table.fields.firstIndex(where: { $0.key == "note" }) else { return changes }
        let kept = pair.keptValues[position]
        let others = [pair.values[position].text].compactMap { $0 }.filter { $0 != kept.text }
        let note = ([kept.text].compactMap { $0 } + others + notes).joined(separator: "; ")
        if !note.isEmpty, note != kept.text {
            changes.append(TableWriter.Change(table.fields[position], from: kept, to: .text(note)))
        }
        return changes
    }

    // MARK: - Which of two values the joined link has

    /// Which of two different values of an attribute the joined link has.
    private struct Outcome {
        /// Whether it is that of the other link.
        let isOther: Bool
        /// Whether the value of the link that gives way says something that the joined link does not.
        let isTold: Bool
    }

    private func outcome(of field: Field, _ value: Value, _ kept: Value, in pair: Pair, of id: Int64) -> Outcome {
        switch (field.key, relation.link.period) {
        case ("created_at", _): return Outcome(isOther: kept.isNull || isEarlier(value, than: kept), isTold: false)
        case (Relation.startKey, .validity?):
            return Outcome(isOther: value.isNull || isEarlier(value, than: kept), isTold: false)
        case (Relation.startKey, .happening(let key)?): return dayOutcome(value, kept, of: key, in: pair, of: id)
        default:
            let isSaid = !field.isNothing(value) && !field.isNothing(kept)
            return Outcome(isOther: isOther(field, value, kept, of: id), isTold: isSaid)
        }
    }

    /// Chooses the day of what a choice of the link says. It goes with that choice; of two days of one choice the
    /// earlier is kept.
    private func dayOutcome(_ day: Value, _ kept: Value, of key: String, in pair: Pair, of id: Int64) -> Outcome {
        let isEarliest = kept.isNull || isEarlier(day, than: kept)
        let isSaid = !day.isNull && !kept.isNull
        guard let position = table.fields.firstIndex(where: { $0.key == key }),
            pair.values[position] != pair.keptValues[position]
        else { return Outcome(isOther: isEarliest, isTold: isSaid) }
        let field = table.fields[position]
        let choices = (other: pair.values[position], kept: pair.keptValues[position])
        let isOther = isOther(field, choices.other, choices.kept, of: id)
        // A day of nothing in particular fills that which is not known.
        let isFilled = (isOther ? day : kept).isNull && field.isNothing(isOther ? choices.kept : choices.other)
        return Outcome(isOther: isOther != isFilled, isTold: !isFilled && !(isOther ? kept : day).isNull)
    }

    /// Whether the joined link has the other link's value of an attribute: the only one that says something, the
    /// preferred one, or the choice that follows that of the kept link.
    private func isOther(_ field: Field, _ value: Value, _ kept: Value, of id: Int64) -> Bool {
        if field.isNothing(value) { return false }
        if field.isNothing(kept) { return true }
        if let isPreferred = plan.isPreferred(id, for: LinkConflict.key(of: field, linked)) { return isPreferred }
        guard relation.link.period == .happening(of: field.key) else { return false }
        let order = [kept, value].map { value in field.type.choices.firstIndex { $0.key == value.text } ?? -1 }
        return order[0] < order[1]
    }

    /// The module of the records to which the links lead.
    private var linked: ModuleName { far.type.target ?? relation.module }

    /// Whether a date is earlier; days and moments are stored so that their texts sort in order of time.
    private func isEarlier(_ one: Value, than other: Value) -> Bool {
        guard case .text(let first) = one, case .text(let second) = other else { return false }
        return first < second
    }
}

extension Field {
    /// Whether a value of the field says nothing: null, or the choice for none.
    fileprivate func isNothing(_ value: Value) -> Bool {
        value.isNull
            || value.text.map { text in text == Choice.noneKey && type.choices.contains { $0.key == text } } == true
    }
}
