import Foundation
import Testing

/// A file that a command writes is whole or not there, however the command ends.
@Suite struct OutputFileTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed(["quote", "add", "--subject", "Laptops"])
        try crm.succeed(["contact", "add", "--last-name", "Ruiz"])
        try crm.write("what was there\n", to: "out")
    }

    /// A page that is not whole yet.
    private let printing = "crm quote print 1 --pdf -o out"

    /// Sends a signal while the file is being written.
    private func ended(by signal: String) throws -> (status: Int32, errors: String) {
        let result = try crm.shell(
            """
            export XDG_CONFIG_HOME=$PWD/config
            crm config set pdf.command 'echo %PDF-half; sleep 20'
            env --default-signal=INT,TERM,HUP \(printing) & program=$!
            while ! ls .out.*.draft >/dev/null 2>&1; do sleep 0.02; done
            sleep 0.2
            kill -\(signal) $program
            wait $program
            """
        )
        return (result.status, result.errors)
    }

    private func names() throws -> String { try crm.shell("ls -A | grep out").output }

    @Test("A signal leaves the file as it was, and nothing beside it", arguments: ["INT", "TERM", "HUP"])
    func signals(signal: String) throws {
        let result = try ended(by: signal)
        #expect(result.status == 130)
        #expect(result.errors == "crm: interrupted; nothing was saved\n")
        #expect(try names() == "out\n")
        #expect(try crm.shell("cat out").output == "what was there\n")
    }

    @Test("What a killed process left goes with the next, and what another writes stays")
    func stale() throws {
        _ = try ended(by: "KILL")
        #expect(try names() != "out\n")
        try crm.shell("touch .out.mine.draft; exec 3>.out.0123456789abc.draft; flock -n 3; crm export -o out")
        #expect(try names() == ".out.0123456789abc.draft\n.out.mine.draft\nout\n")
        try crm.shell("crm export -o out")
        #expect(try names() == ".out.mine.draft\nout\n")
    }

    @Test("What a killed process left goes with the next, whatever name that gives its file")
    func staleOfAnotherName() throws {
        _ = try ended(by: "KILL")
        try crm.shell("rm out; crm export -o out2")
        #expect(try names() == "out2\n")
    }

    @Test(
        "Only its owner can read it, whatever stood there",
        arguments: [
            "crm export -o out", "crm contact export -o out", "crm contact export --format vcard -o out",
            "crm quote print 1 -o out", "crm contact import in.csv --continue-on-error --rejects out; test $? = 6",
            "rm out; crm backup out",
        ]
    )
    func permissions(command: String) throws {
        try crm.write("last_name,email\nVega,x@@y\n", to: "in.csv")
        let result = try crm.shell("chmod 666 out; umask 0; \(command) && stat -c %a out")
        #expect(result.output.hasSuffix("600\n"), "\(result.errors)")
    }

    @Test("Of a paper for which there is no room nothing is written, and the folder without room is named")
    func noRoomForPaper() throws {
        try crm.write(String(repeating: "x", count: 200_000), to: "t.html")
        for words in ["", "-o out", "--pdf -o out"] {
            let result = try crm.shell("ulimit -f 100; crm quote print 1 --template t.html \(words)")
            #expect(result.status == 74 && result.output.isEmpty, "\(words)")
            #expect(result.errors == "crm: /tmp: File too large\n", "\(words)")
            #expect(try crm.shell("cat out").output == "what was there\n")
        }
    }

    @Test("A file that would grow too long is an error of writing")
    func tooLong() throws {
        let result = try crm.shell("ulimit -f 1; crm --no-pager schema contact >/dev/null; crm export -o out >&2")
        #expect(result.status == 74 || result.status == 0)
        let long = try crm.shell("ulimit -f 1; crm help contact import > long")
        #expect(long.status == 74)
        #expect(long.errors.contains("could not write"))
    }

    @Test("A signal that comes after the commit waits until the result is told", arguments: ["INT", "TERM", "HUP"])
    func afterCommit(signal: String) throws {
        // The pipe is full, so that the program stands still between the commit and its result.
        let result = try crm.shell(
            """
            mkfifo result; exec 3<>result; head -c 65536 /dev/zero >&3
            env --default-signal=INT,TERM,HUP crm contact add --last-name Paz --format id >result & program=$!
            while [ "$(sqlite3 crm.db 'SELECT count(*) FROM contact')" != 2 ]; do sleep 0.02; done
            sleep 0.2
            kill -\(signal) $program
            head -c 65536 <&3 >/dev/null
            wait $program; echo $?
            head -n 1 <&3
            """
        )
        #expect(result.output == "0\n2\n")
    }

    @Test("Rejected rows that cannot be written take the good ones back")
    func rejects() throws {
        try crm.write("last_name,email\nVega,x@@y\nGil,\n", to: "in.csv")
        let result = try crm.shell("crm contact import in.csv --continue-on-error --rejects /dev/full")
        #expect(result.status == 74)
        #expect(result.errors.contains("/dev/full: No space left on device; nothing was saved"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "1")
    }

    @Test("What is saved is told where something fails after it")
    func saved() throws {
        let result = try crm.shell("crm contact delete 1 --yes --json >/dev/full")
        #expect(result.status == 74)
        #expect(result.errors.contains("saved"))
    }
}
