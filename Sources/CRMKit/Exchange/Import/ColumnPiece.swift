/// What a column of another program's export holds of a record where that is no whole field.
public enum ColumnPiece: Sendable, Hashable {
    /// More of a text field, after what the field's own column gives: a middle name.
    case more(of: String)
    /// The whole name of a person, given in one column.
    case fullName
    /// A field of an address. The slot is a kind of address, or the number by which a source tells several apart; a
    /// line above 1 goes under the field's own.
    case address(slot: String, field: String, line: Int)
    /// A further address or number: kind and label of the row.
    case point(kind: String, label: String?)
    /// A further address or number that another column, of the same number, says the use of.
    case numberedPoint(kind: String, number: Int)
    /// What such a one is for; those of a field too, of which a cell may hold several.
    case pointUse(kind: String, number: Int)
    /// A telephone number that another column, of the same number, says the use of.
    case phone(number: Int)
    /// What a telephone number is for.
    case phoneUse(number: Int)

    /// Whether several columns of one table may hold it.
    var canRepeat: Bool {
        switch self {
        case .point, .fullName: true
        case .more, .address, .phone, .phoneUse, .numberedPoint, .pointUse: false
        }
    }

    /// Whether a cell says that there is none.
    fileprivate func isAbsent(_ text: String) -> Bool {
        switch self {
        case .more, .fullName: Placeholders.isNoName(text)
        case .point, .numberedPoint, .phone: Placeholders.isNothing(text)
        case .address: Placeholders.isDash(text)
        case .pointUse, .phoneUse: false
        }
    }

    /// How a mapping names it.
    public var name: String {
        switch self {
        case .more(let field): "\(field) +"
        case .fullName: "name"
        case .address(let slot, let field, let line): "address.\(slot).\(field)" + (line > 1 ? " \(line)" : "")
        case .point(let kind, let label): "point.\(kind)" + (label.map { " (\($0))" } ?? "")
        case .numberedPoint(let kind, let number): "point.\(kind) \(number)"
        case .pointUse(let kind, let number): "point.\(kind) \(number) use"
        case .phone(let number): "phone \(number)"
        case .phoneUse(let number): "phone \(number) use"
        }
    }
}

/// What the columns of another program give of one record beside its fields, until the row is read.
struct RowPieces {
    /// A cell that holds something.
    struct Cell {
        let text: String
        let index: Int
    }

    private(set) var more: [(field: String, cell: Cell)] = []
    private(set) var fullName: Cell?
    /// By slots, in the order in which they first appear.
    private(set) var addresses: [(slot: String, parts: [(field: String, line: Int, cell: Cell)])] = []
    private(set) var points: [(kind: String, label: String?, cell: Cell)] = []
    /// Those of which another column says the use.
    private(set) var numbered: [(kind: String, number: Int, cell: Cell)] = []
    private var pointUses: [String: String] = [:]
    private(set) var phones: [(number: Int, cell: Cell)] = []
    private(set) var uses: [Int: String] = [:]

    mutating func take(_ piece: ColumnPiece, _ text: String, cell index: Int) {
        let text = text.trimmed
        guard !text.isEmpty, !piece.isAbsent(text) else { return }
        let cell = Cell(text: text, index: index)
        switch piece {
        case .more(let field): more.append((field, cell))
        case .fullName: fullName = fullName ?? cell
        case .address(let slot, let field, let line):
            if let place = addresses.firstIndex(where: { $0.slot == slot }) {
                addresses[place].parts.append((field, line, cell))
            } else {
                addresses.append((slot, [(field, line, cell)]))
            }
        case .point(let kind, let label):
            for text in Self.values(text, of: kind) { points.append((kind, label, Cell(text: text, index: index))) }
        case .numberedPoint(let kind, let number):
            for text in Self.values(text, of: kind) { numbered.append((kind, number, Cell(text: text, index: index))) }
        case .pointUse(let kind, let number): pointUses["\(kind) \(number)"] = text
        case .phone(let number): phones.append((number, cell))
        case .phoneUse(let number): uses[number] = text
        }
    }

    /// What a further address or number is for.
    func use(of kind: String, number: Int) -> String? { pointUses["\(kind) \(number)"] }

    /// The values of a cell in which Google, or a person, puts several of a type.
    static func values(_ text: String, as type: FieldType) -> [String] {
        // Most have no colon, which is told much faster than a text in a text is sought.
        if text.utf8.contains(UInt8(ascii: ":")), text.contains(separator) {
            return text.split(separator: separator).map { String($0).trimmed }
        }
        let several = type.several(text)
        return several.isEmpty ? [text] : several
    }

    /// The values of a cell that are addresses or numbers of one kind.
    private static func values(_ text: String, of kind: String) -> [String] {
        let types: [String: FieldType] = ["email": .email, "phone": .phone, "url": .url]
        return values(text, as: types[kind] ?? .text)
    }

    /// What Google puts between the values of a cell.
    private static let separator = ":::"
}
