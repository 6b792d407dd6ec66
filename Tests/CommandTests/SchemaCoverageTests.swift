import CRMKit
import Testing

@testable import crm

@Suite("crm schema describes what every command prints")
struct SchemaCoverageTests {
    /// The commands that print records as `show` and `list` do, links, rows of parts or of reports: their modules and
    /// reports have schemas of their own.
    private static let ofRecords: Set<String> = [
        "MODULE list", "MODULE show", "MODULE add", "MODULE edit", "MODULE export", "MODULE merge", "MODULE revise",
        "MODULE links OTHER", "MODULE PART list", "MODULE PART add", "MODULE PART edit", "MODULE PART move",
        "MODULE PART remove", "report REPORT",
    ]
    /// The commands that print no JSON of their own: bytes, pages, messages, or nothing but notes.
    private static let withoutJSON: Set<String> = [
        "MODULE cat", "MODULE extract", "MODULE open", "MODULE print", "MODULE query", "MODULE draft",
        "config set", "config unset", "view remove", "export", "init", "schema", "help", "generate", "complete",
    ]

    /// How a command is called without the program, with words for what there are several of.
    private static func call(_ path: crm.CommandPath) -> String {
        var names = Array(path.names.dropFirst())
        guard let first = names.first else { return "" }
        if first == ReportCommand.name, names.count > 1, names[1] != "list" { return "report REPORT" }
        guard let module = ReadLine.registry.find(ModuleName(rawValue: first)) else {
            return names.joined(separator: " ")
        }
        names[0] = "MODULE"
        guard names.count == 3 else { return names.joined(separator: " ") }
        if ["link", "unlink", "links"].contains(names[1]) {
            names[2] = "OTHER"
        } else if module.shownParts.contains(where: { $0.name == names[1] }) {
            names[1] = "PART"
        }
        return names.joined(separator: " ")
    }

    /// Whether a call is of an action of a module, which prints records.
    private static func isAction(_ path: crm.CommandPath) -> Bool {
        let names = path.names.dropFirst()
        guard names.count == 2, let first = names.first else { return false }
        let module = ReadLine.registry.find(ModuleName(rawValue: first))
        return module?.actions.contains { $0.name == names.last } ?? false
    }

    @Test("none") func none() {
        let described = Set(ReportSchemas.all.flatMap(\.commands))
        var met: Set<String> = []
        var missing: Set<String> = []
        for path in WordingTests.commands() where path.leaf.run != nil && !Self.isAction(path) {
            let call = Self.call(path)
            met.insert(call)
            let isKnown =
                described.contains(call) || Self.ofRecords.contains(call) || Self.withoutJSON.contains(call)
            if !isKnown { missing.insert(call) }
        }
        #expect(missing.isEmpty, "no schema says what they print: \(missing.sorted())")
        #expect(described.subtracting(met).subtracting(["error"]).isEmpty, "schemas of commands that there are not")
    }

    @Test("names are of one schema each") func namesAreOfOneSchemaEach() {
        let names = ReportSchemas.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { ReadLine.registry.find(ModuleName(rawValue: $0)) == nil })
    }
}
