import Testing

/// What a paper says of whether it holds, of where something is sent, and what makes a PDF of it.
@Suite struct PaperMarkTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "currency", "MXN")
        for noun in ["quote", "sales-order", "purchase-order", "contract"] { try crm.add(noun, "--subject", "S") }
    }

    /// What is done to a document, what is printed, and the marks of it in English and Spanish.
    private static let marks: [([String], String, String, String)] = [
        (["quote reject 1"], "quote", "Rejected", "Rechazada"),
        (["quote revise 1"], "quote", "Superseded", "Sustituida"),
        (["quote reject 1", "quote revise 1"], "quote", "Superseded", "Sustituida"),
        (["sales-order edit 1 --status cancelled"], "sales-order", "Cancelled", "Cancelado"),
        (["purchase-order edit 1 --status cancelled"], "purchase-order", "Cancelled", "Cancelada"),
        (
            ["config set purchase-order.approval two-people"], "purchase-order", "Not approved", "Sin autorizar"
        ),
        (["contract edit 1 --status in_planning"], "contract", "Draft", "Borrador"),
    ]

    @Test("A paper that does not hold says so, on the page, in a mail and to templates", arguments: marks)
    func mark(lines: [String], noun: String, en: String, es: String) throws {
        try crm.write("{{#mark}}[{{mark}}]{{/mark}}{{^mark}}-{{/mark}}", to: "t")
        let own = [noun, "print", "1", "--format", "text", "--template", "t"]
        for format in ["html", "text"] {
            let page = try crm.succeed(noun, "print", "1", "--format", format).output
            #expect(!page.contains("\"mark\"") && !page.contains("***"))
        }
        #expect(try crm.succeed(own).output == "-")
        for line in lines { try crm.succeed(line.split(separator: " ").map(String.init)) }
        for (language, mark) in [("en", en), ("es", es)] {
            let page = try crm.succeed(noun, "print", "1", "--lang", language).output
            #expect(page.contains("<p class=\"mark\">\(mark)</p>"))
            let text = try crm.succeed(noun, "print", "1", "--lang", language, "--format", "text").output
            #expect(text.contains("\n*** \(mark) ***\n"))
            #expect(try crm.succeed(own + ["--lang", language]).output == "[\(mark)]")
        }
    }

    private func addContact(_ name: String, _ addresses: [(kind: String, street: String)]) throws {
        let id = try crm.add("contact", "--last-name", name)
        for (kind, street) in addresses {
            let place = ["--street", street, "--city", "Puebla", "--postal-code", "72000", "--state", "Pue."]
            try crm.add("address", ["--contact", "\(id)", "--kind", kind] + place)
        }
    }

    /// Roles of contacts 1 and 2, and what the paper says of where it is billed and shipped to.
    private static let places: [(String, [String], bill: String?, ship: String?)] = [
        ("sales-order", ["buyer"], nil, "Ruiz\nNave 1\n72000 Puebla, Pue."),
        (
            "sales-order", ["buyer", "shipping"], nil, "Paz\nOficina 2\n72000 Puebla, Pue."
        ),
        (
            "sales-order", ["buyer", "billing"], "Paz\nOficina 2\n72000 Puebla, Pue.",
            "Ruiz\nNave 1\n72000 Puebla, Pue."
        ),
        ("quote", ["recipient"], nil, "Ruiz\nNave 1\n72000 Puebla, Pue."), ("quote", [], nil, nil),
        ("purchase-order", ["supplier_contact"], nil, nil),
        ("purchase-order", ["requester", "supplier_contact"], nil, "Ruiz\nNave 1\n72000 Puebla, Pue."),
        ("purchase-order", ["approver", "requester"], nil, nil),
    ]

    @Test("Orders say where they are shipped and billed to, by the roles of contacts", arguments: places)
    func place(noun: String, roles: [String], bill: String?, ship: String?) throws {
        try addContact("Ruiz", [("billing", "Mayo 12"), ("shipping", "Nave 1")])
        try addContact("Paz", [("work", "Oficina 2")])
        for (index, role) in roles.enumerated() {
            try crm.succeed("contact", "link", noun, "\(index + 1)", "1", "--role", role)
        }
        let page = try crm.succeed(noun, "print", "1", "--lang", "es").output
        let text = try crm.succeed(noun, "print", "1", "--lang", "es", "--format", "text").output
        for (label, place) in [("Facturar a", bill), ("Enviar a", ship)] {
            #expect(page.contains("<h2>\(label)</h2>") == (place != nil))
            guard let place else { continue }
            #expect(page.contains("<h2>\(label)</h2>\n<p>\(place)</p>"))
            #expect(text.contains("\n\(label): \(place)\n"))
        }
        try crm.write("{{ship_to.last_name|-}}, {{ship_to_address.city|-}}", to: "t")
        let own = try crm.succeed(noun, "print", "1", "--format", "text", "--template", "t").output
        #expect(own == (ship.map { $0.prefix { $0 != "\n" } + ", Puebla" } ?? "-, -"))
    }

    /// Commands that are configured, the program that is run, and its arguments.
    private static let commands: [(String, String, String)] = [
        ("weasyprint", "weasyprint", "-q - -"), (" weasyprint ", "weasyprint", "-q - -"),
        ("./bin/weasyprint", "weasyprint", "-q - -"), ("wkhtmltopdf", "wkhtmltopdf", "-q --print-media-type - -"),
        ("chromium", "chromium", "--headless"), ("google-chrome-stable", "google-chrome-stable", "--headless"),
        ("weasyprint -e utf8 - -", "weasyprint", "-e utf8 - -"),
    ]

    @Test("A known program that is configured by its name alone gets its arguments", arguments: commands)
    func knownProgram(command: String, program: String, arguments: String) throws {
        let script = """
            #!/bin/sh
            echo "$*" >"\(crm.file("arguments"))"
            for a; do case $a in --print-to-pdf=*) printf %%PDF-1.7 >"${a#*=}"; exit;; esac; done
            cat >/dev/null; printf %%PDF-1.7

            """
        try crm.shell("mkdir bin")
        try install(script, as: "bin/\(program)")
        try crm.succeed("config", "set", "pdf.command", command)
        let path = crm.file("bin") + ":/usr/bin:/bin"
        let result = try crm.run(["quote", "print", "1", "--pdf", "-o", "q.pdf"], env: ["PATH": path])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try String(decoding: crm.read("q.pdf"), as: UTF8.self) == "%PDF-1.7")
        #expect(try String(decoding: crm.read("arguments"), as: UTF8.self).contains(arguments))
    }

    /// Makes a program of a script. It is copied, since a process that another test starts meanwhile may hold a file open
    /// that this one writes, and such a file cannot be run.
    private func install(_ script: String, as name: String) throws {
        try crm.write(script, to: "\(name).txt")
        try crm.shell("cp \(name).txt \(name); chmod +x \(name)")
    }

    /// Writes programs into a folder with the tools that they need, and returns its path, on which nothing else is found.
    private func programs(_ scripts: [String: String]) throws -> String {
        try crm.shell("mkdir tools; for p in sh cat mktemp rm id tail; do ln -s \"$(command -v $p)\" tools; done")
        for (name, script) in scripts {
            try install("#!/bin/sh\n\(script)\n", as: "tools/\(name)")
        }
        return crm.file("tools")
    }

    @Test(
        "Of the known programs that are found the one that makes the best pages is taken",
        arguments: [
            (["chromium", "weasyprint", "wkhtmltopdf"], "weasyprint"), (["chromium", "wkhtmltopdf"], "chromium"),
            (["google-chrome", "wkhtmltopdf"], "google-chrome"), (["wkhtmltopdf"], "wkhtmltopdf"),
        ]
    )
    func preferred(installed: [String], taken: String) throws {
        let script = """
            case $1 in --version) echo "wkhtmltopdf 0.12.6 (with patched qt)"; exit;; esac
            for a; do case $a in --print-to-pdf=*) printf "%%PDF-1.7 ${0##*/}" >"${a#*=}"; exit;; esac; done
            cat >/dev/null; printf "%%PDF-1.7 ${0##*/}"
            """
        let path = try programs(Dictionary(uniqueKeysWithValues: installed.map { ($0, script) }))
        let result = try crm.run(["quote", "print", "1", "--pdf", "-o", "q.pdf"], env: ["PATH": path])
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        #expect(try String(decoding: crm.read("q.pdf"), as: UTF8.self) == "%PDF-1.7 \(taken)")
    }

    @Test(
        "Where wkhtmltopdf is built with a Qt that breaks pages badly it is told, and the PDF is made",
        arguments: [
            ("echo wkhtmltopdf 0.12.6", true), ("echo 'wkhtmltopdf 0.12.6.1 (with patched qt)'", false),
            ("exit 1", false),
        ]
    )
    func unpatched(version: String, isTold: Bool) throws {
        let script = "case $1 in --version) \(version); exit;; esac; cat >/dev/null; printf %%PDF-1.7"
        let path = try programs(["wkhtmltopdf": script])
        for (language, words) in [("en", "built with unpatched Qt"), ("es", "compilado con Qt sin parches")] {
            let line = ["quote", "print", "1", "--pdf", "-o", "q.pdf", "--lang", language]
            let result = try crm.run(line, env: ["PATH": path])
            #expect(result.status == 0 && result.errors.contains(words) == isTold, "\(result.errors)")
            // Then it is configured, not found.
            try crm.succeed("config", "set", "pdf.command", "wkhtmltopdf")
        }
    }

    @Test("A paper has the lines and totals of one moment, whatever is written while it becomes a PDF")
    func oneMoment() throws {
        try crm.succeed("quote", "line", "add", "1", "text=Early,price=5")
        let script = """
            #!/bin/sh
            case $1 in --version) crm quote line add 1 text=Late,price=7 >added; echo with patched qt; exit;; esac
            echo %PDF-1.7; cat

            """
        try install(script, as: "bin/wkhtmltopdf")
        try crm.succeed("config", "set", "pdf.command", "wkhtmltopdf")
        let before = try crm.succeed("quote", "print", "1").output
        try crm.succeed("quote", "print", "1", "--pdf", "-o", "q.pdf")
        #expect(try String(decoding: crm.read("q.pdf"), as: UTF8.self) == "%PDF-1.7\n" + before)
        #expect(try crm.succeed("quote", "print", "1").output.contains("Late"))
    }
}
