/// Recognizes a row that repeats the header in the other language or in other words: `First name`, `Last name` below
/// `Nombre`, `Apellidos`.
struct OtherHeader {
    /// The columns as the header names them.
    private let columns: [ImportColumn?]
    /// The possible names, folded, of the first column with a meaning.
    private let names: Set<String>
    private let first: Int
    /// The lengths of these names in bytes, as a bit set: most values have another length.
    private let lengths: UInt64
    private let meaning: ([String]) -> [ImportColumn?]

    /// - Parameters:
    ///   - names: returns the possible names of a column.
    ///   - meaning: returns the columns that a header describes.
    /// - Returns: `nil` if no column has a name by which another header row could be recognised.
    init?(
        _ columns: [ImportColumn?],
        names: (ImportColumn) -> [String],
        meaning: @escaping ([String]) -> [ImportColumn?]
    ) {
        guard
            let first = columns.firstIndex(where: { column in
                column.map { $0 != .ignored && !names($0).isEmpty } ?? false
            }),
            let column = columns[first]
        else { return nil }
        let called = names(column)
        self.columns = columns
        self.first = first
        self.names = Set(called.map(ImportHeader.folded))
        self.meaning = meaning
        lengths = called.reduce(0) { bits, name in
            name.utf8.count < 64 ? bits | 1 << UInt64(name.utf8.count) : bits
        }
    }

    func isMet(by row: InputRow) -> Bool {
        guard !row.columns.isEmpty, let text = row.texts[first], text.utf8.count < 64,
            lengths & 1 << UInt64(text.utf8.count) != 0, names.contains(ImportHeader.folded(text))
        else { return false }
        let filled = row.texts.indices.filter { row.texts[$0]?.isEmpty == false }
        guard filled.count > 1 || row.texts.count == 1 else { return false }
        let others = meaning(row.texts.map { $0 ?? "" })
        return filled.allSatisfy { others[$0] != nil && others[$0] == columns[$0] }
    }
}
