import CRMKit
import Formats
import Glibc
import Localization

/// A file named on the command line, or standard input as `-`.
struct InputFile {
    private let path: String

    init(_ path: String) { self.path = path }

    /// The name in messages.
    var name: Text { path == "-" ? .standardInput : Text(path) }

    /// Returns the error that what was found in a folder is another folder, a pipe or a device.
    static func notOne(_ path: String) -> CRMError {
        let (en, es) =
            FileStatus.isFolder(path)
            ? ("a folder", "una carpeta") : ("a pipe or a device", "una tubería o un dispositivo")
        return CRMError(
            .inputOutput,
            Text(en: "\(path) is no file but \(en)", es: "\(path) no es un archivo, sino \(es)")
        )
    }

    /// - Parameters:
    ///   - encoding: the declared encoding of the text; `nil` for UTF-8, or UTF-16 if the file begins like UTF-16.
    ///   - isOfFolder: whether the file was found in a named folder instead of being named itself. A pipe or a device,
    ///     which may never end, is then refused.
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be opened.
    func open(_ encoding: EncodingClaim? = nil, isOfFolder: Bool = false) throws -> ByteSource {
        if path == "-", !isOfFolder { return ByteSource(encoding: encoding) }
        if isOfFolder, FileStatus.isPipeOrDevice(path) {
            throw Self.notOne(path)
        }
        // A folder can be opened like a file; the later read error would not name it.
        if FileStatus.isFolder(path) { throw CRMError(unreadable: .failed(errno: EISDIR), source: Text(path)) }
        do {
            return try ByteSource(path: path, encoding: encoding)
        } catch {
            throw CRMError(unreadable: error, source: Text(path))
        }
    }
}
