import Localization

/// Stores the pieces in columns of other programs in fields, addresses and rows of the part for further addresses and
/// numbers.
final class PieceSettler {
    /// Addresses and further numbers that are ready to be stored.
    struct Ready {
        /// The fields of addresses by key, as texts that the fields read.
        fileprivate var addresses: [[String: String]] = []
        fileprivate var points: [[Value]] = []
        /// The values among them that were not stored as written.
        fileprivate(set) var told: [ImportWarning] = []
        /// Whether there are none.
        var isEmpty: Bool { addresses.isEmpty && points.isEmpty }
    }

    private let module: Module
    private let mapping: CardMapping
    private let fillsOnlyEmpty: Bool
    private let cells: CellRules
    private let transaction: Transaction
    private let addressModule: Module
    /// The destination of further values in a field's cell, by the position of the field.
    private let further: [ColumnPiece?]

    /// - Returns: `nil` for a module whose records are not people.
    init?(_ module: Module, options: ImportOptions, in transaction: Transaction) {
        guard let mapping = module.cards else { return nil }
        self.module = module
        self.mapping = mapping
        self.transaction = transaction
        fillsOnlyEmpty = options.fillsOnlyEmpty
        cells = options.cells
        addressModule = transaction.store.registry[mapping.addresses.module]
        further = module.fields.map { field in
            if let index = mapping.emails.firstIndex(of: field.key) {
                return .numberedPoint(kind: Self.emailKind, number: index + 1)
            }
            return switch field.type {
            case .email: .point(kind: Self.emailKind, label: nil)
            case .phone: .point(kind: Self.phoneKind, label: nil)
            case .url: .point(kind: "url", label: nil)
            default: nil
            }
        }
    }

    // MARK: - Fields

    /// Returns the fields for numbers according to their use, and the remaining pieces.
    func fields(of pieces: RowPieces) -> (fields: [(key: String, cell: RowPieces.Cell)], rest: RowPieces) {
        var fields: [(key: String, cell: RowPieces.Cell)] = []
        var rest = pieces
        for (kind, number, cell) in pieces.numbered {
            let use = pieces.use(of: kind, number: number).map(Self.plain)
            rest.take(.point(kind: kind, label: use), cell.text, cell: cell.index)
        }
        for (number, cell) in pieces.phones {
            let use = pieces.uses[number].map(Self.plain)
            for text in RowPieces.values(cell.text, as: .phone) {
                let key = field(forUse: use)
                let value = RowPieces.Cell(text: text, index: cell.index)
                if fields.contains(where: { $0.key == key }) {
                    rest.take(.point(kind: Self.phoneKind, label: use), text, cell: cell.index)
                } else {
                    fields.append((key, value))
                }
            }
        }
        return (fields, rest)
    }

    private static let phoneKind = "phone"

    /// Returns the values of a field's cell, and the piece that those after the first become, whose number is that of
    /// the column with their use; `nil` for a cell with a single value.
    func several(_ text: String, at position: Int) -> (values: [String], piece: ColumnPiece)? {
        guard let piece = further[position] else { return nil }
        let values = RowPieces.values(text, as: module.fields[position].type)
        return values.count > 1 ? (values, piece) : nil
    }

    /// The piece that a further e-mail address of a person becomes.
    var furtherAddress: ColumnPiece { .point(kind: Self.emailKind, label: nil) }

    private static let emailKind = "email"
    /// The fields of an address that determine the form of its postal code.
    static let (postalCode, country) = ("postal_code", "country")

    /// Returns a use without Google's mark of predefined labels.
    private static func plain(_ use: String) -> String {
        use.hasPrefix("* ") ? String(use.dropFirst(2)).trimmed : use
    }

    private func field(forUse use: String?) -> String {
        let folded = use.map(Fold.fold) ?? "work"
        let type = Self.uses.first { $0.words.contains { folded.contains($0) } }?.type
        return mapping.phones.first { $0.type == type }?.field ?? module.displayKey
    }

    /// The types of cards by words in a use; the first that matches applies.
    private static let uses: [(words: [String], type: String)] = [
        (["fax"], "fax"), (["mobile", "cell", "movil", "celular", "iphone"], "cell"),
        (["work", "business", "office", "trabajo", "empresa", "oficina"], "work"),
        (["home", "casa", "particular", "domicilio"], "home"),
    ]

    /// Returns the fields for a whole name.
    func fields(ofName text: String, at company: String?) -> [(key: String, text: String)] {
        mapping.name.fields(of: text, in: module, at: company)
    }

    /// Returns the forms of address in a whole name.
    func titles(ofName text: String, at company: String?) -> [String] {
        mapping.name.titles(of: text, in: module, at: company)
    }

    // MARK: - Addresses and points

    /// Checks the addresses and points that are to be stored with the record.
    ///
    /// - Parameter wrong: called for every invalid cell.
    func ready(_ pieces: RowPieces, wrong: (any Error, RowPieces.Cell) throws -> Void) throws -> Ready {
        var ready = Ready()
        for address in pieces.addresses {
            let said = pieces.said(mapping.addresses.kind, of: address)
            if let address = try self.address(address, said: said, &ready.told, wrong) {
                ready.addresses.append(address)
            }
        }
        guard let part = module.cardPoints else { return ready }
        var owner = Record(module)
        for (kind, label, cell) in pieces.points {
            do {
                let handle = label.flatMap { SocialHandle.address(cell.text, in: $0) }
                let told = SpreadsheetWords.withoutTextMark(cell.text)
                let text = kind == Self.phoneKind ? try FieldType.phone.foreign(told) : handle ?? told
                let inputs = [
                    FieldInput(mapping.points.kind, .set(kind)), FieldInput(mapping.points.value, .set(text)),
                    FieldInput(mapping.points.label, .set(label ?? "")),
                ]
                let row = PartDraft(new: part, in: transaction.values)
                ready.points.append(try transaction.values(row, inputs, of: &owner))
            } catch {
                try wrong(error, cell)
            }
        }
        return ready
    }

