import Testing

/// Rows below a table that only say what those above come to, or how many there are.
@Suite struct FooterTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "How many rows there are is no contact",
        arguments: [
            "Total registros,1,", "2 registros,,", "Registros: 2,,", "Total registros: 2,,", "Total clientes,2,",
            "(2 rows),,", "2 registros encontrados,,", "Total:,2,",
        ]
    )
    func counts(row: String) throws {
        let result = try importing("Nombre,Apellidos,Correo\nAna,Ruiz,\nEva,Paz,\n\(row)\n")
        #expect(result.status == 0 && result.errors.contains("passed over line 4"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "2")
    }

    @Test("A row with a name alone is told where it is taken", arguments: [true, false])
    func lone(continues: Bool) throws {
        let rows = "Apellidos,Correo,Puesto\nRuiz,a@x.example,\nPaz,b@x.example,\nGil,x,\nCopyright 2026 ERP,,\n"
        let result = continues ? try importing(rows, "--continue-on-error") : try importing(rows)
        #expect(result.status == 6, "\(result.errors)")
        #expect(result.errors.contains("line 5 has a name and nothing else, and is taken") == continues)
    }

    @Test(
        "However many rows have a name alone, those beside others are told; where all have, they are names",
        arguments: [
            ("Ruiz,a@x.example,\nPaz,,\nGil,,\nCopyright 2026 ERP,,\n", true), ("Ruiz,,\nPaz,,\nGil,,\n", false),
        ]
    )
    func mostlyLone(rows: String, areTold: Bool) throws {
        let result = try importing("Apellidos,Correo,Puesto\n" + rows)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("3 rows have a name and nothing else, and are taken, lines 3, 4, 5") == areTold)
        #expect(result.errors.contains("nothing else") == areTold, "\(result.errors)")
    }

    @Test("Names that begin as such rows do are names", arguments: ["Regina,Paz", "2 Rosas,Paz", "Rowena,Gil"])
    func names(row: String) throws {
        let result = try importing("Nombre,Apellidos,Correo\nAna,Ruiz,\n\(row),\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "2")
    }

    @Test(
        "Sums are passed over with a word or without",
        arguments: [
            (",301.00,,,", true), (",\"$301.00\",,,", true), (",Total: 301.00,,,", true), ("Total,301,,2,", true),
            ("Suma,301.00,,2,", true), (",302.00,,,", false), (",301,,x,", false), ("Total,302,,2,", false),
        ]
    )
    func sums(row: String, isPassed: Bool) throws {
        try crm.succeed("organization", "add", "--name", "Norte")
        try crm.succeed("contact", "add", "--last-name", "Ruiz", "--organization", "1")
        let result = try importing(
            """
            Nombre,Monto,Fecha estimada,Etapa,Contacto
            A,100.50,2026-12-31,Calificando,1
            B,200.50,2026-12-31,Calificando,1
            \(row)

            """,
            as: "opportunity"
        )
        #expect((result.status == 0) == isPassed, "\(result.errors)")
        #expect(result.errors.contains("passed over line 4: it holds totals") == isPassed, "\(result.errors)")
    }

    @Test("A price that two others come to is that of a product with a name")
    func amounts() throws {
        let result = try importing("Precio,Nombre\n10,A\n20,B\n30,C\n", as: "product")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM product") == "3")
    }

    @Test("What lines come to is no line, with a word or without", arguments: [",,,20", ",,20,", "Total,,,20"])
    func lines(row: String) throws {
        try crm.succeed("product", "add", "--name", "Cable", "--price", "9")
        let rows = "Concepto,Cantidad,Precio unitario,Importe\nCable,1,5,5\nCable,3,5,15\n\(row)\n"
        try crm.write(rows, to: "lines.csv")
        let result = try crm.run([
            "quote", "add", "--subject", "A", "--lines", "lines.csv",
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM quote_line") == "2")
    }

    @Test(
        "A table of links ends so too",
        arguments: ["Total,1,", "Total,,", "2 registros,,", "Total de registros:,1,"]
    )
    func links(row: String) throws {
        try crm.succeed("contact", "add", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.succeed("asset", "add", "--name", "Laptop", "--serial", "LT-1")
        try crm.write("contact.email,asset.serial,role\nana@example.org,LT-1,user\n\(row)\n", to: "in.csv")
        let result = try crm.run(["contact", "link", "asset", "--input", "in.csv"])
        #expect(result.status == 0 && result.errors.contains("passed over line 3"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact_asset") == "1")
        try crm.write("contact.email,asset.serial\nana@example.org,LT-1\nTotal,\n", to: "two.csv")
        #expect(try crm.run(["contact", "link", "asset", "--input", "two.csv"]).status == 0)
        try crm.write("contact.email,asset.serial,role\nTotti,1,\n", to: "in.csv")
        #expect(try crm.run(["contact", "link", "asset", "--input", "in.csv"]).status == 6)
    }
}
