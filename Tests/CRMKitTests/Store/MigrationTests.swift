import Foundation
import SQLite
import Testing

@testable import CRMKit

/// What an upgrade does to a file of an earlier format, and to the folder it is in.
@Suite struct MigrationTests {
    let folder: URL
    var path: String { folder.appendingPathComponent("crm.db").path }
    var copy: String { path + ".format-0.backup" }
    var nextCopy: String { path + ".format-0.2.backup" }

    /// A file as an earlier version would have left it: without a column, an index and a table, and with an index
    /// that has been defined otherwise since.
    init() throws {
        folder = try TemporaryStore.makeFolder()
        let store = try TemporaryStore.open(folder.appendingPathComponent("crm.db").path, .writing(creating: true))
        _ = try store.write(TemporaryStore.request()) {
            try $0.add(.contact, [FieldInput("last_name", .set("Ruiz"))])
        }
        try store.database.execute(
            """
            DROP INDEX "contact_asset_open"; DROP TABLE "contact_asset";
            DROP INDEX "contact_fax_match"; ALTER TABLE "contact" DROP COLUMN "fax_match";
            ALTER TABLE "contact" DROP COLUMN "fax";
            ALTER TABLE "contact" DROP COLUMN "title_match"; UPDATE "contact" SET "title" = 'Dueña';
            DROP INDEX "contact_external_id"; DROP INDEX "contact_email_match";
            CREATE INDEX "contact_email_match" ON "contact" ("email_match"); PRAGMA user_version = 0
            """
        )
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
    }

    /// An upgrade that came as far as the steps.
    private func interrupt() throws {
        let database = try Database(path: path, mode: .readWrite, busyTimeout: 0)
        let step = MigrationStep(from: 0) { _ in throw Interrupted() }
        let migration = Migration(
            database: database,
            path: path,
            place: path,
            registry: .standard,
            clock: TemporaryStore.clock,
            steps: [step]
        )
        #expect(throws: Interrupted.self) { try migration.run() }
    }

    private struct Interrupted: Error {}

    /// Somebody who wishes to go on for a number of times, and then to stop.
    private final class Impatient: Stop {
        private let patience: Int
        private(set) var asked = 0
        private(set) var hasPassed = false

        init(patience: Int) { self.patience = patience }

        func hold() {}
        var isRequested: Bool {
            asked += 1
            return asked > patience
        }
        func pass() { hasPassed = true }
    }

