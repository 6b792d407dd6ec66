extension InputRows {
    /// Starts reading cards.
    ///
    /// - Parameters:
    ///   - module: the module whose records the cards describe.
    ///   - options: the options of the import, which decide whether fields that a card lacks are cleared.
    /// - Returns: `nil` for a module without a mapping to cards.
    public init?(cards files: [NamedSource], of module: Module, options: ImportOptions, keepsRaw: Bool = false) {
        guard let cards = CardRows(files, of: module, options: options, keepsRaw: keepsRaw) else { return nil }
        self.init(cards)
    }
}
