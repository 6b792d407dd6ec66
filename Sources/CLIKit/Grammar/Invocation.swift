/// A command line that was read but not yet run: the command with its operands and options.
///
/// Options are read by their declarations, so a misspelt name does not compile, and the meaning of a value is defined
/// in one place: `invocation[ListOptions.limit]`.
public struct Invocation<Context>: Sendable {
    /// The command that is called, with the commands above it.
    public let path: CommandPath<Context>
    /// The operands, in order.
    public let operands: [String]
    /// The options that were given, in order.
    public let occurrences: [Occurrence]
    /// Whether help was asked for. If so, the rest of the line was not checked.
    public let wantsHelp: Bool

    /// The command that is called.
    public var leaf: Command<Context> { path.leaf }

    /// Whether a flag was given.
    public subscript(flag: Flag) -> Bool { has(flag) }

    /// The truth value of a switch; `nil` if it was not given.
    public subscript(option: Switch) -> Bool? {
        if case .boolean(let value)? = occurrences(of: option.option.long).last?.value { value } else { nil }
    }

    /// The text given with an option; `nil` if the option was not given.
    public subscript(option: ValueOption<String>) -> String? { text(of: option) }

    /// Returns the value of an option; `nil` if the option was not given.
    ///
    /// - Throws: ``UsageError/invalidValue(option:value:expected:)`` for a text that the option does not accept.
    public subscript<Value>(option: ValueOption<Value>) -> Value? {
        get throws(UsageError) {
            guard let text = text(of: option) else { return nil }
            return try option.value(of: text)
        }
    }

    /// All texts given with a list option, in order.
    public subscript(option: ListOption<String>) -> [String] {
        texts(of: option).flatMap(option.elements)
    }

    /// All values given with a list option, in order.
    ///
    /// - Throws: ``UsageError/invalidValue(option:value:expected:)`` for the first text that the option does not
    ///   accept.
    public subscript<Element>(option: ListOption<Element>) -> [Element] {
        get throws(UsageError) {
            var values: [Element] = []
            for text in texts(of: option) {
                for element in option.elements(of: text) { values.append(try option.value(of: element)) }
            }
            return values
        }
    }

    /// Returns the text given with an option, unparsed; `nil` if the option was not given.
    public func text(of option: ValueOption<some Any>) -> String? { texts(of: option).last }

    /// Returns whether an option of any kind was given.
    public func has(_ option: any OptionDeclaration) -> Bool { !occurrences(of: option.option.long).isEmpty }

    /// Returns whether an option of the program itself was given, even if a nearer command has an option of the same
    /// name.
    public func hasAtRoot(_ option: any OptionDeclaration) -> Bool {
        occurrences.contains { $0.level == 0 && $0.name.isSameName(as: option.option.long) }
    }

    /// Returns the texts given with an option, unparsed and in order; none for a flag.
    public func texts(of option: any OptionDeclaration) -> [String] {
        occurrences(of: option.option.long).compactMap { if case .text(let text) = $0.value { text } else { nil } }
    }

    /// Returns the occurrences of the option with a name, as declared by the nearest command.
    private func occurrences(of name: String) -> [Occurrence] {
        // This test comes first, since most options asked for were not given.
        guard occurrences.contains(where: { $0.name.isSameName(as: name) }),
            let scoped = path.option(long: Substring(name))
        else {
            return []
        }
        return occurrences.filter { $0.level == scoped.level && $0.name == scoped.option.long }
    }
}

/// A single occurrence of an option.
public struct Occurrence: Sendable, Equatable {
    /// The option's long name as the grammar spells it.
    public let name: String
    /// The level of the command that declares the option: 0 for the program itself.
    public let level: Int
    /// The value given with the option.
    public let value: Value

    /// The kinds of value of an occurrence.
    public enum Value: Sendable, Equatable {
        /// None, for a flag.
        case present
        /// A truth value.
        case boolean(Bool)
        /// A text, which may be empty.
        case text(String)
    }
}
