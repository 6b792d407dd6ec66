import Formats
import Foundation
import TestSupport
import Testing

/// What others read in the tables that the writer writes.
@Suite struct `CSV read by others` {
    /// A table of hostile text whose first row are names that every peer takes.
    private func table(seed: UInt64) -> [[String]] {
        var random = SeededGenerator(seed: seed)
        let width = Int.random(in: 1...5, using: &random)
        let header = (0..<width).map { "field\($0)" }
        var rows = (0..<30).map { _ in (0..<width).map { _ in random.hostileText() } }
        rows[0][width - 1] = String(repeating: "x\"\n,ñ👩‍👩‍👧", count: 45_000)
        return [header] + rows
    }

    private func parsed(_ json: [UInt8]) throws -> JSONValue {
        var parser = JSONParser()
        return try json.withUnsafeBytes { try parser.parse($0) }
    }

    private func rows(_ value: JSONValue) -> [[[UInt8]]] {
        guard case .array(let rows) = value else { return [] }
        return rows.map { row in
            let values: [JSONValue] =
                switch row {
                case .array(let values): values
                case .object(let members): members.map(\.value)
                default: []
                }
            return values.map { value in
                guard case .string(let text) = value else { return Array("\(value)".utf8) }
                return Array(text.utf8)
            }
        }
    }

    /// Compares field by field, so that a failure shows the one that differs.
    private func expectEqual(_ read: [[[UInt8]]], _ expected: [[[UInt8]]]) {
        #expect(read.map(\.count) == expected.map(\.count))
        for (read, expected) in zip(read.joined(), expected.joined()) where read != expected {
            Issue.record("\(beginning(read)) is not \(beginning(expected))")
        }
    }

    private func beginning(_ field: [UInt8]) -> String {
        String(decoding: field.prefix(80), as: UTF8.self).debugDescription
    }

    private func utf8(_ table: [[String]]) -> [[[UInt8]]] { table.map { $0.map { Array($0.utf8) } } }

    static let dialects: [(CSVDialect, delimiter: String)] = [
        (.csv(), ","), (.csv(lineEnd: .crlf), ","), (.csv(delimiter: .semicolon), ";"), (.csv(delimiter: .tab), "\t"),
        (.csv(delimiter: .pipe, lineEnd: .crlf), "|"),
    ]

    @Test("Python", arguments: dialects, 0..<2 as Range<UInt64>)
    func python(dialect: (CSVDialect, delimiter: String), seed: UInt64) throws {
        let script = """
            import csv, io, json, sys
            csv.field_size_limit(1 << 30)
            text = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")
            json.dump(list(csv.reader(text, delimiter=sys.argv[1], strict=True)), sys.stdout)
            """
        let table = table(seed: seed)
        let input = try dialect.0.written(table)
        let output = try Peer.python.output(["-c", script, dialect.delimiter], input: input)
        expectEqual(try rows(parsed(output)), utf8(table))
    }

    @Test("the SQLite shell", arguments: dialects, 0..<2 as Range<UInt64>)
    func theSQLiteShell(dialect: (CSVDialect, delimiter: String), seed: UInt64) throws {
        let table = table(seed: seed)
        let file = try InputFile(try dialect.0.written(table))
        let output = try Peer.sqlite.output(
            [
                "-batch", "-cmd", ".mode csv", "-cmd", ".separator \"\(dialect.delimiter)\"",
                "-cmd", ".import \(file.path) t", "-cmd", ".mode json", ":memory:", "select * from t order by rowid",
            ]
        )
        expectEqual(try rows(parsed(output)), utf8(Array(table.dropFirst())))
    }

    /// Miller takes CR LF inside quotes for LF. It answers in CSV, so that the reader reads what another wrote.
    @Test("Miller", arguments: dialects, 0..<2 as Range<UInt64>)
    func miller(dialect: (CSVDialect, delimiter: String), seed: UInt64) throws {
        let table = table(seed: seed)
        let input = try dialect.0.written(table)
        let output = try Peer.miller.output(
            ["--icsv", "--ifs", dialect.delimiter, "--ocsv", "-S", "cat"],
            input: input
        )
        let read = CSVOutcome.all(of: output).map { outcome -> [String] in
            guard case .record(let fields) = outcome else { return ["\(outcome)"] }
            return fields
        }
        expectEqual(utf8(read), utf8(table.map { $0.map(withoutCRLF) }))
    }

    private func withoutCRLF(_ text: String) -> String {
        String(decoding: text.utf8, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
    }
}
