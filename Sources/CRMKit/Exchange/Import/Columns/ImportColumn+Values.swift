/// Which values a column takes.
extension ImportColumn {
    /// Whether the column holds numbers or amounts.
    func isNumeric(in module: Module) -> Bool {
        switch self {
        case .field(let position): module.fields[position].type.isSummed
        case .cell(let cell): cell.part(of: module).map(cell.isSummed) ?? false
        default: false
        }
    }

    /// Whether a short number cannot be a value of the column: part of a person's name, an address, a telephone number.
    func takesNoNumber(in module: Module) -> Bool {
        guard case .field(let position) = self else { return false }
        return [.email, .phone].contains(module.fields[position].type) || module.composedPositions.contains(position)
    }

    /// Whether the column is of a text, a date or a reference.
    func takesOneValue(in module: Module) -> Bool {
        switch self {
        case .field(let position): [.text, .date].contains(module.fields[position].type)
        case .reference: true
        default: false
        }
    }

    /// Whether the column is skipped.
    var isNothing: Bool {
        switch self {
        case .ignored: true
        case .cell(let cell): cell.meaning == .nothing
        default: false
        }
    }

    /// Whether the column contains text of several lines, in which quotation marks are part of the text.
    func takesLines(in module: Module) -> Bool {
        switch self {
        case .field(let position), .further(let position, _): module.fields[position].type.takesLines
        default: false
        }
    }

    /// Whether the column holds e-mail addresses.
    func holdsAddress(in module: Module) -> Bool {
        switch self {
        case .field(let position), .further(let position, _): module.fields[position].type == .email
        case .piece(.point(let kind, _)), .piece(.numberedPoint(let kind, _)), .rows(_, let kind?): kind == "email"
        default: false
        }
    }

    /// Whether the column can hold several values.
    func takesList(in module: Module) -> Bool {
        switch self {
        case .field(let position): module.fields[position].type.isList
        case .linked, .linkedList, .rows, .order, .ignored, .attribute: true
        case .cell: true
        case .reference, .anyReference, .anyNamed, .piece, .several, .translated, .moment,
            .further, .deciding, .kept:
            false
        }
    }

    /// Whether the column distinguishes records with the same name.
    func tellsApart(in module: Module) -> Bool {
        if case .field(let position) = self { module.fields[position].tellsApart } else { false }
    }
}

extension Field {
    /// Whether the field distinguishes records with the same name.
    var tellsApart: Bool {
        type == .identifier || key == "external_id" || !traits.isDisjoint(with: [.key, .unique])
    }
}
