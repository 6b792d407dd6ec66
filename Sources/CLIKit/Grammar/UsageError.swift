import Localization

/// A command line that does not fit the grammar. An error concerns a single word, which the message names.
public enum UsageError: Error, Sendable, Equatable {
    /// The word is not the name of a subcommand.
    case unknownCommand(word: String, command: String, suggestions: Suggestions)
    /// The command has no such option.
    case unknownOption(word: String, command: String, suggestions: Suggestions)
    /// An option that takes a value is the last word, or is followed by `next`, which is an option itself.
    case missingValue(option: String, placeholder: Text, next: String?)
    /// A flag was given a value.
    case unexpectedValue(option: String, value: String)
    /// A boolean was given a text that is not a truth value.
    case invalidBoolean(option: String, value: String)
    /// The option does not accept the value.
    case invalidValue(option: String, value: String, expected: ExpectedValue)
    /// An option that takes a single value was given two different ones.
    case contradictedValue(option: String, first: String, second: String)
    /// A required operand is missing.
    case missingOperand(name: Text, command: String, suggestions: Suggestions = [])
    /// The name of a file is empty, in an option or an operand.
    case emptyPath(name: Text)
    /// The command takes no further operand. `option` is the boolean that the word seems to belong to; `nil` if there
    /// is none.
    case unexpectedOperand(word: String, command: String, option: String?, suggestions: Suggestions = [])

    /// The error message, a phrase without the program's name and without a full stop.
    public var message: Text {
        switch self {
        case .unknownCommand(let word, let command, _):
            Text(en: "'\(word)' is not a command of '\(command)'", es: "'\(word)' no es un comando de '\(command)'")
        case .unknownOption(let word, let command, _):
            Text(en: "'\(command)' has no option '\(word)'", es: "'\(command)' no tiene la opción '\(word)'")
        case .missingValue(let option, let placeholder, _):
            Text(
                en: "option '\(option)' needs a value (\(placeholder.en))",
                es: "la opción '\(option)' necesita un valor (\(placeholder.es))"
            )
        case .unexpectedValue(let option, let value):
            Text(
                en: "option '\(option)' takes no value, but was given '\(value)'",
                es: "la opción '\(option)' no lleva valor, pero se le dio '\(value)'"
            )
        case .invalidBoolean(let option, let value):
            Text(
                en: "'\(value)' is not a truth value for option '\(option)'",
                es: "'\(value)' no es un valor lógico para la opción '\(option)'"
            )
        case .invalidValue(let option, let value, let expected): expected.message(option: option, value: value)
        case .contradictedValue(let option, "true", "false"), .contradictedValue(let option, "false", "true"):
            Text(
                en: "\(Self.bothWays(option).en) contradict each other",
                es: "\(Self.bothWays(option).es) se contradicen"
            )
        case .contradictedValue(let option, let first, let second):
            Text(
                en: "option '\(option)' takes one value, but was given '\(first)' and '\(second)'",
                es: "la opción '\(option)' lleva un solo valor, pero se le dieron '\(first)' y '\(second)'"
            )
        case .missingOperand(let name, let command, _):
            Text(en: "'\(command)' needs an operand: \(name.en)", es: "'\(command)' necesita un operando: \(name.es)")
        case .emptyPath(let name):
            Text(en: "the path given for \(name.en) is empty", es: "la ruta dada para \(name.es) está vacía")
        case .unexpectedOperand(let word, let command, _, _):
            Text(
                en: "unexpected word '\(word)' after '\(command)'",
                es: "la palabra '\(word)' sobra después de '\(command)'"
            )
        }
    }

    /// A hint on how to correct the command line; `nil` if there is none.
    public var hint: Text? {
        switch self {
        case .unknownCommand(_, let command, let suggestions):
            suggestions.hint ?? UsageError.seeHelp(of: command)
        case .unknownOption(let word, let command, let suggestions):
            suggestions.hint
                ?? (UsageError.looksLikeNumber(word)
                    ? Text(
                        en: "write '--' before an operand that begins with '-'",
                        es: "escribir '--' antes de un operando que empieza con '-'"
                    ) : UsageError.seeHelp(of: command))
        case .missingValue(let option, _, let next):
            next.map {
                Text(
                    en: "if '\($0)' is meant as the value, write '\(option)=\($0)'",
                    es: "si '\($0)' es el valor, escribir '\(option)=\($0)'"
                )
            }
        case .unexpectedValue(let option, _):
            Text(en: "write '\(option)' alone", es: "escribir solo '\(option)'")
        case .invalidBoolean(let option, _):
            Text(
                en: "write '\(option)', '\(option)=true' or '\(option)=false'",
                es: "escribir '\(option)', '\(option)=sí' o '\(option)=no'"
            )
        case .invalidValue(_, _, let expected): expected.hint
        case .unexpectedOperand(let word, _, _, _) where Self.signsOfShells.contains(word):
            Text(
                en: "no shell reads '\(word)' here: write one command a line",
                es: "aquí ningún shell lee '\(word)': escribir un comando por línea"
            )
        case .unexpectedOperand(let word, let command, let option, let suggestions):
            option.map { Text(en: "write '\($0)=\(word)'", es: "escribir '\($0)=\(word)'") }
                ?? suggestions.hint ?? UsageError.seeHelp(of: command)
        case .emptyPath: Text(en: "name a file or a folder", es: "indicar un archivo o una carpeta")
        case .contradictedValue:
            Text(en: "write it once", es: "escribirla una sola vez")
        case .missingOperand(_, let command, let suggestions):
            suggestions.hint ?? UsageError.seeHelp(of: command)
        }
    }

    /// Returns the hint to read the help of a command.
    ///
    /// - Parameter command: its full name, starting with that of the program.
    public static func seeHelp(of command: String) -> Text {
        Text(en: "see '\(command) --help'", es: "ver '\(command) --help'")
    }

    /// What joins commands or leads their output elsewhere in a shell, which takes it away.
    private static let signsOfShells: Set<String> = ["&&", "||", ";", "&", "|", ">", ">>", "<"]

    private static func looksLikeNumber(_ word: String) -> Bool {
        word.utf8.dropFirst().first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    }
}

extension UsageError {
    /// Returns both spellings of a boolean option, for a message.
    fileprivate static func bothWays(_ option: String) -> Text {
        let name = option.hasPrefix("--no-") ? String(option.dropFirst(5)) : String(option.drop { $0 == "-" })
        return Text(en: "--\(name) and --no-\(name)", es: "--\(name) y --no-\(name)")
    }
}
