import Testing

/// Names and codes in which spreadsheets and telephones have put other marks for those that were typed.
@Suite struct TypographyTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "A name with other apostrophes, dashes and blanks is that of the same record",
        arguments: [
            ("D'Agostino - Vega", "D’Agostino – Vega"), ("D'Agostino - Vega", "D´Agostino -  Vega"),
            ("D’Agostino – Vega", "D'Agostino - Vega"), ("Tubo 1/2\"", "Tubo 1/2”"), ("Y así...", "Y así…"),
        ]
    )
    func names(stored: String, cell: String) throws {
        try crm.add("organization", "--name", stored)
        let quoted = cell.replacing("\"", with: "\"\"")
        let rows = "name,serial,organization.name\nA,1,\"\(quoted)\"\n"
        let result = try importing(rows, as: "asset", "--create-missing", "organization")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT organization, (SELECT count(*) FROM organization) FROM asset") == "1|1")
    }

    @Test("So is a code", arguments: ["A–1", "A\u{2011}1", "A−1"])
    func codes(cell: String) throws {
        try crm.add("product", "--name", "P", "--code", "A-1")
        let result = try importing("name,serial,product.code\nA,1,\(cell)\n", as: "asset")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT product FROM asset") == "1")
    }

    @Test("A name with its own marks is found first, and another one is still made")
    func own() throws {
        try crm.add("organization", "--name", "L'Or")
        try crm.add("organization", "--name", "L’Or")
        let rows = "name,serial,organization.name\nA,1,L’Or\nB,2,L'Or\nC,3,L’Oreal\n"
        let result = try importing(rows, as: "asset", "--create-missing", "organization")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT group_concat(organization) FROM asset") == "2,1,3")
    }
}
