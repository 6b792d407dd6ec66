import SQLite

/// An edit of many records at once, or an action that only sets fields of many records.
///
/// The result for a record depends on a few of its fields only, its ``DecidingFields``. Records with equal values in
/// these fields form a class. One record of each class is edited as if it were alone, and the result is applied to the
/// whole class by one UPDATE, together with what the rules write as a consequence. When records cannot be classified,
/// or there are too many classes for this to pay, the records are edited one by one.
struct BulkEdit {
    private let module: Module
    private let asked: Asked
    private let transaction: Transaction
    private var store: Store { transaction.store }

    /// The most classes that are told apart.
    private static let mostClasses = 4096

    /// The names of the temporary tables used: one row for each class, the records by the outcome they get, and the
    /// records that are being written.
    private static let (classes, sorted, present) = ("chosen_class", "chosen_outcome", "chosen_now")

    /// What the edit does to each record.
    private enum Asked {
        /// Values that input gives for the fields of the records.
        case input([FieldInput])
        /// Values that an action sets, given its inputs.
        case setting(Action.Setting, Action.Inputs)

        /// Whether the input contains amounts, which are read in the currency of each record.
        func givesAmounts(of module: Module) -> Bool {
            guard case .input(let inputs) = self else { return false }
            return inputs.contains { module.field($0.field)?.type == .money }
        }
    }

    init(_ inputs: [FieldInput], of module: Module, in transaction: Transaction) {
        asked = .input(inputs)
        self.module = module
        self.transaction = transaction
    }

    /// - Returns: `nil` for an action that does more than set fields on these records with these inputs.
    /// - Throws: what reading the inputs for one of the records throws.
    init?(_ action: Action, _ inputs: [FieldInput], of module: Module, in transaction: Transaction) throws {
        guard case .setting(let setting) = action.effect, !action.inputs.contains(where: { $0.type == .money }),
            let id = try transaction.store.database.scalar(
                "SELECT min(\"id\") FROM \(ChosenRecords.table.quotedIdentifier)"
            )?.integer,
            let record = try transaction.store.storedRecord(module, id: id)
        else { return nil }
        let read = try transaction.read(inputs, of: action, for: record)
        guard !setting.isExcepted(read) else { return nil }
        asked = .setting(setting, read)
        self.module = module
        self.transaction = transaction
    }

    /// The changes to make to all records of some classes.
    private struct Outcome {
        let changes: [TableWriter.Change]

        var keys: Set<String> { Set(changes.map(\.field.key)) }
    }

    /// Edits the chosen records.
    ///
    /// - Parameter edit: edits a single record, by its id, and returns whether it changed.
    /// - Returns: the number of records changed.
    /// - Throws: what editing the first record that refuses the edit throws.
    func run(orEach edit: (Int64) throws -> Bool) throws -> Int {
        if let count = try runTogether() { return count }
        var count = 0
        try transaction.forEachID(in: ChosenRecords.table) { id in
            if try edit(id) { count += 1 }
        }
        return count
    }

    /// Edits the chosen records class by class.
    ///
    /// - Returns: the number of records changed; `nil`, with nothing written yet, when they must be edited one by one.
    /// - Throws: what editing a record that refuses the edit throws.
    func runTogether() throws -> Int? {
        guard let readings = try readings(), let deciding = deciding(readings), try classify(deciding),
            let (outcomes, isAll) = try settleOutcomes(deciding)
        else { return nil }
        if isAll, let only = outcomes.first { return try apply(only, to: ChosenRecords.table) }
        try sort(deciding)
        var count = 0
        for (number, outcome) in outcomes.enumerated() {
            try store.run("DELETE FROM \(name: Self.present)")
            try store.run(
                """
                INSERT INTO \(name: Self.present) ("id") SELECT "id" FROM \(name: Self.sorted) \
                WHERE "outcome" = \(bind: .integer(Int64(number))) ORDER BY "id"
                """
            )
            count += try apply(outcome, to: Self.present)
        }
        return count
    }

