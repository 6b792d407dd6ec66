import SQLite

/// The definitions by which a store reads and writes its file, and what follows from them.
struct StoreSchema {
    /// The modules as they come with the program.
    let standard: Registry
    /// The definitions that the file adds.
    private(set) var definitions: Definitions
    /// The modules, with what the file adds to them.
    private(set) var registry: Registry
    /// Every table there is.
    private(set) lazy var tables = registry.tables
    /// The file's header when the definitions were read; `nil` for a database in memory.
    private var header: FileHeader?
    /// What can refer to the records of modules, cached since it takes a pass over all tables and fields.
    private var incomings: [ModuleName: [Incoming]] = [:]

    init(_ modules: FileRegistry, header: FileHeader?) {
        standard = modules.standard
        definitions = modules.definitions
        registry = modules.registry
        self.header = header
    }

    /// The modules as the file has them, for who reads a command line.
    var modules: FileRegistry { FileRegistry(standard, definitions, mark: header?.definitions) }

    /// Goes on by other definitions.
    mutating func adopt(_ definitions: Definitions, _ header: FileHeader) {
        self.definitions = definitions
        registry = standard.extended(by: definitions)
        self.header = header
        tables = registry.tables
        incomings = [:]
    }

    /// Everything that can point at the records of a module, in the order of the tables.
    mutating func incoming(to module: ModuleName) -> [Incoming] {
        if let known = incomings[module] { return known }
        let incoming = registry.incoming(to: module)
        incomings[module] = incoming
        return incoming
    }

    /// Returns the definitions that the file has by now, with its header; `nil` where they are still those.
    ///
    /// - Parameter path: the path of the file, for messages.
    /// - Throws: ``CRMError`` `configuration` for a file that a newer version of the program has upgraded meanwhile.
    func others(in database: Database, path: String) throws -> (definitions: Definitions, header: FileHeader)? {
        guard header != nil else { return nil }
        let present = try FileHeader(reading: database)
        try present.check(path: path)
        if present.definitions == header?.definitions { return nil }
        return (try Definitions(of: present, in: database), present)
    }

    /// Whether the file still has these definitions.
    func isCurrent(in database: Database) throws -> Bool {
        guard let header else { return true }
        let present = try FileHeader(reading: database)
        return present.definitions == header.definitions && present.version == header.version
    }
}
