import CRMKit
import Testing

@testable import crm

@Suite("The pace of requests") struct RequestPaceTests {
    @Test("lets one request tell how many of its kind a server takes that limits others")
    func unknownKinds() {
        var pace = RequestPace()
        #expect(pace.allowance("rooms.info", now: 0) == nil)
        pace.note("rooms.info", remaining: 9, resetMilliseconds: nil, serverTime: nil, now: 0)
        #expect(pace.allowance("rooms.info", now: 1) == 9)
        #expect(pace.allowance("channels.messages", now: 1) == 1)
        pace.note("channels.messages", remaining: nil, resetMilliseconds: nil, serverTime: nil, now: 1)
        #expect(pace.allowance("channels.messages", now: 2) == nil)
    }
}

@Suite("A foreseen trail of pages") struct ForeseenPagesTests {
    @Test("is as long as something tells until a page does")
    func expectation() {
        var trail = PageTrail(offset: 0, total: 0, expected: 991)
        #expect(trail.pagesLeft == 11)
        let page = (0..<100).map { RocketChat.Place(id: "\($0)", sentAt: "\(1000 + $0)") }
        let step = trail.take(page, total: 200) { _ in false }
        #expect(step == .onwards)
        #expect(trail.pagesLeft == 2)
    }
}
