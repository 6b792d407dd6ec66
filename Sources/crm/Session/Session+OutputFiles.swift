import CRMKit
import Localization

extension Session {
    /// Writes files into a folder, which is created if needed: all files or none.
    func withFolder(_ folder: String, _ body: (AtomicFolder) throws -> Void) throws {
        try refuseFileInTransaction()
        try Folders.makeFolder(folder)
        let files = AtomicFolder(folder, interruption)
        do {
            try body(files)
            try files.publish()
        } catch {
            throw addingCount(of: files, in: folder, to: error)
        }
        interruption.pass()
    }

    /// Returns the error after some files were moved to their final places, with the number of these files added.
    private func addingCount(of files: AtomicFolder, in folder: String, to error: any Error) -> any Error {
        let path = store?.path ?? folder
        guard files.published > 0, var told = ErrorAnswer(to: CRMError.translated(error, path: path)).error else {
            return error
        }
        if told.message == CRMError.interruptedUnsaved.message {
            told = CRMError(.interrupted, Text(en: "interrupted", es: "interrumpido"))
        }
        let count = files.published
        let noun = Text.counting(count, en: ("file", "files"), es: ("archivo", "archivos"))
        told.details.append(
            Text(
                en: "written before that into \(folder): \(count) \(noun.en)",
                es: "escrito antes en \(folder): \(count) \(noun.es)"
            )
        )
        return told
    }

    /// Refuses to overwrite a file or link whose name the user did not choose.
    ///
    /// - Throws: ``CRMError`` `inputOutput`.
    func refuseOverwriting(_ path: String, hint: Text) throws(CRMError) {
        guard FileStatus.isNameTaken(path) else { return }
        throw CRMError(
            .inputOutput,
            Text(en: "\(path) is there already", es: "\(path) ya existe"),
            hint: hint
        )
    }

    /// Refuses an output file that is the database, a file that SQLite stores beside it, or an input of the command,
    /// since writing would destroy its contents. A file that does not exist yet is refused too, because SQLite uses any
    /// file with such a name.
    ///
    /// - Parameters:
    ///   - option: the option that names the file, for the message.
    ///   - inputs: the files that the command reads, `-` for standard input; for a folder, the files in it.
    ///   - others: the other files that the command writes, with the options that name them.
    ///   - isConfiguration: whether the file is intended to be the user's configuration.
    /// - Throws: ``CRMError`` `usage`.
    func checkIsFree(
        _ path: String,
        for option: String,
        reading inputs: [String] = [],
        besides others: [(path: String, option: String)] = [],
        isConfiguration: Bool = false
    ) throws(CRMError) {
        let configuration = isConfiguration ? nil : UserConfiguration(environment: environment).path
        if let configuration, FileStatus.areSame(path, configuration) {
            throw overwriting(Text(en: "the configuration", es: "la configuración"), path, option)
        }
        if let other = others.first(where: { FileStatus.areSame(path, $0.path) }) {
            let what = Text(en: "the file of \(other.option)", es: "el archivo de \(other.option)")
            throw overwriting(what, path, option)
        }
        // The command may work without a database, like `config` and `generate`.
        if let database = (try? databaseLocation().path).map(FilePath.target) {
            for suffix in FileStatus.databaseSuffixes where FileStatus.areSame(path, database + suffix) {
                throw overwriting(Text(en: "the database", es: "la base de datos"), path, option)
            }
        }
        let inputs = (inputs + (line.map { [$0.input] } ?? [])).map { $0 == "-" ? "/dev/stdin" : $0 }
        if inputs.contains(where: { FileStatus.areSame(path, $0) }) {
            throw overwriting(Text(en: "the input", es: "la entrada"), path, option)
        }
    }

    private func overwriting(_ what: Text, _ path: String, _ option: String) -> CRMError {
        CRMError(
            .usage,
            Text(
                en: "\(option) would overwrite \(what.en), \(path)",
                es: "\(option) sobrescribiría \(what.es), \(path)"
            ),
            hint: Text(en: "name another file", es: "indicar otro archivo")
        )
    }
}
