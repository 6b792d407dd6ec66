import Testing

/// Imports of many rows: in constant memory, with progress, and with a journal by which a stopped one goes on.
@Suite struct LargeImportTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private static let generator = """
        import sys
        count = int(sys.argv[1])
        print("external_id,first_name,last_name,email,phone,title,organization.name,tags")
        for n in range(1, count + 1):
            print(f"K{n},Ana {n % 97},Ruiz {n},p{n}@example.org,55 {n:08},Title {n % 13},Org {n % 50},\\"a,b{n % 7}\\"")
        """

    private func make(rows: Int) throws -> String {
        try crm.write(Peer("python3").run("-c", Self.generator, "\(rows)", in: crm), to: "large.csv")
    }

    @Test("50,000 rows come in, and again, in less than 64 MB")
    func memory() throws {
        let file = try make(rows: 50_000)
        let line = "crm contact import \(file) --match external_id --create-missing organization"
        for outcome in ["50000 rows, 50000 created, 50 made because named\n", "50000 rows, 50000 unchanged\n"] {
            let (result, kilobytes) = try crm.measuring(line)
            #expect(result.status == 0)
            #expect(result.output == outcome)
            #expect(kilobytes < 64 * 1024)
        }
    }

    @Test(
        "Killed in the middle, an import with a journal goes on without a lost or doubled row",
        arguments: [false, true]
    )
    func journal(hasBadRows: Bool) throws {
        let file = try make(rows: 3_000)
        if hasBadRows { try crm.shell("sed -i 's/p\\([0-9]*\\)0@example.org/bad\\10/' large.csv") }
        let options = "--journal j --batch-size 250 --continue-on-error --rejects bad.csv --create-missing organization"
        // The pipe stands still after half of the rows, which is where the program is killed.
        let result = try crm.shell(
            """
            mkfifo in
            crm contact import in --input-format csv \(options) & program=$!
            exec 3>in
            head -1500 large.csv >&3
            while [ "$(sqlite3 crm.db 'SELECT count(*) FROM contact')" -lt 1000 ]; do sleep 0.05; done
            kill -9 $program
            wait $program
            """
        )
        #expect(result.status == 137)
        let half = try #require(Int(try crm.sql("SELECT count(*) FROM contact")))
        #expect((1000..<1500).contains(half))
        #expect(crm.has("j"))
        let rest = try crm.shell("crm contact import large.csv \(options)")
        #expect(rest.status == (hasBadRows ? 6 : 0))
        #expect(rest.errors.contains("going on after row "))
        let bad = hasBadRows ? 300 : 0
        #expect(
            try crm.sql("SELECT count(*), count(DISTINCT external_id) FROM contact") == "\(3000 - bad)|\(3000 - bad)"
        )
        #expect(try crm.sql("SELECT count(*) FROM organization") == (hasBadRows ? "45" : "50"))
        #expect(try crm.sql("SELECT count(*) FROM import_journal") == "0")
        #expect(!crm.has("j"))
        let rejects = try crm.shell("tail -n +2 bad.csv | cut -d, -f1 | sort -u | wc -l; tail -n +2 bad.csv | wc -l")
        #expect(rejects.lines == ["\(bad)", "\(bad)"])
        #expect(file == crm.file("large.csv"))
    }

    @Test("A bad row stops an import in batches where it is; mended, the same command goes on")
    func stopped() throws {
        try crm.write("last_name\nA\nB\nC\n\"\"\nE\n", to: "in.csv")
        let options = ["contact", "import", "in.csv", "--journal", "j", "--batch-size", "2"]
        let first = try crm.run(options)
        #expect(first.status == 6)
        #expect(first.output == "2 rows, 2 created, 1 failed\n")
        #expect(first.errors.contains("rows up to 2 are saved; the same command goes on from there"))
        try crm.write("last_name\nA\nB\nC\nD\nE\n", to: "in.csv")
        #expect(try crm.succeed(options).errors.contains("going on after row 2"))
        #expect(try crm.sql("SELECT group_concat(last_name) FROM contact") == "A,B,C,D,E")
        try crm.write("no journal", to: "j")
        #expect(try crm.run(options).status == 2)
    }

    @Test("Ctrl-C in batches says how far it came")
    func interrupted() throws {
        let result = try crm.shell(
            """
            mkfifo in
            env --default-signal=INT crm contact import in --input-format csv --journal j --batch-size 2 & program=$!
            exec 3>in
            printf 'last_name\\nA\\nB\\nC\\n' >&3
            while [ "$(sqlite3 crm.db 'SELECT count(*) FROM contact')" != 2 ]; do sleep 0.05; done
            sleep 0.3
            kill -INT $program
            wait $program
            """
        )
        #expect(result.status == 130)
        #expect(
            result.errors == "crm: rows up to 2 are saved; the same command goes on from there\ncrm: interrupted\n"
        )
        #expect(try crm.sql("SELECT count(*) FROM contact") == "2")
    }

    @Test("On a terminal progress shows after a second, on standard error alone, and is gone at the end")
    func progress() throws {
        try crm.shell("mkfifo in")
        let terminal = try crm.terminal("contact import in --input-format csv")
        let writer = #"(printf 'last_name\nA\n'; sleep 1.3; printf 'B\nC\n'; sleep 0.3; printf 'D\n') > in"#
        try crm.shell(writer)
        #expect(try terminal.finish() == 0)
        let shown = terminal.shown
        #expect(shown.contains("\r\u{1B}[K2 rows, 1/s"))
        #expect(shown.hasSuffix("\r\u{1B}[K4 rows, 4 created\n"), "\(shown.debugDescription)")
        let quick = try crm.screen("contact import --quiet \(crm.write("last_name\nE\n", to: "e.csv"))")
        #expect(quick == "1 row, 1 created\n")
    }

    @Test("Progress is not shown where standard error is no terminal, nor with --quiet")
    func silent() throws {
        for option in ["", "--quiet"] {
            try crm.shell("rm -f in; mkfifo in")
            let terminal = try crm.terminal(
                "contact import in --input-format csv \(option)",
                env: option.isEmpty ? ["TERM": "dumb"] : [:]
            )
            try crm.shell(#"(printf 'last_name\nA\n'; sleep 1.3; printf 'B\n') > in"#)
            #expect(try terminal.finish() == 0)
            #expect(terminal.shown == "2 rows, 2 created\n")
        }
        let result = try crm.shell(#"(printf 'last_name\nC\n'; sleep 1.3; printf 'D\n') | crm contact import"#)
        #expect(result.errors == "")
    }
}
