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

    /// Every name, in order.
    public var names: [ModuleName] { entries.map(\.name) }

    /// Every module, in order. Builds them all.
    public var modules: [Module] { entries.map { $0.module() } }

    /// The module of a name.
    ///
    /// - Returns: `nil` for a name no module has.
    public func find(_ name: ModuleName) -> Module? {
        entries.first { $0.name == name }?.module()
    }

    /// The module that a definition refers to.
    ///
    /// - Precondition: the name comes from a definition or from ``names``; a test walks every reference.
    public subscript(name: ModuleName) -> Module {
        guard let module = find(name) else { preconditionFailure("no module is called \(name)") }
        return module
    }
}
