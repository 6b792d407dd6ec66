import CRMKit
import Localization

extension CRMError {
    /// Runs a body that creates a file. If it fails because the folder is missing, the error says so, with a hint on
    /// how to create the folder.
    ///
    /// - Throws: the ``CRMError`` of the body, or the one about the folder.
    static func makingFile<Result>(
        _ path: String,
        _ body: () throws(CRMError) -> Result
    ) throws(CRMError) -> Result {
        do throws(CRMError) {
            return try body()
        } catch {
            throw error.code == .inputOutput ? missingFolder(of: path) ?? error : error
        }
    }

    /// Returns the error that a file cannot be created because its folder is missing; `nil` if the folder exists.
    static func missingFolder(of path: String) -> CRMError? {
        let folder = FilePath(path).folder
        return missing(
            folder,
            Text(en: "\(path): there is no folder \(folder)", es: "\(path): no existe la carpeta \(folder)")
        )
    }

    /// Returns the error that a folder does not exist; `nil` if it does.
    static func missingFolder(_ folder: String) -> CRMError? {
        missing(folder, Text(en: "there is no folder \(folder)", es: "no existe la carpeta \(folder)"))
    }

    private static func missing(_ folder: String, _ message: Text) -> CRMError? {
        guard !FileStatus.exists(folder) else { return nil }
        let command = CommandLineText(program: "mkdir", words: ["-p", folder]).text
        return CRMError(
            .inputOutput,
            message,
            hint: Text(en: "make it with: \(command)", es: "crearla con: \(command)")
        )
    }
}
