import Testing

/// Files of lines beside a record, spelled as the files of imports are.
@Suite struct LineFileTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
    }

    private func lines() throws -> String {
        try crm.sql("SELECT text, quantity, unit_price FROM quote_line ORDER BY position")
    }

    private let add = ["quote", "add", "--contact", "1", "--subject", "X", "--lines"]

    @Test("The dialect of a file is told as that of an import is, or seen")
    func dialects() throws {
        // Windows-1252, as a Spanish Excel writes it.
        let bytes = Array("text;quantity;unit_price\nMu".utf8) + [0xF1] + Array("eca;1,5;1.200,50\n".utf8)
        try crm.write(bytes, to: "in.csv")
        try crm.succeed(add + ["in.csv", "--excel-es"])
        #expect(try lines() == "Muñeca|1500000|120050")
        try crm.succeed("quote", "delete", "1", "--yes", "--force")
        try crm.succeed(add + ["in.csv", "--encoding", "cp1252", "--decimal", ","])
        #expect(try lines() == "Muñeca|1500000|120050")
        try crm.succeed("quote", "line", "add", "2", "--input", "in.csv", "--delimiter", ";", "--excel-es")
        #expect(try crm.sql("SELECT count(*) FROM quote_line") == "2")
    }

    @Test("An encoding that is not told is named as for an import")
    func encoding() throws {
        try crm.write(Array("text;quantity\nMu".utf8) + [0xF1] + Array("eca;1\n".utf8), to: "in.csv")
        let result = try crm.run(add + ["in.csv"])
        #expect(result.status != 0 && result.errors.contains("--encoding cp1252"), "\(result.errors)")
    }

    @Test("A cell that is not spelled so is named with its row")
    func malformed() throws {
        try crm.write("text;quantity\nA;1.5.5,5\n", to: "in.csv")
        let result = try crm.run(add + ["in.csv", "--decimal", ","])
        #expect(result.status != 0 && result.errors.contains("row 1 (line 2)"), "\(result.errors)")
        #expect(try lines() == "")
    }

    @Test("The options say nothing where no file is read, and of JSON")
    func idle() throws {
        let none = try crm.run("quote", "add", "--contact", "1", "--subject", "X", "--decimal", ",")
        #expect(none.status == 2 && none.errors.contains("--decimal says nothing about"), "\(none.errors)")
        try crm.write("[]", to: "in.json")
        let json = try crm.run(add + ["in.json", "--decimal", ","])
        #expect(json.status == 2 && json.errors.contains("--decimal says nothing about json"), "\(json.errors)")
        let given = try crm.run("quote", "line", "add", "1", "text=A,quantity=1", "--excel-es")
        #expect(given.status == 2 && given.errors.contains("--excel-es says nothing about"), "\(given.errors)")
    }
}
