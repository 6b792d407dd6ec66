import CLIKit
import CRMKit

@testable import crm

/// A command line that is read and not run.
struct ReadLine {
    static let registry = Registry.standard
    static let root = RootCommand(name: "crm", registry: registry).command

    let invocation: crm.Invocation

    /// Reads words with blanks between them; single quotes hold blanks together.
    init(_ line: String) throws {
        invocation = try Parser(root: Self.root).parse(ShellWords.split(line))
    }
}
