import Localization
import SQLite

/// Moves the links of one record to another, and merges duplicate ones.
///
/// Open links with the same record in the same role become one. An attribute that only one link has is taken from it.
/// The earlier beginning and the earlier creation count, and notes are combined; a link without a beginning has held
/// from ever, and so does the joined one. Otherwise the joined link has the value of the kept record's link, or of the
/// preferred record's, and the other value is added to the note.
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
        let linked = far.type.target ?? relation.module
        let record = pair.keptValues[table.fields.firstIndex { $0.key == far.key } ?? 0].integer ?? 0
        var changes: [TableWriter.Change] = []
        var notes: [String] = []
        for (position, field) in table.fields.enumerated().dropFirst(3) where field.key != "note" {
            let (value, kept) = (pair.values[position], pair.keptValues[position])
            if value == kept { continue }
            if field.key == "since" {
                if value.isNull || isEarlier(value, than: kept) {
                    changes.append(TableWriter.Change(field, from: kept, to: value))
                }
                continue
            }
            if field.isNothing(value) { continue }
            let isCreation = field.key == "created_at"
            if field.isNothing(kept) || isCreation && isEarlier(value, than: kept) {
                changes.append(TableWriter.Change(field, from: kept, to: value))
            } else if !isCreation {
                let isOtherPreferred = plan.isPreferred(id, for: LinkConflict.key(of: field, linked))
                let lost = isOtherPreferred ? kept : value
                conflicts.append(
                    LinkConflict(
                        field: field,
                        module: linked,
                        record: record,
                        values: [(keeping, kept), (id, value)],
                        kept: isOtherPreferred ? 1 : 0
                    )
                )
                notes.append("\(field.key): \(field.type.text(of: lost, currency: nil))")
                if isOtherPreferred { changes.append(TableWriter.Change(field, from: kept, to: value)) }
            }
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
