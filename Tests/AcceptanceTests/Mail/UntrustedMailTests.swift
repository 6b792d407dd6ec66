import Testing

/// What names, beginnings and addresses that others chose cannot do.
@Suite struct UntrustedMailTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private let message = """
        Message-ID: <1@x>
        From: ana@example.org
        Subject: Hola

        Hola

        """

    @Test("An attachment goes into a folder only where nothing has its name")
    func attachmentInFolder() throws {
        let text = """
            Message-ID: <1@x>
            Content-Type: text/plain
            Content-Disposition: attachment; filename=l.txt

            suyo

            """
        try crm.succeed(["email", "import", "-"], stdin: text)
        try crm.shell("mkdir out other; echo mío >other/l.txt; ln -s ../other/l.txt out/l.txt")
        let refused = try crm.run("email", "show", "1", "--attachment", "1", "-o", "out")
        #expect(refused.status == 74)
        #expect(refused.errors == "crm: out/l.txt is there already\ncrm: name the file to write with -o\n")
        #expect(try crm.read("other/l.txt") == Array("mío\n".utf8))
        try crm.shell("rm out/l.txt")
        try crm.succeed("email", "show", "1", "--attachment", "1", "-o", "out")
        #expect(try crm.read("out/l.txt") == Array("suyo\n".utf8))
    }

    @Test("A batch that may be taken back sends nothing", arguments: [[], ["--dry-run"]])
    func batch(options: [String]) throws {
        try crm.succeed("config", "set", "mail.from", "ana@empresa.example")
        try crm.succeed("config", "set", "mail.send", "cat >>\(crm.file("sent.txt"))")
        try crm.write("Hola", to: "b.txt")
        let line = "email draft --to b@example.org --subject x --body b.txt --send\n"
        let result = try crm.run(["batch"] + options, stdin: Array(line.utf8))
        #expect(result.status == 6)
        #expect(result.output.contains("a line that sends mail cannot stand in a batch"), "\(result.output)")
        #expect(!crm.has("sent.txt"))
        try crm.succeed(["batch", "--each"], stdin: line)
        #expect(crm.has("sent.txt"))
    }

    @Test(
        "What is of no message loses none",
        arguments: [
            ("\n\n", "", 1), ("\u{FEFF}", "", 1), ("\r\n", "From ana@example.org Mon Jan  5 10:00:00 2026\n", 2),
            ("nada\nde nada\n", "From ana@example.org Mon Jan  5 10:00:00 2026\n", 2),
        ]
    )
    func beginnings(stray: String, separator: String, count: Int) throws {
        let second = message.replacing("1@x", with: "2@x")
        let text = stray + separator + message + (count == 2 ? "\n\(separator)\(second)" : "")
        let result = try crm.succeed(["email", "import", "-", "--json"], stdin: text)
        #expect(try JSON(result.outputBytes)["created"] == .number("\(count)"))
        // A mark of UTF-8 is none of the message, but of its bytes.
        let kept = stray == "\u{FEFF}" ? Array(stray.utf8) : []
        #expect(try crm.run("email", "show", "1", "--raw").outputBytes == kept + Array(message.utf8))
        let isTold = result.errors.contains("13 bytes before the first message")
        #expect(isTold == stray.hasPrefix("nada"), "\(result.errors)")
    }

    @Test("An address whose local part is quoted is nobody else's")
    func quotedAddress() throws {
        let text = message.replacing("ana@example.org", with: "\"a b\"@example.org")
        try crm.succeed(["email", "import", "-", "--create-missing", "contact"], stdin: text)
        #expect(try crm.json("email", "show", "1")["from"] == "\"a b\"@example.org")
        #expect(try crm.succeed("contact", "list", "-w", "email = b@example.org", "--count").output == "0\n")
        try crm.succeed("config", "set", "mail.from", "ana@empresa.example")
        try crm.write("Hola", to: "b.txt")
        let draft = try crm.run("email", "draft", "--to", "x@y.example\nBcc: q@q.example", "--body", "b.txt")
        #expect(draft.status == 2)
        #expect(draft.errors.contains("is no address that mail is sent to"), "\(draft.errors)")
    }

    @Test("A text that is longer than one that is sent is refused by name and from standard input, not cut")
    func longText() throws {
        try crm.succeed("config", "set", "mail.from", "ana@empresa.example")
        let text = String(repeating: "0123456789abcdef", count: 1 << 20)
        try crm.write(text + "x", to: "b.txt")
        let words = ["email", "draft", "--to", "x@y.example", "--subject", "x", "--output", "m.eml", "--body"]
        let named = try crm.run(words + ["b.txt"])
        let piped = try crm.run(words + ["-"], stdin: Array((text + "x").utf8))
        #expect(named.status == 74 && named.errors.contains("b.txt is longer than 16777216 bytes"), "\(named.errors)")
        #expect(
            piped.status == 74 && piped.errors.contains("standard input is longer than 16777216 bytes"),
            "\(piped.errors)"
        )
        #expect(try crm.run(words + ["-"], stdin: Array(text.utf8)).status == 0)
    }
}
