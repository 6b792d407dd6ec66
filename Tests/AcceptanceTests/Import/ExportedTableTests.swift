import Testing

/// What the exports of spreadsheets and of other programs twist: it is mended where it is plain, and else refused with
/// what to do.
@Suite("Import of exported tables") struct ExportedTableTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    private func names() throws -> String {
        try crm.sql("SELECT coalesce(first_name, '-'), last_name FROM contact ORDER BY id")
    }

    // MARK: - Names

    @Test("Nombre alone is the whole name of new and of matched records")
    func wholeName() throws {
        let rows = "Nombre,Correo\nAna Ruiz,a@x.example\nLuis,b@x.example\n"
        #expect(try importing(rows, as: "contact", "--match", "email").status == 0)
        #expect(try names() == "Ana|Ruiz\n-|Luis")
        #expect(try importing(rows, as: "contact", "--match", "email").output == "2 rows, 2 unchanged\n")
        #expect(try importing("id,Nombre,Correo\n1,Ana Ruiz,a@x.example\n").output == "1 row, 1 unchanged\n")
    }

    @Test("A word alone is the given name of somebody with a family name, and first_name is never more")
    func givenName() throws {
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "a@x.example")
        #expect(try importing("Nombre,Correo\nEva,a@x.example\n", as: "contact", "--match", "email").status == 0)
        #expect(try names() == "Eva|Ruiz")
        #expect(try importing("first_name,email\nAna Eva,a@x.example\n", as: "contact", "--match", "email").status == 0)
        #expect(try names() == "Ana Eva|Ruiz")
    }

    // MARK: - Errors of spreadsheets

    @Test("What a spreadsheet has not found leaves what is there, and is told", arguments: ["#N/A", "#N/D"])
    func unavailable(cell: String) throws {
        let mobile = "5512345678"
        try crm.add("contact", "--last-name", "Ruiz", "--email", "a@x.example", "--mobile", mobile)
        let result = try importing("Correo,Móvil\na@x.example,\(cell)\n", as: "contact", "--match", "email")
        #expect(result.status == 0 && result.errors.contains("what is there stays"), "\(result.errors)")
        #expect(try crm.sql("SELECT replace(mobile, ' ', '') FROM contact").hasSuffix(mobile))
        let nameless = try importing("first_name,last_name\nAna,\(cell)\n")
        #expect(nameless.status == 6 && nameless.errors.contains("has lost"), "\(nameless.errors)")
    }

    @Test(
        "What a spreadsheet shows in place of a value is none",
        arguments: ["#REF!", "#VALOR!", "#¡VALOR!", "#DESBORDAMIENTO!", "#SPILL!", "Err:502", "########", "#NOMBRE?"]
    )
    func lost(cell: String) throws {
        for header in ["last_name,title", "last_name,organization.name"] {
            let result = try importing("\(header)\nRuiz,\(cell)\n", as: "contact", "--create-missing", "organization")
            #expect(result.status == 6 && result.errors.contains("has lost"), "\(result.errors)")
        }
    }

    // MARK: - Parts of one

    @Test("HubSpot's probability is a part of one")
    func probability() throws {
        try addBuyer()
        let rows = """
            Record ID,Deal Name,Deal Stage,Amount,Close Date,Deal probability,Associated Company,Associated Contact
            1,X,Contract Sent,1200,2026-12-31 10:00,0.9,Acme,B (b@example.org)

            """
        let result = try importing(rows, as: "opportunity")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT probability FROM opportunity") == "900000")
    }

    @Test(
        "A bare number below one is not taken for a percentage",
        arguments: [
            ("product", "Nombre,Código,Precio,IVA", "Cable,007,10.00,", "16"), ("project", "Nombre,Avance", "X,", "50"),
            (
                "opportunity", "contact.email,organization.name,Nombre,Importe,Fecha de cierre,Etapa,Probabilidad",
                "b@example.org,Acme,X,1200,2026-12-31,proposal,", "7.5"
            ),
        ]
    )
    func partOfOne(noun: String, header: String, row: String, percent: String) throws {
        try addBuyer()
        let part = ["16": "0.16", "50": "0.5", "7.5": "0.075"][percent] ?? ""
        let result = try importing("\(header)\n\(row)\(part)\n", as: noun)
        #expect(result.status == 6 && result.errors.contains("may be \(percent)% or \(part)%"), "\(result.errors)")
        #expect(try importing("\(header)\n\(row)\(percent)%\n", as: noun).status == 0)
    }

    private func addBuyer() throws {
        try crm.add("contact", "--last-name", "B", "--email", "b@example.org")
        try crm.add("organization", "--name", "Acme")
    }

    @Test("What this program has written is taken back as it is")
    func ownPercentage() throws {
        try crm.add("project", "--name", "X", "--progress", "0.5%")
        let rows = try crm.succeed("project", "list", "--format", "csv", "--columns", "id,name,progress").output
        #expect(try importing(rows, as: "project").output == "1 row, 1 unchanged\n")
    }

    // MARK: - Headers of two meanings

    @Test(
        "A status is no state of an address",
        arguments: [("Nombre completo,Correo,Estado", "Activo"), ("Name,Email,State", "open")]
    )
    func status(header: String, word: String) throws {
        let result = try importing("\(header)\nAna Ruiz,a@x.example,\(word)\n")
        #expect(result.status == 6 && result.errors.contains("--map"), "\(result.errors)")
        #expect(try importing("\(header)\nAna Ruiz,a@x.example,Jalisco\n").status == 0)
    }

    @Test(
        "An abbreviated form of address is no post",
        arguments: [
            ("Título,Nombre,Apellidos", "Lic.", "lic|-"), ("Title,First Name,Last Name", "Mr.", "mr|-"),
            ("Title,First Name,Last Name", "Ingeniero", "-|Ingeniero"), ("title,first_name,last_name", "Dr.", "-|Dr."),
        ]
    )
    func title(header: String, cell: String, stored: String) throws {
        let result = try importing("\(header)\n\(cell),Ana,Ruiz\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT coalesce(salutation, '-'), coalesce(title, '-') FROM contact") == stored)
    }

    // MARK: - Rows that name each other

    @Test(
        "Rows that name themselves or each other make no record twice",
        arguments: [("A,A\n", "names itself"), ("A,B\nB,A\n", "rows 1 and 2 name each other")]
    )
    func circles(rows: String, reason: String) throws {
        for options in [[], ["--create-missing", "organization"]] {
            try crm.write("name,member_of.name\n\(rows)", to: "in.csv")
            let result = try crm.run(["organization", "import", "in.csv"] + options)
            #expect(result.status == 6 && result.errors.contains(reason), "\(result.errors)")
            #expect(!result.errors.contains("--create-missing"))
            #expect(try crm.sql("SELECT count(*) FROM organization") == "0")
        }
    }

    @Test("A child before its parent is no circle where the parent names one that is nowhere")
    func missingAbove() throws {
        let rows = "name,member_of.name\nHija,Madre\nMadre,Abuela\n"
        let result = try importing(rows, as: "organization", "--create-missing", "organization")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM organization") == "3")
    }

    @Test("Children may stand before their parents by whatever key they name them")
    func childrenFirst() throws {
        let rows = "external_id,name,member_of.external_id\n2,Hija,1\n1,Madre,\n"
        for _ in 1...2 {
            let result = try importing(rows, as: "organization", "--match", "external_id")
            #expect(result.status == 0, "\(result.errors)")
        }
        let parents = "SELECT p.name FROM organization c JOIN organization p ON p.id = c.member_of"
        #expect(try crm.sql(parents) == "Madre")
    }

    // MARK: - Several records

    @Test("Several records in a cell of one are linked each")
    func severalLinks() throws {
        for name in ["X", "Y"] { try crm.add("project", "--name", name) }
        let result = try importing("last_name,project.name\nCruz,X; Y\n")
        #expect(result.status == 0, "\(result.errors)")
        try crm.write("[{\"last_name\": \"Paz\", \"project.name\": [\"X\", \"Y\"]}]", to: "in.json")
        #expect(try crm.run("contact", "import", "in.json").status == 0)
        #expect(try crm.succeed("contact", "list", "-w", "project.name=X", "--count").output == "2\n")
        #expect(try crm.sql("SELECT count(*) FROM project") == "2")
    }

    // MARK: - What stands below

    @Test("A record called Total that adds up nothing is a record")
    func total() throws {
        let rows = "name,employees\nAcme,3\nTotal,100000\nBeta,7\n"
        #expect(try importing(rows, as: "organization").status == 0)
        #expect(try crm.sql("SELECT count(*) FROM organization") == "3")
        #expect(try importing("name,employees\nTotal,1000\n", as: "organization").output.contains("1 created"))
        let sum = try importing("name,employees\nAcme,3\nBeta,7\nTotal,10\n", as: "organization")
        #expect(sum.output.contains("2 created") && sum.errors.contains("totals"), "\(sum.errors)")
    }

    @Test("Remarks below a table are no records, though a spreadsheet writes their empty cells")
    func remarks() throws {
        let rows = """
            Nombre completo;Correo
            Ana Ruiz;a@x.example
            ;
            Nota: datos de prueba;
            Fuente: CRM viejo;

            """
        let result = try importing(rows, as: "contact", "--excel-es")
        #expect(result.status == 0 && result.errors.contains("below an empty line"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "1")
        let named = "Nombre completo;Correo\nEva Paz;b@x.example\n;\nLía Sol;\n"
        let more = try importing(named, as: "contact", "--excel-es")
        #expect(more.status == 0)
        #expect(try crm.sql("SELECT count(*) FROM contact") == "3")
    }

    // MARK: - Postcodes

    @Test(
        "A postcode has the zero that a spreadsheet has taken, and nothing before it",
        arguments: [
            ("ES", "8001", "08001"), ("MX", "6600", "06600"), ("MX", "CP 44100", "44100"), ("MX", "6600.0", "06600"),
            ("US", "8001", "08001"), ("CA", "8001", "8001"), ("ES", "C.P. 08001", "08001"), ("MX", "44100", "44100"),
        ]
    )
    func postcodes(country: String, cell: String, code: String) throws {
        let result = try importing(
            "Apellidos,Calle,Número exterior,Código postal,País\nRuiz,C,10.0,\(cell),\(country)\n"
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT street, postal_code FROM address") == "C 10|\(code)")
    }
}
