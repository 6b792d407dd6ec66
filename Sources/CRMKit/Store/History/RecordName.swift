extension Store {
    /// Returns the present name of a record, or the last one of a deleted record.
    ///
    /// - Returns: `nil` for a record without a name, and for an id that no record has or had.
    public func knownName(of id: Int64, in module: Module) throws(CRMError) -> String? {
        try translating { try lastKnownName(of: id, in: module) }
    }
}
