import Foundation
import SQLite
import Testing

@testable import CRMKit

@Suite struct OpeningTests {
    let folder: URL
    var path: String { folder.appendingPathComponent("crm.db").path }

    init() throws { folder = try TemporaryStore.makeFolder() }

    private func open(_ purpose: Store.Purpose) throws -> Store { try TemporaryStore.open(path, purpose) }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test("a missing file is not found and not made", arguments: [Store.Purpose.reading, .writing(creating: false)])
    func aMissingFileIsNotFoundAndNotMade(purpose: Store.Purpose) throws {
        let error = crmError { _ = try open(purpose) }
        #expect(error?.code == .notFound)
        #expect(error?.hint?.en.calling(program: "crm").contains("crm init") == true)
        #expect(try names().isEmpty)
    }

    @Test("a new file is for its owner alone") func aNewFileIsForItsOwnerAlone() throws {
        let store = try open(.writing(creating: true))
        #expect(store.wasCreated)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try store.database.scalar("PRAGMA application_id") == .integer(Schema.applicationID))
        #expect(try store.database.scalar("PRAGMA user_version") == .integer(Schema.version))
        #expect(try store.database.scalar("PRAGMA journal_mode") == .text("wal"))
        #expect(try store.database.scalar("PRAGMA synchronous") == .integer(2))
        #expect(try store.database.scalar("PRAGMA foreign_keys") == .integer(1))
        #expect(try !open(.writing(creating: true)).wasCreated)
    }

