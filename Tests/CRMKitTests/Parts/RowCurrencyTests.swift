import Formats
import Testing

@testable import CRMKit

/// Amounts in rows, which a field of the file's own adds to the contact points of organizations. Those need no currency
/// of their own.
@Suite("An amount in a row")
struct RowCurrencyTests {
    private let crm: TemporaryStore
    private static let points = DefinedRows(.organization, within: "point")

    init() throws {
        crm = try TemporaryStore()
        var request = FieldRequest()
        request.type = "money"
        try crm.write { _ = try $0.addField("fee", to: Self.points, request) }
    }

    private var organization: Module { crm.store.registry[.organization] }
    private var point: Part { organization.part(required: "point") }

    private func currency(_ id: Int64) throws -> String? {
        try crm.store.storedRecord(organization, id: id)?.currency
    }

    private func fees(_ id: Int64) throws -> [Int64?] {
        try crm.store.rows(of: point, in: organization, record: id).map { $0.value("fee", of: point).integer }
    }

    @discardableResult
    private func add(_ name: String, in currency: String? = nil, _ points: String...) throws -> Int64 {
        try crm.write {
            try $0.add(
                organization,
                [FieldInput("name", .set(name)), FieldInput("points", .addRows(points))]
                    + (currency.map { [FieldInput("currency", .set($0))] } ?? [])
            )
        }
    }

    private func edit(_ id: Int64, _ inputs: FieldInput...) throws {
        _ = try crm.write { try $0.edit(organization, id: id, inputs) }
    }

    private func addPoint(_ text: String, to id: Int64) throws {
        _ = try crm.write { try $0.add(point, to: id, of: organization, point.inputs(text)) }
    }

    private struct TakenBack: Error {}

    /// What is wrong with a row of an import, which is kept where nothing is.
    private func take(_ row: Row) throws -> [RowProblem] {
        var options = ImportOptions()
        options.match = row.key == "id" ? ["id"] : []
        let work = try RecordImport(organization, registry: crm.store.registry, options: options)
        var rows = try InputRows(ByteSource(bytes: Array(row.input.utf8)), format: row.format, name: "organization")
        var problems: [RowProblem] = []
        do {
            try crm.write(TemporaryStore.request("crm import")) { transaction in
                _ = try work.take(from: &rows, in: transaction, reject: { found, _ in problems += found }, advance: {})
                if !problems.isEmpty { throw TakenBack() }
            }
        } catch is TakenBack {}
        return problems
    }

    /// A row of an import, about the record that it names by its id, or a new one of a name.
    private struct Row {
        let key: String
        let input: String
        var format = InputFormat.csv
    }

