import Testing

/// Columns of other programs without a field: what people write in them is kept, and the rest told.
@Suite struct UnheldColumnTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "What people write in a column without a field becomes a line of the description",
        arguments: [
            (
                "event",
                "Subject,Start Date,Start Time,Required Attendees,Meeting Organizer\nJunta,2026-05-04,10:00,Ana;Leo,Eva",
                "Required Attendees: Ana;Leo\nMeeting Organizer: Eva"
            ),
            (
                "contact",
                "First Name,Last Name,E-mail 2 Address,Business Phone,Business City,Spouse,Anniversary,User 1\n"
                    + "Ana,Ruiz,,,,Leo,0/0/00,x", "Spouse: Leo\nUser 1: x"
            ),
            (
                "case", "Ticket Number,Ticket Title,Update History,Organization Name\nTT1,Falla,,Acme",
                "Organization Name: Acme"
            ),
            (
                "quote",
                "Quote No,Subject,Item Name,Quantity,List Price,Tax Type,Billing City\nQ1,Venta,Cable,1,9,individual,León",
                "Billing City: León"
            ),
        ]
    )
    func notes(noun: String, table: String, description: String) throws {
        let result = try importing("\(table)\n", as: noun, "--dates", "iso")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT description FROM \"\(noun)\"") == description)
    }

    @Test(
        "Further columns of known sources have a place",
        arguments: [
            ("contact", "First Name,Last Name,IMAddress", ["first_name", "last_name", "point.chat"]),
            (
                "contact", "Last Name,Additional email addresses,Original Source",
                ["last_name", "point.email", "description +"]
            ),
            (
                "contact", "Last Name,Accepts SMS Marketing,Total Spent",
                ["last_name", "description +", "description +"]
            ),
            ("contact", "Last Name,Home,Office Phone", ["last_name", "home_phone", "phone"]),
            ("contact", "Apellidos,Móvil,Casa,Trabajo", ["last_name", "mobile", "home_phone", "phone"]),
            ("contact", "Name,Website Link,Tax ID", ["name", "point.url", "description +"]),
            ("organization", "Name,Website Link,NIF", ["name", "website", "tax_id"]),
            ("product", "Name,Product Type,Can be Sold", ["name", "description +", "-"]),
            (
                "product", "Product Name,Handler,Qty/Unit,GL Account",
                ["name", "assigned_to", "description +", "description +"]
            ),
            ("opportunity", "Nombre,Probabilidad (%)", ["name", "probability"]),
            ("contract", "Asunto,Inicio,Fin", ["subject", "start_date", "end_date"]),
        ]
    )
    func places(noun: String, header: String, fields: [String]) throws {
        #expect(try mapping(header, as: noun) == fields)
    }

    @Test("The fax of an organization is one of its numbers, even where it has no telephone")
    func fax() throws {
        let table = "Organization Name,Organization No,Fax\nAcme,ACC9,55 1234 5678\n"
        #expect(try importing(table, as: "organization").status == 0)
        #expect(try crm.sql("SELECT kind, label, value FROM organization_point") == "phone|fax|55 1234 5678")
        #expect(try crm.sql("SELECT phone IS NULL FROM organization") == "1")
    }

    @Test(
        "Columns passed over that hold something are named apart from those that are empty",
        arguments: [
            ("A,B,C\nx,,\n", [], "passed over the column A; and B, C, which are empty"),
            ("A,B\n,\n", [], "passed over the columns A, B, which are empty"),
            ("A,B\nx,\n", ["--lang", "es"], "se omitió la columna A; y B, que está vacía"),
            ("A,B\nx,y\n", [], "passed over the columns A, B\n"),
        ]
    )
    func told(columns: String, options: [String], words: String) throws {
        let lines = columns.split(separator: "\n")
        try crm.write("last_name,\(lines[0])\nRuiz,\(lines[1])\n", to: "in.csv")
        let result = try crm.run(["contact", "import", "in.csv", "--ignore-unknown"] + options)
        #expect(result.status == 0 && result.errors.contains(words), "\(result.errors)")
    }
}
