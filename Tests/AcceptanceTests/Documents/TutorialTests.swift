import Testing

/// The tutorial of the manual does what it says, from an empty database on.
@Suite struct TutorialTests {
    /// The command lines of a text, put together where they are broken.
    private static func commands(of text: String) -> [String] {
        var commands: [String] = []
        var isOpen = false
        for line in text.split(separator: "\n") where isOpen || line.hasPrefix("  crm ") || line.hasPrefix("  printf ")
        {
            if isOpen { commands[commands.count - 1] += "\n\(line)" } else { commands.append(String(line)) }
            isOpen = ["\\", "|", "&&"].contains { line.hasSuffix($0) }
        }
        return commands
    }

    @Test("Every line of the tutorial runs, and leaves records of every module", arguments: ["en", "es"])
    func everyPipe(language: String) throws {
        let crm = try CRM()
        let help = try crm.succeed("help", "tutorial", "--lang", language).output
        let lines = Self.commands(of: help)
        #expect(lines.count == ModuleCase.all.count)
        for line in lines {
            let result = try crm.shell("set -e\n\(line)")
            #expect(result.status == 0, "\(line)\n\(result.errors)")
        }
        for noun in ModuleCase.all.map(\.noun) {
            #expect(try crm.succeed(noun, "list", "--count").output != "0\n", "\(noun)")
        }
        #expect(try crm.succeed("check").status == 0)
        #expect(try crm.json("opportunity", "list").elements.map { $0["contact"]?["name"] } == ["Ana Ruiz"])
    }
}
