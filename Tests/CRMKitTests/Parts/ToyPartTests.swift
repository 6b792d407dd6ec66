import Formats
import SQLite
import Testing

@testable import CRMKit

/// A part that nothing but its definition knows.
@Suite struct ToyPartTests {
    static let visit = Part.Declaration(
        name: "visit",
        en: "Visit",
        es: "Visita",
        plural: (key: "visits", en: "Visits", es: "Visitas"),
        gender: .feminine,
        fields: [
            .date("day", en: "Day", es: "Día", .required),
            .money("cost", en: "Cost", es: "Costo"),
            .reference("guide", to: .contact, en: "Guide", es: "Guía"),
        ]
    ).part

    static let trip = Module.Declaration(
        name: "trip",
        en: "Trip",
        es: "Viaje",
        plural: (en: "Trips", es: "Viajes"),
        gender: .masculine,
        fields: [
            .text("name", en: "Name", es: "Nombre", .required), .money("budget", en: "Budget", es: "Presupuesto"),
        ],
        contacts: .referred,
        listed: [],
        parts: [visit]
    ).module

    static let registry: Registry = {
        var modules: [(ModuleName, @Sendable () -> Module)] = Registry.standard.names.map { name in
            (name, { Registry.standard[name] })
        }
        modules.append((trip.name, { trip }))
        return Registry(center: .contact, modules)
    }()

    private let store: Store
    private let trip = ToyPartTests.trip
    private let record: Int64

    init() throws {
        let path = try TemporaryStore.makeFolder().appendingPathComponent("crm.db").path
        store = try Store.open(
            path: path,
            purpose: .writing(creating: true),
            timeout: 5_000,
            modules: FileRegistry(Self.registry),
            steps: MigrationStep.exchange,
            clock: TemporaryStore.clock
        )
        let module = trip
        record = try store.write(TemporaryStore.request()) { transaction in
            _ = try transaction.add(.contact, [FieldInput("last_name", .set("Ruiz"))])
            return try transaction.add(
                module,
                [
                    FieldInput("name", .set("Obra")), FieldInput("currency", .set("EUR")),
                    FieldInput("visits", .addRows(["day=2026-03-01,cost=12.50,guide=1", "day=2026-04-01"])),
                ]
            )
        }
    }

    private func rows() throws -> [[Value]] {
        try store.rows(of: Self.visit, in: trip, record: record).map(\.values)
    }

