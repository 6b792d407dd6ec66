/// The modules the program knows, each built when it is first asked for.
public struct Registry: Sendable {
    private struct Entry: Sendable {
        let name: ModuleName
        let module: @Sendable () -> Module
    }

    private let entries: [Entry]
    /// The module everything hangs on.
    public let center: ModuleName

    /// Lists modules in the order help shows them.
    init(center: ModuleName, _ modules: [(ModuleName, @Sendable () -> Module)]) {
        self.center = center
        entries = modules.map { Entry(name: $0.0, module: $0.1) }
    }

    private init(center: ModuleName, _ entries: [Entry]) {
        self.center = center
        self.entries = entries
    }

    /// Returns the registry with the definitions of a file added to its modules. Each module is built when it is first
    /// needed, and then kept.
    func extended(by definitions: Definitions) -> Registry {
        if definitions.isEmpty { return self }
        return Registry(
            center: center,
            entries.map { entry in
                guard definitions.concern(entry.name) else { return entry }
                let extended = Lazy { definitions.extending(entry.module()) }
                return Entry(name: entry.name) { extended.value }
            }
        )
    }

    /// Every name, in order.
    public var names: [ModuleName] { entries.map(\.name) }

    /// Every module, in order. Builds them all.
    public var modules: [Module] { entries.map { $0.module() } }

    /// The names that history and the integrity check use for records: those of the modules and of ``kept``.
    public var recordNames: [ModuleName] { names + Self.kept.map(\.name) }

    /// The modules of the definitions in a file.
    static let definitions: [Module] = [.fieldDefinition, .choiceDefinition]

    /// The modules of records that the program keeps for itself: the file's definitions, exchange rates and views.
    static let kept: [Module] = definitions + [.exchangeRate, .savedView]

    /// Whether a name is that of definitions and of no module.
    static func isDefinition(_ name: ModuleName) -> Bool { isDefinition(table: name.rawValue) }

    /// Whether a table holds definitions.
    static func isDefinition(table: String) -> Bool {
        table == ModuleName.fieldDefinition.rawValue || table == ModuleName.choiceDefinition.rawValue
    }

    /// Returns the module with a name, searching ``kept`` too.
    ///
    /// - Returns: `nil` when no module has the name.
    public func find(_ name: ModuleName) -> Module? {
        entries.first { $0.name == name }?.module() ?? Self.kept.first { $0.name == name }
    }

    /// The module that a definition refers to.
    ///
    /// - Precondition: the name comes from a definition or from ``names``; a test walks every reference.
    public subscript(name: ModuleName) -> Module {
        guard let module = find(name) else { preconditionFailure("no module is called \(name)") }
        return module
    }
}
