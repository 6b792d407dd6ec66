/// A word of a command line that its command does not take, by which the command may know what was meant.
public enum StrayWord: Sendable, Equatable {
    /// An option, by its name without dashes, with the value joined to it or the word after it; `nil` without one.
    case option(String, value: String?)
    /// A word that is neither an option nor the name of a command, with the word after it; `nil` without one.
    case operand(String, next: String?)
}
