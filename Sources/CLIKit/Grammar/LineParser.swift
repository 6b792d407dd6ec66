/// Parses many command lines with one grammar. Each command of the grammar is built once, when a line first calls it.
public struct LineParser<Context> {
    private var parser: Parser<Context>
    private var built: Set<[String]> = []

    /// Creates a parser for one program.
    public init(root: Command<Context>) { parser = Parser(root: root) }

    /// Parses the words of one line, which do not include the program's name.
    ///
    /// - Throws: the errors of ``Parser/parse(_:)``.
    public mutating func parse(_ words: [String]) throws(UsageError) -> Invocation<Context> {
        let invocation = try parser.parse(words)
        let path = invocation.path
        if !path.descendants.isEmpty, built.insert(path.names).inserted {
            parser = Parser(root: parser.root.keeping(path.descendants[...]))
        }
        return invocation
    }
}

extension Command {
    /// Returns a copy of the command in which the commands of a path are already built.
    fileprivate func keeping(_ path: ArraySlice<Command>) -> Command {
        guard let first = path.first else { return self }
        // The first command of the path already contains the subcommands built for earlier lines.
        let kept = first.keeping(path.dropFirst())
        return replacing(subcommands.map { $0.name == first.name ? $0.built(as: kept) : $0 })
    }
}
