import SQLite
import Testing

@testable import CRMKit

/// A database in memory with the tables of the definitions, filled by SQL alone.
final class SampleDatabase {
    let database: Database
    let registry = Registry.standard

    /// 15 May 2026, noon in a zone six hours behind UTC.
    let context: ValueContext

    init() throws {
        database = try Database.inMemory()
        try database.execute("PRAGMA foreign_keys = ON")
        for statement in Self.statements { try database.execute(statement) }
        let zone = try TimeZoneSetting(TZ: "CST6", zones: .system)
        let moment = try #require(Moment(secondsSinceEpoch: 1_778_868_000))
        context = ValueContext(clock: Clock(zone: zone, at: moment), currency: "MXN", country: "MX")
    }

    private static let statements = Schema(registry: .standard).statements

    /// Inserts a record; required fields that are not given hold the least they can.
    @discardableResult
    func add(_ name: ModuleName, _ values: [String: Value]) throws -> Int64 {
        let module = registry[name]
        var values = values
        for field in module.storedFields where field.isRequired || field.key.hasSuffix("ed_at") {
            guard values[field.key] == nil, field.key != "closed_at", field.key != "opened_at" else { continue }
            switch field.type {
            case .date: values[field.key] = "2026-01-01"
            case .dateTime: values[field.key] = "2026-01-01T00:00:00Z"
            case .money: values[field.key] = 0
            case .choice(let choices): values[field.key] = .text(choices[0].key)
            case .reference: break
            default: values[field.key] = "-"
            }
        }
        return try insert(into: module.table, module.storedFields, values)
    }

    /// Inserts a link between a contact and a record.
    @discardableResult
    func link(_ contact: Int64, _ name: ModuleName, _ record: Int64, _ values: [String: Value] = [:]) throws -> Int64 {
        let definition = CRMKit.Relation(registry[name], center: registry.center)
        let relation = try #require(definition)
        var values = values
        values["contact"] = .integer(contact)
        values[name.rawValue] = .integer(record)
        values["created_at"] = "2026-01-01T00:00:00Z"
        return try insert(into: relation.table, relation.fields, values)
    }

    private func insert(into table: String, _ fields: [Field], _ values: [String: Value]) throws -> Int64 {
        var columns = values
        for field in fields {
            guard let column = field.matchColumn, let text = values[field.key]?.text, columns[column] == nil else {
                continue
            }
            columns[column] = .text(field.type.matchKey(for: text, country: "MX"))
        }
        let known = Set(fields.flatMap { $0.columns + [$0.matchColumn].compactMap { $0 } })
        for key in columns.keys { try #require(known.contains(key), "\(table) has no column \(key)") }
        let sorted = columns.sorted { $0.key < $1.key }
        let names = sorted.map(\.key.quotedIdentifier).joined(separator: ", ")
        let marks = sorted.map { _ in "?" }.joined(separator: ", ")
        try database.run("INSERT INTO \(table.quotedIdentifier) (\(names)) VALUES (\(marks))", sorted.map(\.value))
        return database.lastInsertedRowID
    }

    /// Inserts a row of a part of a record.
    func add(
        _ part: String,
        to name: ModuleName,
        _ record: Int64,
        _ position: Int64,
        _ values: [String: Value]
    ) throws {
        let found = registry[name].parts.first { $0.name == part }
        let table = Table(try #require(found), of: registry[name])
        var values = values
        for field in table.fields {
            guard let variants = field.variants, let kind = values[variants.key] else { continue }
            guard let text = values[field.key]?.text, let type = variants.type(beside: kind) else { continue }
            values["\(field.key)_match"] = .text(type.matchKey(for: text, country: "MX"))
        }
        values[name.rawValue] = .integer(record)
        values[Part.positionKey] = .integer(position)
        _ = try insert(into: table.name, table.fields, values)
    }

    /// A query for the records of a module.
    func list(_ name: ModuleName, where filters: String...) -> ListQuery {
        var query = ListQuery(registry[name], registry: registry, context: context)
        query.filters = filters
        return query
    }

    /// What the records that pass a filter are called, in the order of their ids.
    func names(_ name: ModuleName, where filters: String...) throws -> [String] {
        var query = list(name)
        query.filters = filters
        query.columns = ["name"]
        let rows = try query.rows(in: database, path: "")
        var names: [String] = []
        while try rows.next() { names.append(rows.text(0)) }
        #expect(try query.count(in: database) == Int64(names.count))
        return names
    }
}

extension Rows {
    /// Every row as the values at the positions of its columns.
    func all() throws -> [[Value]] {
        var all: [[Value]] = []
        while try next() { all.append(columns.map { value($0.position) }) }
        return all
    }
}

/// The error a body throws, which must be one of the program's own.
func queryError(_ body: () throws -> Void) -> CRMError? {
    do {
        try body()
        return nil
    } catch {
        if !(error is CRMError) { Issue.record(error) }
        return error as? CRMError
    }
}
