import CLIKit
import Localization
import Testing

@testable import crm

@Suite("The words of the grammar")
struct WordingTests {
    /// What both languages call the same.
    private static let invariant: Set<String> = ["URL", "UID", "SHA-256", "Fax", "Cc"]

    /// Every command, with the words that call it.
    static func commands(below path: crm.CommandPath = .init(root: ReadLine.root)) -> [crm.CommandPath] {
        [path] + path.leaf.subcommands.flatMap { commands(below: path.appending($0.command())) }
    }

    @Test("are there for every command, in both languages: a summary and a discussion")
    func commands() {
        let all = Self.commands()
        #expect(all.count > 300)
        for path in all {
            expectBoth(path.leaf.summary, "\(path.line): summary")
            #expect(!path.leaf.discussion.isEmpty, "\(path.line) has no discussion")
            for text in path.leaf.discussion { expectBoth(text, "\(path.line): discussion") }
            for section in path.leaf.sections { expectBoth(section.title, "\(path.line): chapter") }
            for operand in path.leaf.operands { expectBoth(operand.summary, "\(path.line): \(operand.name)") }
            for example in path.leaf.examples { expectBoth(example.explanation, "\(path.line): \(example.line)") }
        }
    }

    @Test("are there for every option, in both languages: a summary and a discussion")
    func options() {
        for path in Self.commands() {
            for option in path.leaf.options {
                expectBoth(option.summary, "\(path.line) --\(option.long): summary")
                expectBoth(option.discussion, "\(path.line) --\(option.long): discussion")
                if let group = option.group { expectBoth(group, "\(path.line) --\(option.long): heading") }
            }
        }
    }

    @Test(
        "are told apart from missing ones",
        arguments: [Text(en: "", es: "Sí"), Text(en: "Yes", es: ""), "Yes please"]
    )
    func lacking(text: Text) {
        #expect(Self.fault(of: text) != nil)
    }

    private func expectBoth(_ text: Text, _ place: String, _ location: SourceLocation = #_sourceLocation) {
        if let fault = Self.fault(of: text) { Issue.record("\(place) \(fault): \(text)", sourceLocation: location) }
    }

    /// What is wrong with words in two languages; `nil` where nothing is.
    private static func fault(of text: Text) -> String? {
        if text.en.isEmpty { return "is empty" }
        if text.es.isEmpty { return "lacks Spanish" }
        return text.en == text.es && !invariant.contains(text.en) ? "is not translated" : nil
    }
}
