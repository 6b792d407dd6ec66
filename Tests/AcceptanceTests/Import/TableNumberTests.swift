import Testing

/// Numbers of tables with a mark that stands between thousands or before decimals.
@Suite struct TableNumberTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "What the table itself shows, or the user says, decides a number that may be two",
        arguments: [
            // Another column, another row, a group that repeats, a sign of both kinds.
            ("name,code,stock,price\nA,C,1.500,\"12,5\"\n", [], "1500"),
            ("name,code,stock\nA,C,1.500\nB,D,\"2,25\"\n", [], "1500"),
            ("name,code,stock,price\nA,C,1.500,1.250.000\n", [], "1500"),
            ("name,code,stock,price\nA,C,1.500,\"€1.250,00\"\n", [], "1500"),
            ("name,code,stock,price\nA,C,1.500,12.50\n", [], "1.5"),
            ("name,code,stock,price\nA,C,\"1,500\",12.50\n", [], "1500"),
            ("name,code,stock\nA,C,1.500\n", ["--decimal", ","], "1500"),
            ("name,code,stock\nA,C,1.500\n", ["--decimal", "."], "1.5"),
            ("name;code;stock\nA;C;1.500\n", ["--excel-es"], "1500"),
            ("name,code,stock,unit\nA,C,1.500 kg,kg\nB,D,\"2,5\",kg\n", [], "1500"),
        ]
    )
    func decided(rows: String, options: [String], stock: String) throws {
        let result = try crm.run(["product", "import"] + options, stdin: Array(rows.utf8))
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        #expect(try crm.succeed("product", "list", "-c", "stock", "--format", "csv").lines[1] == stock)
    }

    @Test(
        "In a table with decimal commas the advice has them too",
        arguments: [
            ("name;tax_rate\nA;0,16\n", "16% or 0,16%", "16% o 0,16%"),
            ("name;tax_rate\nA;IVA 16,5%\n", "write 16,5 alone", "escribir solo 16,5"),
            ("name;stock\nA;1,5e3\n", "such as 1.234,56", "como 1.234,56"),
            ("name;price\nA;USD\n", "as in 1250,50 USD", "como en 1250,50 USD"),
            ("name;price\nA;1.2\n", "such as 1.234,56", "como 1.234,56"),
        ]
    )
    func advice(rows: String, english: String, spanish: String) throws {
        for (language, words) in [("en", english), ("es", spanish)] {
            let result = try importing(rows, as: "product", "--excel-es", "--lang", language)
            #expect(result.status == 6 && result.errors.contains(words), "\(result.errors)")
        }
    }

    @Test(
        "Where nothing shows it, the number is refused with the option that says it",
        arguments: [
            ("product", "name,code,stock\nA,C,1.500\n", "stock"),
            ("product", "name,code,stock\nA,C,\"1,500\"\n", "stock"),
            ("product", "name,code,stock,price\nA,C,1.500,1.250\n", "price"),
            // Both are shown, so that none is.
            ("product", "name,code,stock,price\nA,C,1.500,\"12,5\"\nB,D,1,12.5\n", "stock"),
            ("case", "title,hours\nA,1.500\n", "hours"),
            ("quote", "subject,line.text,line.quantity,line.unit_price\nQ,x,1.500,12\n", "line.quantity"),
            ("quote", "subject,line.text,line.quantity,line.unit_price\nQ,x,\"1,500\",12\n", "line.quantity"),
            ("quote", "subject,line.text,line.quantity,line.unit_price\nQ,x,1,\"1,250\"\n", "line.unit_price"),
        ]
    )
    func undecided(noun: String, rows: String, column: String) throws {
        let result = try importing(rows, as: noun)
        #expect(result.status == 6, "\(result.errors)")
        let line = result.errorLines.first { $0.contains("\(column) \"") }
        #expect(line?.contains("say by --decimal which mark is decimal") == true, "\(result.errors)")
        let spanish = try importing(rows, as: noun, "--lang", "es")
        #expect(spanish.errors.contains("indicar con --decimal qué marca es la decimal"), "\(spanish.errors)")
    }

    @Test(
        "A word in place of a number is told in the spelling that the table has",
        arguments: [
            (["--excel-es"], "not a number with a decimal comma, such as 1.234,56"),
            (["--delimiter", ";", "--decimal", "."], "not a number with a decimal point, such as 1,234.56"),
            (["--delimiter", ";"], "as in 1250.50"),
        ]
    )
    func words(options: [String], advice: String) throws {
        for cells in ["x;1", "1;x"] {
            let lines = "text;quantity;unit_price\nB;\(cells)\n"
            let add = ["quote", "add", "--subject", "Q", "--lines", "-"] + options
            let added = try crm.run(add, stdin: Array(lines.utf8))
            #expect(added.status == 2 && added.errors.contains(advice), "\(added.errors)")
        }
        let imported = try crm.run(["product", "import"] + options, stdin: Array("name;stock\nB;x\n".utf8))
        #expect(imported.status == 6 && imported.errors.contains(advice), "\(imported.errors)")
    }

    @Test("Decimals that nothing else shows to be some are taken, and told; those of an export are not")
    func told() throws {
        let rows = "name,code,stock\nA,C,1.255\n"
        let result = try importing(rows, as: "product")
        #expect(result.status == 0)
        #expect(
            result.errors.contains(
                "row 1, stock \"1.255\": the point is taken as decimal; give --decimal , if it is 1255"
            ),
            "\(result.errors)"
        )
        try crm.write(crm.succeed("product", "export").output, to: "out.csv")
        let again = try crm.run("product", "import", "out.csv")
        #expect(again.output == "1 row, 1 unchanged\n" && again.errors.isEmpty, "\(again.errors)")
    }

    /// A table of which a later cell shows the decimal mark, and how its bytes come.
    private static let ways = [
        "crm quote import in.csv", "crm quote import - <in.csv", "cat in.csv | crm quote import",
        "(head -c 30 in.csv; sleep 0.3; tail -c +31 in.csv | head -c 40; sleep 0.3; tail -c +71 in.csv) | crm quote import",
        "(head -n 1 in.csv; sleep 0.3; tail -n +2 in.csv) | crm quote import --batch-size 1 --journal j",
    ]

    @Test("What a table shows of its numbers does not depend on how its bytes come", arguments: ways)
    func piped(command: String) throws {
        let names = #""Subject","Quote No","Item Name","Quantity","List Price""#
        try crm.write("\(names)\n\"A\",\"QX\",\"Flete\",\"1.000\",\"50.00000000\"\n", to: "in.csv")
        let result = try crm.shell(command)
        #expect(result.status == 0 && result.output == "1 row, 1 created\n", "\(result.errors)")
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == "50.00")
    }

    @Test("A pipe that never ends is waited for until enough has come")
    func endless() throws {
        let result = try crm.shell(
            """
            mkfifo in
            (echo name,code,stock,nada; seq -f 'N%g,,1.25,x' 9000; exec sleep 60) >in & writer=$!
            timeout 30 crm product import - <in; echo $?
            kill $writer
            """
        )
        #expect(result.lines.last == "6", "\(result.output)\(result.errors)")
        #expect(result.errors.contains("header (line 1), nada: no such column"), "\(result.errors)")
    }

    @Test("A version is no number that a spreadsheet has made, in a field of the program or the file")
    func versions() throws {
        try crm.succeed("field", "add", "asset", "firmware_version", "--type", "code")
        try crm.succeed("field", "add", "asset", "modelo", "--type", "text")
        let rows = "name,serial,firmware_version,modelo\nA,1,1.0,3.0\nB,2,2.10,4.50\nC,3,12.0,5\n"
        let result = try importing(rows, as: "asset")
        #expect(result.status == 0 && result.errors == "", "\(result.errors)")
        let sql = "SELECT firmware_version, modelo FROM asset ORDER BY id"
        #expect(try crm.sql(sql) == "1.0|3.0\n2.10|4.50\n12.0|5")
        try crm.succeed("asset", "edit", "3", "--firmware-version", "7.0", "--modelo", "6.0")
        #expect(try crm.sql("SELECT firmware_version, modelo FROM asset WHERE id = 3") == "7.0|6.0")
        #expect(try importing("title,version\nD,1.0\n", as: "document").status == 0)
        #expect(try crm.sql("SELECT version FROM document") == "1.0")
    }

    @Test("The numbers of JSON have a point")
    func json() throws {
        let rows = #"[{"name":"A","code":"C","stock":1.500}]"#
        let result = try importing(rows, as: "product", "--input-format", "json")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT stock FROM product") == "1500000")
    }
}
