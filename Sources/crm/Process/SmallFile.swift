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
        guard let bytes = try read(path, atMost: limit, failingAs: .inputOutput, mayBePipe: true) else {
            throw CRMError(.inputOutput, errno: ENOENT, path: path)
        }
        return bytes
    }

    /// Reads standard input to its end.
    ///
    /// - Parameter limit: the most bytes that are read.
    /// - Throws: ``CRMError`` `inputOutput` for one that cannot be read or is longer.
    static func readStandardInput(atMost limit: Int) throws(CRMError) -> [UInt8] {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try FileDescriptor(rawValue: STDIN_FILENO).readToEnd(stoppingAfter: limit)
        } catch {
            throw CRMError(unreadable: .failed(errno: error.code), source: .standardInput)
        }
        guard bytes.count <= limit else { throw tooLong(.standardInput, limit, .inputOutput) }
        return bytes
    }

    private static func tooLong(_ source: Text, _ limit: Int, _ code: CRMError.Code) -> CRMError {
        CRMError(
            code,
            Text(en: "\(source.en) is longer than \(limit) bytes", es: "\(source.es) tiene más de \(limit) bytes")
        )
    }

    /// Returns the bytes of a file that need not exist; `nil` if it does not.
    ///
    /// - Parameters:
    ///   - limit: the most bytes that are read.
    ///   - code: the code of the error for a file that cannot be read, is longer, or is a pipe, which may never end.
    static func readIfThere(
        _ path: String,
        atMost limit: Int,
        failingAs code: CRMError.Code
    ) throws(CRMError) -> [UInt8]? {
        try read(path, atMost: limit, failingAs: code, mayBePipe: false)
    }

    /// A link says that somebody means a file to be there.
    private static func checkIsNoLink(_ path: String, failingAs code: CRMError.Code) throws(CRMError) {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return }
        throw CRMError(
            code,
            Text(en: "\(path) is a link to nothing", es: "\(path) es un enlace a nada"),
            hint: Text(en: "put the file back, or take the link away", es: "reponer el archivo o quitar el enlace")
        )
    }

    private static func read(
        _ path: String,
        atMost limit: Int,
        failingAs code: CRMError.Code,
        mayBePipe: Bool
    ) throws(CRMError) -> [UInt8]? {
        // To open a pipe that nobody writes to would wait for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | (mayBePipe ? 0 : O_NONBLOCK))
        if descriptor < 0, errno == ENOENT || errno == ENOTDIR {
            try checkIsNoLink(path, failingAs: code)
            return nil
        }
        guard descriptor >= 0 else { throw CRMError(code, errno: errno, path: path) }
        defer { close(descriptor) }
        var status = stat()
        if !mayBePipe, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFIFO {
            throw CRMError(
                code,
                Text(en: "\(path) is no file but a pipe", es: "\(path) no es un archivo, sino una tubería")
            )
        }
        do throws(SystemError) {
            let bytes = try FileDescriptor(rawValue: descriptor).readToEnd(stoppingAfter: limit)
            if bytes.count <= limit { return bytes }
        } catch {
            throw CRMError(code, errno: error.code, path: path)
        }
        throw tooLong(Text(path), limit, code)
    }
}
