import Testing

/// Columns that other programs call as they like, and what their cells say.
@Suite struct KnownHeaderTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "Headers of known sources have a place",
        arguments: [
            ("contact", "Nombre,Apellidos,Emails", ["first_name", "last_name", "email"]),
            ("contact", "Apellidos,E-mails,Phones", ["last_name", "email", "phone"]),
            ("contact", "Apellidos,Email addresses,Phone numbers", ["last_name", "email", "phone"]),
            ("contact", "Apellidos,Móvil/Celular", ["last_name", "mobile"]),
            ("contact", "Apellidos,Celular o móvil", ["last_name", "mobile"]),
            ("contact", "Apellidos,Photo", ["last_name", "-"]),
            ("contact", "Apellidos,Correo del trabajo,Correo personal", ["last_name", "email", "email_secondary"]),
            (
                "contact", "Apellidos,Correo electrónico laboral,Correo electrónico particular,Celular del trabajo",
                ["last_name", "email", "email_secondary", "mobile"]
            ),
            (
                "contact", "Apellidos,E-mail de trabajo,Correo de casa,Celular personal,Domicilio fiscal",
                ["last_name", "email", "email_secondary", "mobile", "address.billing.street"]
            ),
            (
                "contact", "Apellidos,Correo,Correo laboral,Correo personal,Celular personal,Celular de trabajo",
                ["last_name", "email", "point.email (work)", "email_secondary", "mobile", "point.phone (work)"]
            ),
            ("contact", "Last Name,Account", ["last_name", "organization.name"]),
            (
                "contact", "Last Name,Account,Company,E-mail Type",
                ["last_name", "description +", "organization.name", "-"]
            ),
            (
                "contact", "Apellidos,Cuenta,Organización,Calle del trabajo",
                ["last_name", "description +", "organization.name", "address.work.street"]
            ),
            (
                "contact", "Last Name,Primary Phone,Designation,Lead Source",
                ["last_name", "phone", "title", "lead_source"]
            ),
            ("contact", "Last Name,Business Phone,Primary Phone", ["last_name", "phone", "point.phone (main)"]),
            (
                "contact", "Apellidos,Calle de correo,Ciudad de correo,Código postal de correo",
                ["last_name", "address.work.street", "address.work.city", "address.work.postal_code"]
            ),
            (
                "contact", "Apellidos,Nombre de la compañía,Dirección 1: Calle 1,Dirección 1: País o región",
                ["last_name", "organization.name", "address.work.street", "address.work.country"]
            ),
            ("organization", "Nombre de la compañía,Emails", ["name", "email"]),
            ("opportunity", "Potential Name,Potential No", ["name", "external_id"]),
            (
                "opportunity", "Opportunity Name,Account Owner,Last Activity,Expected Revenue Currency",
                ["name", "-", "-", "-"]
            ),
            (
                "contact", "Apellidos,Propietario de Contacto,Hora de creación,Hora de modificación",
                ["last_name", "assigned_to", "created_at", "-"]
            ),
            (
                "contact", "Apellidos,Tfno.,Fecha de alta,Nº cliente",
                ["last_name", "phone", "created_at", "external_id"]
            ),
            (
                "contact", "Surname,Telephone,Organisation,Address Line 1,Address Line 2,Town,DOB,Opt-out",
                [
                    "last_name", "phone", "organization.name", "address.work.street", "address.work.street 2",
                    "address.work.city", "birthdate", "email_opt_out",
                ]
            ),
            ("contact", "Surname,Phone 1,Phone 2,Date Added", ["last_name", "phone", "other_phone", "created_at"]),
            (
                "organization", "Name,Owner,Revenue,Nº empleados,Domain",
                ["name", "assigned_to", "annual_revenue", "employees", "website"]
            ),
            ("organization", "Name,Tags/Name", ["name", "tags"]),
            ("organization", "name,category_id", ["name", "tags"]),
            ("organization", "name,category_id/name", ["name", "tags"]),
            ("opportunity", "Opportunity,Tags/Name", ["name", "tags"]),
            ("opportunity", "name,tag_ids/name", ["name", "tags"]),
            ("product", "Name,product_tag_ids/name", ["name", "tags"]),
            ("case", "Title,Etiquetas/Nombre", ["title", "tags"]),
            ("product", "Title,Ref.,Qty,Brand", ["name", "code", "stock", "manufacturer"]),
            (
                "contact", "Apellidos,DOMICILIO,COL.,CD.,EDO.,CP",
                [
                    "last_name", "address.work.street", "address.work.neighborhood", "address.work.city",
                    "address.work.state", "address.work.postal_code",
                ]
            ),
        ]
    )
    func places(noun: String, header: String, fields: [String]) throws {
        #expect(try mapping(header, as: noun) == fields)
    }

    @Test("Who is not to be contacted is neither called nor written to")
    func refused() throws {
        #expect(try importing("Apellidos,No contactar\nRuiz,sí\nSol,no\n").status == 0)
        #expect(try crm.sql("SELECT do_not_call, email_opt_out FROM contact ORDER BY id") == "1|1\n0|0")
    }

    @Test(
        "Of columns that say whether somebody is to be written to, the one that refuses counts, and that is told",
        arguments: [
            ("No contactar,Opt-out", "sí,no", "1|1", "Opt-out \"no\": another column refuses"),
            ("Opt-out,No contactar", "no,sí", "1|1", "Opt-out \"no\": another column refuses"),
            ("No contactar,Opt-out", "no,sí", "0|1", "No contactar \"no\": another column refuses"),
            ("Opt-out,Unsubscribed", "sí,no", "0|1", "Unsubscribed \"no\": another column refuses"),
            ("No contactar,do_not_call", "sí,no", "1|1", "do_not_call \"no\": another column refuses"),
            ("No contactar,Opt-out", ",sí", "0|1", ""), ("No contactar,Opt-out", "no,no", "0|0", ""),
        ]
    )
    func refusedByOne(header: String, cells: String, stored: String, told: String) throws {
        let result = try importing("Apellidos,\(header)\nRuiz,\(cells)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT do_not_call, email_opt_out FROM contact") == stored)
        let words = told.isEmpty ? "another column refuses" : told
        #expect(result.errors.contains(words) != told.isEmpty, "\(result.errors)")
    }

    @Test("A row with but a further tag of the row above, as Odoo writes it, is told as that")
    func furtherTags() throws {
        let rows = "id,name,email,category_id/name\n__export__.p1,Ana Ruiz,a@example.org,Clientes\n,,,VIP\n"
        let result = try importing(rows)
        #expect(result.status == 6, "\(result.errors)")
        let told = "crm: row 2 (line 3): has nothing but category_id/name: what belongs to the row above goes there"
        #expect(result.errors.contains(told), "\(result.errors)")
    }

    @Test("Every column of an address is told to be one, and none of a client's own")
    func elsewhere() throws {
        for noun in ["organization", "opportunity", "product"] {
            let british = try importing("Name,Address 1,Town,Postcode\nAcme,Mayor 1,León,24001\n", as: noun)
            #expect(british.errors.components(separatedBy: "is of an address").count == 4, "\(british.errors)")
        }
        let result = try importing(
            "Nombre,Calle,Colonia,Estado,País\nAcme,Mayor 1,Centro,Jalisco,MX\n",
            as: "organization"
        )
        #expect(
            result.status == 6 && result.errors.components(separatedBy: "is of an address").count == 5,
            "\(result.errors)"
        )
    }

    @Test("vtiger's name of a client loses its module in a line of a description too")
    func noted() throws {
        _ = try importing("Title,Status,Organization Name\nT,Open,Accounts::::Acme\n", as: "case")
        #expect(try crm.sql("SELECT description FROM \"case\"").hasSuffix(": Acme"))
    }

    @Test("What columns hold is not told where no row was read")
    func unread() throws {
        try crm.shell("printf 'First Name,Last Name,E-mail Display Name,Gender\\nJos\\351,Paz,J,Male\\n' >in.csv")
        let result = try crm.run("contact", "import", "in.csv", "--ignore-unknown")
        #expect(result.status == 6 && !result.errors.contains("empty"), "\(result.errors)")
    }

    private static let standing = "Gender,Sensitivity,Priority,Private"

    @Test("What Outlook writes by itself says nothing", arguments: ["Unspecified,Normal,Normal,False", ",,,"])
    func silent(cells: String) throws {
        let result = try importing("First Name,Last Name,\(Self.standing)\nAna,Ruiz,\(cells)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.errors.contains("passed over the columns Gender, Sensitivity, Priority, Private"),
            "\(result.errors)"
        )
    }

    @Test("What people have written there is not passed over unasked")
    func said() throws {
        let first = try importing("First Name,Last Name,\(Self.standing)\nAna,Ruiz,Female,Normal,Normal,False\n")
        #expect(first.status == 6 && first.errors.contains("Gender: no such column"), "\(first.errors)")
        #expect(!first.errors.contains("Sensitivity: no such column"), "\(first.errors)")
        var rows = "First Name,Last Name,Priority\n"
        for number in 1...200 { rows += "Ana,Ruiz \(number),Normal\n" }
        let late = try importing(rows + "Eva,Paz,High\n")
        #expect(late.status == 6 && late.errors.contains("Priority"), "\(late.errors)")
    }

    @Test(
        "Addresses in a column of the program's own name for mail are addresses",
        arguments: [
            (#"[{"last_name":"Ruiz","emails":["a@example.org","b@example.org"]}]"#, "a@example.org", "b@example.org"),
            (#"[{"last_name":"Ruiz","email":"a@example.org","emails":["a@example.org"]}]"#, "a@example.org", ""),
        ]
    )
    func emails(json: String, first: String, second: String) throws {
        try crm.write(json, to: "in.json")
        let result = try crm.run(["contact", "import", "in.json"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try crm.sql("SELECT email, ifnull((SELECT value FROM contact_point), '') FROM contact")
                == "\(first)|\(second)"
        )
    }

    @Test("The id of Salesforce is the key of another program, in a small table too")
    func salesforce() throws {
        let company = try importing(
            "Id,Name,AccountNumber,Phone\n0015g00000XyZabAAB,Norte,A1,5512345678\n",
            as: "organization"
        )
        #expect(company.status == 0, "\(company.errors)")
        #expect(try crm.sql("SELECT id, external_id FROM organization") == "1|0015g00000XyZabAAB")
        let person = try importing("Id,AccountId,FirstName,LastName\n0035g00000XyZab,0015g00000XyZabAAB,Ana,Ruiz\n")
        #expect(person.status == 0, "\(person.errors)")
        #expect(try crm.sql("SELECT external_id, organization FROM contact") == "0035g00000XyZab|1")
        let other = try importing("Id,Name\nres_partner_21,Sur\n", as: "organization")
        #expect(other.status == 6 && other.errors.contains("--map id=external_id"), "\(other.errors)")
    }

    @Test("Whether somebody is active is no asset, however it is marked", arguments: ["checked", "Sí", "1.0", "✓"])
    func active(cell: String) throws {
        let result = try importing("Name,Activo\nAna Ruiz,\(cell)\n")
        #expect(result.status == 6 && result.errors.contains("--map 'Activo=-'"), "\(result.errors)")
    }

    @Test(
        "Marks and floats are yes and no",
        arguments: [("1.0", "1"), ("0.0", "0"), ("checked", "1"), ("unchecked", "0"), ("\"1,0\"", "1")]
    )
    func booleans(cell: String, value: String) throws {
        let result = try importing("Apellidos,No llamar\nRuiz,\(cell)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT do_not_call FROM contact") == value)
    }

    @Test(
        "vtiger's stages and states in Spanish",
        arguments: [
            ("Propuesta de evaluación", "value_proposition"), ("Valorando Proposición", "value_proposition"),
            ("Presupuesto Propuesto", "proposal"), ("Cotización propuesta", "proposal"),
            ("Negociando/Revisando", "negotiation"), ("Analizando", "perception_analysis"),
            ("Identificando Responsable", "id_decision_makers"), ("Valorando", "qualification"),
            ("Cerrado Ganado", "closed_won"),
        ]
    )
    func stages(word: String, key: String) throws {
        try crm.succeed("organization", "add", "--name", "Norte")
        try crm.succeed("contact", "add", "--last-name", "Ruiz", "--organization", "1")
        let rows = "name,contact,amount,close_date,Etapa\nA,1,5,2026-12-31,\(word)\n"
        let result = try importing(rows, as: "opportunity")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT stage FROM opportunity") == key)
        let state = try importing("Título,Estado\nFalla,Esperando\n", as: "case")
        #expect(state.status == 0, "\(state.errors)")
    }

    @Test(
        "Lists in other notations are split",
        arguments: ["Amigos|VIP", "Amigos | VIP", "\"{Amigos,VIP}\"", #""{""Amigos"",""VIP""}""#]
    )
    func lists(cell: String) throws {
        let result = try importing("Apellidos,Etiquetas\nRuiz,\(cell)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT tags FROM contact") == #"["Amigos","VIP"]"#)
    }

    @Test("Tags with the marks of such lists come back as they were", arguments: ["a|b", "{a}", "* x", "* x ::: y"])
    func tags(tag: String) throws {
        try crm.succeed("contact", "add", "--last-name", "Ruiz", "--tag", tag)
        let stored = try crm.sql("SELECT tags FROM contact")
        for format in ["csv", "tsv", "json", "vcard"] {
            let file = "out.\(format == "vcard" ? "vcf" : format)"
            try crm.write(try crm.succeed("contact", "export", "--format", format).output, to: file)
            let result = try crm.run(["contact", "import", file])
            #expect(result.status == 0 && result.output.contains("1 unchanged"), "\(result.output)\(result.errors)")
        }
        #expect(try crm.sql("SELECT tags FROM contact") == stored)
    }

    @Test("A card of version 2.1 has semicolons between its categories")
    func categories() throws {
        let card = "BEGIN:VCARD\nVERSION:2.1\nN:Ruiz;Ana\nCATEGORIES:Jardin;VIP\nEND:VCARD\n"
        try crm.write(card, to: "in.vcf")
        try crm.succeed("contact", "import", "in.vcf")
        #expect(try crm.sql("SELECT tags FROM contact") == #"["Jardin","VIP"]"#)
    }

    @Test("A key of bytes without a type gets none")
    func key() throws {
        try crm.write(
            "BEGIN:VCARD\nVERSION:3.0\nN:Ruiz;Ana;;;\nFN:Ana Ruiz\nKEY;ENCODING=b:AAAA\nEND:VCARD\n",
            to: "in.vcf"
        )
        try crm.succeed("contact", "import", "in.vcf")
        let card = try crm.succeed("contact", "export", "--format", "vcard").output
        #expect(card.contains("\nKEY;ENCODING=b:AAAA"), "\(card)")
    }
}
