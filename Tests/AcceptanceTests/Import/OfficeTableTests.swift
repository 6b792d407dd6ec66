import Testing

/// Tables as offices make them, and as Odoo, vtiger and Mailchimp write them.
@Suite struct OfficeTableTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test("A section or a note among the lines of Odoo is a comment of its line, and its states are known in Spanish")
    func sections() throws {
        let rows =
            "Order Reference,Customer,Order Lines/Product,Order Lines/Description,Order Lines/Quantity,"
            + "Order Lines/Unit Price,Status\nS1,Acme,,Sección,0.00,0.00,Cotización\n,,,Cable,2,10,\n"
        let result = try importing(rows, as: "sales-order", "--create-missing", "organization")
        #expect(result.output.contains("1 created"), "\(result.errors)")
        #expect(try crm.sql("SELECT comment || text || unit_price FROM sales_order_line") == "SecciónCable1000")
        #expect(try crm.sql("SELECT total || status FROM sales_order") == "2000created")
        let again = try importing(rows, as: "sales-order", "--match", "number")
        #expect(again.output.contains("1 unchanged"), "\(again.output) \(again.errors)")
    }

    @Test(
        "A customer of Odoo that is a person is of the company before it, and a product may have its code before its name"
    )
    func partners() throws {
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--organization", "1")
        let rows =
            "Order Reference,Customer,Order Lines/Product,Order Lines/Description,Order Lines/Quantity,"
            + "Order Lines/Unit Price\nS1,\"Acme, Ana Ruiz\",,Cable,1,1\n"
        #expect(try importing(rows, as: "sales-order").output.contains("1 created, 1 linked"))
        #expect(try crm.sql("SELECT organization FROM sales_order") == "1")
        try crm.add("product", "--name", "Cable", "--code", "001")
        let assets = "Asset Name,Serial Number,Product Name\nA,1,[001] Cable\n"
        #expect(try importing(assets, as: "asset").status == 0)
        #expect(try crm.sql("SELECT product FROM asset") == "1")
    }

    @Test(
        "Columns of calendars, contracts and audiences of other programs are known",
        arguments: [
            (
                "event", "Meeting Subject,Start,Stop,Attendees\nA,2026-11-26 09:00:00,2026-11-26 10:00:00,Ana Ruiz\n",
                "SELECT starts_at || ends_at FROM event", "2026-11-26T15:00:00Z2026-11-26T16:00:00Z"
            ),
            (
                "event",
                "Asunto de la reunión,Iniciar,Detener,Asistentes\nA,2026-11-26 09:00:00,2026-11-26 10:00:00,Ana\n",
                "SELECT starts_at || ends_at FROM event", "2026-11-26T15:00:00Z2026-11-26T16:00:00Z"
            ),
            (
                "event",
                "Subject,Start Date & Time,Time Start,End Date & Time,End Time\n"
                    + "A,2026-11-26,09:00:00,2026-11-26,10:00:00\n",
                "SELECT starts_at || ends_at FROM event", "2026-11-26T15:00:00Z2026-11-26T16:00:00Z"
            ),
            (
                "contract", "Subject,Contract No,Due Date,End Date\nA,1,2026-01-01,2026-01-02\n",
                "SELECT end_date || description FROM contract", "2026-01-01End Date: 2026-01-02"
            ),
            (
                "contact",
                "Email Address,First Name,Last Name,MEMBER_RATING,UNSUB_TIME,UNSUB_REASON,LEID\n"
                    + "a@x.mx,Ana,Ruiz,2,2026-01-01 10:00:00,,3\nb@x.mx,Eva,Paz,2,,,3\n",
                "SELECT group_concat(email_opt_out) FROM contact", "1,0"
            ),
        ]
    )
    func known(noun: String, rows: String, question: String, answer: String) throws {
        let result = try importing(rows, as: noun)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql(question) == answer)
    }

    @Test(
        "What counts the lines of a document tells nothing of it",
        arguments: ["No.", "Núm.", "Partida", "No. de partida"]
    )
    func runningNumbers(header: String) throws {
        let rows = "Folio,Asunto,\(header),Concepto,Precio\nQ1,X,1,A,10\nQ1,X,2,B,10\n"
        #expect(try importing(rows, as: "sales-order").output.contains("2 rows, 1 created"))
        #expect(try crm.sql("SELECT total FROM sales_order") == "2000")
    }

    @Test("Lines with their places may stand in another order, where the document has a key")
    func places() throws {
        let rows = "Folio,Asunto,line.position,Concepto,Precio\nQ1,X,2,B,10\nQ1,X,1,A,10\nQ2,X,1,C,10\n"
        #expect(try importing(rows, as: "sales-order").output.contains("3 rows, 2 created"))
        #expect(try crm.sql("SELECT group_concat(text, '') FROM sales_order_line") == "ABC")
    }

    @Test("A document without a subject is called by its number, else as whom it is for, and it is told")
    func withoutSubject() throws {
        let numbered = "Folio,Cliente,Concepto,Precio\nQ4,Acme,A,10\n"
        let result = try importing(numbered, as: "quote", "--create-missing", "organization")
        #expect(result.errors.contains("subject \"Q4\": taken for what it is about"), "\(result.errors)")
        let again = try importing(numbered, as: "quote", "--match", "number")
        #expect(again.output.contains("1 unchanged"), "\(again.output)")
        _ = try importing("Cliente,Concepto,Precio\nAcme,B,10\n", as: "quote")
        #expect(try crm.sql("SELECT group_concat(subject) FROM quote") == "Q4,Acme")
    }

    @Test("Under what people call a record a name is one, and under the key of a field it is refused")
    func names() throws {
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz")
        try crm.add("product", "--name", "Cable", "--code", "C1")
        for (noun, rows) in [
            ("asset", "Nombre,Serie,Cliente\nA,1,Acme\n"),
            ("purchase-order", "Asunto,Proveedor,Concepto,Precio\nA,Acme,x,1\n"),
            ("event", "Asunto,Inicio,Contacto\nA,2026-01-01 10:00,Ana Ruiz\n"),
            ("sales-order", "Asunto,Producto,Cantidad,Precio\nA,Cable,1,2\n"),
            ("asset", "Nombre,Serie,Cliente\nA,2,1\n"),
        ] {
            let result = try importing(rows, as: noun)
            #expect(result.status == 0, "\(noun): \(result.errors)")
        }
        #expect(try crm.sql("SELECT group_concat(organization) FROM asset") == "1,1")
        #expect(try crm.sql("SELECT product FROM sales_order_line") == "1")
        let key = try importing("name,serial,organization\nA,3,Acme\n", as: "asset")
        #expect(key.status == 6 && key.errors.contains("call the column organization.name"), "\(key.errors)")
    }

    @Test(
        "A date that cannot be is refused in words that say why",
        arguments: [
            ("Mar 2025", "the day of the month is missing"),
            ("26/11/0026", "the year is 0026"), ("0026-11-26", "the year is 0026"),
        ]
    )
    func dates(cell: String, reason: String) throws {
        let result = try importing("Nombre,target_end_date\nA,\(cell)\n", as: "project")
        #expect(result.status == 6 && result.errors.contains(reason), "\(result.errors)")
    }

    @Test("Which number is the day is not known of a file by the country, since others may have written it")
    func dayByCountry() throws {
        try crm.succeed("config", "set", "country", "MX")
        let rows = "Nombre,target_end_date\nA,05/06/2027\n"
        let result = try importing(rows, as: "project")
        #expect(result.status == 6 && result.errors.contains("by --dates dmy or mdy"), "\(result.errors)")
        #expect(try importing(rows, as: "project", "--dates", "dmy").output.contains("1 created"))
    }

    @Test("A column without a header is called so once")
    func nameless() throws {
        let result = try importing("name,,phone\nA,foo,551\n", as: "organization", "--ignore-unknown")
        #expect(result.errors.contains("passed over the column 2, without a header"), "\(result.errors)")
    }

    @Test(
        "A rate whose day or number may be read in two ways is refused with what the file may say of itself",
        arguments: [("USD,18.5,3/4/2024", "--dates"), ("USD,\"18,502\",2024-01-02", "--decimal")]
    )
    func rates(row: String, remedy: String) throws {
        try crm.write("currency,rate,date\n\(row)\n", to: "r.csv")
        let result = try crm.run(["rate", "import", "r.csv"])
        #expect(result.status == 6 && result.errors.contains(remedy), "\(result.errors)")
    }

    @Test(
        "Lists as Python and SharePoint write them are read",
        arguments: ["['rojo', 'azul']", ";#rojo;#azul;#", "rojo; azul"]
    )
    func lists(cell: String) throws {
        _ = try importing("Nombre,Apellidos,tags\nA,B,\"\(cell)\"\n", as: "contact")
        #expect(
            try crm.run(["contact", "list", "--columns", "tags", "--format", "csv"]).output == "tags\n\"rojo,azul\"\n"
        )
    }

    @Test("A table without a column of names says how one is told")
    func nameColumn() throws {
        let result = try importing("Clave,Descripción,Precio\n1,A,2\n", as: "product")
        #expect(result.status == 6 && result.errors.contains("--map COLUMN=name"), "\(result.errors)")
        #expect(
            try importing("Clave,Descripción,Precio\n1,A,2\n", as: "product", "--map", "Descripción=name").status == 0
        )
    }

    @Test(
        "A day as Oracle writes it has midnight behind it",
        arguments: ["26-NOV-2026 00:00:00", "26-OCT-2026 00:00:00"]
    )
    func oracle(cell: String) throws {
        #expect(try importing("Nombre,target_end_date\nA,\(cell)\n", as: "project").status == 0)
    }
}
