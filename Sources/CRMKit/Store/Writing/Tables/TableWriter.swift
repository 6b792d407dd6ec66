import SQLite

/// Inserts, updates and deletes the rows of one table, one by one or all of a query at once, and keeps their earlier
/// state in the history. Every write to a table of the definitions goes through here, except those without history that
/// ``RowStatements`` names. The program's own tables, such as the history and the counters, are written by their own
/// types.
///
/// It checks nothing: valid rows are the caller's duty. A violated constraint is thrown as
/// SQLite reports it, and of a failing statement nothing is left.
final class TableWriter {
    /// The maximum number of rows that one statement inserts. SQLite keeps the earlier state of every page that a
    /// statement of several rows changes. With more rows, those pages exceed the memory reserved for them, see
    /// `SQLite.Database`.
    static let mostTogether = 8
    /// The maximum number of links that one statement inserts, for the same reason. Each link has other places in two
    /// indexes. Pages that fill at the same pace split at about the same time, each with two neighbours and the page
    /// above: the pages of three links fit into the memory, those of four do not. Once the pages of one statement have
    /// exceeded it, SQLite writes those of every later statement of the transaction to a file.
    static let mostLinksTogether = 3

    let table: Table
    let store: Store
    let log: ChangeLog
    let country: String?
    private let layout: RowLayout
    private let statements: RowStatements
    /// The column of the last change, and what it gets, where rows have one.
    private let stamp: (column: String, now: Value)?
    /// The fields whose comparable form depends on another field of the row.
    private let varying: [Field]
    private var row = RowParameters()
    private lazy var insertOne = LateStatement(statements.insert(layout.columns))
    /// The statements that insert several rows at once, by the number of rows.
    private var insertSeveral: [Int: Statement] = [:]
    private lazy var stampOfOne = LateStatement(
        "SELECT \(Table.lastChange.quotedIdentifier) FROM \(table.name.quotedIdentifier) WHERE \"id\" = ?"
    )
    /// The statements that update one row, by the columns they set.
    private var updates: [[String]: Statement] = [:]
    private static let mostUpdates = 32
    /// The last of these statements, with the fields it sets and the column for the last change, if it sets that.
    private var lastUpdate: (keys: [String], stamp: String?, statement: Statement)?
    /// The statements for rows of which ever different sets of fields change.
    private var variedUpdate: VariedUpdate?

    /// - Parameter country: the code of the country of telephone numbers without a country code.
    init(_ table: Table, store: Store, log: ChangeLog, country: String?) {
        self.table = table
        self.store = store
        self.log = log
        self.country = country
        layout = RowLayout(table)
        statements = RowStatements(table.name)
        varying = table.fields.filter { $0.variants != nil }
        stamp = table.holdsRecords ? (Table.lastChange, .text(store.clock.now)) : nil
    }

    // MARK: - Inserting

    /// Inserts a new row.
    ///
    /// - Parameter values: the values of the fields, each at the field's position; for a null id the database assigns
    ///   one.
    /// - Returns: its id.
    func insert(_ values: [Value]) throws -> Int64 {
        let id = try add(values)
        try log.noteCreated(id...id, in: table.name)
        return id
    }

    /// Inserts 1 to ``mostTogether`` rows by one statement, all or none. Their ids are consecutive, since this
    /// transaction holds the write lock.
    ///
    /// - Parameter values: makes of an element what the fields of its row hold, each at its position, and no id.
    /// - Returns: the ids.
    @discardableResult
    func insert<Elements: Collection>(
        together elements: Elements,
        values: (Elements.Element, inout [Value]) -> Void
    ) throws -> ClosedRange<Int64> {
        try add(together: elements, values: values)
        return try noteInserted(elements.count)
    }

    private func add<Elements: Collection>(
        together elements: Elements,
        values: (Elements.Element, inout [Value]) -> Void
    ) throws {
        let count = elements.count
        let statement =
            try insertSeveral[count]
            ?? store.database.prepare(statements.insert(layout.columns, rows: count), persistent: true)
        insertSeveral[count] = statement
        defer { statement.reset() }
        row.removeAll()
        var held: [Value] = []
        held.reserveCapacity(table.fields.count)
        for element in elements {
            held.removeAll(keepingCapacity: true)
            values(element, &held)
            layout.fill(&row, with: held, country: country)
        }
        try row.bind(to: statement) { _ = try statement.step() }
    }

