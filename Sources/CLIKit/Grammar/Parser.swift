/// Parses the words of a command line by a grammar. It reads nothing else and has no effects.
///
/// The rules are those of POSIX (XBD 12.2) with the GNU extensions: options may stand after operands, `--` ends them,
/// `-` is an operand, short options can be bundled, and a value follows its option as `--x v`, `--x=v`, `-x v` or
/// `-xv`. Beyond those: long options are not abbreviated; `_` and `-` are the same in names; an option's value is the
/// next word even if it begins with `-`, unless it is exactly a long option that can be given there; and options of a
/// command can be given to those below it, before or after their names.
public struct Parser<Context>: Sendable {
    /// The program's grammar.
    public let root: Command<Context>

    /// Creates a parser for one program.
    public init(root: Command<Context>) {
        self.root = root
    }

    /// Parses words, which do not include the program's name.
    ///
    /// - Throws: the first error of the line. A request for help anywhere before `--` takes precedence over errors,
    ///   except over an unknown command before it.
    public func parse(_ words: [String]) throws(UsageError) -> Invocation<Context> {
        var reader = WordReader(root: root)
        for index in words.indices {
            reader.read(words[index], next: index + 1 < words.endIndex ? words[index + 1] : nil)
        }
        return try reader.finish()
    }
}
