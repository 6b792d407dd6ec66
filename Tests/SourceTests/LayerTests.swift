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
        place: "crm",
        order: [
            "JSON", "Process", "Errors", "Configuration", "Session", "Output", "Paper", "Grammar", "Dialogue",
            "Commands",
            "Program",
        ]
    )

    /// The folders of the verbs, the lowest first: what reads the files that verbs are given, the verbs that every module
    /// has, then those of some, and the import, which hands mail and chats on to theirs.
    static let commands = Layers(
        place: "crm/Commands",
        order: [
            "Files", "History", "", "Documents", "Calendar", "Reports", "DatabaseFile", "Definitions", "Privacy",
            "Completion", "Parts", "Mail", "Chat", "Import", "Schemas",
        ]
    )

    /// The folders of the library, the lowest first.
    static let library = Layers(
        place: "CRMKit",
        order: [
            "Unicode", "Model", "Values", "Types", "Modules", "Store/SQL", "Store/Schema", "Store", "Store/Files",
            "Store/Query", "Store/Summary", "Store/Reports", "Store/Timeline", "Store/Duplicates", "Store/Search",
            "Store/Writing", "Store/Calendar", "Store/Contents", "Store/History", "Store/Definitions", "Store/Merging",
            "Store/Migration",
            "Store/Opening",
            "Store/Upkeep", "Store/Salvage", "Store/Erasure", "Store/Exchange", "Store/Mail", "Exchange",
        ]
    )

    /// The folders of the values, the lowest first.
    static let values = Layers(
        place: "CRMKit/Values",
        order: [
            "Text", "Numbers", "Dates", "Context", "Money", "Communication", "Spreadsheets", "Places", "Names",
            "Recurrence", "",
        ]
    )

    /// The folders of what definitions are made of, the lowest first. The definitions themselves, as modules, parts and
    /// rules, name each other.
    static let model = Layers(place: "CRMKit/Model", order: ["Keys", "Fields", ""], joined: ["Definitions"])

    /// The folders of questions, from their text to their answers.
    static let query = Layers(place: "CRMKit/Store/Query", order: ["Text", "Paths", "Conditions", "Columns", ""])

    /// The folders of writing, the lowest first.
    static let writing = Layers(place: "CRMKit/Store/Writing", order: ["Inputs", "Tables", "", "Records", "Links"])

    /// The folders of the formats, the lowest first: what an import reads of rows stands below the formats that give
    /// them, and those below what writes them.
    static let exchange = Layers(
        place: "CRMKit/Exchange",
        order: [
            "", "Documents", "Mail", "Import/Columns", "Headers", "Input", "VCard/Mapping", "Import/Header",
            "Import/Cells", "Import/Amounts", "Import/Plan", "Import/Refusals", "Import/References", "Invoice",
            "Export", "VCard", "Chat", "ICalendar", "Import/Parts", "Import/Reading", "Import/Matching",
            "Import/Writing", "Import", "PartFiles", "ICalendar/Sync", "Schemas", "Apply", "Batches",
        ]
    )

    /// The folders of calendars, the lowest first.
    static let calendars = Layers(
        place: "CRMKit/Exchange/ICalendar",
        order: ["Times", "Components", "Contents", "Settling", "Sync", ""]
    )

    /// The folders of the import of rows, the lowest first.
    static let importOfRows = Layers(
        place: "CRMKit/Exchange/Import",
        order: [
            "Columns", "Header", "Cells", "Amounts", "Plan", "Refusals", "References", "Parts", "Reading", "Matching",
            "Writing", "",
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

    @Test(
        "use what stands below them",
        arguments: [command, commands, library, model, values, query, writing, exchange, calendars, importOfRows]
    )
    func layers(_ layers: Layers) {
        #expect(layers.unplaced(in: Self.files).isEmpty)
        #expect(layers.violations(in: Self.files).sorted().map(\.description) == [])
    }

    @Test("name no module but where they are about one")
    func moduleNames() {
        let names = Self.moduleNames
        #expect(names.all.isSuperset(of: ["contact", "sales_order", "event"]))
        let engine = Self.files.filter { file in Self.engine.contains { file.path.hasPrefix("CRMKit/\($0)/") } }
        let named = engine.flatMap { file in names.named(in: file).map { (path: file.path, name: $0) } }
        let strays = named.filter { named in !Self.aboutModules.keys.contains { named.path.hasPrefix($0) } }
        #expect(Set(strays.map { "\($0.path): \($0.name)" }).sorted() == [])
        let needless = Self.aboutModules.keys.filter { place in !named.contains { $0.path.hasPrefix(place) } }
        #expect(needless.sorted() == [])
    }

    /// The folders of the library that serve every module alike. Modules and formats stand elsewhere.
    static let engine = ["Unicode", "Model", "Values", "Types", "Store"]

    /// The places in the ``engine`` that name modules all the same, or use a word that is the name of one, each with
    /// the reason.
    static let aboutModules = [
        "CRMKit/Model/Fields/Field+Synonyms.swift": "fields are called as the records they name",
        "CRMKit/Types/CustomType+Names.swift": "the type of e-mail addresses",
        "CRMKit/Types/EmailType.swift": "the type of e-mail addresses",
        "CRMKit/Store/References.swift": "the type of e-mail addresses",
        "CRMKit/Store/Reports/": "a report is about modules, as its name says",
        "CRMKit/Store/Timeline/AgendaQuery.swift": "an agenda is of events, which alone come again",
        "CRMKit/Store/Timeline/OccurrenceRows.swift": "the changed dates of events, which alone come again",
        "CRMKit/Store/Timeline/AgendaConflicts.swift": "an agenda is of events, which alone come again",
        "CRMKit/Store/Calendar/Reminder.swift": "a calendar is of events, which alone have reminders",
        "CRMKit/Values/Communication/RoleAddress.swift": "words in addresses that no person has",
        "CRMKit/Store/Exchange/RoomSync.swift": "a room is a channel's",
        "CRMKit/Store/Exchange/StoredMembers.swift": "members are a channel's",
        "CRMKit/Store/Exchange/StoredMessages.swift": "messages are a channel's",
        "CRMKit/Store/Mail/": "mail is kept as e-mails, documents and contacts",
        "CRMKit/Store/Migration/MigrationStep.swift": "a step is about the tables of an earlier format",
        "CRMKit/Store/Salvage/SalvagedSchema.swift": "an earlier format is known by its tables",
    ]

    /// What the definitions of the modules are called.
    static let moduleNames = ModuleNames(
        constants: files.filter { $0.path.hasPrefix("CRMKit/Modules/") }.map(\.moduleNames)
            .reduce(into: [:]) { $0.merge($1) { first, _ in first } },
        cases: Set(files.filter { $0.path.hasPrefix("CRMKit/") }.flatMap(\.cases).map(\.name))
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

    @Test("build what changes rows of the definitions' tables in one place")
    func rowStatements() {
        let found = Set(Self.files.filter { $0.literals.contains(where: SQLText.changesGivenTable) }.map(\.path))
        #expect(found.subtracting(Self.ownTables.keys).sorted() == [])
        #expect(Set(Self.ownTables.keys).subtracting(found).sorted() == [])
    }

    /// The sources with statements that insert, change or delete rows of a table whose name they are given, each with the
    /// reason: all but the first are about tables that no definition describes.
    static let ownTables = [
        "CRMKit/Store/SQL/RowStatements.swift": "the one place",
        "CRMKit/Store/Contents/ContentReferences.swift": "the contents of files",
        "CRMKit/Store/Duplicates/CodeCases.swift": "codes in a temporary table",
        "CRMKit/Store/Exchange/DeferredLines.swift": "lines in a temporary table",
        "CRMKit/Store/History/HistoryPruning.swift": "the history",
        "CRMKit/Store/Writing/Links/BulkLink.swift": "links in a temporary table",
        "CRMKit/Store/Writing/Records/BulkEdit.swift": "records in temporary tables",
        "CRMKit/Store/Writing/Records/ChosenRecords.swift": "records in a temporary table",
        "CRMKit/Store/Writing/Records/SettingsWriting.swift": "the settings",
        "CRMKit/Store/Writing/Tables/Counters.swift": "the counters",
        "CRMKit/Store/Writing/Tables/RowImages.swift": "earlier rows in a temporary table",
        "CRMKit/Store/Writing/Tables/TableWriter.swift": "ids in a temporary table",
    ]
}

/// Text of the database's language.
enum SQLText {
    /// Whether a literal is a statement that changes rows of a table whose name is put into it.
    static func changesGivenTable(_ literal: String) -> Bool {
        let words = literal.split(whereSeparator: \.isWhitespace).prefix(5).map(String.init)
        let verbs = ["INSERT INTO", "INSERT OR IGNORE INTO", "INSERT OR REPLACE INTO", "UPDATE", "UPDATE OR IGNORE"]
        return (verbs + ["DELETE FROM"]).map { $0.split(separator: " ").map(String.init) }.contains { verb in
            words.starts(with: verb) && words.dropFirst(verb.count).first?.hasPrefix("\u{FFFC}") == true
        }
    }

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

/// The names of the modules.
struct ModuleNames {
    /// As tables have them: `sales_order`.
    let all: Set<String>
    /// Those names by the constants that hold them: `salesOrder`.
    private let constants: [String: String]
    /// The constants that are no case of a type too, as a field's type is: `.document` can mean nothing else.
    private let plain: Set<String>

    /// - Parameter cases: the cases of all types.
    init(constants: [String: String], cases: Set<String>) {
        all = Set(constants.values)
        self.constants = constants
        plain = Set(constants.keys).subtracting(cases)
    }

    /// Those that a source has in its literals and its code.
    func named(in file: SourceFile) -> Set<String> {
        let inCode = file.ofModules.union(file.implied.intersection(plain)).compactMap { constants[$0] }
        return Set(file.literals.flatMap(named)).union(inCode)
    }

    /// Those that a literal is, in either spelling of the hyphen, or has in quotes as SQL has identifiers: the table of
    /// a module, of its links or of a part.
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
