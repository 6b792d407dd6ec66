import SQLite
import Testing

@Suite("Functions and settings")
struct FunctionTests {
    let database: Database

    init() throws {
        database = try Database.inMemory()
    }

    @Test(
        "a function gets its arguments and gives its result in any storage class",
        arguments: [Value.null, .integer(-1), .real(0.5), .text("a\0ñ"), .text(""), .blob([0, 1]), .blob([])]
    )
    func passes(value: Value) throws {
        try database.defineFunction("second", argumentCount: 2) { $0[1] }
        #expect(try database.scalar("SELECT second(1, ?)", [value]) == value)
    }

    @Test("a function reads texts where they are, and nothing else as one")
    func texts() throws {
        #expect(!database.hasFunction("size"))
        try database.defineFunction("Size", argumentCount: 1) { arguments in
            arguments.textBytes(at: 0).map { .integer(Int64($0.count)) } ?? .null
        }
        #expect(database.hasFunction("size"))
        #expect(
            try database.first("SELECT size('a' || char(0) || 'ñ'), size(''), size(12), size(x'6162'), size(NULL)")
                == [.integer(4), .integer(0), .null, .null, .null]
        )
    }

    @Test("a function of any number of arguments")
    func anyCount() throws {
        try database.defineFunction("how_many", argumentCount: -1) { .integer(Int64($0.count)) }
        #expect(try database.first("SELECT how_many(), how_many(1, 2, 3)") == [.integer(0), .integer(3)])
    }

    @Test("a function cannot become part of the schema")
    func directOnly() throws {
        try database.defineFunction("mine", argumentCount: 0) { _ in .integer(1) }
        try database.execute("CREATE VIEW v AS SELECT mine() AS a")
        #expect(errorCode { _ = try database.scalar("SELECT a FROM v") } == .error)
    }

    @Test("a function is freed with its database, or when it is refused")
    func freed() throws {
        final class Token {}
        weak var kept: Token?
        weak var refused: Token?
        do {
            let database = try Database.inMemory()
            let (first, second) = (Token(), Token())
            (kept, refused) = (first, second)
            try database.defineFunction("f", argumentCount: 0) { _ in withExtendedLifetime(first) { .null } }
            let code = errorCode {
                try database.defineFunction("f", argumentCount: 1000) { _ in withExtendedLifetime(second) { .null } }
            }
            #expect(code == .misuse)
        }
        #expect(kept == nil)
        #expect(refused == nil)
    }
}
