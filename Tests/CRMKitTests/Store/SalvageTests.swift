import Formats
import Foundation
import SQLite
import TestSupport
import Testing

@testable import CRMKit

/// A damaged file is read page by page: what comes out is what went in, what is said to be lost covers what is not
/// there, and the new file is sound.
@Suite("Salvage")
struct SalvageTests {
    /// A file of some pages for every table that holds people's data: a copy for each trial.
    private static func makeFile() throws -> (folder: URL, path: String) {
        let folder = try TemporaryStore.makeFolder()
        let file = folder.appendingPathComponent("crm.db")
        try bytes.get().write(to: file)
        return (folder, file.path)
    }

    private static let bytes = Result {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("crm.db")
        try fill(file.path)
        return try Data(contentsOf: file)
    }

    private static func fill(_ path: String) throws {
        let store = try TemporaryStore.open(path, .writing(creating: true))
        let registry = Registry.standard
        func add(_ module: ModuleName, _ fields: [(String, String)], _ transaction: Transaction) throws -> Int64 {
            try transaction.add(registry[module], fields.map { FieldInput($0.0, .set($0.1)) })
        }
        try store.write(TemporaryStore.request()) { transaction in
            _ = try add("organization", [("name", "Acme")], transaction)
            for number in 1...400 {
                let name = "Núñez \(number)"
                let id = try add(
                    "contact",
                    [
                        ("first_name", "Eva"), ("last_name", name), ("email", "p\(number)@example.org"),
                        ("organization", "1"), ("description", String(repeating: "word \(number) ", count: 9)),
                    ],
                    transaction
                )
                if number % 4 == 0 {
                    _ = try add("comment", [("contact", "\(id)"), ("body", "Note of \(number)")], transaction)
                    _ = try add(
                        "opportunity",
                        [
                            ("name", "Deal \(number)"), ("contact", "\(id)"), ("amount", "\(number)"),
                            ("close_date", "2030-01-01"), ("stage", "prospecting"),
                        ],
                        transaction
                    )
                }
            }
            _ = try add("comment", [("contact", "1"), ("body", String(repeating: "Ñandú ", count: 4000))], transaction)
        }
    }

    private func salvage(_ path: String, into place: String) throws -> SalvageReport {
        try Salvage(
            of: path,
            modules: FileRegistry(.standard),
            steps: MigrationStep.exchange,
            clock: TemporaryStore.clock
        )
        .run(into: place, TemporaryStore.request("crm salvage"), naming: { "lost \($0)" }, unless: { false })
    }

    private func export(_ path: String) throws -> [UInt8] {
        let sink = ByteSink.memory()
        try DatabaseExport(TemporaryStore.open(path, .reading)).write(to: sink)
        return sink.bytes
    }

    /// The columns of people's tables that no reference and no derivation changes, by the ids of their rows.
    private func texts(_ store: Store) throws -> [String: [Int64: [Value]]] {
        let queries = [
            "contact": "SELECT \"id\", \"last_name\", \"email\", \"description\" FROM \"contact\"",
            "comment": "SELECT \"id\", \"body\", \"created_at\" FROM \"comment\"",
            "opportunity": "SELECT \"id\", \"name\", \"amount\", \"stage\" FROM \"opportunity\"",
        ]
        return try queries.mapValues { query in
            Dictionary(uniqueKeysWithValues: try store.database.all(query).map { ($0[0].integer ?? 0, $0) })
        }
    }

