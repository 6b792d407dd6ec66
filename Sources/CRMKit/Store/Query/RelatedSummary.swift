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

    /// Every module that can hang on the record - on a contact what is linked to it and what it owns, on any other record
    /// the contacts linked to it or pointing at it - in the registry's order, those with nothing included.
    public let groups: [Group]
}
