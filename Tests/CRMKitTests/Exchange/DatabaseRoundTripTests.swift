import Formats
import Localization
import TestSupport
import Testing

@testable import CRMKit

/// What a database exports makes an equal one, and changes nothing in itself.
@Suite struct DatabaseRoundTripTests {
    @Test("A database made of what another exports exports the same bytes", arguments: 1...12 as ClosedRange<UInt64>)
    func copies(seed: UInt64) throws {
        let crm = try TemporaryStore()
        _ = try crm.store.set(.country, to: "MX", TemporaryStore.request())
        var work = try RandomWork(crm, seed: seed)
        try work.run(steps: 80)
        try refer(crm, seed: seed)
        let lines = try Self.export(crm)
        #expect(!lines.isEmpty)

        let copy = try TemporaryStore()
        let report = try Self.apply(lines, to: copy)
        #expect(report.failed == 0)
        #expect(String(decoding: try Self.export(copy), as: UTF8.self) == String(decoding: lines, as: UTF8.self))
        #expect(try copy.store.database.all("PRAGMA foreign_key_check").isEmpty)
        #expect(try copy.newest.id == 1)
        try copy.undo()
        // Counters never go back.
        let left = String(decoding: try Self.export(copy), as: UTF8.self).split(separator: "\n")
        #expect(left.filter { !$0.hasPrefix(#"{"counter":"#) } == [#"{"settings":{}}"#])
    }

    @Test("Applied where it comes from it writes nothing", arguments: 1...6 as ClosedRange<UInt64>)
    func nothing(seed: UInt64) throws {
        let crm = try TemporaryStore()
        var work = try RandomWork(crm, seed: seed)
        try work.run(steps: 60)
        try refer(crm, seed: seed)
        let (contents, newest) = (try crm.contents(), try crm.newest.id)
        let report = try Self.apply(Self.export(crm), to: crm)
        #expect(report.unchanged == report.rows)
        #expect(try crm.contents() == contents)
        #expect(try crm.newest.id == newest)
    }

    @Test("The order of the lines does not matter", arguments: 1...6 as ClosedRange<UInt64>)
    func shuffled(seed: UInt64) throws {
        let crm = try TemporaryStore()
        var work = try RandomWork(crm, seed: seed)
        try work.run(steps: 60)
        try refer(crm, seed: seed)
        let export = try Self.export(crm)
        var generator = SeededGenerator(seed: seed)
        let lines = export.split(separator: 0x0A).shuffled(using: &generator)
        let copy = try TemporaryStore()
        let report = try Self.apply(lines.flatMap { $0 + [0x0A] }, to: copy)
        #expect(report.failed == 0)
        #expect(String(decoding: try Self.export(copy), as: UTF8.self) == String(decoding: export, as: UTF8.self))
    }

    @Test("The first contact of a record is the first in a copy too") func firstContacts() throws {
        let desk = try ReportDesk()
        try desk.on("2026-01-01")
        for name in ["Ruiz", "Soto"] { try desk.add(.contact, ["last_name": name]) }
        let order = try desk.add(
            .purchaseOrder,
            ["subject": "Order", "status": "approved", "currency": "MXN"],
            lines: ["text=A,quantity=1,price=100"]
        )
        for (day, contact) in [("2026-01-02", Int64(2)), ("2026-01-03", 1)] {
            try desk.on(day)
            try desk.crm.link(.purchaseOrder, contact: contact, record: order, ["role": "requester"])
        }
        let copy = try ReportDesk()
        try Self.apply(Self.export(desk.crm), to: copy.crm)
        for desk in [desk, copy] {
            let rows = try desk.rows("missing-approvals")
            #expect(rows.map { $0.split(separator: "|")[3] } == ["2"])
        }
    }

