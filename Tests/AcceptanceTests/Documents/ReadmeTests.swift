import Foundation
import Testing

@Suite("The README")
struct ReadmeTests {
    /// Runs every console block from top to bottom in one sandbox, each command on a terminal of 80 columns, as a
    /// reader would who types them.
    @Test("shows what its commands print")
    func tour() throws {
        let source = String(decoding: try Checkout.bytes(of: "README.md"), as: UTF8.self)
        let readme = ConsoleDocument(source)
        #expect(readme.commandCount > 10)
        let crm = try CRM(.nothing)
        crm.environment["XDG_DATA_HOME"] = nil
        crm.environment["XDG_CONFIG_HOME"] = nil
        crm.environment.merge(["LC_ALL": "C.UTF-8", "PAGER": "cat", "COLUMNS": "80", "NO_COLOR": "1"]) { $1 }
        let actual = try readme.filled { command in
            Self.normalized(try Self.typed(command, in: crm), in: crm)
        }
        if ProcessInfo.processInfo.environment["RENEW_GOLDEN"] == "1" {
            try Data(actual.utf8).write(to: URL(fileURLWithPath: Checkout.path("README.md")))
            return
        }
        guard Array(actual.utf8) != Array(source.utf8) else { return }
        let difference = zip(
            source.split(separator: "\n", omittingEmptySubsequences: false),
            actual.split(separator: "\n", omittingEmptySubsequences: false)
        ).enumerated().first { $0.element.0 != $0.element.1 }
        Issue.record(
            """
            README.md, line \((difference?.offset ?? 0) + 1): it says \(difference?.element.0.debugDescription ?? ""), \
            the program says \(difference?.element.1.debugDescription ?? ""); make golden renews it
            """
        )
    }

    /// What a terminal shows of a command.
    private static func typed(_ command: String, in crm: CRM) throws -> String {
        try Peer("script").run("-qc", "bash -c \(quoted(command))", "/dev/null", in: crm)
    }

    private static func quoted(_ command: String) -> String {
        "'" + command.replacing("'", with: "'\\''") + "'"
    }

    /// The text without colours, at home and on a day that are always the same.
    private static func normalized(_ text: String, in crm: CRM) -> String {
        text.replacing("\r\n", with: "\n")
            .replacing(/\u{1B}\[[0-9;]*m/, with: "")
            .replacing(crm.file("home"), with: "/home/ana")
            .replacingPresent(utc: "2026-03-02T16:00:00Z", local: "2026-03-02 10:00")
            .replacing(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d -06:00/, with: "2026-03-02 10:00:00 -06:00")
    }
}

/// A Markdown document whose `console` blocks hold commands, after `$ ` and `> ` as a shell prompts, with their output.
struct ConsoleDocument {
    private enum Line {
        case text(Substring)
        case command(shown: [Substring])
    }

    private let lines: [Line]

    /// Reads the commands of a document; their output is dropped.
    init(_ source: String) {
        var lines: [Line] = []
        var isConsole = false
        for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isConsole = !isConsole && line == "```console"
                lines.append(.text(line))
            } else if isConsole, line.hasPrefix("$ ") {
                lines.append(.command(shown: [line]))
            } else if isConsole, line.hasPrefix("> "), case .command(let shown) = lines.last {
                lines[lines.count - 1] = .command(shown: shown + [line])
            } else if !isConsole {
                lines.append(.text(line))
            }
        }
        self.lines = lines
    }

    /// How many commands it shows.
    var commandCount: Int {
        lines.count { line in if case .command = line { true } else { false } }
    }

    /// The document with the output that commands have now.
    ///
    /// - Parameter run: gives the output of a command; it ends with a line break, or is empty.
    func filled(_ run: (String) throws -> String) rethrows -> String {
        var text = ""
        for (index, line) in lines.enumerated() {
            switch line {
            case .text(let words): text += words + (index == lines.count - 1 ? "" : "\n")
            case .command(let shown):
                text += shown.joined(separator: "\n") + "\n"
                text += try run(shown.map { $0.dropFirst(2) }.joined(separator: "\n"))
            }
        }
        return text
    }
}
