extension Check {
    /// Checks that the search index is complete.
    mutating func checkSearch() throws {
        if let fault = try store.searchFault() { report(fault, isMendable: true) }
    }
}
