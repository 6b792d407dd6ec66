import Testing

/// A content that is not what its hash says is given out by nothing as if it were.
@Suite struct DamagedContentTests {
    private let crm: CRM
    private static let message = "From: ana@example.org\nMessage-ID: <1@x>\nSubject: x\n\nHola\n"

    init() throws {
        crm = try CRM()
        try crm.write(String(repeating: "a", count: 300_000), to: "a.txt")
        try crm.succeed("document", "add", "a.txt")
        try crm.succeed(["email", "import", "-"], stdin: Self.message)
        // A bit of each is another.
        try crm.shell(
            """
            sqlite3 crm.db "update content_piece set bytes = cast('b' || substr(bytes, 2) as blob) where number = 0"
            """
        )
    }

    @Test(
        "It ends with an error, and no file is put in place",
        arguments: [
            ["document", "cat", "1"], ["document", "cat", "1", "-o", "out"], ["document", "extract", "1", "-o", "out"],
            ["export", "--with-content", "-o", "out"], ["export", "--content-folder", "out"],
            ["email", "show", "1", "--raw", "-o", "out"], ["email", "export", "--format", "mbox", "-o", "out"],
            ["email", "export", "--format", "maildir", "-o", "out"],
        ]
    )
    func given(_ words: [String]) throws {
        let result = try crm.run(words)
        #expect(result.status == 78, "\(result.errors)")
        #expect(result.errors.contains("is damaged"), "\(result.errors)")
        #expect(try crm.shell("find out -type f 2>/dev/null").output.isEmpty)
    }

    @Test("It keeps no other message from being taken in")
    func otherMessages() throws {
        let copy = "Status: RO\n" + Self.message
        #expect(try crm.succeed(["email", "import", "-"], stdin: copy).output.contains("1 created"))
        #expect(try crm.succeed(["email", "import", "-"], stdin: copy).output.contains("1 unchanged"))
    }
}
