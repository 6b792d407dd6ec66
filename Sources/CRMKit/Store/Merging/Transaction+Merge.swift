import Localization
import SQLite

/// The result of a merge.
public struct MergeReport: Sendable {
    /// The rows of one kind that were moved to the kept record.
    public struct Moved: Sendable {
        /// The words for one and for several in a sentence.
        let noun: (one: Text, several: Text)
        /// The number of rows.
        public fileprivate(set) var count: Int

        /// The number with the noun: `3 assets`.
        public var words: Text {
            let called = count == 1 ? noun.one : noun.several
            return Text(en: "\(count) \(called.en)", es: "\(count) \(called.es)")
        }
    }

    /// The plan of the merge, with the former records and the merged one.
    public let plan: MergePlan
    /// The rows moved to the kept record, by kind.
    public private(set) var moved: [Moved] = []
    /// The number of links and rows of parts that were merged with those of the kept record.
    public private(set) var joined = 0
    /// The attributes in which joined links differed.
    public private(set) var conflicts: [LinkConflict] = []
    /// Further messages for the user.
    public private(set) var notes: [Text]

    fileprivate init(_ plan: MergePlan) {
        self.plan = plan
        notes = plan.notes
    }

    /// Adds to the moved rows.
    fileprivate mutating func add(_ noun: (one: Text, several: Text), _ count: Int) {
        guard count > 0 else { return }
        if let place = moved.firstIndex(where: { $0.noun.one == noun.one }) {
            moved[place].count += count
        } else {
            moved.append(Moved(noun: noun, count: count))
        }
    }

    fileprivate mutating func addJoined(_ count: Int) { joined += count }

    fileprivate mutating func add(_ conflicts: [LinkConflict]) { self.conflicts += conflicts }

    fileprivate mutating func note(_ text: Text) { notes.append(text) }
}

extension Transaction {
    /// Merges several records into one. Links, references and rows of the others move to the kept record, whose empty
    /// fields are filled from theirs, and the others are deleted. References by their ids and keys then find the kept
    /// record.
    ///
    /// - Parameters:
    ///   - kept: the id of the record to keep.
    ///   - others: the ids of the other records, each only once.
    /// - Throws: ``CRMError`` `usage` for a module whose records cannot be merged; `notFound`; `invalid` or `refused`
    ///   for a preference that cannot be followed, and when the module's rules do not accept the merged record.
    public func merge(
        _ module: Module,
        keeping kept: Int64,
        _ others: [Int64],
        _ preferences: MergePreferences = MergePreferences()
    ) throws -> MergeReport {
        let plan = try store.planMerge(of: module, keeping: kept, others, preferences)
        var report = MergeReport(plan)
        let referring = store.referringRows(to: module.name)
        func move(where isMeant: (Incoming) -> Bool) throws {
            for incoming in store.incoming(to: module.name) where isMeant(incoming) {
                for id in others {
                    guard try referring.exist(incoming, to: id) else { continue }
                    try self.move(incoming, from: id, to: kept, of: module, among: plan, &report)
                }
            }
        }
        try move(where: { !$0.isOfRows })
        try releaseUniqueValues(plan)
        try update(plan)
        // Amounts in rows are in the currency that the record has by now.
        try move(where: \.isOfRows)
        try addOverflow(of: plan)
        try remember(plan)
        try writer(of: module).delete(.all(SQLFunctions.rows(others)))
        if !module.derivingRules.isEmpty { try noteOutdated(kept, of: module) }
        try settleDerivations()
        return report
    }

    // MARK: - Links, references and rows

