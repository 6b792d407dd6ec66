import Testing

/// Ctrl-C and SIGTERM while an input that comes through a pipe stands still.
@Suite struct InterruptionTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("asset", "--name", "Laptop", "--serial", "X1")
    }

    /// A command that reads from a pipe called `in`, and the beginning of its input.
    struct Reading: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let input: String

        static let all = [
            Reading(testDescription: "contact import in", input: #"last_name\nPaz\nGil\n"#),
            Reading(testDescription: "contact import in --input-format jsonl", input: #"{"last_name":"Paz"}\n"#),
            Reading(testDescription: "contact import in --encoding latin1", input: #"last_name\nPaz\n"#),
            Reading(testDescription: "contact link asset --input in", input: #"contact,asset\n1,1\n"#),
            Reading(testDescription: "apply in", input: #"{"module":"contact","last_name":"Paz"}\n"#),
        ]
    }

    /// A script that waits until the command writes, sends it a signal, and gives its status.
    ///
    /// - Parameter prefix: what runs the command; a shell lets what it starts in the background ignore SIGINT.
    private func script(
        _ reading: Reading,
        signal: String,
        prefix: String = "env --default-signal=INT,TERM",
        then: String = ""
    ) -> String {
        """
        mkfifo in
        \(prefix) crm \(reading.testDescription) & program=$!
        exec 3>in
        printf '\(reading.input)' >&3
        while sqlite3 crm.db 'BEGIN IMMEDIATE; ROLLBACK' 2>/dev/null; do sleep 0.02; done
        sleep 0.3
        kill -\(signal) $program
        \(then)
        wait $program
        """
    }

    @Test("What was begun is taken back, said so, and the exit is 130", arguments: Reading.all, ["INT", "TERM"])
    func stalled(reading: Reading, signal: String) throws {
        let before = try crm.sql("SELECT count(*) FROM contact") + crm.sql("SELECT count(*) FROM contact_asset")
        let result = try crm.shell(script(reading, signal: signal))
        #expect(result.status == 130)
        #expect(result.errors == "crm: interrupted; nothing was saved\n")
        #expect(result.output == "")
        let after = try crm.sql("SELECT count(*) FROM contact") + crm.sql("SELECT count(*) FROM contact_asset")
        #expect(after == before)
    }

    @Test("Two signals are one")
    func twice() throws {
        let script = script(Reading.all[0], signal: "INT", then: "kill -INT $program; kill -TERM $program")
        let result = try crm.shell(script)
        #expect(result.status == 130)
        #expect(result.errors == "crm: interrupted; nothing was saved\n")
    }

    @Test("It is told in JSON and in Spanish")
    func words() throws {
        let json = Reading(testDescription: "contact import in --json", input: #"last_name\nPaz\n"#)
        let result = try crm.shell(script(json, signal: "INT"))
        #expect(try JSON(result.errorBytes)["error"]?["code"] == "interrupted")
        let spanish = try CRM().shell(script(Reading.all[0], signal: "INT"), env: ["CRM_LANG": "es"])
        #expect(spanish.errors == "crm: interrumpido; no se guardó nada\n")
    }

    @Test(
        "While the beginning of a table is waited for, whose numbers need it, nothing is begun and it is told all the same",
        arguments: ["INT", "TERM"]
    )
    func beginning(signal: String) throws {
        let result = try crm.shell(
            """
            mkfifo in
            env --default-signal=INT,TERM crm opportunity import in & program=$!
            exec 3>in
            printf 'name,amount,close_date,contact\\nA,1.500,2026-12-01,1\\n' >&3
            sleep 1
            kill -\(signal) $program
            wait $program
            """
        )
        #expect(result.status == 130)
        #expect(result.errors == "crm: interrupted; nothing was saved\n")
        #expect(try crm.sql("SELECT count(*) FROM opportunity") == "0")
    }

    @Test("What is saved is told before a signal ends what follows", arguments: ["HUP", "INT", "TERM"])
    func saved(signal: String) throws {
        try crm.add("contact", "--last-name", "Paz")
        try crm.sql("UPDATE contact SET last_name = 'Sol'")
        // The program waits with what it tells until the pipe is read.
        let result = try crm.shell(
            """
            sets() { sqlite3 crm.db 'SELECT count(*) FROM change_set'; }
            before=$(sets)
            mkfifo told; exec 3<>told; head -c 65536 /dev/zero >&3
            env --default-signal=\(signal) crm check --repair 2>told & program=$!
            for turn in $(seq 100); do [ "$(sets)" = "$before" ] || break; sleep 0.05; done
            kill -\(signal) $program; sleep 0.2
            head -c 65536 <&3 >/dev/null
            wait $program; status=$?
            timeout 1 cat <&3 >&2
            exit $status
            """
        )
        #expect(result.status == 130)
        #expect(result.errors.contains("rows put right: "), "\(result.errors)")
        #expect(result.errors.contains("crm: interrupted\n"), "\(result.errors)")
        #expect(result.errors.contains("saved before that: change set"), "\(result.errors)")
    }

    @Test("A signal that the caller ignores stays ignored")
    func ignored() throws {
        let reading = Reading.all[0]
        let result = try crm.shell(
            script(reading, signal: "INT", prefix: "env --ignore-signal=INT", then: #"printf 'Sol\n' >&3; exec 3>&-"#)
        )
        #expect(result.status == 0)
        #expect(result.output == "3 rows, 3 created\n")
    }

    @Test("A program that only waits for a lock can be stopped as ever")
    func waitingForLock() throws {
        let holder = #"(echo 'BEGIN IMMEDIATE;'; exec sleep 20) | sqlite3 crm.db & holder=$!; sleep 0.5"#
        let result = try crm.shell(
            """
            \(holder)
            printf 'last_name\\nPaz\\n' > in.csv
            env --default-signal=INT crm contact import in.csv & program=$!
            sleep 0.5
            kill -INT $program
            wait $program
            status=$?
            kill $holder
            exit $status
            """
        )
        #expect(result.status == 130)
    }
}
