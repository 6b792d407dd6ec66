import CRMKit
import Formats
import Glibc

/// Stores files in the database. A file stored already is recognized by its hash before anything is written.
struct ContentIntake {
    let store: Store
    let session: Session

    /// The maximum size of a file that is read and written in one step.
    private static let small: Int64 = 256 << 10

    /// Stores a file.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be read.
    func take(_ file: FoundFile, by filing: DocumentFiling) throws -> FiledFile {
        if let known = try known(file, by: filing) { return known }
        let source = try file.open()
        source.wait(by: session.interruption.isReady)
        return try CRMError.reading(file.shown) { try filing.take(source, named: file.name) }
    }

    /// Returns the stored content that equals a large file; `nil` if there is none. The file is hashed only if a stored
    /// content has its size.
    private func known(_ file: FoundFile, by filing: DocumentFiling) throws -> FiledFile? {
        var status = stat()
        guard let path = file.path, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size > Self.small, try store.hasContent(ofSize: Int64(status.st_size))
        else { return nil }
        let source = try file.open()
        var hash = SHA256()
        try CRMError.reading(file.shown) {
            try source.forEachPiece { piece in
                try session.interruption.check()
                hash.update(piece)
            }
        }
        return try filing.known(hash.hexadecimal, named: file.name)
    }
}
