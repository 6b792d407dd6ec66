import Foundation
import Glibc
import Testing

/// Answers that are written with the keys of a terminal.
@Suite struct LineEditingTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private static let first = "First name: "

    /// Begins the form of a contact, whose first question is for a first name.
    private func form(env: [String: String] = [:], columns: UInt16 = 80) throws -> PseudoTerminal {
        try crm.terminal("contact add", env: env, columns: columns)
    }

    /// Types keys as the name of an organization, and saves it.
    private func name(from keys: String, columns: UInt16 = 80) throws -> String? {
        let terminal = try crm.terminal("organization add", columns: columns)
        try terminal.expect("Name *")
        try terminal.expect(": ")
        try terminal.type(keys + "\r")
        try terminal.skip(to: "to change): ")
        try terminal.type("save\r")
        try #require(try terminal.finish() == 0, "\(terminal.shown)")
        return try crm.json("organization", "show", "1")["name"]?.string
    }

    @Test(
        "Keys move, erase and put back",
        arguments: [
            ("Acm\u{1B}[D\u{1B}[Dx\u{1B}[Cy\u{1B}[H<\u{1B}[F>", "<Axcym>"),
            ("Acme\u{1}\u{1B}[3~a\u{5}!", "acme!"),
            ("mal escrito\u{15}Bien", "Bien"),
            ("Uno dos tres\u{17}\u{17}dos", "Uno dos"),
            ("Uno dos\u{1B}[1;5D\u{0B}\u{1B}[H\u{19} \u{5}", "dos Uno"),
            ("Peña\u{7F}\u{7F}ón", "Peón"),
            ("日本語\u{1B}[D\u{7F}x", "日x語"),
            ("Jose\u{301}x\u{1B}[D\u{7F}e", "Josex"),
            ("a\u{1B}[200~b\nc\td\u{1B}[201~e", "ab c de"),
            ("Ac\u{1B}[15~me\t", "Acme"),
        ] as [(String, String)]
    )
    func keys(_ keys: String, _ expected: String) throws {
        #expect(try name(from: keys) == expected)
    }

    @Test("A line longer than the terminal is edited at both ends", arguments: [20, 41] as [UInt16])
    func longLine(columns: UInt16) throws {
        let long = String(repeating: "Compañía 日本 ", count: 30)
        #expect(try name(from: "\(long)fin\u{1B}[Hinicio \u{5}.", columns: columns) == "inicio \(long)fin.")
    }

    @Test("What was answered before comes back with the arrow up")
    func history() throws {
        let terminal = try crm.terminal("contact add")
        try terminal.answer(Self.first, "Ana")
        try terminal.expect("Last name *: ")
        try terminal.type("\u{1B}[A\u{1B}[B\u{1B}[A López\r")
        try terminal.skip(to: "to change): ")
        try terminal.type("y\r")
        #expect(try terminal.finish() == 0)
        #expect(try crm.json("contact", "show", "1")["name"]?.string == "Ana Ana López")
    }

    @Test("Ctrl-D erases in a line and ends the form in an empty one")
    func endOfInput() throws {
        let terminal = try crm.terminal("contact add")
        try terminal.expect(Self.first)
        try terminal.type("Ana\u{1}\u{4}\u{4}\u{4}\u{4}")
        #expect(try terminal.finish() == 1)
        #expect(terminal.shown.contains("nothing was saved"))
    }

    @Test("Signals find the terminal as it was", arguments: [SIGINT, SIGTERM, SIGHUP])
    func signals(_ signal: Int32) throws {
        let terminal = try crm.terminal("contact add")
        try terminal.expect(Self.first)
        #expect(!terminal.isUsual)
        terminal.send(signal)
        #expect(try terminal.finish() == 128 + signal)
        #expect(terminal.isUsual)
        #expect(terminal.shown.hasSuffix("\u{1B}[?2004l" + (signal == SIGINT ? "^C" : "")))
    }

    @Test("The terminal is as it was after an answer, and after the last")
    func givenBack() throws {
        let terminal = try crm.terminal("organization add")
        try terminal.answer("Name *: ", "Acme")
        try terminal.skip(to: "to change): ")
        try terminal.type("no\r")
        #expect(try terminal.finish() == 1)
        #expect(terminal.isUsual)
    }

    @Test("Stopped by Ctrl-Z, it goes on where it was")
    func stops() throws {
        let terminal = try crm.terminal("organization add")
        try terminal.expect("Name *: ")
        try terminal.type("Ac")
        try terminal.expect("Ac")
        // The group of a session's leader is never stopped by a terminal's key.
        terminal.send(SIGSTOP)
        terminal.send(SIGCONT)
        try terminal.expect("Name *: Ac")
        try terminal.type("me\r")
        try terminal.skip(to: "to change): ")
        try terminal.type("y\r")
        #expect(try terminal.finish() == 0)
        #expect(try crm.json("organization", "show", "1")["name"] == "Acme")
    }

    @Test("A terminal that gets another width shows the line again")
    func resize() throws {
        let terminal = try crm.terminal("organization add", columns: 30)
        try terminal.expect("Name *: ")
        let name = "Compañía de las Indias Orientales"
        try terminal.type(name)
        try terminal.expect("les")
        try terminal.resize(columns: 20)
        try terminal.expect("\u{1B}[2A\r\u{1B}[JName *: \(name)")
        try terminal.type(" 1\r")
        try terminal.skip(to: "to change): ")
        try terminal.type("y\r")
        #expect(try terminal.finish() == 0)
        #expect(try crm.json("organization", "show", "1")["name"]?.string == name + " 1")
    }

    @Test("A dumb terminal edits lines by itself")
    func dumb() throws {
        let terminal = try form(env: ["TERM": "dumb"])
        try terminal.expect(Self.first)
        #expect(terminal.isUsual)
        try terminal.type("Anne\u{7F}\u{7F}a\n")
        try terminal.answer("Last name *: ", "Ruiz")
        for question in ["Organization", "Title", "Email", "Office phone", "Mobile"] {
            try terminal.answer(question, "")
        }
        try terminal.answer("to change): ", "y")
        #expect(try terminal.finish() == 0)
        #expect(!terminal.shown.contains("\u{1B}"))
        #expect(try crm.json("contact", "show", "1")["first_name"] == "Ana")
    }

    @Test("What is not UTF-8 is said and asked again")
    func invalid() throws {
        let terminal = try form()
        try terminal.expect(Self.first)
        try terminal.type(bytes: [0x4D, 0xF1, 0x61, 0x0D])
        try terminal.expect("That is not UTF-8 text.")
        try terminal.answer(Self.first, "Ana")
        try terminal.expect("Last name")
    }
}
