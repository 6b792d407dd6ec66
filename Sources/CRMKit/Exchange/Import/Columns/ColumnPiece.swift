/// A column of another program's export that is not a whole field of a record.
public enum ColumnPiece: Sendable, Hashable {
    /// More of a text field, after what the field's own column gives: a middle name.
    case more(of: String)
    /// The whole name of a person, given in one column.
    case fullName
    /// A whole name with the family names first, with or without a comma after them: `Ruiz Mora Ana`.
    case familyFirst
    /// A whole name with the company before it when the person belongs to one: `Acme, Ana Ruiz`.
    case memberName
    /// A field of an address. The slot is a kind of address, or the number of an address in its source; a line above 1
    /// is appended below the field's own.
    case address(slot: String, field: String, line: Int)
    /// A text for the first empty one of some fields, or to append to the last of them.
    case spare([String])
    /// A text for the first empty one of some fields of an address.
    case addressSpare(slot: String, [String])
    /// The number of a house or of a unit inside it, placed after the street.
    case house(slot: String, isInside: Bool)
    /// A further line of an address, or its neighbourhood if the line is labelled as one.
    case addressExtension(slot: String)
    /// A whole address in one text, used if no column of its fields has a value.
    case wholeAddress(slot: String)
    /// A further address or number: kind and label of the row.
    case point(kind: String, label: String?)
    /// A further address or number whose use is in another column with the same number.
    case numberedPoint(kind: String, number: Int)
    /// The use of a further address or number with a number. It applies to all values of the cell.
    case pointUse(kind: String, number: Int)
    /// A telephone number whose use is in another column with the same number.
    case phone(number: Int)
    /// The use of a telephone number.
    case phoneUse(number: Int)

    /// Whether several columns of a table may have this meaning.
    var canRepeat: Bool {
        switch self {
        case .point, .fullName, .familyFirst, .memberName, .spare, .addressSpare: true
        case .more, .address, .house, .addressExtension, .wholeAddress: false
        case .phone, .phoneUse, .numberedPoint, .pointUse: false
        }
    }

    /// Whether a cell states that there is no value.
    fileprivate func isAbsent(_ text: String) -> Bool {
        switch self {
        case .more, .fullName, .familyFirst, .memberName: Placeholders.isNoName(text)
        case .point, .numberedPoint, .phone: Placeholders.isNothing(text)
        case .address, .house, .addressExtension, .wholeAddress, .spare, .addressSpare:
            Placeholders.isDash(text) || Placeholders.isNotAvailable(text)
        case .pointUse, .phoneUse: false
        }
    }

    /// The name of the piece in a mapping.
    public var name: String {
        switch self {
        case .more(let field): "\(field) +"
        case .fullName, .familyFirst: "name"
        case .memberName: "organization, name"
        case .address(let slot, let field, let line): "address.\(slot).\(field)" + (line > 1 ? " \(line)" : "")
        case .spare(let fields): fields.joined(separator: " / ")
        case .addressSpare(let slot, let fields): "address.\(slot).\(fields.joined(separator: " / "))"
        case .house(let slot, let isInside): "address.\(slot).\(Self.street) \(isInside ? "inside" : "number")"
        case .addressExtension(let slot): "address.\(slot).\(Self.street) 2"
        case .wholeAddress(let slot): "address.\(slot)"
        case .point(let kind, let label): "point.\(kind)" + (label.map { " (\($0))" } ?? "")
        case .numberedPoint(let kind, let number): "point.\(kind) \(number)"
        case .pointUse(let kind, let number): "point.\(kind) \(number) use"
        case .phone(let number): "phone \(number)"
        case .phoneUse(let number): "phone \(number) use"
        }
    }
}

extension ColumnPiece {
    /// The address fields for pieces that may go to more than one field.
    static let (street, neighborhood) = ("street", "neighborhood")

