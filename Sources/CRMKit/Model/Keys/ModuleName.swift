/// The stable name of a module, in the form tables and JSON use: `contact`, `sales_order`.
///
/// References between modules hold a name and not the module itself, so that two modules may point at each
/// other and a command builds only the definitions it needs.
public struct ModuleName: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name with underscores, as tables, columns and JSON spell it.
    public let rawValue: String

    /// Creates a module name. The noun of the command line is accepted too: `sales-order` and `sales_order` are the
    /// same name.
    public init(rawValue: String) {
        self.rawValue = rawValue.underscored
    }

    /// A literal names the module in either spelling.
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    /// The name with hyphens, as commands spell it.
    public var noun: String { rawValue.hyphenated }

    /// The noun.
    public var description: String { noun }
}