    /// A file in the journal mode of other tools, whose writer was killed when a part of its change was in the file.
    @Test("a change that was cut short is taken back before it is read")
    func aChangeThatWasCutShortIsTakenBackBeforeItIsRead() throws {
        let whole = folder.appendingPathComponent("whole.db").path
        let store = try TemporaryStore.open(whole, .writing(creating: true))
        try store.write(TemporaryStore.request()) { transaction in
            for number in 0..<300 {
                _ = try transaction.add(.contact, [FieldInput("last_name", .set("Ruiz \(number)"))])
            }
        }
        try store.database.execute(
            "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 5; BEGIN IMMEDIATE; UPDATE contact SET title = 'half done'"
        )
        for suffix in ["", "-journal"] {
            try FileManager.default.copyItem(atPath: whole + suffix, toPath: path + suffix)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data("half done".utf8)) != nil)
        let half = "SELECT count(*) FROM contact WHERE title = 'half done'"
        #expect(try open(.reading).database.scalar(half) == .integer(0))
        #expect(try !names().contains("crm.db-journal"))
    }

    @Test("a path that is no file is refused", arguments: ["", ":memory:"])
    func aPathThatIsNoFileIsRefused(path: String) {
        #expect(crmError { _ = try TemporaryStore.open(path, .writing(creating: true)) }?.code == .configuration)
    }

    @Test("a URI is the name of a file") func aURIIsTheNameOfAFile() throws {
        #expect(crmError { _ = try TemporaryStore.open("file:\(path)?mode=memory", .reading) }?.code == .notFound)
    }

    @Test("an empty file is a database only for those who make one") func anEmptyFileIsADatabaseOnlyForThoseWhoMakeOne()
        throws
    {
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(crmError { _ = try open(.reading) }?.code == .configuration)
        #expect(crmError { _ = try open(.writing(creating: false)) }?.code == .configuration)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int == 0)
        #expect(try open(.writing(creating: true)).wasCreated)
    }

    @Test(
        "a file of another kind is refused untouched",
        arguments: [Store.Purpose.reading, .writing(creating: false), .writing(creating: true)]
    )
    func aFileOfAnotherKindIsRefusedUntouched(purpose: Store.Purpose) throws {
        let text = Data(String(repeating: "first_name,last_name\n", count: 100).utf8)
        try text.write(to: URL(fileURLWithPath: path))
        #expect(crmError { _ = try open(purpose) }?.code == .configuration)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
        #expect(try names() == ["crm.db"])
    }

    @Test(
        "a database of another program is refused",
        arguments: [
            "CREATE TABLE \"contact\" (\"id\" INTEGER PRIMARY KEY)", "PRAGMA application_id = 1",
            "PRAGMA user_version = 1",
        ]
    )
    func aDatabaseOfAnotherProgramIsRefused(sql: String) throws {
        try Database(path: path, mode: .create, busyTimeout: 0).execute(sql)
        for purpose in [Store.Purpose.reading, .writing(creating: true)] {
            let error = crmError { _ = try open(purpose) }
            #expect(error?.code == .configuration)
            #expect(error?.message.en.contains("another program") == true)
        }
    }

    @Test("a newer file is refused untouched") func aNewerFileIsRefusedUntouched() throws {
        try open(.writing(creating: true)).database.execute("PRAGMA user_version = \(Schema.version + 1)")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        for purpose in [Store.Purpose.reading, .writing(creating: true)] {
            let error = crmError { _ = try open(purpose) }
            #expect(error?.code == .configuration)
            #expect(error?.message.en.contains("newer") == true)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("a folder is no database") func aFolderIsNoDatabase() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(crmError { _ = try open(.reading) }?.code == .configuration)
    }

    @Test("a busy file is said to be busy") func aBusyFileIsSaidToBeBusy() throws {
        let holder = try open(.writing(creating: true))
        try holder.database.execute("BEGIN IMMEDIATE")
        let other = try TemporaryStore.open(path, .writing(creating: false), timeout: 0)
        let error = crmError { try other.write(TemporaryStore.request()) { _ in } }
        #expect(error?.code == .busy)
        #expect(error?.hint?.en.contains("--timeout") == true)
    }

    @Test("a statement in the way of another is no other process") func aStatementInTheWayOfAnotherIsNoOtherProcess()
        throws
    {
        let database = try open(.writing(creating: true)).database
        try database.execute("CREATE TEMP TABLE t (a); INSERT INTO t VALUES (1)")
        let select = try database.prepare("SELECT a FROM t")
        #expect(try select.step())
        let failure = #expect(throws: SQLiteError.self) { try database.execute("DROP TABLE t") }
        let error = try CRMError(#require(failure), path: path)
        #expect(error.code == .failed && error.hint == nil && error.message.en.contains("a fault of the program"))
    }

    /// SQLite keeps the log beside the file, and so does whoever looks for it.
    @Test("what waits beside the file of a link is read") func whatWaitsBesideTheFileOfALinkIsRead() throws {
        let link = folder.appendingPathComponent("elsewhere").appendingPathComponent("link.db").path
        try FileManager.default.createDirectory(
            atPath: FilePath(link).folder,
            withIntermediateDirectories: false
        )
        let store = try open(.writing(creating: true))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "../crm.db")
        try store.database.execute("PRAGMA user_version = \(65536 + Schema.version)")
        let file = DatabaseFile(path: link, timeout: 0)
        #expect(file.hasPendingLog && file.mayHaveDefinitions)
        let linked = try TemporaryStore.open(link, .reading)
        #expect(linked.path == link && linked.place.hasSuffix("crm.db"))
        try Data().write(to: URL(fileURLWithPath: path + ".format-1.backup"))
        #expect(try linked.keptCopies().found.map(\.origin) == [.upgrade])
    }

    @Test("several makers at once make one database") func severalMakersAtOnceMakeOneDatabase() async throws {
        let path = path
        let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let store = try TemporaryStore.open(path, .writing(creating: true), timeout: 20_000)
                    _ = try store.write(TemporaryStore.request(who: "user \(number)")) {
                        try $0.add(.contact, [FieldInput("last_name", .set("Maker \(number)"))])
                    }
                    return store.wasCreated
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 }.count == 1)
        let store = try open(.reading)
        #expect(try store.database.scalar("SELECT count(*) FROM contact") == .integer(8))
        #expect(try store.history().count == 8)
    }

    /// The superuser may write anywhere, so that these only say something for others.
    @Test("a read only file can be read and not written", .enabled(if: geteuid() != 0))
    func aReadOnlyFileCanBeReadAndNotWritten() throws {
        _ = try open(.writing(creating: true)).write(TemporaryStore.request()) {
            try $0.add(.contact, [FieldInput("last_name", .set("Ruiz"))])
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
        #expect(try open(.reading).id(of: "name:Ruiz", in: .contact) == 1)
        let error = crmError {
            _ = try open(.writing(creating: true)).write(TemporaryStore.request()) {
                try $0.add(.contact, [FieldInput("last_name", .set("Sosa"))])
            }
        }
        #expect(error?.code == .inputOutput)
    }

    @Test("a folder that cannot be written can be read from", .enabled(if: geteuid() != 0))
    func aFolderThatCannotBeWrittenCanBeReadFrom() throws {
        _ = try open(.writing(creating: true)).write(TemporaryStore.request()) {
            try $0.add(.contact, [FieldInput("last_name", .set("Ruiz"))])
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path) }
        #expect(try open(.reading).id(of: "name:Ruiz", in: .contact) == 1)
        #expect(try names() == ["crm.db"])
    }

    @Test("a format that no version makes is refused", arguments: [-3, -65536, -2_147_483_648])
    func aFormatThatNoVersionMakesIsRefused(version: Int) throws {
        let sql = "PRAGMA user_version = \(version)"
        try TemporaryStore.open(path, .writing(creating: true)).database.execute(sql)
        for purpose in [Store.Purpose.reading, .writing(creating: false), .writing(creating: true)] {
            let error = crmError { _ = try open(purpose) }
            #expect(error?.code == .configuration && error?.message.en.contains("\(version)") == true)
        }
        let database = try Database(path: path, mode: .readOnly, busyTimeout: 0)
        #expect(try database.scalar("PRAGMA user_version") == .integer(Int64(version)))
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        #expect(try !FileManager.default.contentsOfDirectory(atPath: folder).contains { $0.contains(".backup") })
    }
}
