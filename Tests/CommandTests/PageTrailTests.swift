import CRMKit
import TestSupport
import Testing

@testable import crm

/// A reading of a room beside a server that this test plays, whose messages come and go between any two pages.
@Suite("The trail of pages through a room") struct PageTrailTests {
    private struct Server {
        var messages: [RocketChat.Place] = []
        var cap = 100
        private var sent = 0

        /// Sends messages, some of them in the same moment.
        mutating func send(_ count: Int, by random: inout SeededGenerator) {
            for _ in 0..<count {
                if Int.random(in: 0..<4, using: &random) > 0 { sent += 1 }
                let key = "m\(messages.count)-\(UInt64.random(in: 0...UInt64.max, using: &random))"
                messages.append(.init(id: key, sentAt: String(1_000_000 + sent)))
            }
        }

        func page(at start: Int, _ size: Int) -> [RocketChat.Place] {
            Array(messages.dropFirst(start).prefix(min(size, cap)))
        }
    }

    @Test("misses nothing, whatever is removed and sent meanwhile, and wherever it is stopped", arguments: 0..<200)
    func churn(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var server = Server()
        server.cap = [100, 100, 50, 7, 1][seed % 5]
        server.send(Int.random(in: 0...900, using: &random), by: &random)
        var known: Set<String> = []
        var trail = PageTrail(offset: 0, total: 0)
        var pages = 0
        while true {
            let page = server.page(at: trail.start(), trail.size)
            let step = trail.take(page, total: server.messages.count) { known.contains($0) }
            if step != .back { known.formUnion(page.map(\.id)) }
            if step == .end { break }
            pages += 1
            #expect(step != .circle && pages < 5000)
            if pages >= 5000 { break }
            // With a server of single messages nothing shows that one was passed over.
            if server.cap > 1, pages < 40, Int.random(in: 0..<3, using: &random) == 0 {
                let gone = Int.random(in: 0...min(server.messages.count, 150), using: &random)
                server.messages.removeSubrange(0..<gone)
                server.send(Int.random(in: 0...200, using: &random), by: &random)
            }
            if Int.random(in: 0..<6, using: &random) == 0 {
                trail = PageTrail(offset: trail.offset, total: trail.total)
            }
        }
        #expect(Set(server.messages.map(\.id)).subtracting(known).isEmpty)
    }

    @Test("ends where the server gives the same messages whatever is asked for") func circle() {
        var random = SeededGenerator(seed: 7)
        var server = Server()
        server.send(450, by: &random)
        var trail = PageTrail(offset: 0, total: 0)
        let steps = (0..<10).map { _ in trail.take(server.page(at: 0, 100), total: 450) { _ in true } }
        #expect(steps.contains(.circle))
    }
}
