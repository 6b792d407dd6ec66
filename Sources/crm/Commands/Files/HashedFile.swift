import CRMKit
import Formats
import Glibc

/// A file on this machine with the facts computed from its bytes.
struct HashedFile {
    /// The absolute path.
    let path: String
    let sha256: String
    let size: Int64
    let mediaType: MediaType

    /// Reads the whole file.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be read, and for a pipe or a device, which may never
    ///   end.
    init(reading path: String) throws {
        if FileStatus.isFolder(path) { throw CRMError(.inputOutput, errno: EISDIR, path: path) }
        var hash = SHA256()
        var size: Int64 = 0
        var beginning: [UInt8] = []
        try CRMError.reading(.init(path)) {
            let file = FoundFile(path)
            // /dev/null is the only device known to end.
            let source = path == "/dev/null" ? try RawSource(path: path) : try file.open()
            try source.forEachPiece { piece in
                if beginning.count < MediaType.sniffLength {
                    beginning.append(contentsOf: piece.prefix(MediaType.sniffLength - beginning.count))
                }
                hash.update(piece)
                size += Int64(piece.count)
            }
        }
        self.path = FilePath.target(of: path)
        self.size = size
        sha256 = hash.hexadecimal
        mediaType = beginning.withUnsafeBytes { MediaType(of: $0, named: FilePath(path).name) }
    }
}
