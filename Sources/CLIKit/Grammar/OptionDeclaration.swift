import Localization

/// The declaration of an option: a constant that the grammar lists and by which its value is read.
public protocol OptionDeclaration: Sendable {
    /// The description for parser and documents.
    var option: Option { get set }
}

extension OptionDeclaration {
    /// The option as typed on a command line, without a value: `--limit`.
    public var spelling: String { "--\(option.long)" }

    /// Returns a copy of the option with other completions, such as the columns of one module.
    public func completing(_ completion: Completion) -> Self {
        var copy = self
        copy.option.completion = completion
        return copy
    }

    /// Returns a copy of the option with the description that applies to one command.
    ///
    /// - Parameters:
    ///   - summary: the effect of the option on that command, in a phrase without a full stop.
    ///   - discussion: the full description of the option for that command, in sentences.
    public func described(as summary: Text, _ discussion: Text) -> Self {
        var copy = self
        copy.option.summary = summary
        copy.option.discussion = discussion
        return copy
    }

    /// Returns a copy of the option with synonyms, separated by blanks, that users may type for its name. They do not
    /// call it, but an error suggests it.
    public func synonyms(_ synonyms: String) -> Self {
        var copy = self
        copy.option.synonyms = synonyms
        return copy
    }

    /// Returns a copy of the option with further synonyms of its name, which `make` returns when an error message asks
    /// for them.
    public func synonyms(madeBy make: @escaping @Sendable () -> [String]) -> Self {
        var copy = self
        copy.option.lateSynonyms = make
        return copy
    }

    /// Returns a copy of the option that is listed under a heading.
    public func grouped(under group: Text) -> Self {
        var copy = self
        copy.option.group = group
        return copy
    }

    /// Returns a copy of the option that the documents mark as required, or as not required.
    public func required(_ isRequired: Bool = true) -> Self {
        var copy = self
        copy.option.isRequired = isRequired
        return copy
    }
}

/// An option without a value.
public struct Flag: OptionDeclaration {
    /// The description for parser and documents.
    public var option: Option

    /// Declares a flag.
    ///
    /// - Parameters:
    ///   - summary: the effect of the flag, in a phrase without a full stop.
    ///   - discussion: the full description, in sentences.
    public init(
        _ long: String,
        short: Character? = nil,
        isInherited: Bool = true,
        summary: Text,
        discussion: Text,
        group: Text? = nil
    ) {
        option = Option(
            long,
            short: short,
            .flag,
            isInherited: isInherited,
            summary: summary,
            discussion: discussion,
            group: group
        )
    }

    /// Returns the option `-h`, `--help`, the only one that the parser itself knows, since it takes precedence over
    /// errors on the line.
    public static func help(group: Text? = nil) -> Flag {
        Flag(
            helpName,
            short: "h",
            summary: Text(en: "Print help and exit", es: "Mostrar la ayuda y salir"),
            discussion: Text(
                en: "It may stand anywhere on the line and wins over whatever else is wrong there.",
                es: "Puede estar en cualquier lugar de la línea y prevalece sobre cualquier otro error de ella."
            ),
            group: group
        ).synonyms("ayuda")
    }

    static let helpName = "help"
}

/// An option with no value or a truth value: `--active`, `--no-active`, `--active=false`.
public struct Switch: OptionDeclaration {
    /// The description for parser and documents.
    public var option: Option

    /// Declares a switch.
    public init(_ long: String, short: Character? = nil, summary: Text, discussion: Text, group: Text? = nil) {
        option = Option(long, short: short, .boolean, summary: summary, discussion: discussion, group: group)
    }
}

/// An option with one value, read as a `Value`.
public struct ValueOption<Value: Sendable>: OptionDeclaration {
    /// The description for parser and documents.
    public var option: Option
    private let parse: @Sendable (String) throws(ExpectedValue) -> Value

    /// Declares an option.
    ///
    /// - Parameters:
    ///   - placeholder: the name of the value in documents.
    ///   - parse: reads the value, or throws the values that the option accepts.
    public init(
        _ long: String,
        short: Character? = nil,
        _ placeholder: Text,
        summary: Text,
        discussion: Text,
        group: Text? = nil,
        completion: Completion = .none,
        parse: @escaping @Sendable (String) throws(ExpectedValue) -> Value
    ) {
        option = Option(
            long,
            short: short,
            .value(placeholder),
            summary: summary,
            discussion: discussion,
            group: group,
            completion: completion
        )
        self.parse = parse
    }

    func value(of text: String) throws(UsageError) -> Value {
        do throws(ExpectedValue) {
            return try parse(text)
        } catch {
            throw .invalidValue(option: spelling, value: text, expected: error)
        }
    }
}

/// An option that may be repeated, each time with one or more values.
public struct ListOption<Element: Sendable>: OptionDeclaration {
    /// The description for parser and documents.
    public var option: Option
    private let separator: Character?
    private let parse: @Sendable (String) throws(ExpectedValue) -> Element

    /// Declares an option.
    ///
    /// - Parameters:
    ///   - separator: the character between several values in one occurrence; blanks after it are ignored.
    ///   - parse: reads one value, or throws the values that the option accepts.
    public init(
        _ long: String,
        short: Character? = nil,
        _ placeholder: Text,
        separatedBy separator: Character? = nil,
        summary: Text,
        discussion: Text,
        group: Text? = nil,
        completion: Completion = .none,
        parse: @escaping @Sendable (String) throws(ExpectedValue) -> Element
    ) {
        option = Option(
            long,
            short: short,
            .value(placeholder),
            isRepeatable: true,
            summary: summary,
            discussion: discussion,
            group: group,
            completion: completion
        )
        self.separator = separator
        self.parse = parse
    }

    /// Returns the values in the text of one occurrence.
    func elements(of text: String) -> [String] {
        guard let separator else { return [text] }
        return text.split(separator: separator).map { String($0.drop { $0 == " " }) }
    }

    func value(of text: String) throws(UsageError) -> Element {
        do throws(ExpectedValue) {
            return try parse(text)
        } catch {
            throw .invalidValue(option: spelling, value: text, expected: error)
        }
    }
}
