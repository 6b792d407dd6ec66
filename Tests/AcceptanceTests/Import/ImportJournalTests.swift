import Testing

/// A journal goes on only where database, input and command are those it was begun with.
@Suite struct ImportJournalTests {
    private let crm: CRM
    private static let input =
        "last_name,email\n" + (1...10).map { "L\($0),l\($0)@example.org\n" }.joined() + "Bad,malo\n"
    private static let command = "crm contact import in.csv --batch-size 4 --journal j"

    /// An import that has saved eight rows and stopped at the eleventh.
    init() throws {
        crm = try CRM()
        try crm.write(Self.input, to: "in.csv")
        try crm.shell("crm backup before.db")
        #expect(try crm.shell(Self.command).status == 6)
        #expect(try crm.sql("SELECT count(*) FROM contact") == "8")
        try crm.shell("sed -i s/malo/ok@example.org/ in.csv")
    }

    @Test("What a stopped import has saved is told of then, as the run that goes on does not know it")
    func toldOfSaved() throws {
        try crm.write("name,serial\nA,1\nB,2\n", to: "assets.csv")
        try crm.succeed("asset", "import", "assets.csv")
        try crm.write("name,serial\nA,1\nB,2\n,3\n", to: "assets.csv")
        let stopped = try crm.run("asset", "import", "assets.csv", "--batch-size", "2", "--journal", "k")
        #expect(stopped.status == 6 && stopped.output.contains("2 created, 1 failed"), "\(stopped)")
        #expect(stopped.errors.contains("asset 3 shares the Serial number 1 with asset 1"), "\(stopped.errors)")
        #expect(stopped.errors.contains("2 of 2 new assets are like what was there before"), "\(stopped.errors)")
    }

    private func dump() throws -> String { try crm.shell("sqlite3 crm.db .dump; cat j").output }

