import Testing

@testable import CRMKit

/// Codes that differ from earlier ones in the case of letters alone, where many records are written in several
/// transactions.
@Suite struct CodeCaseTests {
    private let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    /// Adds products of some codes among many others.
    ///
    /// - Parameter lead: the beginning of the others' codes, which is new.
    /// - Returns: the codes that earlier products have in other case.
    @discardableResult
    private func add(_ codes: [String], among lead: String) throws -> [String] {
        let products = Registry.standard[.product]
        return try crm.write { transaction in
            for code in (1...70).map({ "\(lead)\($0)" }) + codes {
                _ = try transaction.add(products, [FieldInput("name", .set("P")), FieldInput("code", .set(code))])
            }
            let shared = try transaction.sharedValues()
            #expect(shared.count == shared.first.count)
            return shared.first.map(\.value)
        }
    }

    private func others() throws -> Store { try TemporaryStore.open(crm.store.path, .writing(creating: false)) }

    private func write(_ code: String, to store: Store) throws {
        _ = try store.write(TemporaryStore.request()) { transaction in
            let fields = [FieldInput("name", .set("P")), FieldInput("code", .set(code))]
            _ = try transaction.add(Registry.standard[.product], fields)
        }
    }

    @Test("are found among those of an earlier transaction")
    func earlier() throws {
        #expect(try add(["x1", "Y1"], among: "a").isEmpty)
        #expect(try add(["X1", "y1", "z1"], among: "b") == ["X1", "y1"])
        #expect(try add(["Z1"], among: "c") == ["Z1"])
    }

    @Test("are found where no code before had letters of both cases")
    func lateCase() throws {
        #expect(try add(["x1"], among: "a").isEmpty)
        #expect(try add(["x2"], among: "b").isEmpty)
        #expect(try add(["X2"], among: "c") == ["X2"])
    }

    @Test("are found where another process has written them since")
    func otherWriter() throws {
        try add(["x1", "Y1"], among: "a")
        try write("q1", to: others())
        #expect(try add(["Q1", "y1"], among: "b") == ["Q1", "y1"])
    }

    @Test("are found where another command has written them since, and not where it has removed them")
    func otherCommand() throws {
        try add(["x1", "Y1", "v1"], among: "a")
        let id = try crm.store.id(of: "code:x1", in: Registry.standard[.product])
        try crm.edit(.product, id, ["code": "w1"])
        #expect(try add(["X1", "W1"], among: "b") == ["W1"])
        try crm.undo()
        try crm.delete(.product, crm.store.id(of: "code:v1", in: Registry.standard[.product]))
        #expect(try add(["V1", "W1", "y1"], among: "c") == ["W1", "y1"])
    }

    @Test("are found after a transaction that was taken back")
    func takenBack() throws {
        struct Refused: Error {}
        try add(["x1", "Y1"], among: "a")
        #expect(throws: Refused.self) {
            try crm.write { transaction in
                for number in 1...70 {
                    let fields = [FieldInput("name", .set("P")), FieldInput("code", .set("U\(number)"))]
                    _ = try transaction.add(Registry.standard[.product], fields)
                }
                _ = try transaction.sharedValues()
                throw Refused()
            }
        }
        #expect(try add(["X1", "u1", "y1"], among: "b") == ["X1", "y1"])
    }

    @Test("are gathered once for the transactions of one command, unless others write between them")
    func gatheredOnce() throws {
        try add(["x1", "Y1"], among: "a")
        let mark = #"SELECT count(*) FROM "same_code_product_code" WHERE "code" = 'mark'"#
        try crm.store.database.execute(#"INSERT INTO "same_code_product_code" VALUES ('mark', 0)"#)
        try add(["X1"], among: "b")
        #expect(try crm.store.database.scalar(mark) == .integer(1))
        try write("q1", to: others())
        try add(["x2"], among: "c")
        #expect(try crm.store.database.scalar(mark) == .integer(0))
    }

    @Test("are gathered anew by a command that has not changed anything yet, where another has written since")
    func notYetChanged() throws {
        let products = Registry.standard[.product]
        let code = try #require(products.field("code"))
        let place = CodeCases.Place(table: .name(products.table), owner: "id", code: code.comparedColumn)
        let cases = CodeCases("tested", places: [place], in: crm.store)
        let id = try crm.add(.product, ["name": "P", "code": "x1"])
        try crm.add(.product, ["name": "P", "code": "Y1"])
        let changeSet = try crm.store.newestChangeSet()
        #expect(try cases.search(for: id...id, areMany: true, in: changeSet) == .gathered)
        #expect(try cases.search(for: id...id, areMany: false, in: nil) == .gathered)
        try crm.edit(.product, id, ["code": "w1"])
        #expect(try cases.search(for: id...id, areMany: false, in: nil) == .walking)
        #expect(try cases.search(for: id...id, areMany: false, in: changeSet + 1) == .gathered)
    }
}
