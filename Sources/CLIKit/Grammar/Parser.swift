/// Reads the words of a command line by a grammar. It looks at nothing else and does nothing.
///
/// The rules are those of POSIX (XBD 12.2) with the GNU extensions: options may stand after operands, `--` ends them,
/// `-` is an operand, short options can be bundled, and a value follows its option as `--x v`, `--x=v`, `-x v` or `-xv`.
/// Beyond those: long options are not abbreviated; `_` and `-` are the same in names; an option's value is the next
/// word even if it begins with `-`, unless it is exactly a long option that can be given there; and options of a
/// command can be given to those below it, before or after their names.
public struct Parser<Context>: Sendable {
    /// The program's grammar.
    public let root: Command<Context>

    /// A parser for one program.
    public init(root: Command<Context>) {
        self.root = root
    }

    /// Reads words, the program's own name not among them.
    ///
    /// - Throws: the first thing that is wrong, unless help is asked for anywhere before `--`, which wins; but not over a
    ///   command before it that is unknown.
    public func parse(_ words: [String]) throws(UsageError) -> Invocation<Context> {
        var reader = WordReader(root: root)
        for index in words.indices {
            reader.read(words[index], next: index + 1 < words.endIndex ? words[index + 1] : nil)
        }
        return try reader.finish()
    }
}
