import Testing

/// How far a deletion reaches, and what keeps it from happening.
@Suite struct DeletionTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    @Test("What nothing hangs on is deleted without question")
    func alone() throws {
        let result = try crm.succeed("contact", "delete", "4")
        #expect(result.output == "")
        #expect(try crm.run("contact", "show", "4").status == 3)
    }

    @Test("What something hangs on is told, and nothing is deleted without --yes")
    func linked() throws {
        let result = try crm.run("contact", "delete", "3")
        #expect(result.status == 2)
        #expect(result.errors.contains("1 asset"))
        #expect(result.errors.contains("--yes"))
        #expect(try crm.run("contact", "show", "3").status == 0)

        try crm.succeed("contact", "delete", "3", "--yes")
        #expect(try crm.run("contact", "show", "3").status == 3)
        #expect(try crm.succeed("asset", "links", "contact", "2", "--count").output == "0\n")
        #expect(try crm.run("asset", "show", "2").status == 0)
    }

    @Test("An optional reference becomes null")
    func optionalReference() throws {
        try crm.succeed("organization", "add", "--name", "Filial", "--member-of", "2", "--quiet")
        try crm.succeed("opportunity", "delete", "2", "--yes")
        #expect(try crm.run("organization", "delete", "2").status == 2)
        try crm.succeed("organization", "delete", "2", "--yes")
        #expect(try crm.json("contact", "show", "2")["organization"] == JSON.null)
        #expect(try crm.json("organization", "show", "3")["member_of"] == JSON.null)
    }

    @Test(
        "A required reference forbids it, whatever is given",
        arguments: [[], ["--yes"], ["--force"], ["--yes", "--force"]]
    )
    func required(_ options: [String]) throws {
        for words in [["organization", "delete", "1"], ["contact", "delete", "1"]] {
            let result = try crm.run(words + options)
            #expect(result.status == 5, "\(words) \(options): \(result.errors)")
            #expect(result.errors.contains("opportunity"))
        }
        #expect(try crm.run("opportunity", "show", "1").status == 0)
    }

    @Test("What belongs to a contact goes with it only by --force")
    func owned() throws {
        try crm.succeed("comment", "add", "--contact", "3", "--body", "Llamó")
        try crm.succeed("address", "add", "--contact", "3", "--city", "Puebla")
        let result = try crm.run("contact", "delete", "3", "--yes")
        #expect(result.status == 2)
        #expect(result.errors.contains("--force"))
        #expect(try crm.json("contact", "delete", "3", "--force")["deleted"] == [3])
        #expect(try crm.succeed("comment", "list", "--count").output == "0\n")
        #expect(try crm.succeed("address", "list", "--count").output == "0\n")
    }

    @Test("Of all that a filter chooses it is told how many are held, and by what filter they are left out")
    func chosen() throws {
        for contact in ["3", "4"] { try crm.succeed("comment", "add", "--contact", contact, "--body", "Llamó") }
        let line = ["contact", "delete", "--yes", "--where", "id >= 3"]
        let refused = try crm.run(line)
        #expect(refused.status == 2)
        let told = "2 contacts are held like this; to leave them out: --where 'not has comment'"
        #expect(refused.errors.contains(told), "\(refused.errors)")
        for contact in ["3", "4"] { #expect(refused.errors.contains("\n  \(contact)  "), "\(refused.errors)") }
        try crm.succeed(line + ["--where", "not has comment"])
        #expect(try crm.succeed("contact", "list", "--format", "id").lines.sorted() == ["1", "2", "3", "4"])

        try crm.add("organization", "--name", "Vega")
        let sale = ["--organization", "name:Vega", "--amount", "5", "--stage", "prospecting", "--force"]
        for contact in ["3", "4"] {
            try crm.add("opportunity", ["--contact", contact, "--name", "x", "--close-date", "2098-12-31"] + sale)
        }
        let required = try crm.run("contact", "delete", "--force", "--where", "id > 0", "--lang", "es")
        #expect(required.status == 5)
        let filter = "--where 'not has opportunity'"
        #expect(required.errors.contains("en el mismo caso; para dejarlos fuera: \(filter)"), "\(required.errors)")
    }

    @Test("The filter that leaves out what is held names what hangs on it, at the other end of links")
    func filtersOfLinks() throws {
        try crm.succeed("organization", "add", "--name", "Vega", "--quiet")
        for serial in ["h1", "h2", "free"] {
            try crm.add("asset", "--name", serial, "--serial", serial, "--organization", "name:Vega")
        }
        try crm.succeed("asset", "link", "contact", "serial:h1", "3")
        try crm.succeed("asset", "link", "contact", "serial:h2", "3")
        let line = ["asset", "delete", "--where", "organization.name = Vega"]
        for language in ["en", "es"] {
            let refused = try crm.run(line + ["--dry-run", "--lang", language])
            #expect(refused.status == 2 && refused.errors.contains("--where 'not has contact'\n"), "\(refused.errors)")
        }
        let left = try crm.succeed(line + ["--where", "not has contact", "--dry-run", "--format", "csv"])
        #expect(left.output.contains("free") && !left.output.contains("h1"))
        let sale = ["--organization", "name:Vega", "--amount", "5", "--stage", "prospecting", "--force"]
        for name in ["x", "y", "z"] {
            try crm.add("opportunity", ["--contact", "3", "--name", name, "--close-date", "2098-12-31"] + sale)
        }
        try crm.succeed("opportunity", "link", "contact", "name:x", "4")
        try crm.succeed("opportunity", "link", "contact", "name:y", "4")
        let ofVega = ["--where", "organization.name = Vega"]
        let filter = "not has contact(link.role != primary)"
        #expect(try crm.run(["opportunity", "delete", "--dry-run"] + ofVega).errors.contains("--where '\(filter)'\n"))
        let rest = ["opportunity", "list", "--where", filter, "--format", "csv", "--columns", "name"]
        #expect(try crm.succeed(rest + ofVega).lines == ["name", "z"])
    }

    @Test("Of several all or none is deleted")
    func several() throws {
        #expect(try crm.run("contact", "delete", "4", "1", "--yes").status == 5)
        #expect(try crm.run("contact", "show", "4").status == 0)
        let report = try crm.json("contact", "delete", "4", "4", "5")
        #expect(report["deleted"] == [4, 5])
        #expect(report["committed"] == true)
    }

    @Test("A dry run deletes nothing")
    func dryRun() throws {
        #expect(try crm.json("contact", "delete", "3", "--yes", "--dry-run")["committed"] == false)
        #expect(try crm.run("contact", "show", "3").status == 0)
    }

    @Test("Who is linked twice is one record")
    func linkedTwice() throws {
        try crm.succeed("asset", "add", "--name", "Silla", "--serial", "S-1")
        let silla = "serial:S-1"
        for role in ["user", "owner"] { try crm.succeed("asset", "link", "contact", silla, "1", "--role", role) }
        for words in [[silla], ["--where", "serial = S-1"]] {
            let result = try crm.succeed(["asset", "delete", "--yes", "--dry-run", "--lang", "es"] + words)
            #expect(
                result.errors.contains("crm: 1 contacto: se quitarían los vínculos (José Muñoz)"),
                "\(result.errors)"
            )
        }
    }

    @Test("A dry run that is refused says nothing of what would go", arguments: ["1", "--where id=1"])
    func refusedDry(which: String) throws {
        let line = "crm contact delete \(which) --yes"
        let (dry, real) = (try crm.shell("\(line) --dry-run"), try crm.shell(line))
        #expect(dry.status == 5 && real.status == 5)
        #expect(dry.output == "" && dry.errors == real.errors, "\(dry.errors)")
    }

    @Test("A dry run without leave to take anything along is refused as the deletion would be, else tells what goes")
    func preview() throws {
        let refused = try crm.run("contact", "delete", "3", "--dry-run")
        #expect(refused.status == 2)
        #expect(refused.errors.hasSuffix(try crm.run("contact", "delete", "3").errors))
        let result = try crm.run("contact", "delete", "3", "--force", "--dry-run")
        #expect(result.status == 0)
        #expect(result.errors.contains("crm: contact 3 \"美咲 田中\""), "\(result.errors)")
        #expect(result.errors.contains("crm: 1 asset: links would be dropped (Monitor 27\")"), "\(result.errors)")
        #expect(result.errors.contains("dry run: contact 3 would be deleted"))
        #expect(try crm.run("contact", "show", "3").status == 0)
    }
}
