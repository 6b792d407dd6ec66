/// The contents of a column of an import.
public enum ImportColumn: Sendable, Hashable {
    /// A field of the record, by its position.
    case field(Int)
    /// A record that a field refers to, by one of its keys: `organization.name`.
    case reference(Int, prefix: String)
    /// A record of one module, for a field that can refer to records of any module: `about.case.external_id`.
    case anyReference(Int, ModuleName, prefix: String)
    /// A record of any module that such a field refers to, by its name: `about.name`.
    case anyNamed(Int)
    /// A record of another module to link this one with, and the prefix of the reference key when the header names one.
    case linked(ModuleName, prefix: String?)
    /// Several such records in one cell.
    case linkedList(ModuleName, prefix: String?)
    /// An attribute of the links from the row.
    case attribute(String)
    /// The rows of a part, by the part's key; when a kind is named, the values of the rows of that kind.
    case rows(String, kind: String?)
    /// The kinds of all rows of a part in their order, by the part's key.
    case order(String)
    /// A field of a row of a part, in an input where each row holds one such row.
    case cell(PartCell)
    /// A piece of a field.
    case piece(ColumnPiece)
    /// Several fields with one value, by their positions.
    case several([Int])
    /// A field with other words in another program, spelled by ``Choice/spelling(_:)``.
    case translated(Int, words: [String: String])
    /// A further value of a field that has another column too, and its destination.
    case further(Int, FurtherValue)
    /// The day or the time of day of a moment, which another column completes.
    case moment(Int, MomentHalf)
    /// A field that another column has too. If the cell says a value, that takes precedence: whether a deal is won
    /// decides over its stage. Words are spelled by ``Choice/spelling(_:)``.
    case deciding(Int, by: DecidingCell)
    /// Whether the row describes a record of this module; a row with another value describes one of the other module.
    case kept(Bool, otherwise: ModuleName)
    /// Nothing that can be set: an id that is not used for matching, a computed value, the error of a rejected row.
    case ignored
}

extension ImportColumn {
    /// The module of the records to link with; `nil` for other columns.
    var linkedModule: ModuleName? {
        switch self {
        case .linked(let other, _), .linkedList(let other, _): other
        default: nil
        }
    }

    /// Whether two columns of a table may have this meaning. Columns of several values are joined, a refusal in one of
    /// them counts, and a reference may come from columns of two programs when they agree or one is empty.
    ///
    /// - Parameter names: the folded headers of the two.
    func canRepeat(under names: [String], in module: Module) -> Bool {
        switch self {
        case .ignored, .kept, .linked, .linkedList, .rows(_, kind: .some): true
        case .field(let position):
            module.fields[position].type == .list(.text)
                || module.fields[position].traits.contains(.refusal) && Set(names).count > 1
        case .reference, .piece(.more): Set(names).count > 1
        case .piece(let piece): piece.canRepeat && !(isWholeName && Set(names).count == 1)
        case .cell(let cell): cell.canRepeat(under: names)
        case .further: true
        default: false
        }
    }

    /// Whether the column has the whole names of people, in whichever order.
    var isWholeName: Bool {
        switch self {
        case .piece(.fullName), .piece(.familyFirst), .piece(.memberName): true
        default: false
        }
    }

    /// Whether the column sets the field at a position.
    func fills(_ position: Int) -> Bool {
        switch self {
        case .field(position), .reference(position, _), .anyReference(position, _, _), .anyNamed(position),
            .translated(position, _):
            true
        case .several(let positions): positions.contains(position)
        case .further(position, let value): value.isOwn
        case .moment(position, .day): true
        default: false
        }
    }

    /// The module of the records to link with and the key by which they are named; `nil` for any other column.
    var linkKey: (module: ModuleName, prefix: String)? {
        switch self {
        case .linked(let other, let prefix?), .linkedList(let other, let prefix?): (other, prefix)
        default: nil
        }
    }
}
