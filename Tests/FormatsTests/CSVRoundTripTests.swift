import Formats
import TestSupport
import Testing

@Suite struct `CSV there and back` {
    static let dialects: [CSVDialect] =
        CSVDialect.Delimiter.allCases.flatMap { delimiter -> [CSVDialect] in
            [.csv(delimiter: delimiter), .csv(delimiter: delimiter, lineEnd: .crlf)]
        } + [.tsv]

    @Test("any table of values survives", arguments: dialects, 0..<40)
    func anyTableOfValuesSurvives(dialect: CSVDialect, seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let width = Int.random(in: 1...5, using: &random)
        // Without quotes a leading empty line is no record, hence the header.
        let header = (0..<width).map { "field\($0)" }
        let rows = (0..<Int.random(in: 0..<30, using: &random)).map { _ in
            (0..<width).map { _ in random.hostileText() }
        }
        let bytes = try dialect.written([header] + rows)
        let chunkSize = Int.random(in: 1...3000, using: &random)
        let outcomes = CSVOutcome.all(of: bytes, dialect: dialect, chunkSize: chunkSize)
        #expect(outcomes.map(utf8) == ([header] + rows).map { $0.map { Array($0.utf8) } })
    }

    @Test("a first field that looks like a byte order mark survives", arguments: dialects)
    func aFirstFieldThatLooksLikeAByteOrderMarkSurvives(dialect: CSVDialect) throws {
        let table = [["\u{FEFF}", "b"], ["\u{FEFF}c", "d"]]
        let outcomes = CSVOutcome.all(of: try dialect.written(table), dialect: dialect)
        #expect(outcomes == table.map { .record($0) })
    }

    /// Bytes, since Swift's == takes strings for equal that only look the same.
    private func utf8(_ outcome: CSVOutcome) -> [[UInt8]] {
        guard case .record(let fields) = outcome else { return [] }
        return fields.map { Array($0.utf8) }
    }
}
