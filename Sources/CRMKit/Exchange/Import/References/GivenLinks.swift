import Localization

/// A record that a row is to be linked with.
struct GivenLink {
    let module: ModuleName
    let id: Int64
    /// The index of the record among those in its cell, from 0.
    let place: Int
    /// The number of records in the cell.
    let count: Int
}

/// The contents of a cell about the links of its row.
struct GivenAttribute {
    let key: String
    let text: String
    let isList: Bool
    let cell: Int

    /// Returns the attribute's text for one link. If there are as many values as links, separated as in lists, it is
    /// the one with the link's index; a single value applies to all links.
    ///
    /// - Throws: ``ValueError`` for any other number of values.
    func text(of link: GivenLink, as field: Field) throws(ValueError) -> String {
        guard isList || text.utf8.contains(UInt8(ascii: ";")) else { return text }
        let values = text.split(separator: isList ? "," : ";", omittingEmptySubsequences: false)
            .map { String($0).trimmed }
        if values.count == link.count, link.count > 1 || isList { return values[link.place] }
        if values.count == 1 { return text }
        // A note may contain semicolons.
        if field.type.form == .text, field.type.choices.isEmpty, !isList { return text }
        throw ValueError(
            en: "these are \(values.count) values for \(link.count) linked records: write one for each, or one for all",
            es:
                "son \(values.count) valores para \(link.count) registros vinculados: escribir uno para cada uno, o uno para todos"
        )
    }
}
