/// A key has underscores, as tables, columns and JSON spell it; the same word on the command line has hyphens.
extension String {
    /// The key as a word of the command line: `sales_order` is `sales-order`.
    public var hyphenated: String { replacing(UInt8(ascii: "_"), with: UInt8(ascii: "-")) }

    /// The word of the command line as a key: `sales-order` is `sales_order`.
    var underscored: String { replacing(UInt8(ascii: "-"), with: UInt8(ascii: "_")) }

    /// Returns the text with one ASCII character in place of another. Most keys are a single word, and every start asks
    /// for those of all modules, an import for one with each line: so the bytes are looked at, and no characters.
    private func replacing(_ old: UInt8, with new: UInt8) -> String {
        guard utf8.contains(old) else { return self }
        return String(decoding: utf8.map { $0 == old ? new : $0 }, as: UTF8.self)
    }
}
