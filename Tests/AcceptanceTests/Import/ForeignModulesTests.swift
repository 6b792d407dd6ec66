import Testing

/// Exports of other programs of what is no contact: deals, leads, products, calendars, and vtiger's own choices.
@Suite struct ForeignModulesTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    private static let makesBoth = ["--create-missing", "organization", "--create-missing", "contact"]

    private static let dealTables = [
        (
            """
            Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Associated Contact,Associated Company,Deal Type
            7001,Lote,Contract Sent,2026-12-31 16:59,Ana V.,12500.50,Sales,Raúl Soto (raul@x.example),Norte SA,newbusiness
            """, "7001|Lote|negotiation|2026-12-31|1250050|new_business|Ana V."
        ),
        (
            """
            ID de registro,Nombre del negocio,Etapa del negocio,Fecha de cierre,Propietario del negocio,Importe del negocio,\
            Contacto asociado,Empresa asociada
            7001,Lote,Cierre ganado,2026-12-31 00:00,Ana V.,12500.50,Raúl Soto (raul@x.example),Norte SA
            """, "7001|Lote|closed_won|2026-12-31|1250050||Ana V."
        ),
        (
            """
            id,Opportunity,Contact Name,Customer,Expected Revenue,Expected Closing,Stage,Salesperson
            __export__.crm_lead_9,Lote,Raúl Soto,Norte SA,"12,500.50",2026-12-31,Proposition,Ana V.
            """, "__export__.crm_lead_9|Lote|proposal|2026-12-31|1250050||Ana V."
        ),
        (
            """
            id,Oportunidad,Nombre de contacto,Cliente,Ingreso esperado,Cierre esperado,Etapa,Comercial
            __export__.crm_lead_9,Lote,Raúl Soto,Norte SA,"12,500.50",2026-12-31,Ganado,Ana V.
            """, "__export__.crm_lead_9|Lote|closed_won|2026-12-31|1250050||Ana V."
        ),
        (
            """
            Id externo,Nombre,Contacto nombre,Empresa,Fecha de cierre,Monto,Etapa,Vendedor
            P-1,Lote,Raúl Soto,Norte SA,31/12/2026,"$12,500.50",Negociación,Ana V.
            """, "P-1|Lote|negotiation|2026-12-31|1250050||Ana V."
        ),
    ]

    @Test("Deals of HubSpot, leads of Odoo, and the table of an office, in English and Spanish", arguments: dealTables)
    func deals(rows: String, stored: String) throws {
        let maps = [("Contacto nombre", "contact.name"), ("Id externo", "external_id")].filter { rows.contains($0.0) }
        let options = Self.makesBoth + ["--ignore-unknown"] + maps.flatMap { ["--map", "\($0)=\($1)"] }
        try crm.write(rows + "\n", to: "in.csv")
        let result = try crm.run(["opportunity", "import", "in.csv"] + options)
        #expect(result.status == 0, "\(result.errors)")
        let columns = "external_id, name, stage, close_date, amount, coalesce(type, ''), assigned_to"
        #expect(try crm.sql("SELECT \(columns) FROM opportunity") == stored)
        #expect(try crm.sql("SELECT first_name, last_name FROM contact") == "Raúl|Soto")
        #expect(try crm.sql("SELECT name FROM organization") == "Norte SA")
    }

    @Test(
        "When another program made a case is when it was opened, unless another column tells that",
        arguments: [
            (
                "Ticket No,Title,Status,Created Time", "TT1,No enciende,Closed,2026-01-05 10:33:00",
                "2026-01-05T16:33:00Z"
            ),
            ("Título,Fecha Creación", "No enciende,2026-01-05 10:33:00", "2026-01-05T16:33:00Z"),
            ("Título,Fecha de creación", "No enciende,2026-01-05 10:33:00", "2026-01-05T16:33:00Z"),
            ("Título,Created at", "No enciende,2026-01-05 10:33:00", "2026-01-05T16:33:00Z"),
            (
                "Título,Created Time,Fecha de apertura", "No enciende,2026-01-05 10:33:00,2026-01-04 09:00",
                "2026-01-04T15:00:00Z"
            ),
        ]
    )
    func opened(header: String, row: String, opened: String) throws {
        let result = try importing("\(header)\n\(row)\n", as: "case")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT opened_at FROM \"case\"") == opened)
    }

    @Test("Of several contacts of a deal the first is its contact, the others are linked")
    func contactsOfDeal() throws {
        let people = "Ana Ruiz (ana@x.example);Luis Ruiz (luis@x.example)"
        let rows = """
            Deal Name,Deal Stage,Close Date,Amount,Associated Company,Associated Contact
            Lote,Contract Sent,2026-12-31 16:59,100,Norte SA,\(people)

            """
        try crm.write(rows, to: "in.csv")
        let result = try crm.run(["opportunity", "import", "in.csv"] + Self.makesBoth)
        #expect(result.status == 0, "\(result.errors)")
        let made = try crm.sql("SELECT first_name, email FROM contact ORDER BY id")
        #expect(made == "Ana|ana@x.example\nLuis|luis@x.example")
        #expect(try crm.sql("SELECT contact FROM opportunity") == "1")
        let linked = ["contact", "list", "--where", "opportunity.name = Lote", "--columns", "first_name"]
        let names = try crm.succeed(linked + ["--format", "csv", "--no-header"]).lines
        #expect(names.sorted() == ["Ana", "Luis"])
    }

    @Test("Products of Odoo")
    func products() throws {
        let rows = """
            "Referencia interna","Nombre","Precio de venta","Costo","Cantidad a mano","Unidad de medida"
            "SKU-1","Cable HDMI","99.90","50.0","12.0","Unidades"
            "SKU-2","Silla, negra","1,299.00","700.0","-3.0","Unidades"

            """
        #expect(try importing(rows, as: "product").status == 0)
        #expect(
            try crm.sql("SELECT code, name, price, unit, description FROM product ORDER BY id")
                == "SKU-1|Cable HDMI|9990|each|Costo: 50.0\nSKU-2|Silla, negra|129900|each|Costo: 700.0"
        )
    }

    // MARK: - Calendars

    private static let calendarTables = [
        (
            "Subject,Start Date,Start Time,End Date,End Time,All day event,Description,Location,Private,Priority",
            "Visita,12/31/2026,9:30:00 AM,12/31/2026,10:30:00 PM,False,,Oficina,False,Normal",
            "2026-12-31T15:30:00Z|2027-01-01T04:30:00Z|0||medium"
        ),
        (
            "Subject,Start Date,Start Time,End Date,End Time,All day event,Private",
            "Feria,12/31/2026,12:00:00 AM,1/2/2027,12:00:00 AM,True,True",
            "2026-12-31T06:00:00Z|2027-01-01T06:00:00Z|1|private|"
        ),
        (
            "Subject,Start Date,Start Time,End Date,End Time,All Day Event",
            "Feria,12/31/2026,,1/1/2027,,True", "2026-12-31T06:00:00Z|2027-01-01T06:00:00Z|1||"
        ),
        (
            "Asunto,Fecha de comienzo,Comienzo,Fecha de finalización,Finalización,Todo el día,Privado",
            "Visita,12/31/2026,9:30:00,12/31/2026,10:30:00,Falso,Verdadero",
            "2026-12-31T15:30:00Z|2026-12-31T16:30:00Z|0|private|"
        ),
    ]

    @Test("Calendars of Outlook and Google, whose days and times have columns of their own", arguments: calendarTables)
    func calendar(header: String, row: String, stored: String) throws {
        let result = try importing("\(header)\n\(row)\n", as: "event", "--dates", "mdy")
        #expect(result.status == 0, "\(result.errors)")
        let columns = "starts_at, ends_at, all_day, coalesce(visibility, ''), coalesce(priority, '')"
        #expect(try crm.sql("SELECT \(columns) FROM event") == stored)
    }

    @Test(
        "A calendar of Outlook as its wizard writes it, with what has no field told",
        arguments: [
            (
                """
                "Subject","Start Date","Start Time","End Date","End Time","All day event","Reminder on/off",\
                "Reminder Date","Reminder Time","Meeting Organizer","Required Attendees","Optional Attendees",\
                "Meeting Resources","Billing Information","Categories","Description","Location","Mileage","Priority",\
                "Private","Sensitivity","Show time as"
                """, "Sensitivity"
            ),
            (
                """
                "Asunto","Fecha de comienzo","Comienzo","Fecha de finalización","Finalización","Todo el día",\
                "Aviso activado/desactivado","Fecha del aviso","Hora del aviso","Organizador de la reunión",\
                "Asistentes necesarios","Asistentes opcionales","Recursos de la reunión","Información de facturación",\
                "Categorías","Descripción","Ubicación","Kilometraje","Prioridad","Privado","Sensibilidad",\
                "Mostrar hora como"
                """, "Sensibilidad"
            ),
        ]
    )
    func outlook(header: String, passedOver: String) throws {
        func row(_ subject: String, _ isOn: String) -> String {
            """
            "\(subject)","12/31/2026","9:30:00","12/31/2026","10:30:00","False","\(isOn)","12/31/2026","9:15:00","Ana",\
            "Luis",,,,"Ventas",,"Sala",,"Normal","False","Normal","2"
            """
        }
        let rows = [header, row("a", "True"), row("b", "False"), ""].joined(separator: "\n")
        let result = try importing(rows, as: "event", "--dates", "mdy")
        #expect(result.status == 0 && result.errors.contains(passedOver), "\(result.errors)")
        #expect(
            try crm.sql("SELECT subject, coalesce(reminders, ''), location FROM event ORDER BY id")
                == "a|[900]|Sala\nb||Sala"
        )
        #expect(
            try crm.sql(
                "SELECT group_concat(instr(description, ': Ana') > 0 AND instr(description, ': Luis') > 0) FROM event"
            )
                == "1,1"
        )
    }

    @Test("A time of day without its day is refused, and a wrong half is told by its cell")
    func halves() throws {
        let timed = try importing("Subject,Start Time\nV,9:30\n", as: "event")
        #expect(timed.status == 6 && timed.errors.contains("no column has the day"), "\(timed.errors)")
        let wrong = try importing("Subject,Start Date,Start Time\nV,2026-12-31,25:30\n", as: "event")
        #expect(wrong.status == 6 && wrong.errors.contains("row 1 (line 2, column 14), Start Time"), "\(wrong.errors)")
    }

    @Test(
        "A day may come with its time where a field is a day, in any order of its parts",
        arguments: [
            ("2026-12-31 00:00", [], "2026-12-31"), ("2026-12-31 16:59:10", [], "2026-12-31"),
            ("2026-12-31T00:00:00.000Z", [], "2026-12-31"), ("31/12/2026 9:05", ["--dates", "dmy"], "2026-12-31"),
            ("12/31/2026 9:05 PM", ["--dates", "mdy"], "2026-12-31"),
        ] as [(String, [String], String)]
    )
    func days(cell: String, options: [String], day: String) throws {
        let rows = "name,serial,sold_on\nL,1,\(cell)\n"
        try crm.write(rows, to: "in.csv")
        let result = try crm.run(["asset", "import", "in.csv"] + options)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT sold_on FROM asset") == day)
    }

    @Test(
        "A moment of another zone is no day",
        arguments: ["2026-12-31T16:59:00Z", "2026-12-31 16:59 +0200", "2026-12-31 25:00"]
    )
    func noDays(cell: String) throws {
        #expect(try importing("name,serial,sold_on\nL,1,\(cell)\n", as: "asset").status == 6)
    }

    // MARK: - vtiger's choices

    private static let lists: [(noun: String, header: String, values: [String])] = [
        (
            "opportunity", "Sales Stage",
            [
                "Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Id. Decision Makers",
                "Identify Decision Makers", "Perception Analysis", "Proposal/Price Quote", "Proposal or Price Quote",
                "Negotiation/Review", "Negotiation or Review", "Closed Won", "Closed Lost",
            ]
        ),
        (
            "organization", "Industry",
            ["Apparel", "Food & Beverage", "Not For Profit", "Telecommunications", "Other", "--None--"]
        ),
        ("organization", "Rating", ["Acquired", "Active", "Market Failed", "Project Cancelled", "Shutdown"]),
        (
            "campaign", "Campaign Type",
            ["Conference", "Webinar", "Trade Show", "Referral Program", "Banner Ads", "Direct Mail", "Others"]
        ),
        ("campaign", "Expected Response", ["Excellent", "Good", "Average", "Poor"]),
        ("contact", "Lead Source", ["Cold Call", "Word of mouth", "Web Site", "Self Generated", "--None--"]),
        ("contact", "Salutation", ["Mr.", "Ms.", "Mrs.", "Dr.", "Prof."]),
        ("case", "Ticket Status", ["Open", "In Progress", "Wait For Response", "Closed"]),
        ("case", "Ticket Category", ["Big Problem", "Small Problem", "Other Problem"]),
        ("event", "Activity Type", ["Call", "Meeting", "Task", "Mobile Call"]),
        ("event", "Event Status", ["Planned", "Held", "Not Held"]),
        ("asset", "Asset Status", ["In Service", "Out-of-service"]),
        ("product", "Usage Unit", ["Box", "Each", "Hours", "Lb", "M", "Reams", "Spiral Binder", "Sq Ft"]),
        ("contract", "Contract Status", ["Undefined", "In Planning", "On Hold", "Complete", "Archived"]),
        ("quote", "Quote Stage", ["Created", "Delivered", "Reviewed", "Accepted", "Rejected"]),
        ("purchase-order", "PO Status", ["Created", "Approved", "Delivered", "Cancelled", "Received Shipment"]),
    ]

    @Test("Every choice of vtiger's own lists is taken", arguments: lists)
    func picklists(noun: String, header: String, values: [String]) throws {
        let field = [
            "Industry": "industry", "Rating": "rating", "Salutation": "salutation", "Asset Status": "status",
            "PO Status": "status", "Expected Response": "expected_response", "Lead Source": "lead_source",
        ][header]
        let required = [
            "opportunity": ("name,close_date,amount,contact", "N,2026-12-31,1,1"), "organization": ("name", "N"),
            "campaign": ("name", "N"), "contact": ("last_name", "N"), "case": ("title", "N"),
            "event": ("subject,starts_at", "N,2026-12-31 10:00"), "asset": ("name,serial", "N,S"),
            "product": ("name", "N"), "contract": ("subject", "N"), "quote": ("subject", "N"),
            "purchase-order": ("subject", "N"),
        ][noun]
        let (names, cells) = try #require(required)
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--last-name", "Ruiz", "--organization", "1")
        let rows = values.map { "\(cells),\"\($0)\"\n" }.joined()
        let options = field.map { ["--map", "\(header)=\($0)"] } ?? []
        try crm.write("\(names),\(header)\n\(rows)", to: "in.csv")
        let result = try crm.run([noun, "import", "in.csv"] + options)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test(
        "What vtiger notes of every record stops no import, and is told",
        arguments: [
            ("organization", "Organization Name"), ("product", "Product Name"), ("service", "Service Name"),
            ("project", "Project Name"), ("campaign", "Campaign Name"), ("case", "Ticket Title"),
            ("contract", "Service Contract"),
        ]
    )
    func bookkeeping(noun: String, header: String) throws {
        let rows =
            "\(header),Created Time,Modified Time,Created By,Source,Starred\nAcme,2026-01-02,2026-01-02,admin,CRM,0\n"
        let result = try importing(rows, as: noun)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("Source"), "\(result.errors)")
    }

    @Test("A post office box is what it was before a spreadsheet made a number of it")
    func boxes() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        let own = try importing("contact,po_box,city\n1,123.0,León\n1,A-12.0,León\n1,0123,León\n", as: "address")
        #expect(own.status == 0, "\(own.errors)")
        let beside = try importing("last_name,Mailing PO Box,Mailing City\nSol,77.0,León\n", as: "contact")
        #expect(beside.status == 0, "\(beside.errors)")
        #expect(try crm.sql("SELECT group_concat(po_box, ' ') FROM address ORDER BY id") == "123 A-12.0 0123 77")
    }
}
