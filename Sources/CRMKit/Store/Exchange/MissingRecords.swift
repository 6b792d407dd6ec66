import Localization
import SQLite

/// The records that an import's rows did not match, to be deleted.
struct MissingRecords {
    private let module: Module
    private let matchPositions: [Int]
    private let transaction: Transaction

    init(_ module: Module, matchPositions: [Int], transaction: Transaction) {
        self.module = module
        self.matchPositions = matchPositions
        self.transaction = transaction
    }

    /// The ids that were matched are kept in a table of the connection, which spills to disk.
    static func begin(in database: Database) throws {
        try database.execute("CREATE TEMP TABLE IF NOT EXISTS \"matched\" (\"id\" INTEGER PRIMARY KEY)")
    }

    static func note(_ id: Int64, in store: Store) throws {
        try store.statement("INSERT OR IGNORE INTO \"matched\" (\"id\") VALUES (?)").run([.integer(id)])
    }

    /// Deletes the records that have values to match by and were not matched.
    ///
    /// - Returns: how many there were.
    func delete(afterRows rows: Int, advance: () throws -> Void) throws -> Int {
        let database = transaction.store.database
        let conditions = matchPositions.flatMap { position in
            module.fields[position].columns.map { "\($0.quotedIdentifier) IS NOT NULL" }
        }
        let candidates =
            "FROM \(module.table.quotedIdentifier) WHERE \(conditions.joined(separator: " AND "))"
        let all = try database.scalar("SELECT count(*) \(candidates)")?.integer ?? 0
        let ids = try database.all(
            "SELECT \"id\" \(candidates) AND \"id\" NOT IN (SELECT \"id\" FROM \"matched\") ORDER BY \"id\""
        ).compactMap { $0[0].integer }
        let leavesTooFew = rows == 0 || Int64(ids.count) * 2 > all
        guard !leavesTooFew || transaction.isForced || ids.isEmpty else {
            throw CRMError(
                .refused,
                Text(
                    en: "the input would delete \(ids.count) of \(all) records: it looks empty or cut",
                    es: "la entrada eliminaría \(ids.count) de \(all) registros: parece vacía o cortada"
                ),
                hint: Text(en: "if it is whole, add --force", es: "si está completa, agregar --force"),
                module: module.name
            )
        }
        for id in ids {
            try advance()
            try transaction.delete(module, id: id, reach: transaction.isForced ? .owned : .links)
        }
        return ids.count
    }
}
