/// A command line that was read: which command, with which operands and options. Nothing was done yet.
///
/// Options are read by their declarations, so that a misspelt name does not compile and what a value means stands in one
/// place: `invocation[ListOptions.limit]`.
public struct Invocation<Context>: Sendable {
    /// The command that is called, with the ones above it.
    public let path: CommandPath<Context>
    /// The operands, in order.
    public let operands: [String]
    /// The options as they were given, in order.
    public let occurrences: [Occurrence]
    /// Whether help was asked for. If so, the rest of the line was not checked.
    public let wantsHelp: Bool

    /// The command that is called.
    public var leaf: Command<Context> { path.leaf }

    /// Whether a flag was given.
    public subscript(flag: Flag) -> Bool { has(flag) }

    /// The truth value of a switch, `nil` if it was not given.
    public subscript(option: Switch) -> Bool? {
        if case .boolean(let value)? = occurrences(of: option.option.long).last?.value { value } else { nil }
    }

    /// The text an option gives; `nil` if it was not given.
    public subscript(option: ValueOption<String>) -> String? { text(of: option) }

    /// Returns the value of an option; `nil` if the option was not given.
    ///
    /// - Throws: ``UsageError/invalidValue(option:value:expected:)`` for a text that the option does not take.
    public subscript<Value>(option: ValueOption<Value>) -> Value? {
        get throws(UsageError) {
            guard let text = text(of: option) else { return nil }
            return try option.value(of: text)
        }
    }

    /// All texts that a list gives, in order.
    public subscript(option: ListOption<String>) -> [String] {
        texts(of: option).flatMap(option.elements)
    }

    /// All values that a list gives, in order.
    ///
    /// - Throws: ``UsageError/invalidValue(option:value:expected:)`` for the first text the option does not take.
    public subscript<Element>(option: ListOption<Element>) -> [Element] {
        get throws(UsageError) {
            var values: [Element] = []
            for text in texts(of: option) {
                for element in option.elements(of: text) { values.append(try option.value(of: element)) }
            }
            return values
        }
    }

    /// The text an option was given, as it stands; `nil` if it was not given.
    public func text(of option: ValueOption<some Any>) -> String? { texts(of: option).last }

    /// Whether an option of any kind was given.
    public func has(_ option: any OptionDeclaration) -> Bool { !occurrences(of: option.option.long).isEmpty }

    /// Whether an option of the program itself was given, though a nearer command may have one of the same name.
    public func hasAtRoot(_ option: any OptionDeclaration) -> Bool {
        occurrences.contains { $0.level == 0 && $0.name.isSameName(as: option.option.long) }
    }

    /// The texts an option was given, as they stand, in order; none for a flag.
    public func texts(of option: any OptionDeclaration) -> [String] {
        occurrences(of: option.option.long).compactMap { if case .text(let text) = $0.value { text } else { nil } }
    }

    /// The occurrences of the option with a name, as the nearest command that declares one means it.
    private func occurrences(of name: String) -> [Occurrence] {
        // Most of the options that are asked about were not given.
        guard occurrences.contains(where: { $0.name.isSameName(as: name) }),
            let scoped = path.option(long: Substring(name))
        else {
            return []
        }
        return occurrences.filter { $0.level == scoped.level && $0.name == scoped.option.long }
    }
}

/// An option as it was given once.
public struct Occurrence: Sendable, Equatable {
    /// The option's long name as the grammar spells it.
    public let name: String
    /// The level of the command that declares the option: 0 for the program itself.
    public let level: Int
    /// The value given with the option.
    public let value: Value

    /// The values that an option can be given with.
    public enum Value: Sendable, Equatable {
        /// A flag, which takes nothing.
        case present
        /// A truth value.
        case boolean(Bool)
        /// A value, perhaps empty.
        case text(String)
    }
}