    private func move(
        _ incoming: Incoming,
        from id: Int64,
        to kept: Int64,
        of module: Module,
        among plan: MergePlan,
        _ report: inout MergeReport
    ) throws {
        let table = incoming.table
        if let links = MergedLinks(incoming, in: self, of: plan) {
            let (moved, joined, conflicts) = try links.move(from: id, to: kept)
            let far = table.owners.first { $0.key != incoming.field.key }?.type.target
            let other = store.registry[far ?? table.module.name]
            report.add((other.one, other.several), moved)
            report.addJoined(joined)
            report.add(conflicts)
        } else if let part = table.part, incoming.isOfRows {
            try moveRows(of: part, in: table, from: id, to: kept, among: plan, &report)
        } else {
            try keepSingle(incoming, from: id, to: kept, &report)
            let value = incoming.field.type.reference(to: kept, in: module.name)
            let rows = pointing(incoming, at: id, of: module, besides: plan)
            let count = try writer(of: table).update(rows, [TableWriter.Change(incoming.field, to: value)])
            if let part = table.part {
                report.add(part.noun(of: table.module), part.isTold ? count : 0)
            } else {
                // A field that mirrors a link is counted with the link.
                let isTold = table.holdsRecords && table.module.mirror?.field != incoming.field.key
                report.add((table.module.one, table.module.several), isTold ? count : 0)
            }
        }
    }

    /// Returns the rows that refer to a record, without the records being merged, whose references are planned.
    private func pointing(_ incoming: Incoming, at id: Int64, of module: Module, besides plan: MergePlan) -> RowSet {
        let table = incoming.table
        guard table.name == module.table else {
            return table.rows(whose: incoming.field, names: .one(id), of: module.name)
        }
        return .all(
            """
            SELECT \(name: "id") FROM \(name: table.name) \
            WHERE \(table.condition(that: incoming.field, names: .one(id), of: module.name)) \
            AND \(name: "id") NOT IN (\(SQLFunctions.rows(plan.records.map(\.id))))
            """
        )
    }

    /// Appends the rows of a part to those of the kept record, without rows that it has already, and without amounts in
    /// another currency than it has. Derived rows are deleted and computed again.
    private func moveRows(
        of part: Part,
        in table: Table,
        from id: Int64,
        to kept: Int64,
        among plan: MergePlan,
        _ report: inout MergeReport
    ) throws {
        let writer = writer(of: table)
        guard !part.isDerived, part.tracked == nil else {
            try writer.delete(table.rows(whose: table.ownerField, names: .one(id), of: table.module.name))
            return
        }
        let reader = try store.partReader(table)
        let present = try reader.rows(of: kept).map(\.values)
        var last = try reader.lastPosition(of: kept)
        var moved = 0
        let currencies = currencies(of: id, in: plan)
        let areLost = currencies.former != currencies.kept
        var withAmounts = 0
        for row in try reader.rows(of: id) {
            let amounts = part.amountPositions.filter { !row.values[$0].isNull }
            let lost = areLost ? amounts : []
            if !amounts.isEmpty { withAmounts += 1 }
            var values = row.values
            for position in lost { values[position] = .null }
            if present.contains(values) {
                try writer.delete(.one(row.id))
                if part.visibility == .shown { report.addJoined(1) }
                continue
            }
            last += 1
            moved += 1
            try writer.update(
                row.id,
                [
                    TableWriter.Change(table.ownerField, from: .integer(id), to: .integer(kept)),
                    TableWriter.Change(table.positionField, from: .integer(row.position), to: .integer(last)),
                ]
                    + lost.map { TableWriter.Change(part.allFields[$0], from: row.values[$0], to: .null) }
            )
        }
        if withAmounts > 0 {
            if areLost {
                try tellLost(withAmounts, of: part, plan.module.ofCalled(id), currencies, &report)
            } else {
                try noteAmount(of: kept, in: table.module)
            }
        }
        if part.visibility == .shown {
            let one = Text(en: part.label.en.lowercased(), es: part.label.es.lowercased())
            report.add((one, part.several), moved)
        }
    }

