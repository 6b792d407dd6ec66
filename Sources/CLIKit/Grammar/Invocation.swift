/// A command line that was read: which command, with which operands and options. Nothing was done yet.
public struct Invocation: Sendable {
    /// The command that is called, with the ones above it.
    public let path: CommandPath
    /// The operands, in order.
    public let operands: [String]
    /// The options as they were given, in order.
    public let occurrences: [Occurrence]
    /// Whether help was asked for. If so, the rest of the line was not checked.
    public let wantsHelp: Bool

    /// An option as it was given once.
    public struct Occurrence: Sendable, Equatable {
        /// The option's long name as the grammar spells it.
        public let name: String
        /// The level of the command that declares it: 0 for the program itself.
        public let level: Int
        /// What was given.
        public let value: Value
    }

    /// What was given with an option.
    public enum Value: Sendable, Equatable {
        /// A flag, which takes nothing.
        case present
        /// A truth value.
        case boolean(Bool)
        /// A value, perhaps empty.
        case text(String)
    }

    /// The command that is called.
    public var leaf: Command { path.leaf }

    /// Whether it names something to do. Not so for a bare group of commands, which answers with its short help.
    public var isComplete: Bool { leaf.subcommands.isEmpty || !leaf.operands.isEmpty }

    /// The value of an option, the last one if it was given several times; `nil` if it was not given or takes none.
    public func value(of name: String) -> String? {
        values(of: name).last
    }

    /// All values of a repeatable option in the order given; at most one, the last, of any other.
    public func values(of name: String) -> [String] {
        guard let scoped = option(named: name) else { return [] }
        let values = occurrences(of: scoped).compactMap { occurrence -> String? in
            if case .text(let text) = occurrence.value { text } else { nil }
        }
        return scoped.option.isRepeatable ? values : values.suffix(1)
    }

    /// Whether an option of any kind was given.
    public func isSet(_ name: String) -> Bool {
        option(named: name).map { !occurrences(of: $0).isEmpty } ?? false
    }

    /// Whether an option of the command at one level was given, though a nearer command may have one of the same name.
    public func isSet(_ name: String, level: Int) -> Bool {
        occurrences.contains { $0.level == level && $0.name.isSameName(as: name) }
    }

    /// The truth value of a boolean option, the last one given; `nil` if it was not given or is none.
    public func boolean(of name: String) -> Bool? {
        guard let scoped = option(named: name) else { return nil }
        if case .boolean(let value)? = occurrences(of: scoped).last?.value { return value }
        return nil
    }

    /// The option as the grammar has it; `nil` for one that was not given, which is most of those that are asked about.
    private func option(named name: String) -> ScopedOption? {
        occurrences.contains { $0.name.isSameName(as: name) } ? path.option(long: name) : nil
    }

    private func occurrences(of scoped: ScopedOption) -> [Occurrence] {
        occurrences.filter { $0.level == scoped.level && $0.name == scoped.option.long }
    }
}
