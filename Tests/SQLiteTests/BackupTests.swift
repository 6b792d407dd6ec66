import SQLite
import Testing

@Suite("Backup")
struct BackupTests {
    let folder: ScratchFolder
    let database: Database

    init() throws {
        folder = try ScratchFolder()
        database = try folder.database()
        try database.execute(
            """
            PRAGMA journal_mode = WAL; PRAGMA user_version = 7;
            CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT);
            WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) INSERT INTO t SELECT i, hex(i * i) FROM n;
            """
        )
    }

    @Test("copies everything into a file for its owner alone", arguments: [Int32(-1), 1, 5])
    func equalCopy(pagesPerStep: Int32) throws {
        try database.backup(to: folder.file("copy.db"), pagesPerStep: pagesPerStep)
        let copy = try Database(path: folder.file("copy.db"), mode: .readOnly, busyTimeout: 0)
        for query in ["SELECT * FROM t ORDER BY a", "SELECT sql FROM sqlite_schema", "PRAGMA user_version"] {
            #expect(try copy.all(query) == database.all(query))
        }
        #expect(try copy.scalar("PRAGMA integrity_check") == .text("ok"))
        #expect(try permissions(of: folder.file("copy.db")) == 0o600)
    }

    @Test("copies what is committed while another connection writes")
    func besideWriter() throws {
        let writer = try folder.database()
        try writer.execute("BEGIN IMMEDIATE; DELETE FROM t")
        try database.backup(to: folder.file("copy.db"))
        let copy = try Database(path: folder.file("copy.db"), mode: .readWrite, busyTimeout: 0)
        #expect(try copy.scalar("SELECT count(*) FROM t") == .integer(5000))
    }

    @Test("refuses to copy what this connection has not committed")
    func ownTransaction() throws {
        let code = errorCode {
            try database.transaction {
                try database.run("DELETE FROM t")
                try database.backup(to: folder.file("copy.db"))
            }
        }
        #expect(code == .busy)
    }

    @Test("says when the copy cannot be made")
    func cannotOpen() {
        #expect(errorCode { try database.backup(to: folder.file("none/copy.db")) } == .cannotOpen)
    }

    @Test("says when the copy is in use")
    func busy() throws {
        let copy = try folder.database("copy.db")
        try copy.execute("CREATE TABLE t(a); BEGIN IMMEDIATE")
        #expect(errorCode { try database.backup(to: folder.file("copy.db")) } == .busy)
    }
}
