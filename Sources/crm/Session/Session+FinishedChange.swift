import CLIKit
import CRMKit
import Localization

extension Session {
    /// Ends a command that changes what is there: says where nothing was changed and where it was a dry run, and else shows
    /// what is saved.
    func finishChange(isChanged: Bool, isDryRun: Bool, _ show: () throws -> Void) throws {
        if !isChanged { try note(Text(en: "nothing changed", es: "nada cambió")) }
        if isDryRun { return try noteDryRun() }
        try show()
    }
}

extension CRMError {
    /// The refusal of a command line that says no change.
    ///
    /// - Parameter command: whose help says what can be changed.
    static func nothingToChange(of module: Module, see command: String) -> CRMError {
        CRMError(
            .usage,
            Text(en: "nothing to change is given", es: "no se indica nada que modificar"),
            hint: UsageError.seeHelp(of: command),
            module: module.name
        )
    }
}
