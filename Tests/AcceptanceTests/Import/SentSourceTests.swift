import Testing

/// Tables as other CRMs export them, with all of their columns.
@Suite struct SentSourceTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test("A client's name is the company of a deal or document, and a line about a case")
    func customers() throws {
        try crm.succeed("organization", "add", "--name", "Norte")
        try crm.succeed("contact", "add", "--first-name", "Ana", "--last-name", "Ruiz")
        for header in ["Customer Name", "Account Name", "Company", "Nombre del cliente"] {
            try crm.write("Subject,\(header)\n\(header),Norte\n", to: "quote.csv")
            try crm.succeed("quote", "import", "quote.csv")
            try crm.write(
                "name,contact.name,\(header),close_date,amount,stage\nO,Ana Ruiz,Norte,2026-12-01,1,qualification\n",
                to: "deal.csv"
            )
            try crm.succeed("opportunity", "import", "deal.csv")
        }
        #expect(try crm.sql("SELECT count(*) FROM quote WHERE organization = 1") == "4")
        #expect(try crm.sql("SELECT count(*) FROM opportunity WHERE organization = 1") == "4")
        let missing = try importing("Subject,Customer Name\nA,Sur\n", as: "quote")
        #expect(missing.status == 6 && missing.errors.contains("--create-missing organization"), "\(missing.errors)")
        try crm.succeed(["case", "import"], stdin: "Título,Cliente\nFalla,Norte\n")
        #expect(try crm.sql("SELECT description FROM \"case\"") == "Cliente: Norte")
    }

    @Test(
        "Whatever the client is called, with a colon or without, it is the company, or a line where there is none",
        arguments: ["Customer", "Client Name", "Account", "Organization", "Organización", "Empresa", "Cliente"]
    )
    func labels(header: String) throws {
        for (module, lead) in [
            ("quote", "Subject"), ("sales-order", "Subject"), ("asset", "Serial Number"), ("opportunity", "Name"),
        ] {
            for mark in ["", ":"] {
                try crm.write("\(lead)\(mark),\(header)\(mark)\nX,Norte\n", to: "in.csv")
                let mapping = try crm.succeed(module, "import", "in.csv", "--show-mapping")
                #expect(mapping.lines.last?.contains("\torganization") == true, "\(module) \(mapping.output)")
            }
        }
        for (module, lead) in [("case", "Ticket Title"), ("contract", "Contract No"), ("project", "Project Name")] {
            for name in ["\(header):", "Related To:", "En relación con"] {
                try crm.write("\(lead):,\(name)\nX,Norte\n", to: "in.csv")
                let mapping = try crm.succeed(module, "import", "in.csv", "--show-mapping")
                #expect(mapping.lines.last == "\(name)\tdescription +", "\(module) \(mapping.output)")
            }
        }
    }

    @Test("Zoho names records beside their keys")
    func zoho() throws {
        let company = try importing(
            """
            Record Id,Account Owner.id,Account Owner,Account Name,Phone,Website,Account Number,Account Type,Employees,\
            Parent Account.id,Parent Account,Created By.id,Created By,Created Time,Last Activity Time,Tag,Exchange Rate
            zcrm_1,zcrm_9,Luis Paz,Norte,5512345678,norte.example,77,Customer,20,,,zcrm_9,Luis Paz,\
            2025-01-02 10:15:00,2025-01-02 10:15:00,vip,1

            """,
            as: "organization"
        )
        #expect(company.status == 0, "\(company.errors)")
        #expect(
            try crm.sql("SELECT name, external_id, assigned_to, type, description FROM organization")
                == "Norte|zcrm_1|Luis Paz|customer|Account Number: 77"
        )
        let person = try importing(
            """
            Record Id,Contact Owner.id,Contact Owner,First Name,Last Name,Account Name.id,Account Name,Email,\
            Date of Birth,Asst Phone,Skype ID,Contact Name,Reporting To.id,Reporting To,Mailing City,Exchange Rate
            zcrm_2,zcrm_9,Luis Paz,Ana,Ruiz,zcrm_1,Norte,ana@norte.example,1980-05-04,5587654321,ana.r,Ana Ruiz,,,Puebla,1

            """
        )
        #expect(person.status == 0, "\(person.errors)")
        let deal = try importing(
            """
            Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Account Name.id,Account Name,Stage,\
            Probability (%),Expected Revenue,Contact Name.id,Contact Name,Reason For Loss,Sales Cycle Duration
            zcrm_3,zcrm_9,Luis Paz,1000,Renovación,2026-12-31,zcrm_1,Norte,Qualification,20,200,zcrm_2,Ana Ruiz,,

            """,
            as: "opportunity"
        )
        #expect(deal.status == 0, "\(deal.errors)")
        #expect(
            try crm.sql("SELECT amount, close_date, organization, contact FROM opportunity") == "100000|2026-12-31|1|1"
        )
        let ticket = try importing(
            """
            Record Id,Case Owner,Case Number,Case Origin,Status,Subject,Priority,Reported By,Email,Account Name,Case Reason
            z4,Luis Paz,1001,Email,New,Falla,High,Ana Ruiz,ana@norte.example,Norte,Otra

            """,
            as: "case"
        )
        #expect(ticket.status == 0, "\(ticket.errors)")
        #expect(
            try crm.sql("SELECT number, status, description FROM \"case\"")
                == "1001|open|Email: ana@norte.example\nCustomer: Norte"
        )
    }

    @Test("Salesforce's weekly export refers by its keys")
    func salesforce() throws {
        let company = try importing(
            """
            Id,IsDeleted,MasterRecordId,Name,Type,ParentId,Phone,AccountNumber,Website,OwnerId,CreatedDate,\
            CreatedById,LastModifiedDate,SystemModstamp
            001A,0,,Norte,,,5512345678,A-1,norte.example,005x,2025-01-02T10:15:00.000Z,005x,2025-01-02T10:15:00.000Z,\
            2025-01-02T10:15:00.000Z

            """,
            as: "organization"
        )
        #expect(company.status == 0, "\(company.errors)")
        let person = try importing(
            """
            Id,IsDeleted,AccountId,LastName,FirstName,Email,OwnerId,HasOptedOutOfEmail,CreatedDate,IsEmailBounced
            003A,0,001A,Ruiz,Ana,ana@norte.example,005x,1,2025-01-02T10:15:00.000Z,false

            """
        )
        #expect(person.status == 0, "\(person.errors)")
        #expect(
            try crm.sql("SELECT external_id, organization, email_opt_out, created_at FROM contact")
                == "003A|1|1|2025-01-02T10:15:00Z"
        )
        let deal = try importing(
            """
            Id,IsDeleted,AccountId,Name,StageName,Amount,Probability,ExpectedRevenue,CloseDate,IsClosed,IsWon,\
            ForecastCategory,FiscalYear,Fiscal,OwnerId,ContactId
            006A,0,001A,Renovación,Prospecting,1000.0,10.0,100.0,2026-12-31,0,0,Pipeline,2026,2026 4,005x,003A

            """,
            as: "opportunity"
        )
        #expect(deal.status == 0, "\(deal.errors)")
        #expect(
            try crm.sql("SELECT external_id, stage, amount, contact FROM opportunity") == "006A|prospecting|100000|1"
        )
    }

    @Test("HubSpot's tables have columns of its own that are passed over, and tickets become cases")
    func hubSpot() throws {
        let person = try importing(
            """
            Record ID,First Name,Last Name,Email,Last Activity Date (GMT-6),Marketing contact status,Lifecycle Stage
            101,Ana,Ruiz,ana@norte.example,2026-10-01 12:30,Marketing contact,Lead

            """
        )
        #expect(person.status == 0, "\(person.errors)")
        let ticket = try importing(
            """
            Ticket ID,Ticket name,Pipeline,Ticket status,Priority,Ticket owner,Source,Ticket description,Associated Contact,\
            Associated Company
            1,Falla,Support Pipeline,Waiting on contact,HIGH,Luis Paz,Email,Desc,Ana Ruiz (ana@norte.example),Norte

            """,
            as: "case"
        )
        #expect(ticket.status == 0, "\(ticket.errors)")
        #expect(
            try crm.sql("SELECT external_id, title, status, priority, assigned_to FROM \"case\"")
                == "1|Falla|wait_for_response|high|Luis Paz"
        )
    }

    @Test("A task that is due is at that time, and an end beside a start is one")
    func due() throws {
        try crm.succeed(
            ["event", "import"],
            stdin: "Subject,Due Date,Activity Type,Status\nLlamar,2026-12-01,Task,Not Started\n"
        )
        try crm.succeed(
            ["event", "import"],
            stdin: "Subject,Start Date & Time,Time Start,Due Date,End Time\nJunta,2026-12-01,10:00,2026-12-01,11:30\n"
        )
        #expect(
            try crm.sql("SELECT strftime('%H:%M', ends_at, 'localtime') FROM event WHERE subject = 'Junta'") == "11:30"
        )
        #expect(try crm.sql("SELECT ends_at IS NULL FROM event WHERE subject = 'Llamar'") == "1")
    }

    @Test("What programs of accounting need for invoices alone is kept in the description")
    func accounting() throws {
        let company = try importing(
            "RFC,Razón Social,Uso CFDI,Régimen Fiscal,Email\nNOR010101AB1,NORTE,G03,601,i@n.mx\n",
            as: "organization"
        )
        #expect(company.status == 0, "\(company.errors)")
        #expect(
            try crm.sql("SELECT name, tax_id, description FROM organization")
                == "NORTE|NOR010101AB1|Uso CFDI: G03\nRégimen fiscal: 601"
        )
        let product = try importing(
            "Nombre,Identificador,Precio,Precio compra,Código de barras,Clave Producto SAT,Impuestos\n"
                + "Silla,S1,12.5000,8,7501,56101504,IVA 16%\n",
            as: "product"
        )
        #expect(product.status == 0, "\(product.errors)")
        #expect(
            try crm.sql("SELECT code, price, taxes, description FROM product")
                == "S1|1250|[\"vat:16\"]|Precio de compra: 8\nCódigo de barras: 7501\nClave producto SAT: 56101504"
        )
    }

    @Test("Tasks and other events of vtiger have their states in columns of their own")
    func vtigerEvents() throws {
        try crm.succeed("contact", "add", "--first-name", "Ana", "--last-name", "Ruiz")
        let result = try importing(
            """
            Subject,Assigned To,Start Date & Time,Time Start,End Date,End Time,Send Notification,Duration Hours,\
            Duration Minutes,Status,Event Status,Contact Name,Activity Type
            Junta,admin,2026-11-26 10:00:00,10:00:00,2026-11-26,11:00:00,0,1,0,,Planned,Ana Ruiz,Meeting
            Tarea,admin,2026-11-27,09:00,2026-11-27,,0,0,0,In Progress,,,Task

            """,
            as: "event"
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try crm.sql("SELECT kind, status, strftime('%H:%M', starts_at, 'localtime') FROM event ORDER BY id")
                == "meeting|planned|10:00\ntask|in_progress|09:00"
        )
    }

    @Test("A lead of Odoo keeps what has no field")
    func odooLead() throws {
        try crm.succeed("contact", "add", "--first-name", "Ana", "--last-name", "Ruiz")
        try crm.succeed("organization", "add", "--name", "Norte")
        let lead = try importing(
            """
            External ID,Opportunity,Contact Name,Customer,Email,Phone,Expected Revenue,Prorated Revenue,Probability,Stage,\
            Expected Closing,Salesperson,Sales Team,Priority,Company
            __export__.crm_1,Renovación,Ana Ruiz,Norte,ana@x.mx,55,1000.0,100,10,Qualified,2026-12-31,Luis,Ventas,High,Mía

            """,
            as: "opportunity"
        )
        #expect(lead.status == 0, "\(lead.errors)")
        #expect(
            try crm.sql("SELECT organization, amount, description FROM opportunity")
                == "1|100000|Email: ana@x.mx\nPhone: 55\nPriority: High"
        )
    }

    // MARK: - Lines

    @Test(
        "A file of lines may have the words of offices and of other programs",
        arguments: [
            "Producto,Código,Cantidad,Precio unitario,Descuento,IVA,Unidad\nSilla,,2,10.50,10%,16%,pieza\n",
            "Producto,Cant.,P.U.,Dto.,IVA\nSilla,2,10.50,10%,16%\n",
            "Partida,Clave,Unidad,Cantidad,P. Unitario,% Desc.,% IVA\n1,S1,PZA,2,10.50,10,16\n",
            "Item Name,Quantity,List Price,Item Discount Percent,Tax1\nSilla,2,10.50,10,16\n",
            "Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price,Order Lines/Discount (%),Order Lines/Taxes\n"
                + "[S1] Silla,2,10.50,10,16%\n",
            "product_id,product_uom_qty,price_unit,discount,tax_id\n[S1] Silla,2,10.50,10%,16%\n",
        ]
    )
    func lines(rows: String) throws {
        try crm.succeed("product", "add", "--name", "Silla", "--code", "S1", "--price", "10.50")
        try crm.write(rows, to: "lines.csv")
        let result = try crm.run("quote", "add", "--subject", "A", "--lines", "lines.csv")
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try crm.sql("SELECT product, quantity, unit_price, discount_percent, taxes FROM quote_line")
                == "1|2000000|1050|100000|[\"vat:16\"]"
        )
    }

    @Test("A product of a file of lines that is not there is refused by name")
    func missingProduct() throws {
        try crm.write("Producto,Cantidad,Precio unitario\nMesa,2,10\n", to: "lines.csv")
        let result = try crm.run("quote", "add", "--subject", "A", "--lines", "lines.csv")
        #expect(result.status != 0 && result.errors.contains("Mesa"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM quote") == "0")
    }
}
