import SQLite
import Testing

@testable import CRMKit

@Suite("What a row was read into")
struct RowReadingTests {
    @Test("is forgotten whole before the next row")
    func isForgotten() {
        var reading = RowReading()
        reading.given.append(RowReading.Given(position: 1, value: .text("Ana"), cell: 0))
        reading.removeAll()
        #expect(reading.given.isEmpty)
        reading.leftToCard = ["birthday"]
        reading.wrong = [3]
        reading.pieces.take(.more(of: "first_name"), "María", cell: 2)
        reading.removeAll()
        #expect(reading.leftToCard.isEmpty && reading.wrong.isEmpty && reading.pieces.isEmpty)
    }

    @Test("has nothing that is not looked at then: whoever adds to it names it in isPlain, and counts it here")
    func isKnownWhole() {
        #expect(Swift.Mirror(reflecting: RowReading()).children.count == 16)
        #expect(Swift.Mirror(reflecting: RowPieces()).children.count == 10)
        #expect(Swift.Mirror(reflecting: PieceSettler.Ready()).children.count == 3)
    }
}
