import Localization
import SQLite

/// The records that no row of an import matched, which are to be deleted.
struct MissingRecords {
    private let module: Module
    private let matchPositions: [Int]
    private let transaction: Transaction

    init(_ module: Module, matchPositions: [Int], transaction: Transaction) {
        self.module = module
        self.matchPositions = matchPositions
        self.transaction = transaction
    }

    /// Begins without matched records, discarding those of an earlier import on the same connection. Their ids are in a
    /// temporary table, which spills to disk.
    static func begin(in database: Database) throws {
        try database.execute(
            """
            CREATE TEMP TABLE IF NOT EXISTS "matched" ("id" INTEGER PRIMARY KEY); \
            CREATE TEMP TABLE IF NOT EXISTS "missing" ("id" INTEGER PRIMARY KEY); \
            DELETE FROM "matched"
            """
        )
    }

    static func note(_ id: Int64, in store: Store) throws {
        try store.statement("INSERT OR IGNORE INTO \"matched\" (\"id\") VALUES (?)").run([.integer(id)])
    }

    /// Deletes the records that have values to match by and were not matched.
    ///
    /// - Parameters:
    ///   - created: the number of records that the input has added. They do not count as present before, since an input
    ///     with keys in another form adds every record anew.
    ///   - advance: a closure that is called between the steps of the work.
    /// - Returns: the number of records deleted.
    /// - Throws: ``CRMError`` `refused` if the input had no rows or less than half of the earlier records would remain,
    ///   unless the transaction is forced.
    func delete(afterRows rows: Int, created: Int, advance: () throws -> Void) throws -> Int {
        let database = transaction.store.database
        let conditions = matchPositions.flatMap { position in
            module.fields[position].columns.map { "\(name: $0) IS NOT NULL" as SQLFragment }
        }
        let candidates: SQLFragment = "FROM \(name: module.table) WHERE \(conditions.joined(" AND "))"
        let all = try database.prepare(fragment: "SELECT count(*) \(candidates)")
        let count = try all.step() ? all.integer(at: 0) - Int64(created) : 0
        all.reset()
        try database.execute("DELETE FROM \"missing\"")
        let missing = try transaction.store.run(
            """
            INSERT INTO "missing" ("id") SELECT "id" \(candidates) AND "id" NOT IN (SELECT "id" FROM "matched")
            """
        )
        let leavesTooFew = rows == 0 || Int64(missing) * 2 > count
        guard !leavesTooFew || transaction.isForced || missing == 0 else {
            throw CRMError(
                .refused,
                Text(
                    en: """
                        the input would delete \(missing) of \(count) records: it looks empty or cut, or has other keys
                        """,
                    es: """
                        la entrada eliminaría \(missing) de \(count) registros: parece vacía o cortada, o tiene otras claves
                        """
                ),
                hint: Text(en: "if it is whole, add --force", es: "si está completa, agregar --force"),
                module: module.name
            )
        }
        guard missing > 0 else { return 0 }
        return try transaction.delete(
            module,
            all: "SELECT \"id\" FROM \"missing\"",
            reach: transaction.isForced ? .owned : .links,
            advance: advance
        )
    }
}
