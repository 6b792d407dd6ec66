import Testing

/// Address books of Apple, LinkedIn and Outlook, in English and in Spanish.
@Suite struct AddressBookSpanishTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "A column is known by every name that it has",
        arguments: [
            ("Street (home)", "address.home.street"), ("City (home)", "address.home.city"),
            ("State (home)", "address.home.state"), ("ZIP (home)", "address.home.postal_code"),
            ("Country (home)", "address.home.country"), ("Street (work)", "address.work.street"),
            ("URL (home page)", "point.url"), ("URL (home)", "point.url (home)"),
            ("Correo (casa)", "email_secondary"), ("Correo (trabajo)", "email"),
            ("Correo (otro)", "point.email (other)"), ("Calle (casa)", "address.home.street"),
            ("Ciudad (casa)", "address.home.city"), ("Código postal (casa)", "address.home.postal_code"),
            ("País (trabajo)", "address.work.country"), ("Dirección (casa)", "address.home.street"),
            ("Calle (otro)", "address.other.street"), ("Teléfono (iPhone)", "mobile"),
            ("URL (página principal)", "point.url"), ("Conectado el", "-"),
            ("Buscapersonas", "point.phone (pager)"), ("Localizador", "point.phone (pager)"),
            ("Otro estado o provincia", "address.other.state"), ("Otra provincia o estado", "address.other.state"),
            ("Número de teléfono particular", "home_phone"),
            ("Número de teléfono 2 particular", "point.phone (home)"),
            ("Número de teléfono del trabajo", "phone"), ("Número de teléfono 2 del trabajo", "point.phone (work)"),
            ("Número de teléfono móvil", "mobile"), ("Otro número de teléfono", "other_phone"),
            ("Número de fax del trabajo", "fax"), ("Número de fax particular", "point.phone (home fax)"),
            ("Número de teléfono del asistente", "assistant_phone"),
            ("Número de teletipo (TTY/TDD)", "point.phone (tty)"),
            ("Estado o provincia del trabajo", "address.work.state"), ("Estado del trabajo", "address.work.state"),
            ("País o región particular", "address.home.country"), ("Ciudad de residencia", "address.home.city"),
            ("Otro país", "address.other.country"), ("Otra localidad", "address.other.city"),
            ("Dirección de MI", "point.chat"),
        ]
    )
    func names(header: String, field: String) throws {
        #expect(try mapping("Apellidos,\(header)", as: "contact").last == field)
    }

    @Test(
        "A whole table comes in",
        arguments: [
            (
                "Nombre,Apellidos,Correo (trabajo),Correo (casa),Calle (casa),Ciudad (casa),Código postal (casa)",
                "Ana,Ruiz,ana@acme.example,ana@casa.example,Reforma 1,CDMX,06600",
                "ana@acme.example|ana@casa.example|Reforma 1|CDMX|06600"
            ),
            (
                "First name,Last name,Email (work),Email (home),Street (home),City (home),ZIP (home)",
                "Ana,Ruiz,ana@acme.example,ana@casa.example,Reforma 1,CDMX,06600",
                "ana@acme.example|ana@casa.example|Reforma 1|CDMX|06600"
            ),
            (
                """
                Nombre,Apellidos,Dirección de correo electrónico,Dirección de correo electrónico 2,Calle del domicilio,\
                Ciudad del domicilio,Código postal del domicilio,Buscapersonas,Número de teléfono 2 particular
                """,
                "Ana,Ruiz,ana@acme.example,ana@casa.example,Reforma 1,CDMX,06600,5555010002,5555010003",
                "ana@acme.example|ana@casa.example|Reforma 1|CDMX|06600"
            ),
        ]
    )
    func tables(header: String, row: String, stored: String) throws {
        let result = try importing("\(header)\n\(row)\n", as: "contact")
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try crm.sql(
                """
                SELECT c.email, c.email_secondary, a.street, a.city, a.postal_code
                FROM contact c JOIN address a ON a.contact = c.id
                """
            ) == stored
        )
    }

    @Test("LinkedIn's connections come in as they are in Spanish")
    func connections() throws {
        let table = """
            Nombre,Apellidos,URL,Dirección de correo electrónico,Empresa,Cargo,Conectado el
            Ana,Ruiz,https://www.linkedin.com/in/ana,ana@acme.example,Acme,Directora,03 ene 2026
            """
        let result = try importing(table + "\n", as: "contact", "--create-missing", "organization")
        #expect(result.status == 0 && result.errors.contains("Conectado el"), "\(result.errors)")
        let stored =
            "SELECT c.first_name, c.email, c.title, o.name FROM contact c JOIN organization o ON o.id = c.organization"
        #expect(try crm.sql(stored) == "Ana|ana@acme.example|Directora|Acme")
    }
}
