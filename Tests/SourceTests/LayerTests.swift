import Foundation
import Testing

@Suite("The sources")
struct LayerTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    /// The paths of the sources, below their folder.
    private static let paths = (FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? [])
        .filter { $0.hasSuffix(".swift") }.sorted()

    /// Every source of the package that can be read: `reading` sees to it that these are all.
    static let files: [SourceFile] = paths.compactMap { path in
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)).map { SourceFile(path: path, text: $0) }
    }

    /// What each target may import of the others.
    static let imports: [String: Set<String>] = [
        "Localization": [],
        "SQLite": ["CSQLite"],
        "Formats": ["CSHA256"],
        "CLIKit": ["Localization"],
        "CRMKit": ["SQLite", "Formats", "Localization"],
        "crm": ["CRMKit", "CLIKit", "Formats", "Localization"],
    ]

    /// What is there beside the targets.
    static let system: Set<String> = ["Glibc", "Synchronization"]

    /// The folders of the command, the lowest first.
    static let command = Layers(
        target: "crm",
        order: [
            "JSON", "Process", "Errors", "Configuration", "Session", "Output", "Paper", "Grammar", "Dialogue",
            "Commands",
            "Program",
        ]
    )

    /// The folders of the library, the lowest first.
    static let library = Layers(
        target: "CRMKit",
        order: [
            "Unicode", "Model", "Values", "Types", "Modules", "Store/SQL", "Store/Schema", "Store", "Store/Files",
            "Store/Query", "Store/Summary", "Store/Reports", "Store/Timeline", "Store/Duplicates", "Store/Search",
            "Store/Writing", "Store/Calendar", "Store/Contents", "Store/History", "Store/Definitions", "Store/Merging",
            "Store/Migration",
            "Store/Opening",
            "Store/Upkeep", "Store/Salvage", "Store/Erasure", "Store/Exchange", "Store/Mail", "Exchange",
        ]
    )

    @Test("are read")
    func reading() {
        #expect(Self.files.map(\.path) == Self.paths)
        #expect(Self.files.count > 1_000)
        #expect(Self.files.contains { $0.path == "crm/Session/Session.swift" && $0.declared == ["Session"] })
    }

    @Test("import in one direction, and no Foundation")
    func importing() throws {
        for file in Self.files {
            let target = String(file.path.prefix { $0 != "/" })
            let allowed = try #require(Self.imports[target], "\(file.path) belongs to no known target")
            let strange = file.imports.subtracting(allowed).subtracting(Self.system)
            #expect(strange.isEmpty, "\(file.path) imports \(strange.sorted())")
        }
    }

    @Test("of the command use what stands below them")
    func commandLayers() {
        #expect(Self.command.unplaced(in: Self.files).isEmpty)
        #expect(Self.command.violations(in: Self.files).sorted().map(\.description) == [])
    }

    @Test("of the library use what stands below them")
    func libraryLayers() {
        #expect(Self.library.unplaced(in: Self.files).isEmpty)
        #expect(Self.library.violations(in: Self.files).sorted().map(\.description) == [])
    }

    @Test("name no module but where they are about one")
    func moduleNames() {
        let names = Self.moduleNames
        #expect(names.all.isSuperset(of: ["contact", "sales_order", "event"]))
        let named = Self.files.filter { $0.path.hasPrefix("CRMKit/") && Self.engine.contains($0.folder) }
            .filter { !Self.aboutWords.contains($0.path) }
            .flatMap { file in file.literals.flatMap { names.named(in: $0) }.map { "\(file.path): \($0)" } }
        #expect(Set(named).sorted() == [])
    }

    /// The folders of the library that serve every module alike. What is about one, about a format or about a report
    /// stands elsewhere.
    static let engine: Set<String> = [
        "Model", "Model/Definitions", "Store", "Store/SQL", "Store/Schema", "Store/Files", "Store/Query",
        "Store/Summary", "Store/Search", "Store/Writing", "Store/Contents", "Store/History", "Store/Definitions",
        "Store/Merging", "Store/Opening", "Store/Upkeep", "Store/Erasure",
    ]

    /// Where fields are meant, which are called as the records they name, and e-mail addresses.
    static let aboutWords: Set<String> = ["CRMKit/Model/Field+Synonyms.swift", "CRMKit/Store/References.swift"]

    /// What the definitions of the modules are called.
    static let moduleNames = ModuleNames(
        all: Set(files.filter { $0.path.hasPrefix("CRMKit/Modules/") }.flatMap(\.moduleNames))
    )

    @Test("hold SQL in the store alone")
    func sql() {
        let places = ["CRMKit/Store/", "SQLite/"]
        let strays = Self.files.filter { file in !places.contains { file.path.hasPrefix($0) } }
            .flatMap { file in file.literals.filter(SQLText.isSQL).map { "\(file.path): \($0)" } }
        #expect(strays == [])
        #expect(
            Self.files.contains { $0.path.hasPrefix("CRMKit/Store/") && $0.literals.contains(where: SQLText.isSQL) }
        )
    }
}

/// Text of the database's language.
enum SQLText {
    /// Whether a literal is a statement: a verb of the language in capitals, then more of it.
    static func isSQL(_ literal: String) -> Bool {
        let words = literal.split(whereSeparator: \.isWhitespace).prefix(2).map(String.init)
        guard words.count == 2, let verb = words.first else { return false }
        let verbs: Set<String> = [
            "SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "PRAGMA", "WITH", "BEGIN", "ATTACH",
            "SAVEPOINT", "REPLACE", "VACUUM", "ANALYZE", "REINDEX",
        ]
        return verbs.contains(verb)
    }
}

/// The names of the modules, as tables have them.
struct ModuleNames {
    let all: Set<String>

    /// Those that a literal is, in either spelling of the hyphen, or has in quotes as SQL has identifiers: the table of a
    /// module, of its links or of a part.
    func named(in literal: String) -> [String] {
        let word = literal.replacing("-", with: "_")
        if all.contains(word) { return [word] }
        let quoted = literal.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        return quoted.filter { identifier in
            all.contains { identifier == $0 || identifier.hasPrefix("\($0)_") || identifier.hasSuffix("_\($0)") }
        }
    }
}
