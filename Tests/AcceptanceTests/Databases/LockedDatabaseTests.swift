import Foundation
import Testing

/// A database that another process holds, or that cannot be written.
@Suite struct LockedDatabaseTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    /// Runs a line of shell while the sqlite3 shell holds the write lock.
    private func whileLocked(_ line: String, env: [String: String] = [:]) throws -> CRM.Result {
        let sqlite = try Peer("sqlite3").path
        let script = """
            rm -f hold held
            mkfifo hold
            { echo 'BEGIN IMMEDIATE;'; echo "SELECT 'held';"; cat hold; } | "\(sqlite)" -batch "$CRM_DB" > held &
            while ! grep -q held held 2>/dev/null; do sleep 0.02; done
            exec 3> hold
            \(line)
            status=$?
            exec 3>&-
            wait
            exit $status
            """
        return try crm.shell(script, env: env)
    }

    @Test("A write waits no longer than it is told, and then asks to try again")
    func busy() throws {
        let result = try whileLocked("crm contact edit 1 --title x --timeout 0")
        #expect(result.status == 75)
        #expect(result.output == "")
        #expect(result.errors.contains("in use by another process"))
        #expect(result.errors.contains("--timeout"))
        #expect(try crm.json("contact", "show", "1")["title"] == "Director, Compras")

        let variable = try whileLocked("crm contact add --last-name x --json", env: ["CRM_TIMEOUT": "0"])
        #expect(variable.status == 75)
        #expect(try JSON(variable.errorBytes)["error"]?["code"] == "busy")
    }

    @Test("Who delivers mail is told to keep it and try again")
    func mail() throws {
        let result = try whileLocked("printf 'Subject: a\\n\\nb\\n' | crm email import - --timeout 0")
        #expect(result.status == 75)
        #expect(try crm.run("email", "list", "--count").output == "0\n")
    }

    @Test("A reader is not kept waiting by a writer")
    func reading() throws {
        #expect(try whileLocked("crm contact list --count --timeout 0").output == "5\n")
    }

    @Test("A write waits for the other to end")
    func waiting() throws {
        let line = "{ sleep 0.5; exec 3>&-; } & exec 3>&-; crm contact edit 1 --title Nueva --format id --timeout 30"
        #expect(try whileLocked(line).output == "1\n")
        #expect(try crm.json("contact", "show", "1")["title"] == "Nueva")
    }

    @Test("Who makes a database waits for another that has its file, however long that may be")
    func making() throws {
        try crm.write("", to: "empty.db")
        let line = "{ sleep 0.5; exec 3>&-; } & exec 3>&-; crm init --timeout 86400"
        let result = try whileLocked(line, env: ["CRM_DB": crm.file("empty.db")])
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test(
        "What is no number of seconds is refused: as a word 2, as a configuration 78",
        arguments: ["x", "-1", "1.5", "99999999999", " 1", ""]
    )
    func malformed(_ seconds: String) throws {
        #expect(try crm.run("contact", "list", "--timeout=\(seconds)").status == 2)
        if seconds.isEmpty { return }
        let result = try crm.run(["contact", "list"], env: ["CRM_TIMEOUT": seconds])
        #expect(result.status == 78)
        #expect(result.errors.contains("CRM_TIMEOUT"))
    }

    /// Root may write what its mode forbids, so that the program runs as nobody there.
    private func asReader(_ line: String) throws -> CRM.Result {
        guard getuid() == 0 else { return try crm.shell(line) }
        let setpriv = try Peer("setpriv").path
        return try crm.shell("\(setpriv) --reuid 65534 --regid 65534 --clear-groups sh -c '\(line)'")
    }

    @Test("A file that is read-only is read, and a write to it is an error of input and output")
    func readOnlyFile() throws {
        try crm.shell("chmod 755 . && chmod 444 crm.db && rm -f crm.db-wal crm.db-shm")
        let read = try asReader("crm contact list --count")
        #expect(read.status == 0, "\(read.errors)")
        #expect(read.output == "5\n")
        let before = try crm.read("crm.db")
        let write = try asReader("crm contact add --last-name x")
        #expect(write.status == 74)
        #expect(write.errors.contains("crm.db"))
        #expect(try crm.read("crm.db") == before)
    }

    @Test("Who may only read a database does not keep its owner from writing it by what the reading leaves")
    func readersLog() throws {
        guard getuid() == 0 else { return }
        let setpriv = try Peer("setpriv").path
        func run(as user: Int, _ line: String) throws -> CRM.Result {
            try crm.shell("\(setpriv) --reuid \(user) --regid \(user) --clear-groups sh -c '\(line)'")
        }
        try crm.shell("chmod 777 . && rm -f crm.db-wal crm.db-shm && chown 65532 crm.db && chmod 644 crm.db")
        #expect(try run(as: 65533, "crm contact list --count").output == "5\n")
        #expect(try crm.shell("stat -c %u crm.db-shm").output == "65533\n")
        let added = try run(as: 65532, "crm contact add --last-name x --format id")
        #expect(added.status == 0, "\(added.errors)")
        #expect(try run(as: 65533, "crm contact list --count").output == "6\n")
        #expect(try crm.run("check").errors == "crm: ok\n")
    }

    @Test("Of a file whose last changes stand in a -wal that cannot be read where it is, that is told")
    func unreadableLog() throws {
        try crm.shell(
            "sqlite3 crm.db '.dbconfig no_ckpt_on_close on' \"UPDATE contact SET title = 'x'\" >/dev/null; "
                + "mkdir locked; cp crm.db crm.db-wal locked; chmod 444 locked/*; chmod 555 locked; chmod 755 ."
        )
        try crm.shell("ln -s locked/crm.db link.db")
        for path in ["locked/crm.db", "link.db"] {
            let result = try asReader("crm --db \(path) contact list")
            #expect(result.status == 74 && result.errors.contains("crm.db-wal holds changes"), "\(result.errors)")
            #expect(result.errors.contains("that are not in \(path) yet"), "\(result.errors)")
        }
        try crm.shell("chmod 755 locked")
    }

    @Test("Fields that the file of a link has in its -wal only are known")
    func fieldsInLog() throws {
        let result = try crm.shell(
            """
            mkdir links; ln -s ../crm.db links/link.db
            mkfifo hold; sqlite3 crm.db 'BEGIN; SELECT count(*) FROM contact;' '.read hold' >seen & exec 3>hold
            while [ ! -s seen ]; do sleep 0.02; done
            crm field add contact region --type text >/dev/null
            crm --db links/link.db contact list --columns region --count; status=$?; exec 3>&-; wait; exit $status
            """
        )
        #expect(result.status == 0 && result.output == "5\n", "\(result.output)\(result.errors)")
    }
}
