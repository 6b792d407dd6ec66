import Testing

/// What tables hold where a value is meant: the words of other programs and of people for it, or for none.
@Suite struct ForeignValueTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "The states that people write are taken, in either gender",
        arguments: [
            (
                "case", "Título,Estado",
                ["Cerrada": "closed", "Resuelto": "closed", "En proceso": "in_progress", "New": "open"]
            ),
            ("asset", "Serie,Nombre,Estado", ["En uso": "in_service", "Baja": "out_of_service"]),
            ("contract", "Asunto,Estado", ["Vigente": "in_progress", "Vencida": "complete", "Completo": "complete"]),
            (
                "quote", "Asunto,Etapa",
                ["Borrador": "created", "Enviado": "delivered", "Aceptado": "accepted", "Aprobada": "accepted"]
            ),
            ("campaign", "Nombre,Estado", ["Planeada": "planning", "Cancelado": "cancelled"]),
        ] as [(String, String, [String: String])]
    )
    func states(noun: String, header: String, words: [String: String]) throws {
        let column = noun == "quote" ? "stage" : "status"
        for (word, state) in words.sorted(by: { $0.key < $1.key }) {
            let key = header.hasPrefix("Serie") ? "\(word)," : ""
            try crm.succeed([noun, "import"], stdin: "\(header)\n\(key)Uno,\(word)\n")
            let stored = try crm.sql("SELECT \(column) FROM \"\(noun)\" ORDER BY id DESC LIMIT 1")
            #expect(stored == state, "\(noun): \(word)")
        }
        let unknown = try crm.run(
            noun,
            "import",
            stdin: "\(header)\n\(header.hasPrefix("Serie") ? "S," : "")Uno,Otra\n"
        )
        #expect(unknown.status == 6)
    }

    @Test(
        "What is not available in a spreadsheet is no value, and what it has lost is refused, whatever the column is for"
    )
    func errors() throws {
        try crm.succeed(
            ["contact", "import"],
            stdin: "Nombre,Apellidos,Puesto,Ciudad,Calle,Correo\nAna,Ruiz,#N/A,#N/D,C1,#N/A\n#N/D,Paz,,,,\n"
        )
        #expect(
            try crm.sql("SELECT ifnull(first_name, '-') || '|' || last_name || '|' || ifnull(title, '-') FROM contact")
                == "Ana|Ruiz|-\n-|Paz|-"
        )
        #expect(try crm.sql("SELECT ifnull(city, '-') || '|' || street FROM address") == "-|C1")
        for (header, row) in [("Nombre,Apellidos", "#VALUE!,Paz"), ("Apellidos,Puesto", "Paz,#¡REF!")] {
            let lost = try crm.run("contact", "import", stdin: "\(header)\n\(row)\n")
            #expect(lost.status == 6 && lost.errors.contains("mend the cell there"), "\(lost.errors)")
        }
        // What begins so may be a name all the same.
        try crm.succeed(["product", "import"], stdin: "name\n#10 Envelope\n")
        #expect(try crm.sql("SELECT name FROM product") == "#10 Envelope")
    }

    @Test("A word that says there is none is no serial number", arguments: ["S/N", "n/d", "N/A", "-"])
    func noSerial(word: String) throws {
        let table = "Nombre,No. de serie\nUno,\(word)\nDos,\(word)\n"
        let result = try crm.succeed(["product", "import"], stdin: table)
        #expect(result.errors.contains("\"\(word)\": taken as empty"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(serial) FROM product") == "0")
        // An asset has to have something there.
        try crm.succeed(["asset", "import"], stdin: table)
        #expect(try crm.sql("SELECT DISTINCT serial FROM asset") == word)
    }

    @Test("Shopify's marks of texts go, and who accepts no mail is asked for none")
    func shopify() throws {
        let table =
            "Customer ID,First Name,Last Name,Email,Accepts Email Marketing\n'6001,Ana,Ruiz,a@x.example,no\n"
            + "'6002,Eva,Sol,e@x.example,yes\n"
        try crm.succeed(["contact", "import"], stdin: table)
        #expect(try crm.sql("SELECT external_id || '|' || email_opt_out FROM contact") == "6001|1\n6002|0")
    }

    @Test("HubSpot's deals, with a zone behind a header and a pipeline behind a stage")
    func deals() throws {
        try crm.add("organization", "--name", "Acme")
        try crm.succeed(["contact", "import"], stdin: "first_name,last_name\nAna,Ruiz\n")
        let table = """
            Record ID,Deal Name,Deal Stage,Close Date (GMT-6),Amount,Associated Contact,Associated Company
            1,Uno,Closed won (Sales Pipeline),2026-12-31,5,Ana Ruiz,Acme
            2,Dos,Contract Sent (Ventas),2026-12-31,5,Ana Ruiz,Acme

            """
        try crm.succeed(["opportunity", "import"], stdin: table)
        #expect(
            try crm.sql("SELECT stage || '|' || close_date FROM opportunity")
                == "closed_won|2026-12-31\nnegotiation|2026-12-31"
        )
    }

    @Test(
        "Addresses of Thunderbird and of Dynamics come in whole",
        arguments: [
            (
                "Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country", "home"
            ),
            (
                "Address 1: Street 1,Address 1: Street 2,Address 1: City,Address 1: State/Province,"
                    + "Address 1: ZIP/Postal Code,Address 1: Country/Region", "work"
            ),
        ]
    )
    func addresses(header: String, kind: String) throws {
        let row = "Calle Uno 1,Depto 2,Cholula,Puebla,72000,México"
        try crm.succeed(["contact", "import"], stdin: "First Name,Last Name,\(header)\nAna,García,\(row)\n")
        #expect(
            try crm.sql("SELECT kind, replace(street, char(10), '/'), city, state, postal_code, country FROM address")
                == "\(kind)|Calle Uno 1/Depto 2|Cholula|Puebla|72000|MX"
        )
    }
}
