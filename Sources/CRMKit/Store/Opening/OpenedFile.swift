import Glibc
import SQLite

/// A file whose definitions were read before the command line was parsed, since they determine its fields. A command
/// that only reads uses the same connection.
public final class OpenedFile {
    /// The modules with the file's definitions.
    public let modules: FileRegistry
    /// The connection that read the definitions; `nil` when the file has none and was not opened.
    private var connection: (database: Database, header: FileHeader)?
    private let path: String

    /// Reads the definitions that a file adds. For a file that adds none, this reads one integer on its first page. A
    /// file that does not exist or cannot be read adds none, and opening it later reports the reason.
    ///
    /// - Parameters:
    ///   - path: a file path, never a URI.
    ///   - timeout: milliseconds to wait for another process.
    public init(_ standard: Registry, path: String, timeout: Int32) {
        self.path = path
        let file = DatabaseFile(path: path, timeout: timeout)
        guard !path.isEmpty, (try? file.checkPath()) != nil else {
            modules = FileRegistry(standard)
            return
        }
        guard file.mayHaveDefinitions else {
            modules = FileRegistry(standard, Definitions(), mark: 0)
            return
        }
        guard let (database, header) = try? file.open(.reading),
            header.definitions == 0
                || (try? ForeignSchema(database: database, registry: standard).disguises())?.isEmpty == true,
            let definitions = try? Definitions(of: header, in: database)
        else {
            modules = FileRegistry(standard)
            return
        }
        modules = FileRegistry(standard, definitions, mark: header.definitions)
        // A file without definitions is opened anew for its purpose, as when it was not opened here.
        if header.definitions > 0 { connection = (database, header) }
    }

    /// Closes the connection, for commands that need the file to be closed.
    public func close() { connection = nil }

    /// Returns the connection if the purpose is to read and the file has the present format; otherwise closes it. While
    /// it is open, a writer that ends cannot move its changes from the `-wal` into the file, and later commands have to
    /// read them from there (https://www.sqlite.org/wal.html#avoiding_excessively_large_wal_files).
    func connection(to path: String, for purpose: Store.Purpose) -> (Database, FileHeader)? {
        guard let connection, path == self.path, purpose == .reading, !connection.header.isOlder else {
            close()
            return nil
        }
        return (connection.database, connection.header)
    }
}

extension DatabaseFile {
    /// Whether the file may add definitions, read without SQLite: `user_version` is at offset 60 of the first page
    /// (https://www.sqlite.org/fileformat2.html#the_database_header). A `-wal` may have another value.
    var mayHaveDefinitions: Bool {
        if hasPendingLog { return true }
        let descriptor = Glibc.open(place, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        // This process has no connection to the file yet, whose locks closing the descriptor would release.
        defer { close(descriptor) }
        var version: UInt32 = 0
        guard pread(descriptor, &version, 4, 60) == 4 else { return false }
        return FileHeader.hasDefinitions(userVersion: UInt32(bigEndian: version))
    }
}
