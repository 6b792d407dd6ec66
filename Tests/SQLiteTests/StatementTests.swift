import SQLite
import Testing

@Suite("Statements")
struct StatementTests {
    let database: Database

    init() throws {
        database = try Database.inMemory()
        try database.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT)")
    }

    @Test("are run many times with other values, and count the rows they change")
    func runAgain() throws {
        let insert = try database.prepare("INSERT INTO t(name) VALUES (?)", persistent: true)
        for name in ["a", "b", "c"] { #expect(try insert.run([.text(name)]) == 1) }
        #expect(database.lastInsertedRowID == 3)
        #expect(try database.run("UPDATE t SET name = upper(name) WHERE id > ?", [.integer(1)]) == 2)
        #expect(try database.run("DELETE FROM t") == 3)
    }

    @Test(
        "that change no row count none, whatever ran before",
        arguments: ["SELECT 1", "CREATE TABLE u(a)", "DELETE FROM t"]
    )
    func noStaleCount(sql: String) throws {
        try database.run("INSERT INTO t(name) VALUES ('a'), ('b')")
        try database.execute("CREATE TABLE empty(a)")
        #expect(try database.run("DELETE FROM empty") == 0)
        #expect(try database.run(sql) == (sql == "DELETE FROM t" ? 2 : 0))
    }

    @Test("can be run again after an error")
    func runAfterError() throws {
        let insert = try database.prepare("INSERT INTO t(id) VALUES (?)")
        try insert.run([.integer(1)])
        #expect(errorCode { try insert.run([.integer(1)]) } == .constraint(.primaryKey))
        #expect(try insert.run([.integer(2)]) == 1)
    }

    @Test("keep their bindings through a reset, until these are cleared")
    func bindings() throws {
        let select = try database.prepare("SELECT ?")
        try select.bind(7, at: 1)
        #expect(try select.step())
        select.reset()
        #expect(try select.step() && select.integer(at: 0) == 7)
        select.reset()
        select.clearBindings()
        #expect(try select.step() && select.isNull(at: 0))
    }

    @Test("take text and other bytes, borrowed")
    func borrowedBytes() throws {
        let select = try database.prepare("SELECT ?, ?")
        try Array("a\0ñ".utf8).withUnsafeBytes { bytes in
            try select.bindBorrowed(text: bytes, at: 1)
            try select.bindBorrowed(blob: bytes, at: 2)
            #expect(try select.step())
            #expect((0..<2).map { select.value(at: $0) } == [.text("a\0ñ"), .blob(Array(bytes))])
            select.reset()
            select.clearBindings()
        }
    }

    @Test("tell empty bytes from NULL, even where the buffer has no address")
    func emptyBytes() throws {
        let select = try database.prepare("SELECT ?, ?, ?")
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        try select.bindBorrowed(text: empty, at: 1)
        try select.bindNull(at: 2)
        try select.bindBorrowed(blob: empty, at: 3)
        #expect(try select.step())
        #expect((0..<3).map { select.value(at: $0) } == [.text(""), .null, .blob([])])
    }

    @Test("lend the bytes of a column's text")
    func textBytes() throws {
        let select = try database.prepare("SELECT 'a' || char(0) || 'ñ', 12, NULL, ''")
        #expect(try select.step())
        #expect((0..<4).map { Array(select.textBytes(at: $0)) } == [Array("a\0ñ".utf8), Array("12".utf8), [], []])
    }

    @Test("convert a value read as another type, as SQLite does")
    func conversions() throws {
        let select = try database.prepare("SELECT '12abc', 2.9, NULL, 5")
        #expect(try select.step())
        #expect((0..<4).map { select.integer(at: $0) } == [12, 2, 0, 5])
        #expect(select.double(at: 3) == 5)
        #expect(select.text(at: 3) == "5")
        #expect(select.isNull(at: 99) && select.integer(at: -1) == 0)
    }

    @Test("know their text, their columns and whether they write")
    func description() throws {
        let select = try database.prepare("SELECT id AS number, name FROM t")
        #expect(select.columnCount == 2)
        #expect(select.sql == "SELECT id AS number, name FROM t")
        #expect(select.isReadOnly)
        #expect(try !database.prepare("DELETE FROM t").isReadOnly)
    }

    @Test("outlive the variable that held the database")
    func outlivesDatabase() throws {
        let select = try Database.inMemory().prepare("SELECT 7")
        #expect(try select.step() && select.integer(at: 0) == 7)
    }

    @Test(
        "are one, neither none nor several nor cut short",
        arguments: ["", " -- nothing", "SELECT 1; SELECT 2", "SELECT 1\0, 2"]
    )
    func notOneStatement(sql: String) {
        #expect(errorCode { _ = try database.prepare(sql) } == .misuse)
    }

    @Test(
        "may end in semicolons, space and comments",
        arguments: ["SELECT 1;", "SELECT 1 ; ; -- that is all\n", "/* one */ SELECT 1"]
    )
    func trailingSpace(sql: String) throws {
        #expect(try database.scalar(sql) == .integer(1))
    }

    @Test("want one value for each parameter", arguments: [[], [Value.integer(1)], [.integer(1), .null, .null]])
    func valuesAndParameters(values: [Value]) {
        #expect(errorCode { try database.run("SELECT ?, ?", values) } == .range)
    }

    @Test("have no parameter 0, nor one past the last", arguments: [0, 2, Int.max, Int.min])
    func parameterOutOfRange(index: Int) throws {
        let select = try database.prepare("SELECT ?")
        #expect(errorCode { try select.bind("a", at: index) } == .range)
    }

    @Test("give all rows, the first, its first column, or none")
    func queries() throws {
        try database.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')")
        let rows: [[Value]] = [[.integer(1), .text("a")], [.integer(2), .text("b")]]
        #expect(try database.all("SELECT * FROM t ORDER BY id") == rows)
        #expect(try database.first("SELECT * FROM t WHERE id = ?", [.integer(2)]) == rows[1])
        #expect(try database.scalar("SELECT name FROM t WHERE id = ?", [.integer(2)]) == .text("b"))
        #expect(try database.scalar("SELECT NULL") == .null)
        #expect(try database.scalar("SELECT name FROM t WHERE id = 3") == nil)
        #expect(try database.first("SELECT name FROM t WHERE id = 3") == nil)
        #expect(try database.all("SELECT name FROM t WHERE id = 3") == [])
    }

    @Test("that write and return rows are done when the first is read")
    func returning() throws {
        #expect(try database.scalar("INSERT INTO t(name) VALUES ('a'), ('b') RETURNING id") == .integer(1))
        #expect(try database.scalar("SELECT count(*) FROM t") == .integer(2))
        #expect(!database.isInTransaction)
    }

    @Test("that fail as they commit say so, though the first row could be read")
    func failingReturning() throws {
        try database.execute("PRAGMA foreign_keys = ON")
        try database.execute(
            "CREATE TABLE child(parent REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)"
        )
        let code = errorCode { _ = try database.scalar("INSERT INTO child VALUES (9) RETURNING parent") }
        #expect(code == .constraint(.foreignKey))
    }

    @Test("of a script run in order, up to the first that fails")
    func script() throws {
        let script =
            "INSERT INTO t VALUES (1, 'a;b'); -- one\nSELECT * FROM t; INSERT INTO t VALUES (1, 'c'); DROP TABLE t"
        #expect(errorCode { try database.execute(script) } == .constraint(.primaryKey))
        #expect(try database.all("SELECT name FROM t") == [[.text("a;b")]])
    }

    @Test("name anything once it is quoted", arguments: ["order", "5\" disk", "\"", "", "a b.c", "\"\u{301}ñ"])
    func quotedIdentifiers(name: String) throws {
        try database.execute(
            "CREATE TABLE \((name + " table").quotedIdentifier)(\((name + " column").quotedIdentifier))"
        )
        #expect(
            try database.scalar("SELECT name FROM sqlite_schema ORDER BY rowid DESC LIMIT 1") == .text(name + " table")
        )
        let columns = try database.all("SELECT name FROM pragma_table_info(?)", [.text(name + " table")])
        #expect(columns == [[.text(name + " column")]])
    }
}
