/// Recognizes a row that repeats the header in the other language or in other words: `First name`, `Last name` below
/// `Nombre`, `Apellidos`.
struct OtherHeader {
    /// The meanings of the columns.
    private let columns: [ImportColumn?]
    /// The possible names, folded, of the first column with a meaning.
    private let names: Set<String>
    private let first: Int
    /// The lengths of these names in bytes, as a bit set: most values have another length.
    private let lengths: UInt64
    /// The first letters of these names, as a bit set.
    private let beginnings: UInt32
    private let meaning: ([String]) -> [ImportColumn?]

    /// - Parameters:
    ///   - names: returns the possible names of a column.
    ///   - meaning: returns the columns that a header describes.
    /// - Returns: `nil` if no column has a name by which another header row could be recognized.
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
        let folded = Set(called.map(ImportHeader.folded))
        self.names = folded
        self.meaning = meaning
        lengths = called.reduce(0) { bits, name in
            name.utf8.count < 64 ? bits | 1 << UInt64(name.utf8.count) : bits
        }
        beginnings = folded.reduce(0) { $0 | (Self.letter(of: $1) ?? 0) }
    }

    /// Returns the bit of the first letter, regardless of case; `nil` for a text that begins with anything else.
    private static func letter(of text: String) -> UInt32? {
        guard let first = text.utf8.first, first.isLetter else { return nil }
        return 1 << UInt32(first & 0x1F)
    }

    func isMet(by row: InputRow) -> Bool {
        guard !row.columns.isEmpty, let text = row.texts[first], text.utf8.count < 64,
            lengths & 1 << UInt64(text.utf8.count) != 0,
            Self.letter(of: text).map({ beginnings & $0 != 0 }) ?? true, names.contains(ImportHeader.folded(text))
        else { return false }
        let filled = row.texts.indices.filter { row.texts[$0]?.isEmpty == false }
        guard filled.count > 1 || row.texts.count == 1 else { return false }
        let others = meaning(row.texts.map { $0 ?? "" })
        return filled.allSatisfy { others[$0] != nil && others[$0] == columns[$0] }
    }
}
