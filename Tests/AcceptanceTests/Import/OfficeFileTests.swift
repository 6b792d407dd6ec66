import Testing

/// What a new user's files hold: other programs' exports, and files that are no tables at all.
@Suite struct OfficeFileTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    // MARK: - References to the same table

    /// Of the first, the second and the third, an empty cell being quoted.
    private static let bosses = #"Max Dos,Lia Tres,"""#

    @Test(
        "A row may name one further down, whatever the order",
        arguments: [
            (
                "First Name,Last Name,Reports To\nZoe,Uno,Max Dos\nMax,Dos,Lia Tres\nLia,Tres,\n",
                Self.bosses
            ),
            (
                "First Name,Last Name,Reports To\nLia,Tres,\nMax,Dos,Lia Tres\nZoe,Uno,Max Dos\n",
                Self.bosses
            ),
            (
                "First Name,Last Name,Reports To\nMax,Dos,Lia Tres\nLia,Tres,\nZoe,Uno,Max Dos\n",
                Self.bosses
            ),
            (
                "first_name,last_name,email,reports_to.email\nZoe,Uno,z@x.example,m@x.example\n"
                    + "Max,Dos,m@x.example,l@x.example\nLia,Tres,l@x.example,\n", Self.bosses
            ),
        ]
    )
    func later(rows: String, bosses: String) throws {
        for options in [[], ["--create-missing", "contact"], ["--continue-on-error"]] {
            let crm = try CRM()
            let result = try crm.run(["contact", "import"] + options, stdin: Array(rows.utf8))
            #expect(result.status == 0 && result.output == "3 rows, 3 created\n", "\(result.errors)")
            let all = ["Zoe Uno", "Max Dos", "Lia Tres"]
            let found = try all.map { name in
                try crm.succeed("contact", "show", "name:\(name)", "-c", "reports_to.name", "--format", "csv")
                    .lines[1]
            }
            #expect(found.joined(separator: ",") == bosses)
        }
    }

    @Test("Who is in no row is refused; who is, is taken with --continue-on-error")
    func nobody() throws {
        let rows = "First Name,Last Name,Reports To\nBo,Cinco,Nobody Else\nZoe,Uno,Max Dos\nMax,Dos,\n"
        let result = try importing(rows)
        #expect(result.status == 6 && result.errors.contains("no contact matches name:Nobody Else"))
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
        let partial = try importing(rows, "--continue-on-error", "--rejects", "bad.csv")
        #expect(partial.status == 6 && partial.output == "3 rows, 2 created, 1 failed\n", "\(partial.output)")
        #expect(try String(decoding: crm.read("bad.csv"), as: UTF8.self).contains("Nobody Else"))
    }

    @Test("An organization is a member of one further down")
    func member() throws {
        let result = try importing("Company name,Member Of\nHija,Madre\nMadre,\n", as: "organization")
        #expect(result.output == "2 rows, 2 created\n", "\(result.errors)")
    }

    // MARK: - Companies among people

    @Test(
        "Odoo's contacts are people, with the companies before their names",
        arguments: [
            ("Is a Company,Name,id", "TRUE", "FALSE"), ("is_company,display_name,id", "True", ""),
            ("Es una compañía,Nombre para mostrar,id", "VERDADERO", "FALSO"),
            ("Es una empresa,Nombre,id", "Sí", "No"), ("Is a Company,Complete Name,id", "1", "0"),
        ]
    )
    func companies(header: String, yes: String, no: String) throws {
        let rows =
            "\(header)\n\(yes),Acme,__e.1\n\(no),\"Acme, Ana Ruiz\",__e.2\n\(no),Leo Paz,__e.3\n"
        let organizations = try importing(rows, as: "organization")
        #expect(organizations.output == "3 rows, 1 created, 2 skipped\n", "\(organizations.errors)")
        #expect(organizations.errors.contains("passed over 2 rows of contacts, lines 3, 4: 'crm contact import'"))
        let contacts = try importing(rows)
        #expect(contacts.output == "3 rows, 2 created, 1 skipped\n", "\(contacts.errors)")
        #expect(contacts.errors.contains("passed over line 2, which is of organizations"), "\(contacts.errors)")
        let names = "c.first_name || ' ' || c.last_name || '|' || coalesce(o.name, '')"
        let people = try crm.sql("SELECT \(names) FROM contact c LEFT JOIN organization o ON o.id = c.organization")
        #expect(people == "Ana Ruiz|Acme\nLeo Paz|")
    }

    @Test("A company of which there is no record is named with what makes it; a legal form is no person")
    func newCompany() throws {
        let rows = "Is a Company,Name\nFalse,\"Acme, Ana Ruiz\"\n"
        let refused = try importing(rows)
        #expect(refused.status == 6 && refused.errors.contains("--create-missing organization"), "\(refused.errors)")
        #expect(try importing(rows, "--create-missing", "organization").status == 0)
        #expect(try crm.sql("SELECT name FROM organization") == "Acme")
        let formal = try importing("Is a Company,Name\nFalse,\"Taller Pérez, S.A. de C.V.\"\n")
        #expect(formal.status == 0, "\(formal.errors)")
    }

    // MARK: - Empty columns

    @Test("A column that means nothing and is empty in every row is passed over, and told")
    func empty() throws {
        let result = try importing("Nombre,Apellido,Rara,\nA,B,,\nC,D\n")
        #expect(result.status == 0 && result.output == "2 rows, 2 created\n", "\(result.errors)")
        #expect(result.errors.contains("passed over the column Rara"), "\(result.errors)")
    }

    @Test("One that means what another does is passed over where it is empty")
    func emptyTwin() throws {
        let result = try importing("Nombre,Apellido,Ciudad,Población\nA,B,Lima,\n")
        #expect(result.status == 0 && result.errors.contains("passed over the column Población"), "\(result.errors)")
        let other = try importing("Nombre,Apellido,Ciudad,Población\nA,B,,Lima\n")
        #expect(other.status == 0 && other.errors.contains("passed over the column Ciudad"), "\(other.errors)")
        #expect(try crm.sql("SELECT group_concat(city) FROM address") == "Lima,Lima")
    }

    @Test("A row far down that has something in it is refused, as the column would have been")
    func lateValue() throws {
        let many = String(repeating: "Ana,Ruiz,\n", count: 8000)
        let result = try importing("Nombre,Apellido,Rara\n\(many)Eva,Paz,x\n")
        #expect(result.status == 6, "\(result.output)")
        #expect(
            result.errors.contains("row 8001 (line 8002, column 9), Rara \"x\": no such column"),
            "\(result.errors)"
        )
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
    }

    // MARK: - Cells

    @Test(
        "Units that shops count in are known",
        arguments: [
            ("Rollo", "roll"), ("rollos", "roll"), ("Juego", "set"), ("Kit", "set"), ("Par", "pair"),
            ("pares", "pair"), ("Servicio", "service"), ("Bolsa", "bag"), ("costal", "bag"), ("Botella", "bottle"),
            ("Paquete", "pack"), ("Caja", "box"),
        ]
    )
    func unit(word: String, key: String) throws {
        #expect(try importing("name,code,unit\nA,C,\(word)\n", as: "product").status == 0)
        #expect(try crm.sql("SELECT unit FROM product") == key)
    }

    @Test("What is no choice is named with the command that adds one")
    func choice() throws {
        let result = try importing("name,code,unit\nA,C,Galón\n", as: "product")
        #expect(result.errors.contains("; crm choice add product.unit KEY adds one"), "\(result.errors)")
        let spanish = try importing("name,code,unit\nA,C,Galón\n", as: "product", "--lang", "es")
        #expect(spanish.errors.contains("; crm choice add product.unit CLAVE agrega una"), "\(spanish.errors)")
    }

    @Test(
        "Pieces of names and addresses are looked at as fields are",
        arguments: ["Calle", "Municipio", "Ciudad", "Middle Name", "C.P."]
    )
    func lost(header: String) throws {
        let result = try importing("last_name,Colonia,\(header)\nR,Centro,#REF!\n")
        #expect(result.status == 6 && result.errors.contains("mend the cell there"), "\(result.errors)")
    }

    @Test(
        "Cells are mended as programs spoil them",
        arguments: [
            ("C.P.", "06600.0", "address", "postal_code", "06600"),
            ("C.P.", "'72000", "address", "postal_code", "72000"),
            ("C.P.", "72000.0", "address", "postal_code", "72000"),
            ("email", "ana@x.example (personal)", "contact", "email", "ana@x.example"),
            ("birthdate", "1980-03-05T06:00:00.000Z", "contact", "birthdate", "1980-03-05"),
            ("birthdate", "1980-03-05T00:00:00.000Z", "contact", "birthdate", "1980-03-05"),
            ("birthdate", "1980-03-05T00:00:00-06:00", "contact", "birthdate", "1980-03-05"),
            ("Twitter", "anaruiz", "contact_point", "value", "https://twitter.com/anaruiz"),
            ("Twitter", "@anaruiz", "contact_point", "value", "https://twitter.com/anaruiz"),
            ("Twitter", "https://x.com/anaruiz", "contact_point", "value", "https://x.com/anaruiz"),
            ("LinkedIn", "ana.ruiz", "contact_point", "value", "https://linkedin.com/in/ana.ruiz"),
        ]
    )
    func cell(header: String, cell: String, table: String, column: String, stored: String) throws {
        let result = try importing("last_name,\(header)\nR,\(cell)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT \(column) FROM \(table)") == stored)
    }

    @Test("The name of a mailbox in Exchange is no address, and told", arguments: ["email", "E-mail 3 Address"])
    func mailbox(header: String) throws {
        let result = try importing("last_name,\(header)\nR,/o=ExchangeLabs/ou=X/cn=Recipients/cn=abc\n")
        #expect(result.status == 0 && result.errors.contains("it is the name of a mailbox in Exchange"))
    }

    @Test("A code that differs in capitals alone is no new one where codes match")
    func codes() throws {
        #expect(try importing("name,code\nA,a-1\n", as: "product").status == 0)
        let result = try importing("name,code\nB,A-1\n", as: "product", "--match", "code")
        #expect(result.status == 6 && result.errors.contains("product 1 has the product code a-1"), "\(result.errors)")
    }

    // MARK: - Files

    @Test(
        "What is no table is called what it is, with what to do",
        arguments: [
            ("PK\u{3}\u{4}\u{14}\u{0}readme.txt", "this is a compressed archive: unpack it"),
            ("PK\u{3}\u{4}\u{14}\u{0}[Content_Types].xml xl/workbook.xml", "this is the workbook of a spreadsheet"),
            ("PK\u{3}\u{4}mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "the workbook of a spreadsheet"),
            ("PK\u{3}\u{4}[Content_Types].xml word/document.xml", "this is a document of an office program"),
            ("!BDN\u{1}\u{2}\u{3}\u{4}", "this is a data file of Outlook (.pst)"),
            ("%PDF-1.7\n%", "this is a PDF"), ("GIF89a\u{1}\u{0}", "this is a picture"),
            ("SQLite format 3\u{0}", "this is a database (SQLite)"),
        ]
    )
    func file(beginning: String, message: String) throws {
        for options in [[], ["--excel-es"], ["--encoding", "utf-8"]] {
            let result = try crm.run(["contact", "import"] + options, stdin: Array(beginning.utf8))
            #expect(result.status == 6 && result.errors.contains(message), "\(options) \(result.errors)")
        }
    }

    @Test("A message of Outlook is known by the names of its parts")
    func message() throws {
        var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0] + Array(repeating: 0, count: 508)
        for byte in "__substg1.0_0037001F".utf8 { bytes += [byte, 0] }
        let result = try crm.run(["contact", "import"], stdin: bytes)
        #expect(result.errors.contains("this is a message of Outlook (.msg)"), "\(result.errors)")
    }

    // MARK: - Headers

    @Test(
        "Headers of offices are known",
        arguments: [
            ("Nombre,Apellido,No llamar\nA,B,Sí\n", "SELECT do_not_call FROM contact", "1"),
            (
                "Nombre y apellido(s),email\nAna Ruiz,a@x.example\n", "SELECT first_name, email FROM contact",
                "Ana|a@x.example"
            ),
            ("Contacto,email\nAna Ruiz,a@x.example\n", "SELECT last_name, email FROM contact", "Ruiz|a@x.example"),
            ("Nombre,Apellido,Calle,Número\nA,B,Sol,12\n", "SELECT street FROM address", "Sol 12"),
            ("Nombre,Apellido,Número,Calle\nA,B,12,Sol\n", "SELECT street FROM address", "Sol 12"),
            ("Nombre,Apellido,Calle,Colonia,No.\nA,B,Sol,Centro,12\n", "SELECT street FROM address", "Sol 12"),
            ("Nombre,Apellido,Núm.,Calle,Número\nA,B,,Sol,12\n", "SELECT street FROM address", "Sol 12"),
            ("Nombre,Apellido,Título,Puesto\nA,B,Lic.,Jefe\n", "SELECT salutation, title FROM contact", "lic|Jefe"),
            ("Nombre,Apellido,Título\nA,B,Jefe\n", "SELECT title FROM contact", "Jefe"),
            (
                "Persona - Nombre,Persona - Correo electrónico - Laboral,Persona - Cargo,Persona - Última actualización\n"
                    + "Ana Ruiz,a@x.example,Jefa,2026-01-01\n", "SELECT last_name, email, title FROM contact",
                "Ruiz|a@x.example|Jefa"
            ),
        ]
    )
    func header(rows: String, query: String, stored: String) throws {
        let result = try importing(rows)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql(query) == stored)
    }

    @Test(
        "A number that counts the rows of a list is no number of a house",
        arguments: ["No.", "No", "Nº", "Núm.", "Num", "Número"],
        [
            ("Nombre,Apellidos,Domicilio", "Ana,Ruiz,Calle Juárez 23", "Calle Juárez 23"),
            ("Nombre,Apellidos,Dirección", "Ana,Ruiz,Calle Juárez 23", "Calle Juárez 23"),
            ("Calle,Colonia,Apellidos", "Calle Juárez 23,Centro,Ruiz", "Calle Juárez 23"),
            ("Apellidos,Calle,Número exterior", "Ruiz,Hidalgo,23", "Hidalgo 23"),
        ]
    )
    func runningNumber(number: String, table: (header: String, cells: String, street: String)) throws {
        let rows = "\(number),\(table.header)\n1,\(table.cells)\n"
        let result = try importing(rows, "--ignore-unknown")
        #expect(result.status == 0 && result.errors.contains("passed over the column \(number)"), "\(result.errors)")
        #expect(try crm.sql("SELECT street FROM address") == table.street)
    }

    @Test("Nor does it take the place of that number", arguments: ["No.", "Nº", "Núm."])
    func runningNumberBesideHouse(number: String) throws {
        let rows = "\(number),Nombre,Apellidos,Calle,Número\n7,Eva,Soto,Hidalgo,23\n"
        let result = try importing(rows, "--ignore-unknown")
        #expect(result.status == 0 && result.errors.contains("passed over the column \(number)"), "\(result.errors)")
        #expect(try crm.sql("SELECT street FROM address") == "Hidalgo 23")
    }

    @Test("Links with e-mails that stand here are still told from contacts with an address")
    func pairs() throws {
        let result = try importing("contact,asset.serial\nAna Ruiz,LT-1\n")
        #expect(result.status == 6 && result.errors.contains("contact link asset --input"), "\(result.errors)")
    }

    @Test(
        "Deals of Pipedrive, in English and Spanish, what became of them before their stage",
        arguments: [
            "Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Stage,Deal - Status,Deal - Expected close date,"
                + "Deal - Contact person,Deal - Organization,Deal - Pipeline\n"
                + "A,1250.50,MXN,Proposal Made,Open,2026-12-31,Ana Ruiz,Acme,P\n"
                + "B,10.00,MXN,Negotiations Started,Won,2026-12-31,Ana Ruiz,Acme,P\n",
            "Trato - Título,Trato - Valor,Trato - Moneda de Valor,Trato - Etapa,Trato - Estado,"
                + "Trato - Fecha prevista de cierre,Trato - Persona de contacto,Trato - Organización,Trato - Embudo\n"
                + "A,1250.50,MXN,Propuesta realizada,Abierto,2026-12-31,Ana Ruiz,Acme,P\n"
                + "B,10.00,MXN,Negociaciones iniciadas,Ganado,2026-12-31,Ana Ruiz,Acme,P\n",
        ]
    )
    func deals(rows: String) throws {
        let result = try importing(
            rows,
            as: "opportunity",
            "--create-missing",
            "contact",
            "--create-missing",
            "organization"
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try crm.sql("SELECT name, amount, currency, stage FROM opportunity")
                == "A|125050|MXN|proposal\nB|1000|MXN|closed_won"
        )
    }
}
