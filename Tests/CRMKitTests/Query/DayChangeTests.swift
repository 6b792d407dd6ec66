import SQLite
import Testing

@testable import CRMKit

/// A store that stays open over midnight, as that of a long batch does.
@Suite struct DayChangeTests {
    @Test("links that ended since are no longer counted") func linksThatEndedSinceAreNoLongerCounted() throws {
        let store = try TemporaryStore()
        try store.add(.contact, ["last_name": "Ruiz"])
        try store.add(.asset, ["name": "Laptop", "serial": "X1"])
        try store.link(.asset, contact: 1, record: 1, ["until": "2026-03-03"])
        func names() throws -> [String] {
            var names: [String] = []
            let contact = store.store.registry[.contact]
            _ = try store.store.read(1, of: contact, columns: ["id", "asset.name"], withNames: true) { rows in
                names = rows.columns.indices.compactMap { rows.value($0).text }
            }
            return names + ["\(try store.store.related(to: 1, in: contact).groups.map(\.count))"]
        }
        let today = try names()
        #expect(today.joined().contains("Laptop"))
        let moment = try #require(Moment(secondsSinceEpoch: 1_772_443_800 + 2 * 86_400))
        store.store.clock = Clock(zone: TemporaryStore.clock.zone, at: moment)
        let later = try names()
        #expect(!later.joined().contains("Laptop"))
        #expect(later.last != today.last)
    }
}
