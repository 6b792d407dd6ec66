import Testing

/// Percentages that a spreadsheet has kept as parts of one.
@Suite struct SentFractionTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "A part of one is refused under the program's own keys as under labels",
        arguments: [
            ("product", "name,tax_rate\nA,0.16\n", "16%"), ("product", "Nombre,IVA\nA,0.16\n", "16%"),
            ("project", "name,progress\nC,0.75\n", "75%"),
            ("opportunity", "name,probability\nC,\"0,65\"\n", "65%"),
            ("quote", "subject,discount_percent\nC,0.1\n", "10%"),
            ("quote", "subject,lines.text,lines.unit_price,lines.discount_percent\nC,a,1,0.1\n", "10%"),
            ("project", "name,progress\nC,1\nD,0\nE,1\n", "100%"), ("project", "Nombre,Avance\nC,1\nD,0\n", "100%"),
        ]
    )
    func refused(noun: String, rows: String, percent: String) throws {
        let result = try importing(rows, as: noun)
        #expect(result.status == 6 && result.errors.contains("may be \(percent)"), "\(result.errors)")
    }

    @Test(
        "What is sure to be in percent is taken",
        arguments: [
            ("product", "name,tax_rate\nA,0.16%\nB,16\nC,0\n"), ("project", "name,progress\nC,1\nD,50\n"),
            ("project", "name,progress\nC,0\nD,0\n"), ("project", "name,progress\nC,100\nD,0.5%\n"),
        ]
    )
    func taken(noun: String, rows: String) throws {
        let result = try importing(rows, as: noun)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test("So is an object of another program", arguments: [#""IVA":0.16"#, #""tax_rate":"0.16""#])
    func object(rate: String) throws {
        let result = try importing(#"[{"name":"A",\#(rate)}]"#, as: "product", in: "in.json")
        #expect(result.status == 6 && result.errors.contains("may be 16%"), "\(result.errors)")
    }

    @Test("What the program has written comes back as it is", arguments: ["csv", "json", "jsonl", "tsv"])
    func exported(format: String) throws {
        try crm.add("product", "--name", "A", "--tax-rate", "0.5%")
        let all = try crm.succeed("product", "export", "--format", format).output
        try crm.write(all, to: "out.\(format)")
        try crm.succeed("product", "import", "out.\(format)", "--match", "id")
        #expect(try crm.sql("SELECT tax_rate FROM product") == "5000")
    }

    @Test(
        "A part of one is refused where somebody types it, and taken with its sign",
        arguments: [
            ("product add --name A --tax-rate X", "0.16", "16%"), ("product add --name A --tax-rate X", ".16", "16%"),
            ("project add --name A --progress X", "0,4", "40%"), ("project edit 1 --progress X", "0.4", "40%"),
            ("project edit 1 --progress X", "+0.1", "10%"), ("project edit 1 --progress X", "=0.1", "10%"),
            ("quote add --subject A --discount-percent X", "0.1", "10%"),
            ("quote add --subject A --line text=a,unit_price=1,discount_percent=X", "0.1", "10%"),
            ("quote line add 1 --text a --unit-price 1 --discount-percent X", "0.1", "10%"),
            ("quote line add 1 text=a,unit_price=1,discount_percent=X", "0.1", "10%"),
            ("quote line edit 1 1 --discount-percent X", "0.1", "10%"),
            ("product list -w tax_rate=X", "0.16", "16%"), ("product list -w tax_rate>X", "0.16", "16%"),
            ("product list -w tax_rate\u{A0}in\u{A0}(1,X)", "0.16", "16%"),
            ("quote list -w line.discount_percent=X", "0.1", "10%"),
            ("product summarize --count -w tax_rate=X", "0.16", "16%"),
            ("field add product rebate --type percent --default X", "0.1", "10%"),
        ]
    )
    func typed(command: String, part: String, percent: String) throws {
        try crm.add("project", "--name", "P", "--progress", "1")
        try crm.add("quote", "--subject", "Q", "--line", "text=a,unit_price=1")
        func words(_ text: String) -> [String] {
            command.split(separator: " ").map { word in
                String(word).replacing("\u{A0}", with: " ").replacing("X", with: text)
            }
        }
        let refused = try crm.run(words(part))
        #expect(refused.status != 0 && refused.errors.contains("may be \(percent)"), "\(refused.errors)")
        let taken = try crm.run(words("\(part)%"))
        #expect(taken.status == 0, "\(taken.errors)")
    }

    @Test("What the program has written comes back with the rows of its records", arguments: ["csv", "json", "jsonl"])
    func exportedRows(format: String) throws {
        let line = "text=a,unit_price=100,discount_percent=0.5%"
        try crm.add("quote", "--subject", "Q", "--discount-percent", "0.5%", "--line", line)
        let all = try crm.succeed("quote", "export", "--format", format).output
        try crm.write(all, to: "out.\(format)")
        try crm.succeed("quote", "import", "out.\(format)", "--match", "id")
        #expect(try crm.sql("SELECT discount_percent FROM quote") == "5000")
        #expect(try crm.sql("SELECT discount_percent FROM quote_line") == "5000")
    }

    @Test("A percentage of one's own is no other")
    func own() throws {
        try crm.succeed("field", "add", "product", "rebate", "--type", "percent", "--es", "Descuento")
        for header in ["rebate", "Descuento"] {
            let result = try importing("name,\(header)\nA,0.1\n", as: "product")
            #expect(result.status == 6 && result.errors.contains("may be 10%"), "\(result.errors)")
        }
    }
}
