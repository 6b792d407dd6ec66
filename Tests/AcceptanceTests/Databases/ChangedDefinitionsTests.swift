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
