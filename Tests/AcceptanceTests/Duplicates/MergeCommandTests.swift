import Testing

/// What people and programs see of records that become one.
@Suite struct MergeCommandTests {
    private let crm: CRM

    /// Contacts 1 and 2, Ana Ruiz twice, with asset 1 linked to both and asset 2 to the second; contact 3, who reports
    /// to 2.
    init() throws {
        crm = try CRM()
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.add(
            "contact",
            "--last-name",
            "Ruiz",
            "--email",
            "ruiz@example.org",
            "--title",
            "Jefa",
            "--external-id",
            "K-2"
        )
        try crm.add("contact", "--last-name", "Sosa", "--reports-to", "2")
        for serial in ["LT-1", "MN-1"] { try crm.add("asset", "--name", "Laptop", "--serial", serial) }
        try crm.succeed("contact", "link", "asset", "1", "1")
        try crm.succeed("contact", "link", "asset", "2", "1", "2")
    }

    @Test("the record that stays is printed and what moved is told")
    func theRecordThatStaysIsPrintedAndWhatMovedIsTold() throws {
        let merged = try crm.succeed("contact", "merge", "1", "2", "--format", "id")
        #expect(merged.output == "1\n")
        #expect(
            merged.errorLines == [
                "crm: Email \"ruiz@example.org\" of contact 2: becomes a contact point",
                "crm: merged 2 into contact 1, with 1 contact, 1 asset, 1 joined with what was there",
            ]
        )
        #expect(try crm.succeed("contact", "list", "--format", "id").output == "1\n3\n")
        let log = try crm.succeed("log", "contact", "1")
        #expect(log.output.contains("crm contact merge 1 2"))
    }

    @Test("A reference to a record that is merged is told with that record's name")
    func referenceToMerged() throws {
        try crm.succeed("contact", "edit", "1", "--reports-to", "3")
        let merged = try crm.succeed("contact", "merge", "1", "3", "--yes")
        #expect(
            merged.errorLines.contains("crm: Reports to \"3 Sosa\" of contact 1: only in the history"),
            "\(merged.errors)"
        )
    }

    @Test("Stocks are added up, which is told") func stocks() throws {
        for stock in ["5", "7"] { try crm.add("product", "--name", "Cable", "--unit", "kg", "--stock", stock) }
        let merged = try crm.succeed("product", "merge", "1", "2", "--yes", "--format", "id")
        #expect(merged.errorLines.contains("crm: Stock: 12, added up"), "\(merged.errors)")
    }

    @Test("An answer of a link stands where the other has none; what was made last is the newer of one moment")
    func answers() throws {
        try crm.add("campaign", "--name", "Feria")
        try crm.succeed("campaign", "link", "contact", "1", "1", "--response", "none")
        try crm.succeed("campaign", "link", "contact", "1", "2", "--response", "converted")
        try crm.sql("UPDATE contact SET title = 'Socia', updated_at = '2026-01-01T00:00:00Z' WHERE id = 1")
        try crm.sql("UPDATE contact SET updated_at = '2026-01-01T00:00:00Z' WHERE id = 2")
        try crm.succeed("contact", "merge", "1", "2", "--prefer", "newer")
        #expect(try crm.sql("SELECT response, coalesce(note, '') FROM contact_campaign") == "converted|")
        #expect(try crm.sql("SELECT title FROM contact WHERE id = 1") == "Jefa")
    }

    @Test(
        "What links say otherwise is that of the record that is preferred, and the other's stands in the note",
        arguments: [
            ("newer", "clicked|response: opened"), ("older", "opened|response: clicked"),
            ("", "opened|response: clicked"),
        ]
    )
    func links(preferred: String, link: String) throws {
        try crm.add("campaign", "--name", "Feria")
        try crm.succeed("campaign", "link", "contact", "1", "1", "--response", "opened")
        try crm.succeed("campaign", "link", "contact", "1", "2", "--response", "clicked")
        try crm.sql("UPDATE contact SET updated_at = '2026-01-01T00:00:00Z' WHERE id = 1")
        try crm.succeed(["contact", "merge", "1", "2"] + (preferred.isEmpty ? [] : ["--prefer", preferred]))
        #expect(try crm.sql("SELECT response, note FROM contact_campaign").lowercased() == link)
    }

    @Test("Names of companies that differ in blanks, hyphens and legal form alone may be one")
    func spelledApart() throws {
        for name in ["UniRed", "Uni Red", "Uni-Red, S.A. de C.V.", "Norte"] {
            try crm.add("organization", "--name", name)
        }
        let pairs = try crm.json("organization", "duplicates").elements.compactMap { $0["keep"]?["id"]?.integer }
        #expect(pairs.sorted() == [1, 1, 2], "\(pairs)")
    }

    @Test("the former id is told wherever it is read") func theFormerIdIsToldWhereverItIsRead() throws {
        try crm.succeed("contact", "merge", "1", "2")
        let note = "crm: contact 2 was merged into contact 1"
        for words in [
            ["contact", "show", "2"], ["contact", "edit", "2", "--title", "Directora"], ["contact", "links", "2"],
            ["contact", "link", "asset", "2", "2"], ["contact", "show", "ext:K-2"],
            ["contact", "list", "--where", "reports_to = 2"], ["asset", "list", "--where", "contact.id in (2, 7)"],
            ["contact", "list", "--where", "id = 2"], ["comment", "list", "--where", "not about = contact:2"],
            ["asset", "summarize", "--where", "has contact (id = 2)"],
        ] {
            #expect(try crm.succeed(words).errorLines.first == note || words.last == "ext:K-2", "\(words)")
        }
        for filter in ["contact.id = 2", "contacts.id in (2, 7)", "has contact (id = 2)"] {
            let lists = try [filter, filter.replacing("2", with: "1")].map { text in
                try crm.succeed("asset", "list", "--where", text, "--format", "id").output
            }
            #expect(!lists[1].isEmpty && lists[0] == lists[1], "\(filter)")
        }
        #expect(try crm.succeed("contact", "list", "--where", "id = 2", "--format", "id").output == "1\n")
        let spanish = try crm.run("contact", "show", "2", "--lang", "es")
        #expect(spanish.errorLines == ["crm: el contacto 2 se fusionó en el contacto 1"])
        let json = try crm.succeed("contact", "show", "2", "--json")
        #expect(try JSON(json.output)["id"]?.integer == 1)
        #expect(json.output.contains("\"merged_from\":[2]"))
        #expect(json.errors == "{\"note\":\"contact 2 was merged into contact 1\"}\n")
        let imported = try crm.succeed("asset", "import", "-", stdin: "name,serial,contact\nCar,C-1,2\n")
        #expect(imported.errors.contains(note))
        try crm.succeed("undo")
        try crm.succeed("undo")
    }

    @Test(
        "An id that only bounds a range is that of no record, and of a long list each is told once",
        arguments: [
            ("id >= 2", 0), ("id < 2", 0), ("id = 2", 1), ("id != 2", 1), ("id in (2, 3, 2)", 1), ("id not in (2)", 1),
        ]
    )
    func formerIDsOfFilters(filter: String, count: Int) throws {
        try crm.succeed("contact", "merge", "1", "2")
        let told = try crm.succeed("contact", "list", "--where", filter).errorLines
        #expect(told.count { $0 == "crm: contact 2 was merged into contact 1" } == count, "\(told)")
    }

    @Test("Lines of documents that a product moves with are counted, in a dry run too")
    func movedLines() throws {
        for code in ["A1", "A2"] { try crm.add("product", "--name", "Cable", "--code", code, "--price", "1") }
        let lines = ["--subject", "S", "--contact", "1", "--line", "product=2", "--line", "product=2,quantity=2"]
        for module in ["quote", "sales-order"] { try crm.add(module, lines) }
        for option in ["-n", "--yes"] {
            let told = try crm.succeed("product", "merge", "1", "2", option).errors
            #expect(told.contains("2 quote lines") && told.contains("2 sales order lines"), "\(told)")
        }
    }

    @Test("an import finds a record by the key of the one that was merged")
    func anImportFindsARecordByTheKeyOfTheOneThatWasMerged() throws {
        try crm.succeed("contact", "edit", "1", "--external-id", "K-1")
        try crm.succeed("contact", "merge", "1", "2")
        let rows = "external_id,title\nK-2,Directora\n"
        #expect(
            try crm.succeed("contact", "import", "--match", "external_id", stdin: rows).output == "1 row, 1 updated\n"
        )
        let ids = "id,title\n2,Jefa\n"
        #expect(try crm.succeed("contact", "import", "--match", "id", stdin: ids).output == "1 row, 1 updated\n")
        let shown = try crm.succeed("contact", "show", "1", "--columns", "external_id,title")
        #expect(shown.output == "external_id\ttitle\nK-1\tJefa\n")
    }

    @Test("the code of a merged product names the one that stays and is no others")
    func theCodeOfAMergedProductNamesTheOneThatStaysAndIsNoOthers() throws {
        try crm.add("product", "--name", "Cable", "--code", "A1", "--price", "1")
        try crm.add("product", "--name", "Cable", "--code", "A2", "--price", "1")
        try crm.succeed("product", "merge", "1", "2", "--yes")
        #expect(try crm.json("product", "show", "code:A2")["code"]?.string == "A1")
        let other = try crm.run("product", "add", "--name", "Cable", "--code", "A2")
        #expect(other.status == 5 && other.errors.contains("product 1 already has the Product code \"A2\""))
        let rows = "code,name\nA2,Cable HDMI\n"
        #expect(
            try crm.succeed("product", "import", "--match", "code", stdin: rows).output == "1 row, 1 updated\n"
        )
        #expect(try crm.json("product", "show", "1")["code"]?.string == "A1")
        try crm.succeed("undo")
        try crm.succeed("undo")
        #expect(try crm.json("product", "show", "code:A2")["id"] == 2)
    }

    @Test(
        "A merge is repeated by whatever named the records before it, and says that it is done",
        arguments: [
            ["1", "2"], ["1", "ext:K-2"], ["1", "ruiz@example.org"], ["ana@example.org", "ext:K-2"], ["ext:K-2", "1"],
        ]
    )
    func repeatedByKeys(references: [String]) throws {
        let words = ["contact", "merge"] + references + ["--yes", "--format", "id"]
        let first = try crm.succeed(words)
        let again = try crm.succeed(words)
        #expect(again.output == first.output)
        #expect(again.errors.contains("they are one already"), "\(again.errors)")
        let pairs = "keep,merge\n\(references[0]),\(references[1])\n"
        let batch = ["contact", "merge", "--input", "-", "--input-format", "csv"]
        #expect(try crm.succeed(batch, stdin: pairs).output.contains("1 already merged"))
    }

    @Test("A record is not merged into itself by two names of it", arguments: [["1", "1"], ["1", "ana@example.org"]])
    func itself(references: [String]) throws {
        let result = try crm.run(["contact", "merge"] + references)
        #expect(result.status == 2 && result.errors.contains("cannot be merged into itself"), "\(result.errors)")
        try crm.succeed("contact", "merge", "1", "2", "--yes")
        #expect(try crm.run("contact", "merge", "1", "1").status == 2)
    }

    @Test("a dry run prints what differs and saves nothing") func aDryRunPrintsWhatDiffersAndSavesNothing() throws {
        let dry = try crm.succeed("contact", "merge", "1", "2", "--dry-run")
        #expect(
            dry.output == """
                field\t1\t2\tkept\tothers\trecord
                first_name\tAna\t\tAna\t\t
                title\t\tJefa\tJefa\t\t
                email\tana@example.org\truiz@example.org\tana@example.org\t2:point\t
                external_id\t\tK-2\tK-2\t\t

                """
        )
        #expect(dry.errors.contains("dry run: would merge 2 into contact 1"))
        let json = try crm.succeed("contact", "merge", "1", "2", "--dry-run", "--json")
        let email = try JSON(json.output).elements.first { $0["field"]?.string == "email" }
        #expect(email?["kept"]?.string == "ana@example.org")
        #expect(email?["others"]?.elements.first?["becomes"]?.string == "point")
        #expect(try crm.succeed("contact", "list", "--count").output == "3\n")
    }

    @Test("undo and redo take the former id along") func undoAndRedoTakeTheFormerIdAlong() throws {
        let before = try crm.succeed("export").output
        try crm.succeed("contact", "merge", "1", "2")
        let after = try crm.succeed("export").output
        let id = try crm.succeed("log", "--limit", "1", "--json").output
        try crm.succeed("undo")
        #expect(try crm.succeed("contact", "show", "2", "--columns", "id").errors == "")
        #expect(Self.timeless(try crm.succeed("export").output) == Self.timeless(before))
        let number = try #require(try JSON(id).elements.first?["id"]?.integer)
        try crm.succeed("undo", "\(number + 1)")
        #expect(Self.timeless(try crm.succeed("export").output) == Self.timeless(after))
        #expect(try crm.succeed("contact", "show", "2", "--columns", "id").output == "id\n1\n")
    }

    private static func timeless(_ lines: String) -> [Substring] {
        lines.split(separator: "\n").map { line in
            line.range(of: ",\"updated_at\":").map { line[..<$0.lowerBound] } ?? line
        }
    }

    @Test("a copy knows the former id") func aCopyKnowsTheFormerId() throws {
        try crm.succeed("contact", "merge", "1", "2")
        try crm.shell("crm export | crm --db copy.db apply --create && crm export | cmp - /dev/null; true")
        let shown = try crm.succeed("--db", "copy.db", "contact", "show", "2", "--columns", "id")
        #expect(shown.output == "id\n1\n")
    }

    @Test(
        "What cannot be merged is refused",
        arguments: [
            (["1"], 2), (["1", "1"], 2), (["1", "99"], 3), (["1", "2", "--prefer", "shoe=2"], 2),
            (["1", "2", "--prefer", "phone=2"], 2), (["1", "2", "--input", "-"], 2),
            (["1", "2", "--delimiter", ","], 2),
        ] as [([String], Int32)]
    )
    func refused(words: [String], status: Int32) throws {
        let result = try crm.run(["contact", "merge"] + words)
        #expect(result.status == status, "\(result.errors)")
        #expect(try crm.succeed("contact", "list", "--count").output == "3\n")
    }

    @Test(
        "a merge repeated merges nothing, by whatever name the records are called",
        arguments: [
            ["1", "2"], ["1", "ext:EC"], ["ext:EC", "1"], ["ext:EA", "ext:EC"], ["ext:EC", "2"],
            ["code:A1", "code:A2"],
        ]
    )
    func repeated(names: [String]) throws {
        let isCode = names[0].hasPrefix("code:")
        let module = isCode ? "product" : "contact"
        for code in ["A1", "A2"] { try crm.add("product", "--name", "Cable", "--code", code, "--price", "1") }
        for (id, key) in [("1", "EA"), ("2", "EC")] { try crm.succeed("contact", "edit", id, "--external-id", key) }
        let itself = try crm.run([module, "merge", "1", isCode ? "code:A1" : "ext:EA"])
        #expect(itself.status == 2, "\(itself.errors)")
        try crm.succeed(module, "merge", "1", "2", "--yes")
        let again = try crm.run([module, "merge"] + names + ["--yes"])
        #expect(again.status == 0 && again.errors.contains("they are one already"), "\(again.errors)")
        let pair = "{\"keep\":\"\(names[0])\",\"merge\":\"\(names[1])\"}\n"
        #expect(try crm.succeed(module, "merge", "--input", "-", stdin: pair).output == "1 already merged\n")
    }

    @Test("many pairs are merged or none") func manyPairsAreMergedOrNone() throws {
        let pairs = """
            {"keep":{"id":1,"name":"Ana Ruiz"},"merge":{"id":2,"name":"Ruiz"},"score":0.9,"reasons":["email"]}
            {"keep":2,"merge":3}
            {"keep":1,"merge":3}

            """
        let refused = try crm.run(["contact", "merge", "--input", "-"], stdin: Array((pairs + "{\"keep\":1}\n").utf8))
        #expect(refused.status == 6)
        #expect(refused.output == "2 merged, 1 already merged, 1 refused; nothing was saved\n")
        #expect(try crm.succeed("contact", "list", "--count").output == "3\n")
        let merged = try crm.succeed("contact", "merge", "--input", "-", "--json", stdin: pairs)
        #expect(
            merged.output
                == "{\"rows\":3,\"merged\":2,\"already_merged\":1,\"refused\":0,\"committed\":true}\n"
        )
        #expect(try crm.succeed("contact", "list", "--format", "id").output == "1\n")
        try crm.succeed("undo")
        #expect(try crm.succeed("contact", "list", "--format", "id").output == "1\n2\n3\n")
    }

    @Test(
        "pairs of another format than is expected tell how to read them",
        arguments: [
            ("csv", "keep,merge\n1,2\n"), ("tsv", "keep\tmerge\n1\t2\n"),
            ("tsv", "keep\tkeep.name\tmerge\n1\ta,b\t2\n"),
        ]
    )
    func pairsOfAnotherFormat(format: String, pairs: String) throws {
        let refused = try crm.run(["contact", "merge", "--input", "-"], stdin: Array(pairs.utf8))
        #expect(refused.status != 0)
        #expect(refused.errors.contains("this is not JSON: read it with --input-format \(format)"))
        #expect(!refused.errors.contains("leave"))
        try crm.succeed("contact", "merge", "--input", "-", "--input-format", format, stdin: pairs)
    }

    @Test("what duplicates finds is merged in one pipe") func whatDuplicatesFindsIsMergedInOnePipe() throws {
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruíz", "--email", "ANA@example.org")
        let found = try crm.succeed("contact", "duplicates")
        #expect(found.lines.dropFirst().map { $0 } == ["1\tAna Ruiz\t4\tAna Ruíz\t0.95\tname; email"])
        #expect(found.errors == "crm: 1 pair among 4 contacts\n")
        let merged = try crm.shell("crm contact duplicates --format jsonl --quiet | crm contact merge --input -")
        #expect(merged.output == "1 merged\n")
        #expect(try crm.succeed("contact", "duplicates", "--format", "json").output == "[]\n")
    }

    @Test("modules that cannot have no such verb") func modulesThatCannotHaveNoSuchVerb() throws {
        #expect(try crm.run("asset", "merge", "1", "2").status == 2)
        #expect(try crm.run("asset", "duplicates").status == 2)
    }
}
