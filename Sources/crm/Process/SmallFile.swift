import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// Files that are read whole, and rejected if they are longer than any reasonable one.
enum SmallFile {
    /// Reads a file.
    ///
    /// - Parameter limit: the greatest number of bytes.
    /// - Throws: ``CRMError`` `inputOutput` for a file that is missing, cannot be read, or is longer.
    static func read(_ path: String, atMost limit: Int) throws(CRMError) -> [UInt8] {
        guard let bytes = try read(path, atMost: limit, failingAs: .inputOutput, mayBePipe: true) else {
            throw CRMError(.inputOutput, errno: ENOENT, path: path)
        }
        return bytes
    }

    /// Reads a source to its end.
    ///
    /// - Parameters:
    ///   - limit: the greatest number of bytes.
    ///   - name: the name of the source in messages.
    /// - Throws: ``CRMError`` `inputOutput` if it cannot be read or is longer.
    static func read(_ source: RawSource, atMost limit: Int, name: Text) throws(CRMError) -> [UInt8] {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
        defer { piece.deallocate() }
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            let length: Int
            do throws(ReadError) { length = try source.read(into: piece) } catch {
                throw CRMError(unreadable: error, source: name)
            }
            if length == 0 { return bytes }
            bytes += piece[..<length]
        }
        throw tooLong(name, limit, .inputOutput)
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
    ///   - limit: the greatest number of bytes.
    ///   - code: the code of the error for a file that cannot be read, is longer, or is a pipe, which may never end.
    static func readIfThere(
        _ path: String,
        atMost limit: Int,
        failingAs code: CRMError.Code
    ) throws(CRMError) -> [UInt8]? {
        try read(path, atMost: limit, failingAs: code, mayBePipe: false)
    }

    /// Throws if a path is a link, which shows that a file is expected there.
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
        // Opening a pipe without a writer would wait forever.
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
