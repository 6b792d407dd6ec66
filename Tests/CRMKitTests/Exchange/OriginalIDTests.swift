import Formats
import TestSupport
import Testing

@testable import CRMKit

/// What files make of their own exports and of each other's, where records could not keep their ids.
@Suite struct OriginalIDTests {
    /// The moment of a new ``TemporaryStore``.
    private static let moment = "2026-03-02T09:30:00Z"

    private func export(_ crm: TemporaryStore) throws -> String {
        String(decoding: try DatabaseRoundTripTests.export(crm), as: UTF8.self)
    }

    @discardableResult
    private func apply(_ lines: String, to crm: TemporaryStore) throws -> ImportReport {
        try DatabaseRoundTripTests.apply(Array(lines.utf8), to: crm)
    }

    /// The contacts of a file, as `id name`.
    private func contacts(_ crm: TemporaryStore) throws -> [String] {
        try crm.rows("SELECT id, last_name FROM contact ORDER BY id")
    }

    /// Expects that lines change nothing.
    private func expectNothing(
        of lines: String,
        in crm: TemporaryStore,
        _ place: SourceLocation = #_sourceLocation
    ) throws {
        let (contents, changeSets) = (try crm.contents(), try crm.count("change_set"))
        let report = try apply(lines, to: crm)
        #expect(report.unchanged == report.rows, sourceLocation: place)
        #expect(try crm.contents() == contents, sourceLocation: place)
        #expect(try crm.count("change_set") == changeSets, sourceLocation: place)
    }

    /// Expects that a file's own export changes nothing in it, and makes an equal file.
    private func expectStable(_ crm: TemporaryStore, _ place: SourceLocation = #_sourceLocation) throws {
        let lines = try export(crm)
        try expectNothing(of: lines, in: crm, place)
        let copy = try TemporaryStore()
        try apply(lines, to: copy)
        #expect(try export(copy) == lines, sourceLocation: place)
    }

