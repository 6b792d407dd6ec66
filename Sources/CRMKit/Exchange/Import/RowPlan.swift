/// What the columns of the present rows hold.
struct RowPlan {
    private(set) var columns: [ImportColumn] = []
    /// Whether some column holds what is no whole field.
    private(set) var hasPieces = false
    /// The key of the part whose rows the rows of the input hold, one each; `nil` where they hold none.
    private(set) var part: String?
    /// Whether rows are matched by their ids though nobody said so.
    private(set) var impliesID = false
    /// Whether given names and family names of people have columns of their own, as address books export them.
    private(set) var hasNameParts = false

    /// What no column is known of.
    init() {}

    /// - Parameter matchesNothing: whether nobody said by what rows are matched.
    init(columns: [ImportColumn], of module: Module, matchesNothing: Bool) {
        self.columns = columns
        for case .cell(let cell) in columns { part = cell.part }
        hasPieces = columns.contains { if case .piece = $0 { true } else { false } }
        impliesID = matchesNothing && columns.contains(.field(0))
        if let name = module.cards?.name {
            hasNameParts = [name.given, name.family].compactMap(module.position).allSatisfy { position in
                columns.contains { $0.fills(position) }
            }
        }
    }

    /// Whether a row of the input is no more than a text.
    func isTextOnly(_ row: InputRow) -> Bool {
        zip(columns, row.texts).contains { column, text in
            guard case .cell(let cell) = column, case .textOnly(let words) = cell.meaning, let text else {
                return false
            }
            return words.contains(Choice.spelling(text))
        }
    }

    /// In which field a row of the input says that its record is named; `nil` where it does not say.
    func recordField(_ row: InputRow) -> String? {
        for (column, text) in zip(columns, row.texts) {
            guard case .cell(let cell) = column, case .recordField(let fields) = cell.meaning, let text else {
                continue
            }
            return fields[Choice.spelling(text)]
        }
        return nil
    }

    /// Whether a row of the input says anything of a row of the part.
    func tellsRow(_ row: InputRow) -> Bool {
        zip(columns, row.texts).contains { column, text in
            guard case .cell(let cell) = column, !cell.words.isEmpty else { return false }
            return text.map { !$0.isEmpty } ?? false
        }
    }

    /// A column in which a row differs from one before that tells of a record of the same name; `nil` where the name is
    /// another, and where a key tells the two apart.
    func difference(of row: InputRow, from first: InputRow, in module: Module) -> String? {
        guard part != nil, row.names == first.names, row.file == first.file, row.card == nil, tellsRow(row),
            let name = columns.firstIndex(where: { $0.fills(module.displayPosition) }),
            row.texts[name]?.isEmpty == false,
            row.texts[name] == first.texts[name]
        else { return nil }
        var differing: String?
        for (index, column) in columns.enumerated() {
            let text = row.texts[index] ?? ""
            guard !text.isEmpty, text != first.texts[index] ?? "" else { continue }
            switch column {
            case .cell, .ignored: continue
            case .field(let position) where module.fields[position].tellsApart: return nil
            default: differing = differing ?? row.names[index]
            }
        }
        return differing
    }

    /// Whether a row goes on with the record of the rows before: its other columns are repeated or empty, and where it has
    /// a position, it is beyond the last.
    func continues(_ row: InputRow, after first: InputRow, _ last: InputRow) -> Bool {
        guard row.names == first.names, row.file == first.file, row.card == nil, tellsRow(row) else { return false }
        for (index, column) in columns.enumerated() {
            let text = row.texts[index] ?? ""
            guard case .cell(let cell) = column else {
                if !text.isEmpty, text != first.texts[index] ?? "" { return false }
                continue
            }
            if cell.meaning == .position, let place = Int64(text), let former = Int64(last.texts[index] ?? ""),
                place <= former
            {
                return false
            }
        }
        return true
    }
}

extension Field {
    /// Whether records of one name are told apart by it.
    fileprivate var tellsApart: Bool {
        type == .identifier || key == "external_id" || !traits.isDisjoint(with: [.key, .unique])
    }
}
