/// The numbers of records related to a record, by module.
public struct RelatedSummary: Sendable {
    /// The related records of one module.
    public struct Group: Sendable {
        /// The module.
        public let module: Module
        /// The number of open links, and of records that refer to the record without a link.
        public let count: Int64
        /// The ways in which at least one record is related.
        public let ways: [RelatedWay]
    }

    /// Every module whose records can be related to the record, in the registry's order, including those without any.
    public let groups: [Group]
    /// The ids of the records that were merged into this one; `nil` for a module whose records cannot be merged.
    public internal(set) var mergedFrom: [Int64]?
}
