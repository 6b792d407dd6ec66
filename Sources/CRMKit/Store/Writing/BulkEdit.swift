import Localization
import SQLite

/// An edit of many records at once.
///
/// What an edit makes of a record follows from a few of its fields, ``DecidingFields``. Records in which they are the same
/// are a class: one of each class is edited as if it were alone, and what came of it is done to all of the class by one
/// UPDATE, with what the rules write after it. Where there is no such class, or more classes than it would be worth, the
/// records are edited one by one.
struct BulkEdit {
    private let module: Module
    private let inputs: [FieldInput]
    private let transaction: Transaction
    private var store: Store { transaction.store }

    /// The most classes that are told apart.
    private static let mostClasses = 4096

    /// The tables of the connection that it uses: a row for each class, the records by what is done to them, and those to
    /// which something is being done.
    private static let (classes, sorted, present) = ("chosen_class", "chosen_outcome", "chosen_now")

    init(_ inputs: [FieldInput], of module: Module, in transaction: Transaction) {
        self.inputs = inputs
        self.module = module
        self.transaction = transaction
    }

    /// What is done to all records of some classes.
    private struct Outcome {
        let changes: [TableWriter.Change]

        var keys: Set<String> { Set(changes.map(\.field.key)) }
    }

    /// Edits the chosen records.
    ///
    /// - Returns: how many it changed.
    /// - Throws: what the edit of the first that refuses it would throw.
    func run() throws -> Int {
        guard let readings = try readings(), let deciding = DecidingFields(inputs, of: module, readings),
            try classify(deciding)
        else { return try editEach(in: ChosenRecords.table) }
        guard let (outcomes, isAll) = try settleOutcomes(deciding) else {
            return try editEach(in: ChosenRecords.table)
        }
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

    private func editEach(in table: String) throws -> Int {
        var count = 0
        try transaction.forEachID(in: table) { id in
            if try transaction.edit(module, id: id, inputs) { count += 1 }
        }
        return count
    }

    // MARK: - Classes

    /// What input makes of a record of each currency, or of the first where amounts are not given.
    ///
    /// - Returns: `nil` where it cannot be taken, which is told of a record by itself.
    private func readings() throws -> [DecidingFields.Reading]? {
        let givesAmounts = inputs.contains { module.field($0.field)?.type == .money }
        let groups: SQLFragment =
            givesAmounts
            ? "SELECT \(column: "currency", of: DecidingFields.alias), min(\"k\".\"id\") FROM \(records) GROUP BY 1"
            : "SELECT NULL, min(\"k\".\"id\") FROM \(name: ChosenRecords.table) AS \"k\""
        var readings: [DecidingFields.Reading] = []
        for group in try store.database.all(groups.sql, groups.bindings) {
            guard let id = group[1].integer, let original = try store.storedRecord(module, id: id) else { continue }
            var draft = Draft(editing: original)
            guard try store.read(inputs, into: &draft).isEmpty else { return nil }
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

    /// Finds the classes of the chosen records, each with the first of them.
    ///
    /// - Returns: `false` where there are too many.
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

    /// Edits the first record of each class, as if it were alone, and notes in the classes what is done to them.
    ///
    /// - Returns: what is done, each under its number, and whether that is the same for all records; `nil` where what it
    ///   brings with it can only be told record by record.
    private func settleOutcomes(_ deciding: DecidingFields) throws -> (outcomes: [Outcome], isAll: Bool)? {
        var numbers: [[ChangeIdentity]: Int] = [:]
        var outcomes: [Outcome] = []
        var isAll = true
        let first = try store.database.all("SELECT \"rowid\", \"id\" FROM \(Self.classes.quotedIdentifier)")
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

    /// What tells one change from another.
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

    /// The record as the edit makes it, and as it was.
    ///
    /// - Throws: what keeps the edit from it.
    private func edited(_ id: Int64) throws -> (draft: Draft, original: Record)? {
        guard let original = try store.storedRecord(module, id: id) else { return nil }
        var draft = Draft(editing: original)
        let problems = try store.read(inputs, into: &draft)
        try transaction.prepare(&draft, problems: problems)
        return (draft, original)
    }

    /// What the edit changes in one record.
    private func changes(of id: Int64, _ deciding: DecidingFields) throws -> [TableWriter.Change] {
        guard let (draft, original) = try edited(id) else { return [] }
        let fields = module.allFields
        return fields.indices.filter { draft[$0] != original.values[$0] && fields[$0].isStored }.map { position in
            let field = fields[position]
            guard deciding.adjusted.contains(where: { $0.key == field.key }), let new = draft[position].integer else {
                return TableWriter.Change(field, to: draft[position])
            }
            return TableWriter.Change(field, adding: new - (original.values[position].integer ?? 0))
        }
    }

    /// Whether what a change brings with it can only be told record by record.
    private func isEach(_ changes: [TableWriter.Change]) -> Bool {
        let keys = Set(changes.map(\.field.key))
        let isNamed = changes.contains { change in
            !change.new.isNull
                && (change.field.traits.contains(.unique)
                    || module.sharedKeyPositions.contains { module.fields[$0].key == change.field.key })
        }
        let recounts =
            keys.contains("currency") && module.givenParts.contains { $0.fields.contains { $0.type == .money } }
        return isNamed || recounts || !module.followsTogether(keys)
    }

    /// Sorts the records by what is done to them.
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

    /// Does what came of the edit to all records of a table of ids.
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
        if module.derivingRules.contains(where: { !$0.watching.isDisjoint(with: outcome.keys) }) {
            try transaction.forEachID(in: table) { try transaction.noteOutdated($0, of: module) }
            try transaction.settleDerivations()
        }
        return count
    }

    /// The records that may refuse the edit though the first of their class does not: of the numbers that change by some
    /// the least and the greatest, and one whose dates would be out of order.
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
    /// Changes chosen records as input asks, all of them or none; what is so already is left as it is.
    ///
    /// - Returns: how many it changed.
    /// - Throws: what ``edit(_:id:_:)`` throws for the first that refuses.
    public func edit(_ chosen: ChosenRecords, _ inputs: [FieldInput]) throws -> Int {
        guard chosen.count > 0 else { return 0 }
        return try BulkEdit(inputs, of: chosen.module, in: self).run()
    }
}

/// Writes what rules say follows from a change of many records.
struct SetWriter: SetRuleWriter {
    let rows: RowSet
    let transaction: Transaction

    var now: String { transaction.now }

    func fill(_ field: String, with value: Value, in part: String, of module: Module) throws {
        guard let table = module.part(named: part).map({ Table($0, of: module) }),
            let field = table.part?.field(field)
        else { return }
        let owned = rows.condition(on: .name(table.owners[0].key))
        try transaction.writer(of: table).update(
            .matching("\(owned) AND \(name: field.key) IS NULL"),
            [TableWriter.Change(field, from: .null, to: value)]
        )
    }

    func addRow(_ values: [Value], of part: String, of module: Module) throws {
        guard let table = module.part(named: part).map({ Table($0, of: module) }), case .all(let owners) = rows
        else { return }
        try transaction.writer(of: table).append(values, toEach: owners)
    }
}