    /// Reads a name written by ``name``, for addresses and further addresses or numbers.
    ///
    /// - Parameters:
    ///   - isField: returns whether addresses have a field with a key.
    ///   - isSlot: returns whether there are addresses of a kind.
    ///   - isKind: returns whether there are further addresses or numbers of a kind.
    init?(
        named name: String,
        isField: (String) -> Bool,
        isSlot: (String) -> Bool,
        isKind: (String) -> Bool
    ) {
        let words = name.split(separator: " ", maxSplits: 1).map(String.init)
        guard let path = words.first?.lowercased().split(separator: ".").map(String.init), path.count > 1 else {
            return nil
        }
        let rest = words.count > 1 ? words[1] : nil
        switch (path[0], path.count, rest) {
        case ("address", 2, nil) where isSlot(path[1]) || Int(path[1]) != nil: self = .wholeAddress(slot: path[1])
        case ("address", 3, let rest) where isField(path[2]):
            switch rest {
            case nil: self = .address(slot: path[1], field: path[2], line: 1)
            case "number" where path[2] == Self.street: self = .house(slot: path[1], isInside: false)
            case "inside" where path[2] == Self.street: self = .house(slot: path[1], isInside: true)
            case let rest?:
                guard let line = Int(rest), (2...9).contains(line) else { return nil }
                self = .address(slot: path[1], field: path[2], line: line)
            }
        case ("point", 2, let rest?) where isKind(path[1]) && rest.first == "(" && rest.last == ")":
            self = .point(kind: path[1], label: String(rest.dropFirst().dropLast()))
        default: return nil
        }
    }
}

/// How a further piece of a text is joined to the pieces before it.
public enum TextJoint: Sendable, Hashable {
    /// On its own line.
    case line
    /// On the same line.
    case blank
    /// As the number of a unit in a house, marked as such if it is a bare number.
    case inside

    func joined(_ text: String, _ more: String) -> String {
        switch self {
        case .line: "\(text)\n\(more)"
        case .blank: "\(text) \(more)"
        case .inside: Self.isBare(more) ? "\(text), int. \(more)" : "\(text), \(more)"
        }
    }

    /// The order of pieces on one line.
    var rank: Int {
        switch self {
        case .line: 0
        case .blank: 1
        case .inside: 2
        }
    }

    /// Whether a text is no more than a number or a letter: `4`, `4-B`, `C`.
    private static func isBare(_ text: String) -> Bool {
        !text.contains(" ") && (text.count == 1 || text.first?.isNumber == true)
    }
}

/// Values of one record, from columns of another program that are not whole fields, collected until the row is read.
struct RowPieces {
    /// A cell with content.
    struct Cell {
        let text: String
        let index: Int
    }

    /// The pieces of one address, taken from several columns.
    struct Address {
        let slot: String
        /// The index of the address among those that a source has in the same columns, from 0.
        let number: Int
        fileprivate(set) var parts: [AddressPart] = []
        /// Texts for the first empty one of some fields.
        fileprivate(set) var spares: [(fields: [String], cell: Cell)] = []
    }

    /// A piece of an address with its place in a field.
    struct AddressPart {
        let field: String
        var line = 1
        var joint = TextJoint.line
        /// Whether the piece is a whole address.
        var isWhole = false
        let cell: Cell
    }

    private(set) var more: [(field: String, cell: Cell)] = []
    private(set) var fullName: Cell?
    /// Whether a company may precede the whole name.
    private(set) var mayNameCompany = false
    private(set) var spares: [(fields: [String], cell: Cell)] = []
    /// The addresses in the order in which their slots first appear.
    private(set) var addresses: [Address] = []
    private(set) var points: [(kind: String, label: String?, cell: Cell)] = []
    /// Values whose use is stated in another column.
    private(set) var numbered: [(kind: String, number: Int, cell: Cell)] = []
    private var pointUses: [String: String] = [:]
    private(set) var phones: [(number: Int, cell: Cell)] = []
    private(set) var uses: [Int: String] = [:]

    /// Whether there is none.
    var isEmpty: Bool {
        more.isEmpty && fullName == nil && spares.isEmpty && addresses.isEmpty && points.isEmpty && numbered.isEmpty
            && pointUses.isEmpty && phones.isEmpty && uses.isEmpty
    }

