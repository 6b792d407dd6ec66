import Testing

/// Output that cannot be written is never a success.
@Suite struct OutputFailureTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    private func fill() throws {
        try crm.sql(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO contact (last_name, name, description, created_at, updated_at)
            SELECT 'C' || i, 'C' || i, 'some words to fill a pipe', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' FROM n
            """
        )
    }

    @Test("A file that cannot be written is named", arguments: ["-o big.csv", "--format vcard -o cards.vcf"])
    func unwrittenFile(output: String) throws {
        try fill()
        let result = try crm.shell("ulimit -f 200; crm contact export \(output)")
        let name = output.split(separator: " ").last ?? ""
        #expect(result.status == 74 && result.errors == "crm: \(name): File too large\n", "\(result.errors)")
        #expect(try !crm.names().contains { $0.contains(name) })
    }

    @Test("A closed pipe ends it in silence", arguments: ["table", "csv", "json", "jsonl", "markdown", "id"])
    func closedPipe(_ format: String) throws {
        try fill()
        let result = try crm.shell("{ crm contact list --format \(format); echo $? > status; } | head -n 1")
        #expect(result.lines.count == 1)
        #expect(result.errors == "")
        let status = String(decoding: try crm.read("status"), as: UTF8.self)
        #expect(format == "id" ? ["0\n", "141\n"].contains(status) : status == "141\n")
    }

    @Test("A write whose result nobody reads stands, and that is told")
    func unreadPipe() throws {
        let line = "{ sleep 0.2; crm contact add --last-name Nuevo; echo $? > status; } | true"
        #expect(try crm.shell(line).errors == "crm: the reader of the output went away; saved as 6\n")
        #expect(String(decoding: try crm.read("status"), as: UTF8.self) == "141\n")
        #expect(try crm.succeed("contact", "list", "--count").output == "6\n")
    }

    @Test("Notices that nobody reads end it as rows that nobody reads do")
    func unreadNotices() throws {
        let line = "{ sleep 0.2; crm contact merge 1 2 --format id; echo $? > status; } 2>&1 >/dev/null | true"
        #expect(try crm.shell(line).errors == "")
        #expect(String(decoding: try crm.read("status"), as: UTF8.self) == "141\n")
    }

    @Test(
        "A batch whose results nobody reads tells how far it came",
        arguments: [("", "nothing was saved", 5), ("--each", "stopped after line", nil)] as [(String, String, Int?)]
    )
    func unreadBatch(option: String, words: String, count: Int?) throws {
        try crm.shell("seq 500 | sed 's/^/contact add --last-name N/' > lines")
        let result = try crm.shell("{ crm batch \(option) lines; echo $? > status; } | head -n 1")
        #expect(result.errors.contains("the reader of the output went away; \(words)"), "\(result.errors)")
        #expect(String(decoding: try crm.read("status"), as: UTF8.self) == "141\n")
        if let count { #expect(try crm.succeed("contact", "list", "--count").output == "\(count)\n") }
    }

    @Test(
        "A full disk is told",
        arguments: [
            "contact list", "contact show 1", "contact list --json", "contact list --count", "contact links 1",
            "--help",
            "--version", "contact add --last-name x --dry-run",
        ]
    )
    func fullDisk(_ line: String) throws {
        let result = try crm.shell("crm \(line) > /dev/full")
        #expect(result.status == 74)
        #expect(result.errors.contains("could not write: No space left on device"))
        #expect(try crm.succeed("contact", "list", "--count").output == "5\n")
    }

    @Test("A write that could not be printed stands, and its id is told")
    func savedButUnwritten() throws {
        let added = try crm.shell("crm contact add --last-name Nuevo > /dev/full")
        #expect(added.status == 74)
        #expect(added.errors == "crm: saved as 6, but could not write: No space left on device\n")
        #expect(try crm.json("contact", "show", "6")["last_name"] == "Nuevo")

        let json = try crm.shell(
            "printf '1\\n2\\n' | crm opportunity add --contact - --name R --amount 1 --close-date 2026-12-31 "
                + "--stage proposal --json > /dev/full"
        )
        #expect(json.status == 74)
        let error = try JSON(json.errorBytes)["error"]
        #expect(error?["code"] == "io")
        #expect(error?["message"]?.string?.contains("3, 4") == true)
        #expect(try crm.succeed("opportunity", "list", "--count").output == "4\n")

        let edited = try crm.shell("crm contact edit 1 --title Nueva > /dev/full")
        #expect(edited.status == 74)
        #expect(edited.errors.contains("saved as 1"))
        #expect(try crm.json("contact", "show", "1")["title"] == "Nueva")
    }

    @Test("A link or deletion that could not be reported stands, and that is told")
    func doneButUnwritten() throws {
        for line in [
            "crm contact link asset 4 1", "crm contact unlink asset 4 1 --json", "crm contact delete 4 --json",
        ] {
            let result = try crm.shell("\(line) > /dev/full")
            #expect(result.status == 74, "\(line)")
            #expect(result.errors.contains("saved, but could not write"), "\(line): \(result.errors)")
        }
        #expect(try crm.run("contact", "show", "4").status == 3)
    }

    @Test("Closed streams are told where there is a stream to tell it on, and harm no file")
    func closedStreams() throws {
        #expect(try crm.shell("crm contact list >&-").status == 74)
        let added = try crm.shell("crm contact add --last-name Nuevo >&-")
        #expect(added.status == 74)
        #expect(added.errors.contains("saved as 6"))
        #expect(try crm.shell("crm contact add --last-name Otro <&- >&- 2>&-").status == 74)
        #expect(try crm.shell("crm contact list --count <&-").output == "7\n")
        #expect(try crm.shell("crm contact show 99 2>&-").status == 3)
        #expect(try crm.sql("PRAGMA integrity_check") == "ok")
    }

    @Test("Standard error that cannot be written changes no exit status")
    func fullErrors() throws {
        #expect(try crm.shell("crm contact show 99 2> /dev/full").status == 3)
    }
}
