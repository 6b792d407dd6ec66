import Testing

/// What people write instead of a value, a name or a command, where it can mean one thing only.
@Suite struct TakenWordTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "Values of options are taken in other words and capitals",
        arguments: [
            ["--dates", "DMY"], ["--decimal", "coma"], ["--decimal", "punto"], ["--delimiter", "Coma"],
            ["--encoding", "ansi"], ["--input-format", "CSV"],
        ]
    )
    func options(words: [String]) throws {
        try crm.write("last_name\nRuiz\n", to: "in.csv")
        let result = try crm.run(["contact", "import", "in.csv"] + words)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test("A semicolon has a name in Spanish")
    func semicolon() throws {
        try crm.write("last_name;first_name\nRuiz;Ana\n", to: "in.csv")
        try crm.succeed("contact", "import", "in.csv", "--delimiter", "punto y coma")
        let list = try crm.succeed("contact", "list", "--columns", "last_name,first_name", "--format", "CSV")
        #expect(list.output.contains("Ruiz,Ana"))
    }

    @Test(
        "What cannot be taken is answered with what to write",
        arguments: [
            (["opportunity", "list", "-w", "\"valor estimado\" > 1000"], "that is 'amount'"),
            (["opportunity", "list", "-w", "\"monto\" > 1000"], "only values go in quotes, not fields"),
            (["contact", "list", "-w", "id in 1,2"], "several values go in brackets: id in (1, 2)"),
            (["contact", "list", "name = Ana"], "that is '--where \"name = Ana\"'"),
            (["contact", "list", "birthdate < -18y"], "that is '--where \"birthdate < -18y\"'"),
            (["export", "contact"], "that is 'crm contact export'"),
            (["export", "contactos"], "that is 'crm contact export'"),
        ]
    )
    func answered(line: [String], hint: String) throws {
        let result = try crm.run(line)
        #expect(result.status == 2 && result.errorLines.last == "crm: \(hint)", "\(result.errors)")
    }

    @Test(
        "A usual word for an option names the option, in either language",
        arguments: [
            (["quote", "add", "--name", "x"], "'--subject'"), (["event", "add", "--nombre", "x"], "'--subject'"),
            (["case", "add", "--name", "x"], "'--title'"),
            (["purchase-order", "add", "--vendor", "x"], "'--supplier'"),
            (["case", "add", "--reported-by", "1"], "'--contact 1 --role reporter'"),
        ]
    )
    func namedOptions(line: [String], option: String) throws {
        for (language, lead) in [("en", "that is"), ("es", "eso es")] {
            let result = try crm.run(line + ["--lang", language])
            #expect(result.status == 2 && result.errorLines.last == "crm: \(lead) \(option)", "\(result.errors)")
        }
    }

    @Test("A number of days may be written like a distance, and is told how", arguments: ["30d", "30 days", "30días"])
    func days(text: String) throws {
        let result = try crm.run("report", "stale-opportunities", "--days", text)
        #expect(result.status == 2 && result.errors.contains("write 30 alone"), "\(result.errors)")
        #expect(try crm.run("report", "stale-opportunities", "--days", "30x").errors.contains("write digits"))
    }

    @Test("A header is not taken for what only resembles another program's name of a time that this one keeps")
    func resembling() throws {
        let result = try crm.run("asset", "import", "-", stdin: "Marca,name\nx,y\n")
        #expect(result.errors.contains("Marca") && !result.errors.contains("temporal"), "\(result.errors)")
    }

    @Test("Who asks for the help of an unknown command does not look for a contact")
    func help() throws {
        let result = try crm.run(["contact", "xyz", "--help"])
        #expect(result.status == 2 && result.errors.contains("'xyz' is not a command of 'crm contact'"))
        #expect(!result.errors.contains("search"), "\(result.errors)")
        #expect(try crm.run(["contact", "xyz"]).errors.contains("crm search xyz"))
    }

    @Test(
        "A month with figures behind it says what is missing",
        arguments: [
            ("feb-80", "the day of the month is missing: write it too, as in 1980-02-01"),
            ("dic-26", "the year or the day is missing: write YYYY-12-26, or 2026-12-DD"),
            ("May 17", "the year is missing: write YYYY-05-17 with it"),
        ]
    )
    func months(text: String, message: String) throws {
        let result = try crm.run(["contact", "add", "--last-name", "Ruiz", "--support-start", text])
        #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
    }

    @Test(
        "The columns of a link may be called as those of an import, behind their side",
        arguments: ["contacto.correo,activo.serie", "contact.Correo electrónico,asset.Número de serie"]
    )
    func links(header: String) throws {
        try crm.succeed("contact", "add", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.succeed("asset", "add", "--name", "Laptop", "--serial", "LT-1")
        try crm.write("\(header)\nana@example.org,LT-1\n", to: "in.csv")
        let result = try crm.run(["contact", "link", "asset", "--input", "in.csv"])
        #expect(result.status == 0, "\(result.errors)")
        try crm.write("contacto.color,activo.serie\nx,LT-1\n", to: "in.csv")
        #expect(try crm.run(["contact", "link", "asset", "--input", "in.csv"]).errors.contains("contacto.color"))
    }

    @Test("A word that is that of two options names both") func both() throws {
        let result = try crm.run("opportunity", "add", "--cierre", "x")
        #expect(result.status == 2)
        #expect(result.errorLines.last == "crm: that is '--close-date' or '--closed-on'")
    }
}
