import SQLite
import TestSupport
import Testing

@Suite("Values")
struct ValueTests {
    let database: Database

    init() throws {
        database = try Database.inMemory()
    }

    @Test(
        "come back as they were bound",
        arguments: [
            Value.null, .integer(0), .integer(.min), .integer(.max), .real(0.1), .real(-.infinity), .real(1),
            .text(""), .text("José 日本 👩‍👩‍👧"), .text("a\0b"), .text("\0"), .text(String(repeating: "ñ", count: 100_000)),
            .blob([]), .blob([0, 255, 0]),
        ]
    )
    func roundTrip(value: Value) throws {
        #expect(try database.scalar("SELECT ?", [value]) == value)
        try database.execute("CREATE TABLE t(a)")
        #expect(try database.run("INSERT INTO t VALUES (?)", [value]) == 1)
        #expect(try database.first("SELECT a FROM t") == [value])
    }

    @Test(
        "know their storage class",
        arguments: [
            (Value.null, StorageClass.null), (.integer(1), .integer), (.real(1), .real), (.text(""), .text),
            (.blob([]), .blob),
        ]
    )
    func storageClass(value: Value, expected: StorageClass) throws {
        let statement = try database.prepare("SELECT ?")
        try statement.bind(value, at: 1)
        #expect(try statement.step())
        #expect(statement.type(at: 0) == expected)
        #expect(statement.isNull(at: 0) == (expected == .null))
    }

    @Test("not a number becomes NULL")
    func notANumber() throws {
        #expect(try database.scalar("SELECT ?", [.real(.nan)]) == .null)
    }

    @Test("random text and bytes come back whole")
    func randomRoundTrip() throws {
        var generator = SeededGenerator(seed: 42)
        let statement = try database.prepare("SELECT ?1, ?2, length(CAST(?1 AS BLOB))")
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            try statement.bind(all: [.text(text), .blob(bytes)])
            #expect(try statement.step())
            #expect(statement.value(at: 0) == .text(text))
            #expect(statement.blob(at: 1) == bytes)
            #expect(statement.integer(at: 2) == Int64(text.utf8.count))
            statement.reset()
        }
    }
}
