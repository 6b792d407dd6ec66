import SQLite

/// Inserts new links of one relation, one by one or many with one statement.
///
/// To begin and to end a statement costs SQLite more than a row does: it opens every index, reads the last id given out
/// and writes it back.
final class LinkInsertion {
    /// A link that is not there yet.
    struct Link {
        let contact: Int64
        let record: Int64
        let attributes: LinkAttributes
        /// The row of an input that asks for it; `nil` where none does.
        var row: InputRow?
    }

    /// Hears of a link that a constraint does not admit.
    typealias Refusal = (Link, SQLiteError) throws -> Void

    /// The most that wait. With more the gain is small, and SQLite keeps the earlier state of every page that a
    /// statement of several rows changes.
    private static let mostWaiting = 64

    private let transaction: Transaction
    private let relation: Relation
    private let matching: [Bool]
    private let single: Statement
    private var several: Statement?
    private var waiting: [Link] = []

    init(_ relation: Relation, in transaction: Transaction) throws {
        self.relation = relation
        self.transaction = transaction
        matching = relation.link.attributes.map { $0.matchColumn != nil }
        single = try Self.statement(relation, rows: 1, in: transaction)
        waiting.reserveCapacity(Self.mostWaiting)
    }

    /// A statement whose rows have their time of creation; the rest is bound for each use.
    private static func statement(
        _ relation: Relation,
        rows: Int,
        in transaction: Transaction
    ) throws(SQLiteError) -> Statement {
        let columns = relation.fields.dropFirst().flatMap { $0.columns + ($0.matchColumn.map { [$0] } ?? []) }
        let row = "(\(Array(repeating: "?", count: columns.count).joined(separator: ", ")))"
        let statement = try transaction.store.database.prepare(
            "INSERT INTO \(relation.table.quotedIdentifier) "
                + "(\(columns.map(\.quotedIdentifier).joined(separator: ", "))) "
                + "VALUES \(Array(repeating: row, count: rows).joined(separator: ", "))",
            persistent: true
        )
        for number in 1...rows { try statement.bind(transaction.now, at: number * columns.count) }
        return statement
    }

    /// Inserts a link now.
    func insert(_ link: Link) throws {
        var parameter = 1
        try bind(link, to: single, from: &parameter)
        try run(single, rows: 1)
    }

    /// Inserts a link when enough wait.
    func insertSoon(_ link: Link, refusing refuse: Refusal) throws {
        waiting.append(link)
        if waiting.count == Self.mostWaiting { try insertWaiting(refusing: refuse) }
    }

    /// Whether a link of a pair waits.
    func isWaiting(contact: Int64, record: Int64) -> Bool {
        // By index, since a loop over the links would copy each of them.
        waiting.indices.contains { waiting[$0].record == record && waiting[$0].contact == contact }
    }

    /// Inserts all that wait.
    ///
    /// - Parameter refuse: called in order for each that a constraint does not admit; the others are inserted.
    func insertWaiting(refusing refuse: Refusal) throws {
        defer { waiting.removeAll(keepingCapacity: true) }
        if waiting.count == Self.mostWaiting, try insertTogether() { return }
        for link in waiting {
            do {
                try insert(link)
            } catch let error as SQLiteError {
                guard case .constraint = error.code else { throw error }
                try refuse(link, error)
            }
        }
    }

    /// - Returns: false where a constraint does not admit one of them, so that none is inserted.
    private func insertTogether() throws -> Bool {
        let statement = try several ?? Self.statement(relation, rows: Self.mostWaiting, in: transaction)
        several = statement
        var parameter = 1
        for index in waiting.indices { try bind(waiting[index], to: statement, from: &parameter) }
        do {
            try run(statement, rows: waiting.count)
            return true
        } catch let error as SQLiteError {
            guard case .constraint = error.code else { throw error }
            return false
        }
    }

    private func bind(_ link: Link, to statement: Statement, from parameter: inout Int) throws(SQLiteError) {
        try statement.bind(link.contact, at: parameter)
        try statement.bind(link.record, at: parameter + 1)
        parameter += 2
        for position in matching.indices {
            let value = link.attributes[position] ?? .null
            try statement.bind(value, at: parameter)
            parameter += 1
            guard matching[position] else { continue }
            if case .text(let text) = value {
                let type = relation.link.attributes[position].type
                try statement.bind(type.matchKey(for: text, country: transaction.values.country), at: parameter)
            } else {
                try statement.bindNull(at: parameter)
            }
            parameter += 1
        }
        // The time of creation stays bound.
        parameter += 1
    }

    private func run(_ statement: Statement, rows: Int) throws {
        defer { statement.reset() }
        _ = try statement.step()
        // Ids follow each other, since nobody else writes.
        let last = transaction.store.database.lastInsertedRowID
        try transaction.log.noteCreated(last - Int64(rows) + 1, in: relation.table)
        try transaction.log.noteCreated(last, in: relation.table)
    }
}
