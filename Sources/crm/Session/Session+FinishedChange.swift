import CLIKit
import CRMKit
import Localization

extension Session {
    /// Ends a command that changes existing records: reports if nothing was changed or it was a dry run, otherwise
    /// shows the saved result.
    func finishChange(isChanged: Bool, isDryRun: Bool, _ show: () throws -> Void) throws {
        if !isChanged { try note(Text(en: "nothing changed", es: "nada cambió")) }
        if isDryRun { return try noteDryRun() }
        try tellOutcome { _ in try show() }
    }

    /// Changes a definition of the file, and shows what it is then, as it would be after a dry run.
    func change<Result>(
        _ body: (Transaction) throws -> Result,
        showing show: (Result) throws -> Void
    ) throws {
        let store = try openStore(for: .writing)
        let result = try store.write(writeRequest(), body)
        try tellOutcome { _ in try show(result) }
        if isDryRun { try noteDryRun() }
    }
}

extension CRMError {
    /// Returns the error for a command line that states no change.
    ///
    /// - Parameters:
    ///   - command: the command whose help lists the possible changes.
    ///   - meant: options to write instead of words of the line.
    static func nothingToChange(of module: Module, see command: String, meant: [String] = []) -> CRMError {
        CRMError(
            .usage,
            Text(en: "nothing to change is given", es: "no se indica nada que modificar"),
            hint: Text(thatIs: meant) ?? UsageError.seeHelp(of: command),
            module: module.name
        )
    }
}
