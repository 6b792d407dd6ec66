import Testing

@testable import CRMKit

/// A small database for reports, filled at chosen moments and asked on Monday, 2026-03-02, half past nine in UTC.
struct ReportDesk {
    let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    /// A desk with a client and three contacts, two of them of that client.
    static func withPeople() throws -> ReportDesk {
        let desk = try ReportDesk()
        try desk.on("2026-01-01")
        try desk.add(.organization, ["name": "Acme", "industry": "manufacturing"])
        try desk.add(.contact, ["last_name": "Ruiz", "organization": "1", "email": "ruiz@example.org"])
        try desk.add(.contact, ["last_name": "Soto"])
        try desk.add(.contact, ["last_name": "Vega", "organization": "1"])
        return desk
    }

    /// Goes to the beginning of a day.
    func on(_ day: String, at time: String = "00:00:00") throws {
        crm.store.clock = try #require(
            Moment(stored: "\(day)T\(time)Z").map { Clock(zone: crm.store.clock.zone, at: $0) }
        )
    }

    /// Adds a record, with rows of a part where there are any.
    @discardableResult
    func add(
        _ module: ModuleName,
        _ fields: KeyValuePairs<String, String>,
        lines: [String] = []
    ) throws -> Int64 {
        try crm.write {
            let rows = lines.isEmpty ? [] : [FieldInput("lines", .addRows(lines))]
            return try $0.add(Registry.standard[module], fields.map { FieldInput($0.key, .set($0.value)) } + rows)
        }
    }

    /// What a report says, a line a row, with `|` between values as they are stored and `-` for none.
    func rows(
        _ name: String,
        by keys: String? = nil,
        having: [String] = [],
        where filters: [String] = [],
        _ parameters: KeyValuePairs<String, String> = [:]
    ) throws -> [String] {
        crm.store.clock = TemporaryStore.clock
        var query = ReportQuery(try #require(Report.named(name)))
        query.parameters = parameters.map { ($0.key, $0.value) }
        query.filters = filters
        query.having = having
        if let keys { query.keys = try SummaryParser.keys(keys, option: "--by") }
        let rows = try query.rows(in: crm.store)
        var lines: [String] = []
        while try rows.next() {
            let cells = rows.columns.map { rows.isNull($0.position) ? "-" : text(rows.value($0.position)) }
            lines.append(cells.joined(separator: "|"))
        }
        return lines
    }

    private func text(_ value: Value) -> String { value.text ?? value.integer.map(String.init) ?? "-" }
}
