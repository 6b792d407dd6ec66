import TestSupport
import Testing

@testable import CRMKit

/// The records that got their numbers by a pattern are known again, and forgotten when they are taken back.
@Suite("Given numbers") struct GivenNumbersTests {
    private static let modules: [ModuleName] = [.quote, .salesOrder]

    @Test("are those that were noted and not taken back, as a plain set has them", arguments: 1...20)
    func sets(seed: UInt64) {
        var chance = SeededGenerator(seed: seed)
        var given = GivenNumbers()
        var plain = Self.modules.map { _ in Set<Int64>() }
        var next = Self.modules.map { _ in Int64(0) }
        var marks: [(mark: GivenNumbers.Mark, plain: [Set<Int64>])] = []
        for _ in 0..<300 {
            switch Int.random(in: 0..<10, using: &chance) {
            case 0: marks.append((given.mark, plain))
            case 1:
                guard let last = marks.popLast() else { continue }
                given.rewind(to: last.mark)
                plain = last.plain
            default:
                let place = Int.random(in: 0..<Self.modules.count, using: &chance)
                next[place] += Int64.random(in: 1...2, using: &chance)
                given.note(next[place], of: Self.modules[place])
                plain[place].insert(next[place])
            }
        }
        for (place, module) in Self.modules.enumerated() {
            for id in 0...(next[place] + 1) {
                #expect(given.contains(id, of: module) == plain[place].contains(id), "\(module) \(id)")
            }
        }
        #expect(given.isEmpty == plain.allSatisfy(\.isEmpty))
    }
}
