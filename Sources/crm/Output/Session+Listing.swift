import CLIKit
import Localization

extension Session {
    /// Prints rows that are no records.
    ///
    /// - Parameters:
    ///   - paged: whether a table on a terminal goes through the pager.
    ///   - isSilentWhenEmpty: whether without rows nothing at all is printed.
    ///   - body: writes the rows.
    func printListing(
        of columns: [Listing.Column],
        paged: Bool = false,
        isSilentWhenEmpty: Bool = false,
        _ body: (inout Listing) throws -> Void
    ) throws {
        let format = try outputFormat
        let style = try outputStyle
        let listing = try withOutput(paged: paged && format == .table) { sink in
            var listing = Listing(columns, format: format, style: style, to: sink)
            if !isSilentWhenEmpty { try listing.begin() }
            try body(&listing)
            if listing.hasBegun { try listing.end() }
            return listing
        }
        try noteEmpty(listing.emptyColumns)
        try noteOmitted(listing.omittedColumns)
    }

    /// Says which columns of a table are not there because they would be empty.
    ///
    /// - Parameters:
    ///   - headers: theirs.
    ///   - canBeChosen: whether there is an option that brings them back.
    func noteEmpty(_ headers: [String], canBeChosen: Bool = false) throws {
        if headers.isEmpty { return }
        let list = headers.joined(separator: ", ")
        let (en, es) = canBeChosen ? ("; --columns chooses", "; --columns las elige") : ("", "")
        try note(
            Text(
                en: "left out, empty in every row: \(list)\(en)",
                es: "se omite lo vacío en todas las filas: \(list)\(es)"
            )
        )
    }
}
