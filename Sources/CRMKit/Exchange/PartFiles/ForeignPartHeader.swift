/// The column names of other programs and of offices for the rows of a part: those that an import of the records knows
/// where each row holds one of them.
struct ForeignPartHeader {
    private let part: Part
    private let header: ImportHeader?

    init(_ part: Part, _ registry: Registry) {
        self.part = part
        let owner = registry.modules.first { $0.parts.contains { $0.key == part.key && $0.name == part.name } }
        header = owner.map { ImportHeader($0, registry: registry, map: [:], matchesID: false) }
    }

    /// Returns the meanings of the columns of a table; `nil` for each that is not one of the part's.
    func cells(_ names: [String]) -> [PartCell?] {
        guard let header else { return names.map { _ in nil } }
        return header.columns(names, matching: []).map { column in
            if case .cell(let cell)? = column, cell.part == part.key { cell } else { nil }
        }
    }
}

extension PartTable {
    /// Returns the input for a cell that names a record by its name, or by the code before it: no store is asked, so a
    /// record of the first module is meant of which the column can hold several.
    ///
    /// - Returns: `nil` for any other cell.
    func named(_ text: String, _ cell: PartCell, _ row: InputRow) -> FieldInput? {
        if text.isEmpty { return nil }
        switch cell.meaning {
        case .field(let word, nil):
            guard !row.columns.isEmpty, let target = part.field(word)?.type.target,
                !Reference.isOne(text, in: registry[target])
            else {
                return nil
            }
            // Under a name of this program a number is no name, be it an id or a code.
            if TableBeginning.isOwn(names), Reference.misspelledID(text) != nil { return nil }
            return FieldInput(word, .set("name:\(SpreadsheetWords.bare(text))"))
        case .record(let keys, let prefixes, _):
            guard let key = recordField(of: row).flatMap({ keys.contains($0) ? $0 : nil }) ?? keys.first else {
                return nil
            }
            if prefixes.contains("code"), let (code, _) = ReferenceResolver.codeAndName(inExport: text) {
                return FieldInput(key, .set("code:\(code)"))
            }
            let prefix = prefixes.contains("name") ? "name" : prefixes.first ?? "name"
            let name = ReferenceResolver.name(inExport: text) ?? SpreadsheetWords.bare(text)
            return FieldInput(key, .set("\(prefix):\(name)"))
        default: return nil
        }
    }

    /// The field for the record of a row, as another column of it decides.
    private func recordField(of row: InputRow) -> String? {
        for (index, column) in columns.enumerated() {
            guard case .recordField(let words) = column.meaning, let text = row.texts[index] else { continue }
            return words[Fold.fold(text)]
        }
        return nil
    }
}
