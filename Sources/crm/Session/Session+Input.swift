import CRMKit
import Formats
import Localization

extension Session {
    /// Opens a file named on the command line, or standard input for `-`.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be opened; `usage` for the standard input of a line
    ///   of a batch, which has none.
    func open(_ path: String, _ encoding: EncodingClaim? = nil) throws -> ByteSource {
        try record(path).map { ByteSource($0, encoding: encoding) } ?? InputFile(path).open(encoding)
    }

    /// Opens a file for its unchanged bytes, or standard input for `-`; the errors are those of ``open(_:_:)``.
    func openRaw(_ path: String) throws -> RawSource {
        if let record = try record(path) { return RawSource(record) }
        return try CRMError.reading(InputFile(path).name) { try RawSource(path: path) }
    }

    /// Reads the whole of a file named by an option, or of standard input for `-`.
    ///
    /// - Parameter limit: the greatest number of bytes.
    /// - Throws: ``CRMError`` `inputOutput` for an input that cannot be read or is longer, `usage` for the standard
    ///   input of a line of a batch, which has none.
    func readWhole(_ path: String, atMost limit: Int) throws(CRMError) -> [UInt8] {
        guard let record = try record(path) else { return try SmallFile.read(path, atMost: limit) }
        return try SmallFile.read(RawSource(record), atMost: limit, name: InputFile(path).name)
    }

    /// Returns the input at a path that cannot be opened again, standard input or a pipe; `nil` for a file.
    private func record(_ path: String) throws(CRMError) -> InputRecord? {
        try checkHasInput(path)
        guard path == "-" || FileStatus.isPipeOrDevice(path) else { return nil }
        do {
            return try repetition.input(path)
        } catch {
            throw CRMError(unreadable: error, source: InputFile(path).name)
        }
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
