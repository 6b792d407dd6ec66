import Testing

/// Cells and rows as people and spreadsheets leave them in tables: marks for nothing, several values, titles, totals.
@Suite struct OfficeSheetTests: ImportingSuite {
    let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "country", "MX")
    }

    // MARK: - Cells

    /// One cell of a table and what becomes of it.
    struct Cell: CustomTestStringConvertible {
        let noun: String
        let field: String
        let cell: String
        let stored: String
        let testDescription: String

        init(_ noun: String, _ field: String, _ cell: String, _ stored: String) {
            (self.noun, self.field, self.cell, self.stored) = (noun, field, cell, stored)
            testDescription = "\(field): \(cell)"
        }

        /// The columns that a record cannot be without.
        var lead: (names: String, cells: String) {
            switch noun {
            case "product": ("name,code", "A,C")
            case "organization": ("name", "A")
            default: ("last_name", "R")
            }
        }
    }

    @Test(
        "Cells are taken as people and spreadsheets write them",
        arguments: [
            Cell("contact", "phone", "N/A", ""), Cell("contact", "phone", "no tiene", ""),
            Cell("contact", "phone", "-", ""), Cell("contact", "email", "s/d", ""),
            Cell("contact", "birthdate", "#N/A", ""), Cell("organization", "tax_id", "N/A", ""),
            Cell("organization", "website", "ninguno", ""),
            Cell("contact", "phone", "Tel. 55 1111 2222", "55 1111 2222"),
            Cell("contact", "phone", "WhatsApp 55 1111 2222", "55 1111 2222"),
            Cell("contact", "phone", "tel:+525511112222", "+525511112222"),
            Cell("contact", "phone", "p:+525511112222", "+525511112222"),
            Cell("contact", "phone", "+52\u{2011}55\u{2011}1111\u{2011}2222", "+52-55-1111-2222"),
            Cell("contact", "phone", "\u{202A}+52 55 1111 2222\u{202C}", "+52 55 1111 2222"),
            Cell("contact", "phone", "5.512345678E+09", "5512345678"),
            Cell("contact", "phone", "=\"5511112222\"", "5511112222"),
            Cell("contact", "phone", "\"=\"\"0155\"\"\"", "0155"),
            Cell("contact", "email", "<a@x.example>", "a@x.example"),
            Cell("contact", "email", "mailto:a@x.example", "a@x.example"),
            Cell("contact", "email", "'a@x.example'", "a@x.example"),
            Cell("contact", "birthdate", "5-mar.-1980", "1980-03-05"),
            Cell("contact", "birthdate", "1° de enero de 1970", "1970-01-01"),
            Cell("contact", "birthdate", "1º de enero de 1970", "1970-01-01"),
            Cell("contact", "birthdate", "1ro de enero de 1970", "1970-01-01"),
            Cell("contact", "birthdate", "5 mzo 1980", "1980-03-05"),
            Cell("contact", "birthdate", "19800305", "1980-03-05"),
            Cell("contact", "do_not_call", "X", "1"), Cell("contact", "do_not_call", "\u{2713}", "1"),
            Cell("contact", "do_not_call", "-", "0"),
            Cell("product", "price", "\"$ -   \"", "0"), Cell("product", "price", "N/A", ""),
            Cell("product", "price", "$1234.56 m.n.", "123456"), Cell("product", "stock", "3.0", "3000000"),
            Cell("organization", "annual_revenue", "($500.00)", "-50000"),
        ]
    )
    func cell(_ cell: Cell) throws {
        let result = try importing(
            "\(cell.lead.names),\(cell.field)\n\(cell.lead.cells),\(cell.cell)\n",
            as: cell.noun
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT \(cell.field) FROM \(cell.noun)") == cell.stored)
    }

    @Test(
        "What a spreadsheet has lost, or counts its own way, is refused with what to do",
        arguments: [
            ("phone", "5.51235E+09", "digits are lost"), ("birthdate", "29284", "format the column as a date"),
            ("phone", "preguntar a Ana", "not a telephone number"), ("email", "#REF!", "mend the cell there"),
        ]
    )
    func lost(field: String, cell: String, message: String) throws {
        let result = try importing("last_name,\(field)\nR,\(cell)\n")
        #expect(result.status == 6 && result.errors.contains(message), "\(result.errors)")
    }

    @Test("With --decimal . a comma stands between thousands")
    func thousands() throws {
        let rows = "name,code,price\nA,C,\"$1,234\"\n"
        let refused = try importing(rows, as: "product")
        #expect(refused.status == 6, "\(refused.output)")
        #expect(try importing(rows, as: "product", "--decimal", ".").status == 0)
        #expect(try crm.sql("SELECT price FROM product") == "123400")
    }

    @Test(
        "Several numbers or addresses in one cell are told apart, the first for the field",
        arguments: [
            ("phone", "55 1111 2222 / 55 3333 4444"), ("phone", "\"55 1111 2222, 55 3333 4444\""),
            ("phone", "55 1111 2222 y 55 3333 4444"), ("phone", "55 1111 2222;55 3333 4444"),
            ("email", "a@x.example; b@x.example"), ("email", "\"a@x.example, b@x.example\""),
            ("email", "a@x.example / b@x.example"),
        ]
    )
    func several(field: String, cell: String) throws {
        let result = try importing("last_name,\(field)\nR,\(cell)\n")
        #expect(result.status == 0, "\(result.errors)")
        let (first, second) = field == "phone" ? ("55 1111 2222", "55 3333 4444") : ("a@x.example", "b@x.example")
        #expect(try crm.sql("SELECT \(field) FROM contact") == first)
        #expect(try crm.sql("SELECT kind, value FROM contact_point") == "\(field)|\(second)")
    }

    // MARK: - Rows

    @Test(
        "A title above the header is passed over and told",
        arguments: [
            "Reporte de clientes\n", "Reporte de clientes,,,\nGenerado el 26/11/2026,,,\n,,,\n", "Clientes,,,\n\n",
        ]
    )
    func title(lead: String) throws {
        let result = try importing(lead + "Nombre,Apellidos,Teléfono,Correo\nAna,Ruiz,,a@x.example\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("passed over what stands above the header: \""), "\(result.errors)")
        #expect(try crm.sql("SELECT first_name, email FROM contact") == "Ana|a@x.example")
    }

    @Test("A table of one column, and one whose rows are too long, have no title")
    func noTitle() throws {
        #expect(try importing("Nombre completo\nAna Ruiz\nEva Paz\n").output == "2 rows, 2 created\n")
        let ragged = try importing("last_name\nRuiz,x\n")
        #expect(ragged.status == 6 && ragged.errors.contains("the row has 2 fields"), "\(ragged.errors)")
    }

    @Test("A row of totals is passed over and told; a record that is called so is none")
    func totals() throws {
        let rows = "Nombre,Código,Precio,Notas\nA,C,10,\nTotal:,,\"$10.00\",\n"
        let result = try importing(rows, as: "product", "--map", "Notas=description")
        #expect(result.status == 0 && result.output == "2 rows, 1 created, 1 skipped\n", "\(result.errors)")
        #expect(result.errors.contains("passed over line 3: it holds totals"), "\(result.errors)")
        let named = try importing("Nombre,Código,Precio\nTotal,T-1,10\n", as: "product")
        #expect(named.output == "1 row, 1 created\n", "\(named.errors)")
    }

    @Test("Rows that hold something only in columns that are passed over are no records, and are told")
    func nobody() throws {
        let rows = "First Name,Last Name,Email Address,Connected On\nEva,Soto,e@x.example,26 Nov 2025\n,,,12 Jan 2024\n"
        let result = try importing(rows, "--ignore-unknown")
        #expect(result.status == 0 && result.output == "2 rows, 1 created, 1 skipped\n", "\(result.errors)")
        #expect(result.errors.contains("passed over line 3, which holds nothing"), "\(result.errors)")
    }

    @Test("All rows of totals are told by their lines")
    func manyTotals() throws {
        let rows = "Nombre,Código,Precio,Notas\nA,C,10,\nSubtotal,,10,\nB,D,5,\nTotal,,15,\n"
        let result = try importing(rows, as: "product", "--map", "Notas=description")
        #expect(result.output == "4 rows, 2 created, 2 skipped\n", "\(result.errors)")
        #expect(result.errors.contains("passed over 2 rows of totals: lines 3, 5"), "\(result.errors)")
    }

    @Test("Cells that a spreadsheet quotes between tabs are read without their quotes, whether that is said or not")
    func quotedTabs() throws {
        try crm.write("last_name\tdescription\nRuiz\t\"uno \"\"dos\"\"\ntres\"\n", to: "in.tsv")
        for options in [[], ["--delimiter", "tab"]] {
            try crm.succeed(["contact", "import", "in.tsv"] + options)
            #expect(try crm.sql("SELECT replace(description, char(10), '/') FROM contact") == "uno \"dos\"/tres")
            try crm.succeed("undo")
        }
    }

    // MARK: - Addresses

    @Test(
        "A municipality is the city where no other is told, else it stands behind the quarter",
        arguments: [
            ("Colonia,Municipio,Ciudad", "Juárez,Cuauhtémoc,CDMX", "Juárez, Cuauhtémoc|CDMX"),
            ("Colonia,Alcaldía,Ciudad", "Juárez,Cuauhtémoc,CDMX", "Juárez, Cuauhtémoc|CDMX"),
            ("Colonia,Delegación/Municipio,Ciudad", "Juárez,Cuauhtémoc,CDMX", "Juárez, Cuauhtémoc|CDMX"),
            ("Colonia,Municipio", "Centro,Puebla", "Centro|Puebla"),
            ("Colonia,Municipio,Ciudad", "Centro,Puebla,PUEBLA", "Centro|PUEBLA"),
            ("Colonia,Municipio,Ciudad", "Centro,Ecatepec,", "Centro|Ecatepec"),
            ("Municipio,Ciudad", "Ecatepec,CDMX", "Ecatepec|CDMX"),
        ]
    )
    func municipality(header: String, cells: String, stored: String) throws {
        let contacts = try importing("Apellidos,Calle y número,\(header)\nRuiz,Reforma 1,\(cells)\n")
        #expect(contacts.status == 0, "\(contacts.errors)")
        #expect(try crm.sql("SELECT neighborhood, city FROM address") == stored)
        let addresses = try importing("Contacto,Calle y número,\(header)\n1,Roma 2,\(cells)\n", as: "address")
        #expect(addresses.status == 0, "\(addresses.errors)")
        #expect(try crm.sql("SELECT neighborhood, city FROM address WHERE id = 2") == stored)
    }

    // MARK: - Bounds

    @Test("A row of more than four megabytes is refused, and so is a name of a column of a thousand bytes")
    func bounds() throws {
        let long = try importing("last_name,description\nRuiz,\(String(repeating: "x", count: 4_200_000))\n")
        #expect(long.status == 6)
        let words = "the record is longer than 4194304 bytes; a record with so much comes by"
        #expect(long.errors.hasPrefix("crm: row 1 (line 2, column 1): \(words)"), "\(long.errors)")
        let name = try importing("last_name,\(String(repeating: "x", count: 1001))\nRuiz,\n")
        #expect(name.status == 6 && name.errors.contains("the name of column 2 is longer than 1000 bytes"))
        #expect(name.errors.utf8.count < 600)
    }

    @Test("A very long cell is cut in what is told of it, in words and for programs", arguments: [[], ["--json"]])
    func longCell(options: [String]) throws {
        let cell = String(repeating: "x", count: 5000)
        let result = try crm.run(["contact", "import"] + options, stdin: Array("last_name,email\nRuiz,\(cell)\n".utf8))
        #expect(result.status == 6)
        #expect(result.errors.contains("\(String(repeating: "x", count: 200))…"), "\(result.errors.prefix(300))")
        #expect(result.errors.utf8.count < 800)
        let reference = try crm.run(["contact", "show", cell + " y"] + options)
        #expect(reference.status == 2 && reference.errors.utf8.count < 2000, "\(reference.errors.prefix(300))")
    }
}
