import Testing

@Suite("crm config")
struct ConfigTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func setting(_ key: String, env: [String: String] = [:], _ words: String...) throws -> [JSON] {
        let settings = try JSON(crm.run(["config", "list", "--json"] + words, env: env).outputBytes).elements
        let setting = try #require(settings.first { $0["key"] == .string(key) })
        return ["value", "source", "location"].map { setting[$0] ?? "missing" }
    }

    @Test("shows every setting, where it comes from, and what holds it")
    func list() throws {
        // Who says where they are may take for granted in what money that is.
        #expect(
            try crm.succeed("config", "set", "country", "mx").errors
                == "crm: amounts that name no currency are in USD: crm config set currency … says another\n"
        )
        #expect(
            try crm.succeed("config", "list").output == """
                key\tvalue\tsource\tlocation
                currency\tUSD\tdefault\t
                country\tMX\tdatabase\t\(crm.database)
                hours\tmon-fri 9:00-18:00\tdefault\t
                number.contract\tCON-{year}-{n:4}\tdefault\t
                number.sales-order\tVTA-{year}-{n:4}\tdefault\t
                number.quote\tCOT-{year}-{n:4}\tdefault\t
                number.purchase-order\tCOM-{year}-{n:4}\tdefault\t
                number.case\tCAS-{year}-{n:4}\tdefault\t
                company.name\t\tdefault\t
                company.address\t\tdefault\t
                company.tax_id\t\tdefault\t
                company.phone\t\tdefault\t
                company.email\t\tdefault\t
                company.logo\t\tdefault\t
                company.legal\t\tdefault\t
                mail.me\t\tdefault\t
                purchase-order.approval\tone_person\tdefault\t
                language\ten\tenvironment\tLC_ALL
                pdf.command\t\tdefault\t
                pdf.text\t\tdefault\t
                mail.send\t\tdefault\t
                mail.from\t\tdefault\t
                rocketchat.credentials\t\tdefault\t

                """
        )
        #expect(
            try SchemaJudge("config", of: crm).faults(in: [], arrays: [crm.succeed("config", "list", "--json").output])
                == ""
        )
    }

    @Test("keeps what several set at once")
    func atOnce() throws {
        for _ in 0..<10 {
            let result = try crm.shell(
                """
                crm config set language es & crm config set mail.from ana@example.org & crm config set pdf.text pdftotext
                wait; sort config/crm/config; crm config unset language; crm config unset mail.from
                """
            )
            #expect(
                result.lines == ["language = es", "mail.from = ana@example.org", "pdf.text = pdftotext"],
                "\(result.output)\(result.errors)"
            )
        }
    }

    @Test("keeps currency and country in the database, and prints the value alone")
    func database() throws {
        #expect(try crm.succeed("config", "get", "currency").output == "USD\n")
        for (key, given, kept) in [
            ("currency", "mxn", "MXN"), ("country", "es", "ES"), ("currency", "euros", "EUR"),
            ("country", "México", "MX"),
        ] {
            let result = try crm.succeed("config", "set", key, given)
            #expect(result.output == "")
            #expect(result.errors == "")
            #expect(try crm.succeed("config", "get", key).output == "\(kept)\n")
            #expect(try crm.sql("SELECT value FROM setting WHERE key = '\(key)'") == kept)
        }
        try crm.succeed("config", "unset", "currency")
        try crm.succeed("config", "set", "country", "")
        #expect(try crm.succeed("config", "get", "currency").output == "USD\n")
        #expect(try crm.sql("SELECT count(*) FROM setting") == "0")
    }

    @Test("has the currency in new records, and finds phones by the country")
    func effect() throws {
        try crm.succeed("config", "set", "currency", "MXN")
        try crm.add("project", "--name", "Mudanza", "--budget", "100")
        #expect(try crm.json("project", "show", "1")["currency"] == "MXN")
        try crm.add("contact", "--last-name", "Ruiz", "--mobile", "55 1234 5678")
        #expect(try crm.run("contact", "show", "phone:+525512345678").status == 3)
        try crm.succeed("config", "set", "country", "MX")
        #expect(try crm.succeed("contact", "show", "phone:+525512345678", "--format", "id").output == "1\n")
    }

    @Test("keeps the language in the user's own file, beside what else stands there")
    func language() throws {
        try crm.succeed("config", "set", "language", "es")
        #expect(crm.has("config/crm/config"))
        #expect(String(decoding: try crm.read("config/crm/config"), as: UTF8.self) == "language = es\n")
        try crm.write("# mine\nlanguage = es\nother = 1\n", to: "config/crm/config")
        try crm.succeed("config", "set", "language", "en")
        try crm.succeed("config", "unset", "language")
        #expect(String(decoding: try crm.read("config/crm/config"), as: UTF8.self) == "# mine\nother = 1\n")
        #expect(try crm.run("config", "set", "language", "es", env: ["HOME": "", "XDG_CONFIG_HOME": ""]).status == 78)
    }

    @Test("leaves every other line as it is, byte for byte, and its own where it stood")
    func bytes() throws {
        try crm.succeed("config", "set", "language", "es")
        for (before, after) in [
            ("# caf\u{FF}\n  # sangr\u{ED}a\r\n\n", "# caf\u{FF}\n  # sangr\u{ED}a\r\n\nlanguage = en\n"),
            ("language=es\nother=1", "language = en\nother=1"), ("other = 1", "other = 1\nlanguage = en\n"),
            ("\u{EF}\u{BB}\u{BF}language = es\n# 2", "\u{EF}\u{BB}\u{BF}language = en\n# 2"),
            ("\u{EF}\u{BB}\u{BF}# 1", "\u{EF}\u{BB}\u{BF}# 1\nlanguage = en\n"),
            ("\u{EF}\u{BB}\u{BF}", "\u{EF}\u{BB}\u{BF}language = en\n"),
            ("# 1\nlanguage = xx\n# 2\n\tlanguage = es\r\n# 3", "# 1\nlanguage = en\n# 2\n# 3"),
        ] {
            try crm.write(before.unicodeScalars.map { UInt8($0.value) }, to: "config/crm/config")
            try crm.succeed("config", "set", "language", "en")
            #expect(try crm.read("config/crm/config") == after.unicodeScalars.map { UInt8($0.value) })
            #expect(try crm.shell("ls config/crm").output == "config\n")
        }
    }

    @Test(
        "is no command's business where it is broken: file and line are named, and the exit is 78",
        arguments: [
            ("# mine\nlanguage\n", ", line 2: not a setting: write key = value, or # before a comment"),
            ("language = en\n= es\n", ", line 2: not a setting: write key = value, or # before a comment"),
            ("\nlanguage = klingon\n", ", line 2: there is no language \"klingon\""),
            ("a = \u{FF}", ", line 1: this is not UTF-8"),
        ]
    )
    func broken(text: String, words: String) throws {
        try crm.succeed("config", "set", "language", "en")
        let bytes = text.unicodeScalars.map { UInt8($0.value) }
        try crm.write(bytes, to: "config/crm/config")
        let path = crm.file("config/crm/config")
        for command in [["contact", "list"], ["config", "list"], ["contact", "add", "--last-name", "Ruiz"]] {
            let result = try crm.run(command)
            #expect(result.status == 78)
            #expect(result.errors == "crm: \(path)\(words)\ncrm: mend the line or take it away\n")
        }
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
        #expect(try crm.run("--help").status == 0)
        #expect(try crm.run(["contact", "list"], env: ["CRM_LANG": "es"]).status == 78)
        #expect(try crm.run(["contact", "list", "--lang", "es"]).errors.hasSuffix("corregir la línea o quitarla\n"))
        let setting = try crm.run("config", "set", "language", "es")
        if words.contains("klingon") {
            #expect(setting.status == 0)
            #expect(try crm.run("contact", "list").status == 0)
        } else {
            #expect(setting.status == 78)
            #expect(try crm.read("config/crm/config") == bytes)
        }
    }

    @Test("is not taken for an empty one where it cannot be read")
    func unreadable() throws {
        try crm.shell("mkdir -p config/crm/config")
        for command in [["contact", "list"], ["config", "set", "language", "en"]] {
            let result = try crm.run(command)
            #expect(result.status == 78)
            #expect(result.errors == "crm: \(crm.file("config/crm/config")): Is a directory\n")
        }
    }

    @Test("has a byte order mark for no part of its first line")
    func byteOrderMark() throws {
        try crm.succeed("config", "set", "language", "en")
        try crm.write("\u{FEFF}language = es\n", to: "config/crm/config")
        #expect(try setting("language", env: ["LC_ALL": ""])[0] == "es")
        try crm.write("\u{FEFF}language\n", to: "config/crm/config")
        #expect(try crm.run("contact", "list").status == 78)
    }

    @Test("is left as it is by a dry run, which ends as the real one would")
    func dryRun() throws {
        for (words, status) in [
            (["set", "language", "es"], 0), (["unset", "language"], 0), (["set", "language", "fr"], 2),
            (["set", "country", "MX"], 0), (["set", "country", "x"], 2), (["unset", "currency"], 0),
        ] as [([String], Int32)] {
            let result = try crm.run(["config"] + words + ["--dry-run"])
            #expect(result.status == status)
            #expect(status != 0 || result.errors.hasSuffix("crm: dry run: nothing was saved\n"), "\(result.errors)")
        }
        #expect(!crm.has("config"))
        #expect(try crm.sql("SELECT count(*) FROM setting") == "0")
        try crm.write("language\n", to: "broken")
        try crm.shell("mkdir -p config/crm; mv broken config/crm/config")
        #expect(try crm.run("config", "set", "language", "es", "-n").status == 78)
    }

    @Test("may be a link to where the user keeps it")
    func link() throws {
        try crm.shell("mkdir -p config/crm dotfiles; echo '# mine' > dotfiles/crm; chmod 644 dotfiles/crm")
        try crm.shell("ln -s ../../dotfiles/crm config/crm/config")
        try crm.succeed("config", "set", "language", "es")
        #expect(String(decoding: try crm.read("dotfiles/crm"), as: UTF8.self) == "# mine\nlanguage = es\n")
        #expect(try crm.shell("readlink config/crm/config; ls dotfiles").lines == ["../../dotfiles/crm", "crm"])
        #expect(try crm.mode(of: "dotfiles/crm") == 0o644)
    }

    @Test("keeps its mode, and a new one is for its owner alone", arguments: [0o600, 0o640, 0o644, 0o664])
    func mode(kept: Int) throws {
        try crm.succeed("config", "set", "language", "es")
        #expect(try crm.mode(of: "config/crm/config") == 0o600)
        try crm.shell("chmod \(String(kept, radix: 8)) config/crm/config")
        try crm.succeed("config", "set", "language", "en")
        #expect(try crm.mode(of: "config/crm/config") == kept)
    }

    @Test("is not taken for an empty one where it is a link to nothing")
    func danglingLink() throws {
        try crm.shell("mkdir -p config/crm; ln -s ../../dotfiles config/crm/config")
        for command in [["contact", "list"], ["config", "set", "language", "en"]] {
            let result = try crm.run(command)
            #expect(result.status == 78)
            #expect(result.errors.contains("config/crm/config is a link to nothing"), "\(result.errors)")
        }
        #expect(!crm.has("dotfiles"))
    }

    @Test("tells of names that nothing has and of what is set twice, and works all the same")
    func remarks() throws {
        let text = "language = es\ncolour = red\n# colour\nlanguage = en\n"
        let path = try crm.shell("mkdir -p config/crm; echo config/crm/config").lines[0]
        try crm.write(text, to: path)
        let result = try crm.run("contact", "list", "--count")
        #expect(result.status == 0)
        let file = crm.file(path)
        #expect(
            result.errors == """
                crm: \(file), line 1: language is set again in line 4, which counts
                crm: \(file), line 2: there is no setting "colour"

                """
        )
        #expect(try crm.run("contact", "list", "--quiet").errors == "")
        let batch = try crm.run(["batch"], stdin: Array("contact list\n".utf8))
        #expect(batch.errors == result.errors && !batch.output.contains("colour"))
    }

    @Test("lets the option win over CRM_LANG, that over the user's file, and that over the locale")
    func precedence() throws {
        #expect(try setting("language") == ["en", "environment", "LC_ALL"])
        #expect(try setting("language", env: ["LC_ALL": ""]) == ["en", "default", nil])
        #expect(try setting("language", env: ["LC_ALL": "", "LANG": "es_MX.UTF-8"]) == ["es", "environment", "LANG"])
        #expect(try setting("language", env: ["LC_ALL": "fr_FR", "LANG": "es_MX"]) == ["en", "default", nil])
        try crm.succeed("config", "set", "language", "es")
        let file = JSON.string(crm.file("config/crm/config"))
        #expect(try setting("language") == ["es", "user", file])
        #expect(try setting("language", env: ["CRM_LANG": "fr"]) == ["es", "user", file])
        #expect(try setting("language", env: ["CRM_LANG": "en"]) == ["en", "environment", "CRM_LANG"])
        #expect(try setting("language", env: ["CRM_LANG": "en"], "--lang", "es") == ["es", "option", nil])
        #expect(try crm.run("contact", "show", "9").errors.contains("ningún contacto coincide"))
        #expect(try crm.run("contact", "show", "9", env: ["CRM_LANG": "en"]).errors.contains("no contact matches"))
    }

    @Test("does not let the language change what machines read")
    func machine() throws {
        let english = try crm.succeed("config", "list", "--json").output
        try crm.add("contact", "--last-name", "Ruiz")
        let record = try crm.succeed("contact", "show", "1", "--json").output
        #expect(try crm.succeed("contact", "show", "1", "--json", "--lang", "es").output == record)
        #expect(english.contains(#""source":"default""#))
        #expect(try crm.succeed("config", "list", "--json", "--lang", "es").output.contains(#""source":"default""#))
    }

    private static let names = """
        currency, country, hours, number.contract, number.sales-order, number.quote, number.purchase-order, number.case, \
        company.name, company.address, company.tax_id, company.phone, company.email, company.logo, company.legal, \
        mail.me, purchase-order.approval, language, pdf.command, pdf.text, mail.send, mail.from, \
        rocketchat.credentials
        """

    @Test(
        "refuses what it does not know and changes nothing",
        arguments: [
            (
                ["set", "currency", "conchas"],
                "crm: currency cannot be \"conchas\": not a currency: write its ISO 4217 code, as in MXN or USD\n"
            ),
            (
                ["set", "country", "Aztlán"],
                "crm: country cannot be \"Aztlán\": not a country: write its two-letter code (ISO 3166-1), as in MX or ES\n"
            ),
            (
                ["set", "number.quote", "COT-{year}"],
                "crm: number.quote cannot be \"COT-{year}\": lacks the counter: write {n} or {n:4} where the number counts\n"
            ),
            (["set", "language", "fr"], "crm: language cannot be \"fr\": not a language: write one of en, es\n"),
            (
                ["set", "colour", "red"],
                "crm: there is no setting \"colour\"\ncrm: a setting is one of \(Self.names)\n"
            ),
            (
                ["get", "colour"],
                "crm: there is no setting \"colour\"\ncrm: a setting is one of \(Self.names)\n"
            ),
        ]
    )
    func refusals(words: [String], errors: String) throws {
        let result = try crm.run(["config"] + words)
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errors == errors)
        #expect(try crm.sql("SELECT (SELECT count(*) FROM setting), (SELECT count(*) FROM change_set)") == "0|0")
        #expect(!crm.has("config"))
    }

    @Test("says that a setting without value is not there")
    func unset() throws {
        let result = try crm.run("config", "get", "country")
        #expect(result.status == 3)
        #expect(result.output == "")
        #expect(result.errors == "crm: country is not set\ncrm: crm config set country …\n")
        #expect(try crm.json("config", "get", "country")["value"] == JSON.null)
    }

    @Test("shows defaults before the first write, and never an empty database for a mistyped path")
    func missing() throws {
        let fresh = try CRM(.nothing)
        #expect(try fresh.succeed("config", "get", "currency").output == "USD\n")
        #expect(!fresh.has("data"))
        #expect(try fresh.run("--db", "none.db", "config", "list").status == 3)
        #expect(try fresh.run("--db", "none.db", "config", "set", "currency", "MXN").status == 3)
        #expect(try fresh.run("--db", "none.db", "config", "get", "language").status == 0)
        #expect(!fresh.has("none.db"))
        try fresh.succeed("config", "set", "currency", "MXN")
        #expect(try fresh.succeed("config", "get", "currency").output == "MXN\n")
    }

    @Test("prints its short help where nothing is asked of it")
    func bare() throws {
        #expect(try crm.succeed("config").output.hasPrefix("Usage: crm config"))
    }
}