    /// Restores deleted rows under their ids by one statement, as ``insert(together:values:)`` does. The caller must
    /// report them to ``ChangeLog/noteRestored(_:in:)``.
    ///
    /// - Parameter rows: each as for ``insert(_:)``, with the id.
    func restore(together rows: some Collection<[Value]>) throws { try add(together: rows) { $1 = $0 } }

    private func add(_ values: [Value]) throws -> Int64 {
        let statement = try insertOne.prepared(in: store.database)
        defer { statement.reset() }
        row.removeAll()
        layout.fill(&row, with: values, country: country)
        try row.bind(to: statement) { _ = try statement.step() }
        return store.database.lastInsertedRowID
    }

    /// Appends a row of a part to each of some records, after their existing rows.
    ///
    /// - Parameters:
    ///   - values: the values of the part's fields.
    ///   - owners: a query for the records' ids with a single column, `id`.
    func append(_ values: [Value], toEach owners: SQLFragment) throws {
        guard let part = table.part else { preconditionFailure("\(table.name) holds no rows of a part") }
        log.noteChanged(table.name)
        let owner = table.ownerColumn
        let stored = zip(part.fields, values).flatMap { $0.stored($1, country: country) }.map { SQLFragment.bind($0) }
        let count = try store.run(
            statements.insert(
                layout.columns,
                from: """
                    SELECT NULL, "o"."id", 1 + coalesce((\
                    SELECT max("p".\(name: Part.positionKey)) FROM \(name: table.name) AS "p" \
                    WHERE "p".\(name: owner) = "o"."id"), 0), \(stored.joined(", ")) \
                    FROM (\(owners)) AS "o" ORDER BY "o"."id"
                    """
            )
        )
        if count > 0 { try noteInserted(count) }
    }

    /// Inserts a row that is new for each of some ids, in their order.
    ///
    /// - Parameters:
    ///   - values: the values of the fields, each at the field's position; for a null id the database assigns one.
    ///   - ids: a query whose one column, `id`, has what each row holds in a field.
    ///   - key: the key of that field.
    /// - Returns: the number of rows inserted.
    func insert(_ values: [Value], forEach ids: SQLFragment, in key: String) throws -> Int {
        let stored = zip(table.fields, values).flatMap { field, value -> [SQLFragment] in
            field.key == key ? ["\"o\".\"id\""] : field.stored(value, country: country).map { .bind($0) }
        }
        log.noteChanged(table.name)
        let count = try store.run(
            statements.insert(layout.columns, from: "SELECT \(stored.joined(", ")) FROM (\(ids)) AS \"o\"")
        )
        if count > 0 { try noteInserted(count) }
        return count
    }

    /// Notes that the last statement has inserted so many rows, whose ids are consecutive.
    @discardableResult
    private func noteInserted(_ count: Int) throws -> ClosedRange<Int64> {
        let last = store.database.lastInsertedRowID
        let ids = last - Int64(count) + 1...last
        try log.noteCreated(ids, in: table.name)
        return ids
    }

    // MARK: - Updating

    /// Changes fields of a row; history keeps the earlier values.
    ///
    /// - Parameters:
    ///   - lastChange: the moment of the previous change, if known; otherwise it is looked up.
    ///   - isStamped: whether the moment of the last change is set to now.
    func update(_ id: Int64, _ changes: [Change], lastChange: Value? = nil, isStamped: Bool = true) throws {
        guard !changes.isEmpty else { return }
        if changes.contains(where: { $0.old == nil }) {
            try log.keep(columns(of: changes), of: .one(id), in: table.name, action: .update)
        } else {
            var before: [(column: String, value: Value)] = []
            before.reserveCapacity(changes.count + 1)
            for change in changes { change.field.append(change.old ?? .null, to: &before) }
            if let last = try self.lastChange(of: id, known: lastChange) { before.append(last) }
            try log.keep(before, of: id, in: table.name)
        }
        try set(changes, of: .one(id), isStamped: isStamped)
    }

