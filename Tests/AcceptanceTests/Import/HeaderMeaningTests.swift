import Testing

/// What the headers of tables mean that people and other programs write, and what is told of those that mean nothing.
@Suite struct HeaderMeaningTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    // MARK: - What a header means

    @Test(
        "Fields of the record go before those of parts and links",
        arguments: [
            ("event", "Título,Inicio,Fin", "subject,starts_at,ends_at"), ("event", "Asunto,Fecha", "subject,starts_at"),
            ("event", "Asunto,Fecha,Hora", "subject,starts_at (day),starts_at (time)"),
            ("contact", "Apellidos,Posición,Motivo", "last_name,title,(unknown)"),
            ("contact", "Apellidos,Role", "last_name,title"),
            ("contact", "Apellidos,asset.serial,Estado", "last_name,asset.serial,address.work.state"),
            ("contact", "Apellidos,asset.serial,role", "last_name,asset.serial,link.role"),
            ("product", "Nombre,Estado,Cantidad", "name,active,stock"), ("service", "Nombre,Estado", "name,active"),
            ("product", "Nombre,contacto,Cantidad", "name,contact,link.quantity"),
            ("email", "Título,Fecha", "subject,date"),
        ]
    )
    func ownFields(noun: String, header: String, fields: String) throws {
        #expect(try mapping(header, as: noun).joined(separator: ",") == fields)
    }

    @Test(
        "Headers are known as their siblings are",
        arguments: [

            ("quote", "Número", "number"), ("sales-order", "No.", "number"), ("purchase-order", "Núm.", "number"),
            ("case", "Folio", "number"), ("contract", "Nº", "number"), ("contract", "num", "number"),
            ("contact", "Número exterior", "address.work.street number"),
            ("contact", "NUMINT", "address.work.street inside"), ("contact", "Calle2", "address.work.street 2"),
            ("contact", "Estado/región", "address.work.state"), ("contact", "Postcode", "address.work.postal_code"),
            ("contact", "Cell Phone", "mobile"),
            ("contact", "Complete Name", "name"), ("contact", "Número de móvil", "mobile"),
            ("contact", "Página web 1", "point.url"), ("contact", "Birth Year", "birthdate (year)"),
            ("contact", "Número de centralita de la organización", "point.phone (company)"),
            ("contact", "Apartado postal de la dirección del trabajo", "address.work.po_box"),
            ("contact", "Dirección 1 - Apartado de correos", "address.1.po_box"), ("contact", "Work fax", "fax"),
            ("contact", "Main phone", "point.phone (main)"), ("contact", "Correo 3", "point.email"),
            ("contact", "Instagram", "point.profile (instagram)"),
            ("contact", "MailingStreet", "address.work.street"), ("contact", "MobilePhone", "mobile"),
            ("contact", "Account.Name", "organization.name"), ("contact", "Responsable", "assigned_to"),
            ("contact", "Billing City", "address.billing.city"),
            ("address", "Número exterior", "street +"), ("address", "Estado/región", "state"),
            ("asset", "Nº de serie", "serial"), ("asset", "Notas", "description"), ("event", "Notas", "description"),
            ("product", "Notas", "description"), ("product", "PVP", "price"), ("product", "IVA", "tax_rate"),
            ("asset", "Contact Name", "contact.name"), ("case", "Contact Name", "contact.name"),
        ]
    )
    func siblings(noun: String, header: String, field: String) throws {
        #expect(try mapping("external_id,\(header)", as: noun).last == field)
    }

    @Test(
        "What the records are called stands in a column that is called as they are",
        arguments: [
            ("asset", "Activo,Serie", "name,serial"), ("asset", "Asset,Serial no.", "name,serial"),
            ("asset", "Nombre del activo", "name"), ("project", "Proyecto,Estado", "name,status"),
            ("project", "Project Name", "name"), ("comment", "Comentario,contact", "body,contact"),
            ("product", "Nombre del producto,Código", "name,code"), ("service", "Servicio", "name"),
            ("service", "Nombre de servicio", "name"), ("campaign", "Campaña", "name"), ("event", "Evento", "subject"),
            ("document", "Documento", "title"), ("contract", "Contrato", "subject"),
            ("organization", "Organización,Ingresos", "name,annual_revenue"),
        ]
    )
    func ownNouns(noun: String, header: String, fields: String) throws {
        #expect(try mapping(header, as: noun).joined(separator: ",") == fields)
    }

    @Test(
        "What people call a field is told where it is no header of it",
        arguments: [("project", "Título", "name"), ("opportunity", "Título", "name")]
    )
    func callings(noun: String, header: String, field: String) throws {
        let result = try importing("\(header)\nx\n", as: noun)
        #expect(result.status == 6 && result.errors.contains("did you mean \(field)?"), "\(result.errors)")
    }

    @Test("The profession stands beside the post in Outlook's Spanish table as in its English one")
    func profession() throws {
        let rows = "Nombre,Apellidos,Puesto,Profesión\nAna,Ruiz,Directora,Abogada\n"
        let result = try importing(rows, as: "contact", "--ignore-unknown")
        #expect(result.status == 0 && result.errors.contains("passed over the column Profesión"), "\(result.errors)")
        #expect(try crm.sql("SELECT title FROM contact") == "Directora")
        #expect(try mapping("Apellidos,Profesión", as: "contact") == ["last_name", "title"])
    }

    @Test(
        "A house has its numbers behind the street, whatever stands between",
        arguments: [
            ("Calle,Colonia,Número exterior,Número interior", "Reforma,Juárez,222,4", "Reforma 222, int. 4|Juárez"),
            ("NUMINT,NUMEXT,CALLE,COLONIA", "Depto. 3,S/N,Reforma,Juárez", "Reforma S/N, Depto. 3|Juárez"),
            ("Calle,NUMEXT,NUMINT,Colonia", "Reforma,,,Juárez", "Reforma|Juárez"),
        ]
    )
    func houses(header: String, row: String, stored: String) throws {
        let result = try importing("Apellidos,\(header)\nRuiz,\(row)\n", as: "contact")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT street, neighborhood FROM address") == stored)
        #expect(try importing("contact,\(header)\n1,\(row)\n", as: "address").status == 0)
        #expect(try crm.sql("SELECT street, neighborhood FROM address WHERE id = 2") == stored)
    }

    @Test(
        "An address in one text is taken where no field of it is given, and a neighbourhood as what it is",
        arguments: [
            ("Reforma 1\u{2C} CDMX", "", "", "Reforma 1, CDMX|"),
            ("Reforma 1\u{2C} CDMX", "Reforma 1", "Col. Juárez", "Reforma 1|Juárez"),
            ("", "Reforma 1", "Piso 2", "Reforma 1/Piso 2|"),
        ]
    )
    func formatted(whole: String, street: String, extended: String, stored: String) throws {
        let rows = """
            First Name,Last Name,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - Extended Address
            Ana,Ruiz,Home,"\(whole)",\(street),\(extended)

            """
        let result = try importing(rows, as: "contact")
        #expect(result.status == 0, "\(result.errors)")
        let columns = "replace(street, char(10), '/'), coalesce(neighborhood, '')"
        #expect(try crm.sql("SELECT \(columns) FROM address WHERE kind = 'home'") == stored)
    }

    @Test(
        "Address books of Yahoo, Plaxo, Palm and Thunderbird are known, and what stands behind a name is none",
        arguments: [
            (
                "First,Last,Home,Work,Other,Category,Alternate Email 1,Alternate Email 2,Messenger ID,Home Town,Custom 1",
                """
                first_name,last_name,home_phone,phone,other_phone,tags,email_secondary,point.email,point.chat,\
                address.home.city,description +
                """
            ),
            ("Last Name,E-mail 1,E-mail 2,E-mail 3", "last_name,email,email_secondary,point.email"),
            ("Last Name,Work,Home,Private,Category", "last_name,phone,home_phone,(unknown),tags"),
            (
                "Nombre,Apellidos,Nombre a mostrar,Correo electrónico primario,Año de nacimiento,Mes,Día,Personalizado 2",
                "first_name,last_name,name,email,birthdate (year),birthdate (month),birthdate (day of month),description +"
            ),
            ("Last Name,Name Suffix", "last_name,description +"), ("Apellidos,Sufijo", "last_name,description +"),
            ("Last Name,Home", "last_name,(unknown)"), ("Apellidos,Mes", "last_name,(unknown)"),
        ]
    )
    func addressBooks(header: String, fields: String) throws {
        #expect(try mapping(header, as: "contact").joined(separator: ",") == fields)
    }

    @Test("A birthday in three columns is a day, and without a year is told")
    func birthdays() throws {
        let rows = """
            Last Name,Birth Year,Birth Month,Birth Day
            Ruiz,1975,5,31
            Paz,,5,31
            Sol,,,

            """
        let result = try importing(rows, as: "contact")
        #expect(result.status == 0 && result.errors.contains("has no year"), "\(result.errors)")
        #expect(try crm.sql("SELECT coalesce(birthdate, '-') FROM contact ORDER BY id") == "1975-05-31\n-\n-")
        let wrong = try importing("Last Name,Birth Year,Birth Month,Birth Day\nRuiz,1975,,\n", as: "contact")
        #expect(wrong.status == 6 && wrong.errors.contains("a month and a day of the month"), "\(wrong.errors)")
    }

    // MARK: - Two columns of one field

    @Test(
        "A second number or address of a field becomes a further one, and a second text another line",
        arguments: [
            ("contact", "Apellidos,Teléfono,Teléfono oficina", "Ruiz,5511112222,5533334444", "phone"),
            ("contact", "Apellidos,Correo,Email", "Ruiz,a@x.example,b@x.example", "email"),
            ("organization", "Cliente,Teléfono,Teléfono fijo", "Acme,5511112222,5533334444", "phone"),
        ]
    )
    func furtherPoints(noun: String, header: String, row: String, kind: String) throws {
        let texts = row.split(separator: ",").map(String.init)
        for _ in 1...2 {
            let options = ["--match", noun == "contact" ? "last_name" : "name"]
            try crm.write("\(header)\n\(row)\n", to: "in.csv")
            let result = try crm.run([noun, "import", "in.csv"] + options)
            #expect(result.status == 0, "\(result.errors)")
        }
        let own = header.contains("fijo,Teléfono") ? 2 : 1
        #expect(try crm.sql("SELECT \(kind) FROM \(noun)").filter { $0 != " " } == texts[own])
        let points = try crm.sql("SELECT kind, value, label FROM \(noun)_point").filter { $0 != " " }
        #expect(points.contains("\(kind)|\(texts[3 - own])|") && !points.contains("\n"), "\(points)")
    }

    @Test(
        "All numbers and addresses in one cell are kept, once, also of records that are no people",
        arguments: ["contact", "organization"]
    )
    func severalInCell(noun: String) throws {
        let name = noun == "contact" ? "Apellidos" : "Cliente"
        let row = "Acme,5511112222 / 55 3333 4444,a@x.example; b@x.example"
        for _ in 1...2 {
            try crm.write("\(name),Teléfono,Correo\n\(row)\n", to: "in.csv")
            let result = try crm.run(noun, "import", "in.csv", "--match", noun == "contact" ? "last_name" : "name")
            #expect(result.status == 0, "\(result.errors)")
        }
        #expect(try crm.sql("SELECT phone_match, email FROM \(noun)") == "5511112222|a@x.example")
        #expect(
            try crm.sql("SELECT replace(value, ' ', '') FROM \(noun)_point ORDER BY value")
                == "5533334444\nb@x.example"
        )
    }

    @Test("Further values say nothing twice, and fill what is empty")
    func furtherValues() throws {
        let rows = """
            Apellidos,Teléfono,Teléfono oficina,Notas,Observaciones
            Ruiz,5511112222,55 1111 2222,uno,dos
            Paz,,5533334444,,solo
            Sol,5511113333,,uno,uno

            """
        let result = try importing(rows, as: "contact")
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try crm.sql("SELECT replace(phone, ' ', ''), replace(description, char(10), '/') FROM contact ORDER BY id")
                == "5511112222|uno/dos\n5533334444|solo\n5511113333|uno"
        )
        #expect(try crm.sql("SELECT count(*) FROM contact_point") == "0")
    }

    @Test(
        "Of other fields two columns are refused with both names and the remedy, and --ignore-unknown takes the first",
        arguments: [
            ("organization", "Razón social,Nombre comercial", "A,B", "name"),
            ("contact", "Apellidos,Dirección,Calle", "Ruiz,Reforma 1,Reforma", "address.work.street"),
            ("contact", "Apellidos,Estado,Provincia", "Ruiz,CDMX,CDMX", "address.work.state"),
        ]
    )
    func doubled(noun: String, header: String, row: String, field: String) throws {
        let names = header.split(separator: ",").suffix(2).map(String.init)
        let rows = "\(header)\n\(row)\n"
        let refused = try importing(rows, as: noun)
        #expect(refused.status == 6)
        #expect(
            refused.errors.contains(" means \(field), as column ") && refused.errors.contains("\"\(names[0])\", does")
        )
        #expect(refused.errors.contains("--map '\(names[1])=-'"), "\(refused.errors)")
        let spanish = try importing(rows, as: noun, "--lang", "es")
        #expect(spanish.errors.contains("significa \(field), como la columna "), "\(spanish.errors)")
        #expect(try importing(rows, as: noun, "--map", "\(names[1])=-").status == 0)
        let ignoring = try importing(rows, as: noun, "--ignore-unknown")
        #expect(ignoring.status == 0 && ignoring.errors.contains("passed over the column \(names[1])"))
        let mapped = try importing(rows, as: noun, "--ignore-unknown", "--map", "\(names[1])=\(field)")
        #expect(mapped.status == 0 && mapped.errors.contains("passed over the column \(names[0])"), "\(mapped.errors)")
    }

    // MARK: - What is told

    @Test("A column of an address is told whose addresses are kept")
    func addressesElsewhere() throws {
        for header in ["Billing City", "CALLE", "COLONIA", "Población", "Dirección"] {
            let result = try importing("Cliente,\(header)\nAcme,x\n", as: "organization")
            #expect(result.status == 6)
            #expect(result.errors.contains("addresses are those of contacts"), "\(result.errors)")
            #expect(result.errors.contains("--map '\(header)=-'"), "\(result.errors)")
        }
    }

    @Test("A column without a header is told by its place")
    func nameless() throws {
        let rows = ",Apellidos\n0,Ruiz\n1,Paz\n"
        let refused = try importing(rows, as: "contact")
        #expect(refused.status == 6)
        #expect(refused.errors.contains("column 1, without a header, is no field"), "\(refused.errors)")
        #expect(try importing(rows, as: "contact", "--lang", "es").errors.contains("columna 1, sin encabezado"))
        let result = try importing(rows, as: "contact", "--ignore-unknown")
        #expect(result.status == 0)
        #expect(result.errors.contains("passed over the column 1, without a header"), "\(result.errors)")
    }

    @Test("A wrong target of a mapping is told as that, and what --show-mapping says is one")
    func targets() throws {
        let refused = try importing("Apellidos,Correo\nRuiz,\n", as: "contact", "--map", "Correo=emial")
        #expect(refused.status == 6)
        #expect(refused.errors.contains("Correo: emial: no such field, did you mean email?"), "\(refused.errors)")
        for target in [
            "address.work.city", "address.work.street 2", "address.billing.street number", "point.phone (oficina)",
            "first_name +", "description +", "birthdate (year)", "point.email",
        ] {
            try crm.write("Apellidos,Zona\n", to: "in.csv")
            let shown = try crm.succeed(
                "contact",
                "import",
                "in.csv",
                "--show-mapping",
                "--map",
                "Zona=\(target)"
            ).output
            #expect(shown.hasSuffix("Zona\t\(target)\n"), "\(shown)")
        }
    }

    @Test("Labels are taken where fields and modules are named")
    func labels() throws {
        try crm.add("contact", "--last-name", "Ruiz", "--email", "ana@x.example")
        let rows = "Apellidos,Correo,Empresa\nRuiz Paz,ana@x.example,Acme\n"
        let result = try importing(rows, as: "contact", "--match", "Correo", "--create-missing", "cliente")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT last_name, organization FROM contact") == "Ruiz Paz|1")
        let refused = try crm.run("organization", "show", "rfc:AAA010101AAA")
        #expect(refused.status == 2 && refused.errors.contains("write tax-id:AAA010101AAA"), "\(refused.errors)")
    }

    // MARK: - References

    @Test(
        "A record named by its name and a key is made with both, and found by either",
        arguments: ["Empresa,RFC", "RFC,Empresa"]
    )
    func bothKeys(order: String) throws {
        let isNameFirst = order.hasPrefix("Empresa")
        func row(_ contact: String, _ name: String, _ taxID: String) -> String {
            "\(contact),\(isNameFirst ? name : taxID),\(isNameFirst ? taxID : name)\n"
        }
        let rows =
            "Apellidos,\(order)\n" + row("A", "Acme", "AAA010101AAA") + row("B", "Acme SA", "AAA010101AAA")
            + row("C", "Acme", "")
        let map = "RFC=organization.tax_id"
        let refused = try importing(rows, as: "contact", "--map", map)
        #expect(refused.status == 6 && refused.errors.contains("--create-missing organization"), "\(refused.errors)")
        let result = try importing(rows, as: "contact", "--map", map, "--create-missing", "organization")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT name, tax_id FROM organization") == "Acme|AAA010101AAA")
        #expect(try crm.sql("SELECT group_concat(organization, ' ') FROM contact") == "1 1 1")
    }

    @Test("Of a name with an e-mail the e-mail decides")
    func addressee() throws {
        for address in ["ana@x.example", "otra@x.example"] {
            try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--email", address)
        }
        let header = "Deal Name,Deal Stage,Close Date,Amount,Associated Contact,Associated Company\n"
        func row(_ contact: String) -> String { "\(header)X,closedwon,2026-01-02,10,\(contact),Acme\n" }
        for (text, id) in [("Ana Ruiz (otra@x.example)", "2"), ("Ana Ruiz (nueva@x.example)", "3")] {
            let options = ["--create-missing", "organization,contact"]
            try crm.write(row(text), to: "in.csv")
            let result = try crm.run(["opportunity", "import", "in.csv"] + options)
            #expect(result.status == 0, "\(result.errors)")
            #expect(try crm.sql("SELECT contact FROM opportunity ORDER BY id DESC LIMIT 1") == id)
        }
    }

    @Test("Links take the headers that imports of either side take for keys")
    func linkHeaders() throws {
        try crm.add("contact", "--last-name", "Paz", "--email", "paz@x.example")
        try crm.add("asset", "--name", "Portátil", "--serial", "P-1")
        let text = "Correo,Número de serie,rol,desde\npaz@x.example,P-1,custodian,2026-01-02\n"
        let result = try crm.run("contact", "link", "asset", "--input", "-", stdin: text)
        #expect(result.status == 0 && result.output == "1 linked\n", "\(result.errors)")
    }

    @Test(
        "A word of an export is a column of its own where no other column is of that export",
        arguments: [
            "Número de identificación", "Referencia", "Ubicación", "Idioma", "Prioridad",
            "Aniversario",
            "Subject", "Keywords", "Language",
        ]
    )
    func words(header: String) throws {
        let result = try importing("Nombre,Correo,\(header)\nAna,ana@example.org,x\n", as: "contact")
        #expect(result.status == 6 && result.errors.contains("\(header): no such column"), "\(result)")
        let known = "First Name,E-mail 2 Address,Business Phone,Business City,Idioma,Language\nAna,,,,es,\n"
        let passed = try importing(known, as: "contact")
        #expect(passed.status == 0 && passed.errors.contains("the column Idioma; and Language, which is empty"))
    }

    @Test("The second of two columns of one name is asked about, and told by its turn")
    func twoNames() throws {
        let rows = "Name,Name,Email\nAna Ruiz,Acme,ana@example.org\n"
        let asked = try importing(rows, as: "contact")
        #expect(asked.status == 6 && asked.errors.contains("--map 'Name#2=-'"), "\(asked)")
        let passed = try importing(rows, as: "contact", "--ignore-unknown")
        #expect(passed.errors.contains("passed over the column Name#2"), "\(passed)")
        #expect(try crm.sql("SELECT first_name, last_name FROM contact") == "Ana|Ruiz")
    }
}
