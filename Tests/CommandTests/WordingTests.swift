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

    @Test("are divided by single blanks, as help fills its lines")
    func blanks() {
        for path in Self.commands() {
            let options = path.leaf.options.flatMap { [$0.summary, $0.discussion] }
            let texts = [path.leaf.summary] + path.leaf.discussion + path.leaf.operands.map(\.summary) + options
            for text in texts + path.leaf.examples.map(\.explanation) {
                #expect(!text.en.contains("  ") && !text.es.contains("  "), "\(path.line): \(text.en)")
            }
        }
    }

    /// Spanish words for what has another name in this program: lines of documents, roles of links, organizations and
    /// the level at which is ordered again.
    private static let otherNames = [
        "partida", "partidas", "organización", "organizaciones", "un papel", "punto de reorden",
    ]
    /// English words that files are called by in English examples, beside the nouns of modules.
    private static let englishFiles: Set<String> = [
        "links", "pairs", "export", "lines", "before-import", "salvaged", "reminders", "year", "mail", "first", "copy",
        "team", "state", "contacts", "template", "letter",
    ]

    @Test("call one thing by one name in Spanish, and files by Spanish names")
    func names() {
        for path in Self.commands() {
            let options = path.leaf.options.flatMap { [$0.summary, $0.discussion] }
            let texts = [path.leaf.summary] + path.leaf.discussion + path.leaf.operands.map(\.summary) + options
            for text in texts + path.leaf.examples.map(\.explanation) {
                for name in Self.otherNames where " \(Self.words(of: text.es)) ".contains(" \(name) ") {
                    Issue.record("\(path.line): \(name): \(text.es)")
                }
            }
            for line in path.leaf.examples.map(\.line) {
                let files = Self.files(in: line.es)
                // A file that another program calls so keeps its name.
                let nouns = ReadLine.root.subcommands.map(\.name).filter { $0 != "import" }
                for file in files.intersection(Self.englishFiles.union(nouns)) {
                    Issue.record("\(path.line): \(file): \(line.es)")
                }
            }
        }
    }

    /// The words of a text, with blanks between them.
    private static func words(of text: String) -> String {
        text.lowercased().split { !$0.isLetter }.joined(separator: " ")
    }

    /// The names of files in a line of an example, without their endings.
    private static func files(in line: String) -> Set<String> {
        let endings = ["csv", "tsv", "json", "jsonl", "vcf", "ics", "txt", "html", "pdf", "mbox", "eml", "xml", "db"]
        let words = line.split { " '\"=<>@".contains($0) }.map(String.init)
        return Set(
            words.compactMap { word in
                endings.first { word.hasSuffix(".\($0)") }.map { String(word.dropLast($0.count + 1)) }
            }
        )
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
