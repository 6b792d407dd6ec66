import TestSupport
import Testing

@testable import CRMKit

@Suite("The pairs that may be linked")
struct LinkedPairsTests {
    @Test("are all that were added, and few others", arguments: [0, 1, 1_000, 100_000])
    func holds(_ count: Int) {
        var generator = SeededGenerator(seed: 7)
        var pairs = LinkedPairs()
        let added = (0..<count).map {
            (contact: Int64($0), record: Int64.random(in: -5...(1 << 40), using: &generator))
        }
        for (contact, record) in added { pairs.insert(contact: contact, record: record) }
        #expect(added.allSatisfy { pairs.mayHold(contact: $0.contact, record: $0.record) })
        let others = (1...10_000).filter { pairs.mayHold(contact: -Int64($0), record: 1 << 41) }
        #expect(others.count < 100)
    }
}