    mutating func take(_ piece: ColumnPiece, _ text: String, cell index: Int) {
        let text = text.trimmed
        guard !text.isEmpty, !piece.isAbsent(text) else { return }
        let cell = Cell(text: text, index: index)
        switch piece {
        case .more(let field): more.append((field, cell))
        case .fullName, .familyFirst: fullName = fullName ?? cell
        case .memberName:
            mayNameCompany = mayNameCompany || fullName == nil
            fullName = fullName ?? cell
        case .spare(let fields): spares.append((fields, cell))
        case .addressSpare(let slot, let fields): addresses[place(of: slot, 0)].spares.append((fields, cell))
        case .address(let slot, _, _), .house(let slot, _), .addressExtension(let slot), .wholeAddress(let slot):
            for (number, text) in (Self.divided(text) ?? [text]).enumerated() where !text.isEmpty {
                guard let part = Self.part(piece, Cell(text: text, index: index)) else { continue }
                addresses[place(of: slot, number)].parts.append(part)
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

    /// Returns the part of an address that a piece is; `nil` for a piece of something else.
    private static func part(_ piece: ColumnPiece, _ cell: Cell) -> AddressPart? {
        switch piece {
        case .address(_, let field, let line): return AddressPart(field: field, line: line, cell: cell)
        case .house(_, let isInside):
            return AddressPart(field: ColumnPiece.street, joint: isInside ? .inside : .blank, cell: cell)
        case .addressExtension:
            guard let name = neighborhood(cell.text) else {
                return AddressPart(field: ColumnPiece.street, line: 2, cell: cell)
            }
            return AddressPart(field: ColumnPiece.neighborhood, cell: Cell(text: name, index: cell.index))
        case .wholeAddress: return AddressPart(field: ColumnPiece.street, isWhole: true, cell: cell)
        default: return nil
        }
    }

    private mutating func place(of slot: String, _ number: Int) -> Int {
        if let place = addresses.firstIndex(where: { $0.slot == slot && $0.number == number }) { return place }
        addresses.append(Address(slot: slot, number: number))
        return addresses.count - 1
    }

    /// Returns the text of a field of an address, otherwise that of the first address in the same columns, since a
    /// label may apply to all of them.
    func said(_ field: String, of address: Address) -> String? {
        let first = addresses.first { $0.slot == address.slot && $0.number == 0 }
        return [address, first].lazy.compactMap { $0?.parts.first { $0.field == field }?.cell.text }.first
    }

    /// Returns where to put a text for the first empty one of some fields.
    ///
    /// - Parameter present: returns the present value of a field.
    /// - Returns: the field and its new value; `nil` when one of the fields has the text already.
    static func placing(
        _ text: String,
        in fields: [String],
        present: (String) -> String?
    ) -> (field: String, text: String)? {
        let held = fields.map(present)
        let folded = Fold.fold(text)
        guard let last = fields.last, !held.contains(where: { $0.map(Fold.fold) == folded }) else { return nil }
        if let empty = held.firstIndex(of: nil) { return (fields[empty], text) }
        return (last, [held[held.count - 1], text].compactMap { $0 }.joined(separator: ", "))
    }

    /// Returns the neighbourhood in a line that says it is one: `Col. Juárez`.
    private static func neighborhood(_ text: String) -> String? {
        let words = text.split(separator: " ", maxSplits: 1)
        guard words.count == 2, ["col", "col.", "colonia"].contains(Fold.fold(String(words[0]))) else { return nil }
        return String(words[1]).trimmed
    }

    /// Returns the use of a further address or number.
    func use(of kind: String, number: Int) -> String? { pointUses["\(kind) \(number)"] }

    /// Returns the values of a cell, in which Google or a user may put several of a type.
    static func values(_ text: String, as type: FieldType) -> [String] {
        if let values = divided(text) { return values.filter { !$0.isEmpty } }
        let several = type.several(text)
        return several.isEmpty ? [text] : several
    }

    /// Returns the values that Google puts into one cell, of which some may be empty; `nil` for a cell with a single
    /// value.
    static func divided(_ text: String) -> [String]? {
        // Most texts have no colon, which is found faster than the separator. With one more colon it is vtiger's
        // separator before the name of a record: `Accounts::::Acme`.
        guard text.utf8.contains(UInt8(ascii: ":")), text.contains(separator), !text.contains("\(separator):") else {
            return nil
        }
        return text.split(separator: separator, omittingEmptySubsequences: false).map { String($0).trimmed }
    }

    /// Returns the values in a cell of addresses or numbers of one kind.
    private static func values(_ text: String, of kind: String) -> [String] {
        let types: [String: FieldType] = ["email": .email, "phone": .phone, "url": .url]
        return values(text, as: types[kind] ?? .text)
    }

    /// Google's separator of values in a cell.
    private static let separator = ":::"
}
