import Formats
import TestSupport
import Testing

/// Inputs a little wrong in every way: no reader may crash on one, and none may read it differently when it comes in
/// other chunks.
@Suite struct `Readers of mutated input` {
    static let tables = [
        "name,note\nAna,\"x\ny\"\"z\"\r\nñu,\"\"\n", "\u{FEFF}a;b\n\"1;2\";3\n\n4;5", "a\tb\\n\\\\\n\\t\t\"c\"\r\n",
        "日本,👩‍👩‍👧\n\"👩‍👩‍👧\",日本",
    ]

    @Test("tables", arguments: [CSVDialect.csv(), .csv(delimiter: .semicolon), .tsv])
    func tables(dialect: CSVDialect) {
        var random = SeededGenerator(seed: 3)
        for round in 0..<4000 {
            let input = random.mutated(Array(Self.tables[round % Self.tables.count].utf8))
            let whole = CSVOutcome.all(of: input, dialect: dialect)
            let chunkSize = Int.random(in: 1...5, using: &random)
            #expect(CSVOutcome.all(of: input, dialect: dialect, chunkSize: chunkSize) == whole, "\(input)")
        }
    }

    static let texts = [
        "[{\"a\":1,\"b\":[true,null]},\"x\\u00e9\\ud83d\\ude00\",-1.5e+3]",
        "{\"a\":\"\\n\"}\n[1,2]\r\n\n\"ñ\"\nfalse\n0.10",
        "\u{FEFF}[[],{},[[]],\"\\\\\",\"日本👩‍👩‍👧\"]\n",
    ]

    @Test("JSON", arguments: JSONOutcome.Reader.allCases)
    func json(reader: JSONOutcome.Reader) {
        var random = SeededGenerator(seed: 4)
        for round in 0..<4000 {
            let input = random.mutated(Array(Self.texts[round % Self.texts.count].utf8))
            let whole = reader.all(of: input)
            let chunkSize = Int.random(in: 1...5, using: &random)
            #expect(reader.all(of: input, chunkSize: chunkSize) == whole, "\(input)")
        }
    }

    @Test("an array read whole and read by elements agree on what is right")
    func anArrayReadWholeAndReadByElementsAgreeOnWhatIsRight() {
        var random = SeededGenerator(seed: 5)
        for round in 0..<4000 {
            let input = random.mutated(Array(Self.texts[round % Self.texts.count].utf8))
            var parser = JSONParser()
            let whole = Result { try input.withUnsafeBytes { try parser.parse($0) } }
            let elements = JSONOutcome.Reader.array.all(of: input)
            if case .success(.array(let values)) = whole {
                #expect(elements == values.map { .value($0) }, "\(input)")
            } else {
                let hasError = elements.contains { if case .error = $0 { true } else { false } }
                #expect(hasError, "\(input)")
            }
        }
    }

    @Test("lines") func lines() throws {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<2000 {
            let input = random.mutated(Array("\u{FEFF}42\r\nñu\n\n日本".utf8))
            var reader = LinesReader(ByteSource(bytes: input, chunkSize: 2))
            var count = 0
            while count < 100 {
                do throws(LineError) {
                    guard try reader.next() != nil else { break }
                } catch {
                    #expect(error.position != nil)
                }
                count += 1
            }
            #expect(count < 100)
        }
    }
}
