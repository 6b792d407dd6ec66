import CRMKit
import Localization

extension CRMError {
    /// Lets a body make a file. Where it cannot for want of the folder, the error says so, and how to make that.
    ///
    /// - Throws: ``CRMError`` of the body.
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

    /// The error that a file cannot be made for want of its folder; `nil` where that is there.
    static func missingFolder(of path: String) -> CRMError? {
        let folder = FilePath(path).folder
        return missing(
            folder,
            Text(en: "\(path): there is no folder \(folder)", es: "\(path): no existe la carpeta \(folder)")
        )
    }

    /// The error that there is no folder of a name; `nil` where there is one.
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