    /// Changes fields of many rows; history keeps the earlier values.
    ///
    /// - Returns: the number of rows.
    @discardableResult
    func update(_ rows: RowSet, _ changes: [Change]) throws -> Int {
        guard !changes.isEmpty, try count(rows, upTo: 1) > 0 else { return 0 }
        try log.keep(columns(of: changes), of: rows, in: table.name, action: .update)
        return try set(changes, of: rows)
    }

    /// Returns the columns that change, with the column for the last change, so that an undo restores it too.
    private func columns(of changes: [Change]) -> [String] {
        stamped(changes.flatMap(\.field.columns))
    }

    /// Returns columns of a row together with the column for the last change.
    func stamped(_ columns: [String]) -> [String] {
        guard let stamp, !columns.contains(stamp.column) else { return columns }
        return columns + [stamp.column]
    }

    private func lastChange(of id: Int64, known: Value?) throws -> (column: String, value: Value)? {
        guard let stamp else { return nil }
        if let known { return (stamp.column, known) }
        let statement = try stampOfOne.prepared(in: store.database)
        defer { statement.reset() }
        try statement.bind(id, at: 1)
        return try statement.step() ? (stamp.column, statement.value(at: 0)) : nil
    }

    /// Sets fields of a row as part of its creation, so that history does not store the earlier values.
    func complete(_ id: Int64, _ changes: [Change]) throws {
        guard !changes.isEmpty else { return }
        try set(changes, of: .one(id), isStamped: false)
    }

    /// Sets fields of the rows of a set that this change set made, as part of their creation.
    func complete(_ rows: RowSet, _ changes: [Change]) throws {
        guard !changes.isEmpty, try count(rows, upTo: 1) > 0 else { return }
        try set(changes, of: rows, isStamped: false)
    }

    @discardableResult
    private func set(_ changes: [Change], of rows: RowSet, isStamped: Bool = true) throws -> Int {
        log.noteChanged(table.name)
        if case .one(let id) = rows, varying.isEmpty { return try set(changes, of: id, isStamped: isStamped) }
        var assignments = changes.flatMap { change -> [SQLFragment] in
            if let addend = change.addend {
                let column = SQLFragment.name(change.field.key)
                return ["\(column) = coalesce(\(column), 0) + \(bind: .integer(addend))"]
            }
            let isVarying = change.field.variants != nil
            let values =
                isVarying ? change.field.plainlyStored(change.new) : change.field.stored(change.new, country: country)
            return zip(change.field.allColumns, values).map { column, value in
                "\(name: column) = \(bind: value)" as SQLFragment
            }
        }
        assignments += try varying.compactMap { try comparableForm(of: $0, after: changes) }
        if isStamped, let stamp = dueStamp(beside: changes) {
            assignments.append("\(name: stamp.column) = \(bind: stamp.now)")
        }
        return try store.run(statements.update(assignments, where: rows.condition(on: .name("id"))))
    }

    /// Returns the new value for the column of the last change, unless the changes set that column themselves.
    private func dueStamp(beside changes: [Change]) -> (column: String, now: Value)? {
        stamp.flatMap { stamp in changes.contains { $0.field.key == stamp.column } ? nil : stamp }
    }

    /// Changes one row by a statement that is kept for further rows with changes to the same fields.
    private func set(_ changes: [Change], of id: Int64, isStamped: Bool) throws -> Int {
        let stamp = isStamped ? dueStamp(beside: changes) : nil
        row.removeAll()
        let statement: Statement
        if let common = try updateOne(changes, stamp?.column) {
            statement = common
            for change in changes { change.field.fill(&row, with: change.new, country: country) }
        } else {
            let varied = try variedUpdate ?? VariedUpdate(of: table, in: store)
            variedUpdate = varied
            statement = try varied.statement(for: changes, stamp: stamp?.column)
            varied.fill(&row, with: changes, country: country)
        }
        if let stamp { row.append(stamp.now) }
        row.append(.integer(id))
        defer { statement.reset() }
        try row.bind(to: statement) { _ = try statement.step() }
        return 1
    }

