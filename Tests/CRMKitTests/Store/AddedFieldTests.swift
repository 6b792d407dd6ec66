import Foundation
import SQLite
import Testing

@testable import CRMKit

/// Fields that a later version brings, and what becomes of the records that are there.
@Suite struct AddedFieldTests {
    static let records = 10_000

    /// The contacts of a later version.
    static let later: Registry = {
        let contact = Registry.standard[.contact].adding([
            Field("level", .code, en: "Level", es: "Nivel", traits: .required, default: .text("it's new")),
            Field("partner", .boolean, en: "Partner", es: "Socio", default: .integer(1)),
            Field("greeting", .text, en: "Greeting", es: "Saludo", default: .text("Año Nuevo")),
            Field("hotline", .phone, en: "Hotline", es: "Línea", default: .text("55 1234 5678")),
            Field("region", .text, en: "Region", es: "Región"),
        ])
        return Registry(
            center: .contact,
            Registry.standard.names.map { name in
                (name, { name == .contact ? contact : Registry.standard[name] })
            }
        )
    }()

    let store: Store
    let path: String

    /// Ten thousand contacts, the last one deleted, the one before deleted and brought back, taken over by a later
    /// version.
    init() throws {
        path = try TemporaryStore.makeFolder().appendingPathComponent("crm.db").path
        let store = try TemporaryStore.open(path, .writing(creating: true))
        _ = try store.set(.country, to: "MX", TemporaryStore.request())
        try store.write(TemporaryStore.request()) { transaction in
            for number in 1...Self.records {
                _ = try transaction.add(.contact, [FieldInput("last_name", .set("Ruiz \(number)"))])
            }
        }
        for id in [Self.records - 1, Self.records] {
            try store.write(TemporaryStore.request()) {
                try $0.delete(.contact, id: Int64(id), reach: .alone)
            }
        }
        _ = try store.undo(3, TemporaryStore.request())
        try store.database.execute("PRAGMA user_version = 0")
        self.store = try Self.open(path, Self.later)
    }

    private static func open(_ path: String, _ registry: Registry) throws -> Store {
        try Store.open(
            path: path,
            purpose: .writing(creating: false),
            timeout: 5_000,
            modules: FileRegistry(registry),
            steps: MigrationStep.exchange,
            clock: TemporaryStore.clock
        )
    }

    private var contact: Module { Self.later[.contact] }

    private func record(_ id: Int) throws -> Record {
        try #require(try store.storedRecord(contact, id: Int64(id)))
    }

    @Test("every record has the defaults") func everyRecordHasTheDefaults() throws {
        for id in [1, Self.records - 1] {
            let record = try record(id)
            #expect(record["level"] == .text("it's new"))
            #expect(record["partner"] == .integer(1))
            #expect(record["greeting"] == .text("Año Nuevo"))
            #expect(record["region"] == .null)
        }
        #expect(try store.check() == [])
        #expect(
            try store.database.scalar("SELECT count(*) FROM contact WHERE greeting_match = 'ano nuevo'")
                == .integer(Int64(Self.records - 1))
        )
        #expect(try store.database.scalar("SELECT hotline_match FROM contact") == .text("525512345678"))
    }

    @Test("filters find them") func filtersFindThem() throws {
        for condition in ["level = \"it's new\"", "partner = yes", "greeting = 'ano nuevo'", "region is empty"] {
            var query = try store.list(contact)
            query.filters = [condition]
            #expect(try query.count(in: store) == Int64(Self.records - 1), "\(condition)")
        }
    }

    @Test("an old record can be edited") func anOldRecordCanBeEdited() throws {
        let changed = try store.write(TemporaryStore.request()) {
            try $0.edit(contact, id: 1, [FieldInput("title", .set("Socia"))])
        }
        #expect(changed)
        #expect(try record(1)["level"] == .text("it's new"))
    }

    @Test("a record deleted before comes back with the defaults") func aRecordDeletedBeforeComesBackWithTheDefaults()
        throws
    {
        _ = try store.undo(4, TemporaryStore.request())
        #expect(try record(Self.records)["level"] == .text("it's new"))
        #expect(try record(Self.records)["partner"] == .integer(1))
        #expect(try store.check() == [])
    }

    @Test("what lacks a value is found") func whatLacksAValueIsFound() throws {
        try store.database.execute(
            "UPDATE contact SET partner = NULL WHERE id = 7; UPDATE contact SET region = 'Norte' WHERE id = 8"
        )
        let findings = try store.check()
        #expect(findings.map(\.id) == [7, 8])
        #expect(findings.map(\.text.en).first?.contains("partner is missing") == true)
        #expect(findings.map(\.text.en).last?.contains("region would not be found") == true)
    }

    @Test("a missing column is found") func aMissingColumnIsFound() throws {
        try store.database.execute("ALTER TABLE contact DROP COLUMN partner")
        #expect(try store.check().map(\.text.en) == ["the column partner of the table contact is missing"])
    }
}