    @Test("of a whole file gives all of it, history too")
    func whole() throws {
        let (folder, path) = try Self.makeFile()
        defer { try? FileManager.default.removeItem(at: folder) }
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let report = try salvage(path, into: path + ".new")
        #expect(report.isWhole && report.findings.isEmpty && report.substitutes == 0, "\(report)")
        #expect(try export(path + ".new") == export(path))
        let sql = "SELECT * FROM \"created\" ORDER BY 1, 2, 3"
        let (one, other) = (try TemporaryStore.open(path, .reading), try TemporaryStore.open(path + ".new", .reading))
        #expect(try one.database.all(sql) == other.database.all(sql))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("makes a table that is missing, and finds one again whose name was damaged")
    func tables() throws {
        let (folder, path) = try Self.makeFile()
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try Database(path: path, mode: .readWrite, busyTimeout: 0)
        try database.execute(
            "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; DROP TABLE contact_case; ALTER TABLE comment RENAME TO c0mment"
        )
        let report = try salvage(path, into: path + ".new")
        #expect(report.tables.filter(\.isDamaged).map(\.name) == ["contact_case"])
        let store = try TemporaryStore.open(path + ".new", .reading)
        #expect(try store.database.scalar("SELECT count(*) FROM comment") == .integer(101))
        #expect(try store.database.scalar("SELECT count(*) FROM contact_case") == .integer(0))
        #expect(try store.check().isEmpty)
    }

    /// Writes what its tables do not take into a file: while it is written they say that they take anything.
    private func write(_ sql: String, to path: String) throws {
        let file = URL(fileURLWithPath: path)
        var data = try Data(contentsOf: file)
        var places: [(start: Int, word: String)] = []
        for word in [" NOT NULL", ") STRICT"] {
            var start = 0
            while let range = data.range(of: Data(word.utf8), in: start..<data.count) {
                // Of an index it is the condition.
                if data[range.lowerBound - 2..<range.lowerBound] != Data("IS".utf8) {
                    places.append((range.lowerBound, word))
                }
                start = range.upperBound
            }
        }
        func setWords(_ spelled: (String) -> String) throws {
            for (start, word) in places {
                data.replaceSubrange(start..<start + word.utf8.count, with: Data(spelled(word).utf8))
            }
            try data.write(to: file)
        }
        try setWords { String($0.first ?? " ") + String(repeating: " ", count: $0.utf8.count - 1) }
        try Database(path: path, mode: .readWrite, busyTimeout: 0).execute(sql)
        data = try Data(contentsOf: file)
        try setWords { $0 }
    }

    /// Values that do not fit, by what writes them; where they were, what is there now, and what is told.
    static let misfits: [(sql: String, place: String, now: Value, told: String)] = [
        ("UPDATE contact SET birthdate = 'May' WHERE id = 7", "birthdate FROM contact WHERE id = 7", .null, "\"May\""),
        ("UPDATE contact SET birthdate = 5.5 WHERE id = 7", "birthdate FROM contact WHERE id = 7", .null, "\"5.5\""),
        (
            "UPDATE contact SET title = x'426fff7373' WHERE id = 7", "title FROM contact WHERE id = 7",
            .text("Bo\u{FFFD}ss"), "title is damaged"
        ),
        (
            "UPDATE contact SET lead_source = x'77ff62' WHERE id = 7", "lead_source FROM contact WHERE id = 7", .null,
            "lead_source could not be read: it is empty now"
        ),
        (
            "UPDATE contact SET organization = 'x' WHERE id = 7", "organization FROM contact WHERE id = 7", .null,
            "organization cannot be \"x\": it is empty now"
        ),
        (
            "UPDATE contact SET do_not_call = 'x' WHERE id = 7", "do_not_call FROM contact WHERE id = 7", .integer(0),
            "do_not_call cannot be \"x\": it has a stand-in now"
        ),
        (
            "UPDATE contact SET created_at = NULL WHERE id = 7", "created_at FROM contact WHERE id = 7",
            .text(TemporaryStore.clock.now), "created_at could not be read"
        ),
        (
            "UPDATE opportunity SET amount = 'much' WHERE id = 7", "amount FROM opportunity WHERE id = 7", .integer(0),
            "amount cannot be \"much\": it has a stand-in now"
        ),
        (
            "UPDATE opportunity SET currency = 'XX' WHERE id = 7", "currency FROM opportunity WHERE id = 7",
            .text(Settings.defaultCurrency), "currency is \"XX\""
        ),
        (
            "UPDATE comment SET contact = 'x' WHERE id = 7",
            "c.name FROM comment o JOIN contact c ON c.id = o.contact WHERE o.id = 7", .text("lost 401"),
            "contact cannot be \"x\": it has a stand-in now"
        ),
        (
            "UPDATE comment SET body = NULL WHERE id = 7", "body FROM comment WHERE id = 7", .text("lost 7"),
            "body could not be read: it has a stand-in now"
        ),
    ]

    @Test("keeps the rest of a row of which a value cannot be kept, and tells of that", arguments: misfits.indices)
    func misfit(_ number: Int) throws {
        let (sql, place, now, told) = Self.misfits[number]
        let (folder, path) = try Self.makeFile()
        defer { try? FileManager.default.removeItem(at: folder) }
        let original = try texts(TemporaryStore.open(path, .reading))
        try write(sql, to: path)
        let report = try salvage(path, into: path + ".new")
        #expect(report.changed == 1 && report.leftOut == 0 && !report.isWhole && report.findings == [], "\(report)")
        #expect(report.changedValues.map(\.text.en).contains { $0.contains(told) }, "\(report.changedValues)")
        let store = try TemporaryStore.open(path + ".new", .reading)
        #expect(try store.database.scalar("SELECT \(place)") == now)
        #expect(try store.check() == [])
        for (table, rows) in try texts(store) {
            #expect(original[table]?.keys.allSatisfy { rows[$0] != nil } == true)
        }
    }

    @Test("takes from its link what a record cannot be without")
    func mirrored() throws {
        let (folder, path) = try Self.makeFile()
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("UPDATE opportunity SET contact = NULL WHERE id = 7", to: path)
        let report = try salvage(path, into: path + ".new")
        #expect(report.isWhole && report.findings == [], "\(report)")
        let store = try TemporaryStore.open(path + ".new", .reading)
        #expect(try store.database.scalar("SELECT contact FROM opportunity WHERE id = 7") == .integer(28))
    }

    @Test("keeps of a text whose end cannot be read the beginning, and the rest of its row")
    func longText() throws {
        let (folder, path) = try Self.makeFile()
        defer { try? FileManager.default.removeItem(at: folder) }
        let original = try texts(TemporaryStore.open(path, .reading))
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        // A page of nothing else: it is none of the table's own.
        let words = Data(String(repeating: "Ñandú ", count: 500).utf8)
        let page = try #require(data.range(of: words, options: .backwards)).lowerBound / 4096 * 4096
        data.replaceSubrange(page..<page + 4096, with: Data(repeating: 0xFF, count: 4096))
        let broken = folder.appendingPathComponent("broken.db")
        try data.write(to: broken)
        let report = try salvage(broken.path, into: path + ".new")
        // The times stand behind the text, and are lost with its end.
        #expect((2...4).contains(report.changed) && report.leftOut == 0 && report.findings == [], "\(report)")
        let row = try #require(texts(TemporaryStore.open(path + ".new", .reading))["comment"]?[101])
        let whole = original["comment"]?[101]?[1].text ?? ""
        // The end may be within a letter.
        let kept = (row[1].text ?? "").replacingOccurrences(of: "\u{FFFD}", with: "")
        #expect(whole.hasPrefix(kept) && kept.count > 4000 && kept.count < whole.count)
        #expect(row[2] == .text(TemporaryStore.clock.now))
    }

    /// What happens to a file.
    enum Damage: String, CaseIterable {
        case header, firstPage, page, pages, zeros, cut, bytes
    }

    static let trials = Damage.allCases.flatMap { damage in (1...3).map { (damage, $0) } }

    private func damage(_ data: inout Data, _ damage: Damage, _ random: inout SeededGenerator) {
        func fill(_ range: Range<Int>, zeros: Bool = false) {
            for index in range.clamped(to: 0..<data.count) {
                data[index] = zeros ? 0 : UInt8.random(in: .min ... .max, using: &random)
            }
        }
        let pages = data.count / 4096
        switch damage {
        case .header: fill(0..<100)
        case .firstPage: fill(0..<4096)
        case .page, .pages:
            for _ in 0..<(damage == .page ? 1 : 8) {
                let page = Int.random(in: 1..<pages, using: &random)
                fill(page * 4096..<(page + 1) * 4096)
            }
        case .zeros:
            let place = Int.random(in: 4096..<data.count, using: &random)
            fill(place..<place + 30_000, zeros: true)
        case .cut: data = data.prefix(Int.random(in: data.count / 3..<data.count, using: &random))
        case .bytes:
            for _ in 0..<60 {
                let place = Int.random(in: 100..<data.count, using: &random)
                fill(place..<place + 1)
            }
        }
    }

    @Test("of a damaged file gives what went in, says what is lost, and is sound", arguments: trials)
    func damaged(_ kind: Damage, _ seed: Int) throws {
        let (folder, path) = try Self.makeFile()
        defer { try? FileManager.default.removeItem(at: folder) }
        var random = SeededGenerator(seed: UInt64(seed))
        let original = try texts(TemporaryStore.open(path, .reading))
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        damage(&data, kind, &random)
        let broken = folder.appendingPathComponent("broken.db")
        try data.write(to: broken)
        let place = folder.appendingPathComponent("new.db").path
        let report = try salvage(broken.path, into: place)
        #expect(try Data(contentsOf: broken) == data)
        let store = try TemporaryStore.open(place, .writing(creating: false))
        // Single bytes change what rows say without a trace, and may make a choice none of its field.
        func isTold(_ finding: Finding) -> Bool { kind != .bytes || finding.severity == .error }
        #expect(try store.check().filter(isTold).map(\.text.en) == [])
        #expect(report.findings.filter(isTold) == [])
        guard kind != .bytes else { return }
        for (table, rows) in try texts(store) {
            let told = report.tables.first { $0.name == table }
            let changed = Set(report.changedValues.filter { $0.table == table }.compactMap(\.id))
            for (id, row) in rows where row != original[table]?[id] && !changed.contains(id) {
                #expect(row.contains(.text("lost \(id)")), "\(table) \(id): \(row)")
            }
            let missing = original[table, default: [:]].filter { rows[$0.key] != $0.value }.map(\.key)
            let lost = told?.lost ?? []
            let untold = missing.filter { id in !changed.contains(id) && !lost.contains { $0.contains(id) } }
            #expect(untold.count <= (told?.leftOut ?? 0) + report.strayRows, "\(table): \(untold), told: \(lost)")
        }
        // One page is no more than the rows of one, wherever it is.
        if kind == .header { #expect(report.isWhole, "\(report)") }
        if kind == .page || kind == .firstPage { #expect(try texts(store)["contact"]?.count ?? 0 > 350, "\(report)") }
    }

    /// A small file with a field of its own, and where the statements of the program's tables are in it.
    private static func makeDefinedFile() throws -> (folder: URL, path: String, statements: [Range<Int>]) {
        let folder = try TemporaryStore.makeFolder()
        let path = folder.appendingPathComponent("crm.db").path
        let own = try defineField(in: TemporaryStore.open(path, .writing(creating: true)))
        // The store is closed, so that all of it is in the file itself.
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return (folder, path, own.compactMap { data.range(of: Data($0.utf8)) })
    }

    /// Adds a field and a contact that has it.
    ///
    /// - Returns: the statements of the program's tables.
    private static func defineField(in store: Store) throws -> [String] {
        try store.write(TemporaryStore.request()) { transaction in
            var field = FieldRequest()
            field.type = "text"
            _ = try transaction.addField("region", to: DefinedRows(.contact), field)
        }
        try store.write(TemporaryStore.request()) { transaction in
            let fields = [
                ("first_name", "Eva"), ("last_name", "Núñez"), ("email", "p@example.org"), ("region", "Norte"),
                ("description", "word"),
            ]
            _ = try transaction.add(store.registry[.contact], fields.map { FieldInput($0.0, .set($0.1)) })
        }
        let statements = try store.database.schemaStatements()
        return Schema(registry: store.registry).objects.filter { !$0.isIndex }.compactMap { statements[$0.name] }
    }

    @Test("of a file whose schema is damaged in a byte gives everything under its name", arguments: 1...30)
    func damagedStatement(_ seed: Int) throws {
        let (folder, path, statements) = try Self.makeDefinedFile()
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(statements.count > 50)
        var random = SeededGenerator(seed: UInt64(seed))
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        let statement = try #require(statements.randomElement(using: &random))
        let place = Int.random(in: statement, using: &random)
        data[place] = seed.isMultiple(of: 3) ? 0xF1 : UInt8(ascii: "Q")
        let broken = folder.appendingPathComponent("broken.db")
        try data.write(to: broken)
        let text = String(decoding: data[statement], as: UTF8.self)
        let report = try salvage(broken.path, into: path + ".new")
        #expect(report.isWhole && report.findings == [], "\(text): \(report)")
        #expect(try export(path + ".new") == export(path), "\(text)")
        #expect(try TemporaryStore.open(path + ".new", .writing(creating: false)).check() == [], "\(text)")
    }

    /// What a file says of its format.
    enum Header: CaseIterable {
        /// The format.
        case marked
        /// Nothing, as a copy that SQLite's shell made with `.dump`.
        case unmarked
        /// Nothing that can be read.
        case damaged
    }

    @Test(
        "of a file of any format makes one of the present format",
        arguments: FormatTests.formats,
        Header.allCases
    )
    func earlierFormats(format: String, header: Header) throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Files")
        let path = folder.appendingPathComponent("crm.db").path
        let sql = try String(contentsOf: source.appendingPathComponent(format), encoding: .utf8)
        // Formats before 14 wrote so where nobody knew when a case was closed, later ones only where it is so.
        let closed = """
            UPDATE "case" SET "opened_at" = '2020-01-01T00:00:00Z', "closed_at" = "created_at" WHERE "id" = 1;
            """
        try Database(path: path, mode: .create, busyTimeout: 0).execute(sql + closed)
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        switch header {
        case .marked: break
        case .unmarked:
            // user_version and application_id: https://www.sqlite.org/fileformat2.html#the_database_header
            for place in [60, 68] { data.replaceSubrange(place..<place + 4, with: Data(count: 4)) }
        case .damaged: data.replaceSubrange(0..<100, with: Data(repeating: 0xAA, count: 100))
        }
        let broken = folder.appendingPathComponent("broken.db")
        try data.write(to: broken)
        let report = try salvage(broken.path, into: path + ".new")
        #expect(report.isWhole && report.findings == [], "\(report)")
        _ = try TemporaryStore.open(path, .writing(creating: false))
        #expect(try export(path + ".new") == export(path))
    }

    @Test("takes what is committed and waits in the log")
    func log() throws {
        let (folder, path) = try Self.makeFile()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try TemporaryStore.open(path, .writing(creating: false))
        try store.write(TemporaryStore.request()) { transaction in
            _ = try transaction.edit(Registry.standard["contact"], id: 7, [FieldInput("title", .set("Boss"))])
        }
        #expect(FileManager.default.fileExists(atPath: path + "-wal"))
        let report = try salvage(path, into: path + ".new")
        #expect(report.isWhole, "\(report)")
        #expect(
            try TemporaryStore.open(path + ".new", .reading).database.scalar(
                "SELECT \"title\" FROM \"contact\" WHERE \"id\" = 7"
            ) == .text("Boss")
        )
    }

    @Test(
        "refuses what is no database of the program, and to write over a file",
        arguments: ["", "text", "foreign", "newer"]
    )
    func refused(_ kind: String) throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("x.db").path
        switch kind {
        case "": try Data().write(to: URL(fileURLWithPath: path))
        case "text": try Data(repeating: 0x41, count: 9000).write(to: URL(fileURLWithPath: path))
        case "foreign":
            try Database(path: path, mode: .create, busyTimeout: 0).execute("CREATE TABLE \"contact\" (\"id\" INTEGER)")
        default:
            let store = try TemporaryStore.open(path, .writing(creating: true))
            try store.database.execute("PRAGMA user_version = 60")
        }
        let error = #expect(throws: CRMError.self) { try salvage(path, into: path + ".new") }
        #expect(error?.code == .configuration)
        #expect(!FileManager.default.fileExists(atPath: path + ".new"))
        try Data().write(to: URL(fileURLWithPath: path + ".new"))
        #expect(throws: CRMError.self) { try salvage(path, into: path + ".new") }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path + ".new")).isEmpty)
    }
}
