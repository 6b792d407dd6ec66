import Foundation
import Testing

/// `print`: documents as they are sent.
@Suite struct PrintTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        for (key, value) in [
            ("currency", "MXN"), ("country", "MX"), ("company.name", "Refacciones <Sur>"),
            ("company.legal", "Sin flete."),
        ] {
            try crm.succeed("config", "set", key, value)
        }
        try crm.add("organization", "--name", "Taller \"Ruiz\" & Hijos")
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--organization", "1")
        try crm.add("address", "--contact", "1", "--street", "Mayo 12", "--city", "Puebla", "--postal-code", "72000")
        try crm.add("product", "--name", "Bomba", "--code", "SKU-1", "--price", "1250.50", "--tax-rate", "16")
        try crm.add(
            "quote",
            "--subject",
            "Flotilla",
            "--number",
            "COT-9",
            "--contact",
            "1",
            "--organization",
            "1",
            "--valid-until",
            "2026-12-31",
            "--terms",
            "50 % de anticipo",
            "--line",
            "product=code:SKU-1,quantity=3,discount=10%",
            "--line",
            "text=<script>alert(1)</script>,quantity=2,price=1000,taxes=exempt"
        )
    }

    @Test("Paper that is for nobody has no heading for who it is for")
    func withoutParty() throws {
        try crm.add("quote", "--subject", "S", "--line", "text=a,quantity=1,price=1")
        let page = try crm.succeed("quote", "print", "2", "--lang", "en").output
        #expect(!page.contains("<h2>"), "\(page.suffix(900))")
        #expect(try crm.succeed("quote", "print", "1", "--lang", "en").output.contains("<h2>For</h2>"))
    }

    @Test(
        "A page needs nothing else, escapes what it is given, and tells totals in figures and words",
        arguments: [
            (
                "es",
                [
                    "<html lang=\"es\">", "<h1>Cotización</h1>", "COT-9", "Mayo 12", "72000 Puebla", "3,376.35",
                    "IVA 16 %",
                    "Exento", "5,916.57 MXN", "(cinco mil novecientos dieciséis pesos 57/100 M.N.)",
                    "Precios válidos hasta el 31 de diciembre de 2026.", "Términos y condiciones", "Sin flete.",
                ]
            ),
            (
                "en",
                [
                    "<html lang=\"en\">", "<h1>Quote</h1>", "VAT 16 %", "Exempt", "5,916.57 MXN",
                    "(five thousand nine hundred sixteen and 57/100 Mexican pesos)",
                    "These prices hold until 31 December 2026.",
                ]
            ),
        ]
    )
    func page(language: String, pieces: [String]) throws {
        let page = try crm.succeed("quote", "print", "1", "--lang", language).output
        for piece in pieces { #expect(page.contains(piece), "\(piece)") }
        #expect(page.contains("Taller &quot;Ruiz&quot; &amp; Hijos"))
        #expect(page.contains("Refacciones &lt;Sur&gt;"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!page.contains("<script") && !page.contains("http") && !page.contains("{{"))
    }

    @Test("On a terminal the page is followed by what is read with ease; nothing is told of what was asked for")
    func onTerminal() throws {
        let hint = "--format text is to be read here"
        #expect(try crm.screen("quote print 1 --lang en", columns: 200).contains(hint))
        for option in ["--format html", "--format text", "-o page.html"] {
            #expect(try !crm.screen("quote print 1 --lang en \(option)", columns: 200).contains(hint), "\(option)")
        }
        #expect(try crm.run("quote", "print", "1").errors == "")
    }

    @Test("Later pages say in their margin what they belong to, escaped for a style sheet, on the paper of the country")
    func margins() throws {
        let page = try crm.succeed("quote", "print", "1", "--lang", "es").output
        #expect(page.contains(#"content: "Refacciones \3c Sur\3e ";"#) && page.contains(#""Cotización COT\2d 9""#))
        #expect(page.contains("  size: letter;\n") && !page.contains("size: A4"))
        for country in ["ES", ""] {
            try crm.succeed("config", "set", "country", country)
            #expect(try crm.succeed("quote", "print", "1").output.contains("  size: A4;\n"))
        }
    }

    @Test("A line has its code, its taxes where others have other ones, its unit, and a discount where any has one")
    func lineDetails() throws {
        let page = try crm.succeed("quote", "print", "1", "--lang", "es").output
        for piece in [
            "<b>Bomba</b><small>SKU-1</small><small>IVA 16 %</small>", "</span><small>Exento</small>",
            "<th class=\"n\">Descuento</th>",
        ] {
            #expect(page.contains(piece), "\(piece)")
        }
        try crm.add("product", "--name", "Filtro", "--price", "5", "--unit", "box", "--tax-rate", "16")
        try crm.add(
            "quote",
            "--subject",
            "S",
            "--line",
            "product=2,quantity=3,comment=azul",
            "--line",
            "product=2,unit=hours"
        )
        let plain = try crm.succeed("quote", "print", "2", "--lang", "es").output
        #expect(!plain.contains(">Descuento<") && !plain.contains("<small>IVA"))
        #expect(plain.contains("<td class=\"u\">cajas</td>") && plain.contains("<td class=\"u\">hora</td>"))
        for (language, pieces) in [
            ("es", ["3 cajas × 5.00 = 15.00\n   azul\n", "1 hora ×"]), ("en", ["3 boxes ×", "1 hour ×"]),
        ] {
            let text = try crm.succeed("quote", "print", "2", "--lang", language, "--format", "text").output
            for piece in pieces { #expect(text.contains(piece), "\(text)") }
        }
    }

    @Test("A unit of one's own is one wherever it is typed, and printed by its label in the language of the paper")
    func ownUnit() throws {
        try crm.succeed("choice", "add", "product.unit", "costal_grande", "--en", "Big sack", "--es", "Costal grande")
        try crm.add("product", "--name", "Mortero", "--price", "10", "--unit", "Costal grande")
        let typed = ["--line", "product=2", "--line", "text=Arena,price=5,unit=Costal grande"]
        let quote = "\(try crm.add("quote", ["--subject", "S"] + typed))"
        for (language, unit) in [("es", "Costal grande"), ("en", "Big sack")] {
            let text = try crm.succeed("quote", "print", quote, "--lang", language, "--format", "text").output
            for price in ["10.00", "5.00"] { #expect(text.contains("1 \(unit) × \(price)"), "\(text)") }
            let lines = ["quote", "line", "list", quote, "--lang", language, "--format", "markdown"]
            #expect(try crm.succeed(lines).output.contains(unit))
        }
        #expect(try crm.sql("SELECT DISTINCT unit FROM quote_line WHERE quote = \(quote)") == "costal_grande")
        let filter = "has lines(unit = 'Big sack' and text = Arena)"
        #expect(try crm.succeed("quote", "list", "--where", filter, "--format", "id").output == "\(quote)\n")
    }

    @Test("In its rows a template has paths from what a line sells")
    func rowPaths() throws {
        try crm.add("service", "--name", "Visita", "--price", "1")
        try crm.succeed("quote", "line", "add", "1", "service=1")
        try crm.write("{{#lines}}[{{product.code|-}} {{service.name|-}} {{organization.name}}]{{/lines}}", to: "t")
        let printed = try crm.succeed("quote", "print", "1", "--template", "t", "--format", "text").output
        let who = "Taller \"Ruiz\" & Hijos"
        #expect(printed == "[SKU-1 - \(who)][- - \(who)][- Visita \(who)]")
        try crm.write("{{#lines}}{{product.nada}}{{/lines}}", to: "t")
        let wrong = try crm.run("quote", "print", "1", "--template", "t", "--format", "text")
        #expect(wrong.status == 2 && wrong.errors.contains("nada"), "\(wrong.errors)")
    }

    @Test("An address has its post box")
    func postBox() throws {
        try crm.succeed("address", "edit", "1", "--po-box", "Apdo. 9")
        #expect(try crm.succeed("quote", "print", "1").output.contains("<p>Mayo 12</p>\n<p>Apdo. 9</p>"))
    }

    @Test("An address in another country says so")
    func country() throws {
        #expect(!(try crm.succeed("quote", "print", "1").output.contains("<p>Mexico</p>")))
        for (code, names) in [("MX", ["en": "", "es": ""]), ("DE", ["en": "Germany", "es": "Alemania"])] {
            try crm.succeed("address", "edit", "1", "--country", code)
            for (language, name) in names {
                let page = try crm.succeed("quote", "print", "1", "--lang", language).output
                #expect(page.contains("<p>72000 Puebla</p>\n<p>\(name)</p>"))
            }
        }
    }

    @Test(
        "Orders are called on paper as papers are called",
        arguments: [
            ("sales-order", "en", "Sales order"), ("sales-order", "es", "Pedido"),
            ("purchase-order", "en", "Purchase order"), ("purchase-order", "es", "Orden de compra"),
        ]
    )
    func titles(noun: String, language: String, title: String) throws {
        try crm.add(noun, "--subject", "S")
        let page = try crm.succeed(noun, "print", "1", "--lang", language).output
        #expect(page.contains("<h1>\(title)</h1>"))
    }

    @Test("What is signed stands with what it is signed for", arguments: ["quote", "contract"])
    func signed(noun: String) throws {
        if noun == "contract" { try crm.add(noun, "--subject", "S") }
        let page = try crm.succeed(noun, "print", "1", "--lang", "es").output
        #expect(page.contains(".closing { break-inside: avoid; break-before: avoid; }"))
        let start = try #require(page.range(of: "<section class=\"closing\">"))
        let closing = page[start.lowerBound...]
        #expect(closing.contains("Nombre, firma y fecha") && closing.contains("Sin flete."))
    }

    @Test("Ways to reach somebody share a line, which is not there where there is none")
    func ways() throws {
        try crm.succeed("config", "set", "company.phone", "+52 55 5555 1234")
        let page = try crm.succeed("quote", "print", "1").output
        #expect(page.contains("<p class=\"ways\"><span>+52 55 5555 1234</span><span></span></p>"), "\(page)")
        #expect(page.contains(".ways span:empty { display: none; }"))
    }

    @Test("The country decides the marks of numbers")
    func marks() throws {
        try crm.succeed("config", "set", "country", "ES")
        #expect(try crm.succeed("quote", "print", "1", "--lang", "es").output.contains("5.916,57 MXN"))
    }

    @Test(
        "The town stands in the order of its country, where one is sold to as where it is shipped to",
        arguments: [
            ("US", "Austin, TX 78701", "<p>Austin, TX 78701</p>\n<p>Estados Unidos</p>"),
            ("CA", "Austin TX  78701", "<p>Austin TX  78701</p>\n<p>Canadá</p>"),
            ("GB", "Austin\nTX\n78701", "<p>Austin\nTX\n78701</p>"),
            ("MX", "78701 Austin, TX", "<p>78701 Austin, TX</p>"),
            ("", "78701 Austin, TX", "<p>78701 Austin, TX</p>"),
        ]
    )
    func towns(country: String, shipped: String, page: String) throws {
        let place = ["--city", "Austin", "--state", "TX", "--postal-code", "78701", "--country", country]
        try crm.succeed(["address", "edit", "1"] + place)
        try crm.succeed(["address", "add", "--contact", "1", "--kind", "shipping", "--street", "5th 1"] + place)
        #expect(try crm.succeed("quote", "print", "1", "--lang", "es").output.contains(page))
        let letter = try crm.succeed("quote", "print", "1", "--format", "text", "--lang", "es").output
        #expect(letter.contains("5th 1\n\(shipped)\n"), "\(letter)")
    }

    @Test("What is taken off a line that gives back is added on paper")
    func givenBack() throws {
        let lines = [
            "--line", "text=A,quantity=-1,price=100,discount=10", "--line", "text=B,quantity=2,price=100,discount=10",
        ]
        try crm.add("quote", ["--subject", "S", "--contact", "1", "--organization", "1"] + lines)
        let letter = try crm.succeed("quote", "print", "2", "--format", "text", "--lang", "en").output
        #expect(
            letter.contains("-1 × 100.00 + 10.00 = -90.00") || letter.contains("−1 × 100.00 + 10.00 = −90.00"),
            "\(letter)"
        )
        #expect(letter.contains("2 × 100.00 − 10.00 = 190.00"), "\(letter)")
    }

    @Test("A template has paths from what its lines sell, whatever that is")
    func soldPaths() throws {
        try crm.add("service", "--name", "Visita", "--price", "500")
        try crm.succeed("quote", "line", "add", "1", "service=1")
        try crm.write("{{#lines}}\n{{product.code|-}} {{service.name|-}}\n{{/lines}}\n", to: "t.txt")
        let printed = try crm.succeed("quote", "print", "1", "--template", "t.txt", "--format", "text").output
        #expect(printed == "SKU-1 -\n- -\n- Visita\n")
    }

    @Test("The body of a mail says the same in plain text")
    func letter() throws {
        let text = try crm.succeed("quote", "print", "1", "--format", "text", "--lang", "es").output
        #expect(text.hasPrefix("Cotización COT-9\n"))
        #expect(text.contains("1. Bomba\n   3"))
        #expect(text.contains("2. <script>alert(1)</script>\n   2"))
        #expect(text.contains("\nTotal: 5,916.57 MXN\ncinco mil"))
        #expect(!text.contains("\n\n\n"))
    }

    @Test(
        "Every document is printed, with the least that it can have",
        arguments: ["quote", "sales-order", "purchase-order", "contract"]
    )
    func bare(noun: String) throws {
        let id = try crm.add(noun, "--subject", "S")
        for language in ["en", "es"] {
            let page = try crm.succeed(noun, "print", "\(id)", "--lang", language)
            #expect(page.output.hasSuffix("</html>\n") && page.errors.isEmpty)
            #expect(
                try crm.succeed(noun, "print", "\(id)", "--lang", language, "--format", "text").output.contains("S\n")
            )
        }
    }

    @Test("A template of one's own has fields, paths, rows and words for what is missing")
    func template() throws {
        try crm.write(
            """
            {{number}} {{organization.name}} {{contact.first_name}} {{address.city}} {{carrier|sin}}
            {{#lines}}
            {{position}}) {{quantity}} {{product|}}
            {{/lines}}
            {{#stage.created}}{{stage}}{{/stage.created}}{{^stage.accepted}}!{{/stage.accepted}}

            """,
            to: "t.txt"
        )
        let printed = try crm.succeed("quote", "print", "1", "--template", "t.txt", "--format", "text").output
        #expect(printed == "COT-9 Taller \"Ruiz\" & Hijos Ana Puebla sin\n1) 3 Bomba\n2) 2 \nCreated!\n")
    }

    @Test(
        "A template may come through a pipe",
        arguments: ["--template -", "--template /dev/stdin", "--template <(cat)"]
    )
    func pipedTemplate(option: String) throws {
        let line = "echo '{{number}}' | crm quote print 1 --format text \(option)"
        #expect(try crm.shell(line, with: "/bin/bash").output == "COT-9\n")
        let wrong = "printf '\\377' | crm quote print 1 --format text \(option) --lang es"
        let result = try crm.shell(wrong, with: "/bin/bash")
        #expect(result.status != 0 && result.errors.contains(" no es UTF-8"), "\(result.errors)")
        #expect(result.errors.contains("la entrada estándar") == option.hasSuffix(" -"), "\(result.errors)")
    }

    @Test("The template that is shown makes the page that is printed", arguments: ["html", "text"])
    func shown(format: String) throws {
        let page = try crm.succeed("quote", "print", "1", "--format", format).output
        try crm.write(crm.succeed("quote", "print", "--show-template", "--format", format).output, to: "t")
        #expect(try crm.succeed("quote", "print", "1", "--format", format, "--template", "t").output == page)
    }

    @Test(
        "What a template cannot have is named with its line, and nothing is written",
        arguments: [
            ("a\n{{nada}}", 2, "t.html, line 2: there is nothing called {{nada}}"),
            ("{{organization.nada}}", 2, "nada"), ("\n\n{{#lines}}", 5, "t.html, line 3: {{#lines}} never ends"),
            ("{{carrier}}", 5, "{{carrier}} has no value"), ("<script>{{subject}}</script>", 5, "no value is safe"),
        ]
    )
    func wrongTemplate(text: String, status: Int32, message: String) throws {
        try crm.write(text, to: "t.html")
        let result = try crm.run("quote", "print", "1", "--template", "t.html", "-o", "out.html")
        #expect(result.status != 0)
        #expect(result.errors.contains(message))
        #expect(!FileManager.default.fileExists(atPath: crm.file("out.html")))
    }

    @Test("Of a document whose template fails at a later row nothing is printed")
    func failsLate() throws {
        try crm.write("{{#lines}}{{product}}\n{{/lines}}", to: "t.txt")
        let result = try crm.run("quote", "print", "1", "--template", "t.txt", "--format", "text")
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("t.txt, line 1: {{product}} has no value"), "\(result.errors)")
    }

    @Test("A tax per unit is printed with the units that it is charged on")
    func taxPerUnit() throws {
        let line = "text=Diesel,quantity=7,price=10,tax=excise_per_unit:3"
        try crm.add("quote", "--subject", "Q", "--line", line, "--line", "text=Flete,quantity=2,price=10")
        let page = try crm.succeed("quote", "print", "2").output
        #expect(page.contains("Excise tax per unit 3 × 7</th><td>21.00</td>"), "\(page)")
        let text = try crm.succeed("quote", "print", "2", "--format", "text", "--lang", "es").output
        #expect(text.contains("IEPS por unidad 3 × 7: 21.00"), "\(text)")
    }

    @Test("A logo stands in the page itself; one that cannot be read is told and left out")
    func logo() throws {
        let setting = try crm.succeed("config", "set", "company.logo", crm.file("logo.png"))
        #expect(setting.errors.contains("logo.png: ") && setting.errors.contains("; what is printed has no logo"))
        let without = try crm.run("quote", "print", "1")
        #expect(without.status == 0 && without.errors.contains("printed without the logo"))
        try crm.write("no picture", to: "logo.png")
        #expect(try crm.run("quote", "print", "1").errors.contains("is no PNG"))
        try Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0xFF]).write(to: URL(filePath: crm.file("logo.png")))
        #expect(try crm.succeed("config", "set", "company.logo", crm.file("logo.png")).errors.isEmpty)
        try crm.shell("mkdir -p sub && cd sub && crm config set company.logo ../logo.png")
        #expect(try crm.succeed("config", "get", "company.logo").output.hasSuffix("/sub/../logo.png\n"))
        let with = try crm.run("quote", "print", "1")
        #expect(with.errors.isEmpty && with.output.contains("<img src=\"data:image/png;base64,iVBORw0KGgr/\""))
    }

    @Test("A PDF is what the configured command makes of the page; one that fails leaves no file")
    func pdf() throws {
        try crm.succeed("config", "set", "pdf.command", "echo %PDF-1.7; sed s/COT-9/PDF-9/")
        let page = try crm.succeed("quote", "print", "1").output
        try crm.succeed("quote", "print", "1", "--pdf", "-o", "q.pdf")
        let pdf = try String(contentsOfFile: crm.file("q.pdf"), encoding: .utf8)
        #expect(pdf == "%PDF-1.7\n" + page.replacingOccurrences(of: "COT-9", with: "PDF-9"))
        for (command, reason) in [
            ("cat >/dev/null; exit 3", "crm: cat: ended with status 3\n"), ("true", "crm: true: wrote nothing\n"),
            ("cat", "crm: cat: what it wrote is no PDF\n"), ("printf %%P", "crm: printf: what it wrote is no PDF\n"),
        ] {
            try crm.succeed("config", "set", "pdf.command", command)
            let result = try crm.run("quote", "print", "1", "--pdf", "-o", "none.pdf")
            #expect(result.status == 1 && result.errors.contains(reason))
            #expect(!FileManager.default.fileExists(atPath: crm.file("none.pdf")))
        }
        try crm.succeed("config", "unset", "pdf.command")
        let missing = try crm.run(["quote", "print", "1", "--pdf", "-o", "none.pdf"], env: ["PATH": "/nowhere"])
        #expect(missing.status == 78 && missing.errors.contains("crm config set pdf.command"))
    }

    @Test("The ending of the file's name says the format where no option does, and one of another kind is refused")
    func endings() throws {
        for (file, isPage) in [("q.html", true), ("q", true), ("q.txt", false)] {
            try crm.succeed("quote", "print", "1", "-o", file)
            let text = String(decoding: try crm.read(file), as: UTF8.self)
            #expect(text.hasPrefix("<!doctype html>") == isPage, "\(text)")
        }
        let textual = try crm.succeed("quote", "print", "1", "--format", "text").output
        #expect(String(decoding: try crm.read("q.txt"), as: UTF8.self) == textual)
        for (file, hint) in [
            ("q.pdf", "write --pdf too"), ("q.docx", "the ending .html or .txt"), ("q.csv", "the ending .html or .txt"),
        ] {
            let result = try crm.run("quote", "print", "1", "-o", file)
            #expect(result.status == 2 && !crm.has(file), "\(result.errors)")
            #expect(result.errors.contains(hint), "\(result.errors)")
        }
        try crm.succeed("quote", "print", "1", "-o", "q.pdf", "--format", "html")
    }

    @Test(
        "What is no way to print is refused",
        arguments: [
            (["print", "1", "--json"], "not printed as json"), (["print"], "name the quote to print"),
            (["print", "1", "--pdf", "--format", "text"], "made of HTML"), (["print", "7"], "no quote matches 7"),
        ]
    )
    func refused(words: [String], message: String) throws {
        let result = try crm.run(["quote"] + words)
        #expect(result.status != 0 && result.output.isEmpty)
        #expect(result.errors.contains(message))
    }
}
