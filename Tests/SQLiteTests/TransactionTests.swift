import SQLite
import Testing

@Suite("Transactions")
struct TransactionTests {
    struct Refusal: Error {}

    let database: Database

    init() throws {
        database = try Database.inMemory()
        try database.execute("PRAGMA foreign_keys = ON")
        try database.execute(
            """
            CREATE TABLE t(a INTEGER PRIMARY KEY);
            CREATE TABLE child(parent REFERENCES t(a) DEFERRABLE INITIALLY DEFERRED);
            """
        )
    }

    private var rows: [[Value]] {
        get throws { try database.all("SELECT a FROM t ORDER BY a") }
    }

    private func insert(_ number: Int64) throws {
        try database.run("INSERT INTO t VALUES (?)", [.integer(number)])
    }

    @Test("commit and give the result", arguments: [Database.TransactionKind.deferred, .immediate])
    func commit(kind: Database.TransactionKind) throws {
        let result = try database.transaction(kind) {
            try insert(1)
            #expect(database.isInTransaction)
            return "done"
        }
        #expect(result == "done")
        #expect(!database.isInTransaction)
        #expect(try rows == [[.integer(1)]])
    }

    @Test("roll back on any error, and throw that one")
    func rollBack() throws {
        #expect(throws: Refusal.self) {
            try database.transaction {
                try insert(1)
                throw Refusal()
            }
        }
        #expect(!database.isInTransaction)
        #expect(try rows == [])
    }

    @Test("roll back when the commit fails")
    func failingCommit() throws {
        let code = errorCode {
            try database.transaction {
                try insert(1)
                try database.run("INSERT INTO child VALUES (99)")
            }
        }
        #expect(code == .constraint(.foreignKey))
        #expect(!database.isInTransaction)
        #expect(try rows == [])
    }

    @Test("report the cause where SQLite itself has rolled back")
    func rolledBackAlready() throws {
        try insert(1)
        let code = errorCode {
            try database.transaction {
                try insert(2)
                try database.run("INSERT OR ROLLBACK INTO t VALUES (1)")
            }
        }
        #expect(code == .constraint(.primaryKey))
        #expect(try rows == [[.integer(1)]])
    }

    @Test("do not nest, and the outer one goes on")
    func nested() throws {
        try database.transaction {
            try insert(1)
            #expect(errorCode { try database.transaction { try insert(2) } } == .error)
        }
        #expect(try rows == [[.integer(1)]])
    }

    @Test("keep what savepoints around a failed one did")
    func savepoints() throws {
        try database.transaction {
            try database.savepoint("a \"name\"") {
                try insert(1)
                // The same name once more: the inner one is meant.
                #expect(throws: Refusal.self) {
                    try database.savepoint("a \"name\"") {
                        try insert(2)
                        throw Refusal()
                    }
                }
                try database.savepoint("b") { try insert(3) }
            }
            #expect(database.isInTransaction)
        }
        #expect(try rows == [[.integer(1)], [.integer(3)]])
    }

    @Test("are what a savepoint is by itself")
    func loneSavepoint() throws {
        try database.savepoint("s") { try insert(1) }
        #expect(!database.isInTransaction)
        let code = errorCode {
            try database.savepoint("s") {
                try insert(2)
                try database.run("INSERT INTO child VALUES (99)")
            }
        }
        #expect(code == .constraint(.foreignKey))
        #expect(!database.isInTransaction)
        #expect(try rows == [[.integer(1)]])
    }

    @Test("hold statements that change more than stays in memory until they are done")
    func largeStatement() throws {
        let folder = try ScratchFolder()
        let database = try folder.database()
        try database.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT NOT NULL UNIQUE)")
        try database.transaction {
            _ = try database.run(
                """
                WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
                INSERT INTO t SELECT i, printf('%0100d', i) FROM n
                """
            )
        }
        // Within a transaction, a statement that may fail halfway keeps every page as it was before.
        try database.transaction { _ = try database.run("UPDATE t SET b = 'x' || b") }
        #expect(try database.scalar("SELECT count(*) FROM t WHERE b LIKE 'x%'") == .integer(50000))
    }
}