    /// Up to format 15 only those that were keys had an index.
    @Test("addresses and numbers in fields of a file's own get their index", arguments: ["email", "phone"])
    func addressesAndNumbersInFieldsOfAFilesOwnGetTheirIndex(type: String) throws {
        let path = folder.appendingPathComponent("own.db").path
        let store = try TemporaryStore.open(path, .writing(creating: true))
        var request = FieldRequest()
        request.type = type
        _ = try store.write(TemporaryStore.request()) { try $0.addField("other", to: DefinedRows(.contact), request) }
        try store.database.execute("DROP INDEX \"contact_other_match\"; DROP INDEX \"contact_fax_match\"")
        let marks = try #require(try store.database.scalar("PRAGMA user_version")?.integer)
        try store.database.execute("PRAGMA user_version = \(marks - Schema.version + 15)")
        let upgraded = try TemporaryStore.open(path, .writing(creating: false))
        for index in ["contact_other_match", "contact_fax_match"] {
            #expect(
                try upgraded.database.scalar("SELECT count(*) FROM sqlite_schema WHERE name = ?", [.text(index)])
                    == .integer(1)
            )
        }
        #expect(try upgraded.check() == [])
    }

    @Test("an upgrade that is stopped leaves the file as it was and nothing beside")
    func anUpgradeThatIsStoppedLeavesTheFileAsItWasAndNothingBeside() throws {
        let patient = Impatient(patience: .max)
        let origin = try Data(contentsOf: URL(fileURLWithPath: path))
        func open(_ stop: Impatient) throws {
            _ = try Store.open(
                path: path,
                purpose: .reading,
                timeout: 0,
                modules: FileRegistry(.standard),
                steps: [],
                stop: stop,
                clock: TemporaryStore.clock
            )
        }
        try open(patient)
        #expect(patient.hasPassed && patient.asked > 1)
        for patience in 0..<patient.asked {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
            }
            try origin.write(to: URL(fileURLWithPath: path))
            let stop = Impatient(patience: patience)
            #expect(crmError { try open(stop) }?.code == .interrupted)
            #expect(try names() == ["crm.db"])
            #expect(!stop.hasPassed)
            let database = try Database(path: path, mode: .readOnly, busyTimeout: 0)
            #expect(try database.scalar("PRAGMA user_version") == .integer(0))
            #expect(try database.columnNames(of: "contact").contains("fax") == false)
        }
        try open(patient)
    }

    @Test(
        "an older file is copied and gets what it lacks",
        arguments: [Store.Purpose.reading, .writing(creating: false)]
    )
    func anOlderFileIsCopiedAndGetsWhatItLacks(purpose: Store.Purpose) throws {
        let store = try TemporaryStore.open(path, purpose)
        #expect(store.opening == .upgraded(copy: copy, notes: []))
        #expect(try store.database.scalar("PRAGMA user_version") == .integer(Schema.version))
        let fresh = try TemporaryStore().store
        let objects = "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
        #expect(try store.database.all(objects) == fresh.database.all(objects))
        let indexes = "SELECT sql FROM sqlite_schema WHERE type = 'index' ORDER BY name"
        #expect(try store.database.all(indexes) == fresh.database.all(indexes))
        let columns = "SELECT name, type FROM pragma_table_info('contact') ORDER BY 1"
        #expect(try store.database.all(columns) == fresh.database.all(columns))
        #expect(try store.id(of: "name:ruiz", in: .contact) == 1)
        #expect(try store.database.scalar("SELECT title_match FROM contact") == .text("duena"))
        #expect(try store.check().isEmpty)
        #expect(try TemporaryStore.open(path, purpose).opening == .found)

        let old = try Database(path: copy, mode: .readOnly, busyTimeout: 0)
        #expect(try old.scalar("PRAGMA user_version") == .integer(0))
        #expect(try old.scalar("SELECT count(*) FROM contact") == .integer(1))
        let attributes = try FileManager.default.attributesOfItem(atPath: copy)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("another file of that name stays and the copy takes the next number")
    func anotherFileOfThatNameStaysAndTheCopyTakesTheNextNumber() throws {
        try Data("x".utf8).write(to: URL(fileURLWithPath: copy))
        #expect(
            try TemporaryStore.open(path, .writing(creating: false)).opening == .upgraded(copy: nextCopy, notes: [])
        )
        #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == Data("x".utf8))
    }

    @Test("an interrupted upgrade is done by the next with the copy it made")
    func anInterruptedUpgradeIsDoneByTheNextWithTheCopyItMade() throws {
        try interrupt()
        #expect(try names() == ["crm.db", "crm.db.format-0.backup"])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
        #expect(try TemporaryStore.open(path, .reading).opening == .upgraded(copy: copy, notes: []))
        #expect(try names() == ["crm.db", "crm.db.format-0.backup"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == bytes)
    }

    @Test("what was written after an interrupted upgrade is copied too")
    func whatWasWrittenAfterAnInterruptedUpgradeIsCopiedToo() throws {
        try interrupt()
        try Database(path: path, mode: .readWrite, busyTimeout: 0).execute("UPDATE contact SET title = 'Socia'")
        #expect(try TemporaryStore.open(path, .reading).opening == .upgraded(copy: nextCopy, notes: []))
        let titles = try [copy, nextCopy].map {
            try Database(path: $0, mode: .readOnly, busyTimeout: 0).scalar("SELECT title FROM contact")
        }
        #expect(titles == [.text("Dueña"), .text("Socia")])
    }

    @Test("a half made copy is made anew") func aHalfMadeCopyIsMadeAnew() throws {
        let unfinished = folder.appendingPathComponent(".crm.db.format-0.backup.0123456789abc.draft")
        try Data("half".utf8).write(to: unfinished)
        try Data("half".utf8).write(to: URL(fileURLWithPath: unfinished.path + "-journal"))
        #expect(try TemporaryStore.open(path, .reading).opening == .upgraded(copy: copy, notes: []))
        #expect(try names() == ["crm.db", "crm.db.format-0.backup"])
    }

    @Test("where the copy cannot be made nothing is done") func whereTheCopyCannotBeMadeNothingIsDone() throws {
        // The file itself can be written, and its name leaves no room for that of the copy.
        let long = folder.appendingPathComponent(String(repeating: "x", count: 245)).path
        try FileManager.default.moveItem(atPath: path, toPath: long)
        #expect(crmError { _ = try TemporaryStore.open(long, .reading) }?.code == .inputOutput)
        #expect(try Database(path: long, mode: .readOnly, busyTimeout: 0).scalar("PRAGMA user_version") == .integer(0))
    }

    @Test("several upgraders at once all find it done") func severalUpgradersAtOnceAllFindItDone() async throws {
        let path = path
        let openings = try await withThrowingTaskGroup(of: Store.Opening.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    let store = try TemporaryStore.open(path, .writing(creating: false), timeout: 20_000)
                    #expect(try store.check().isEmpty)
                    return store.opening
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(openings.filter { $0 == .upgraded(copy: copy, notes: []) }.count == 1)
        #expect(openings.filter { $0 == .found }.count == 5)
    }

    @Test("a trial upgrades a copy alone, and leaves the file and its folder as they were")
    func aTrialUpgradesACopyAlone() throws {
        let origin = try Data(contentsOf: URL(fileURLWithPath: path))
        func open() throws -> Store {
            try Store.open(
                path: path,
                purpose: .writing(creating: false),
                timeout: 0,
                modules: FileRegistry(.standard),
                steps: MigrationStep.exchange,
                isTrial: true,
                clock: TemporaryStore.clock
            )
        }
        do {
            let store = try open()
            #expect(store.opening == .tried)
            #expect(store.opening.notes(of: path).count == 1)
            let id = try store.write(TemporaryStore.request().trial) {
                try $0.add(.contact, [FieldInput("last_name", .set("Gil")), FieldInput("fax", .set("600"))])
            }
            #expect(id == 2)
            #expect(try store.storedRecord(.contact, id: 2) == nil)
            #expect(try store.storedRecord(.contact, id: 1)?["last_name"] == .text("Ruiz"))
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == origin)
        #expect(try names() == ["crm.db"])
        let other = try Database(path: path, mode: .readWrite, busyTimeout: 0)
        try other.execute("BEGIN IMMEDIATE")
        #expect(crmError { _ = try open() }?.code == .busy)
    }
}
