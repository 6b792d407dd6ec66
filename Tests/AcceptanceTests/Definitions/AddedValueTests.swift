import Testing

/// What an added field holds, offers and finds: the keys of its choices, its default, its addresses.
@Suite("An added field")
struct AddedValueTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.add("contact", "--last-name", "Gil")
    }

    @Test(
        "takes choices whose keys begin with a digit, in options, filters, columns and files",
        arguments: [("1a,2b", "1a", "1A"), ("1,2,3", "1", "1"), ("24 horas,48 horas", "24_horas", "24 Horas")]
    )
    func digits(values: String, key: String, label: String) throws {
        try crm.succeed("field", "add", "contact", "size", "--type", "choice", "--values", values)
        try crm.succeed("contact", "edit", "1", "--size", label)
        #expect(try crm.json("contact", "show", "1")["size"]?.string == key)
        let filters = [
            "size = \(key)", "size='\(key)'", "size in (\(key))", "size = \(key) and id = 1", "size = '\(label)'",
        ]
        for filter in filters {
            #expect(
                try crm.succeed("contact", "list", "--where", filter, "--format", "id").output == "1\n",
                "\(filter)"
            )
        }
        let csv = try crm.succeed("contact", "export", "--columns", "last_name,size").output
        try crm.succeed("contact", "import", "--match", "last_name", stdin: csv)
        try crm.succeed("choice", "add", "contact.size", "3c", "--en", "Third")
        let sums = try crm.succeed("contact", "summarize", "--by", "size", "--count").output
        #expect(sums.contains("\(key)\t1"), "\(sums)")
        let lines = try crm.succeed("export").output
        try crm.succeed("--db", crm.file("copy.db"), "apply", "--create", "--quiet", stdin: lines)
        #expect(try crm.succeed("--db", crm.file("copy.db"), "export").output == lines)
        #expect(try crm.succeed("check").errors == "crm: ok\n")
    }

    @Test("takes no choice without a letter or a digit, and no key of its own that begins with a digit")
    func noKeys() throws {
        #expect(try crm.run("field", "add", "contact", "size", "--type", "choice", "--values", "+,-").status != 0)
        let result = try crm.run("field", "add", "contact", "1st")
        #expect(result.errors.contains("begins with a letter"), "\(result.errors)")
    }
}
