import Glibc
import SQLite

/// The modules as a file has them: those of the program, with what the file adds. It is read before a command line is,
/// since that may speak of what the file adds.
public struct FileRegistry: Sendable {
    /// The modules with what the file adds.
    public let registry: Registry
    /// The modules as they come with the program.
    let standard: Registry
    let definitions: Definitions
    /// What the file's header said when they were read; `nil` where no file was looked at.
    let mark: Int64?

    /// The modules as they come with the program, before any file is looked at.
    public init(_ standard: Registry) {
        self.init(standard, Definitions(), mark: nil)
    }

    init(_ standard: Registry, _ definitions: Definitions, mark: Int64?) {
        registry = standard.extended(by: definitions)
        self.standard = standard
        self.definitions = definitions
        self.mark = mark
    }

    /// Reads what a file adds. For one that adds nothing that is one integer of its first page; one that is not there, or
    /// cannot be read, adds nothing, and whoever opens it is told why.
    ///
    /// - Parameters:
    ///   - path: a file path, never a URI.
    ///   - timeout: milliseconds to wait for another process.
    public init(_ standard: Registry, ofFileAt path: String, timeout: Int32) {
        let file = DatabaseFile(path: path, timeout: timeout)
        guard !path.isEmpty, file.mayHaveDefinitions, let (database, header) = try? file.open(.reading),
            header.definitions > 0, let definitions = try? Definitions(reading: database)
        else {
            self.init(standard)
            return
        }
        self.init(standard, definitions, mark: header.definitions)
    }

    /// The same modules with the definitions of an open file: those already read where it still has them.
    ///
    /// - Throws: ``CRMError`` `busy` where another process has changed them meanwhile.
    func following(_ header: FileHeader, in database: Database) throws -> FileRegistry {
        guard let mark else {
            return FileRegistry(standard, try Definitions(of: header, in: database), mark: header.definitions)
        }
        guard mark == header.definitions else { throw DatabaseFile.definitionsHaveChanged }
        return self
    }
}

extension FileRegistry: Equatable {
    /// Whether both were read of one state of the file's definitions; of files that add nothing all are.
    public static func == (one: FileRegistry, other: FileRegistry) -> Bool {
        (one.mark ?? 0) == (other.mark ?? 0)
    }
}

extension DatabaseFile {
    /// Whether the file says that it adds definitions, told without SQLite: `user_version` is at offset 60 of the first
    /// page (https://www.sqlite.org/fileformat2.html#the_database_header). What waits in a `-wal` may say otherwise.
    var mayHaveDefinitions: Bool {
        if hasPendingLog { return true }
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        // No connection to the file is open yet, whose locks this would drop.
        defer { close(descriptor) }
        var version: UInt32 = 0
        guard pread(descriptor, &version, 4, 60) == 4 else { return false }
        return FileHeader.hasDefinitions(userVersion: UInt32(bigEndian: version))
    }
}
