import SQLite

/// What hangs on a record by links and ownership, module by module: how much, and the newest of it.
public struct RelatedSummary: Sendable {
    /// The records of one module.
    public struct Group: Sendable {
        /// The module.
        public let module: Module
        /// The first choice among the links' attributes, which says what the record is to the contact: a role, a status, a
        /// response; `nil` where there is none.
        public let role: Field?
        /// How many open links, or owned records, there are.
        public let count: Int64
        /// The newest of them, newest first.
        public let entries: [Entry]
    }

    /// One record.
    public struct Entry: Sendable, Hashable {
        /// The record's id.
        public let id: Int64
        /// What it is called; `nil` where its name is empty.
        public let name: String?
        /// The key of the role's choice.
        public let role: String?
    }

    /// Every module that can hang on the record, in the registry's order, those with nothing included.
    public let groups: [Group]

    /// Reads what hangs on a record: of a contact the records linked to it and those it owns, of any other record the
    /// contacts linked to it or pointing at it.
    ///
    /// - Parameter newest: the most entries of each module; `nil` for all.
    /// - Throws: what SQLite reports.
    init(
        of module: Module,
        id: Int64,
        newest: Int?,
        registry: Registry,
        context: ValueContext,
        in database: Database
    ) throws {
        let request = RelatedReader.Request(module: module.name, newest: newest, today: context.clock.today)
        self = try RelatedReader(request, registry: registry, in: database).read(id)
    }

    init(groups: [Group]) { self.groups = groups }
}
