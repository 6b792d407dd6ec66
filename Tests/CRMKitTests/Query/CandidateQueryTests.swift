import SQLite
import Testing

@testable import CRMKit

@Suite("Records that may be meant")
struct CandidateQueryTests {
    @Test(
        "By a part of the name, of a key or of a number",
        arguments: [
            ("ana", .prefix, ["Ana Ruiz", "Anabel Soto"]), ("ANA R", .prefix, ["Ana Ruiz"]),
            ("ruiz", .prefix, ["Ana Ruiz"]),
            ("ruíz", .anywhere, ["Ana Ruiz"]), ("an", .anywhere, ["Ana Ruiz", "Anabel Soto", "José Luján"]),
            ("zoe@", .prefix, ["Anabel Soto"]), ("55 1234", .prefix, ["José Luján"]),
            ("5512345678", .prefix, ["José Luján"]),
            ("3", .prefix, ["José Luján"]), ("jose", .prefix, ["José Luján"]), ("'", .anywhere, []),
            ("luján", .prefix, []),
            ("", .prefix, ["Ana Ruiz", "Anabel Soto", "José Luján"]),
        ] as [(String, CandidateQuery.Extent, [String])]
    )
    func parts(_ part: String, _ extent: CandidateQuery.Extent, _ expected: [String]) throws {
        let sample = try SampleDatabase()
        try sample.add("contact", ["last_name": "Ruiz", "name": "Ana Ruiz", "email": "ruiz@example.org"])
        try sample.add("contact", ["last_name": "Soto", "name": "Anabel Soto", "email": "Zoe@example.org"])
        try sample.add("contact", ["last_name": "Luján", "name": "José Luján", "mobile": "(55) 1234 5678"])
        let query = CandidateQuery(sample.registry["contact"], country: "MX")
        let found = try query.candidates(for: part, extent: extent, limit: 10, in: sample.database)
        #expect(found.compactMap(\.name) == expected)
        let first = try query.candidates(for: part, extent: extent, limit: 1, in: sample.database)
        #expect(first.count == min(1, expected.count))
    }

    @Test("With the first natural key beside the name, in every module")
    func keys() throws {
        let sample = try SampleDatabase()
        try sample.add("asset", ["name": "Laptop", "serial": "L1"])
        let query = CandidateQuery(sample.registry["asset"], country: nil)
        let expected = [CandidateQuery.Candidate(id: 1, name: "Laptop", key: "L1")]
        #expect(try query.candidates(for: "lap", extent: .prefix, limit: 5, in: sample.database) == expected)
        #expect(try query.candidates(for: "L1", extent: .prefix, limit: 5, in: sample.database) == expected)
        try sample.add("contact", ["last_name": "Ruiz", "name": "Ana Ruiz", "email": "ana@example.org", "phone": "55"])
        let contacts = CandidateQuery(sample.registry["contact"], country: nil)
        #expect(
            try contacts.candidates(for: "ana", extent: .prefix, limit: 5, in: sample.database).map(\.key)
                == ["ana@example.org"]
        )
        for module in sample.registry.modules {
            let query = CandidateQuery(module, country: nil)
            _ = try query.candidates(for: "x", extent: .anywhere, limit: 5, in: sample.database)
        }
    }
}
