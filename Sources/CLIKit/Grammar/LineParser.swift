/// Reads many command lines by one grammar. Each command of the grammar is built once, when a line first calls it.
public struct LineParser<Context> {
    private var parser: Parser<Context>
    private var built: Set<[String]> = []

    /// A reader of lines for one program.
    public init(root: Command<Context>) { parser = Parser(root: root) }

    /// Reads the words of one line, the program's own name not among them.
    ///
    /// - Throws: what ``Parser/parse(_:)`` throws.
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
    /// Returns a copy of the command that holds the commands of a path below it already built.
    fileprivate func keeping(_ path: ArraySlice<Command>) -> Command {
        guard let first = path.first else { return self }
        // What was kept of it for other lines is in the one of this line already.
        let kept = first.keeping(path.dropFirst())
        return replacing(subcommands.map { $0.name == first.name ? $0.built(as: kept) : $0 })
    }
}