    private func deciding(_ readings: [DecidingFields.Reading]) -> DecidingFields? {
        switch asked {
        case .input(let inputs): DecidingFields(inputs, of: module, readings)
        case .setting(let setting, let inputs):
            DecidingFields(setting, inputs.fields(of: module).map(\.field), of: module, readings)
        }
    }

    // MARK: - Classes

    /// Returns how the input reads for a record of each currency, or for the first record when it has no amounts.
    ///
    /// - Returns: `nil` when the input cannot be read; the error is then reported by the edit of a single record.
    private func readings() throws -> [DecidingFields.Reading]? {
        let groups: SQLFragment =
            asked.givesAmounts(of: module)
            ? "SELECT \(column: "currency", of: DecidingFields.alias), min(\"k\".\"id\") FROM \(records) GROUP BY 1"
            : "SELECT NULL, min(\"k\".\"id\") FROM \(name: ChosenRecords.table) AS \"k\""
        var readings: [DecidingFields.Reading] = []
        for group in try store.database.all(groups.sql, groups.bindings) {
            guard let id = group[1].integer, let original = try store.storedRecord(module, id: id) else { continue }
            var draft = Draft(editing: original)
            switch asked {
            case .input(let inputs): guard try store.read(inputs, into: &draft).isEmpty else { return nil }
            case .setting(_, let inputs): for (key, value) in inputs.fields(of: module) { draft.give(key, value) }
            }
            readings.append(DecidingFields.Reading(currency: group[0], draft: draft))
        }
        return readings
    }

    private var records: SQLFragment {
        """
        \(name: ChosenRecords.table) AS "k" CROSS JOIN \(name: module.table) AS \(name: DecidingFields.alias) \
        ON \(column: "id", of: DecidingFields.alias) = "k"."id"
        """
    }

    /// Determines the classes of the chosen records, each with its first record.
    ///
    /// - Returns: `false` if there are too many classes.
    private func classify(_ deciding: DecidingFields) throws -> Bool {
        try store.database.execute(
            """
            DROP TABLE IF EXISTS "chosen_class"; DROP TABLE IF EXISTS "chosen_outcome"; \
            DROP TABLE IF EXISTS "chosen_now"; CREATE TEMP TABLE "chosen_now" ("id" INTEGER PRIMARY KEY); \
            CREATE TEMP TABLE "chosen_outcome" ("outcome" INTEGER, "id" INTEGER, PRIMARY KEY ("outcome", "id")) \
            WITHOUT ROWID
            """
        )
        let columns = deciding.expressions.enumerated().map { number, expression in
            "\(expression) AS \(name: Self.column(number))" as SQLFragment
        }
        let groups = columns.indices.map { SQLFragment.name(Self.column($0)) }.joined(", ")
        let query: SQLFragment = """
            CREATE TEMP TABLE \(name: Self.classes) AS \
            SELECT min("k"."id") AS "id", CAST(NULL AS INTEGER) AS "outcome", \(columns.joined(", ")) FROM \(records) \
            GROUP BY \(groups) LIMIT \(bind: .integer(Int64(Self.mostClasses) + 1))
            """
        try store.database.prepare(fragment: query).run(query.bindings)
        let count = try store.database.scalar("SELECT count(*) FROM \(Self.classes.quotedIdentifier)")?.integer ?? 0
        guard count <= Self.mostClasses else { return false }
        let index: SQLFragment = "CREATE INDEX \"chosen_class_key\" ON \(name: Self.classes) (\(groups))"
        try store.database.execute(index.sql)
        return true
    }

    private static func column(_ number: Int) -> String { "s\(number)" }

