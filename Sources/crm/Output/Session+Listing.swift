import CLIKit
import Localization

extension Session {
    /// Prints rows that are not records.
    ///
    /// - Parameters:
    ///   - paged: whether a table on a terminal goes through the pager.
    ///   - isSilentWhenEmpty: whether to print nothing at all if there are no rows.
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

    /// Prints one row that is not a record. For people it is a block with one line for each value.
    func printOne(_ row: Listing.Row, of columns: [Listing.Column]) throws {
        let format = try outputFormat
        if format.isJSON { return try print(row.json) }
        guard format == .table else { return try printListing(of: columns) { try $0.write(row) } }
        let entries = zip(columns, row.people).filter { !$1.isEmpty }
            .map { KeyValueBlock.Entry($0.label(in: language), $1) }
        var lines: [UInt8] = []
        let style = try outputStyle
        KeyValueBlock(entries, lineWidth: style.lineWidth, style: style.style).append(to: &lines)
        try withOutput { try $0.append(lines) }
    }

    /// Tells the user which columns of a table were left out because they are empty.
    ///
    /// - Parameters:
    ///   - headers: the headers of these columns.
    ///   - canBeChosen: whether the command has an option that shows them.
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
