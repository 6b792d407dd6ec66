extension ImportColumn {
    /// Returns the name of the column in a mapping.
    public func name(in module: Module) -> String {
        switch self {
        case .field(let position): module.fields[position].key
        case .reference(let position, let prefix): "\(module.fields[position].key).\(prefix)"
        case .anyReference(let position, let target, let prefix):
            "\(module.fields[position].key).\(target.rawValue).\(prefix)"
        case .anyNamed(let position): "\(module.fields[position].key).\(Attribute.Referred.name.rawValue)"
        case .linked(let other, let prefix): other.rawValue + (prefix.map { ".\($0)" } ?? "")
        case .linkedList(let other, let prefix):
            Registry.standard[other].linkedKey + (prefix.map { ".\($0)" } ?? "")
        case .attribute(let key): "link.\(key)"
        case .rows(let key, nil): key
        case .rows(let key, let kind?): Self.row(of: key, in: module) + ".\(kind)"
        case .order(let key): module.shownParts.first { $0.key == key }?.orderKey ?? key
        case .cell(let cell): "\(Self.row(of: cell.part, in: module)).\(cell.name)"
        case .piece(let piece): piece.name
        case .several(let positions): positions.map { module.fields[$0].key }.joined(separator: ", ")
        case .translated(let position, _), .deciding(let position, _): module.fields[position].key
        case .further(let position, .text), .further(let position, .note), .further(let position, .noteName):
            "\(module.fields[position].key) +"
        case .further(let position, .titles): module.fields[position].key
        case .further(_, .row(let key, let kind, let label)):
            "\(Self.row(of: key, in: module)).\(kind)" + (label.map { " (\($0))" } ?? "")
        case .further(_, .labelled(let key, let kind, let label)):
            "\(Self.row(of: key, in: module)).\(kind) (\(label))"
        case .moment(let position, let half): "\(module.fields[position].key) (\(half.rawValue))"
        case .ignored, .kept: "-"
        }
    }

    /// Returns the noun for a row of a part.
    private static func row(of part: String, in module: Module) -> String {
        module.shownParts.first { $0.key == part }?.name ?? part
    }
}
