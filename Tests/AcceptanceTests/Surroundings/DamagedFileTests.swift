import Foundation
import Testing

/// A file of which something is missing or cannot be read: every command says so in the program's words, and what can
/// be read comes out.
@Suite struct DamagedFileTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("contact", "--last-name", "Paz")
    }

    @Test(
        "What lacks a table or a column is told as damaged",
        arguments: ["DROP TABLE setting", "DROP TABLE contact_point", "ALTER TABLE contact DROP COLUMN department"]
    )
    func missing(sql: String) throws {
        try crm.sql(sql)
        for command in ["export", "contact show 1", "check --repair", "contact edit 1 --title Boss"] {
            let result = try crm.shell("crm \(command)")
            #expect(result.status == 78, "\(command): \(result.errors)")
            #expect(result.errors.contains("is missing") && result.errors.contains("crm salvage"), "\(result.errors)")
            #expect(!result.errors.contains("SELECT") && !result.errors.contains("SQLite"), "\(result.errors)")
        }
        let check = try crm.run("check")
        #expect(check.status == 1 && check.output.contains(" is missing"), "\(check.output)\(check.errors)")
    }

    @Test("A missing index is made anew by a repair")
    func missingIndex() throws {
        try crm.sql("DROP INDEX contact_name_match")
        #expect(try crm.run("check").status == 1)
        let repaired = try crm.succeed("check", "--repair")
        #expect(repaired.errors.contains("indexes made anew: 1"))
        try crm.succeed("check")
    }

    @Test("A file that is refused for writing is searched")
    func search() throws {
        try crm.succeed("search", "Ruiz")
        try crm.sql("CREATE INDEX hand ON contact (title)")
        try crm.succeed("contact", "add", "--last-name", "Ruiz Soto", "--allow-foreign-schema")
        #expect(try crm.succeed("search", "Ruiz", "--count").output == "2\n")
    }

    @Test(
        "A disk that fails while it is read is an error of reading, and says nothing of backups",
        .enabled(if: CRM.canTrace, "no process can be traced here")
    )
    func failingDisk() throws {
        var failures = 0
        for number in [1, 2, 3, 4, 6, 8, 10, 12, 14, 16] {
            let result = try crm.shell(
                "strace -f -qq -o /dev/null -e inject=pread64:error=EIO:when=\(number)+ \"$(command -v crm)\" contact list"
            )
            // Before the database is opened the program itself is loaded.
            guard result.status != 0, !result.errors.contains("shared libraries") else { continue }
            failures += 1
            #expect(result.status == 74, "\(number): \(result.status) \(result.errors)")
            #expect(!result.errors.contains("restore") && !result.errors.contains("damaged"), "\(result.errors)")
        }
        #expect(failures > 0)
    }

    @Test("A copy that lacks the marks of the program is told, and comes out whole")
    func unmarked() throws {
        try crm.sql("PRAGMA application_id = 0; PRAGMA user_version = 0")
        for command in ["contact list", "contact add --last-name Sol"] {
            let result = try crm.shell("crm \(command)")
            #expect(result.status == 78, "\(result.errors)")
            #expect(result.errors.contains("application_id and user_version"), "\(result.errors)")
            #expect(result.errorLines.last?.contains("crm salvage ") == true, "\(result.errors)")
        }
        // The advice can be pasted also where the path has blanks.
        let advised = try crm.shell(
            """
            mkdir 'my dir' && cp crm.db 'my dir/a b.db' && \
            eval "$(crm --db 'my dir/a b.db' contact list 2>&1 | sed -n 's/.*: copy it with //; s/NEW$/pasted.db/p')"
            """
        )
        #expect(advised.status == 0 && crm.has("pasted.db"), "\(advised.errors)")
        let salvaged = try crm.succeed("salvage", crm.database, "-o", "all.db")
        #expect(salvaged.errors.contains("nothing was lost"), "\(salvaged.errors)")
        #expect(try crm.succeed("--db", "all.db", "contact", "list", "--count").output == "2\n")
        #expect(try crm.succeed("--db", "all.db", "check").status == 0)
    }

    @Test("What can be read of it comes out into a new file, and what is lost is told")
    func salvage() throws {
        try crm.shell("seq -f 'Person %g' 1 2000 | sed '1i last_name' | crm contact import; crm backup whole.db")
        let whole = try crm.succeed("salvage", "whole.db", "-o", "all.db")
        #expect(whole.errors.contains("nothing was lost"))
        #expect(try crm.succeed("--db", "all.db", "contact", "list", "--count").output == "2002\n")
        // The header goes, and the last third of the file.
        try crm.shell(
            """
            cp whole.db damaged.db; dd if=/dev/zero of=damaged.db bs=100 count=1 conv=notrunc status=none
            truncate -s $(($(stat -c %s damaged.db) * 2 / 3)) damaged.db; cp damaged.db before.db
            """
        )
        #expect(try crm.run("--db", "damaged.db", "contact", "list").status == 78)
        let result = try crm.run("salvage", "damaged.db", "--output", "new.db", "--json")
        #expect(result.status == 6, "\(result.errors)")
        #expect(result.output.contains(#""table":"contact","read":"#))
        #expect(try crm.shell("cmp damaged.db before.db; ls -a | grep -c draft").output == "0\n")
        #expect(try crm.succeed("--db", "new.db", "check").errors.contains("ok"))
        #expect(try crm.run("salvage", "damaged.db", "-o", "new.db").status == 5)
        #expect(try crm.run("salvage", "damaged.db", "-o", "damaged.db").status == 2)
        #expect(try crm.run("salvage", "damaged.db").status == 2)
        #expect(try crm.run("salvage", "nothing.db", "-o", "other.db").status == 3)
        let spanish = try crm.run("salvage", "damaged.db", "-o", "otra.db", "--lang", "es")
        #expect(spanish.errors.contains("filas leídas"))
    }

    @Test(
        "Of what it holds that no database can have, the rest comes out, and is sound",
        arguments: [
            "UPDATE change SET table_name = 'conxact' WHERE id = 1",
            "UPDATE created SET table_name = 'conxact'",
            "UPDATE change_set SET id = -24 WHERE id = 2",
            "UPDATE change_set SET at = 'yesterday' WHERE id = 2",
            """
            UPDATE sqlite_schema SET sql = \
            replace(sql, '"title" TEXT', '"title" TEXT GENERATED ALWAYS AS (''x'') STORED') WHERE name = 'contact'
            """,
            "ALTER TABLE contact ADD COLUMN twice TEXT AS (last_name || last_name)",
            replacing(#""title" TEXT"#, by: #""title" TEXT CHECK (title IS NULL)"#),
            replacing(#""title" TEXT"#, by: #""title" BLOB"#),
            replacing(#""last_name" TEXT NOT NULL"#, by: #""last_name" TEXT COLLATE NOCASE NOT NULL"#),
            replacing(#"REFERENCES "organization""#, by: #"REFERENCES "nowhere""#),
            replacing(") STRICT", by: ", CHECK (id < 1)) STRICT"),
            replacing(") STRICT", by: ")"),
        ]
    )
    func impossible(_ statement: String) throws {
        try crm.succeed("contact", "edit", "1", "--title", "Boss")
        try crm.sql("PRAGMA writable_schema = ON; PRAGMA foreign_keys = OFF; \(statement)")
        let result = try crm.run("salvage", "crm.db", "-o", "new.db")
        #expect(result.status == 0 || result.status == 6, "\(result.errors)")
        #expect(try crm.succeed("--db", "new.db", "check").errors.contains("ok"))
        let words = ["--db", "new.db", "contact", "list", "--columns", "title", "--where", "id = 1", "--no-header"]
        #expect(try crm.succeed(words).output == "Boss\n")
        try crm.succeed("--db", "new.db", "contact", "edit", "1", "--title", "x")
    }

    /// Returns a statement that changes what the schema says of the contacts.
    private static func replacing(_ text: String, by other: String) -> String {
        "UPDATE sqlite_schema SET sql = replace(sql, '\(text)', '\(other)') WHERE name = 'contact'"
    }

    @Test("What is no file, or no line of text, is told in words that help") func otherFiles() throws {
        let pipe = try crm.shell("mkfifo pipe; timeout 20 crm salvage pipe -o new.db")
        #expect(pipe.status == 78 && pipe.errors.contains("a pipe or a device"), "\(pipe.errors)")
        let batch = try crm.shell("printf 'contact list\\000\\n' >lines; crm batch lines")
        #expect(batch.errors.contains("NUL byte: save the text as UTF-8"), "\(batch.errors)")
        #expect(!batch.errors.contains("--encoding"))
    }
}
