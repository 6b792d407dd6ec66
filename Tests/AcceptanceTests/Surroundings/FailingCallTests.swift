import Foundation
import Testing

/// What the system refuses, or fails to do, is told, and nothing of what was there is lost by it.
@Suite("Where a call of the system fails", .enabled(if: CRM.canTrace, "no process can be traced here"))
struct FailingCallTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "First")
        try crm.shell("mkdir copies")
    }

    /// Runs the program with calls that fail.
    ///
    /// - Parameter calls: as strace takes them, `link,linkat:error=EPERM`.
    private func run(_ command: String, failing calls: String...) throws -> CRM.Result {
        let faults = calls.map { "-e inject=\($0)" }.joined(separator: " ")
        return try crm.shell("timeout 60 strace -f -qq -o /dev/null \(faults) \"$(command -v crm)\" \(command)")
    }

    @Test(
        "a file system that locks nothing takes no new file, and no draft is left",
        arguments: ["backup copies/copy.db", "contact export -o copies/out.csv", "config set mail.from a@example.org"]
    )
    func withoutLocks(command: String) throws {
        let result = try run(command, failing: "flock:error=ENOLCK")
        #expect(
            result.status == 74 && result.errors.contains("No locks available"),
            "\(result.status) \(result.errors)"
        )
        #expect(try crm.names(in: "copies") == [])
        #expect(!crm.has("config/crm/config"))
    }

    @Test(
        "a folder that cannot be read to its end is not a short one",
        arguments: [
            ("document add --recursive files", "document"), ("email import files", "email"),
            ("contact import files", "contact"), ("event sync files", "event"),
            ("backup --rotate files", "contact"), ("channel import files --chat slack", "channel"),
        ]
    )
    func listing(command: String, module: String) throws {
        try crm.shell(
            """
            mkdir files files/general; cd files
            for n in 1 2 3; do
                printf 'Subject: m%s\\nFrom: a@example.org\\nMessage-ID: <%s@x>\\n\\nx\\n' $n $n >$n.eml
                printf 'BEGIN:VCARD\\nVERSION:4.0\\nFN:P%s\\nEND:VCARD\\n' $n >$n.vcf
                printf 'BEGIN:VCALENDAR\\nVERSION:2.0\\nPRODID:x\\nBEGIN:VEVENT\\nUID:%s@x\\nDTSTAMP:20260101T000000Z\\n' $n >$n.ics
                printf 'DTSTART:20260102T000000Z\\nSUMMARY:E%s\\nEND:VEVENT\\nEND:VCALENDAR\\n' $n >>$n.ics
                printf '[{"type":"message","ts":"17000000%s.0","text":"x","user":"U"}]' $n >general/2026-01-0$n.json
            done
            echo '[{"id":"C1","name":"general"}]' >channels.json; echo '[]' >users.json
            """
        )
        if command.hasPrefix("event") { try crm.succeed(command.split(separator: " ").map(String.init)) }
        let before = try crm.succeed(module, "list", "--count").output
        let result = try run(command, failing: "getdents64:error=EIO:when=2+")
        #expect(result.status == 74, "\(result.status) \(result.output) \(result.errors)")
        #expect(result.errors.contains("Input/output error"), "\(result.errors)")
        #expect(try crm.succeed(module, "list", "--count").output == before)
    }

    @Test("an erasure tells of a folder in which more copies may be")
    func copies() throws {
        let result = try run("contact erase 1 --yes", failing: "getdents64:error=EIO")
        #expect(result.status == 0 && result.errors.contains("there may be more copies: "), "\(result.errors)")
    }

    @Test("a copy that fails is not there")
    func copy() throws {
        var failures = 0
        for number in 1...8 {
            let result = try run("backup copies/\(number).db", failing: "fsync,fdatasync:error=EIO:when=\(number)")
            if result.status == 0 { break }
            failures += 1
            #expect(result.status == 74, "\(result.errors)")
            #expect(try crm.names(in: "copies") == [])
        }
        #expect((1..<8).contains(failures))
    }

    @Test("a backup comes back where a file can have one name only")
    func withoutLinks() throws {
        try crm.succeed("backup", "copies/copy.db")
        try crm.add("contact", "--last-name", "Second")
        let result = try run("restore copies/copy.db --json", failing: "link,linkat:error=EPERM")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.succeed("contact", "list", "--count").output == "1\n")
        let kept = try #require(JSON(result.outputBytes)["kept"]?.string)
        #expect(try crm.succeed("--db", kept, "contact", "list", "--count").output == "2\n")
    }

    @Test(
        "a database whose backup cannot take its place has its names again",
        arguments: ["rename", "link", "damaged"]
    )
    func restoring(_ kind: String) throws {
        try crm.succeed("backup", "copies/copy.db")
        try crm.add("contact", "--last-name", "Second")
        if kind == "damaged" {
            try crm.shell("head -c 20000 /dev/urandom >crm.db; echo log >crm.db-wal; echo index >crm.db-shm")
        }
        func state() throws -> [String] {
            guard kind == "damaged" else { return [try crm.succeed("contact", "list", "--count").output] }
            return try crm.shell("cksum crm.db").lines
        }
        let before = try state()
        let links = kind == "rename" ? [] : ["link,linkat:error=EPERM"]
        var failures = 0
        for number in 1...12 {
            let call = number <= 6 ? "rename,renameat,renameat2" : "fsync"
            let fault = "\(call):error=EIO:when=\(number <= 6 ? number : number - 6)"
            let faults = (links + [fault]).map { "-e inject=\($0)" }.joined(separator: " ")
            let result = try crm.shell(
                "timeout 60 strace -f -qq -o /dev/null \(faults) \"$(command -v crm)\" restore copies/copy.db"
            )
            if result.status != 0 {
                failures += 1
                #expect(result.status == 74, "\(fault): \(result.errors)")
                #expect(try state() == before, "\(fault)")
                #expect(try crm.names().filter { $0.contains(".before") || $0.hasSuffix(".draft") }.isEmpty, "\(fault)")
            } else if kind == "damaged" {
                break
            } else {
                // What was kept takes its place again.
                try crm.shell("rm -f crm.db crm.db-wal crm.db-shm; mv crm.db.before-restore-* crm.db")
            }
        }
        #expect(failures > 0)
    }

    @Test("an import that is killed when its journal goes takes no row a second time")
    func journal() throws {
        try crm.write("last_name\n" + (1...10).map { "L\($0)\n" }.joined(), to: "in.csv")
        let command = "contact import in.csv --batch-size 4 --journal j"
        let killed = try crm.shell(
            "strace -f -qq -o /dev/null -P j -e inject=unlink:signal=KILL \"$(command -v crm)\" \(command)"
        )
        #expect(killed.status != 0 && killed.output == "10 rows, 10 created\n", "\(killed.errors)")
        #expect(!crm.has("crm.db-wal"), "the database was not closed before")
        // The call was made, and the journal may be gone: then nothing was left to be done.
        if crm.has("j") {
            let again = try crm.shell("crm \(command)")
            #expect(again.status == 0 && again.errors.contains("complete already"), "\(again.errors)")
        }
        #expect(!crm.has("j"))
        #expect(try crm.succeed("contact", "list", "--count").output == "11\n")
    }

    @Test("an import that was killed when its last rows were saved is known to be complete")
    func finishedJournal() throws {
        try crm.write("last_name\n" + (1...10).map { "L\($0)\n" }.joined(), to: "in.csv")
        let command = "contact import in.csv --batch-size 4 --journal j"
        var kept = 0
        for number in 1...12 {
            try crm.shell("rm -f crm.db* j; crm init -q")
            let faults = "-P \"$PWD/j\" -e inject=fsync:signal=KILL:when=\(number)"
            try crm.shell("strace -f -qq -o /dev/null \(faults) \"$(command -v crm)\" \(command)")
            if !crm.has("j") { continue }
            kept += 1
            #expect(try crm.shell("crm \(command)").status == 0)
            #expect(try crm.succeed("contact", "list", "--count").output == "10\n", "\(number)")
            #expect(!crm.has("j"))
        }
        #expect(kept > 1)
    }

    @Test("a disk that cannot be read is no damage", arguments: ["check", "backup copies/copy.db", "restore copy.db"])
    func reading(command: String) throws {
        try crm.succeed("backup", "copy.db")
        for number in stride(from: 20, through: 300, by: 28) {
            try crm.shell("rm -f copies/*")
            let result = try run(command, failing: "pread64:error=EIO:when=\(number)")
            #expect([0, 74].contains(result.status), "\(number): \(result.status) \(result.output) \(result.errors)")
            let told = result.errors + result.output
            #expect(
                !["damaged", "restore another", "earlier backup", "salvage"].contains(where: told.contains),
                "\(told)"
            )
        }
    }

    @Test("a lock that is refused is told as one") func locks() throws {
        var refused = 0
        for number in stride(from: 1, through: 60, by: 4) {
            let result = try run("contact add --last-name L --quiet", failing: "fcntl:error=ENOLCK:when=\(number)")
            #expect([0, 74, 75].contains(result.status), "\(number): \(result.status) \(result.errors)")
            #expect(!result.errors.contains("SQLite"), "\(result.errors)")
            if result.status != 0 { refused += 1 }
        }
        #expect(refused > 0)
    }

    @Test(
        "a lock that is refused once the change is saved is told with that",
        arguments: ["contact add --last-name L", "contact edit 1 --last-name L"]
    )
    func locksAfterwards(command: String) throws {
        let sets = "SELECT max(id) FROM change_set"
        var told = 0
        for number in stride(from: 30, through: 90, by: 2) {
            try crm.shell("cp crm.db before.db")
            let before = try crm.sql(sets)
            let result = try run(command, failing: "fcntl:error=ENOLCK:when=\(number)+")
            let isSaved = try crm.sql(sets) != before
            #expect(result.status == 0 || result.errors.contains("saved") == isSaved, "\(number): \(result.errors)")
            // To try again would be to do it twice.
            #expect(result.status != 75 || !isSaved, "\(number): \(result.errors)")
            if result.status != 0, isSaved { told += 1 }
            if told > 0, result.status == 0 { break }
            try crm.shell("rm -f crm.db crm.db-wal crm.db-shm; mv before.db crm.db")
        }
        #expect(told > 0)
    }

    @Test("a pruned history is told as such where the file cannot be written anew") func pruning() throws {
        try crm.sql("UPDATE change_set SET at = '2020-01-01T00:00:00Z'")
        var told = 0
        for number in stride(from: 8, through: 60, by: 4) {
            try crm.shell("rm -f copies/*; crm backup copies/copy.db")
            let result = try run(
                "--db copies/copy.db log prune --before 2021-01-01 --yes",
                failing: "pwrite64:error=ENOSPC:when=\(number)+"
            )
            let left = try crm.shell("sqlite3 copies/copy.db \"SELECT count(*) FROM change_set WHERE at < '2021'\"")
            guard left.output == "0\n", result.status != 0 else { continue }
            told += 1
            #expect(result.status == 74 && result.errors.contains("is forgotten"), "\(number): \(result.errors)")
        }
        #expect(told > 0)
    }
}