    /// What changed since the import stopped, and what is said of it.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let script: String
        var command = ImportJournalTests.command
        let words: String
    }

    static let changes = [
        Change(
            testDescription: "a row above the place taken out",
            script: "sed -i 2d in.csv",
            words: "crm: j: the input is not what it was up to row 8, where the import stands"
        ),
        Change(
            testDescription: "a row above the place put in",
            script: "sed -i '3i N,n@example.org' in.csv",
            words: "the input is not what it was up to row 8"
        ),
        Change(
            testDescription: "a letter of a row that was taken",
            script: "sed -i s/L3,/K3,/ in.csv",
            words: "the input is not what it was up to row 8"
        ),
        Change(
            testDescription: "an input that is too short",
            script: "sed -i 5,\\$d in.csv",
            words: "the input is not what it was up to row 8"
        ),
        Change(
            testDescription: "a malformed row where there was none",
            script: #"sed -i 's/^L3,/L3","/' in.csv"#,
            words: "the input is not what it was up to row 8"
        ),
        Change(
            testDescription: "another input",
            script: "sed s/L/X/ in.csv > other.csv",
            command: "crm contact import other.csv --batch-size 4 --journal j",
            words: "the input is not what it was up to row 8"
        ),
        Change(
            testDescription: "another module",
            script: ":",
            command: "crm organization import in.csv --batch-size 4 --journal j",
            words: "crm: j: it is of an import of records of contact, not of organization"
        ),
        Change(
            testDescription: "another way to match",
            script: ":",
            command: ImportJournalTests.command + " --match email",
            words: "crm: j: the import was begun with other options: without --match, now --match email"
        ),
        Change(
            testDescription: "another order of dates, in Spanish",
            script: ":",
            command: ImportJournalTests.command + " --dates dmy --lang es",
            words: "crm: j: la importación se comenzó con otras opciones: sin --dates, ahora --dates dmy"
        ),
        Change(
            testDescription: "another database",
            script: "crm --db other.db init",
            command: ImportJournalTests.command + " --db other.db",
            words: "crm: j: the import was begun in another database than other.db"
        ),
        Change(
            testDescription: "a database put back from a copy made before",
            script: "rm crm.db*; cp before.db crm.db",
            words: "has only 0: it was put back from a copy"
        ),
        Change(
            testDescription: "rows taken back",
            script: "crm undo",
            words: "crm: j: rows that were saved have been taken back: change set 2 was undone"
        ),
    ]

    @Test("Where something is not as it was, nothing is done, and it is said what", arguments: changes)
    func refused(change: Change) throws {
        try crm.shell(change.script)
        let before = try dump()
        let result = try crm.shell(change.command)
        #expect(result.status == 5)
        #expect(result.errors.contains(change.words), "\(result.errors)")
        #expect(result.output == "")
        #expect(try dump() == before)
    }

    @Test("What is saved is told also where nothing else is") func quiet() throws {
        try crm.shell("sed -i s/ok@/@/ in.csv")
        let result = try crm.shell(Self.command + " --quiet")
        #expect(result.status == 6)
        #expect(result.errors.contains("rows up to 8 are saved; the same command goes on from there"))
    }

    @Test("Where all is as it was, the rest comes in, and the journal is gone")
    func goesOn() throws {
        try crm.shell("mv in.csv moved.csv; mv crm.db moved.db")
        let result = try crm.shell("crm --db moved.db contact import moved.csv --batch-size 3 --journal j --force")
        #expect(result.output == "3 rows, 3 created\n")
        #expect(try crm.shell("crm --db moved.db contact list --count").output == "11\n")
        #expect(try crm.shell("sqlite3 moved.db 'SELECT count(*) FROM import_journal'").output == "0\n")
        #expect(!crm.has("j"))
    }

    @Test("A database put back from a copy made between two parts is known by what it lacks")
    func restored() throws {
        try crm.write(Self.input, to: "in.csv")
        try crm.shell("crm backup between.db; sed -i 's/malo/ok@example.org/' in.csv; echo 'Bad,malo' >> in.csv")
        #expect(try crm.shell("crm contact import in.csv --batch-size 2 --journal j").status == 6)
        try crm.shell("rm crm.db*; cp between.db crm.db")
        let result = try crm.shell(Self.command)
        #expect(result.status == 5)
        #expect(result.errors.contains("10 rows were saved, of which \(crm.database) has only 8"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "8")
    }

    @Test("A dry run goes on as the import would, and leaves journal and database as they are")
    func dryRun() throws {
        let before = try dump()
        let result = try crm.shell(Self.command + " --dry-run")
        #expect(result.status == 0)
        #expect(result.errors == "crm: going on after row 8\n")
        #expect(result.output == "3 rows, 3 created; nothing was saved\n")
        #expect(try dump() == before)
        #expect(try crm.shell(Self.command.replacing("--journal j", with: "--journal k") + " -n").status == 0)
        #expect(!crm.has("k"))
        #expect(try crm.shell("rm j; ln -s elsewhere j; \(Self.command) -n").status == 2)
    }

    @Test("What was taken back and done again can go on")
    func redone() throws {
        try crm.shell("crm undo && crm undo 3")
        #expect(try crm.shell(Self.command).output == "3 rows, 3 created\n")
        #expect(try crm.sql("SELECT count(DISTINCT last_name) FROM contact") == "11")
    }

    @Test("A machine that stopped while the journal was written loses no place")
    func torn() throws {
        try crm.shell(#"printf '{"ro' >> j"#)
        #expect(try crm.shell(Self.command).output == "3 rows, 3 created\n")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "11")
    }

    @Test("A program that was killed at the very end does nothing more")
    func complete() throws {
        try crm.shell("sqlite3 crm.db 'UPDATE import_journal SET is_complete = 1 WHERE rows = 8'")
        let result = try crm.shell(Self.command)
        #expect(result.status == 0)
        #expect(result.errors == "crm: this import is complete already\n")
        #expect(!crm.has("j"))
        #expect(try crm.sql("SELECT count(*) FROM import_journal") == "0")
    }

    @Test("A program that was killed at the very end says what was rejected", arguments: [false, true])
    func completeWithRejected(isFinished: Bool) throws {
        try crm.shell("sed -i 's/\"rejected\":0/\"rejected\":1/' j")
        try crm.shell("sqlite3 crm.db 'UPDATE import_journal SET is_complete = 1 WHERE rows = 8'")
        if isFinished { try crm.shell("echo '{\"finished\":true}' >> j") }
        let result = try crm.shell(Self.command + " --lang es")
        #expect(result.status == 6)
        #expect(result.errors == "crm: esta importación ya está completa; antes se rechazaron 2 filas\n")
        #expect(!crm.has("j"))
    }

    @Test("Of two processes one goes on, and the other says so and may try again")
    func twice() throws {
        let result = try crm.shell(
            """
            mkfifo in
            crm contact import in --input-format csv --batch-size 4 --journal j & program=$!
            exec 3>in
            head -9 in.csv >&3
            sleep 0.5
            \(Self.command); echo $?
            tail -n +10 in.csv >&3; exec 3>&-
            wait $program
            """
        )
        #expect(result.status == 0)
        #expect(result.errors.contains("crm: j is in use: another process goes on with this import"))
        #expect(result.lines == ["75", "3 rows, 3 created"])
        #expect(try crm.sql("SELECT count(*), count(DISTINCT last_name) FROM contact") == "11|11")
    }

    @Test("A copy of the journal takes no rows twice")
    func copied() throws {
        try crm.shell("cp j k")
        try crm.shell(Self.command)
        let result = try crm.shell(Self.command.replacingOccurrences(of: "--journal j", with: "--journal k"))
        #expect(result.status == 5)
        #expect(try crm.sql("SELECT count(*) FROM contact") == "11")
    }
}

