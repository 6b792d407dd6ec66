import Testing

/// A command beside another process that changes the fields of the database.
@Suite struct ChangedDefinitionsTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Paz")
    }

    /// Runs a line of shell that has to wait for a change of definitions which is not yet saved.
    private func beside(_ change: String, _ line: String) throws -> CRM.Result {
        try crm.shell(
            """
            mkfifo lines
            crm batch lines >change.out 2>&1 &
            exec 3>lines
            echo '\(change)' >&3
            while sqlite3 crm.db 'BEGIN IMMEDIATE; ROLLBACK' 2>/dev/null; do sleep 0.02; done
            sleep 0.5 & exec 3>&-
            \(line)
            status=$?
            wait
            exit $status
            """
        )
    }

    static let lines = [
        "crm contact add --last-name A --format id", "printf 'last_name\\nA\\nB\\n' | crm contact import -",
        "printf 'last_name\\nA\\n' >in.csv; crm contact import in.csv",
        "printf 'last_name\\nA\\n' >in.csv; crm contact import --journal j --batch-size 1 <in.csv",
        "mkfifo in.csv; printf 'last_name\\nA\\n' >in.csv & crm contact import in.csv",
        "printf 'last_name\\nA\\n' >in.csv; crm contact import - --dry-run <in.csv",
        "printf '{\"module\":\"contact\",\"last_name\":\"A\"}\\n' | crm apply",
        "printf 'contact add --last-name A\\n' | crm batch", "printf 'contact add --last-name A\\n' | crm batch --each",
        "printf '1\\n' | crm asset add --contact - --name S --serial S1 --format id",
        "printf 'contact,asset\\n' | crm contact link asset --input -",
        "printf 'Subject: a\\n\\nb\\n' | crm email import -", "crm contact edit 1 --title x --format id",
        "crm choice add case.category garantía", "crm field add contact zone",
    ]

    @Test("It waits for the other and then goes by the new fields, whatever it reads", arguments: lines)
    func goesOn(line: String) throws {
        let result = try beside("field add contact region --required --default x", line)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(!result.output.contains("another process") && !result.errors.contains("another process"))
        #expect(try crm.sql("SELECT count(*) FROM contact WHERE region IS NULL") == "0")
        #expect(try crm.succeed("check").errors == "crm: ok\n")
    }

    @Test("What a pipe held before is read once, from its beginning")
    func pipe() throws {
        let line = "{ printf 'last_name\\n'; seq 5000; } | crm contact import -"
        let result = try beside("field add contact region --required --default x", line)
        #expect(result.output == "5000 rows, 5000 created\n", "\(result.errors)")
        #expect(try crm.sql("SELECT count(*), count(DISTINCT last_name), min(region) FROM contact") == "5001|5001|x")
    }

    @Test("What it has told before it waited is told once")
    func notes() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.succeed("contact", "merge", "1", "2", "--yes")
        try crm.shell("mkdir -p config/crm; echo 'unknown = 1' >config/crm/config")
        let line = "crm contact edit --where 'reports_to = 2 or title is empty' --title x --yes"
        let result = try beside("field add contact region --required --default x", line)
        #expect(result.status == 0 && result.output == "1 updated\n", "\(result.errors)")
        for words in ["was merged into contact 1", "unknown"] {
            #expect(result.errorLines.count { $0.contains(words) } == 1, "\(result.errors)")
        }
    }

    @Test("An import with a journal goes on by the new fields from what it has saved, and counts all")
    func midway() throws {
        try crm.write("last_name\n" + (1...2000).map { "L\($0)\n" }.joined(), to: "in.csv")
        // It is stopped between two of its transactions.
        let result = try crm.shell(
            """
            crm contact import in.csv --journal j --batch-size 1 --json & program=$!
            while ! grep -q rows j; do sleep 0.01; done
            until kill -STOP $program && sqlite3 crm.db 'BEGIN IMMEDIATE; ROLLBACK' 2>/dev/null; do
                kill -CONT $program; sleep 0.01
            done
            crm -q field add contact region --required --default x >/dev/null
            kill -CONT $program
            wait $program
            """
        )
        #expect(result.status == 0, "\(result.errors)")
        let summary = try JSON(result.output)
        #expect(summary["rows"] == 2000 && summary["created"] == 2000, "\(result.output)")
        #expect(result.errors.contains("going on after row") && !result.errors.contains("the same command"))
        #expect(try crm.sql("SELECT count(DISTINCT last_name), count(region) FROM contact") == "2001|2001")
        #expect(!crm.has("j"))
    }

    @Test("A new choice is one that the command can give at once")
    func choice() throws {
        let line = "printf 'title,category\\nA,garantia\\n' >in.csv; crm case import in.csv --match title"
        let result = try beside("choice add case.category garantía", line)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT category FROM \"case\"") == "garantia")
    }

    @Test("An option that it has no more is one it does not know")
    func gone() throws {
        try crm.succeed("field", "add", "contact", "region")
        let result = try beside("field remove contact region", "crm contact add --last-name A --region x")
        #expect(result.status == 2 && result.errors.contains("--region"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "1")
    }
}
