import Formats
import TestSupport
import Testing

@Suite struct `Records as they came` {
    @Test(
        "make up the table, put together",
        arguments: [CSVDialect.csv(), .csv(delimiter: .semicolon), .tsv],
        [1, 2, 7, 4096]
    )
    func makeUpTheTablePutTogether(dialect: CSVDialect, chunkSize: Int) throws {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<60 {
            let sink = ByteSink.memory()
            var writer = CSVWriter(sink, dialect: dialect)
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                for _ in 0..<3 { try writer.writeField("x" + random.hostileText()) }
                try writer.endRecord()
            }
            let reader = CSVReader(
                ByteSource(bytes: sink.bytes, chunkSize: chunkSize),
                dialect: dialect,
                keepsRawRecords: true
            )
            var joined: [UInt8] = []
            while try reader.next() != nil { joined += reader.rawRecord + [UInt8(ascii: "\n")] }
            #expect(joined == sink.bytes)
            #expect(reader.rawRecord.isEmpty)
        }
    }

    @Test("read alone give the same, good or bad", arguments: [CSVDialect.csv(), .csv(delimiter: .semicolon), .tsv])
    func readAloneGiveTheSameGoodOrBad(dialect: CSVDialect) {
        var random = SeededGenerator(seed: 9)
        for round in 0..<3000 {
            let tables = `Readers of mutated input`.tables
            let input = random.mutated(Array(tables[round % tables.count].utf8))
            let source = ByteSource(bytes: input, chunkSize: Int.random(in: 1...5, using: &random))
            let reader = CSVReader(source, dialect: dialect, keepsRawRecords: true)
            while let outcome = next(reader) {
                if case .error(.raggedRow) = outcome { continue }
                let alone = CSVReader(ByteSource(bytes: [UInt8(ascii: "\n")] + reader.rawRecord), dialect: dialect)
                guard let again = next(alone) else {
                    // Nothing but a line end inside one field, which is no record of its own.
                    #expect(outcome == .record([""]), "\(input)")
                    continue
                }
                #expect(kind(again) == kind(outcome), "\(input)")
            }
        }
    }

    private func next(_ reader: CSVReader) -> CSVOutcome? {
        do throws(CSVError) {
            return try reader.next().map { record in .record((0..<record.count).map(record.string(at:))) }
        } catch {
            return .error(error)
        }
    }

    /// The fields, or the error without its place.
    private func kind(_ outcome: CSVOutcome) -> String {
        guard case .error(let error) = outcome, let position = error.position else { return outcome.description }
        return String(error.description.dropFirst(position.description.count))
    }

    @Test("of a table that is refused are what stands in the input") func ofATableThatIsRefusedAreWhatStandsInTheInput()
    {
        let input = "a,b\r\n\"x\"\"y\"z,1\r\n1,2,3\n\"q\"\"\n,r"
        let reader = CSVReader(ByteSource(bytes: Array(input.utf8)), keepsRawRecords: true)
        var raw: [String] = []
        while next(reader) != nil { raw.append(String(decoding: reader.rawRecord, as: UTF8.self)) }
        #expect(raw == ["a,b", "\"x\"\"y\"z,1", "1,2,3", "\"q\"\"\n,r"])
    }

    @Test("of JSON Lines are the lines", arguments: [1, 4096])
    func ofJSONLinesAreTheLines(chunkSize: Int) {
        let input = "\u{FEFF}{\"a\": 1 }\r\n\n{oops}\n [\"\\u00e9\"] "
        var reader = JSONLinesReader(ByteSource(bytes: Array(input.utf8), chunkSize: chunkSize))
        var raw: [String] = []
        var isOver = false
        while !isOver {
            do throws(JSONError) {
                isOver = try reader.next() == nil
            } catch {
                #expect(error.position?.line == 3)
            }
            if !isOver { raw.append(String(decoding: reader.rawLine, as: UTF8.self)) }
        }
        #expect(raw == ["{\"a\": 1 }", "{oops}", " [\"\\u00e9\"] "])
        #expect(reader.rawLine.isEmpty)
    }

    @Test("of an array are the elements", arguments: [1, 4096])
    func ofAnArrayAreTheElements(chunkSize: Int) {
        let input = "[ {\"a\": [1, 2] } , nil,\n\"x,]\"]"
        var reader = JSONArrayReader(ByteSource(bytes: Array(input.utf8), chunkSize: chunkSize))
        var raw: [String] = []
        var isOver = false
        while !isOver {
            do throws(JSONError) {
                isOver = try reader.next() == nil
            } catch {
                #expect(error.position?.column == 20)
            }
            if !isOver { raw.append(String(decoding: reader.rawElement, as: UTF8.self)) }
        }
        #expect(raw == ["{\"a\": [1, 2] } ", "nil", "\"x,]\""])
        #expect(reader.rawElement.isEmpty)
    }
}