    @Test(
        "Rows that belong to a record come in any order",
        arguments: [[1, 2, 3], [3, 2, 1], [2, 3, 1], [3, 1, 2]]
    )
    func rowsOfParts(order: [Int]) throws {
        let crm = try TemporaryStore()
        let id = try crm.add(.contact, ["last_name": "Ruiz"])
        try crm.write {
            let points = ["email:a@example.org", "email:b@example.org", "email:c@example.org"]
            _ = try $0.edit(Registry.standard[.contact], id: id, [FieldInput("points", .addRows(points))])
        }
        let export = try Self.export(crm)
        let lines = export.split(separator: 0x0A)
        let points = lines.filter { $0.starts(with: Array(#"{"point""#.utf8)) }
        let shuffled = lines.filter { !points.contains($0) } + order.map { points[$0 - 1] }
        let copy = try TemporaryStore()
        #expect(try Self.apply(shuffled.flatMap { $0 + [0x0A] }, to: copy).failed == 0)
        #expect(String(decoding: try Self.export(copy), as: UTF8.self) == String(decoding: export, as: UTF8.self))
    }

    @Test("What cards hold beside the fields comes along, and its lines may come first")
    func cards() throws {
        let exchange = try VCardExchange()
        try exchange.take(VCardExchange.card("X-A:1", "TEL;TYPE=CELL,VOICE:600", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ"))
        let lines = try Self.export(exchange.crm)
        #expect(try Self.apply(lines, to: exchange.crm).updated == 0)
        let copy = try TemporaryStore()
        let reversed = lines.split(separator: 0x0A).reversed().flatMap { $0 + [0x0A] }
        #expect(try Self.apply(reversed, to: copy).failed == 0)
        #expect(try Self.export(copy) == lines)
        try copy.undo()
        #expect(try copy.count("contact_vcard") == 0)
    }

    @Test("Rows that stand apart from those of their record change nothing, however much of them has to wait")
    func rowsThatStandApart() throws {
        let crm = try TemporaryStore()
        let quotes = Registry.standard[.quote]
        let long = String(repeating: "x", count: 32 * 1024)
        try crm.write { transaction in
            for number in 1...50 {
                let id = try transaction.add(quotes, [FieldInput("subject", .set("Q\(number)"))])
                for text in ["a", "b"] {
                    let line = [("text", text), ("quantity", "1"), ("unit_price", "5"), ("comment", long)]
                    _ = try transaction.add(
                        #require(quotes.part(named: "line")),
                        to: id,
                        of: quotes,
                        line.map { FieldInput($0.0, .set($0.1)) }
                    )
                }
            }
        }
        let lines = try Self.export(crm).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        let rows = lines.filter { $0.hasPrefix(#"{"line""#) }
        #expect(rows.count == 100)
        let firsts = rows.filter { $0.contains(#""position":1,"#) }
        var seconds = rows.filter { $0.contains(#""position":2,"#) }
        let records = lines.filter { !rows.contains($0) }
        func apply() throws -> (report: ImportReport, notices: [Text]) {
            try crm.write { transaction in
                let work = try DatabaseImport(in: transaction)
                let input = (records + firsts + seconds).joined(separator: "\n")
                try work.take(
                    from: ByteSource(bytes: Array(input.utf8)),
                    reject: { Issue.record("line \($0.line): \($0.reason.en)") },
                    advance: {}
                )
                return (work.report, work.notices)
            }
        }
        let (contents, newest) = (try crm.contents(), try crm.newest.id)
        let same = try apply()
        #expect(same.report.unchanged == same.report.rows && same.notices.isEmpty)
        #expect(try crm.contents() == contents)
        #expect(try crm.newest.id == newest)

        seconds[0] = seconds[0].replacing(#""text":"b""#, with: #""text":"c""#)
        seconds.removeLast()
        let other = try apply()
        #expect(other.report.updated == 2 && other.notices.count == 1, "\(other.notices)")
        #expect(try crm.rows("SELECT count(*), count(DISTINCT quote) FROM quote_line") == ["99 50"])
        #expect(try crm.rows("SELECT group_concat(text, '') FROM quote_line WHERE quote = 1") == ["ac"])
    }

    @Test("How far the numbers of a field came that has gone is left out, and known to the field when it comes back")
    func countersOfAFieldThatHasGone() throws {
        let crm = try TemporaryStore()
        try crm.add(.contact, ["last_name": "Ruiz"])
        var request = FieldRequest()
        request.defaultText = "F-{n}"
        try crm.write { _ = try $0.addField("folio", to: DefinedRows(.contact), request) }
        let counted = try Self.export(crm)
        let removal = try crm.undo().changeSet.id
        let lines = try Self.export(crm)
        #expect(!String(decoding: lines, as: UTF8.self).contains("folio"))
        #expect(try Self.apply(lines, to: TemporaryStore()).failed == 0)
        try crm.undo(removal)
        #expect(try Self.export(crm) == counted)
    }

    /// Adds what refers in circles and to any module.
    private func refer(_ crm: TemporaryStore, seed: UInt64) throws {
        let document = try crm.add(.document, ["title": "Contrato", "tags": "uno,dos"])
        let event = try crm.add(
            .event,
            ["subject": "S", "kind": "call", "starts_at": "2026-03-02T10:00:00Z", "about": "document:\(document)"]
        )
        try crm.edit(.document, document, ["about": "event:\(event)"])
        try crm.edit(.event, event, ["reminders": "PT15M,P1D"])
        let selfish = try crm.add(.document, ["title": "sí mismo"])
        try crm.edit(.document, selfish, ["about": "document:\(selfish)"])
        try crm.add(.contract, ["subject": "C", "total_units": "10", "used_units": "2.5"])
    }

    static func export(_ crm: TemporaryStore) throws -> [UInt8] {
        let sink = ByteSink.memory()
        try DatabaseExport(crm.store).write(to: sink)
        return sink.bytes
    }

    @discardableResult
    static func apply(_ lines: [UInt8], to crm: TemporaryStore) throws -> ImportReport {
        try crm.write(TemporaryStore.request("crm apply")) { transaction in
            let work = try DatabaseImport(in: transaction)
            try work.take(
                from: ByteSource(bytes: lines),
                reject: { problem in Issue.record("line \(problem.line) \(problem.field ?? ""): \(problem.reason.en)")
                },
                advance: {}
            )
            return work.report
        }
    }
}