    /// The currencies of the amounts in rows of a record that is merged, and of those of the kept one.
    private func currencies(of id: Int64, in plan: MergePlan) -> (former: String, kept: String) {
        let former = plan.records.first { $0.id == id }?.currency
        return (former ?? values.currency, plan.currency ?? values.currency)
    }

    /// Tells that rows are without their amounts now, as the kept record is without those of others in another currency.
    ///
    /// - Parameters:
    ///   - count: the number of rows with amounts.
    ///   - ofRecord: the words for the record that had them: `organization 2`, `de la organización 2`.
    /// - Throws: ``CRMError`` `refused` if rows need them.
    private func tellLost(
        _ count: Int,
        of part: Part,
        _ ofRecord: Text,
        _ currencies: (former: String, kept: String),
        _ report: inout MergeReport
    ) throws {
        let rows = count == 1 ? part.label : part.plural
        let amounts = Text(
            en: "the amounts of \(ofRecord.en) in \(currencies.former) (\(count) \(rows.en.lowercased()))",
            es: "los importes \(ofRecord.es) en \(currencies.former) (\(count) \(rows.es.lowercased()))"
        )
        let kept = Text(
            en: "the merged record is in \(currencies.kept)",
            es: "el registro fusionado está en \(currencies.kept)"
        )
        if let field = part.fields.first(where: { $0.type == .money && $0.isRequired }) {
            throw CRMError(
                .refused,
                Text(
                    en: "\(kept.en) and cannot take \(amounts.en), of which \(field.label.en.lowercased()) is required",
                    es: "\(kept.es) y no admite \(amounts.es), donde es obligatorio: \(field.label.es.lowercased())"
                )
            )
        }
        report.note(
            Text(
                en: "\(amounts.en) are in the history alone: \(kept.en)",
                es: "\(amounts.es) quedan solo en el historial: \(kept.es)"
            )
        )
    }

    /// Clears a flag that only one record of a group may have on the records that move, if a record of the kept record
    /// has it in the same group.
    private func keepSingle(
        _ incoming: Incoming,
        from id: Int64,
        to kept: Int64,
        _ report: inout MergeReport
    ) throws {
        guard incoming.table.holdsRecords else { return }
        let module = incoming.table.module
        for case .single(let flag, let group) in module.invariants where group.contains(incoming.field.key) {
            let field = module.field(required: flag)
            for record in try flagged(flag, group, of: incoming, from: id, to: kept) {
                try writer(of: module).update(record, [TableWriter.Change(field, to: .integer(0))])
                report.note(
                    Text(
                        en: "\(module.called(record).en) is no longer \"\(field.label.en)\"",
                        es: "\(module.called(record).es) ya no es «\(field.label.es)»"
                    )
                )
            }
        }
    }

    /// Returns the records with a flag whose group has a flagged record belonging to the kept record.
    private func flagged(
        _ flag: String,
        _ group: [String],
        of incoming: Incoming,
        from id: Int64,
        to kept: Int64
    ) throws -> [Int64] {
        let (one, other) = ("l", "k")
        let key = incoming.field.key
        let same = group.filter { $0 != key }.map {
            SQLFunctions.isSame(.column($0, of: other), .column($0, of: one))
        }
        let conditions: [SQLFragment] =
            [
                "\(column: key, of: other) = \(bind: .integer(kept))",
                "\(column: flag, of: other) = \(bind: .integer(1))",
            ] + same
        let table = incoming.table.name
        let rows = try store.statement(
            """
            SELECT \(column: "id", of: one) FROM \(name: table) AS \(name: one) \
            WHERE \(column: key, of: one) = \(bind: .integer(id)) AND \(column: flag, of: one) = \(bind: .integer(1)) \
            AND EXISTS (SELECT 1 FROM \(name: table) AS \(name: other) WHERE \(conditions.joined(" AND "))) ORDER BY 1
            """
        )
        return try rows.integers()
    }

    // MARK: - The records themselves