    /// Edits the first record of each class as if it were the only one, and stores the outcome in the table of the
    /// classes.
    ///
    /// - Returns: the outcomes, by their numbers, and whether the outcome is the same for all records; `nil` if the
    ///   consequences can only be determined record by record.
    private func settleOutcomes(_ deciding: DecidingFields) throws -> (outcomes: [Outcome], isAll: Bool)? {
        var numbers: [[ChangeIdentity]: Int] = [:]
        var outcomes: [Outcome] = []
        var isAll = true
        // The first that refuses tells why.
        let first = try store.database.all(
            "SELECT \"rowid\", \"id\" FROM \(Self.classes.quotedIdentifier) ORDER BY \"id\""
        )
        for row in first {
            guard let place = row[0].integer, let id = row[1].integer else { continue }
            let changes = try changes(of: id, deciding)
            guard !changes.isEmpty else {
                isAll = false
                continue
            }
            if isEach(changes) { return nil }
            let identity = changes.map(ChangeIdentity.init)
            let number = numbers[identity] ?? outcomes.count
            if number == outcomes.count {
                numbers[identity] = number
                outcomes.append(Outcome(changes: changes))
            }
            try store.run(
                """
                UPDATE \(name: Self.classes) SET "outcome" = \(bind: .integer(Int64(number))) \
                WHERE "rowid" = \(bind: .integer(place))
                """
            )
        }
        return (outcomes, isAll && outcomes.count == 1)
    }

    /// What distinguishes one change of a field from another.
    private struct ChangeIdentity: Hashable {
        let key: String
        let new: Value
        let addend: Int64?

        init(_ change: TableWriter.Change) {
            key = change.field.key
            new = change.new
            addend = change.addend
        }
    }

    /// Returns the record as the edit would change it, and as it was.
    ///
    /// - Parameter empty: fields that are treated as empty in the record.
    /// - Returns: `nil` when the edit changes nothing.
    /// - Throws: the reason why the record cannot be edited so.
    private func edited(_ id: Int64, without empty: [Field] = []) throws -> (draft: Draft, original: Record)? {
        guard var original = try store.storedRecord(module, id: id) else { return nil }
        for field in empty {
            if let position = module.position(of: field.key) { original.values[position] = .null }
        }
        var draft = Draft(editing: original)
        var problems: [FieldProblem] = []
        switch asked {
        case .input(let inputs): problems = try store.read(inputs, into: &draft)
        case .setting(let setting, let inputs):
            let values = try setting.values(of: original, inputs)
            guard !values.isEmpty else { return nil }
            for (key, value) in values { draft.give(key, value) }
        }
        try transaction.prepare(&draft, problems: problems)
        return (draft, original)
    }

    /// Returns the changes that the edit makes to one record.
    private func changes(of id: Int64, _ deciding: DecidingFields) throws -> [TableWriter.Change] {
        guard let (draft, original) = try edited(id) else { return [] }
        // Where it happens to hold already what the rules set, others of its class do not.
        let kept = deciding.settled.filter { !original[$0.key].isNull && draft[$0.key] == original[$0.key] }
        let emptied = kept.isEmpty ? nil : try edited(id, without: kept)?.draft
        let set = kept.map(\.key).filter { key in emptied.map { !$0[key].isNull } ?? false }
        let fields = module.allFields
        let changed = fields.indices.filter { position in
            fields[position].isStored
                && (draft[position] != original.values[position] || set.contains(fields[position].key))
        }
        return changed.map { position in
            let field = fields[position]
            guard deciding.adjusted.contains(where: { $0.key == field.key }), let new = draft[position].integer else {
                return TableWriter.Change(field, to: draft[position])
            }
            return TableWriter.Change(field, adding: new - (original.values[position].integer ?? 0))
        }
    }

    /// Whether the consequences of a change can only be determined record by record.
    private func isEach(_ changes: [TableWriter.Change]) -> Bool {
        let keys = Set(changes.map(\.field.key))
        let isNamed = changes.contains { change in
            !change.new.isNull
                && (!change.field.traits.isDisjoint(with: [.unique, .acyclic])
                    || module.sharedKeyPositions.contains { module.fields[$0].key == change.field.key })
        }
        let recounts = keys.contains("currency") && !module.amountTables.isEmpty
        return isNamed || recounts || !module.followsTogether(keys)
    }

