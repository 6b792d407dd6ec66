import Testing

/// Columns of other programs' tables: each is taken, or somebody is told.
@Suite struct ForeignColumnTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "What says something of a link is not swallowed where no column makes one",
        arguments: [
            ("asset", "Name,Serial,Role\nL,LT-1,custodian\n", "Role"),
            ("contact", "Last name,Desde\nPaz,2024-01-01\n", "Desde"),
        ]
    )
    func attributes(noun: String, rows: String, header: String) throws {
        let refused = try importing(rows, as: noun)
        #expect(refused.status == 6)
        #expect(refused.errors.contains("\(header): tells of a link, and no column names what to link with"))
        let taken = try importing(rows, as: noun, "--ignore-unknown")
        #expect(taken.status == 0 && taken.errors.contains("passed over the column \(header)"), "\(taken.errors)")
    }

    @Test("The note of a telephone's table is the description")
    func note() throws {
        #expect(try importing("First name,Last name,Note\nAna,Ruiz,Important\n").status == 0)
        #expect(try crm.json("contact", "show", "1")["description"] == "Important")
    }

    @Test("A table that names the organization twice is taken, if it is the same or one is empty")
    func twice() throws {
        let rows = "Last Name,Company,Account\nRuiz,Acme,\nPaz,,Beta\nSol,Acme,Acme\n"
        #expect(try importing(rows, "--create-missing", "organization").status == 0)
        #expect(
            try crm.succeed("contact", "list", "-c", "organization.name").output
                == "organization.name\nAcme\nBeta\nAcme\n"
        )
        let different = try importing("Last Name,Company,Account\nRuiz,Acme,Beta\n")
        #expect(different.status == 6 && different.errors.contains("different records: pass one of them over"))
    }

    @Test("A row without a family name takes it from the whole name beside it")
    func wholeName() throws {
        #expect(try importing("Full Name,First Name,Last Name\nAna Ruiz,,\nx,Luis,Paz\n").status == 0)
        #expect(try crm.succeed("contact", "list", "-c", "name").output == "name\nAna Ruiz\nLuis Paz\n")
    }

    @Test("What nobody chose is no choice, a country has short names, and what a record is called is Nombre")
    func words() throws {
        #expect(
            try importing("Last Name,Lead Source,Mailing Country\nRuiz,--None--,USA\nPaz,--None--,UK\n").status == 0
        )
        #expect(try crm.succeed("address", "list", "-c", "country").output == "country\nUS\nGB\n")
        #expect(try importing("Nombre,Serial\nBomba,B-1\n", as: "asset").status == 0)
    }

    @Test("What the program computes is told where a table says it")
    func computed() throws {
        let result = try importing("Subject,Total\nQ,500\n", as: "quote")
        #expect(result.status == 0 && result.errors.contains("passed over the column Total"))
    }

    @Test("What the user maps is a column, and to something")
    func map() throws {
        let rows = "Last Name,Calle\nRuiz,Mayor 1\n"
        #expect(try importing(rows, "--map", "Calle=nosuch", "--ignore-unknown").status == 6)
        for (map, advice) in [
            ("Cale=title", "did you mean 'Calle'?"), ("Nope=title", "its columns are Last Name, Calle"),
        ] {
            let result = try importing(rows, "--map", map, "--ignore-unknown")
            #expect(result.status == 2 && result.errors.contains("--map: no column is called"), "\(result.errors)")
            #expect(result.errors.contains(advice), "\(result.errors)")
        }
        let passed = try importing(rows, "--map", "Nope=-", "--ignore-unknown")
        #expect(passed.status == 0 && passed.errors.contains("--map: no column is called 'Nope'"), "\(passed.errors)")
    }

    @Test("Lines and rows that say two things of one record or link are refused")
    func meeting() throws {
        let lines = #"{"module":"contact","external_id":"K","last_name":"A"}"#
        try crm.write(lines + "\n" + lines.replacing(#""A""#, with: #""B""#) + "\n", to: "lines")
        let applied = try crm.run("apply", "lines")
        #expect(applied.status == 6 && applied.errors.contains("row 1 is of the same contact and says something else"))
        try crm.write(lines + "\n" + lines + "\n", to: "lines")
        #expect(try crm.run("apply", "lines").status == 0)
        try crm.add("product", "--name", "P")
        try crm.add("product", "--name", "Q")
        try crm.write("contact,product,quantity\n1,2,7\n1,1,2\n1,1,2\n1,1,5\n", to: "links")
        let linked = try crm.run("contact", "link", "product", "--input", "links")
        #expect(linked.status == 6 && linked.errors.contains(": row 2 links the two"), "\(linked.errors)")
    }

    @Test("The groups of a card that Google made are tags one by one")
    func groups() throws {
        try crm.write(
            "BEGIN:VCARD\nVERSION:3.0\nN:Paz;;;;\nCATEGORIES:* myContacts ::: Taller\nEND:VCARD\n",
            to: "a.vcf"
        )
        try crm.succeed("contact", "import", "a.vcf")
        #expect(try crm.succeed("contact", "list", "-c", "tags").output == "tags\nmyContacts,Taller\n")
    }

    @Test("Quotes do not hide a formula in a table without quoting")
    func formula() throws {
        try crm.add("contact", "--last-name", "\"=1+1\"")
        let words = ["contact", "export", "--format", "tsv", "--spreadsheet-safe", "--columns", "last_name"]
        #expect(try crm.succeed(words).output == "last_name\n'\"=1+1\"\n")
    }
}
