extension InputRows {
    /// Starts reading invoices.
    public init(invoices files: [NamedSource]) { self.init(InvoiceRows(files)) }

    /// Sets the buyer of the invoices among the rows to come: invoices that the buyer issued are skipped, and those for
    /// another buyer are reported.
    ///
    /// - Parameter taxID: the buyer's RFC, in any spelling.
    public func setBuyer(taxID: String) { (foreign as? InvoiceRows)?.setBuyer(taxID: taxID) }
}