    private func address(
        _ pieces: RowPieces.Address,
        said kind: String?,
        _ told: inout [ImportWarning],
        _ wrong: (any Error, RowPieces.Cell) throws -> Void
    ) throws -> [String: String]? {
        let kindKey = mapping.addresses.kind
        var address: [String: String] = [:]
        let isInFields = pieces.parts.contains { !$0.isWhole && $0.field != kindKey } || !pieces.spares.isEmpty
        let parts = pieces.parts.filter { $0.field != kindKey && $0.isWhole != isInFields }
        for part in parts.sorted(by: { ($0.line, $0.joint.rank) < ($1.line, $1.joint.rank) }) {
            guard let field = addressModule.field(spelled: part.field) else { continue }
            do {
                let told = part.joint == .line ? part.cell.text : SpreadsheetNumber.withoutZeroDecimals(part.cell.text)
                let text = try cells.canonical(told, for: field.type)
                guard try !field.type.parse(text, in: transaction.values).isNull else { continue }
                address[field.key] = address[field.key].map { part.joint.joined($0, text) } ?? text
            } catch {
                try wrong(error, part.cell)
            }
        }
        for (fields, cell) in pieces.spares {
            guard let (key, text) = RowPieces.placing(cell.text, in: fields, present: { address[$0] }) else { continue }
            do {
                _ = try addressModule.field(key)?.type.parse(text, in: transaction.values)
                address[key] = text
            } catch {
                try wrong(error, cell)
            }
        }
        guard !address.isEmpty else { return nil }
        if let code = address[Self.postalCode] {
            let country = try address[Self.country].map { text in
                try addressModule.field(Self.country)?.type.parse(text, in: transaction.values).text
            }
            let whole = PostalCode(code, in: (country ?? nil) ?? transaction.values.country)
            address[Self.postalCode] = whole.text
            if whole.hasLostZero, (country ?? nil) == nil, let field = addressModule.field(Self.postalCode) {
                told.append(ImportWarning(.completed, of: field, whole.text))
            }
        }
        address[kindKey] = self.kind(pieces.slot, said: kind)
        return address
    }

    /// Returns the kind of an address: its slot, or the kind that a word of the source means.
    private func kind(_ slot: String, said: String?) -> String {
        let choices = addressModule.field(mapping.addresses.kind)?.type.choices ?? []
        let slot = choices.first { $0.key == slot }?.key
        guard let said = said.map(Self.plain).map(Fold.fold) else { return slot ?? mapping.addresses.otherKind }
        let known = choices.first { [$0.key, $0.label.en, $0.label.es].map(Fold.fold).contains(said) }
        let type = Self.uses.first { $0.words.contains { said.contains($0) } }?.type
        return known?.key ?? mapping.addresses.types.first { $0.type == type }?.choice ?? slot
            ?? mapping.addresses.otherKind
    }

    /// Stores the addresses and points of a record. Equal ones stay, an address of the same kind is updated, and
    /// nothing is removed.
    ///
    /// - Returns: whether anything changed.
    func settle(_ ready: Ready, of record: Int64) throws -> Bool {
        let haveAddressesChanged = try settleAddresses(ready.addresses, of: record)
        return try settlePoints(ready.points, of: record) || haveAddressesChanged
    }

    private func settleAddresses(_ addresses: [[String: String]], of record: Int64) throws -> Bool {
        guard !addresses.isEmpty else { return false }
        let store = transaction.store
        var present = try store.ids(of: addressModule, ownedBy: record).compactMap {
            try store.storedRecord(addressModule, id: $0)
        }
        var isChanged = false
        for address in addresses {
            if let index = try present.firstIndex(where: { try says($0, address) }) {
                present.remove(at: index)
                continue
            }
            let kind = address[mapping.addresses.kind].map(Value.text)
            let inputs = address.map { FieldInput($0.key, .set($0.value)) }
            if let index = present.firstIndex(where: { $0[mapping.addresses.kind] == kind }) {
                if fillsOnlyEmpty { continue }
                _ = try transaction.edit(addressModule, id: present.remove(at: index).id, inputs)
            } else {
                let owner = FieldInput(store.registry.center.rawValue, .set("\(record)"))
                _ = try transaction.add(addressModule, [owner] + inputs)
            }
            isChanged = true
        }
        return isChanged
    }

    private func says(_ stored: Record, _ address: [String: String]) throws -> Bool {
        for (key, text) in address {
            guard let field = addressModule.field(key) else { continue }
            if try field.type.parse(text, in: transaction.values) != stored[key] { return false }
        }
        return true
    }

    private func settlePoints(_ points: [[Value]], of record: Int64) throws -> Bool {
        guard !points.isEmpty, let part = module.cardPoints else { return false }
        let writer = try transaction.rows(of: part, in: module)
        let present = try writer.rows(of: record).map(\.values)
        if fillsOnlyEmpty, !present.isEmpty { return false }
        let identity = [mapping.points.kind, mapping.points.value].compactMap { part.position(of: $0) }
        var known = present.map { row in identity.map { row[$0] } }
        var isChanged = false
        for point in points {
            let key = identity.map { point[$0] }
            guard !known.contains(key) else { continue }
            known.append(key)
            try writer.add(point, to: record)
            isChanged = true
        }
        return isChanged
    }
}
