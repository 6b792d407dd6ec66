import Glibc
import SQLite

/// A file that was looked into before the command line was read, since that may speak of what the file adds to the
/// modules; open already for a command that only reads.
public final class OpenedFile {
    /// The modules as the file has them.
    public let modules: FileRegistry
    /// The connection by which they were read; `nil` for a file that adds nothing, of which none was made.
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
        guard !path.isEmpty, (try? file.checkPath()) != nil, file.mayHaveDefinitions,
            let (database, header) = try? file.open(.reading),
            header.definitions > 0,
            (try? ForeignSchema(database: database, registry: standard).disguises())?.isEmpty == true,
            let definitions = try? Definitions(reading: database)
        else {
            modules = FileRegistry(standard)
            connection = nil
            return
        }
        modules = FileRegistry(standard, definitions, mark: header.definitions)
        connection = (database, header)
    }

    /// Lets go of the connection, for who needs the file to be open nowhere.
    public func close() { connection = nil }

    /// The connection, where it serves: to read a file of the present format. Where it does not it is closed: while it
    /// were open, nobody who writes could bring what they wrote from the `-wal` into the file when they are done, and each
    /// later command would read it from there (https://www.sqlite.org/wal.html#avoiding_excessively_large_wal_files).
    func connection(to path: String, for purpose: Store.Purpose) -> (Database, FileHeader)? {
        guard let connection, path == self.path, purpose == .reading, !connection.header.isOlder else {
            close()
            return nil
        }
        return (connection.database, connection.header)
    }
}

extension DatabaseFile {
    /// Whether the file says that it adds definitions, told without SQLite: `user_version` is at offset 60 of the first
    /// page (https://www.sqlite.org/fileformat2.html#the_database_header). What waits in a `-wal` may say otherwise.
    var mayHaveDefinitions: Bool {
        if hasPendingLog { return true }
        let descriptor = Glibc.open(place, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        // No connection to the file is open yet, whose locks this would drop.
        defer { close(descriptor) }
        var version: UInt32 = 0
        guard pread(descriptor, &version, 4, 60) == 4 else { return false }
        return FileHeader.hasDefinitions(userVersion: UInt32(bigEndian: version))
    }
}