    /// The cells for a row of a part, in every form, with an amount of so much.
    private static func cells(_ amount: String) -> [(text: String, format: InputFormat)] {
        let value = "value=https://a.example,fee=\(amount)"
        return [
            (#"point.url\#n"\#(value)"\#n"#, .csv), (#"points\#n"kind=url,\#(value)"\#n"#, .csv),
            (#"[{"point.url":"\#(value)"}]"#, .json),
            (#"[{"points":[{"kind":"url","value":"https://a.example","fee":"\#(amount)"}]}]"#, .json),
        ]
    }

    /// Rows of imports with such cells.
    private static func rows(_ amount: String, of key: String, _ value: String, in currency: String? = nil) -> [Row] {
        cells(amount).map { cells, format in
            guard format == .csv else {
                let own = currency.map { #""currency":"\#($0)","# } ?? ""
                let text = cells.replacing("[{", with: #"[{"\#(key)":"\#(value)",\#(own)"#, maxReplacements: 1)
                return Row(key: key, input: text, format: format)
            }
            let lines = cells.split(separator: "\n")
            let (head, own) = currency.map { (",currency", ",\($0)") } ?? ("", "")
            return Row(key: key, input: "\(key)\(head),\(lines[0])\n\(value)\(own),\(lines[1])\n")
        }
    }

    static let currencies: [(currency: String, amount: String, stored: Int64)] = [
        ("JPY", "500", 500), ("EUR", "5.50", 550), ("KWD", "1.234", 1234), ("USD", "7", 700),
    ]

    @Test("is imported in the currency of its record, in whatever cell it stands", arguments: currencies)
    func imported(currency: String, amount: String, stored: Int64) throws {
        let known = try add("Acme", in: currency)
        for row in Self.rows(amount, of: "id", "\(known)") {
            #expect(try take(row).isEmpty, "\(row.input)")
            #expect(try fees(known) == [stored], "\(row.input)")
            try crm.write { try $0.remove(point, of: known, in: organization, at: [1]) }
        }
        for (number, row) in Self.rows(amount, of: "name", "Nueva", in: currency).enumerated() {
            let id = known + Int64(number) + 1
            #expect(try take(row).isEmpty, "\(row.input)")
            #expect(try fees(id) == [stored] && self.currency(id) == currency, "\(row.input)")
        }
    }

    @Test("is refused in another currency than its record has, by its cell")
    func importedInAnother() throws {
        let id = try add("Acme", in: "JPY")
        for row in Self.rows("EUR 5", of: "id", "\(id)") {
            let problems = try take(row)
            #expect(problems.count == 1 && problems[0].reason.en.contains("EUR"), "\(row.input): \(problems)")
        }
        #expect(try fees(id).isEmpty)
    }

    @Test("stands beside cells of one kind, which add to those of all") func cellsOfAKind() throws {
        let id = try add("Acme", in: "JPY")
        let input = """
            id,point.url,points
            \(id),"value=https://a.example,fee=500","kind=email,value=a@example.org,fee=7"

            """
        for _ in 1...2 {
            #expect(try take(Row(key: "id", input: input)).isEmpty)
            #expect(try fees(id) == [7, 500])
        }
    }

    @Test("gives a record without a currency the one that it names, however it comes")
    func namesCurrency() throws {
        let row = "kind=url,value=https://a.example,fee=EUR 5"
        var ids = [try add("Added", row)]
        func edited(_ edit: (Int64) throws -> Void) throws {
            ids.append(try add("Edited"))
            try edit(ids[ids.count - 1])
        }
        try edited { try edit($0, FieldInput("points", .addRows([row]))) }
        try edited { try addPoint(row, to: $0) }
        try edited { id in
            try addPoint("kind=url,value=https://a.example", to: id)
            let fee = FieldInput("fee", .set("5 EUR"))
            _ = try crm.write { try $0.edit(point, of: id, in: organization, at: 1, [fee]) }
        }
        for row in Self.rows("EUR 5", of: "name", "Nueva") {
            #expect(try take(row).isEmpty, "\(row.input)")
            ids.append(ids[ids.count - 1] + 1)
        }
        for number in Self.cells("EUR 5").indices {
            try edited { id in
                let row = Self.rows("EUR 5", of: "id", "\(id)")[number]
                let problems = try take(row)
                #expect(problems.isEmpty, "\(row.input)")
            }
        }
        let lines = #"""
            {"module":"organization","external_id":"A","name":"A","points":[{"kind":"url","value":"https://a.example","fee":"EUR 5"}]}
            {"module":"organization","external_id":"B","name":"B"}
            {"point":"organization","record":"ext:B","position":1,"kind":"url","value":"https://a.example","fee":"EUR 5"}

            """#
        #expect(try DatabaseRoundTripTests.apply(Array(lines.utf8), to: crm).failed == 0)
        ids += [ids[ids.count - 1] + 1, ids[ids.count - 1] + 2]
        for id in ids {
            #expect(try currency(id) == "EUR" && fees(id) == [500], "organization \(id)")
        }
        #expect(try crm.store.check() == [])
    }

    static let mixed: [[String]] = [
        ["fee=EUR 5", "fee=MXN 5"], ["fee=5", "fee=EUR 5"], ["fee=EUR 5", "fee=$5 USD"],
    ]

    @Test("of one record is in one currency, which the first says", arguments: mixed)
    func oneCurrency(fees amounts: [String]) throws {
        let rows = amounts.enumerated().map { "kind=url,value=https://\($0).example,\($1)" }
        #expect(crmError { _ = try add("Nueva", rows[0], rows[1]) }?.code == .invalid)
        let id = try add("Acme")
        #expect(crmError { try edit(id, FieldInput("points", .addRows(rows))) }?.code == .invalid)
        let input = "id,points\n\(id),\"\(rows.joined(separator: "; "))\"\n"
        #expect(try !take(Row(key: "id", input: input)).isEmpty)
        #expect(try fees(id).isEmpty && currency(id) == nil)
        try addPoint(rows[0], to: id)
        #expect(crmError { try addPoint(rows[1], to: id) }?.code == .invalid)
    }

    @Test("is undone with the currency that it gave") func undone() throws {
        let id = try add("Acme")
        try addPoint("kind=url,value=https://a.example,fee=EUR 5", to: id)
        let undo = try crm.undo()
        #expect(try currency(id) == nil && fees(id).isEmpty)
        try crm.undo(undo.changeSet.id)
        #expect(try currency(id) == "EUR" && fees(id) == [500])
    }

    @Test("keeps its currency where that of the record is taken away") func takenAway() throws {
        let id = try add("Acme", "kind=url,value=https://a.example,fee=EUR 5")
        try edit(id, FieldInput("currency", .set("")), FieldInput("description", .set("x")))
        #expect(try currency(id) == "EUR" && fees(id) == [500])
    }

    @Test("is read after a field that was hidden comes back as it was before: its record keeps the currency")
    func hidden() throws {
        let id = try add("Acme", "kind=url,value=https://a.example,fee=EUR 5")
        _ = try crm.write { try $0.hideField("fee", of: Self.points) }
        let error = crmError { try edit(id, FieldInput("currency", .set("JPY"))) }
        #expect(error?.problems.map(\.field) == ["currency"])
        var shown = FieldRequest()
        shown.isHidden = false
        _ = try crm.write { try $0.editField("fee", of: Self.points, shown) }
        #expect(try currency(id) == "EUR" && fees(id) == [500])
    }

    @Test("without a currency is found, and the record can be given one") func found() throws {
        let id = try add("Acme", "kind=url,value=https://a.example,fee=5")
        try crm.store.database.execute("UPDATE organization SET currency = NULL")
        let findings = try crm.store.check()
        #expect(findings.map(\.text.en) == ["the amounts of its rows have no currency"])
        #expect(findings.map(\.id) == [id] && findings[0].fields == ["currency"])
        try edit(id, FieldInput("currency", .set(Settings.defaultCurrency)))
        #expect(try crm.store.check() == [])
    }

    @Test("keeps its currency through an undo of what gave it to many") func undoneForMany() throws {
        let count = PendingRecords.most + 10
        let ids = try crm.write { transaction in
            try (1...count).map { try transaction.add(organization, [FieldInput("name", .set("A\($0)"))]) }
        }
        for amount in 1...2 {
            try crm.write { transaction in
                for id in ids {
                    let row = "kind=url,value=https://a\(amount).example,fee=\(amount)"
                    _ = try transaction.add(point, to: id, of: organization, point.inputs(row))
                }
            }
        }
        try crm.undo(crm.newest.id - 1)
        #expect(try crm.count("organization_point") == count)
        #expect(
            try crm.store.database.scalar(
                "SELECT count(*) FROM organization WHERE currency = '\(Settings.defaultCurrency)'"
            ) == .integer(Int64(count))
        )
        #expect(try crm.store.check() == [])
    }

    // MARK: - Merged records

    private func merge(_ kept: Int64, _ other: Int64) throws -> MergeReport {
        try crm.write { try $0.merge(organization, keeping: kept, [other]) }
    }

    @Test("in another currency than the kept record is left to the history, which is told")
    func mergedInAnother() throws {
        let kept = try add("Acme", "kind=url,value=https://a.example,fee=EUR 5")
        let other = try add(
            "Acme, S.A.",
            "kind=url,value=https://b.example,fee=MXN 5",
            "kind=url,value=https://c.example"
        )
        let report = try merge(kept, other)
        #expect(try currency(kept) == "EUR" && fees(kept) == [500, nil, nil])
        let told = """
            the amounts of organization \(other) in MXN (1 contact point) are in the history alone: \
            the merged record is in EUR
            """
        #expect(report.notes.map(\.en).contains(told), "\(report.notes.map(\.en))")
        try crm.undo()
        #expect(try currency(kept) == "EUR" && fees(kept) == [500])
        #expect(try currency(other) == "MXN" && fees(other) == [500, nil])
    }

    @Test("in the currency of the kept record moves, and so it does to one without any")
    func mergedInTheSame() throws {
        let other = try add("Acme, S.A.", "kind=url,value=https://b.example,fee=EUR 7")
        for own in [["kind=url,value=https://a.example,fee=EUR 5"], []] {
            let kept = try add("Acme")
            for row in own { try addPoint(row, to: kept) }
            let report = try merge(kept, other)
            let all: [Int64?] = own.map { _ in 500 } + [700]
            #expect(try currency(kept) == "EUR" && fees(kept) == all)
            #expect(report.notes.isEmpty, "\(report.notes.map(\.en))")
            try crm.undo()
        }
    }

    @Test("that rows must have bars a merge with a record in another currency") func mergedRequired() throws {
        let kept = try add("Acme", "kind=url,value=https://a.example,fee=EUR 5")
        let other = try add("Acme, S.A.", "kind=url,value=https://b.example,fee=MXN 5")
        var required = FieldRequest()
        required.isRequired = true
        _ = try crm.write { try $0.editField("fee", of: Self.points, required) }
        #expect(crmError { _ = try merge(kept, other) }?.code == .refused)
        #expect(try fees(kept) == [500] && fees(other) == [500])
    }
}
