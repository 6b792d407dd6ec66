import Foundation
import Testing

/// SIGKILL in the middle of a write: the file is as it was, or as the command would have left it, and the command can
/// be given again.
@Suite("A command that is killed") struct KilledTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    /// Enough that every command takes a while.
    private static let rows = 4_000

    /// Runs a command to its end, and then again and again on the file as it was, killed at moments spread over that
    /// time.
    ///
    /// - Parameters:
    ///   - line: the command, in a shell.
    ///   - state: what tells whether it was done, as a query.
    private func killed(_ line: String, telling state: String) throws {
        func prepare() throws { try crm.shell("rm -rf crm.db* .crm.db*; cp before.db crm.db") }
        try crm.shell("sqlite3 crm.db 'PRAGMA wal_checkpoint(TRUNCATE)'; cp crm.db before.db")
        let before = try crm.sql(state)
        let start = Date.now
        let whole = try crm.shell(line)
        let duration = Date.now.timeIntervalSince(start)
        #expect(whole.status == 0, "\(whole.errors)")
        let after = try crm.sql(state)
        #expect(after != before)
        var wasKilled = false
        for part in 1...8 {
            try prepare()
            let moment = duration * Double(part) / 9
            let result = try crm.shell("timeout --foreground -s KILL \(moment) \(line)")
            wasKilled = wasKilled || result.status == 137
            // The next to open the file finds what was committed, and takes back what was not.
            let left = try crm.sql(state)
            #expect(left == before || left == after, "after \(moment) s: \(left)")
            if left == before { #expect(try crm.shell(line).status == 0) }
            #expect(try crm.sql(state) == after)
            #expect(try crm.run("check").status == 0)
        }
        #expect(wasKilled)
    }

    private static let contents = """
        SELECT (SELECT count(*) FROM contact), (SELECT coalesce(max(title), '') FROM contact), \
        (SELECT count(*) FROM change_set)
        """

    private func fill() throws {
        let lines = (1...Self.rows).map { "K\($0),Ruiz \($0),p\($0)@example.org" }
        try crm.write((["external_id,last_name,email"] + lines).joined(separator: "\n") + "\n", to: "in.csv")
    }

    @Test("A killed import leaves all or nothing, and can be given again") func importing() throws {
        try fill()
        try killed("crm contact import in.csv", telling: Self.contents)
    }

    @Test("A killed undo leaves all or nothing, and can be given again") func undoing() throws {
        try fill()
        try crm.succeed("contact", "import", "in.csv")
        try killed("crm undo 1", telling: Self.contents)
    }

    @Test("A killed apply leaves all or nothing, and can be given again") func applying() throws {
        let lines = (1...Self.rows).map { #"{"module":"contact","external_id":"K\#($0)","last_name":"Ruiz \#($0)"}"# }
        try crm.write(lines.joined(separator: "\n"), to: "in.jsonl")
        try killed("crm apply in.jsonl", telling: Self.contents)
    }

    /// Puts a file of the first format in the place of the database.
    private func makeFirstFormat(rows: Int) throws {
        let format = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("CRMKitTests/Store/Files/format-1.sql").path
        let more = """
            WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < \(rows)) \
            INSERT INTO contact (id, name, name_match, last_name, last_name_match, do_not_call, email_opt_out, \
            created_at, updated_at) SELECT i, 'Ruiz ' || i, 'ruiz ' || i, 'Ruiz ' || i, 'ruiz ' || i, 0, 0, \
            '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' FROM n
            """
        try crm.shell("rm crm.db*; sqlite3 crm.db < '\(format)'; sqlite3 crm.db \"\(more)\"")
        #expect(try crm.sql("PRAGMA user_version") == "1")
    }

    @Test("An upgrade of a file of the first format, which leaves the copy whole or none")
    func upgrading() throws {
        try makeFirstFormat(rows: Self.rows)
        try killed("crm contact list --limit 1", telling: "PRAGMA user_version")
        #expect(try crm.shell("ls .crm.db*").output == "")
        let copy = try crm.shell("sqlite3 crm.db.format-1.backup 'PRAGMA user_version; PRAGMA quick_check'")
        #expect(copy.output == "1\nok\n")
    }

    @Test("The copy that an upgrade makes can be opened by those who can open the database")
    func accessOfCopy() throws {
        try makeFirstFormat(rows: 100)
        try crm.shell("chmod 660 crm.db")
        try crm.succeed("contact", "list", "--count")
        #expect(try crm.shell("stat -c %a crm.db.format-1.backup").output == "660\n")
    }

    @Test(
        "An upgrade for which there is no room leaves the file as it was, and says what it needs",
        arguments: [("en", "of an earlier version"), ("es", "de una versión anterior")]
    )
    func upgradeWithoutRoom(language: String, told: String) throws {
        try makeFirstFormat(rows: 2_000)
        let before = try crm.read("crm.db")
        let result = try crm.shell("ulimit -f 100; crm contact list --lang \(language)")
        #expect(result.status == 74 && result.errors.contains(told), "\(result.errors)")
        #expect(try crm.read("crm.db") == before)
        #expect(try crm.shell("ls -A | grep -c backup").output == "0\n")
    }

    @Test(
        "An upgrade that Ctrl-C or SIGTERM ends leaves the file as it was and nothing beside it",
        arguments: ["INT", "TERM"]
    )
    func stoppedUpgrade(signal: String) throws {
        try makeFirstFormat(rows: 60_000)
        let result = try crm.shell(
            """
            env --default-signal=INT,TERM crm contact list --limit 1 & program=$!
            until ls -A | grep -q '^\\.crm\\.db\\.format-1\\.backup\\..*\\.draft$'; do sleep 0.01; done
            kill -\(signal) $program
            wait $program
            """
        )
        #expect(result.status == 130)
        #expect(result.errors == "crm: interrupted; nothing was saved\n")
        #expect(result.output == "")
        #expect(try crm.shell("ls -A | grep crm.db").output == "crm.db\n")
        #expect(try crm.sql("PRAGMA user_version") == "1")
        #expect(try crm.run("contact", "list", "--limit", "1").status == 0)
    }
}
