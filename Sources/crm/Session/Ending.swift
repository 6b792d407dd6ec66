/// The steps that a run of the program takes after its database is closed.
final class Ending {
    private var steps: [() throws -> Void] = []

    /// Adds a step.
    func append(_ step: @escaping () throws -> Void) { steps.append(step) }

    /// Takes all steps, also those after one that fails.
    ///
    /// - Throws: the error of the first step that failed.
    func run() throws {
        var failure: (any Error)?
        for step in steps {
            do { try step() } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }
}

extension Session {
    /// Takes a step after the database is closed or, for a line of a batch, at once.
    func atEnd(_ step: @escaping () throws -> Void) throws {
        guard line == nil, let ending else { return try step() }
        ending.append(step)
    }
}
