import CRMKit
import Formats
import Glibc
import Localization

/// A file named on the command line, or standard input as `-`.
struct InputFile {
    private let path: String

    init(_ path: String) { self.path = path }

    /// - Parameter encoding: what is said of that of its text; `nil` for UTF-8, or UTF-16 where the file begins as that
    ///   does.
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be opened.
    func open(_ encoding: EncodingClaim? = nil) throws -> ByteSource {
        if path == "-" { return ByteSource(encoding: encoding) }
        // A folder opens as a file does, and is found out where nobody knows its name.
        if FileStatus.isFolder(path) { throw CRMError(unreadable: .failed(errno: EISDIR), source: Text(path)) }
        do {
            return try ByteSource(path: path, encoding: encoding)
        } catch {
            throw CRMError(unreadable: error, source: Text(path))
        }
    }
}
