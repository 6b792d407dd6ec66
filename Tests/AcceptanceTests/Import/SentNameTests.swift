import Testing

/// Names and addresses in columns that say no more than `Name` and `address.city`.
@Suite struct SentNameTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "A name beside a family name alone is the given name, or has it",
        arguments: ["Name,Last Name", "Name,Surname", "name,last_name", "Contacto,Apellidos", "Full name,Surname"],
        [("Ana", "Ana"), ("Ana Ruiz", "Ana"), ("\"Ruiz, Ana\"", "Ana"), ("Ruiz", ""), ("María Ana", "María Ana")]
    )
    func given(header: String, cell: (String, String)) throws {
        let result = try importing("\(header)\n\(cell.0),Ruiz\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT ifnull(first_name, ''), last_name FROM contact") == "\(cell.1)|Ruiz")
        #expect(!result.errors.contains("left out"), "\(result.errors)")
    }

    @Test(
        "A name beside both that is another one is told",
        arguments: [
            ("Taller Paz", true), ("Ana Ruiz", false), ("\"Ruiz, Ana\"", false), ("Ana", false), ("", false),
            ("Lic. Ana Ruiz Mora", false),
        ]
    )
    func other(cell: String, isTold: Bool) throws {
        let result = try importing("Name,First Name,Last Name\n\(cell),Ana,Ruiz\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT first_name, last_name FROM contact") == "Ana|Ruiz")
        #expect(result.errors.contains("left out") == isTold, "\(result.errors)")
    }

    @Test(
        "A whole name beside an empty family name is split",
        arguments: [
            ("Ana Ruiz", "Ana|Ruiz"), ("Dra. Ana Ruiz Mora", "Ana|Ruiz Mora"), ("Ana", "|Ana"),
            ("María José", "|María José"), ("Norte S.A. de C.V.", "|Norte S.A. de C.V."),
            ("ANA RUIZ - ACME", "ANA|RUIZ - ACME"), ("Ana García - López", "Ana|García - López"),
        ]
    )
    func whole(cell: String, names: String) throws {
        let rows = "Nombre,Apellidos,Correo\n\(cell),,ana@example.org\n"
        let result = try importing(rows)
        #expect(result.status == 0, "\(result.errors)")
        let query = "SELECT ifnull(first_name, ''), last_name FROM contact"
        #expect(try crm.sql(query) == names)
        let again = try importing(rows, "--match", "email")
        #expect(again.status == 0, "\(again.errors)")
        #expect(try crm.sql(query) == names)
    }

    @Test("What stands behind a dash is no family name", arguments: ["ANA RUIZ - ACME", "ANA RUIZ | ACME"])
    func tail(name: String) throws {
        #expect(try importing("Nombre\n\(name)\n").status == 0)
        #expect(try crm.sql("SELECT first_name FROM contact") == "ANA")
        #expect(try crm.sql("SELECT last_name FROM contact").hasPrefix("RUIZ "))
    }

    @Test("What another column has of a firm is not lost")
    func firm() throws {
        let rows = "Name,First Name,Last Name,Company\nAcme,Ana,Ruiz,Acme\n"
        let result = try importing(rows, "--create-missing", "organization")
        #expect(result.status == 0 && !result.errors.contains("left out"), "\(result.errors)")
    }

    private static let address = "SELECT kind, street, city, postal_code, ifnull(country, '') FROM address"

    @Test(
        "The parts of an address beside each other are one",
        arguments: [
            "last_name,address.street,address.city,address.postal_code\nRuiz,Mayor 1,Madrid,28013\n",
            "Apellidos,Dirección.Calle,Dirección.Ciudad,Dirección.CP\nRuiz,Mayor 1,Madrid,28013\n",
            "last_name,address.line1,address.town,address.zip\nRuiz,Mayor 1,Madrid,28013\n",
            "last_name,address.work.street,address.work.city,address.work.postal_code\nRuiz,Mayor 1,Madrid,28013\n",
        ]
    )
    func address(rows: String) throws {
        let result = try importing(rows)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql(Self.address) == "work|Mayor 1|Madrid|28013|")
    }

    @Test(
        "So are those of an object, which may say of what kind it is",
        arguments: [
            (#""street":"Mayor 1","city":"Madrid","zip":"28013","country":"ES""#, "work"),
            (#""type":"home","street":"Mayor 1","city":"Madrid","postalCode":"28013","country":"ES""#, "home"),
            (#""line1":"Mayor 1","town":"Madrid","postcode":"28013","country_code":"ES""#, "work"),
        ]
    )
    func object(members: String, kind: String) throws {
        let result = try importing(#"[{"last_name":"Ruiz","address":{\#(members)}}]"#, in: "in.json")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql(Self.address) == "\(kind)|Mayor 1|Madrid|28013|ES")
    }

    @Test("What is no part and no kind of an address is refused")
    func unknown() throws {
        let result = try importing("last_name,address.colour\nRuiz,red\n")
        #expect(result.status == 6 && result.errors.contains("address.colour"), "\(result.errors)")
        #expect(try importing("last_name,address.work\nRuiz,Mayor 1\n").status == 0)
    }
}
