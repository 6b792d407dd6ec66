import Testing

/// Words for no value in the place of one that is there.
@Suite struct SentNothingTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add(
            "contact",
            "--last-name",
            "X",
            "--email",
            "a@example.org",
            "--mobile",
            "600000001",
            "--birthdate",
            "1980-03-04",
            "--title",
            "Jefa"
        )
    }

    private func importing(_ rows: String, _ options: String..., to file: String = "in.csv") throws -> CRM.Result {
        try crm.write(rows, to: file)
        return try crm.run(["contact", "import", file, "--match", "email"] + options)
    }

    private static let words = ["N/A", "n/a", "NULL", "S/N", "no tiene", "-", "—"]

    @Test("What empties a field is told", arguments: ["mobile", "birthdate"], words)
    func told(field: String, word: String) throws {
        let result = try importing("email,last_name,\(field)\na@example.org,X,\(word)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("\(field) \"\(word)\"") && result.errors.contains("empty"), "\(result.errors)")
    }

    @Test("So is a day of zeros, and what a member of JSON says")
    func others() throws {
        let days = try importing("email,last_name,birthdate\na@example.org,X,0000-00-00\n")
        #expect(days.status == 0 && days.errors.contains("0000-00-00"), "\(days.errors)")
        let members = #"[{"email":"a@example.org","last_name":"X","mobile":"N/A"}]"#
        let json = try importing(members, to: "in.json")
        #expect(json.status == 0 && json.errors.contains("N/A"), "\(json.errors)")
    }

    @Test("An empty cell, and a word where nothing was, are no news of what is there", arguments: ["", "-"])
    func quiet(cell: String) throws {
        let result = try importing("email,last_name,phone\na@example.org,X,\(cell)\n")
        #expect(result.status == 0 && !result.errors.contains("taken as empty"), "\(result.errors)")
    }

    @Test("Where only what is empty is filled nothing goes, and nothing is told to")
    func filling() throws {
        let result = try importing("email,last_name,mobile\na@example.org,X,-\n", "--only-empty")
        #expect(result.status == 0 && !result.errors.contains("taken as empty"), "\(result.errors)")
        #expect(try crm.sql("SELECT mobile FROM contact") == "600000001")
    }
}