/// Steps that do more than add.
@Suite struct MigrationStepTests {
    let crm: TemporaryStore

    init() throws {
        crm = try TemporaryStore()
        try crm.add(.contact, ["last_name": "Ruiz", "title": "Socia"])
        try crm.add(.contact, ["last_name": "Paz", "title": "Jefe"])
        try crm.edit(.contact, 1, ["title": "Dueña"])
        try crm.delete(.contact, 2)
        try crm.store.database.execute(
            """
            ALTER TABLE "contact" RENAME COLUMN "title" TO "post"; ALTER TABLE "contact" DROP COLUMN "title_match";
            UPDATE "change" SET "before" = replace("before", '"title"', '"post"'); PRAGMA user_version = 0
            """
        )
    }

    private func upgrade(_ steps: [MigrationStep]) throws -> Store {
        let migration = Migration(
            database: crm.store.database,
            path: crm.store.path,
            place: crm.store.path,
            registry: .standard,
            clock: TemporaryStore.clock,
            steps: steps
        )
        _ = try migration.run()
        return try TemporaryStore.open(crm.store.path, .writing(creating: false))
    }

    @Test("a renamed column keeps its values and its history") func aRenamedColumnKeepsItsValuesAndItsHistory() throws {
        let store = try upgrade([
            MigrationStep(from: 0, prepare: { try $0.database.renameColumn("post", to: "title", of: "contact") })
        ])
        #expect(try store.check() == [])
        #expect(try store.id(of: "name:ruiz", in: .contact) == 1)
        _ = try store.undo(4, TemporaryStore.request())
        _ = try store.undo(3, TemporaryStore.request())
        let titles = try store.database.all("SELECT title, title_match FROM contact ORDER BY id")
        #expect(titles == [[.text("Socia"), .text("socia")], [.text("Jefe"), .text("jefe")]])
    }

    @Test("steps run in order from the format of the file on") func stepsRunInOrderFromTheFormatOfTheFileOn() throws {
        let store = try upgrade([
            MigrationStep(from: -1, fill: { try $0.run("UPDATE contact SET title = 'never'") }),
            MigrationStep(
                from: 0,
                prepare: { try $0.database.renameColumn("post", to: "job", of: "contact") },
                fill: { try $0.run("UPDATE contact SET title = job || '!'") }
            ),
            MigrationStep(
                from: 1,
                fill: {
                    try $0.run("UPDATE contact SET title = title || '?', title_match = 'duena!?'")
                    try $0.run("ALTER TABLE contact DROP COLUMN job")
                }
            ),
        ])
        #expect(try store.database.scalar("SELECT title FROM contact") == .text("Dueña!?"))
        #expect(try store.check() == [])
    }

    @Test("a step may write a change set that can be taken back") func aStepMayWriteAChangeSetThatCanBeTakenBack()
        throws
    {
        let store = try upgrade([
            MigrationStep(
                from: 0,
                prepare: { try $0.database.renameColumn("post", to: "title", of: "contact") },
                fill: { upgrade in
                    try upgrade.write("upgrade from format \(upgrade.format)") {
                        _ = try $0.edit(.contact, id: 1, [FieldInput("title", .set("Ama"))])
                    }
                }
            )
        ])
        #expect(try store.history(limit: 1).first?.command == "upgrade from format 0")
        _ = try store.undo(5, TemporaryStore.request("crm undo", forced: true))
        #expect(try store.database.scalar("SELECT title FROM contact") == .text("Dueña"))
    }

    @Test("a step that fails leaves the file as it was") func aStepThatFailsLeavesTheFileAsItWas() throws {
        let before = try crm.store.database.all("SELECT * FROM contact")
        let step = MigrationStep(
            from: 0,
            prepare: { try $0.database.renameColumn("post", to: "title", of: "contact") },
            fill: { try $0.run("UPDATE nothing SET x = 1") }
        )
        #expect(throws: SQLiteError.self) { _ = try upgrade([step]) }
        #expect(try crm.store.database.all("SELECT * FROM contact") == before)
        #expect(try crm.store.database.scalar("PRAGMA user_version") == .integer(0))
    }
}
