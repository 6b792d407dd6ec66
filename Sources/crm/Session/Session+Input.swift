import CRMKit
import Formats
import Localization

extension Session {
    /// Opens a file named on the command line, or standard input for `-`.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be opened; `usage` for the standard input of a line
    ///   of a batch, which has none.
    func open(_ path: String, _ encoding: EncodingClaim? = nil) throws -> ByteSource {
        guard line == nil || path != "-" else {
            throw CRMError(
                .usage,
                Text(
                    en: "a line of a batch has no standard input: name a file",
                    es: "una línea de un lote no tiene entrada estándar: nombrar un archivo"
                )
            )
        }
        return try InputFile(path).open(encoding)
    }
}