    @Test("rows are stored") func rowsAreStored() throws {
        #expect(
            try rows() == [
                [.text("2026-03-01"), .integer(1250), .integer(1)], [.text("2026-04-01"), .null, .null],
            ]
        )
        #expect(try store.check() == [])
    }

    @Test("records show them") func recordsShowThem() throws {
        let found = try store.read(record, of: trip, columns: nil, withNames: true, parts: .whole) { row in
            let column = try #require(row.columns.last)
            guard case .rows(let visits) = column.kind else {
                Issue.record("\(column.kind)")
                return
            }
            let rows = try visits.rows(row.text(column.position))
            #expect(rows.map { visits.text(of: $0) } == ["day=2026-03-01,cost=12.50,guide=1", "day=2026-04-01"])
            #expect(rows[0].names == ["guide": "Ruiz"])
            #expect(
                visits.label(of: rows[0], for: .spanish) == "Día: 2026-03-01, Costo: 12.50 EUR, Guía: Ruiz"
            )
        }
        #expect(found)
    }

    @Test("lists give them") func listsGiveThem() throws {
        let rows = try store.list(Self.visit, of: record, in: trip)
        #expect(rows.columns.map(\.key) == ["position", "day", "cost", "guide"])
        #expect(try rows.next())
        guard case .money(let currency) = rows.columns[2].kind else {
            Issue.record("\(rows.columns[2].kind)")
            return
        }
        #expect(rows.text(currency) == "EUR")
    }

    @Test("filters reach them") func filtersReachThem() throws {
        for filter in ["visits.day = 2026-04-01", "has visit(guide = 1)", "visits.guide.last_name = Ruiz"] {
            var query = try store.list(trip)
            query.filters = [filter]
            #expect(try query.count(in: store) == 1, "\(filter)")
        }
    }

    @Test("who they name cannot go") func whoTheyNameCannotGo() throws {
        let incoming = Self.registry.incoming(to: .contact)
        #expect(incoming.contains { $0.table.name == "trip_visit" && $0.field.key == "guide" })
        try store.write(TemporaryStore.request()) { try $0.delete(.contact, id: 1, reach: .links) }
        #expect(try rows()[0][2] == .null)
        _ = try store.undo(nil, TemporaryStore.request())
        #expect(try rows()[0][2] == .integer(1))
    }

    @Test("schemas tell them") func schemasTellThem() throws {
        let schema = JSONSchema.record(of: trip, in: Self.registry).value
        #expect(schema["properties"]?["visits"]?["items"]?["required"] != nil)
    }

    @Test("imports take them") func importsTakeThem() throws {
        let header = ImportHeader(trip, registry: Self.registry, map: [:], matchesID: false)
        #expect(header.column(called: "Visitas") == .rows("visits", kind: nil))
        for name in ["visit.day", "Visita.Día", "visits.day", "visit.position", "visit.guide.email"] {
            guard case .cell(let cell)? = header.column(called: name) else {
                Issue.record("\(name)")
                continue
            }
            #expect(cell.part == "visits")
        }
        #expect(header.column(called: "visit.price") == ImportColumn?.none)
    }

    @Test("lines name the records of others") func linesNameTheRecordsOfOthers() throws {
        let report = try apply(
            """
            {"visit":"trip","record":"ref:t","position":1,"day":"2026-05-01","cost":2.50,"guide":"ref:g"}
            {"module":"trip","ref":"t","external_id":"T","name":"Feria","currency":"EUR"}
            {"module":"contact","ref":"g","external_id":"G","last_name":"Paz"}
            {"visit":"trip","record":"ext:T","position":2,"day":"2026-06-01","guide":{"id":1,"name":"?"}}
            {"visit":"trip","record":"ext:T","position":3,"day":"2026-06-02","guide":"ext:G"}
            """
        )
        #expect(report.failed == 0)
        #expect(
            try store.rows(of: Self.visit, in: trip, record: 2).map(\.values) == [
                [.text("2026-05-01"), .integer(250), .integer(2)], [.text("2026-06-01"), .null, .integer(1)],
                [.text("2026-06-02"), .null, .integer(2)],
            ]
        )
    }

    @Test(
        "A line is refused for what it refers to, and what refers to a refused line with it",
        arguments: [
            (#"{"visit":"trip","record":"ref:t","day":"2026-05-01","guide":"ref:none"}"#, "no line has this name", 1),
            (#"{"visit":"trip","record":"ref:t","day":"2026-05-01","guide":"ref:t"}"#, "is one of the trips", 1),
            (#"{"visit":"trip","record":"ref:t","day":"2026-05-01","guide":99}"#, "no contact matches 99", 1),
            (
                """
                {"module":"contact","ref":"bad"}
                {"visit":"trip","record":"ref:t","day":"2026-05-01","guide":"ref:bad"}
                """, "is required", 1
            ),
        ]
    )
    func linesThatNameNothing(lines: String, reason: String, failed: Int) throws {
        var problems: [RowProblem] = []
        let report = try apply(#"{"module":"trip","ref":"t","name":"Feria"}"# + "\n" + lines) { problems.append($0) }
        #expect(report.failed == failed)
        #expect(problems[0].reason.en.contains(reason), "\(problems)")
    }

    @Test("copies have them") func copiesHaveThem() throws {
        let sink = ByteSink.memory()
        try DatabaseExport(store).write(to: sink)
        let copy = try Self().store
        _ = try copy.write(TemporaryStore.request()) { transaction in
            let module = trip
            try transaction.delete(module, id: 1, reach: .owned)
            try transaction.delete(.contact, id: 1, reach: .links)
        }
        for _ in 1...2 {
            let report = try copy.write(TemporaryStore.request()) { transaction in
                let work = try DatabaseImport(in: transaction)
                try work.take(from: ByteSource(bytes: sink.bytes), reject: { Issue.record("\($0)") }, advance: {})
                return work.report
            }
            #expect(report.failed == 0)
            let rows = try copy.rows(of: Self.visit, in: trip, record: 2).map(\.values)
            #expect(
                rows == [[.text("2026-03-01"), .integer(1250), .integer(2)], [.text("2026-04-01"), .null, .null]]
            )
        }
    }

    private struct TakenBack: Error {}

    /// What comes of some lines, which are kept where none is refused.
    private func apply(
        _ lines: String,
        reject: (RowProblem) -> Void = { Issue.record("\($0)") }
    ) throws -> ImportReport {
        var report = ImportReport()
        do {
            try store.write(TemporaryStore.request()) { transaction in
                let work = try DatabaseImport(in: transaction)
                try work.take(from: ByteSource(bytes: Array(lines.utf8)), reject: reject, advance: {})
                report = work.report
                if report.failed > 0 { throw TakenBack() }
            }
        } catch is TakenBack {}
        return report
    }

    @Test("history tells them") func historyTellsThem() throws {
        let module = trip
        _ = try store.write(TemporaryStore.request()) {
            try $0.edit(Self.visit, of: record, in: module, at: 2, [FieldInput("cost", .set("3 EUR"))])
        }
        #expect(try rows()[1][1] == .integer(300))
        _ = try store.undo(nil, TemporaryStore.request())
        #expect(try rows()[1][1] == .null)
    }

    // MARK: - The currency of amounts in rows

    /// Adds a trip without a currency, with the rows that are given.
    private func addTrip(_ rows: String...) throws -> Int64 {
        let module = trip
        return try store.write(TemporaryStore.request()) {
            try $0.add(module, [FieldInput("name", .set("Feria")), FieldInput("visits", .addRows(rows))])
        }
    }

    private func edit(_ id: Int64, _ field: String, _ text: String) -> CRMError? {
        let module = trip
        return crmError {
            _ = try store.write(TemporaryStore.request()) {
                try $0.edit(module, id: id, [FieldInput(field, .set(text))])
            }
        }
    }

    private func addVisit(_ text: String, to id: Int64) throws {
        let module = trip
        _ = try store.write(TemporaryStore.request()) {
            try $0.add(Self.visit, to: id, of: module, Self.visit.inputs(text))
        }
    }

    private func currency(_ id: Int64) throws -> String? { try store.storedRecord(trip, id: id)?.currency }

    private func costs(_ id: Int64) throws -> [Value] {
        try store.rows(of: Self.visit, in: trip, record: id).map { $0.values[1] }
    }

    @Test("an amount gives its record the currency in which it was read")
    func anAmountGivesItsRecordTheCurrencyInWhichItWasRead() throws {
        let id = try addTrip("day=2026-05-01,cost=5", "day=2026-05-02")
        #expect(try currency(id) == Settings.defaultCurrency)
        let refusal = try #require(edit(id, "budget", "JPY 500"))
        #expect(refusal.problems.map(\.field) == ["currency"])
        #expect(refusal.problems[0].reason.es.contains("quitarlas antes y agregarlas"))
        #expect(try costs(id) == [.integer(500), .null])
        // To take it away gives it back.
        #expect(edit(id, "currency", "") == nil)
        #expect(try currency(id) == Settings.defaultCurrency)
        #expect(try store.history().first?.id == 2)
    }

    @Test("an amount that comes later does so too, and undo and redo take both along")
    func anAmountThatComesLaterDoesSoToo() throws {
        let id = try addTrip("day=2026-05-01")
        #expect(try currency(id) == nil)
        #expect(edit(id, "name", "Gira") == nil)
        try addVisit("day=2026-05-02,cost=5", to: id)
        #expect(try currency(id) == Settings.defaultCurrency)
        let undo = try store.undo(nil, TemporaryStore.request())
        #expect(try currency(id) == nil && costs(id) == [.null])
        _ = try store.undo(undo.changeSet.id, TemporaryStore.request())
        #expect(try currency(id) == Settings.defaultCurrency && costs(id) == [.null, .integer(500)])
    }

    @Test("a row that came since keeps its currency when that of the first is undone")
    func aRowThatCameSinceKeepsItsCurrency() throws {
        let id = try addTrip()
        try addVisit("day=2026-05-01,cost=5", to: id)
        let first = try #require(try store.history().first?.id)
        try addVisit("day=2026-05-02,cost=6", to: id)
        _ = try store.undo(first, TemporaryStore.request())
        #expect(try currency(id) == Settings.defaultCurrency && costs(id) == [.integer(600)])
    }

    @Test("an undo that would put amounts that came since into another currency is refused")
    func anUndoThatWouldPutAmountsIntoAnotherCurrencyIsRefused() throws {
        let id = try addTrip()
        #expect(edit(id, "currency", "EUR") == nil)
        let first = try #require(try store.history().first?.id)
        try addVisit("day=2026-05-01,cost=5", to: id)
        let error = crmError { _ = try store.undo(first, TemporaryStore.request()) }
        #expect(error?.code == .conflict)
        #expect(error?.details.map(\.en) == ["trip \(id): the amounts of later visits would be in another currency"])
        #expect(try currency(id) == "EUR")
    }

    @Test("rows do not come back under another currency") func rowsDoNotComeBackUnderAnotherCurrency() throws {
        let module = trip
        let id = try addTrip("day=2026-05-01,cost=5")
        try store.write(TemporaryStore.request()) { try $0.remove(Self.visit, of: id, in: module, at: [1]) }
        let removal = try #require(try store.history().first?.id)
        #expect(edit(id, "currency", "EUR") == nil)
        let error = crmError { _ = try store.undo(removal, TemporaryStore.request()) }
        #expect(error?.code == .conflict)
        #expect(error?.details.map(\.en) == ["trip \(id): visits would come back in another currency"])
        #expect(edit(id, "currency", "USD") == nil)
        _ = try store.undo(removal, TemporaryStore.request())
        #expect(try costs(id) == [.integer(500)])
    }

    @Test("what befell several rows alike is told once when it bars an undo")
    func whatBefellSeveralRowsAlikeIsToldOnce() throws {
        let module = trip
        try addVisit("day=2026-05-01", to: record)
        for _ in 1...2 {
            _ = try store.write(TemporaryStore.request()) {
                try $0.move(Self.visit, of: record, in: module, from: 3, to: 1)
            }
        }
        let moves = try store.history().prefix(2).map(\.id)
        let error = try #require(crmError { _ = try store.undo(moves[1], TemporaryStore.request()) })
        #expect(!error.details.isEmpty && Set(error.details).count == error.details.count, "\(error.details)")
    }

    @Test("rows without amounts do not bar another currency") func rowsWithoutAmountsDoNotBarAnotherCurrency() throws {
        let id = try addTrip("day=2026-05-01")
        #expect(edit(id, "budget", "EUR 5") == nil)
        #expect(edit(id, "currency", "USD") == nil)
        #expect(try currency(id) == "USD")
    }

    @Test("an amount of a file that left its record without a currency is in that of the file")
    func anAmountWithoutACurrencyIsInThatOfTheFile() throws {
        let id = try addTrip("day=2026-05-01,cost=5")
        try store.database.execute("UPDATE trip SET currency = NULL")
        #expect(edit(id, "budget", "JPY 500")?.code == .invalid)
        #expect(edit(id, "budget", "9") == nil)
        #expect(try currency(id) == Settings.defaultCurrency)
    }

    @Test("rows of an import that name one give it to their record") func rowsOfAnImportGiveIt() throws {
        let module = trip
        let work = try RecordImport(module, registry: Self.registry, options: ImportOptions())
        let input = "name,visit.day,visit.cost\nFeria,2026-05-01,EUR 5\nFeria,2026-05-02,6\n"
        var rows = try InputRows(ByteSource(bytes: Array(input.utf8)), format: .csv, name: "trip")
        try store.write(TemporaryStore.request()) { transaction in
            _ = try work.take(
                from: &rows,
                in: transaction,
                reject: { problems, _ in Issue.record("\(problems)") },
                advance: {}
            )
        }
        #expect(try currency(2) == "EUR" && costs(2) == [.integer(500), .integer(600)])
        #expect(try store.check() == [])
    }

    @Test("lines of an export give it too") func linesOfAnExportGiveItToo() throws {
        let report = try apply(
            """
            {"module":"trip","external_id":"T","name":"Feria","currency":null}
            {"visit":"trip","record":"ext:T","position":1,"day":"2026-05-01","cost":5.00}
            {"module":"trip","external_id":"U","name":"Gira"}
            {"visit":"trip","record":"ext:U","position":1,"day":"2026-06-01","cost":7}
            """
        )
        #expect(report.failed == 0)
        for id in [2, 3] as [Int64] { #expect(try currency(id) == Settings.defaultCurrency, "\(id)") }
    }
}
