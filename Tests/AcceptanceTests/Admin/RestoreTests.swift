import Foundation
import Testing

@Suite("A backup")
struct RestoreTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "First")
        try crm.shell("mkdir copies")
    }

    private var contacts: String {
        get throws { try crm.succeed("contact", "list", "--columns", "name", "--no-header").output }
    }

    @Test("of a rotation is called by date, and outdated ones go once it is there")
    func rotation() throws {
        let earlier = [
            "20250601T120000Z", "20250615T120000Z", "20250701T120000Z", "20251101T120000Z", "20251102T120000Z",
        ]
        for moment in earlier { try crm.shell("cp crm.db copies/crm-\(moment).backup") }
        try crm.shell("cp crm.db copies/other-20200101T000000Z.backup; echo mine >copies/crm-notes.backup")
        let report = try crm.json("backup", "--rotate", "copies", "--keep", "1d,3m")
        let kept = try crm.names(in: "copies")
        #expect(kept.contains("crm-20251102T120000Z.backup") && kept.contains("crm-20250701T120000Z.backup"))
        #expect(kept.contains("other-20200101T000000Z.backup") && kept.contains("crm-notes.backup"))
        #expect(kept.count == 5, "\(kept)")
        #expect(report["kept"]?.integer == 3)
    }

    @Test("of a rotation stays, though an earlier one has a moment in the future from a wrong clock")
    func wrongClock() throws {
        for moment in ["20250601T120000Z", "20990101T120000Z"] {
            try crm.shell("cp crm.db copies/crm-\(moment).backup")
        }
        let report = try crm.json("backup", "--rotate", "copies", "--keep", "1d")
        #expect(report["kept"]?.integer == 2)
        let kept = try crm.names(in: "copies")
        #expect(kept.count == 2 && kept.contains("crm-20990101T120000Z.backup"), "\(kept)")
        #expect(!kept.contains("crm-20250601T120000Z.backup"))
    }

    @Test("of a rotation is told where an earlier one cannot be removed")
    func unremovable() throws {
        guard getuid() == 0 else { return }
        let setpriv = try Peer("setpriv").path
        try crm.shell("cp crm.db copies/crm-20250601T120000Z.backup; chmod 644 copies/*; chmod 1777 copies")
        try crm.shell("chmod 777 . && chown 65532 crm.db")
        let rotate = "crm backup --rotate copies --keep 1d"
        let result = try crm.shell("\(setpriv) --reuid 65532 --regid 65532 --clear-groups sh -c '\(rotate)'")
        #expect(result.status == 74 && result.errors.contains("the new backup is complete: "), "\(result.errors)")
        #expect(try crm.names(in: "copies").count == 2)
    }

    @Test("of a rotation is made however many others were made in the same second")
    func rotationAtOnce() throws {
        for _ in 0..<4 { try crm.succeed("backup", "--rotate", "copies", "--keep", "1d") }
        #expect(try crm.names(in: "copies").count == 1)
        let rotate = "crm backup --rotate copies --keep 9y"
        let other = try crm.shell("\(rotate) & \(rotate); wait $!")
        #expect(other.status == 0, "\(other.errors)")
    }

    @Test("that cannot be made takes no other away", arguments: ["0d", "7", "d", "7d,", "7x", "-1d"])
    func refusedRotation(_ keep: String) throws {
        try crm.shell("cp crm.db copies/crm-20200101T000000Z.backup")
        #expect(try crm.run("backup", "--rotate", "copies", "--keep=\(keep)").status == 2)
        #expect(try crm.run("backup", "--rotate", "nowhere").status == 74)
        #expect(try crm.run("backup").status == 2)
        #expect(try crm.names(in: "copies") == ["crm-20200101T000000Z.backup"])
    }

    @Test("of a rotation waits for others into the same folder")
    func together() throws {
        let rotate = "crm backup --rotate . --keep 1d --quiet || echo failed"
        let result = try crm.shell("for i in 1 2 3 4 5 6; do \(rotate) & done; wait")
        #expect(result.output == "" && result.errors == "")
        #expect(try crm.shell("ls | grep -c '[.]backup$'").output == "1\n")
    }

    @Test("that is empty, or of a format that none has, is told so")
    func noBackup() throws {
        try crm.shell(": >empty.db")
        #expect(try crm.run("restore", "empty.db").errors.contains("empty.db is empty"))
        try crm.sql("PRAGMA user_version = 99999")
        let list = try crm.run("contact", "list")
        #expect(list.status == 78 && list.errors.contains("its format is 99999"), "\(list.errors)")
    }

    @Test("that finds no room is named, not the database, which has its own")
    func noRoom() throws {
        let result = try crm.shell("ulimit -f 100; crm backup copies/new.db")
        #expect(result.status == 74 && result.errors.hasPrefix("crm: copies/new.db: "), "\(result.errors)")
        #expect(try crm.names(in: "copies").isEmpty)
    }

    @Test("comes back for all who could open the database, and for nobody else", arguments: ["660", "644", "600"])
    func access(mode: String) throws {
        try crm.succeed("backup", "copy.db")
        try crm.shell("chmod \(mode) crm.db")
        try crm.succeed("restore", "copy.db")
        #expect(try crm.shell("stat -c %a crm.db").output == "\(mode)\n")
        #expect(try crm.shell("stat -c %a copy.db").output == "600\n")
    }

    @Test("comes back, and what was there is kept beside it")
    func restoring() throws {
        try crm.succeed("backup", "copy.db")
        try crm.add("contact", "--last-name", "Second")
        let report = try crm.json("restore", "copy.db")
        #expect(try contacts == "First\n")
        let kept = try #require(report["kept"]?.string)
        #expect(kept.contains(".before-restore-"))
        #expect(!FileManager.default.fileExists(atPath: crm.file("copy.db-shm")))
        try crm.succeed("restore", kept)
        #expect(try contacts == "First\nSecond\n")
        try crm.succeed("check")
    }

    @Test("comes back over a damaged database")
    func damagedDatabase() throws {
        try crm.succeed("backup", "copy.db")
        try crm.shell("rm -f crm.db-wal crm.db-shm; head -c 20000 /dev/urandom >crm.db")
        #expect(try crm.run("contact", "list").status == 78)
        try crm.succeed("restore", "copy.db")
        #expect(try contacts == "First\n")
    }

    @Test("that is damaged, or none, changes nothing", arguments: ["damaged", "text", "missing", "crm.db", "folder"])
    func unusable(_ name: String) throws {
        try crm.succeed("backup", "copy.db")
        try crm.shell("head -c 60000 copy.db >damaged; echo text >text; mkdir folder")
        let result = try crm.run("restore", name)
        #expect([2, 3, 78].contains(result.status), "\(result.status) \(result.errors)")
        #expect(try contacts == "First\n")
        #expect(try crm.names().filter { $0.contains("before-restore") || $0.hasSuffix(".draft") }.isEmpty)
    }

    @Test("does not come back while another process has the database open")
    func inUse() throws {
        try crm.succeed("backup", "copy.db")
        try crm.write(
            """
            import os, sqlite3, time
            connection = sqlite3.connect("crm.db")
            connection.execute("SELECT count(*) FROM contact").fetchone()
            open("ready", "w").close()
            while not os.path.exists("done"): time.sleep(0.01)
            """,
            to: "reader.py"
        )
        let result = try crm.shell(
            """
            python3 reader.py & while [ ! -e ready ]; do sleep 0.05; done
            crm --timeout 0 restore copy.db; status=$?; : >done; wait; exit $status
            """
        )
        #expect(result.status == 75, "\(result.errors)")
        try crm.succeed("restore", "copy.db")
    }

    @Test("of a writer that has opened the file before it was replaced, nothing gets lost")
    func heldUpWriter() throws {
        try crm.succeed("backup", "copy.db")
        try crm.write(Self.replacing, to: "replacing.py")
        let result = try crm.shell("python3 replacing.py")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try contacts == "First\nLate\n")
        #expect(try crm.succeed("--db", "former.db", "contact", "list", "--count").output == "1\n")
        try crm.succeed("check")
    }

    /// Does what a restoration does while a writer has the file open and waits for its first lock; and other processes go
    /// on with the new file, so that it has a log when the writer looks for one.
    private static let replacing = """
        import os, sqlite3, subprocess, sys, time
        former = sqlite3.connect("crm.db", isolation_level=None)
        for step in ("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "COMMIT", "PRAGMA journal_mode = DELETE",
                     "BEGIN EXCLUSIVE"):
            former.execute(step)
        writer = subprocess.Popen(["crm", "--timeout", "600", "contact", "add", "--last-name", "Late"])

        def is_held_up():
            folder = f"/proc/{writer.pid}/fd"
            for descriptor in os.listdir(folder):
                if os.path.realpath(f"{folder}/{descriptor}") != os.path.realpath("crm.db"): continue
                try:
                    fields = dict(line.split(None, 1) for line in open(f"/proc/{writer.pid}/fdinfo/{descriptor}"))
                except FileNotFoundError:
                    continue
                if int(fields["flags:"], 8) & os.O_ACCMODE == os.O_RDWR: return True
            return False

        while writer.poll() is None and not is_held_up(): time.sleep(0.01)
        os.rename("crm.db", "former.db")
        os.rename("copy.db", "crm.db")
        others = sqlite3.connect("crm.db")
        others.executescript("CREATE TABLE passing (a); DROP TABLE passing;")
        former.execute("ROLLBACK")
        former.close()
        status = writer.wait()
        others.close()
        sys.exit(status)
        """

    @Test("of what had been kept beside it has a log again, as every database")
    func restoredFormer() throws {
        try crm.succeed("backup", "copy.db")
        let kept = try #require(crm.json("restore", "copy.db")["kept"]?.string)
        try crm.succeed("restore", kept)
        #expect(try crm.shell("sqlite3 crm.db 'PRAGMA journal_mode'").output == "wal\n")
    }

    @Test("comes back over a database with fields of its own")
    func fieldsOfItsOwn() throws {
        try crm.succeed("backup", "copy.db")
        try crm.succeed("field", "add", "contact", "nickname", "--type", "text")
        try crm.succeed("--timeout", "1", "restore", "copy.db")
        #expect(try contacts == "First\n")
    }

    @Test("of a rotation goes for none of another database that is called so")
    func otherDatabase() throws {
        try crm.shell("mkdir other; crm backup --rotate copies --keep 1d")
        let first = try crm.names(in: "copies")
        try crm.shell("crm --db other/crm.db init; crm --db other/crm.db contact add --last-name Else; sleep 1")
        try crm.succeed("--db", "other/crm.db", "backup", "--rotate", "copies", "--keep", "1d")
        #expect(try crm.names(in: "copies").count == 2 && Set(first).isSubset(of: crm.names(in: "copies")))
    }

    @Test("of a rotation goes for earlier ones however short the history has become since")
    func prunedHistory() throws {
        func rotate() throws { try crm.succeed("backup", "--rotate", "copies", "--keep", "1d") }
        try crm.sql("UPDATE change_set SET at = '2024-01-01T00:00:00Z'")
        // As an earlier version has made it, without an identity.
        try crm.sql("DELETE FROM identity")
        try crm.shell("cp crm.db copies/crm-20240101T120000Z.backup")
        try crm.succeed("contact", "edit", "1", "--title", "Boss")
        try crm.shell("cp crm.db copies/crm-20240102T120000Z.backup")
        try rotate()
        #expect(try crm.names(in: "copies").count == 1)
        try crm.succeed("log", "prune", "--before", "2024-01-02", "--yes")
        try rotate()
        #expect(try crm.names(in: "copies").count == 1)
        try crm.succeed("contact", "erase", "1", "--yes")
        try crm.succeed("log", "prune", "--before", "2100-01-01", "--yes")
        try rotate()
        #expect(try crm.names(in: "copies").count == 1)
    }

    @Test(
        "of a rotation goes for earlier ones once a backup older than them was restored",
        arguments: ["SELECT 1", "DELETE FROM identity"]
    )
    func restoredBefore(asEarlier statement: String) throws {
        // Earlier versions gave a database its identity at its first rotation.
        try crm.sql(statement)
        try crm.succeed("backup", "before.db")
        try crm.succeed("backup", "--rotate", "copies", "--keep", "1d")
        try crm.succeed("restore", "before.db")
        let report = try crm.json("backup", "--rotate", "copies", "--keep", "1d")
        #expect(report["kept"]?.integer == 1 && report["others"] == .array([]), "\(report)")
        #expect(try crm.names(in: "copies").count == 1)
    }

    @Test("of a rotation passes by what is only called like a copy of the database, and tells it")
    func namesakes() throws {
        try crm.shell("cd copies; mkfifo crm-20260101T000000Z.backup; mkdir crm-20260102T000000Z.backup")
        try crm.shell("mkdir other; crm --db other/crm.db init; crm --db other/crm.db backup --rotate copies")
        let result = try crm.shell("timeout 60 crm backup --rotate copies --keep 1d")
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.errors.contains("left 3 files that are called like copies of this database but are none, such as "),
            "\(result.errors)"
        )
        #expect(try crm.names(in: "copies").count == 4)
    }

    @Test("of a rotation of a database with an index made by hand is whole", arguments: [true, false])
    func foreignIndex(_ isAllowed: Bool) throws {
        try crm.sql("CREATE INDEX hand ON contact(title)")
        let result = try crm.run(
            (isAllowed ? ["--allow-foreign-schema"] : []) + ["backup", "--rotate", "copies", "--keep", "1d"]
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.names(in: "copies").count == 1)
        #expect(result.errors.contains("the index hand") != isAllowed, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM backup_folder") == (isAllowed ? "1" : "0"))
    }
}
