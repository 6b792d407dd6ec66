import Testing

/// Tables of people as offices and address books make them: headers, names and words.
@Suite struct PeopleTablesTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    private func contact(_ columns: String) throws -> String {
        try crm.sql("SELECT \(columns) FROM contact ORDER BY id")
    }

    // MARK: - Headers

    @Test("A table of a Mexican office: two surnames, abbreviations, an address")
    func office() throws {
        let rows = """
            NOMBRE ,APELLIDO PATERNO,APELLIDO MATERNO,TEL.,CEL.,EMPRESA,FECHA NAC.,CALLE Y NÚMERO,CALLE 2,COL.,C. P.,EDO.
            ANA,RUIZ,GARCÍA,55 1111 2222,55 3333 4444,ACME,31/05/1975,Reforma 1,Piso 2,Juárez,06600,CDMX

            """
        let result = try importing(rows, "--create-missing", "organization")
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try contact("first_name, last_name, phone, mobile, birthdate")
                == "ANA|RUIZ GARCÍA|55 1111 2222|55 3333 4444|1975-05-31"
        )
        #expect(
            try crm.sql("SELECT replace(street, char(10), '/'), neighborhood, postal_code, state FROM address")
                == "Reforma 1/Piso 2|Juárez|06600|CDMX"
        )
    }

    @Test(
        "The points of abbreviations and the blanks between initials do not matter in headers",
        arguments: [
            ("contact", "Apellidos,Tel", "phone"), ("contact", "Apellidos,TEL.", "phone"),
            ("contact", "Apellidos,Cel.", "mobile"), ("asset", "Nombre,Número de serie,No. de activo", "asset_number"),
            ("asset", "Nombre,No. de serie", "serial"), ("asset", "Nombre,Núm. de serie", "serial"),
            ("organization", "Nombre,R. F. C.", "tax_id"), ("organization", "Nombre,RFC", "tax_id"),
            ("address", "contacto,cp", "postal_code"), ("address", "contacto,C.P.", "postal_code"),
            ("address", "contacto,C. P.", "postal_code"),
        ]
    )
    func abbreviations(noun: String, header: String, field: String) throws {
        try crm.write(header + "\n", to: "in.csv")
        let mapping = try crm.succeed(noun, "import", "in.csv", "--show-mapping").output
        #expect(mapping.hasSuffix("\t\(field)\n"), "\(mapping)")
    }

    @Test("A column that looks like a surname keeps the given name from being taken for a whole one")
    func unknownSurname() throws {
        let result = try importing("Nombre,Apellido de soltera\nANA MARÍA,RUIZ\n", "--ignore-unknown")
        #expect(result.status == 6 && result.errors.contains("last_name: is required"), "\(result.errors)")
    }

    @Test("Every column that means nothing is named at once, each with what is near")
    func unknown() throws {
        let result = try importing("Apellidos,Mascota,Departamento x,Correo electronic\nRuiz,a,b,c\n")
        #expect(result.status == 6)
        let lines = result.errorLines
        try #require(lines.count == 3)
        #expect(lines[0].contains("Mascota: no such column") && !lines[0].contains("known are"))
        #expect(lines[1].contains("Departamento x: no such column, did you mean department?"), "\(lines)")
        #expect(lines[2].contains("Correo electronic: no such column, did you mean"), "\(lines)")
        #expect(lines[2].contains("--ignore-unknown") && lines[2].contains("known are salutation, "))
        let json = try crm.run("contact", "import", "in.csv", "--json", "--lang", "es")
        #expect(try json.errorLines.map { try JSON($0)["error"]?["field"]?.string }.count == 3)
        #expect(json.errors.contains("no existe esa columna, ¿quizá department?"))
    }

    @Test(
        "A column that numbers the rows is called that, in short, with how to pass it over",
        arguments: [
            ("No.,Apellidos\n1,Ruiz\n2,Sol\n", "No."), ("#,Apellidos\n1,Ruiz\n", "#"),
            ("Apellidos,Consecutivo x\nRuiz,1\nSol,2\nPaz,3\n", "Consecutivo x"), ("Nº,Apellidos\n1,Ruiz\n", "Nº"),
        ]
    )
    func numbered(rows: String, header: String) throws {
        let result = try importing(rows)
        #expect(result.status == 6)
        #expect(
            result.errors
                == "crm: header (line 1), \(header): looks like a running number of the rows: "
                + "pass it over with --map '\(header)=-' or --ignore-unknown\n"
        )
        #expect(try importing(rows, "--map", "\(header)=-", "--dry-run").status == 0)
        #expect(try importing(rows, "--ignore-unknown").status == 0)
        #expect(try importing("Apellidos,Nada x\nRuiz,1\nSol,3\n").errors.contains("no such column"))
    }

    // MARK: - Names

    @Test(
        "Somebody with one name, or none, is called as on a card, and it is told",
        arguments: [
            ("First Name,Last Name,Email Address\nMamá,,m@x.example\n", "|Mamá"),
            ("First Name,Last Name,Email Address\n,,m@x.example\n", "|m@x.example"),
            ("First Name,Last Name,Mobile\n,,55 1111 2222\n", "|55 1111 2222"),
            ("First Name,Last Name,Company,Mobile\n,,Acme,55 1111 2222\n", "|Acme"),
            ("First Name,Middle Name,Last Name\nAna,Inés,\n", "|Ana Inés"),
        ]
    )
    func oneName(rows: String, name: String) throws {
        let options = ["--create-missing", "organization"]
        try crm.write(rows, to: "in.csv")
        let result = try crm.run(["contact", "import", "in.csv"] + options)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try contact("coalesce(first_name, ''), last_name") == name)
        let told = "crm: row 1 (line 2), last_name \"\(name.dropFirst())\": taken for it, the row has no last name\n"
        #expect(result.errors.contains(told), "\(result.errors)")
    }

    @Test("Such a row is no change when it comes again, and takes no name away from somebody with two")
    func oneNameAgain() throws {
        let rows = "First Name,Last Name,Email Address\nMamá,,m@x.example\n"
        try crm.write(rows, to: "in.csv")
        try crm.succeed("contact", "import", "in.csv")
        let again = try crm.succeed("contact", "import", "in.csv", "--match", "email")
        #expect(again.output == "1 row, 1 unchanged\n" && again.errors == "")
        try crm.succeed("contact", "edit", "1", "--first-name", "Eva", "--last-name", "Ruiz")
        let refused = try crm.run("contact", "import", "in.csv", "--match", "email")
        #expect(refused.status == 6 && refused.errors.contains("is required"), "\(refused.errors)")
        #expect(try contact("first_name, last_name") == "Eva|Ruiz")
    }

    @Test("A table with a family name alone still wants it, and a row with nothing of anybody too")
    func noName() throws {
        for rows in ["last_name,email\n,m@x.example\n", "First Name,Last Name,Notes\n,,hola\n"] {
            let result = try importing(rows)
            #expect(result.status == 6 && result.errors.contains("is required"), "\(result.errors)")
        }
    }

    @Test(
        "A contact that a row names and that is made is split as whole names are, and found again",
        arguments: ["Contacts::::Pedro Páramo", "Pedro Páramo", "\"Páramo, Pedro\"", "Sr. Pedro Páramo"]
    )
    func created(name: String) throws {
        for _ in 1...2 {
            let result = try importing(
                "Last Name,Reports To Name\nRuiz,\(name)\n",
                "--map",
                "Reports To Name=reports_to.name",
                "--create-missing",
                "contact"
            )
            #expect(result.status == 0, "\(result.errors)")
        }
        #expect(try contact("coalesce(first_name, ''), last_name") == "Pedro|Páramo\n|Ruiz\n|Ruiz")
    }

    @Test("A name with an address in brackets is found by the address, and else made of both")
    func bracketed() throws {
        try crm.add("contact", "--first-name", "R.", "--last-name", "Soto", "--email", "raul@x.example")
        let rows = """
            Last Name,reports_to.name
            A,Raúl Soto (raul@x.example)
            B,R. Soto (otra@x.example)
            C,Eva Gil <eva@x.example>

            """
        let result = try importing(rows, "--create-missing", "contact")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try contact("last_name, coalesce(email, ''), coalesce(reports_to, '')").contains("Gil|eva@x.example|"))
        // R. Soto has another address, and so is another R. Soto.
        #expect(try contact("coalesce(reports_to, '')").split(separator: "\n").map(String.init) == ["1", "3", "5"])
    }

    // MARK: - Words

    @Test(
        "Forms of address are taken as Odoo and people write them",
        arguments: [
            ("Señora", "mrs"), ("Señor", "mr"), ("Señorita", "ms"), ("Madam", "mrs"), ("Mister", "mr"), ("Miss", "ms"),
            ("Doctor", "dr"), ("doctora", "dra"), ("Profesor", "prof"), ("Ingeniero", "ing"), ("Licenciada", "lic"),
            ("Mtra.", "mtra"),
        ]
    )
    func salutations(word: String, key: String) throws {
        #expect(try importing("Tratamiento,Apellidos\n\(word),Ruiz\n").status == 0)
        try crm.write("BEGIN:VCARD\nVERSION:3.0\nN:Paz;Ana;;\(word);\nFN:Ana\nEND:VCARD\n", to: "a.vcf")
        try crm.succeed("contact", "import", "a.vcf")
        #expect(try contact("salutation") == "\(key)\n\(key)")
    }

    @Test("Another program's id says how it is taken; beside Odoo's own columns it is the external one")
    func foreignID() throws {
        let refused = try importing("id,Apellidos\n__export__.res_partner_21_ab12,Ruiz\n")
        #expect(refused.status == 6 && refused.errors.contains("--map id=external_id"), "\(refused.errors)")
        let rows = "id,Nombre,Es una empresa\n__export__.res_partner_21_ab12,Ana Ruiz,False\n"
        #expect(try importing(rows, "--ignore-unknown").status == 0)
        #expect(try contact("external_id, first_name, last_name") == "__export__.res_partner_21_ab12|Ana|Ruiz")
    }

    @Test("What other programs write around a value goes, everywhere")
    func wrapped() throws {
        let rows = "Last Name,TAGS,Assigned To\nPark,\"\"\"VIP\"\",\"\"Cliente\"\"\",Users::::admin\n"
        #expect(try importing(rows).status == 0)
        #expect(try contact("tags, assigned_to") == #"["VIP","Cliente"]|admin"#)
        #expect(try importing("name,assigned_to\nAcme,Groups::::Ventas: norte\n", as: "organization").status == 0)
        #expect(try crm.sql("SELECT assigned_to FROM organization") == "Ventas: norte")
    }
}
