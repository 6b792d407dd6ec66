extension ImportHeader {
    /// Whether a heading is spelled as in this program's exports: the key of a field, of a part or of linked records,
    /// a path, or what `show` adds.
    func isOwn(_ heading: Heading) -> Bool {
        let name = heading.name
        if isMapped(heading) { return false }
        if isOfSummary(name) { return true }
        if module.position(spelled: name) != nil { return true }
        if module.shownParts.contains(where: { $0.key == name }) { return true }
        let names = name.split(separator: ".", maxSplits: 1).map(String.init)
        if names.count > 1 {
            return module.position(spelled: names[0]) != nil || isKeyOfLinks(names[0]) || isKeyOfPart(names[0])
        }
        return isKeyOfLinks(name)
    }

    func isKeyOfLinks(_ name: String) -> Bool {
        linkable.contains { $0.rawValue == name || registry[$0].linkedKey == name }
    }

    private func isKeyOfPart(_ name: String) -> Bool {
        module.shownParts.contains { $0.key == name || $0.name == name }
    }

    /// Returns the words by which a cell of a column without a field says nothing, as they are compared.
    func silentWords(_ heading: Heading) -> Set<String> {
        guard !isMapped(heading), case .unheldBesides(let words)? = foreign.target(of: Self.folded(heading.name)) else {
            return []
        }
        return Set(words.map(Choice.spelling))
    }

    /// Returns the columns of linked records whose header is a mere noun. Such a column may hold counts, or yes and no,
    /// so its numbers are ids only if the header says so.
    func nouns(_ headings: [Heading], _ columns: [ImportColumn?]) -> Set<Int> {
        Set(
            headings.indices.filter { index in
                guard let column = columns[index], column.takesIDs else { return false }
                return !isMapped(headings[index]) && !isOwn(headings[index])
            }
        )
    }

    /// Treats as unknown those columns without a field whose names are in common use, unless other columns show that
    /// the table is from the source.
    func settleWords(_ columns: inout [ImportColumn?], _ headings: [Heading], _ folded: Set<String>) {
        for index in headings.indices where !isMapped(headings[index]) {
            let name = Self.folded(headings[index].name)
            guard position(ofField: name) == nil, let target = foreign.target(of: name), target.isWord,
                columns[index] == column(target),
                !foreign.areOfSource(of: name, folded, isField: { position(ofField: $0) != nil })
            else { continue }
            columns[index] = nil
        }
    }

    /// Returns the recognizer of rows that repeat the header in other words; `nil` when such rows cannot be recognized.
    func otherHeader(_ columns: [ImportColumn?], matching: [Int]) -> OtherHeader? {
        OtherHeader(columns, names: names(of:)) { self.columns($0, matching: matching) }
    }

    /// Returns the names of a column by its fields.
    private func names(of column: ImportColumn) -> [String] {
        let fields: [Field]
        switch column {
        case .field(let position), .reference(let position, _), .translated(let position, _):
            fields = [module.fields[position]]
        case let column where column.isWholeName: fields = [module.fields[module.displayPosition]]
        default: return []
        }
        let names = fields.flatMap { [$0.key, $0.label.en, $0.label.es] }
        return column.isWholeName ? names + ["Nombre", "Full name", "Nombre completo"] : names
    }
}

extension ImportColumn {
    /// Whether the column refers to records to link with by id, among other forms.
    fileprivate var takesIDs: Bool {
        switch self {
        case .linked(_, nil), .linkedList(_, nil): true
        default: false
        }
    }
}
