import Testing

/// Tables in the shapes that programs and people give them.
@Suite struct ForeignShapeTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "A table whose lines stand in quotes as a whole is read without them",
        arguments: [
            ("\"Nombre,Correo\"\n\"Ana,a@example.org\"\n", [String]()),
            ("\"Nombre;Correo\"\r\n\"Ana;a@example.org\"\r\n", ["--delimiter", ";"]),
            ("\"Nombre,Correo\";;\n\"Ana,a@example.org\";;\n", ["--delimiter", ";"]),
            ("\"Nombre;Correo\"\n\"Ana;a@example.org\"\n", []),
            ("\"Nombre,\"\"Correo\"\"\"\n\"\"\"Ana\"\",a@example.org\"", []),
        ]
    )
    func quotedLines(rows: String, options: [String]) throws {
        try crm.write(rows, to: "in.csv")
        let result = try crm.run(["contact", "import", "in.csv"] + options)
        #expect(result.status == 0 && result.errors.contains("each line stands in quotes"), "\(result.errors)")
        #expect(try crm.sql("SELECT name, email FROM contact") == "Ana|a@example.org")
    }

    @Test("Of such a table a line that does not stand in quotes stays whole")
    func mixedLines() throws {
        let rows =
            "\"Apellidos,Cargo,Correo\"\n\"Paz,\"\"Jefa, ventas\"\",p@example.org\"\n\"Ruiz, Mora\",Jefe,r@example.org\n"
        let result = try importing(rows)
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try crm.sql("SELECT last_name, title, email FROM contact ORDER BY id")
                == "Paz|Jefa, ventas|p@example.org\nRuiz, Mora|Jefe|r@example.org"
        )
    }

    @Test(
        "Titles of groups of columns above the names are passed over, and told",
        arguments: [
            "Persona,,Contacto,\nNombre,Apellidos,Correo,Teléfono\nAna,Ruiz,a@example.org,5512345678\n",
            "Datos de la persona,,Contacto\nNombre,Apellidos,Correo,Teléfono\nAna,Ruiz,a@example.org,5512345678\n",
            "Listado\n\nPersona,,Contacto,\nNombre,Apellidos,Correo,Teléfono\nAna,Ruiz,a@example.org,5512345678\n",
        ]
    )
    func groups(rows: String) throws {
        let result = try importing(rows)
        #expect(result.status == 0 && result.errors.contains("above the header"), "\(result.errors)")
        #expect(try crm.sql("SELECT name, email, phone FROM contact") == "Ana Ruiz|a@example.org|5512345678")
    }

    @Test("A row in which all cells are filled is no header below one with a column without a name")
    func unnamed() throws {
        let result = try importing("Nombre,,Correo\nAna,1,a@example.org\n", "--ignore-unknown")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT name, email FROM contact") == "Ana|a@example.org")
    }

    @Test("Between tabs a quote within a cell is text", arguments: ["5\" tubo", "tubo de 5\"", "a \"b\" c"])
    func bareQuotes(text: String) throws {
        let result = try importing("Nombre\tNotas\nAna\t\(text)\n", in: "in.tsv")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT description FROM contact") == text)
    }

    @Test("Entries of a directory are known, and what to do with them is told")
    func directory() throws {
        for lead in ["", "version: 1\n"] {
            let result = try importing("\(lead)dn: cn=Ana Ruiz,mail=a@example.org\nsn: Ruiz\n", in: "in.ldif")
            #expect(result.status != 0 && result.errors.contains("LDIF"), "\(result.errors)")
        }
    }

    // MARK: - Columns

    @Test("Headers may end in a colon, and be broken by a narrow column")
    func headers() throws {
        let result = try importing("\"Nombre\n(s)\",Apellidos:,TELÉFONO:\nAna,Paz,5512345678\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT name, phone FROM contact") == "Ana Paz|5512345678")
    }

    @Test("Outlook's address as a whole counts only where its parts say nothing")
    func wholeAddress() throws {
        let header = "First Name,Last Name,Home Address,Home Street,Home City\n"
        let result = try importing(
            header + "Ana,Ruiz,\"Calle 1\nToluca\",Calle 1,Toluca\nEva,Paz,\"Calle 2, León\",,\n"
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try crm.sql("SELECT street, ifnull(city, '-') FROM address ORDER BY id")
                == "Calle 1|Toluca\nCalle 2, León|-"
        )
    }

    @Test("Two columns may say of what kind a row is")
    func kinds() throws {
        let result = try importing("name,company_type,is_company\nAna Ruiz,person,False\nAcme,company,True\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT name FROM contact") == "Ana Ruiz")
    }

    @Test("What Google tells of a person and no field holds is kept in the description, behind its name")
    func notes() throws {
        let header =
            "First Name,Last Name,Nickname,Notes,Event 1 - Label,Event 1 - Value,Relation 1 - Value,"
            + "Custom Field 1 - Label,Custom Field 1 - Value\n"
        let result = try importing(header + "Ana,Ruiz,Anita,Amiga,* Aniversario,2020-01-01,Luz,RFC,RUAA800101XX1\n")
        #expect(result.status == 0 && result.errors == "", "\(result.errors)")
        let lines = ["Amiga", "Nickname: Anita", "Aniversario: 2020-01-01", "Relation: Luz", "RFC: RUAA800101XX1"]
        #expect(try crm.sql("SELECT description FROM contact") == lines.joined(separator: "\n"))
    }

    @Test(
        "Somebody without a name is called by the nickname, as on a card",
        arguments: ["First Name,Last Name,Nickname,Phone 1 - Value", "Nombre,Apellidos,Apodo,Teléfono móvil"]
    )
    func nicknames(header: String) throws {
        let result = try importing("\(header)\n,,Anita,911111111\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT name FROM contact") == "Anita")
    }

    @Test("Where Google has several values in a cell, the first is the field's and the others are in the description")
    func several() throws {
        let header = "First Name,Last Name,Organization Name,Organization Title,Birthday,Notes\n"
        let row = "Ana,Ruiz,Acme ::: Beta,CEO ::: CTO,1980-02-01 ::: 1980-01-02,Amiga\n"
        let result = try importing(header + row, "--create-missing", "organization")
        #expect(result.status == 0 && result.errors == "", "\(result.errors)")
        #expect(try crm.sql("SELECT name FROM organization") == "Acme")
        #expect(try crm.sql("SELECT title, birthdate FROM contact") == "CEO|1980-02-01")
        let lines = ["Amiga", "Organization Name: Beta", "Organization Title: CTO", "Birthday: 1980-01-02"]
        #expect(try crm.sql("SELECT description FROM contact") == lines.joined(separator: "\n"))
    }

    @Test(
        "Where Google has several addresses in the cells of one, each is an address",
        arguments: [
            (
                "* Home,Mayor 1 ::: Sol 2,Madrid ::: Lugo,ES ::: MX,,",
                "home|Mayor 1|Madrid|ES\nhome|Sol 2|Lugo|MX"
            ),
            ("* Work,Mayor 1 ::: Sol 2, ::: Lugo,,,", "work|Mayor 1||\nwork|Sol 2|Lugo|"),
            ("* Home,,,,Mayor 1 ::: Sol 2,", "home|Mayor 1||\nhome|Sol 2||"),
            ("* Home,Mayor 1 ::: Sol 2,,,,Col. Roma ::: 3º B", "home|Mayor 1||\nhome|Sol 2/3º B||"),
        ]
    )
    func addresses(row: String, addresses: String) throws {
        let header =
            "Last Name,Address 1 - Label,Address 1 - Street,Address 1 - City,Address 1 - Country,"
            + "Address 1 - Formatted,Address 1 - Extended Address\n"
        let table = header + "Ruiz,\(row)\n"
        let result = try importing(table)
        #expect(result.status == 0 && result.errors == "", "\(result.errors)")
        let columns = "kind, replace(street, char(10), '/'), ifnull(city, ''), ifnull(country, '')"
        #expect(try crm.sql("SELECT \(columns) FROM address ORDER BY id") == addresses)
    }

    @Test(
        "Names that programs have for columns are known",
        arguments: [
            (
                "First Name,Last Name,Primary Address Street,Primary Address Postal Code,Office Phone",
                "Ana,Ruiz,C 1,50000,5512345678"
            ),
            ("name,parent_id/name,state_id/name,country_id/code", "Ana Ruiz,Acme,Jalisco,MX"),
            ("Nombre,Apellidos,HasOptedOutOfEmail,DoNotCall", "Ana,Ruiz,TRUE,FALSE"),
            ("Nombre,Apellidos,No desea recibir correo electrónico", "Ana,Ruiz,Sí"),
        ]
    )
    func names(header: String, row: String) throws {
        let result = try importing("\(header)\n\(row)\n", "--create-missing", "organization")
        #expect(result.status == 0 && !result.errors.contains("passed over"), "\(result.errors)")
        #expect(try crm.sql("SELECT name FROM contact") == "Ana Ruiz")
        if header.contains("Opted") || header.contains("desea") {
            #expect(try crm.sql("SELECT email_opt_out FROM contact") == "1")
        }
    }

    @Test("The members of the object in which a web service puts a record are those of the record")
    func wrapped() throws {
        let json = #"[{"properties":{"firstname":"Ana","lastname":"Ruiz","email":"a@example.org"},"archived":false}]"#
        let result = try importing(json, in: "in.json")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT name, email FROM contact") == "Ana Ruiz|a@example.org")
    }

    @Test("How a column of several linked records is mapped is what a mapping takes")
    func plural() throws {
        try crm.write("Nombre,Oportunidades\nAna,x\n", to: "in.csv")
        let shown = try crm.succeed("contact", "import", "in.csv", "--show-mapping").output
        #expect(shown.contains("Oportunidades\topportunities\n"))
    }

    // MARK: - Letters

    @Test("A text whose UTF-8 was read as another encoding is mended, and told")
    func twice() throws {
        let result = try importing("Nombre,Cargo\nBegoÃ±a MarÃ\u{AD}a,Jefa â€œAâ€\u{9D}\nÃngela,Ãrea\nJOÃO,10 Â\n")
        #expect(result.status == 0 && result.errors.contains("Begoña María"), "\(result.errors)")
        #expect(
            try crm.sql("SELECT name, title FROM contact ORDER BY id")
                == "Begoña María|Jefa “A”\nÃngela|Ãrea\nJOÃO|10 Â"
        )
    }

    @Test("An encoding that the letters speak against is believed, and told")
    func doubted() throws {
        try crm.write(
            Array("Nombre,Correo\nBego".utf8) + [0x96] + Array("a,b@example.org\nCompr".utf8) + [0x97]
                + Array(",c@example.org\n".utf8),
            to: "in.csv"
        )
        let result = try crm.run("contact", "import", "in.csv", "--encoding", "cp1252")
        #expect(result.status == 0 && result.errors.contains("--encoding macintosh"), "\(result.errors)")
        try crm.write(Array("Nombre,Correo\nBego".utf8) + [0xF1] + Array("a,d@example.org\n".utf8), to: "in.csv")
        #expect(try crm.succeed("contact", "import", "in.csv", "--encoding", "cp1252").errors == "")
    }

    @Test(
        "Encodings of Windows and of old Unix",
        arguments: [("iso-8859-15", UInt8(0xA4), "€"), ("cp1250", 0x8A, "Š"), ("latin9", 0xA6, "Š")]
    )
    func encodings(name: String, byte: UInt8, letter: String) throws {
        try crm.write(Array("Nombre,Cargo\nAna,".utf8) + [byte] + Array("\n".utf8), to: "in.csv")
        let result = try crm.run("contact", "import", "in.csv", "--encoding", name)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT title FROM contact") == letter)
    }

    // MARK: - Values

    @Test(
        "A postcode of which a spreadsheet has made a number has its zero again, by its country",
        arguments: [
            ("2108", "US", "02108"), ("2108-1234", "US", "02108-1234"), ("1067", "DE", "01067"),
            ("1000", "FR", "01000"),
            ("1067", "AT", "1067"), ("1000", "MX", "01000"),
        ]
    )
    func postcodes(written: String, country: String, code: String) throws {
        let result = try importing("Nombre,CP,Ciudad,País\nAna,\(written),X,\(country)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT postal_code FROM address") == code)
    }

    @Test("A birthday that may be one of two days is asked about in the century in which it can be")
    func birthdays() throws {
        let asked = try importing("Nombre,Fecha de nacimiento\nAna,12/04/45\n")
        #expect(asked.status == 6 && asked.errors.contains("1945-04-12 or 1945-12-04"), "\(asked.errors)")
        #expect(try importing("Nombre,Fecha de nacimiento\nAna,12/04/45\n", "--dates", "dmy").status == 0)
        #expect(try crm.sql("SELECT birthdate FROM contact") == "1945-04-12")
    }

    @Test("An id of another list whose row shares a first name alone is refused, whatever else the row tells")
    func strangers() throws {
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org")
        for rows in ["ID,Nombre,Ciudad\n1,Ana,Toluca\n", "ID,Nombre,Etiquetas\n1,Ana Gómez,vip\n"] {
            let refused = try importing(rows)
            #expect(refused.status == 6 && refused.errors.contains("nothing in common"), "\(refused.errors)")
        }
        #expect(try crm.sql("SELECT count(*) FROM address") == "0")
        for name in ["Ana Ruiz", "RUIZ, Ana"] {
            let taken = try importing("ID,Nombre,Ciudad\n1,\"\(name)\",Toluca\n")
            #expect(taken.status == 0, "\(taken.errors)")
        }
    }
}
