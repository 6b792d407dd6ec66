import Foundation
import Testing

/// Exports of other programs come in as they are, and those of this program change nothing.
@Suite struct ImportSourcesTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Taller")
    }

    private func imports(_ text: String, _ options: String..., said: String? = nil) throws {
        let result = try crm.succeed(["contact", "import", "--ignore-unknown"] + options, stdin: text)
        #expect(result.output == "1 row, 1 created\n")
        if let said { #expect(result.errors == said) }
    }

    private func contact(_ columns: String) throws -> String { try crm.sql("SELECT \(columns) FROM contact") }
    private func address(_ columns: String) throws -> String {
        try crm.sql("SELECT \(columns) FROM address ORDER BY id")
    }

    // MARK: - Sources

    private static let outlookExports = [
        """
        "Title","First Name","Middle Name","Last Name","Company","Job Title","E-mail Address","E-mail 2 Address",\
        "Business Street","Business Street 2","Business City","Business Country/Region","Mobile Phone","Home Phone 2",\
        "Notes","Categories","Gender"
        "Mrs.","Ana","Inés","Ruiz","Taller","Jefa","ana@example.org","a2@example.org","Rúa 1","2º","Lugo","Spain",\
        "600111222","982111333","hola","Amigos;VIP",""
        """,
        """
        "Título","Nombre","Segundo nombre","Apellidos","Organización","Puesto","Dirección de correo electrónico",\
        "Dirección de correo electrónico 2","Calle del trabajo","Calle del trabajo 2","Ciudad de trabajo",\
        "País o región del trabajo","Teléfono móvil","Particular 2","Notas","Categorías","Gender"
        "Sra.","Ana","Inés","Ruiz","Taller","Jefa","ana@example.org","a2@example.org","Rúa 1","2º","Lugo","España",\
        "600111222","982111333","hola","Amigos;VIP",""
        """,
    ]

    @Test(
        "Outlook's contacts in English and Spanish, where Title beside Job Title is the salutation",
        arguments: outlookExports
    )
    func outlook(text: String) throws {
        try imports(text, said: "crm: passed over the column Gender, which is empty\n")
        #expect(
            try contact("salutation, first_name, last_name, organization, title, email, email_secondary, mobile, tags")
                == #"mrs|Ana Inés|Ruiz|1|Jefa|ana@example.org|a2@example.org|600111222|["Amigos","VIP"]"#
        )
        #expect(try address("kind, replace(street, char(10), '/'), city, country") == "work|Rúa 1/2º|Lugo|ES")
        #expect(try contact("description") == "hola")
        let again = try crm.succeed("contact", "import", "--ignore-unknown", "--match", "email", stdin: text)
        #expect(again.output == "1 row, 1 unchanged\n")
    }

    @Test(
        "What a source always tells and no field holds is passed over and told",
        arguments: [
            ("Last Name,Connected On\nPaz,11 Mar 2024", "Connected On"),
            (
                "Last Name,E-mail Address,E-mail Type,E-mail Display Name,Initials,Spouse,Priority\n"
                    + "Paz,p@example.org,SMTP,Paz (p@example.org),P.,Luz,Normal",
                "E-mail Display Name, Initials, Priority"
            ),
            (
                "Apellidos,Tipo de correo electrónico,Nombre para mostrar del correo electrónico\nPaz,SMTP,Paz",
                "Nombre para mostrar del correo electrónico"
            ),
            (
                "Last Name,Photo,Phonetic First Name,Event 1 - Label,Event 1 - Value\nPaz,https://x.example/p,Pas,,",
                "Photo, Phonetic First Name"
            ),
            ("Last Name,Contact Id,Portal User,Modified By\nPaz,CON7,0,Administrator", "Portal User, Modified By"),
        ]
    )
    func passedOver(text: String, columns: String) throws {
        let result = try crm.succeed("contact", "import", stdin: text)
        #expect(result.output == "1 row, 1 created\n")
        #expect(result.errors == "crm: passed over the \(columns.contains(",") ? "columns" : "column") \(columns)\n")
    }

    @Test("Google's names in chats are points, Outlook's manager is whom the contact reports to") func ties() throws {
        try imports("Last Name,IM 1 - Service,IM 1 - Value\nPaz,XMPP,paz@chat.example")
        #expect(try crm.sql("SELECT kind, value FROM contact_point") == "chat|paz@chat.example")
        let managed = "First Name,Last Name,Manager's Name\nAna,Ruiz,Paz"
        #expect(try crm.succeed("contact", "import", stdin: managed).output == "1 row, 1 created\n")
        #expect(try crm.sql("SELECT reports_to FROM contact WHERE id = 2") == "1")
    }

    @Test("vtiger's organizations with everything that it tells of them") func accounts() throws {
        let text = """
            Organization Name,Organization No,Fax,Other Phone,Secondary Email,Created By
            Acme,ACC9,55 1234 5679,55 1234 5678,otro@acme.example,admin
            """
        let result = try crm.succeed("organization", "import", stdin: text)
        #expect(result.errors == "crm: passed over the column Created By\n")
        #expect(try crm.sql("SELECT external_id FROM organization WHERE id = 2") == "ACC9")
        let points = try crm.sql("SELECT kind FROM organization_point ORDER BY kind")
        #expect(points == "email\nphone\nphone")
    }

    @Test("Google's contacts, whose numbers are for what another column says")
    func google() throws {
        let text = """
            First Name,Middle Name,Last Name,Organization Name,Organization Title,Labels,E-mail 1 - Label,E-mail 1 - Value,\
            E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,\
            Address 1 - Street,Address 1 - City,Address 1 - Country,Website 1 - Value,Notes
            María,José,Paz,Taller,CEO,* myContacts ::: Taller,* Work,m@example.org ::: m3@example.org,m2@example.org,\
            Mobile,600111333,Work,982111444 ::: 982111445,Home,Calle 2,Lugo,ES,https://m.example.org,nota
            """
        try imports(text, said: "")
        #expect(
            try contact("first_name, last_name, organization, title, email, email_secondary, mobile, phone, tags")
                == #"María José|Paz|1|CEO|m@example.org|m2@example.org|600111333|982111444|["myContacts","Taller"]"#
        )
        #expect(try address("kind, street, country") == "home|Calle 2|ES")
        let points = try crm.sql("SELECT kind, value FROM contact_point ORDER BY kind")
        #expect(points == "email|m3@example.org\nphone|982111445\nurl|https://m.example.org", "\(points)")
    }

    @Test("LinkedIn's connections, which begin with a paragraph")
    func linkedIn() throws {
        let text = """
            Notes:
            "When exporting, some addresses are missing. ""Ask"" them."

            First Name,Last Name,URL,Email Address,Company,Position,Connected On
            Luis,Paz,https://www.linkedin.com/in/l,l@example.org,Taller,Boss,12 Mar 2024
            """
        let titles = #""Notes:", "When exporting, some addresses are missi…""#
        try imports(
            text,
            said: """
                crm: passed over what stands above the header: \(titles)
                crm: passed over the column Connected On

                """
        )
        #expect(try contact("first_name, last_name, email, organization, title") == "Luis|Paz|l@example.org|1|Boss")
        #expect(try crm.sql("SELECT kind, value FROM contact_point") == "profile|https://www.linkedin.com/in/l")
    }

    @Test(
        "vtiger's mailing address is an address, an organization's name names it",
        arguments: ["Taller", "Accounts::::Taller"]
    )
    func vtiger(organization: String) throws {
        let text = """
            "First Name","Last Name","Organization Name","Mailing Street","Mailing City","Mailing State","Mailing Zip",\
            "Mailing Country","Contact Id"
            "Ivo","Lago","\(organization)","Rúa 1","Lugo","Lugo","27001.0","Spain","CON12"
            """
        try imports(text)
        #expect(try contact("last_name, organization, external_id") == "Lago|1|CON12")
        #expect(try address("kind, street, city, state, postal_code, country") == "work|Rúa 1|Lugo|Lugo|27001|ES")
        let moved = text.replacing("Rúa 1", with: "Rúa 2")
        let report = try crm.succeed("contact", "import", "--match", "external_id", stdin: moved).output
        #expect(report == "1 row, 1 updated\n")
        #expect(try address("street") == "Rúa 2")
    }

    @Test("An organization that is not there, or is named where an id is meant, says what to do")
    func organizations() throws {
        for (header, words) in [("Company", "--create-missing organization"), ("organization", "organization.name")] {
            for language in ["en", "es"] {
                let result = try crm.run(
                    "contact",
                    "import",
                    "--lang",
                    language,
                    stdin: "last_name,\(header)\nPaz,Otra Casa\n"
                )
                #expect(result.status == 6)
                #expect(result.errors.contains(words), "\(result.errors)")
            }
        }
    }

    // MARK: - Names

    @Test(
        "A whole name is split where it stands alone",
        arguments: [
            ("name", "Ana Ruiz", "Ana|Ruiz"), ("Nombre completo", "Ana García López", "Ana|García López"),
            ("Full Name", "\"García López, Ana\"", "Ana|García López"),
            ("Nombre", "Juan Carlos Paz", "Juan Carlos|Paz"),
            ("Nombre", "María del Carmen Ruiz Vega", "María del Carmen|Ruiz Vega"),
            ("Display Name", "Pedro de la Cruz López", "Pedro|de la Cruz López"), ("name", "Madonna", "|Madonna"),
            ("name", "Ludwig van Beethoven", "Ludwig|van Beethoven"),
        ]
    )
    func wholeName(header: String, name: String, parts: String) throws {
        try imports("\(header),email\n\(name),a@example.org\n")
        #expect(try contact("coalesce(first_name, ''), last_name") == parts)
    }

    // MARK: - This program's own

    @Test("What export and list write changes nothing when it comes back", arguments: ["csv", "tsv", "json", "jsonl"])
    func own(format: String) throws {
        try crm.add(
            "contact",
            "--first-name",
            "Ana",
            "--last-name",
            "Ruiz",
            "--organization",
            "1",
            "--tag",
            "a",
            "--tag",
            "b"
        )
        try crm.add("asset", "--name", "TV", "--serial", "T1", "--contact", "1", "--value", "12.50")
        for module in ["contact", "asset", "organization"] {
            for verb in ["export", "list"] {
                let text = try crm.succeed(module, verb, "--format", format).output
                let report = try crm.succeed(module, "import", "--input-format", format, stdin: text).output
                #expect(report == "1 row, 1 unchanged\n", "\(module) \(verb)")
            }
        }
    }

    @Test("Beside an id of another database other ids are told to be of it too")
    func otherIDs() throws {
        try crm.add("organization", "--name", "Norte SA")
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz")
        for id in ["1", "9"] {
            for language in ["en", "es"] {
                let text = "id,first_name,last_name,organization\n\(id),Luis,Paz,1\n"
                let result = try crm.run("contact", "import", "--lang", language, stdin: text)
                #expect(result.status == 6)
                #expect(result.errors.contains("--columns, organization.name"), "\(result.errors)")
            }
        }
    }

    @Test("An id that is not the record's says so; edited rows of a list are taken")
    func ids() throws {
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org")
        let advice = [
            ("1,Luis,Paz", "--match id"), ("9,Luis,Paz", "--map id=-"), ("1,Luis,Paz", "--map id=external_id"),
            ("9,Luis,Paz", "--map id=external_id"),
        ]
        for (row, words) in advice {
            for language in ["en", "es"] {
                let text = "id,first_name,last_name\n\(row)\n"
                let result = try crm.run("contact", "import", "--lang", language, stdin: text)
                #expect(result.status == 6)
                #expect(result.errors.contains(words), "\(result.errors)")
            }
        }
        let edited = "id,first_name,last_name,email\n1,Ana,Sol,ana@example.org\n,Luis,Paz,\n"
        #expect(try crm.succeed("contact", "import", stdin: edited).output == "2 rows, 1 created, 1 updated\n")
        let others = "id,first_name,last_name\n1,Eva,Gil\n"
        #expect(try crm.succeed("contact", "import", "--map", "id=-", stdin: others).output == "1 row, 1 created\n")
        #expect(try crm.succeed("contact", "import", "--match", "id", stdin: others).output == "1 row, 1 updated\n")
    }

    // MARK: - Repeated rows

    private static let shared =
        "email,first_name,last_name,mobile\nc@example.org,Ana,Uno,600000001\nC@example.org,Luis,Dos,\n"

    @Test("Rows of one input that meet in one record are refused, both named, unless the last is to decide")
    func repeated() throws {
        for (language, words) in [("en", "as row 1 is"), ("es", "igual que la fila 1")] {
            let result = try crm.run("contact", "import", "--match", "email", "--lang", language, stdin: Self.shared)
            #expect(result.status == 6)
            #expect(result.errors.contains(words), "\(result.errors)")
            #expect(try contact("count(*)") == "0")
        }
        let last = ["contact", "import", "--match", "email", "--on-repeat", "last"]
        #expect(try crm.succeed(last, stdin: Self.shared).output == "2 rows, 1 created, 1 updated\n")
        #expect(try contact("first_name, last_name") == "Luis|Dos")
        let known = try crm.run("contact", "import", "--match", "email", stdin: Self.shared)
        #expect(known.status == 6)
        let each = try crm.run("contact", "import", "--match", "email", "--continue-on-error", stdin: Self.shared)
        #expect(each.output == "2 rows, 1 updated, 1 failed\n")
        #expect(try contact("first_name, mobile") == "Ana|600000001")
        #expect(try crm.succeed("contact", "import", stdin: Self.shared).output == "2 rows, 2 created\n")
    }

    @Test("Cards of a folder that are one contact are named with their files")
    func repeatedCards() throws {
        try crm.shell("mkdir cards")
        for name in ["a", "b"] {
            let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\nFN:\(name)\r\nN:\(name);;;;\r\nEND:VCARD\r\n"
            try crm.write(card, to: "cards/\(name).vcf")
        }
        try crm.write("BEGIN:VCARD\r\nVERSION:3.0\r\nN:c;;;;\r\nEMAIL:bad\r\nEND:VCARD\r\n", to: "cards/c.vcf")
        let result = try crm.run("contact", "import", "cards")
        #expect(result.errors.contains("crm: b.vcf, row 1 (line 1): this is the same contact as a.vcf, row 1 is"))
        #expect(result.errors.contains("crm: c.vcf, row 1 (line 1), email \"bad\""))
    }

    // MARK: - Cells

    @Test(
        "Digits that a spreadsheet made a number of are mended where nothing is lost",
        arguments: [
            ("phone", "34600000002.0", "34600000002"), ("mobile", "\"34600000002,0\"", "34600000002"),
            ("external_id", "10020.00", "10020"), ("external_id", "2.0", "2"), ("external_id", "12E4", "12E4"),
            ("phone", "\"34600000002,0\"", "34600000002"), ("external_id", "77.0", "77"),
            ("external_id", "1001.0", "1001"),
            ("external_id", "0012.0", "0012.0"), ("external_id", "06600.0", "06600"),
            ("external_id", "A7.0", "A7.0"), ("birthdate", "0/0/00", ""),
            ("birthdate", "0000-00-00", ""), ("phone", "55.1234.5670", "55.1234.5670"),
            ("phone", "'+52 81 5550 0001", "+52 81 5550 0001"),
            ("tags", "a |##| b", #"["a","b"]"#),
            ("tags", "a;b;", #"["a","b"]"#), ("tags", "\"^a^,^b^\"", #"["a","b"]"#),
            ("tags", "\"a, b\"", #"["a","b"]"#),
            ("tags", "* a ::: b c", #"["a","b c"]"#),
        ]
    )
    func mended(field: String, cell: String, stored: String) throws {
        try imports("last_name,\(field)\nPaz,\(cell)\n")
        #expect(try contact(field) == stored)
    }

    @Test(
        "A rounded number is refused in every field of digits",
        arguments: [
            ("contact", "last_name,phone", "Paz,3.46E+10"), ("contact", "last_name,external_id", "Paz,1.2E+05"),
            ("contact", "last_name,point.phone", "Paz,3.46E+10"),
            ("organization", "name,employees", "Sol,1E+03"), ("organization", "name,tax_id", "Sol,\"3,46E+10\""),
        ]
    )
    func rounded(module: String, header: String, row: String) throws {
        for language in ["en", "es"] {
            let result = try crm.run(module, "import", "--lang", language, stdin: "\(header)\n\(row)\n")
            #expect(result.status == 6)
            #expect(result.errors.contains("E+"), "\(result.errors)")
        }
    }

    @Test("Every wrong cell of a row is named, and what cannot be seen is escaped")
    func everyCell() throws {
        let text = "last_name,email,birthdate,department\n,ma\u{200B}lo,2026-99-01,x\n"
        let result = try crm.run("contact", "import", "--rejects", "bad.csv", "--continue-on-error", stdin: text)
        #expect(result.errorLines.count == 3)
        for field in ["last_name:", "email \"ma\\u{200b}lo\":", "birthdate \"2026-99-01\":"] {
            #expect(result.errors.contains(field), "\(result.errors)")
        }
        #expect(result.output == "1 row, 1 failed\n")
        let rejected = String(decoding: try crm.read("bad.csv"), as: UTF8.self)
        #expect(rejected.split(separator: "\n").count == 2)
        #expect(rejected.contains("birthdate: ") && rejected.contains("last_name: "))
    }
}
