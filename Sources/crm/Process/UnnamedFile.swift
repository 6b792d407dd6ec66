import CRMKit
import Formats
import Glibc

/// A file without a name, for what is to be whole before anything reads it. It is gone with the process.
final class UnnamedFile {
    private let file: UnsafeMutablePointer<FILE>

    /// The folder in which the C library makes such files, whatever TMPDIR says.
    private static let folder = "/tmp"

    /// Makes a file.
    ///
    /// - Parameter write: writes the contents.
    /// - Throws: ``CRMError`` `inputOutput` if there is no room for the file; the errors of `write`.
    init(_ write: (ByteSink) throws -> Void) throws {
        guard let file = tmpfile() else { throw CRMError(.inputOutput, errno: errno, path: Self.folder) }
        self.file = file
        let sink = ByteSink(descriptor: fileno(file))
        do {
            try write(sink)
            try sink.flush()
        } catch let error as WriteError {
            throw CRMError(.inputOutput, errno: error.errno, path: Self.folder)
        }
    }

    deinit { fclose(file) }

    /// Returns the file's descriptor, at the start of the contents.
    func rewound() -> Int32 {
        lseek(fileno(file), 0, SEEK_SET)
        return fileno(file)
    }

    /// Passes on the bytes, piece by piece.
    func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try RawSource(descriptor: rewound()).forEachPiece(body)
    }
}
