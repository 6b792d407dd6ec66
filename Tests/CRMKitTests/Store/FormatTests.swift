import Formats
import Foundation
import SQLite
import Testing

@testable import CRMKit

/// Files of every format, the present one too, kept as SQL: a record of every module, links, what cards hold beside the
/// fields, settings, history with a deletion and an undo. The present program must take them over whole.
@Suite struct FormatTests {
    private static let files = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Files")

    /// `format-1.sql` and those after it.
    static let formats: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: files.path)) ?? []
        return names.filter { $0.hasPrefix("format-") && $0.hasSuffix(".sql") }
            .sorted { ($0.count, $0) < ($1.count, $1) }
    }()

    /// - Parameter change: what the file holds instead, in its SQL.
    private func open(_ format: String, changed change: (old: String, new: String)? = nil) throws -> Store {
        let path = try TemporaryStore.makeFolder().appendingPathComponent("crm.db").path
        var sql = try String(contentsOf: Self.files.appendingPathComponent(format), encoding: .utf8)
        if let change { sql = sql.replacingOccurrences(of: change.old, with: change.new) }
        try Database(path: path, mode: .create, busyTimeout: 0).execute(sql)
        return try TemporaryStore.open(path, .writing(creating: false))
    }

    private func export(_ store: Store) throws -> [UInt8] {
        let sink = ByteSink.memory()
        try DatabaseExport(store).write(to: sink)
        return sink.bytes
    }

    /// `make golden` keeps one of a format that is new: what the upgrade makes of the newest before it.
    @Test("a file of every format is kept") func aFileOfEveryFormatIsKept() throws {
        var formats = Self.formats
        let present = "format-\(Schema.version).sql"
        if ProcessInfo.processInfo.environment["RENEW_GOLDEN"] != nil, !formats.contains(present),
            let newest = formats.last
        {
            try dump(open(newest).database).write(
                to: Self.files.appendingPathComponent(present),
                atomically: true,
                encoding: .utf8
            )
            formats.append(present)
        }
        #expect(formats == (1...Schema.version).map { "format-\($0).sql" }, "`make golden` keeps one of a new format")
    }

    /// A database as SQL, its pragmas with it.
    private func dump(_ database: Database) throws -> String {
        let path = try #require(try database.scalar("SELECT \"file\" FROM pragma_database_list")?.text)
        let shell = Process()
        let output = Pipe()
        shell.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        shell.arguments = ["sqlite3", path, ".dump"]
        shell.standardOutput = output
        try shell.run()
        let sql = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
        let pragmas = try ["application_id", "user_version"].map { name in
            "PRAGMA \(name) = \(try database.scalar("PRAGMA \(name)")?.integer ?? 0);\n"
        }
        return sql + pragmas.joined()
    }

    @Test("a dump makes the same file again") func aDumpMakesTheSameFileAgain() throws {
        let store = try open("format-13.sql")
        let path = try TemporaryStore.makeFolder().appendingPathComponent("crm.db").path
        try Database(path: path, mode: .create, busyTimeout: 0).execute(dump(store.database))
        #expect(try export(TemporaryStore.open(path, .reading)) == export(store))
    }

    @Test("nothing is found in it", arguments: formats)
    func nothingIsFoundInIt(format: String) throws {
        let store = try open(format)
        #expect(try store.check() == [])
        #expect(try FileHeader(reading: store.database).version == Schema.version)
        #expect(try store.id(of: "message_id:<1@example.org>", in: .email) == 1)
    }

    /// Up to format 3 text was folded otherwise, and keys were kept in the Unicode form they came in.
    @Test(
        "what it holds is found as a new one finds it",
        arguments: [
            (Module.contact, "name:JÜRGEN WEISS", Int64(6)), (.contact, "email:josé@example.org", 6),
            (.contact, "ext:Café-1", 7), (.contact, "name:ILKER IŞIK", 7), (.asset, "serial:NIÑO-1", 5),
        ]
    )
    func whatItHoldsIsFoundAsANewOneFindsIt(module: Module, reference: String, id: Int64) throws {
        #expect(try open("format-3.sql").id(of: reference, in: module) == id)
    }

    /// Up to format 4 several records could have one number or code. The first keeps it.
    @Test("what must be unique is made so") func whatMustBeUniqueIsMadeSo() throws {
        let store = try open("format-4.sql")
        let numbers = [
            ("quote", "number", ["Q-1", "Q-1-3", "Q-1-4", "Q-1-2"]), ("product", "code", ["SKU-1", "SKU-1-2"]),
            ("contract", "number", ["P-1", "P-1-2"]), ("sales_order", "number", ["V-1", "V-1-2"]),
            ("purchase_order", "number", ["C-1", "C-1-2"]),
        ]
        for (table, column, values) in numbers {
            let rows = try store.database.all("SELECT \(column) FROM \(table) ORDER BY id")
            #expect(rows.map(\.[0].text) == values, "\(table)")
        }
        #expect(try store.id(of: "number:7-2", in: .case) == 3)
        let upgrade = try #require(try store.history().first { $0.command == "upgrade: unique numbers and codes" })
        #expect(upgrade.who == "upgrade")
        guard case .upgraded(_, let notes) = store.opening else { throw NotUpgraded() }
        let note = notes.first { $0.en.contains("7 that another record had") }
        #expect(note?.en.contains("log \(upgrade.id)") == true)
        #expect(crmError { _ = try store.undo(upgrade.id, TemporaryStore.request("crm undo")) }?.code == .conflict)
    }

    private struct NotUpgraded: Error {}

    /// Up to format 2 what cards held of further addresses and numbers was kept for the way back alone.
    @Test("what was kept of cards becomes contact points") func whatWasKeptOfCardsBecomesContactPoints() throws {
        let kept = [
            "TEL;TYPE=cell:+52 55 1111 2222", "TEL:ask at the desk", "EMAIL;TYPE=home:leo@hogar.example",
            "URL:https://leo.example.org", "IMPP:xmpp:leo@example.org",
            "item1.X-SOCIALPROFILE;TYPE=twitter;X-USER=leo:https://x.example/leo", "item1.X-ABLabel:_$!<Other>!$_",
        ]
        let store = try open(
            "format-1.sql",
            changed: (#"IMPP:xmpp:leo@example.org\r\n"#, kept.joined(separator: #"\r\n"#) + #"\r\n"#)
        )
        let part = try #require(Module.contact.cardPoints)
        let rows = try store.rows(of: part, in: .contact, record: 3).map { row in
            row.values.prefix(3).map { $0.text ?? "" }.joined(separator: " ")
        }
        #expect(
            rows == [
                "phone +52 55 1111 2222 cell", "email leo@hogar.example home", "url https://leo.example.org ",
                "chat xmpp:leo@example.org ", "profile https://x.example/leo other",
            ]
        )
        let cards = try VCardExchange.cards(of: store, .v4_0)
        // The mobile field is vacant, and the number is none of it.
        let written = kept.map { $0.replacing("TEL;TYPE=cell:", with: "TEL;TYPE=cell;X-CRM-POINT=1:") }
        for line in written { #expect(cards.contains("\r\n\(line)\r\n"), "\(line)") }
        #expect(try store.check() == [])
        guard case .upgraded(_, let notes) = store.opening else { throw NotUpgraded() }
        #expect(notes.contains { $0.en.contains("5 addresses and numbers kept of vCards") })
        let upgrade = try #require(try store.history(limit: 1).first)
        #expect(upgrade.who == "upgrade")
        _ = try store.undo(upgrade.id, TemporaryStore.request("crm undo"))
        #expect(try store.rows(of: part, in: .contact, record: 3).isEmpty)
    }

    /// Up to format 9 nobody counted what is open of the lines of an order.
    @Test("what is open of orders is counted") func whatIsOpenOfOrdersIsCounted() throws {
        let store = try open("format-9.sql")
        let open = { (table: String) in
            try store.database.all("SELECT \"open\" FROM \(table.quotedIdentifier) ORDER BY \"id\"")
                .map { $0[0].integer.map { $0 / 100_000 } }
        }
        #expect(try open("sales_order_line") == [10, 10, -20, 25])
        #expect(try open("purchase_order_line") == [0, 15])
        #expect(try open("quote_line").allSatisfy { $0 == nil })
        #expect(try store.storedRecord(.quote, id: 4)?["version"] == .integer(1))
    }

    /// So that what was deleted before has it too when it comes back.
    @Test("what is open comes back with the line") func whatIsOpenComesBackWithTheLine() throws {
        let store = try open("format-9.sql")
        let redo = try #require(try store.history().first { $0.undoes == 68 })
        for _ in 1...2 {
            let newest = try #require(try store.history(limit: 1).first)
            _ = try store.undo(newest.undoes == nil ? redo.id : newest.id, TemporaryStore.request(forced: true))
        }
        #expect(try store.check() == [])
        #expect(
            try store.database.scalar("SELECT \"open\" FROM \"sales_order_line\" WHERE \"id\" = 4")?.integer
                == 2_500_000
        )
    }

    /// Up to format 14 a whole day was reminded of by the moment at which it begins where it was asked.
    @Test(
        "what was reminded of a day is not told again",
        arguments: [
            ([], 1), (["2026-03-04T00:00:00Z"], 0), (["2026-03-04T06:00:00Z"], 0), (["2026-03-03T23:00:00Z"], 0),
            (["2026-03-03T23:00:00Z", "2026-03-04T06:00:00Z"], 0), (["2026-03-04T23:00:00Z"], 1),
        ]
    )
    func whatWasRemindedOfADayIsNotToldAgain(starts: [String], left: Int) throws {
        let asked = "INSERT INTO reminded VALUES(0,'9999',0,'2026-11-26T23:25:22Z',1);"
        let given = starts.map { "INSERT INTO reminded VALUES(2,'\($0)',172800,'2026-03-02T08:00:00Z',1);" }
        let event = """
            UPDATE event SET starts_at = '2026-03-04T00:00:00Z', all_day = 1, reminders = '[172800]' WHERE id = 2;
            """
        let store = try open("format-14.sql", changed: (asked, asked + event + given.joined()))
        var told = 0
        try store.takeReminders(TemporaryStore.request()) { reminders in
            told += reminders.count { $0.occurrence.id == 2 }
        }
        #expect(told == left)
    }

    /// A format, an amount of a row, and the currency that the record is to have.
    static let amounts: [(format: String, amount: String, currency: String?)] = [
        ("format-15.sql", "500", "MXN"), ("format-16.sql", "500", "MXN"), ("format-15.sql", "NULL", nil),
    ]

    /// Up to format 16 amounts in rows gave their record no currency.
    @Test("amounts in rows say the currency in which they were read", arguments: amounts)
    func amountsInRowsSayTheirCurrency(format: String, amount: String, currency: String?) throws {
        let point = """
            ALTER TABLE organization_point ADD COLUMN fee INTEGER;
            INSERT INTO organization_point (organization, position, kind, value, value_match, opted_out, fee) \
            VALUES (2, 1, 'url', 'https://a.example', 'a.example', 0, \(amount));
            INSERT INTO field_definition (name, module_name, key, type, label_en, label_es, required, natural_key, \
            hidden, external_id, created_at, updated_at) VALUES ('organization.point.fee', 'organization.point', 'fee', \
            'money', 'Fee', 'Cuota', 0, 0, 0, 'organization.point.fee', '2026-11-26T23:25:22Z', '2026-11-26T23:25:22Z');
            """
        let store = try open(format, changed: ("COMMIT;", point + "COMMIT;"))
        let organization = store.registry[.organization]
        #expect(try store.storedRecord(organization, id: 2)?.currency == currency)
        let part = organization.part(required: "point")
        let fees = try store.rows(of: part, in: organization, record: 2).map { $0.value("fee", of: part).integer }
        #expect(fees == [Int64(amount)])
        #expect(try store.check().allSatisfy { !$0.text.en.contains("no currency") })
    }

    @Test("it has the tables of a new one", arguments: formats)
    func itHasTheTablesOfANewOne(format: String) throws {
        let store = try open(format)
        let fresh = try TemporaryStore().store
        for sql in [
            "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2",
            "SELECT sql FROM sqlite_schema WHERE type = 'index' ORDER BY name",
        ] {
            #expect(try store.database.all(sql) == fresh.database.all(sql))
        }
        for table in Schema(registry: .standard).tables {
            #expect(try store.database.columnNames(of: table.name) == fresh.database.columnNames(of: table.name))
        }
    }

    @Test("every record can be edited", arguments: formats)
    func everyRecordCanBeEdited(format: String) throws {
        let store = try open(format)
        for module in Registry.standard.modules {
            let ids = try store.database.all("SELECT id FROM \(module.table.quotedIdentifier)")
                .compactMap { $0[0].integer }
            #expect(!ids.isEmpty, "the file has no \(module.name)")
            for id in ids {
                let changed = try store.write(TemporaryStore.request()) {
                    try $0.edit(module, id: id, [FieldInput("description", .set("edited"))])
                }
                #expect(changed)
            }
        }
        #expect(try store.check() == [])
    }

    @Test("its export makes an equal one", arguments: formats)
    func itsExportMakesAnEqualOne(format: String) throws {
        let store = try open(format)
        let lines = try export(store)
        let copy = try TemporaryStore()
        #expect(try DatabaseRoundTripTests.apply(lines, to: copy).failed == 0)
        #expect(String(decoding: try export(copy.store), as: UTF8.self) == String(decoding: lines, as: UTF8.self))
    }

    /// Those of format 4 have records of which the upgrade made unique what was not, which nothing can take back.
    @Test("its whole history can be taken back", arguments: formats.filter { $0 != "format-4.sql" })
    func itsWholeHistoryCanBeTakenBack(format: String) throws {
        let store = try open(format)
        let request = TemporaryStore.request("crm undo", forced: true)
        for changeSet in try store.history() where changeSet.undoes == nil && changeSet.undoneBy == nil {
            _ = try store.undo(changeSet.id, request)
        }
        for table in Registry.standard.tables {
            #expect(try store.database.scalar("SELECT count(*) FROM \(table.name.quotedIdentifier)") == .integer(0))
        }
    }

    @Test("what it took back can be done again", arguments: formats)
    func whatItTookBackCanBeDoneAgain(format: String) throws {
        let store = try open(format)
        let undoings = try store.history().filter { $0.undoes != nil }
        // What an upgrade has done since stands on them.
        for changeSet in try store.history() where changeSet.command == "upgrade: addresses and numbers of cards" {
            _ = try store.undo(changeSet.id, TemporaryStore.request("crm undo", forced: true))
        }
        for changeSet in undoings {
            _ = try store.undo(changeSet.id, TemporaryStore.request("crm undo", forced: true))
        }
        #expect(try store.check() == [])
    }

    @Test("its history tells the periods of tracked fields", arguments: formats)
    func itsHistoryTellsThePeriodsOfTrackedFields(format: String) throws {
        let store = try open(format)
        for table in store.tables {
            guard let part = table.part, let key = part.tracked else { continue }
            let records = try store.database.all(
                "SELECT \"id\", \(key.quotedIdentifier) FROM \(table.module.table.quotedIdentifier)"
            )
            for record in records {
                let rows = try store.rows(of: part, in: table.module, record: record[0].integer ?? 0)
                #expect(rows.map(\.position) == Array(1...Int64(max(rows.count, 1))).prefix(rows.count).map { $0 })
                #expect(rows.last?.values[0] ?? .null == record[1])
                #expect(rows.filter { $0.values[2].isNull }.count == (record[1].isNull ? 0 : 1))
                for (row, next) in zip(rows, rows.dropFirst()) { #expect(row.values[2] == next.values[1]) }
            }
        }
        #expect(
            try store.database.scalar(
                "SELECT count(*) > 0 FROM \"opportunity_stage_period\" WHERE \"left_at\" IS NOT NULL"
            ) == .integer(1)
        )
    }
}
