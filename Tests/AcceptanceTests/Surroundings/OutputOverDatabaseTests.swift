import Testing

/// No file that a command writes may be the database: nothing would be left of it.
@Suite struct OutputOverDatabaseTests {
    @Test(
        "is refused, whatever leads to it, and the database stays",
        arguments: [
            "crm export -o crm.db", "crm contact export -o ./crm.db", "crm contact export -o link.db",
            "crm contact export --format vcard -o crm.db", "crm export -o crm.db-wal",
            "crm contact import in.csv --continue-on-error --rejects crm.db",
            "crm contact import in.csv --continue-on-error --rejects link.db --dry-run",
            "crm contact import in.csv --continue-on-error --rejects crm.db-journal",
            "crm contact import in.csv --continue-on-error --journal crm.db-wal",
            "crm backup crm.db", "crm backup crm.db-journal", "crm backup dangling",
            "crm --db link.db export -o crm.db-journal",
            "crm export >>crm.db", "crm contact edit 1 --last-name Paz >>link.db", "crm contact list 2>>crm.db",
            "crm contact list --nowhere 2>>crm.db", "crm contcat 2>>link.db", "crm 2>>crm.db-wal",
            "crm contact list --nowhere >>crm.db", "crm --help >>crm.db", "crm --version >>crm.db-shm",
            "crm contact list --nowhere >>crm.db 2>>crm.db",
        ]
    )
    func refused(command: String) throws {
        let crm = try CRM()
        try crm.succeed(["contact", "add", "--last-name", "Ruiz"])
        try crm.shell("ln -s crm.db link.db; ln -s crm.db-journal dangling")
        try crm.write("last_name,email\nVega,none\n", to: "in.csv")
        // A reader keeps the files that SQLite has beside the database.
        let result = try crm.shell(
            """
            mkfifo hold; sqlite3 crm.db 'BEGIN; SELECT count(*) FROM contact;' '.read hold' >seen & exec 3>hold
            while [ ! -s seen ]; do sleep 0.02; done
            wc -c crm.db crm.db-wal crm.db-shm >before; { \(command); } 2>&1; status=$?
            wc -c crm.db crm.db-wal crm.db-shm >after; exec 3>&-; wait; exit $status
            """
        )
        let isTold = !command.contains("2>>")
        #expect(result.status == 2, "\(result.output)")
        #expect(!isTold || result.output.contains("would overwrite the database"), "\(result.output)")
        #expect(try crm.sql("SELECT last_name FROM contact") == "Ruiz")
        #expect(try crm.shell("tail -c 200 crm.db | grep -c overwrite").status == 1)
        #expect(try crm.shell("cmp before after").status == 0)
    }

    @Test(
        "Nor is it what the command reads",
        arguments: [
            "crm contact import in.csv --continue-on-error --rejects in.csv",
            "crm contact import --continue-on-error --rejects in.csv <in.csv",
            "crm contact import cards --continue-on-error --rejects cards/a.vcf",
            "crm contact import in.csv --journal in.csv",
            "crm quote print 1 --template in.csv -o in.csv",
            "crm email draft --to a@x.example --from b@x.example --subject s --body in.csv -o in.csv",
            """
            printf 'Subject: s\\n\\nhello\\n' >t
            crm email draft --to a@x.example --from b@x.example --template t -o ./t
            """,
            "crm email draft --to a@x.example --from b@x.example --subject s --attach in.csv -o in.csv",
            "crm email draft --to a@x.example --from b@x.example --subject s --body in.csv -o in.csv --dry-run",
            "crm document add --path in.csv --title t && crm document cat 1 -o in.csv",
            """
            crm document add --path in.csv --title t
            crm email draft --to a@x.example --from b@x.example --subject s --attach document:1 -o in.csv
            """,
            "echo 'contact export -o lines' >lines; crm batch --each lines; test $? = 6 && grep -q . lines; exit 2",
        ]
    )
    func input(command: String) throws {
        let crm = try CRM()
        try crm.succeed(["quote", "add", "--subject", "Laptops"])
        try crm.write("last_name,email\nVega,none\n", to: "in.csv")
        try crm.shell("mkdir cards; printf 'BEGIN:VCARD\\nVERSION:3.0\\nFN:Ana\\nEND:VCARD\\n' >cards/a.vcf")
        let before = try crm.shell("cat in.csv cards/a.vcf").output
        let result = try crm.shell(command)
        #expect(result.status == 2, "\(result.errors)")
        #expect((result.errors + result.output).contains("would overwrite the input"))
        #expect(try crm.shell("cat in.csv cards/a.vcf").output == before)
    }

    @Test(
        "Nor is it the configuration, or a file of another option",
        arguments: [
            ("crm contact import in.csv --rejects config/crm/config", "--rejects would overwrite the configuration"),
            ("crm contact export -o ./config/crm/config", "--output would overwrite the configuration"),
            ("crm contact import in.csv --journal config/crm/config", "--journal would overwrite the configuration"),
            (
                "crm contact import in.csv --rejects new --journal ./new",
                "--journal would overwrite the file of --rejects"
            ),
            (
                "ln -s new link; crm contact import in.csv --rejects new --journal link",
                "overwrite the file of --rejects"
            ),
            ("ln -s other link; crm contact import in.csv --journal link", "link is a link, and a journal is not one"),
        ]
    )
    func others(command: String, words: String) throws {
        let crm = try CRM()
        try crm.write("last_name,email\nVega,none\nPaz,\n", to: "in.csv")
        try crm.succeed("config", "set", "language", "en")
        let before = try crm.shell("cat config/crm/config; ls new other 2>&1").output
        let result = try crm.shell(command)
        #expect(result.status == 2 && result.errors.contains(words), "\(result.errors)")
        #expect(try crm.shell("cat config/crm/config; ls new other 2>&1").output == before)
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
    }

    @Test(
        "A path that is empty is none",
        arguments: [
            "--db '' contact list", "backup ''", "backup --rotate ''", "contact export -o ''", "export --output=",
            "salvage crm.db -o ''", "salvage '' -o new.db", "restore ''", "contact import ''", "apply ''", "batch ''",
            "contact import in.csv --journal ''", "contact import in.csv --rejects ''", "document add ''",
        ]
    )
    func empty(line: String) throws {
        let crm = try CRM()
        try crm.write("last_name\nVega\n", to: "in.csv")
        let before = try crm.shell("ls").output
        let result = try crm.shell("crm \(line)")
        #expect(result.status == 2, "\(result.errors)")
        #expect(result.errors.hasPrefix("crm: the path given for ") && result.errors.contains(" is empty\n"))
        #expect(try crm.shell("ls").output == before)
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
    }
}
