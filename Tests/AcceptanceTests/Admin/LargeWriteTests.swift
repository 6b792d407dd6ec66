import Testing

/// Writes of many rows, taken back, done again and taken back once more: within 64 MB, and with the database as it was.
@Suite struct LargeWriteTests {
    private let crm: CRM

    private static let rows = 12_000

    init() throws {
        crm = try CRM()
        try crm.write(Self.generate, to: "generate.py")
    }

    /// Contacts; what parts them from their assets; of the same, every third one with some of its fields changed, a
    /// different choice of them in each row; assets; the links of both; new records as lines for apply; fewer contacts.
    private static let generate = """
        import csv, json, random, sys
        count = int(sys.argv[1])
        random.seed(7)
        fields = ["title", "department", "assistant", "description", "first_name", "mobile", "fax", "home_phone"]
        def contact(n):
            return {"external_id": f"K{n}", "last_name": f"Ruiz {n}", "email": f"p{n}@example.org", "phone": f"55 {n:08}",
                    **{field: "" for field in fields}, "first_name": f"Ana {n % 97}", "title": f"Title {n % 13}"}
        def write(name, rows):
            with open(name, "w", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        contacts = [contact(n) for n in range(count)]
        write("contacts.csv", contacts)
        write("fewer.csv", contacts[: count * 2 // 3])
        changed = [dict(row) for row in contacts]
        for row in changed[::3]:
            for field in random.sample(fields, random.randrange(1, len(fields))):
                row[field] = f"55 1{random.randrange(10**7):07}" if field in ("mobile", "fax", "home_phone") else "other"
        write("changed.csv", changed)
        write("assets.csv", [{"name": "Laptop", "serial": f"S{n}"} for n in range(count)])
        write("links.csv", [{"contact.external_id": f"K{n}", "asset.serial": f"S{n}", "role": "user"} for n in range(count)])
        write("parted.csv", [{"contact.external_id": f"K{n}", "asset.serial": f"S{n}"} for n in range(count)])
        with open("lines.jsonl", "w") as file:
            for n in range(count):
                line = {"module": "case", "ref": f"c{n}", "title": f"Case {n}", "external_id": f"C{n}"}
                print(json.dumps(line), file=file)
                print(json.dumps({"link": "case", "contact": f"ext:K{n}", "record": f"ref:c{n}", "role": "reporter"}), file=file)
        """

    /// What the whole database says, but for when records were last changed, and for counters, which no undo puts back.
    private var contents: String {
        get throws {
            let settled = #"grep -v '^{"counter"' | sed 's/"updated_at":"[^"]*"//'"#
            return try crm.shell("crm export | \(settled) | cksum").output
        }
    }

    private func run(_ command: String) throws {
        let (result, kilobytes) = try crm.measuring(command)
        #expect(result.status == 0, "\(command): \(result.errors)")
        #expect(kilobytes < 64 * 1024, "\(command)")
    }

    @Test("each comes back as it was, and is done again as it was done")
    func everyWrite() throws {
        try crm.shell("python3 generate.py \(Self.rows)")
        let commands = [
            "crm contact import contacts.csv",
            "crm asset import assets.csv",
            "crm field add contact folio --type code --default 'F-{n:6}' --key",
            "crm contact link asset --input links.csv",
            "crm contact edit --where 'external_id ~ K' --department Compras --yes",
            "crm contact unlink asset --input parted.csv",
            "crm contact delete --where 'external_id ~ K' --force",
            "crm contact import changed.csv --match external_id",
            "crm config set country MX",
            "crm apply lines.jsonl",
            "crm contact import fewer.csv --match external_id --delete-missing --force",
        ]
        for command in commands {
            let before = try contents
            try run(command)
            let after = try contents
            #expect(before != after, "\(command)")
            let newest = try #require(Int(try crm.sql("SELECT max(id) FROM change_set")))
            try run("crm undo \(newest)")
            #expect(try contents == before, "undo of \(command)")
            try run("crm undo \(newest + 1)")
            #expect(try contents == after, "redo of \(command)")
            try run("crm undo \(newest + 2)")
            #expect(try contents == before, "the redo of \(command) taken back")
            try run("crm undo \(newest + 3)")
        }
        #expect(try crm.succeed(["check"]).output.contains("error") == false)
    }

    @Test("taken back leave what was changed since, and what records are called follows")
    func followedChanges() throws {
        let rows = 1...700
        func csv(_ header: String, _ row: (Int) -> String) -> String {
            ([header] + rows.map(row)).joined(separator: "\n") + "\n"
        }
        try crm.write(
            csv("external_id,first_name,last_name,title") { "K\($0),Ana,Ruiz \($0),Head" },
            to: "base.csv"
        )
        try crm.write(
            csv("external_id,last_name,title") { $0 % 2 == 1 ? "K\($0),Sol \($0),Head" : "K\($0),Ruiz \($0),CFO" },
            to: "changed.csv"
        )
        try crm.succeed("contact", "import", "base.csv")
        try crm.succeed("contact", "import", "changed.csv", "--match", "external_id")
        try crm.succeed("contact", "edit", "1", "--first-name", "Zoe")
        try crm.succeed("contact", "edit", "2", "--description", "kept")
        try crm.succeed("undo", "2")
        #expect(
            try crm.sql("SELECT name, title, ifnull(description, '') FROM contact ORDER BY id LIMIT 3")
                == "Zoe Ruiz 1|Head|\nAna Ruiz 2|Head|kept\nAna Ruiz 3|Head|"
        )
        #expect(try crm.succeed("contact", "list", "-w", "name ~ Sol or title = CFO", "--count").output == "0\n")
        #expect(try crm.json("contact", "list", "-w", "name = \"zoe ruiz 1\"").elements.count == 1)
        try crm.succeed("undo", "5")
        #expect(try crm.succeed("contact", "list", "-w", "title = CFO", "--count").output == "350\n")
        #expect(try crm.sql("SELECT name FROM contact WHERE id = 1") == "Zoe Sol 1")
        #expect(try crm.succeed("check").output.contains("error") == false)
    }
}
