import Testing

/// Cells that mean one thing to the person who wrote them and would be taken for another.
@Suite struct DoubtfulCellTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test("A box that says there is nothing to say is told to be taken as empty", arguments: ["N/A", "-", "NULL"])
    func boxes(cell: String) throws {
        let result = try importing("subject,number,auto_renew\nS,1,\(cell)\n", as: "contract")
        #expect(result.status == 0 && result.errors.contains("taken as empty"), "\(result.errors)")
        #expect(try crm.sql("SELECT auto_renew FROM contract") == "0")
    }

    @Test("The remedy for a name in a column of references is one that works")
    func remedies() throws {
        try crm.add("organization", "--name", "Acme")
        let rows = "Asunto,supplier\nA,Acme\n"
        let refused = try importing(rows, as: "purchase-order")
        #expect(refused.status == 6 && refused.errors.contains("call the column supplier.name"), "\(refused.errors)")
        #expect(try importing(rows, as: "purchase-order", "--map", "supplier=supplier.name").status == 0)
    }

    /// Two people who are there, in one cell.
    private func inviting(_ cell: String) throws -> CRM.Result {
        for name in ["Ruiz", "Vega"] {
            try crm.add("contact", "--first-name", name == "Ruiz" ? "Ana" : "Luis", "--last-name", name)
        }
        let rows = "Asunto,Inicio,contact.name\nJunta,2026-12-01 09:00,\"\(cell)\"\n"
        return try importing(rows, as: "event", "--create-missing", "contact")
    }

    @Test(
        "Names on lines of their own, or with semicolons, are those of several",
        arguments: ["Ana Ruiz\nLuis Vega", "Ana Ruiz; Luis Vega"]
    )
    func severalNames(cell: String) throws {
        let result = try inviting(cell)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*), (SELECT count(*) FROM contact_event) FROM contact") == "2|2")
    }

    @Test(
        "Names of several who are there are not made into one person",
        arguments: ["Ana Ruiz, Luis Vega", "Luis Vega / Ana Ruiz", "Luis Vega y Ana Ruiz", "Ana Ruiz & Luis Vega"]
    )
    func joinedNames(cell: String) throws {
        let result = try inviting(cell)
        #expect(result.status == 6 && result.errors.contains("these are 2 contacts that are here"), "\(result.errors)")
    }

    @Test("The zero that a lookup of an empty cell gives is nobody's name")
    func zero() throws {
        let rows = "Apellidos,organization.name\nRuiz,0\n"
        let result = try importing(rows, as: "contact", "--create-missing", "organization")
        #expect(result.status == 6, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM organization") == "0")
    }

    @Test("A year without its century is refused", arguments: ["26/11/0026", "0026-11-26", "26-11-0026 00:00:00"])
    func cutYears(cell: String) throws {
        let result = try importing("name,start_date\nA,\(cell)\n", as: "project", "--dates", "dmy")
        #expect(result.status == 6 && result.errors.contains("0026"), "\(result.errors)")
    }

    @Test(
        "The marks of a day with nothing between them are no day",
        arguments: ["  /  /    ", "--", " - - ", "0/0/00"]
    )
    func emptyDays(cell: String) throws {
        let result = try importing("name,start_date\nA,\(cell)\n", as: "project")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT start_date IS NULL FROM project") == "1")
    }

    @Test("A code with blanks and hyphens of a web page is the code that is typed")
    func codes() throws {
        try crm.add("product", "--name", "A", "--code", "A-100 B")
        let result = try importing("code,name\nA\u{2011}100\u{A0}B,C\n", as: "product", "--match", "code")
        #expect(result.status == 0 && result.output.contains("1 updated"), "\(result.output)\(result.errors)")
    }

    @Test(
        "The closing date is the expected one unless another column is, or lists of the program are read by their ids",
        arguments: [
            ("Nombre,Contacto,Monto,Fecha de cierre,Etapa", "close_date"),
            ("Nombre,Contacto,Valor estimado,Fecha de cierre,Etapa de venta", "close_date"),
            ("Fecha de cierre", "close_date"), ("Fecha de Cierre *", "close_date"),
            ("Fecha estimada de cierre,Fecha de cierre", "close_date,closed_on"),
            ("Fecha de cierre,Cierre", "closed_on,close_date"),
        ]
    )
    func closing(header: String, fields: String) throws {
        let columns = try mapping(header, as: "opportunity").filter { $0.hasPrefix("close") }
        #expect(columns.joined(separator: ",") == fields)
        guard fields == "close_date" else { return }
        try crm.write("id,\(header)\n", to: "in.csv")
        let own = try crm.succeed("opportunity", "import", "in.csv", "--show-mapping", "--match", "id").output
        #expect(own.contains("\tclosed_on\n") && !own.contains("\tclose_date\n"), "\(own)")
    }
}
