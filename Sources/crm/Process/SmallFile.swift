import CLIKit
import CRMKit
import Glibc
import Localization

/// Files that are read whole, and are refused where nobody can have meant one so long.
enum SmallFile {
    /// Reads a file.
    ///
    /// - Parameter limit: the most bytes that are read.
    /// - Throws: ``CRMError`` `inputOutput` for a file that is not there, cannot be read, or is longer.
    static func read(_ path: String, atMost limit: Int) throws(CRMError) -> [UInt8] {
        guard let bytes = try readIfThere(path, atMost: limit, failingAs: .inputOutput) else {
            throw CRMError(.inputOutput, errno: ENOENT, path: path)
        }
        return bytes
    }

    /// Reads a file; `nil` where there is none.
    ///
    /// - Parameters:
    ///   - limit: the most bytes that are read.
    ///   - code: of the error for one that cannot be read, or is longer.
    static func readIfThere(
        _ path: String,
        atMost limit: Int,
        failingAs code: CRMError.Code
    ) throws(CRMError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return nil }
        guard descriptor >= 0 else { throw CRMError(code, errno: errno, path: path) }
        defer { close(descriptor) }
        do throws(SystemError) {
            let bytes = try FileDescriptor(rawValue: descriptor).readToEnd(stoppingAfter: limit)
            if bytes.count <= limit { return bytes }
        } catch {
            throw CRMError(code, errno: error.code, path: path)
        }
        throw CRMError(
            code,
            Text(en: "\(path) is longer than \(limit) bytes", es: "\(path) tiene más de \(limit) bytes")
        )
    }
}
