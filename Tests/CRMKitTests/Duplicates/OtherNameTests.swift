import Testing

@testable import CRMKit

/// Records with an e-mail address or a telephone of their own in common, whose names do not match.
@Suite struct OtherNameTests {
    private let crm: TemporaryStore

    init() throws {
        crm = try TemporaryStore()
        _ = try crm.store.set(.country, to: "MX", TemporaryStore.request())
    }

    private func pairs() throws -> [[Int64]] {
        var pairs: [[Int64]] = []
        _ = try crm.store.duplicates(DuplicateQuery(.contact)) { pairs.append([$0.keep, $0.merge]) }
        return pairs.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
    }

    /// Adds a contact by the given name and the surname, parted by a bar.
    private func add(_ name: String, email: String = "", mobile: String = "") throws {
        let names = name.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        try crm.add(.contact, ["first_name": names[0], "last_name": names[1], "email": email, "mobile": mobile])
    }

    private static let byAddress: [(String, String, String, Bool)] = [
        ("Roberto|Contreras", "|Rcontreras", "rcontreras@x.mx", true),
        ("Ana|Paz", "|ana.paz17", "ana.paz@x.mx", true), ("|ana.paz17", "|ana paz", "ana.paz@x.mx", true),
        ("Pepe|Luna", "|(sin nombre)", "luna9@x.mx", true), ("Pepe|Luna", "|N/A", "luna9@x.mx", true),
        ("María|Gil Paz", "María|Sosa", "mgp@x.mx", true), ("Eva|Sol", "Evita|Sól", "e@x.mx", true),
        ("Ana|Paz", "Rosa|Gil", "ana.paz@x.mx", false), ("Juan|Paz", "María|Paz", "paz@x.mx", false),
        ("Ana|Gil", "|Na", "n@x.mx", false), ("Ana|Gil", "|(sin nombre)", "ventas@x.mx", false),
    ]

    @Test("An address is enough where the other name is none, or goes with it", arguments: byAddress)
    func address(one: String, other: String, email: String, isFound: Bool) throws {
        for name in [one, other] { try add(name, email: email) }
        #expect(try pairs() == (isFound ? [[1, 2]] : []))
    }

    private static let byNumber: [(String, Bool)] = [
        ("|(sin nombre)", true), ("|Desconocido", true), ("Ana|Sosa", false), ("Rosa|Luna", false),
    ]

    @Test("So is a telephone, but for a name that is another", arguments: byNumber)
    func number(other: String, isFound: Bool) throws {
        for name in ["Ana|Luna", other] { try add(name, mobile: "5511110000") }
        #expect(try pairs() == (isFound ? [[1, 2]] : []))
    }

    @Test("Two who have both alone are proposed whatever their names, and three are a family", arguments: [2, 3])
    func both(count: Int) throws {
        for name in ["Pepe|Luna", "Rosa|Gil", "Olga|Mora"].prefix(count) {
            try add(name, email: "casa9@x.mx", mobile: "5511110000")
        }
        #expect(try pairs() == (count == 2 ? [[1, 2]] : []))
    }

    @Test(
        "Wholly different names with one address or number are listed last, and only when asked for",
        arguments: ["email", "mobile"]
    )
    func onlyAskedFor(key: String) throws {
        let value = key == "email" ? "casa9@x.mx" : "5511110000"
        for (first, last) in [("Pepe", "Luna"), ("Rosa", "Gil")] {
            try crm.add(.contact, ["first_name": first, "last_name": last, key: value])
        }
        for name in ["Ana|Sosa", "Ana|Sosa"] { try add(name, email: "sosa@x.mx") }
        #expect(try pairs() == [[3, 4]])
        var query = DuplicateQuery(.contact)
        query.threshold = 300
        var found: [DuplicatePair] = []
        _ = try crm.store.duplicates(query) { found.append($0) }
        #expect(found.map { [$0.keep, $0.merge] } == [[3, 4], [1, 2]])
        let last = try #require(found.last)
        #expect(last.thousandths < 500 && last.reasons.map(\.key) == [key == "email" ? "email" : "phone"])
    }

    @Test("An address of many is that of a family or an office")
    func many() throws {
        for name in ["Luna", "Gil", "Mora", "Paz"] { try add("Ana|\(name)", email: "casa9@x.mx") }
        try add("|(sin nombre)", email: "casa9@x.mx")
        #expect(try pairs() == [])
    }
}