    /// Groups the records by the outcome of the edit.
    private func sort(_ deciding: DecidingFields) throws {
        let isOfClass = deciding.expressions.enumerated().map { number, expression in
            SQLFunctions.isSame(.column(Self.column(number), of: "c"), expression)
        }
        let query: SQLFragment = """
            INSERT INTO \(name: Self.sorted) ("outcome", "id") SELECT "c"."outcome", "k"."id" FROM \(records) \
            CROSS JOIN \(name: Self.classes) AS "c" ON \(isOfClass.joined(" AND ")) WHERE "c"."outcome" IS NOT NULL
            """
        try store.database.prepare(fragment: query).run(query.bindings)
    }

    // MARK: - Writing

    /// Applies an outcome of the edit to all records in a table of ids.
    private func apply(_ outcome: Outcome, to table: String) throws -> Int {
        for id in try doubtful(outcome, in: table) { _ = try edited(id) }
        let rows: RowSet = .all("SELECT \"id\" FROM \(name: table)")
        let count = try transaction.writer(of: module).update(rows, outcome.changes)
        let values = outcome.changes.filter { $0.addend == nil }.map { ($0.field.key, $0.new) }
        let change = Rule.SetChange(
            module: module,
            keys: outcome.keys,
            new: Dictionary(values) { first, _ in first }
        )
        try module.follow(change, SetWriter(rows: rows, transaction: transaction))
        if module.derivingRules.contains(where: { !$0.rule.watching.isDisjoint(with: outcome.keys) }) {
            try transaction.forEachID(in: table) { try transaction.noteOutdated($0, of: module) }
            try transaction.settleDerivations()
        }
        return count
    }

    /// The records that may refuse the edit although the first of their class does not: those with the least and the
    /// greatest value of an adjusted number, and one whose dates would be out of order.
    private func doubtful(_ outcome: Outcome, in table: String) throws -> [Int64] {
        var ids: [Int64] = []
        let rows: SQLFragment = """
            FROM \(name: table) AS "k" CROSS JOIN \(name: module.table) AS "t" ON "t"."id" = "k"."id"
            """
        func find(_ end: SQLFragment) throws {
            let query: SQLFragment = "SELECT \"t\".\"id\" \(rows) \(end) LIMIT 1"
            if let id = try store.database.scalar(query.sql, query.bindings)?.integer { ids.append(id) }
        }
        for change in outcome.changes where change.addend != nil {
            let number: SQLFragment = "coalesce(\(column: change.field.key, of: "t"), 0)"
            try find("ORDER BY \(number)")
            try find("ORDER BY \(number) DESC")
        }
        for order in module.dateOrders where !outcome.keys.isDisjoint(with: [order.earlier, order.later]) {
            func date(_ key: String) -> SQLFragment {
                outcome.changes.first { $0.field.key == key }.map { .bind($0.new) } ?? .column(key, of: "t")
            }
            try find("WHERE \(date(order.later)) < \(date(order.earlier))")
        }
        return ids
    }
}

extension Transaction {
    /// Edits chosen records, all of them or none. Records that already have the values remain unchanged.
    ///
    /// - Returns: the number of records changed.
    /// - Throws: the errors of ``edit(_:id:_:)`` for the first record that refuses the edit, with what
    ///   ``tellingRefusals(among:of:_:)`` tells of the others.
    public func edit(_ chosen: ChosenRecords, _ inputs: [FieldInput]) throws -> Int {
        guard chosen.count > 0 else { return 0 }
        return try tellingRefusals(among: chosen) {
            _ = try edit(chosen.module, id: $0, inputs)
        } _: {
            try attempt(on: chosen) {
                try BulkEdit(inputs, of: chosen.module, in: self).run { try edit(chosen.module, id: $0, inputs) }
            }
        }
    }
}
