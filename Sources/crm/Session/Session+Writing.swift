import CLIKit
import CRMKit
import Glibc
import Localization

extension Session {
    /// Returns the clock of the command. It is fixed at the first call.
    func clock() throws(CRMError) -> Clock {
        if let line { return line.store.clock }
        if let fixedClock { return fixedClock }
        let clock = try present()
        fixedClock = clock
        return clock
    }

    /// Returns a clock with the present time.
    func present() throws(CRMError) -> Clock {
        try Clock.current(TZ: environment["TZ"], TZDIR: environment["TZDIR"])
    }

    /// The name of the user who runs the command, for the history: the first nonempty of the environment variables
    /// `CRM_USER`, `LOGNAME` and `USER`, otherwise `uid` and the user id.
    var who: String { user.name }

    /// The user who runs the command. A user id does not name anybody to whom records could be assigned.
    var user: User {
        let names = ["CRM_USER", "LOGNAME", "USER"].lazy.compactMap { self.environment.nonEmpty($0) }
        return names.first.map { User($0) } ?? User("uid \(getuid())", isNamed: false)
    }

    /// Returns the user name for a name on the command line. `me` stands for the user who runs the command.
    ///
    /// - Throws: ``CRMError`` `usage` if it is not known who that is.
    func meant(by name: String?) throws(CRMError) -> String? {
        guard let name else { return nil }
        do throws(ValueError) {
            return try user.meant(by: name)
        } catch {
            throw CRMError(.usage, error.reason)
        }
    }

    /// Returns the inputs with `me` in the field `assigned_to` replaced by the user who runs the command, as in
    /// filters.
    ///
    /// - Throws: ``CRMError`` `usage` if it is not known who that is.
    func meant(by inputs: [FieldInput]) throws(CRMError) -> [FieldInput] {
        try inputs.map { input throws(CRMError) in
            guard input.field == "assigned_to", case .set(let name) = input.change, let meant = try meant(by: name)
            else { return input }
            return FieldInput(input.field, .set(meant))
        }
    }

    /// Returns the request for a write of this command.
    func writeRequest() -> WriteRequest {
        WriteRequest(
            who: who,
            command: CommandLineText(program: program, words: words).text,
            isForced: invocation[WritingOptions.force],
            isDryRun: invocation[WritingOptions.dryRun],
            refusesDuplicates: invocation[WritingOptions.noDuplicates]
        )
    }

    /// Whether all changes are rolled back at the end of the command, or of the batch to which it belongs.
    var isDryRun: Bool { line?.isDryRun ?? false || invocation[WritingOptions.dryRun] }

    /// Informs the user that nothing was saved.
    func noteDryRun() throws {
        try note(Text(en: "dry run: nothing was saved", es: "simulacro: no se guardó nada"))
    }

    /// Informs the user if the history has nothing of an update, as it keeps no contents of files: an undo would then
    /// take back an earlier change set.
    func noteContentsOnly() throws {
        guard line == nil, !isDryRun, store?.savedChangeSet == nil else { return }
        try note(
            Text(
                en: "what was filled in is no change to be taken back: undo would take back an earlier one",
                es: "lo completado no es un cambio que se deshaga: undo desharía uno anterior"
            )
        )
    }

    /// Reports the outcome of a write, which is by now committed or, after a dry run, rolled back. A line of a batch in
    /// one transaction is committed only with the batch.
    ///
    /// - Parameter ids: the ids of the saved records, if these are reported.
    func tellOutcome(_ ids: [Int64] = [], _ tell: (_ isCommitted: Bool) throws -> Void) throws {
        if isDryRun || line?.isRevocable == true { return try tell(false) }
        do {
            try SavedButUnwritten.reporting(ids) {
                if savedChangeSet != nil { try tellMade() }
                try tell(true)
            }
        } catch let error where store?.savedChangeSet != nil {
            // The text of the note may have to be read first.
            let path = try store?.path ?? databaseLocation().path
            guard var told = CRMError.translated(error, path: path) as? CRMError else { throw error }
            // Whoever tries again would do it twice.
            if told.code == .busy { told = CRMError(.inputOutput, told.message, details: told.details) }
            if !ids.isEmpty {
                let list = ids.map(String.init).joined(separator: ", ")
                told.details.append(Text(en: "saved as \(list)", es: "guardado como \(list)"))
                isSaveTold = true
            }
            throw told
        }
    }
}
