import CLIKit
import Localization
import Testing

@testable import CRMKit
@testable import crm

@Suite("The command of an action")
struct ActionCommandTests {
    /// A grammar with a module of the test's own.
    private static let root: crm.Command = {
        let standard = Registry.standard
        let toy: @Sendable () -> Module = {
            Module.Declaration(
                name: "toy",
                en: "Toy",
                es: "Juguete",
                plural: (en: "Toys", es: "Juguetes"),
                gender: .masculine,
                fields: [.text("name", en: "Name", es: "Nombre", .required)],
                contacts: .many(LinkDefinition()),
                listed: [],
                actions: [
                    .onRecord(
                        "wind-up",
                        summary: Text(en: "Wind toys up", es: "Dar cuerda a juguetes"),
                        discussion: Text(en: "They run then.", es: "Entonces corren."),
                        inputs: [
                            .integer("turns", en: "Turns", es: "Vueltas", .required),
                            .boolean("is_gentle", en: "Gently", es: "Con cuidado"),
                            .list("keys", singular: "key", en: "Keys", es: "Llaves"),
                        ]
                    ) { _, _, _ in }
                ]
            ).module
        }
        var modules: [(ModuleName, @Sendable () -> Module)] = [("toy", toy)]
        for name in standard.names {
            let make: @Sendable () -> Module = { standard[name] }
            modules.append((name, make))
        }
        let registry = Registry(center: standard.center, modules)
        return RootCommand(name: "crm", registry: registry).command
    }()

    private func path(_ words: String...) throws -> crm.CommandPath {
        try CommandPath(root: Self.root).descending(words)
    }

    @Test("takes the records and an option for each input")
    func grammar() throws {
        let command = try path("toy", "wind-up").leaf
        #expect(command.operands.map(\.name) == ["REF"])
        #expect(
            command.options.map(\.long) == [
                "turns", "is-gentle", "key", "view", "where", "yes", "force", "dry-run",
            ]
        )
        #expect(command.options.filter(\.isRequired).map(\.long) == ["turns"])
    }

    @Test("is read as what it asks of the inputs")
    func request() throws {
        let action = Action.onRecord(
            "wind-up",
            summary: "",
            discussion: "",
            inputs: [
                .integer("turns", en: "Turns", es: "Vueltas"), .boolean("is_gentle", en: "Gently", es: "Con cuidado"),
                .list("keys", singular: "key", en: "Keys", es: "Llaves"),
            ]
        ) { _, _, _ in }
        let words = ["toy", "wind-up", "1", "name:Bear", "--turns", "3", "--is-gentle", "--key", "a", "--key", "b"]
        let invocation = try Parser(root: Self.root).parse(words)
        let request = try ActionRequest(invocation, action, of: Registry.standard[.asset])
        #expect(request.meant == .named(["1", "name:Bear"]))
        #expect(request.inputs.map(\.field) == ["turns", "is_gentle", "keys"])
    }

    @Test("stands in help, manual pages and completions")
    func documents() throws {
        let help = Help(of: try path("toy", "wind-up"), in: .spanish).text
        #expect(help.contains("crm toy wind-up [opciones] [REF...]"))
        #expect(help.contains("Dar cuerda a juguetes"))
        #expect(help.contains("Vueltas (obligatorio)"))
        #expect(help.contains("crm toy wind-up 42 --turns 10"))
        let date = try #require(ManPage.Date(year: 2026, month: 1, day: 1))
        let page = try #require(ManPage.all(of: Self.root, date: date).first { $0.fileName == "crm-toy.1" })
        #expect(page.text.contains("Wind toys up."))
        let typed = CompletionRequest(words: ["toy", "wi"], root: Self.root).answer(in: .english) { _, _ in
            FoundWords([])
        }
        #expect(typed == .words([CompletionWord("wind-up", "Wind toys up")], isOpen: false))
    }
}

@Suite("The names of the grammar")
struct GrammarNameTests {
    private static func paths(below path: crm.CommandPath = .init(root: ReadLine.root)) -> [crm.CommandPath] {
        [path] + path.leaf.subcommands.flatMap { paths(below: path.appending($0.command())) }
    }

    @Test("are each one thing: no verb or action has the name of another")
    func commands() {
        for path in Self.paths() {
            let names = path.leaf.subcommands.flatMap { [$0.name] + $0.aliases }
            #expect(Set(names).count == names.count, "\(path.line): \(names)")
            #expect(path.leaf.subcommands.allSatisfy { $0.name == $0.command().name }, "\(path.line)")
        }
    }

    @Test("are each one thing: no option has the name of another, be it a common one")
    func options() {
        for path in Self.paths() {
            let own = path.leaf.options.map(\.long)
            #expect(Set(own).count == own.count, "\(path.line): \(own)")
            guard path.level > 0 else { continue }
            // The version of a file is a field; the program's own is asked of the program alone.
            let common = ReadLine.root.options.filter(\.isInherited).map(\.long)
            #expect(Set(own).isDisjoint(with: common), "\(path.line): \(own)")
        }
    }
    @Test("say what completes a word so that the program reads it back")
    func completions() {
        var tags: Set<String> = []
        for path in Self.paths() {
            for completion in path.leaf.operands.map(\.completion) + path.leaf.options.map(\.completion) {
                if case .dynamic(let tag) = completion { tags.insert(tag) }
            }
        }
        #expect(tags.count > 50)
        for tag in tags { #expect(CompletionTag(tag)?.text == tag, "\(tag)") }
    }
}