    /// Clears the unique values on other records that the kept record is to get. The change is separate, so that it is
    /// undone after the kept record has lost the value again.
    private func releaseUniqueValues(_ plan: MergePlan) throws {
        let module = plan.module
        for (position, field) in module.allFields.enumerated() where field.traits.contains(.unique) && !field.isRequired
        {
            let value = plan.result[position]
            guard !value.isNull, value != plan.records[0].values[position] else { continue }
            for record in plan.records.dropFirst() where record.values[position] == value {
                try writer(of: module).update(record.id, [TableWriter.Change(field, from: value, to: .null)])
            }
        }
    }

    /// Writes the merged values to the kept record.
    private func update(_ plan: MergePlan) throws {
        let original = plan.records[0]
        var draft = Draft(editing: original)
        for (position, field) in plan.module.allFields.enumerated() {
            let value = plan.result[position]
            guard value != original.values[position] else { continue }
            // A choice that is no longer offered, and a negative balance, are taken unchecked from either record.
            let isKept = !field.type.choices.isEmpty || field.traits.contains(.balance)
            if isKept { draft[position] = value } else { draft.give(position, value) }
        }
        draft.giveLaterDates()
        try prepare(&draft, problems: [])
        _ = try update(draft, from: original)
    }

    /// Adds rows for the values that have no field in the kept record.
    private func addOverflow(of plan: MergePlan) throws {
        let module = plan.module
        guard let part = module.overflowPart, let key = part.keyField, let kind = part.kindField else { return }
        let rows = try rows(of: part, in: module)
        for value in plan.overflow {
            var draft = PartDraft(new: part, in: values)
            draft.give(kind.key, .text(value.choice))
            draft.give(key.key, .text(value.text))
            if let origin = module.merging?.origin, value.field.key != value.choice {
                draft.give(origin, .text(value.field.key))
            }
            try draft.check(of: plan.records[0], self)
            try rows.add(draft.values, to: plan.records[0].id)
        }
    }

    /// Stores which records were merged into the kept one, and their keys. The key that the kept record gives up for
    /// that of another takes the place of the other's, which is no longer a former one.
    private func remember(_ plan: MergePlan) throws {
        guard let table = plan.module.mergedTable, let part = table.part, let rows = try partWriter(of: table) else {
            return
        }
        for record in plan.records.dropFirst() {
            // The keys that share a field of the row have a row each.
            var drafts = [PartDraft(new: part)]
            for key in plan.module.formerKeys {
                guard let place = plan.module.position(of: key.field.key) else { continue }
                let isTaken = record.values[place] == plan.result[place]
                let former = (isTaken ? plan.records[0] : record).values[place]
                guard former != plan.result[place], let text = former.text else { continue }
                let row = drafts.firstIndex { $0[key.column].isNull } ?? drafts.endIndex
                if row == drafts.endIndex { drafts.append(PartDraft(new: part)) }
                drafts[row][key.column] = .text(key.stored(text, country: values.country))
            }
            for var draft in drafts {
                draft[Part.formerID] = .integer(record.id)
                try rows.add(draft.values, to: plan.records[0].id)
            }
        }
        noteMerged(plan.module)
    }
}

extension Part {
    /// Whether the user sees and enters the part's rows.
    fileprivate var isTold: Bool { visibility == .shown && !isDerived && tracked == nil }

    /// Returns the words for one row and for several, without their record: `quote line`.
    fileprivate func noun(of module: Module) -> (one: Text, several: Text) {
        func called(_ rows: Text, _ owner: Text) -> Text {
            Text(
                en: "\(owner.en) \(rows.en.lowercased())",
                es: "\(rows.es.lowercased()) de \(owner.es)"
            )
        }
        return (called(label, module.one), called(several, module.one))
    }
}

extension Incoming {
    /// Whether the references are in rows of the record's own parts.
    fileprivate var isOfRows: Bool { table.part != nil && bond == .owned }
}
