import SQLite

/// The modules of a file: the program's, with the definitions that the file adds.
public struct FileRegistry: Sendable {
    /// The modules with what the file adds.
    public let registry: Registry
    /// The modules as they come with the program.
    let standard: Registry
    let definitions: Definitions
    /// The count of definition changes in the file's header when the definitions were read; `nil` when no file was
    /// read.
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

    /// Returns the registry with the definitions of an open file, reusing those already read when they have not
    /// changed.
    ///
    /// - Throws: ``CRMError`` `busy` when another process has changed them meanwhile.
    func following(_ header: FileHeader, in database: Database) throws -> FileRegistry {
        guard let mark else {
            return FileRegistry(standard, try Definitions(of: header, in: database), mark: header.definitions)
        }
        guard mark == header.definitions else { throw CRMError.definitionsHaveChanged }
        return self
    }
}

extension FileRegistry: Equatable {
    /// Whether both were read of one state of the file's definitions; of files that add nothing all are.
    public static func == (one: FileRegistry, other: FileRegistry) -> Bool {
        (one.mark ?? 0) == (other.mark ?? 0)
    }
}
