import Localization
import Testing

@testable import CRMKit

/// What is kept of rows by their ids: in a file that others have written, those may be negative, or far apart.
@Suite("Rows by their ids")
struct EarlierRowsTests {
    private static let ids: [Int64] = [
        1, 0, -1, -5, 1023, 1024, -1024, -1025, 63, 64, -64, -65, Int64(Int32.max), .max, .min, 1 << 40,
    ]

    @Test("are known again, each by its own")
    func rows() {
        let rows = EarlierRows()
        for (place, id) in Self.ids.enumerated() {
            #expect(rows.name(of: id) == nil)
            rows.note(id, sequence: place + 1)
        }
        for (place, id) in Self.ids.enumerated() { #expect(rows.name(of: id)?.en == "row \(place + 1)") }
    }

    @Test("are handed on to another run, taken and rejected ones")
    func runs() {
        func row(_ number: Int) -> InputRow {
            InputRow(number: number, line: number, names: [], texts: [], columns: [])
        }
        let (former, next) = (EarlierRows(), EarlierRows())
        former.noteRejected(.min, row(1))
        former.keepMet()
        former.note(7, row(2), isCounted: true)
        former.noteRejected(.max, row(3))
        former.noteRejected(.max, row(4))
        let found = FoundRecord(id: 7, given: .min, keepsRows: true)
        former.note(found)
        let met = former.takeMet()
        let (taken, rejected) = (MetRecord(id: 7, row: -2), MetRecord(id: .max, row: 3))
        #expect(met == MetRecords(taken: [taken], rejected: [rejected], found: [found]))
        #expect(former.takeMet() == MetRecords())
        next.note(met)
        #expect(next.name(of: 7)?.en == "row 2" && next.isCounted(7))
        #expect(next.found(7) == FoundMark(found) && next.found(8) == nil)
        #expect(next.nameOfRejected(.max, in: nil)?.en == "row 3" && next.nameOfRejected(.min, in: nil) == nil)
    }

    @Test("tell what the first row of a found record gave, also none or nothing but zeros", arguments: [true, false])
    func found(keepsRows: Bool) throws {
        let rows = EarlierRows()
        let hashes: [Int64] = [0, 4, -4, .max, .min, 1 << 31, 1 << 20]
        for (id, hash) in zip(Self.ids, hashes) {
            #expect(rows.found(id) == nil)
            rows.note(FoundRecord(id: id, given: hash, keepsRows: keepsRows))
            let mark = try #require(rows.found(id))
            #expect(mark.gave(hash) && !mark.gave(hash ^ 1 << 20) && mark.keepsRows == keepsRows)
            // They are no rows.
            #expect(rows.name(of: id) == nil)
        }
        for (id, hash) in zip(Self.ids, hashes) { #expect(rows.found(id)?.gave(hash) == true) }
    }

    @Test("are in a set, and others are not")
    func bits() {
        var bits = RowBits()
        for id in Self.ids {
            #expect(!bits.contains(id))
            bits.insert(id)
            #expect(bits.contains(id))
        }
        #expect(![2, -2, 65, -1026, 1 << 41].contains(where: bits.contains))
    }

    @Test("are in runs, and runs that follow each other are one")
    func ranges() {
        let runs = IDRanges([Int64.max...Int64.max, -3...(-1), 0...4, Int64.min...(-9), (Int64.max - 1)...Int64.max])
        #expect(runs.ranges == [Int64.min...(-9), -3...4, (Int64.max - 1)...Int64.max])
        #expect(runs.contains(.max) && runs.contains(.min) && !runs.contains(5))
    }
}