    /// - Returns: `nil` if the fields change in so many combinations that no further statement is prepared for one.
    private func updateOne(_ changes: [Change], _ stamp: String?) throws -> Statement? {
        // Mostly that of the row before.
        if let last = lastUpdate, last.stamp == stamp, last.keys.count == changes.count,
            zip(last.keys, changes).allSatisfy({ $0 == $1.field.key })
        {
            return last.statement
        }
        let columns = changes.flatMap(\.field.allColumns) + (stamp.map { [$0] } ?? [])
        guard let statement = try updateOne(columns) else { return nil }
        lastUpdate = (changes.map(\.field.key), stamp, statement)
        return statement
    }

    private func updateOne(_ columns: [String]) throws -> Statement? {
        if let kept = updates[columns] { return kept }
        guard updates.count < Self.mostUpdates else { return nil }
        let assignments = columns.map { "\(name: $0) = ?" as SQLFragment }
        let update = statements.update(assignments, where: "\"id\" = ?")
        let statement = try store.database.prepare(update.sql, persistent: true)
        updates[columns] = statement
        return statement
    }

    /// The assignment of the comparable form of a field that varies; `nil` where no change concerns it.
    private func comparableForm(of field: Field, after changes: [Change]) throws -> SQLFragment? {
        func now(_ key: String) -> SQLFragment? {
            changes.first { $0.field.key == key }.map { .bind($0.new) }
        }
        guard let key = field.variants?.key, let column = field.matchColumn else { return nil }
        let (value, choice) = (now(field.key), now(key))
        guard value != nil || choice != nil else { return nil }
        return field.matchExpression(
            of: value ?? .name(field.key),
            beside: choice ?? .name(key),
            country: .bind(country.map(Value.text) ?? .null)
        ).map { "\(name: column) = \($0)" }
    }

    // MARK: - Deleting

    /// The most rows that one statement deletes: SQLite keeps the id of each in memory before it deletes the first.
    static let mostDeleted = 50_000
    /// The table of the connection with the ids of more rows than that.
    private static let going = "going"

    /// Deletes rows; history keeps all their values.
    ///
    /// - Returns: the number of rows deleted.
    @discardableResult
    func delete(_ rows: RowSet) throws -> Int {
        switch try count(rows, upTo: Self.mostDeleted + 1) {
        case 0: 0
        case ...Self.mostDeleted: try deleteTogether(rows)
        default: try deleteInTurn(rows)
        }
    }

    private func deleteInTurn(_ rows: RowSet) throws -> Int {
        let going = SQLFragment.name(Self.going)
        try store.database.execute(
            "CREATE TEMP TABLE IF NOT EXISTS \"going\" (\"id\" INTEGER PRIMARY KEY); DELETE FROM \"going\""
        )
        try store.run(
            "INSERT INTO \(going) SELECT \"id\" FROM \(name: table.name) WHERE \(rows.condition(on: .name("id")))"
        )
        var count = 0
        var next: Int64? = .min
        while let first = next {
            next = try store.database.all(
                fragment: """
                    SELECT "id" FROM \(going) WHERE "id" >= \(bind: .integer(first)) ORDER BY "id" \
                    LIMIT 1 OFFSET \(bind: .integer(Int64(Self.mostDeleted)))
                    """
            ).first?[0].integer
            let last = next.map { $0 - 1 } ?? .max
            count += try deleteTogether(
                .all(
                    """
                    SELECT "id" FROM \(going) WHERE "id" BETWEEN \(bind: .integer(first)) AND \(bind: .integer(last))
                    """
                )
            )
        }
        try store.run("DELETE FROM \(going)")
        return count
    }

    private func deleteTogether(_ rows: RowSet) throws -> Int {
        try log.keep(table.fields.flatMap(\.columns), of: rows, in: table.name, action: .delete)
        log.noteChanged(table.name)
        return try store.run(statements.delete(where: rows.condition(on: .name("id"))))
    }

    /// Returns the number of rows in a set, counting up to a maximum. A write to no rows must not begin a change set.
    private func count(_ rows: RowSet, upTo most: Int) throws -> Int {
        let found = try store.statement(
            """
            SELECT count(*) FROM (SELECT 1 FROM \(name: table.name) WHERE \(rows.condition(on: .name("id"))) \
            LIMIT \(bind: .integer(Int64(most))))
            """
        )
        defer { found.reset() }
        return try found.step() ? Int(found.integer(at: 0)) : 0
    }
}
