import CRMKit
import Formats
import Localization

extension Session {
    /// Opens a file named on the command line, or standard input for `-`.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be opened; `usage` for the standard input of a line
    ///   of a batch, which has none.
    func open(_ path: String, _ encoding: EncodingClaim? = nil) throws -> ByteSource {
        try checkHasInput(path)
        return try InputFile(path).open(encoding)
    }

    /// Reads the whole of a file named by an option, or of standard input for `-`.
    ///
    /// - Parameter limit: the greatest number of bytes.
    /// - Throws: ``CRMError`` `inputOutput` for an input that cannot be read or is longer, `usage` for the standard
    ///   input of a line of a batch, which has none.
    func readWhole(_ path: String, atMost limit: Int) throws(CRMError) -> [UInt8] {
        try checkHasInput(path)
        return path == "-" ? try SmallFile.readStandardInput(atMost: limit) : try SmallFile.read(path, atMost: limit)
    }

    private func checkHasInput(_ path: String) throws(CRMError) {
        guard line != nil, path == "-" else { return }
        throw CRMError(
            .usage,
            Text(
                en: "a line of a batch has no standard input: name a file",
                es: "una línea de un lote no tiene entrada estándar: nombrar un archivo"
            )
        )
    }
}
