import SQLite
import Testing

@Suite struct InterruptionTests {
    private let endless = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT sum(n / n) FROM c"

    @Test("A long statement ends when it is asked to")
    func statement() throws {
        let database = try Database.inMemory()
        var questions = 0
        database.interrupt {
            questions += 1
            return questions > 3
        }
        #expect(errorCode { _ = try database.scalar(endless) } == .interrupted)
        database.interrupt { false }
        #expect(try database.scalar("SELECT 1") == .integer(1))
    }

    @Test("Who is let go of is asked no more")
    func lettingGo() throws {
        let long = """
            WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000) SELECT count(*) FROM c
            """
        let database = try Database.inMemory()
        var questions = 0
        database.interrupt {
            questions += 1
            return false
        }
        _ = try database.scalar(long)
        let asked = questions
        #expect(asked > 0)
        database.interrupt(when: nil)
        _ = try database.scalar(long)
        #expect(questions == asked)
    }

    @Test("So does a copy")
    func copy() throws {
        let folder = try ScratchFolder()
        let database = try Database(path: folder.file("a.db"), mode: .create, busyTimeout: 0)
        try database.execute("CREATE TABLE t (a)")
        #expect(errorCode { try database.backup(to: folder.file("b.db"), unless: { true }) } == .interrupted)
    }
}
