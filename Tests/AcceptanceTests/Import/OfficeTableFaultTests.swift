import Testing

/// What offices write that can be taken in one way only, and what is refused with the words that mend it.
@Suite struct OfficeTableFaultTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "Rows of one document with others between them are counted once",
        arguments: [
            [], ["--batch-size", "1", "--journal", "progress"], ["--batch-size", "2", "--journal", "progress"],
        ]
    )
    func interleaved(options: [String]) throws {
        try crm.write(
            """
            number,subject,line.text,line.quantity,line.unit_price
            Q1,Uno,A,1,10
            Q2,Dos,B,1,10
            Q1,Uno,C,1,10
            Q2,Dos,D,1,10

            """,
            to: "in.csv"
        )
        let result = try crm.run(["quote", "import", "in.csv", "--match", "number"] + options)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output + result.errors == "4 rows, 2 created\n")
        #expect(try crm.sql("SELECT count(*) FROM quote_line") == "4")
    }

    @Test(
        "A row with more cells than the header names the one too many, and a number that was divided",
        arguments: [
            ("name,price\nUno,2,120\n", "\"120\" is one cell too many: where 2,120 is one number"),
            ("name,price,code\nUno,$2,120.50,ABC\n", "\"ABC\" is one cell too many: where $2,120.50 is one number"),
            ("name,price,\nUno,2,rojo\n", "\"rojo\" has no header above it"),
            ("name,price,,\nUno,2,120\n", "\"120\" is one cell too many: where 2,120 is one number"),
            ("name,price\nUno,2,rojo\n", "\"rojo\" is one cell too many: a cell with the delimiter in it"),
            ("name,price\nUno,2,,,rojo,azul\n", "\"rojo\" is one cell too many: a cell with the delimiter in it"),
        ]
    )
    func surplus(rows: String, message: String) throws {
        let result = try importing(rows, as: "product")
        #expect(result.status == 6 && result.errors.contains(message), "\(result.errors)")
    }

    @Test(
        "A word in place of zeros is refused, in a table and in an option",
        arguments: ["20k", "1.5M", "20 mil", "mil", "2 mil 500", "20K MXN", "$20k", "1,5 mill.", "2 MDP", "3 millones"]
    )
    func magnitudes(amount: String) throws {
        let result = try importing("name,price\nP,\"\(amount)\"\n", as: "product")
        #expect(result.status == 6 && result.errors.contains("with all its digits"), "\(result.errors)")
        let option = try crm.run("product", "add", "--name", "P", "--price", amount)
        #expect(option.status != 0 && option.errors.contains("with all its digits"), "\(option.errors)")
    }

    @Test("The national currency is no word for a million")
    func nationalCurrency() throws {
        try crm.succeed("config", "set", "currency", "MXN")
        #expect(try importing("name,price\nP,$12 M.N.\nQ,$12 M. N.\n", as: "product").status == 0)
        #expect(try crm.sql("SELECT group_concat(price) FROM product") == "1200,1200")
    }

    // MARK: - Taxes

    @Test(
        "An exemption under the rate of a tax is no rate of zero",
        arguments: ["Exento", "exenta", "Exempt", "Exento de IVA", "VAT exempt"]
    )
    func exemption(cell: String) throws {
        let result = try importing("Producto,Precio,IVA\nLibro,100,\(cell)\nSilla,100,16%\nPan,10,0\n", as: "product")
        #expect(result.status == 0, "\(result.errors)")
        let kept = try crm.sql("SELECT name, tax_rate, taxes FROM product ORDER BY id")
        #expect(kept == "Libro||[\"exempt\"]\nSilla|160000|\nPan|0|")
    }

    @Test("A column for one tax beside one for all must say the same")
    func twoColumns() throws {
        #expect(try importing("name,IVA,Impuesto\nA,16,IVA 16%\nB,Exento,Exento\n", as: "product").status == 0)
        for taxes in ["16,IVA 8%", "16,Exento"] {
            let result = try importing("name,IVA,Impuesto\nC,\(taxes)\n", as: "product")
            #expect(result.status == 6 && result.errors.contains("another column says"), "\(taxes): \(result.errors)")
        }
    }

    // MARK: - Days and times

    @Test(
        "A day with the name of its month is read in any order, with the right day of the week",
        arguments: [
            "2026-Nov-26", "2026 nov 26", "2026/noviembre/26", "26-nov-2026", "jueves, 26 de noviembre de 2026",
            "Thu, 26 Nov 2026", "jue 26/11/2026",
        ]
    )
    func days(cell: String) throws {
        let result = try importing("Asunto,Válida hasta\nA,\"\(cell)\"\n", as: "quote")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT valid_until FROM quote") == "2026-11-26")
    }

    @Test(
        "A month in place of a day is told by the day that is missing",
        arguments: ["marzo de 2025", "marzo 2025", "Mar-2025", "2025-03", "03/2025", "3/2025", "2025-mar"]
    )
    func months(cell: String) throws {
        let result = try importing("Asunto,Válida hasta\nA,\"\(cell)\"\n", as: "quote")
        #expect(
            result.status == 6 && result.errors.contains("day of the month is missing: write it too, as in 2025-03-01"),
            "\(result.errors)"
        )
    }

    @Test(
        "A day that a spreadsheet counts is refused, also beside a time",
        arguments: [
            "Asunto,Fecha,Hora\nA,45352,10:00\n", "Asunto,Fecha,Hora\nA,45352,0.5\n", "Asunto,Inicio\nA,45352\n",
        ]
    )
    func counted(rows: String) throws {
        let result = try importing(rows, as: "event")
        #expect(result.status == 6 && result.errors.contains("format the column as a date"), "\(result.errors)")
    }

    @Test(
        "A column for times beside whole moments repeats them",
        arguments: [
            "2026-11-26 10:00,10:00", "2026-11-26 10:00:00,10:00", "2026-11-26T10:00:00,10:00 AM", "2026-11-26,10:00",
            "26/11/2026 10:00,0.416666667",
        ]
    )
    func toldTwice(cells: String) throws {
        let result = try importing("Subject,Start Date & Time,Time Start\nA,\(cells)\n", as: "event")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT strftime('%H:%M', starts_at, 'localtime') FROM event") == "10:00")
    }

    @Test("A time that contradicts the moment beside it is refused by its own cell")
    func contradiction() throws {
        let result = try importing(
            "Subject,Start Date & Time,Time Start\nA,2026-11-26 10:00,11:00\n",
            as: "event"
        )
        #expect(
            result.status == 6 && result.errors.contains("Time Start \"11:00\": the column of days says 10:00"),
            "\(result.errors)"
        )
    }

    @Test(
        "A distance from UTC may stand in parentheses",
        arguments: ["26/11/2026 10:00 (GMT-06:00)", "2026-11-26 10:00 (UTC-6)", "2026-11-26 10:00 -0600 (GMT-06:00)"]
    )
    func parentheses(cell: String) throws {
        let result = try importing("Asunto,Inicio\nA,\(cell)\n", as: "event")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT starts_at FROM event") == "2026-11-26T16:00:00Z")
    }

    // MARK: - Merged cells

    @Test("A first column with values in the first rows of groups alone is told, and documents go on")
    func merged() throws {
        let people = "Departamento,Nombre,Apellidos\nVentas,Ana,Ruiz\n,Luis,Paz\nCompras,Eva,Sol\n,Juan,Mar\n"
        let result = try importing(people)
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.errors.contains("\"Departamento\" is empty in 2 rows below others that have it, lines 3, 5"),
            "\(result.errors)"
        )
        let sparse = try importing(
            "Departamento,Nombre,Apellidos\nVentas,Ana,Rey\n,Luis,Gil\n,Eva,Mir\nVentas,Juan,Pla\n"
        )
        #expect(!sparse.errors.contains("merged"), "\(sparse.errors)")
        let quotes =
            "Número,Asunto,Concepto,Cantidad,Precio unitario\nQ1,Uno,A,1,10\n,,B,1,10\nQ2,Dos,C,1,10\n,,D,2,10\n"
        let documents = try importing(quotes, as: "quote")
        #expect(documents.status == 0 && !documents.errors.contains("merged"), "\(documents.errors)")
        #expect(try crm.sql("SELECT group_concat(total) FROM quote") == "2000,3000")
    }

    @Test("A list of prices without names is told how to change what is there", arguments: ["en", "es"])
    func pricesAlone(language: String) throws {
        try crm.add("product", "--name", "Bomba", "--code", "B-1", "--price", "5")
        let rows = "Clave,Precio\nB-1,$6.00\n"
        let told = try importing(rows, as: "product", "--lang", language)
        #expect(told.status == 6 && told.errors.contains("--match code"), "\(told.errors)")
        #expect(try importing(rows, as: "product", "--match", "code").output == "1 row, 1 updated\n")
        let unknown = try importing("Clave,Precio\nB-2,$6.00\n", as: "product", "--match", "code")
        #expect(unknown.status == 6 && !unknown.errors.contains("--match"), "\(unknown.errors)")
    }

    @Test("A table in Markdown is told to be one", arguments: ["en", "es"])
    func markdown(language: String) throws {
        try crm.add("product", "--name", "Bomba", "--code", "B-1")
        let table = try crm.succeed("product", "list", "--format", "markdown", "--lang", language).output
        let result = try importing(table, as: "product", "--lang", language)
        let words = language == "en" ? "a table in Markdown" : "una tabla en Markdown"
        #expect(result.status == 6 && result.errors.contains(words), "\(result.errors)")
    }
}
