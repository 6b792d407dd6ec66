import Foundation
import SQLite
import Testing

@Suite("Errors")
struct ErrorTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test(
        "tell which constraint was broken",
        arguments: [
            ("INSERT INTO t(id, u) VALUES (2, 'a')", SQLiteError.Constraint.unique, Int32(2067)),
            ("INSERT INTO t(id) VALUES (1)", .primaryKey, 1555),
            ("INSERT INTO t(c) VALUES (-1)", .check, 275),
            ("INSERT INTO t(n) VALUES (NULL)", .notNull, 1299),
            ("INSERT INTO t(f) VALUES (99)", .foreignKey, 787),
            ("INSERT INTO t(c) VALUES ('ten')", .dataType, 3091),
            ("INSERT INTO w VALUES ('k')", .primaryKey, 1555),
            ("DELETE FROM t", .other, 1811),
        ]
    )
    func constraints(sql: String, constraint: SQLiteError.Constraint, extendedCode: Int32) throws {
        let database = try Database.inMemory()
        try database.execute("PRAGMA foreign_keys = ON")
        try database.execute(
            """
            CREATE TABLE t(
                id INTEGER PRIMARY KEY, u TEXT UNIQUE, c INTEGER CHECK (c > 0), n TEXT NOT NULL DEFAULT '',
                f INTEGER REFERENCES t(id)) STRICT;
            CREATE TABLE w(k TEXT PRIMARY KEY) WITHOUT ROWID;
            CREATE TRIGGER no BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'kept'); END;
            INSERT INTO t(id, u) VALUES (1, 'a');
            INSERT INTO w VALUES ('k');
            """
        )
        let error = #expect(throws: SQLiteError.self) { try database.run(sql) }
        #expect(error?.code == .constraint(constraint))
        #expect(error?.extendedCode == extendedCode)
        #expect(error?.sql == sql)
    }

    @Test("carry SQLite's words and the statement, not its values")
    func words() throws {
        let database = try Database.inMemory()
        let error = #expect(throws: SQLiteError.self) { try database.run("SELECT secret(?)", [.text("hidden")]) }
        #expect(error?.code == .error)
        #expect(error?.message == "no such function: secret")
        #expect(
            error.map(String.init(describing:))
                == "no such function: secret (SQLite result code 1) in: SELECT secret(?)"
        )
    }

    @Test("a file that is something else is not a database")
    func notADatabase() throws {
        try Data(repeating: 65, count: 4096).write(to: URL(fileURLWithPath: folder.file("text.txt")))
        let database = try Database(path: folder.file("text.txt"), mode: .readWrite, busyTimeout: 0)
        #expect(errorCode { _ = try database.scalar("SELECT 1 FROM sqlite_schema") } == .notADatabase)
        #expect(errorCode { try database.execute("CREATE TABLE t(a)") } == .notADatabase)
    }

    @Test("a damaged file is corrupt")
    func corrupt() throws {
        try folder.database().execute("CREATE TABLE t(a); INSERT INTO t VALUES (1)")
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("test.db")))
        try file.seek(toOffset: 4096)
        try file.write(contentsOf: Data(repeating: 0xee, count: 4096))
        try file.close()
        let database = try folder.database()
        // What another call has left says nothing of this file.
        errno = EIO
        #expect(errorCode { _ = try database.all("SELECT * FROM t") } == .corrupt)
    }

    @Test("a database open for reading refuses writes", arguments: [Database.OpenMode.readOnly, .immutable])
    func readOnly(mode: Database.OpenMode) throws {
        try folder.database().execute("CREATE TABLE t(a)")
        let database = try Database(path: folder.file("test.db"), mode: mode, busyTimeout: 0)
        #expect(database.isReadOnly)
        #expect(errorCode { try database.run("INSERT INTO t VALUES (1)") } == .readOnly)
    }

    @Test("a lock held elsewhere makes a statement busy, once its time is up")
    func busy() throws {
        let first = try folder.database()
        let second = try folder.database()
        try first.execute("CREATE TABLE t(a); BEGIN IMMEDIATE")
        #expect(errorCode { try second.run("INSERT INTO t VALUES (1)") } == .busy)
        second.setBusyTimeout(200)
        #expect(try second.scalar("PRAGMA busy_timeout") == .integer(200))
        #expect(errorCode { try second.run("INSERT INTO t VALUES (1)") } == .busy)
        try first.execute("COMMIT")
        #expect(try second.run("INSERT INTO t VALUES (1)") == 1)
    }

    @Test("a table being read is locked against its own connection")
    func locked() throws {
        let database = try Database.inMemory()
        try database.execute("CREATE TABLE t(a); INSERT INTO t VALUES (1)")
        let select = try database.prepare("SELECT a FROM t")
        #expect(try select.step())
        #expect(errorCode { try database.execute("DROP TABLE t") } == .locked)
    }

    @Test("a file at its limit is full")
    func full() throws {
        let database = try Database.inMemory()
        try database.execute("CREATE TABLE t(a); PRAGMA max_page_count = 3")
        #expect(errorCode { try database.run("INSERT INTO t VALUES (zeroblob(100000))") } == .full)
    }

    @Test("a value longer than SQLite stores is too big")
    func tooBig() throws {
        #expect(errorCode { try Database.inMemory().run("SELECT zeroblob(2000000000)") } == .tooBig)
    }

    @Test("a statement ended by a rollback is aborted")
    func aborted() throws {
        let database = try Database.inMemory()
        try database.execute("CREATE TABLE t(a); INSERT INTO t VALUES (1), (2); BEGIN")
        let select = try database.prepare("SELECT a FROM t")
        #expect(try select.step())
        try database.execute("CREATE TABLE u(a); ROLLBACK")
        #expect(errorCode { _ = try select.step() } == .aborted)
    }

    @Test(
        "a word in double quotes is a name, and an error where nothing has it",
        arguments: [
            "SELECT \"mistyped\" FROM t", "SELECT a FROM t WHERE a = \"mistyped\"", "UPDATE t SET a = \"mistyped\"",
            "CREATE INDEX i ON t(\"mistyped\")",
        ]
    )
    func doubleQuotes(sql: String) throws {
        let database = try Database.inMemory()
        try database.execute("CREATE TABLE t(a)")
        #expect(errorCode { try database.execute(sql) } == .error)
    }
}
