import SQLite

/// The positions of the rows of parts, which count from 1 without gaps for each record. An undo may leave two rows at one
/// position, or none, where rows came and went since.
struct PartPositions {
    private let table: Table
    private let transaction: Transaction

    /// - Parameter table: the table of a part.
    init(in table: Table, _ transaction: Transaction) {
        self.table = table
        self.transaction = transaction
    }

    /// The condition that rows of one record are not numbered from 1 without gaps.
    static let areWrong: SQLFragment = """
        min("position") <> 1 OR max("position") <> count(*) OR count(DISTINCT "position") <> count(*)
        """

    /// Numbers rows anew where they are not numbered so. They keep their order; of two at one position the older row is
    /// the first.
    ///
    /// - Parameter owners: a query for the records whose rows are looked at; `nil` for all.
    /// - Returns: the number of rows that got another position.
    @discardableResult
    func settle(among owners: SQLFragment? = nil) throws -> Int {
        let owner = SQLFragment.name(table.ownerColumn)
        let position = SQLFragment.name(Part.positionKey)
        let chosen: SQLFragment = owners.map { "WHERE \(owner) IN (\($0))" } ?? ""
        let found = try transaction.store.database.prepare(
            fragment: """
                SELECT "id", \(position), "place" FROM (SELECT "id", \(position), \
                row_number() OVER (PARTITION BY \(owner) ORDER BY \(position), "id") AS "place" \
                FROM \(name: table.name) WHERE \(owner) IN (SELECT \(owner) FROM \(name: table.name) \(chosen) \
                GROUP BY \(owner) HAVING \(Self.areWrong))) WHERE \(position) <> "place"
                """
        )
        var moves: [(id: Int64, from: Int64, to: Int64)] = []
        while try found.step() { moves.append((found.integer(at: 0), found.integer(at: 1), found.integer(at: 2))) }
        let writer = transaction.writer(of: table)
        for move in moves {
            try transaction.store.checkStop()
            try writer.update(
                move.id,
                [TableWriter.Change(table.positionField, from: .integer(move.from), to: .integer(move.to))]
            )
        }
        return moves.count
    }
}
