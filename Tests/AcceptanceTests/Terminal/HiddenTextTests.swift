import Foundation
import Testing

/// Characters that nobody sees, or that steer a terminal, in values and in what is given.
@Suite("What hides in a text") struct HiddenTextTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    /// What hides in a value that is stored: a space of no width, a mark of byte order, marks of direction.
    private static let hidden = "a\u{200B}b\u{FEFF}c\u{200E}d\u{202E}ef"
    /// What steers a terminal too, in a value that is only given: C1, and an escape.
    private static let steering = hidden + "\u{9B}f\u{1B}[2Jg"

    @Test(
        "What hides in values is seen on a terminal, in every form",
        arguments: [
            "contact list", "contact list --json", "contact list --format tsv", "contact list --format markdown",
            "contact show 1", "contact show 1 --json", "batch lines", "contact link asset 1 99 --role VALUE",
            "contact list --where VALUE", "contact list --where VALUE --json", "log", "log --json",
            "contact import in.csv --show-mapping", "contact import in.csv", "contact import in.csv --json",
            "contact export --format vcard", "contact export --encoding latin1 --format csv --columns title",
            "config get company.name", "search g", "today", "contact timeline 1",
        ]
    )
    func hidden(line: String) throws {
        let value = Self.hidden
        try crm.succeed("contact", "add", "--last-name", value, "--title", value, "--description", value)
        try crm.succeed("config", "set", "company.name", value)
        let given = Self.steering
        try crm.write("contact show 1\ncontact edit 1 --birthdate '\(given)'\n", to: "lines")
        try crm.write("last_name,\(given)\nx,\(given)\n", to: "in.csv")
        let words = line.replacingOccurrences(of: "VALUE", with: given)
        let terminal = try crm.terminal(words, env: ["TERM": "dumb", "PAGER": "cat"], columns: 400)
        _ = try terminal.finish()
        let screen = terminal.shown
        let raw: [Unicode.Scalar] = ["\u{200B}", "\u{FEFF}", "\u{200E}", "\u{202E}", "\u{9B}", "\u{1B}"]
        #expect(!screen.unicodeScalars.contains { raw.contains($0) }, "\(line): \(screen.debugDescription)")
    }

    @Test("On a pipe those of a long text are as they are")
    func piped() throws {
        try crm.succeed("contact", "add", "--last-name", Self.hidden, "--description", Self.hidden)
        #expect(try crm.json("contact", "show", "1")["description"] == JSON.string(Self.hidden))
        let bytes = try crm.run("contact", "list", "--columns", "description").outputBytes
        #expect(Data(bytes).range(of: Data(Self.hidden.utf8)) != nil)
    }
}
