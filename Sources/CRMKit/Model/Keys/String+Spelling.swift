/// A key has underscores, as tables, columns and JSON spell it; the same word on the command line has hyphens.
extension String {
    /// The key as a word of the command line: `sales_order` is `sales-order`.
    public var hyphenated: String { String(map { $0 == "_" ? "-" : $0 }) }

    /// The word of the command line as a key: `sales-order` is `sales_order`.
    var underscored: String {
        // Keys come with every line of an input, mostly without hyphens.
        utf8.contains(UInt8(ascii: "-")) ? String(map { $0 == "-" ? "_" : $0 }) : self
    }
}
