extension Check {
    /// That what is looked for is found.
    mutating func checkSearch() throws {
        if let fault = try store.searchFault() { report(fault, isMendable: true) }
    }
}
