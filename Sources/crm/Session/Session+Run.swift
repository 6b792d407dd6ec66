import CLIKit
import CRMKit
import Formats
import Localization

extension Session {
    /// Runs the command line: prints help or the version, or runs the command.
    ///
    /// - Parameter choice: the decision about the language, with what is wrong with the user's configuration; `nil` for a
    ///   line of a batch, which has told that already.
    func run(_ choice: LanguageChoice.Decision? = nil) throws {
        if invocation.wantsHelp { return try print(help(of: invocation.path).text) }
        if invocation.hasAtRoot(GlobalOptions.version) { return try print("\(program) \(Version.current)\n") }
        try checkFormat()
        try checkFormatName()
        guard let run = invocation.leaf.run else { return try print(help(of: invocation.path).shortText) }
        if let problem = choice?.problem, !invocation.leaf.mendsConfiguration { throw problem }
        try report(choice?.remarks ?? [])
        do {
            try run(self)
        } catch {
            let path = try store?.path ?? databaseLocation().path
            throw tellingWhatIsSaved(CRMError.translated(error, path: path))
        }
    }

    /// Returns the error that followed a commit, with the saved change set added.
    private func tellingWhatIsSaved(_ error: any Error) -> any Error {
        guard line == nil, let changeSet = savedChangeSet, !isSaveTold, !(error is SavedButUnwritten),
            !(error is ReaderGone)
        else { return error }
        if let error = error as? WriteError, error.isBrokenPipe { return ReaderGone(savedTo: changeSet) }
        guard var told = ErrorAnswer(to: error).error else { return error }
        if told.code == .interrupted {
            // The present part is not saved, but earlier parts are.
            guard told.message == CRMError.interruptedUnsaved.message else { return error }
            told = CRMError(.interrupted, Text(en: "interrupted", es: "interrumpido"))
        }
        told.details.append(
            Text(
                en: "saved before that: change set \(changeSet)",
                es: "guardado antes: conjunto de cambios \(changeSet)"
            )
        )
        return told
    }

    /// Refuses two different output formats before anything is done.
    private func checkFormat() throws {
        // The formats of `export` alone, such as vcard, are not among those of all commands.
        guard invocation[GlobalOptions.json], let format = invocation.text(of: GlobalOptions.format),
            format != OutputFormat.json.rawValue
        else { return }
        throw CRMError(
            .usage,
            Text(
                en: "--json and --format \(format) are two forms of output",
                es: "--json y --format \(format) son dos formas de salida"
            ),
            hint: Text(en: "leave one of them out", es: "omitir una de las dos")
        )
    }

    /// Refuses a format that nothing is printed in, before anything is done. A command with formats of its own does so
    /// itself.
    private func checkFormatName() throws {
        let names = invocation.formatNames
        guard let name = invocation.formName, !names.contains(name),
            [OutputFormat.names, OutputFormat.namesOfFigures].contains(names)
        else { return }
        throw invocation.unknownFormat(name)
    }

    /// Returns the help of a command for the language, width and colours of the output.
    func help(of path: CommandPath) -> Help {
        let output = FileDescriptor.standardOutput
        return Help(
            of: path,
            in: language,
            width: min(output.lineWidth(in: environment), 100),
            style: Style(isTerminal: output.isTerminal, environment: environment)
        )
    }

    /// Refuses to run as a line of a batch, for commands about files and the program itself.
    func refuseInBatch() throws(CRMError) {
        let name = invocation.path.names.dropFirst().joined(separator: " ")
        guard line != nil, !name.isEmpty else { return }
        throw CRMError(
            .usage,
            Text(en: "\(name) cannot stand in a batch", es: "\(name) no puede estar en un lote")
        )
    }

    /// Refuses to write a file in a line of a batch that is one transaction, since a failure of a later line could not
    /// undo it.
    func refuseFileInTransaction() throws(CRMError) {
        try refuseInTransaction(Text(en: "writes a file", es: "escribe un archivo"))
    }

    /// Refuses, in a line of a batch that is one transaction, an effect that could not be undone if a later line
    /// failed.
    ///
    /// - Parameter deed: a description of what the line does: `sends mail`.
    func refuseInTransaction(_ deed: Text) throws(CRMError) {
        guard let line, line.isRevocable else { return }
        throw CRMError(
            .usage,
            Text(
                en: "a line that \(deed.en) cannot stand in a batch that is taken back as a whole",
                es: "una línea que \(deed.es) no puede estar en un lote que se deshace entero"
            ),
            hint: Text(
                en: "run the batch with --each, or the line by itself",
                es: "ejecutar el lote con --each, o la línea por separado"
            )
        )
    }
}