    @Test("A deleted record that an earlier export brought back with another id is brought back once")
    func broughtBack() throws {
        let crm = try TemporaryStore()
        for name in ["A", "A2"] { try crm.add(.contact, ["last_name": name]) }
        let old = try export(crm)
        #expect(!old.contains("original_id"))
        try crm.delete(.contact, 1)
        #expect(try apply(old, to: crm).created == 1)
        for _ in 1...3 { try expectStable(crm) }
        try expectNothing(of: old, in: crm)
        #expect(try contacts(crm) == ["2 A2", "3 A"])
        let own = try export(crm)
        #expect(own.contains(#"{"module":"contact","ref":"contact:3","original_id":1,"id":3,"#))
        #expect(own.contains(#"{"module":"contact","ref":"contact:2","id":2,"#))
        // An export from before original ids were written.
        try expectNothing(of: own.replacing(#""original_id":1,"#, with: ""), in: crm)
    }

    @Test("Records made elsewhere with the id of one here, in the same second, stay apart from it")
    func sameSecond() throws {
        let crm = try TemporaryStore()
        try crm.add(.contact, ["last_name": "A"])
        let first = try export(crm)
        let other = first.replacing(#""A""#, with: #""B""#)
        #expect(try apply(other, to: crm).created == 1)
        try expectStable(crm)
        for lines in [first, other] { try expectNothing(of: lines, in: crm) }
        #expect(try contacts(crm) == ["1 A", "2 B"])
        // The line of a changed record still finds it.
        let changed = try export(crm).replacing(#""last_name":"B""#, with: #""last_name":"C""#)
        #expect(try apply(changed, to: crm).updated == 1)
        #expect(try contacts(crm) == ["1 A", "2 C"])
    }

    @Test("Two files given to each other in turn become equal and grow no more", arguments: [false, true])
    func inTurn(sameSecond: Bool) throws {
        let (one, other) = (try TemporaryStore(), try TemporaryStore())
        if !sameSecond { other.tick() }
        for (crm, name) in [(one, "A"), (other, "B")] {
            try crm.add(.organization, ["name": name])
            try crm.add(.contact, ["last_name": name, "organization": "1"])
            try crm.write { transaction in
                let part = crm.store.registry[.contact].part(required: "point")
                _ = try transaction.add(
                    part,
                    to: 1,
                    of: crm.store.registry[.contact],
                    part.inputs("kind=email,value=\(name.lowercased())@example.org")
                )
            }
        }
        for _ in 1...3 {
            try apply(export(one), to: other)
            try apply(export(other), to: one)
        }
        let query = """
            SELECT c.last_name, o.name, (SELECT count(*) FROM contact_point p WHERE p.contact = c.id) \
            FROM contact c JOIN organization o ON o.id = c.organization ORDER BY 1
            """
        for crm in [one, other] {
            #expect(try crm.rows(query) == ["A A 1", "B B 1"])
            #expect(try crm.count("organization") == 2)
            try expectStable(crm)
        }
    }

    @Test("A record that comes back by other files is the one that it was")
    func byOthers() throws {
        let files = try (0..<3).map { _ in try TemporaryStore() }
        for (place, crm) in files.enumerated() {
            for _ in 0..<place { crm.tick() }
            try crm.add(.contact, ["last_name": "\(place)"])
            try crm.edit(.contact, 1, ["title": "T"])
        }
        try apply(export(files[0]), to: files[1])
        try apply(export(files[1]), to: files[2])
        #expect(try contacts(files[2]) == ["1 2", "2 1", "3 0"])
        try apply(export(files[2]), to: files[0])
        #expect(try contacts(files[0]) == ["1 0", "2 2", "3 1"])
        for crm in files { try expectStable(crm) }
    }

    @Test("A record whose original id another line has taken is not made anew with every import, but told")
    func takenBefore() throws {
        let crm = try TemporaryStore()
        try crm.add(.contact, ["last_name": "A"])
        try apply(export(crm).replacing(#""A""#, with: #""B""#), to: crm)
        try crm.delete(.contact, 1)
        let taking = #"{"module":"contact","id":9,"original_id":1,"created_at":"\#(Self.moment)","last_name":"B"}"#
        func line(_ name: String) -> String {
            #"{"module":"contact","id":1,"created_at":"\#(Self.moment)","last_name":"\#(name)"}"#
        }
        // A copy is the same.
        try expectNothing(of: "\(taking)\n\(line("B"))\n", in: crm)
        var problems: [RowProblem] = []
        do {
            try crm.write { (transaction: Transaction) -> Void in
                let work = try DatabaseImport(in: transaction)
                try work.take(
                    from: ByteSource(bytes: Array("\(taking)\n\(line("C"))\n".utf8)),
                    reject: { problems.append($0) },
                    advance: {}
                )
                // Nothing stays.
                throw TemporaryStore.NoChangeSet()
            }
        } catch is TemporaryStore.NoChangeSet {}
        #expect(problems.map(\.line) == [2])
        #expect(problems.map(\.field) == ["id"])
        #expect(try contacts(crm) == ["2 B"])
    }

    @Test("A line with an original id that comes twice, the second time changed, is of one record")
    func cameTwice() throws {
        func line(_ id: Int, _ name: String, original: Int = 1, updated: String = Self.moment) -> String {
            #"{"module":"contact","id":\#(id),"original_id":\#(original),"created_at":"\#(Self.moment)","#
                + #""updated_at":"\#(updated)","last_name":"\#(name)"}"# + "\n"
        }
        let later = "2026-03-02T09:31:00Z"
        let lines = line(5, "Ana") + line(5, "Anita", updated: later)
        let crm = try TemporaryStore()
        let report = try apply(lines, to: crm)
        #expect(report.created == 1)
        #expect(report.updated == 1)
        #expect(try contacts(crm) == ["5 Anita"])
        // The line of another record does not take it.
        #expect(try apply(line(5, "Anita", updated: later) + line(6, "Eva", updated: later), to: crm).created == 1)
        #expect(try contacts(crm) == ["5 Anita", "6 Eva"])
    }

    @Test("A copy has what was merged into a record that has an original id")
    func merged() throws {
        let (crm, other) = (try TemporaryStore(), try TemporaryStore())
        try crm.add(.contact, ["last_name": "A"])
        other.tick()
        try other.add(.contact, ["last_name": "B"])
        try apply(export(other), to: crm)
        let third = try crm.add(.contact, ["last_name": "B"])
        _ = try crm.write { try $0.merge(Registry.standard[.contact], keeping: 2, [third]) }
        try expectStable(crm)
    }

    // MARK: - Any work

    /// Random work on two files that begin in one second, and are given to each other meanwhile.
    private struct Exchange {
        let files: [TemporaryStore]
        var generator: SeededGenerator
        var names = 0

        mutating func chance(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

        mutating func name() -> String {
            names += 1
            return "N\(names)"
        }

        mutating func any(_ module: ModuleName, in crm: TemporaryStore) throws -> Int64? {
            let ids = try crm.store.ids(of: Registry.standard[module])
            return ids.randomElement(using: &generator)
        }

        /// Does one thing to a file; what is refused does not matter.
        mutating func work(on crm: TemporaryStore) throws {
            do {
                switch chance(10) {
                case 0, 1: try crm.add(.organization, ["name": name()])
                case 2: try crm.add(.contact, ["last_name": name()])
                case 3, 4:
                    guard let organization = try any(.organization, in: crm) else { return }
                    try crm.add(.contact, ["last_name": name(), "organization": "\(organization)"])
                case 5, 6:
                    let module = chance(2) == 0 ? ModuleName.organization : .contact
                    guard let id = try any(module, in: crm) else { return }
                    try crm.edit(module, id, [module == .contact ? "last_name" : "name": name()])
                case 7, 8:
                    let module = chance(2) == 0 ? ModuleName.organization : .contact
                    guard let id = try any(module, in: crm) else { return }
                    try crm.delete(module, id)
                default: try crm.undo()
                }
            } catch let error as CRMError {
                let expected: [CRMError.Code] = [.refused, .conflict, .notFound, .usage, .invalid]
                guard expected.contains(error.code) else { throw error }
            }
        }
    }

    @Test(
        "Whatever is done to two files, what they take in twice they take in once",
        arguments: 1...24 as ClosedRange<UInt64>
    )
    func exchange(seed: UInt64) throws {
        var work = Exchange(
            files: [try TemporaryStore(), try TemporaryStore()],
            generator: SeededGenerator(seed: seed)
        )
        for _ in 1...40 {
            let place = work.chance(2)
            switch work.chance(10) {
            case 0..<6: try work.work(on: work.files[place])
            case 6, 7: for crm in work.files { crm.tick() }
            default:
                let lines = try export(work.files[1 - place])
                try apply(lines, to: work.files[place])
                try expectNothing(of: lines, in: work.files[place])
                for crm in work.files { try expectNothing(of: export(crm), in: crm) }
            }
        }
        var counts: [Int] = []
        for round in 0..<12 {
            try apply(export(work.files[round % 2]), to: work.files[1 - round % 2])
            counts.append(
                try work.files.reduce(0) { sum, crm in
                    try sum + crm.count("contact") + crm.count("organization")
                }
            )
        }
        #expect(Set(counts.suffix(4)).count == 1, "\(counts)")
        for crm in work.files { try expectStable(crm) }
    }
}