/// What a journal has to do with batches, rejected rows and other files.
@Suite struct ImportJournalFileTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    @Test("In a batch, which is one transaction, no rows can be saved as it goes")
    func batch() throws {
        try crm.write("last_name\nA\nB\nC\n", to: "in.csv")
        let line = "contact import in.csv --journal j --batch-size 1"
        let result = try crm.run(["batch"], stdin: Array("\(line)\n".utf8))
        #expect(result.status == 6)
        #expect(try JSON(result.outputBytes)["error"]?["message"]?.string?.contains("--journal saves rows") == true)
        #expect(!crm.has("j"))
        let each = try crm.run(["batch", "--each"], stdin: Array("\(line)\n\(line)\n".utf8))
        #expect(each.status == 0)
        #expect(!crm.has("j"))
        #expect(try crm.sql("SELECT count(*) FROM contact") == "6")
    }

    @Test("A malformed row among those that were taken was rejected, and is passed over")
    func malformed() throws {
        try crm.write("last_name,email\nA,\nB,b@example.org,x\nC,c@example.org,x\nD,d@example.org\n", to: "in.csv")
        let options = "--journal j --batch-size 2 --continue-on-error --rejects bad.csv"
        let stopped = try crm.shell(
            """
            mkfifo in
            crm contact import in --input-format csv \(options) & program=$!
            exec 3>in
            head -3 in.csv >&3
            while [ "$(sqlite3 crm.db 'SELECT count(*) FROM contact')" != 1 ]; do sleep 0.05; done
            kill -9 $program
            wait $program
            """
        )
        #expect(stopped.status == 137)
        let result = try crm.shell("crm contact import in.csv \(options)")
        #expect(result.status == 6)
        let told = "crm: going on after row 2; 1 row before was rejected"
        #expect(result.errorLines.first == told, "\(result.errors)")
        #expect(try crm.sql("SELECT group_concat(last_name) FROM contact") == "A,D")
        #expect(try crm.shell("cut -d, -f1 bad.csv").lines == ["last_name", "B", "C"])
    }

    @Test("Rejected objects of two runs are one array", arguments: [false, true])
    func rejectedObjects(hasEarlier: Bool) throws {
        let first = hasEarlier ? #"{"email":"a"}"# : #"{"last_name":"A"}"#
        try crm.write("[\(first),{\"last_name\":\"B\"},{\"email\":\"c\"}]", to: "in.json")
        let command = "crm contact import in.json --journal j --batch-size 2 --rejects bad.json"
        try crm.shell("mkfifo in")
        try crm.shell(
            """
            crm contact import in --input-format json --journal j --batch-size 2 --rejects bad.json \
                --continue-on-error & program=$!
            exec 3>in
            printf '[\(first),{"last_name":"B"},' >&3
            while [ "$(sqlite3 crm.db 'SELECT count(*) FROM contact')" != \(hasEarlier ? 1 : 2) ]; do sleep 0.05; done
            kill -9 $program
            wait $program
            """
        )
        #expect(try crm.shell("\(command) --continue-on-error").status == 6)
        #expect(try JSON(crm.read("bad.json")).elements.count == (hasEarlier ? 2 : 1))
    }

    @Test("Rejected rows go on in the file they began, or nowhere")
    func rejects() throws {
        try crm.write("last_name,email\nA,bad\nB,b@example.org\n", to: "in.csv")
        let options = "--journal j --batch-size 1 --continue-on-error"
        try crm.shell(
            """
            mkfifo in
            crm contact import in --input-format csv \(options) --rejects bad.csv & program=$!
            exec 3>in
            head -2 in.csv >&3
            while ! grep -q rows j; do sleep 0.05; done
            kill -9 $program
            wait $program
            """
        )
        for rejects in ["", "--rejects other.csv"] {
            let result = try crm.shell("crm contact import in.csv \(options) \(rejects)")
            #expect(result.status == 5)
            #expect(result.errors.contains("the file of rejected rows, --rejects, is not the one that was begun"))
            #expect(!crm.has("other.csv"))
        }
        let told = "crm: going on after row 1; 1 row before was rejected"
        let shown = try crm.shell("crm contact import in.csv \(options) --rejects bad.csv --dry-run")
        #expect(shown.status == 6 && shown.errors.contains(told), "\(shown.errors)")
        let result = try crm.shell("crm contact import in.csv \(options) --rejects bad.csv")
        #expect(result.status == 6 && result.errors.contains(told), "\(result.errors)")
        #expect(result.output == "1 row, 1 created\n")
        #expect(try crm.shell("cut -d, -f2 bad.csv").lines == ["email", "bad"])
    }

    @Test("An empty file becomes a journal; a link, a folder and other files do not")
    func otherFiles() throws {
        try crm.write("last_name\nA\n", to: "in.csv")
        try crm.shell("touch empty; echo text > text; ln -s target link; mkdir folder; mkfifo pipe")
        #expect(try crm.run("contact", "import", "in.csv", "--journal", "empty").status == 0)
        #expect(!crm.has("empty"))
        for (name, status) in [("text", 2), ("link", 2), ("folder", 74), ("pipe", 2)] {
            #expect(try crm.run("contact", "import", "in.csv", "--journal", name).status == Int32(status), "\(name)")
        }
        #expect(!crm.has("target"))
        #expect(try crm.read("text") == Array("text\n".utf8))
        #expect(try crm.sql("SELECT count(*) FROM contact") == "1")
    }

    @Test("Who repeats a row of an earlier run is refused as in one run, and after a kill too")
    func repeated() throws {
        try crm.write("last_name,email\nA,a@x.example\nB,b@x.example\nC,a@x.example\n", to: "rows.csv")
        let command = "crm contact import rows.csv --match email --batch-size 2 --journal k"
        for words in ["up to 2 are saved", "going on after row 2", "going on after row 2"] {
            let result = try crm.shell(command)
            #expect(result.status == 6 && result.errors.contains(words))
            #expect(result.errors.contains("this is the same contact as row 1 is"))
        }
        // What a batch met that was begun and not saved does not count.
        try crm.shell(#"echo '{"after":2,"until":3,"met":[10,-3]}' >> k"#)
        try crm.shell("sed -i s/C,a/C,b/ rows.csv")
        #expect(try crm.shell(command).errors.contains("this is the same contact as row 2 is"))
        #expect(try crm.shell(command + " --dry-run").errors.contains("this is the same contact as row 2 is"))
        try crm.shell("sed -i s/C,b/C,c/ rows.csv")
        #expect(try crm.shell(command).status == 0)
        #expect(try crm.sql("SELECT group_concat(last_name) FROM contact WHERE email LIKE '%x.example'") == "A,B,C")
    }

    @Test("Where nothing was saved no journal stays")
    func nothing() throws {
        try crm.write("last_name\n\"\"\n", to: "in.csv")
        let result = try crm.run("contact", "import", "in.csv", "--journal", "j")
        #expect(result.status == 6)
        #expect(!crm.has("j"))
        #expect(!result.errors.contains("saved;"))
    }

    @Test("The cards of a folder go on where they were, and not with another folder's")
    func cards() throws {
        func card(_ name: String) -> String { "BEGIN:VCARD\nVERSION:4.0\nFN:\(name)\nN:\(name);;;;\nEND:VCARD\n" }
        try crm.shell("mkdir cards")
        try crm.write(card("A") + card("B"), to: "cards/1.vcf")
        try crm.write(card("C") + "BEGIN:VCARD\nVERSION:4.0\nFN:D\nUID:a\\nb\nEND:VCARD\n", to: "cards/2.vcf")
        let command = "crm contact import cards --journal j --batch-size 1"
        #expect(try crm.shell(command).status == 6)
        #expect(try crm.sql("SELECT count(*) FROM contact") == "3")
        try crm.write(card("C") + card("D"), to: "cards/2.vcf")
        try crm.shell("mv cards/1.vcf cards/0.vcf")
        #expect(try crm.shell(command).status == 5)
        try crm.shell("mv cards/0.vcf cards/1.vcf")
        #expect(try crm.shell(command).status == 0)
        #expect(try crm.sql("SELECT group_concat(last_name) FROM contact") == "A,B,C,D")
    }
}
