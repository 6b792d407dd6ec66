import Foundation
import Localization
import SQLite

@testable import CRMKit

/// A new database in a folder of its own, removed with it, and short ways to write to it.
final class TemporaryStore {
    let folder: URL
    let store: Store

    /// Monday, 2026-03-02, half past nine in UTC.
    static let clock: Clock = {
        guard let moment = Moment(secondsSinceEpoch: 1_772_443_800),
            let zone = try? TimeZoneSetting(TZ: "", zones: .system)
        else {
            preconditionFailure("the fixed moment is in the calendar")
        }
        return Clock(zone: zone, at: moment)
    }()

    init() throws {
        folder = try Self.makeFolder()
        let file = folder.appendingPathComponent("crm.db")
        try Self.emptyDatabase.get().write(to: file)
        store = try Self.open(file.path, .writing(creating: false))
    }

    /// To make one anew for each of hundreds of tests takes longer than what they try.
    private static let emptyDatabase = Result {
        let folder = try makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("crm.db")
        // Closed at once, so that all of it is in the file.
        _ = try open(file.path, .writing(creating: true))
        return try Data(contentsOf: file)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    static func makeFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("crm-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    static func open(_ path: String, _ purpose: Store.Purpose, timeout: Int32 = 5_000) throws -> Store {
        try Store.open(
            path: path,
            purpose: purpose,
            timeout: timeout,
            modules: FileRegistry(.standard),
            steps: MigrationStep.exchange,
            clock: clock
        )
    }

    static func request(_ command: String = "crm test", who: String = "ana", forced: Bool = false) -> WriteRequest {
        WriteRequest(who: who, command: command, isForced: forced)
    }

    func write<T>(_ request: WriteRequest = TemporaryStore.request(), _ body: (Transaction) throws -> T) throws -> T {
        try store.write(request, body)
    }

    /// Adds a record by `field=value` pairs.
    @discardableResult
    func add(_ module: ModuleName, _ fields: KeyValuePairs<String, String>, who: String = "ana") throws -> Int64 {
        try write(Self.request("crm \(module) add", who: who)) {
            try $0.add(Registry.standard[module], fields.map { FieldInput($0.key, .set($0.value)) })
        }
    }

    @discardableResult
    func edit(
        _ module: ModuleName,
        _ id: Int64,
        _ fields: KeyValuePairs<String, String>,
        who: String = "ana"
    ) throws -> Bool {
        try write(Self.request("crm \(module) edit \(id)", who: who)) {
            try $0.edit(Registry.standard[module], id: id, fields.map { FieldInput($0.key, .set($0.value)) })
        }
    }

    func delete(_ module: ModuleName, _ id: Int64, reach: DeletionReach = .alone) throws {
        try write(Self.request("crm \(module) delete \(id)")) {
            try $0.delete(Registry.standard[module], id: id, reach: reach)
        }
    }

    @discardableResult
    func link(
        _ module: ModuleName,
        contact: Int64,
        record: Int64,
        _ attributes: KeyValuePairs<String, String> = [:],
        replacing: Bool = false
    ) throws -> (outcome: LinkOutcome, ended: Int) {
        try write(Self.request("crm contact link \(module)")) {
            try $0.link(
                Registry.standard[module],
                contact: contact,
                record: record,
                Self.attributes(of: module, attributes),
                replacing: replacing
            )
        }
    }

    @discardableResult
    func unlink(
        _ module: ModuleName,
        contact: Int64,
        record: Int64,
        role: Value? = nil,
        endedOn date: String? = nil
    ) throws -> Int {
        try write(Self.request("crm contact unlink \(module)")) {
            try $0.linkWriter(of: Registry.standard[module]).unlink(
                contact: contact,
                record: record,
                role: role,
                endedOn: date
            )
        }
    }

    @discardableResult
    func undo(_ id: Int64? = nil, who: String = "ana", forced: Bool = false) throws -> UndoReport {
        try store.undo(id, Self.request("crm undo", who: who, forced: forced))
    }

    static func attributes(of module: ModuleName, _ given: KeyValuePairs<String, String>) -> LinkAttributes {
        guard let link = Registry.standard[module].contacts.link else { preconditionFailure("\(module) has no links") }
        var attributes = LinkAttributes(of: link)
        for (key, text) in given { attributes[key] = text.isEmpty ? .null : .text(text) }
        return attributes
    }

    func value(_ module: ModuleName, _ id: Int64, _ key: String) throws -> Value {
        try store.storedRecord(Registry.standard[module], id: id)?[key] ?? .null
    }

    func count(_ table: String) throws -> Int {
        Int(try store.database.scalar("SELECT count(*) FROM \(table.quotedIdentifier)")?.integer ?? -1)
    }

    /// The rows of a query, each as the texts of its values; nothing is a hyphen.
    func rows(_ sql: String, separatedBy separator: String = " ") throws -> [String] {
        try store.database.all(sql).map { row in
            row.map { $0.text ?? $0.integer.map(String.init) ?? "-" }.joined(separator: separator)
        }
    }

    /// The newest change set.
    var newest: ChangeSet {
        get throws {
            guard let newest = try store.history(limit: 1).first else { throw NoChangeSet() }
            return newest
        }
    }

    struct NoChangeSet: Error {}

    /// Lets a second pass.
    func tick() {
        let clock = store.clock
        guard let moment = Moment(secondsSinceEpoch: clock.moment.secondsSinceEpoch + 1) else { return }
        store.clock = Clock(zone: clock.zone, at: moment)
    }

    /// Everything in the tables of records, links and settings, `updated_at` aside, as lines of text.
    func contents() throws -> [String] {
        let database = store.database
        return try Self.tables.flatMap { table -> [String] in
            let name = table.quotedIdentifier
            guard try database.scalar("SELECT EXISTS (SELECT 1 FROM \(name))") == 1 else { return [] }
            let columns = try database.all("SELECT \"name\" FROM pragma_table_info(?)", [.text(table)])
                .compactMap { $0[0].text }
            // Put together by SQLite, which takes a hundredth of what it takes here.
            let cells = columns.map { "coalesce(' \($0)=' || \($0.quotedIdentifier), '')" }.joined(separator: " || ")
            return try database.all("SELECT \(cells) FROM \(name) ORDER BY \(columns[0].quotedIdentifier)").map { row in
                table + (row[0].text ?? "")
            }
        }
    }

    private static let tables = Registry.standard.tables.map(\.name) + [Settings.table]
}

/// The error a body throws as a ``CRMError``; `nil` where it throws none.
func crmError(_ body: () throws -> Void) -> CRMError? {
    do {
        try body()
        return nil
    } catch {
        return error as? CRMError
    }
}
