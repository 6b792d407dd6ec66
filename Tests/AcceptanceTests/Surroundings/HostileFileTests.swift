import Testing

/// A file that somebody has prepared, or that is damaged, is refused or told of; nothing crashes, hangs or runs in it.
@Suite struct HostileFileTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.succeed("contact", "edit", "1", "--first-name", "Ana")
    }

    /// An endless query, and an expression that takes as long.
    private static let endless = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n AS id FROM c"
    private static let long = "CASE WHEN hex(zeroblob(90)) LIKE '%0%0%0%0%0%0%0%0%0%0%0%0%1' THEN 1 END"

    @Test(
        "What others have put into the schema is not written to, and named",
        arguments: [
            ("CREATE TRIGGER t AFTER INSERT ON contact BEGIN DELETE FROM contact; END", "the trigger t"),
            ("CREATE VIEW v AS \(endless)", "the view v"),
            ("CREATE INDEX hand ON contact (title)", "the index hand"),
            ("ALTER TABLE contact ADD COLUMN g TEXT AS (\(long)) VIRTUAL", "the generated column g"),
            ("ALTER TABLE contact ADD COLUMN g TEXT AS/* UNIQUE */(\(long)) VIRTUAL", "the generated column g"),
        ]
    )
    func foreignSchema(sql: String, name: String) throws {
        try crm.sql(sql)
        let refused = try crm.shell("timeout -s KILL 20 crm contact add --last-name Paz")
        #expect(refused.status == 78)
        #expect(refused.errors.contains(name) && refused.errors.contains("--allow-foreign-schema"))
        let check = try crm.shell("timeout -s KILL 20 crm check")
        #expect(check.status == (name.contains("generated") ? 78 : 1))
        #expect((check.output + check.errors).contains(name))
        if !name.contains("generated") { #expect(try crm.succeed("contact", "list", "--count").output == "1\n") }
        try crm.sql("DROP TRIGGER IF EXISTS t")
        try crm.succeed("contact", "add", "--last-name", "Paz", "--allow-foreign-schema")
    }

    @Test("A view in the place of a table is not read", arguments: ["contact", "change_set", "setting"])
    func disguise(table: String) throws {
        try crm.sql(
            "PRAGMA legacy_alter_table = ON; ALTER TABLE \(table) RENAME TO former; CREATE VIEW \(table) AS \(Self.endless)"
        )
        for command in ["contact list", "log", "check", "contact add --last-name Paz", "backup copy"] {
            let result = try crm.shell("timeout -s KILL 20 crm \(command)")
            #expect(result.status == 78, "\(command)")
            #expect(result.errors.contains("the view \(table)"))
            #expect(!result.errors.contains("--allow-foreign-schema"))
        }
        let allowed = try crm.shell("timeout -s KILL 20 crm contact list --count --allow-foreign-schema")
        #expect(allowed.status == 78 && allowed.errors.contains("the view \(table)"), "\(allowed.errors)")
    }

    @Test(
        "History that cannot be is passed over, and told by check",
        arguments: [
            "UPDATE change_set SET undoes = id", "UPDATE change_set SET undoes = 3 - id",
            "UPDATE created SET first_id = 9, last_id = 1",
            "UPDATE created SET first_id = -9223372036854775808, last_id = 9223372036854775807",
            "UPDATE created SET last_id = 9223372036854775807",
            "UPDATE created SET first_id = 9223372036854775807, last_id = 9223372036854775807",
        ]
    )
    func history(sql: String) throws {
        try crm.sql(sql)
        for command in ["log", "log 1", "log 2 --json", "log --json", "undo --dry-run", "undo 1 --dry-run", "check"] {
            let result = try crm.shell("timeout -s KILL 20 crm \(command)")
            #expect(result.status < 128, "\(command): \(result.errors)")
        }
        #expect(try crm.run("check").status == 1)
    }

    @Test("A pipe or a device is no database", arguments: ["fifo", "/dev/zero", "/dev/null"])
    func device(path: String) throws {
        try crm.shell("mkfifo fifo")
        for command in ["contact list", "init", "contact add --last-name Paz --create", "check"] {
            let result = try crm.shell("timeout -s KILL 20 crm --db \(path) \(command)")
            #expect(result.status == 78, "\(command)")
            #expect(result.errors.contains("a pipe or a device"))
        }
    }

    @Test("Nor is it what SQLite keeps beside one, under any name", arguments: ["-journal", "-wal", "-shm"])
    func beside(suffix: String) throws {
        try crm.shell("ln -s crm.db link.db; rm -f crm.db-wal crm.db-shm; mkfifo crm.db\(suffix) new.db\(suffix)")
        for command in ["contact list", "--db link.db contact add --last-name Paz", "check", "restore kept.db"] {
            try crm.shell("cp crm.db kept.db")
            let result = try crm.shell("timeout -s KILL 20 crm \(command)")
            #expect(result.status == 78, "\(command): \(result.errors)")
            #expect(result.errors.contains("crm.db\(suffix) is a pipe or a device"), "\(command): \(result.errors)")
        }
        let new = try crm.shell("timeout -s KILL 20 crm --db new.db init")
        #expect(new.status == 78, "\(new.errors)")
    }

    @Test("Nor is it what a record or a setting names as a file", arguments: ["mkfifo", "ln -s /dev/zero"])
    func named(make: String) throws {
        try crm.shell("echo a >there; crm document add --path there --title t; rm there; \(make) there")
        let verified = try crm.shell("timeout -s KILL 20 crm document verify")
        #expect(verified.status == 1 && verified.output.contains("there is no file but a pipe"), "\(verified.errors)")
        let draft = "email draft --to a@x.example --from b@x.example --subject s --attach there"
        for command in ["document add --path there --title z", draft] {
            let result = try crm.shell("timeout -s KILL 20 crm \(command)")
            #expect(result.status == 74, "\(command): \(result.errors)")
        }
        try crm.succeed("config", "set", "company.logo", crm.file("there"))
        try crm.succeed("quote", "add", "--subject", "Laptops")
        let printed = try crm.shell("timeout -s KILL 20 crm quote print 1")
        #expect(printed.status == 0 && printed.errors.contains("without the logo"), "\(printed.errors)")
    }

    @Test("Nor a card of a folder")
    func card() throws {
        try crm.shell("mkdir cards; mkfifo cards/a.vcf")
        let result = try crm.shell("timeout -s KILL 20 crm contact import cards --input-format vcard")
        #expect(result.status == 74)
        #expect(result.errors.contains("cards/a.vcf"))
    }

    @Test(
        "Nor what is read without having been named",
        arguments: [
            ("config/crm", "config", "XDG_CONFIG_HOME=$PWD/config crm contact list", Int32(78)),
            ("events", ".crm-sync", "crm event sync events", 74),
        ]
    )
    func unnamed(folder: String, name: String, command: String, status: Int32) throws {
        try crm.shell("mkdir -p \(folder); mkfifo \(folder)/\(name)")
        let result = try crm.shell("timeout -s KILL 20 env \(command)")
        #expect(result.status == status, "\(result.errors)")
        #expect(result.errors.contains("\(folder)/\(name) is no file but a pipe"))
    }
}
