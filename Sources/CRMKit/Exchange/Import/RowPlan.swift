import Localization

/// The meaning of the columns of the current rows.
struct RowPlan {
    private(set) var columns: [ImportColumn] = []
    /// The positions of the fields that columns contain whole and that no other column names too; `nil` for any other
    /// column.
    private(set) var lonePositions: [Int?] = []
    /// The columns of a text, a date or a reference, which hold one value alone.
    private(set) var oneValueCells: [Int] = []
    /// Whether some column holds what is no whole field.
    private(set) var hasPieces = false
    /// The columns that describe a row of ``part``, and those that do not concern a part.
    private(set) var (telling, others): ([Int], [Int]) = ([], [])
    /// The column with the position of a row of ``part``.
    private var position: Int?
    /// Whether rows of the part may be sections or notes, since they have a text, a quantity and a record that they
    /// sell.
    private var mayHaveHeadings = false
    /// The columns of fields that tell records apart.
    private var keyed: [Int] = []
    /// The key of the part whose rows the rows of the input hold, one each; `nil` where they hold none.
    private(set) var part: String?
    /// Whether rows are matched by their ids although no fields to match by were given.
    private(set) var impliesID = false
    /// Whether people's given names and family names have columns of their own, as in the exports of address books.
    private(set) var hasNameParts = false

    /// The column of job titles under a header that is also used for forms of address: `Título`.
    var titleCell: Int?

    /// Whether all columns have the names that this program uses in its exports.
    var isOwn = false
    /// Whether the table is a whole export of this program, so that its cells are read as this program writes them.
    var isExport = false
    /// Whether all columns have the program's own names and one has ids, so that percentages are not fractions of 1.
    var hasOwnIDs = false
    /// The percentage columns whose first rows contain only 1 and 0.
    var wholes: Set<Int> = []
    /// The columns whose header is just a noun for records of another module, such as `Activo`. They may contain
    /// counts, or yes and no.
    var nouns: Set<Int> = []
    /// The columns of references that are called as people call them, where a text that is no reference is a name:
    /// `Cliente`. Under a key, `organization`, it is refused.
    var named: Set<Int> = []
    /// What shows that a tax is told as an amount.
    var taxes: TaxEvidence? {
        didSet {
            for cell in lonePositions.indices where taxes?.isTax(cell) == true { lonePositions[cell] = nil }
        }
    }
    /// Whether the rows are those of documents, which have lines and a number, and no column says what one is about.
    var lacksSubject = false
    /// What shows what rows of a part come to; `nil` where rows hold none.
    var amounts: LineAmounts?
    /// The columns with totals of the record, which the program computes itself.
    var totals: [Int] = []
    /// The recognizer of rows that repeat the header in other words.
    var otherHeader: OtherHeader?
    /// Whether no column has the family names of people.
    private(set) var lacksFamilyNames = false

    /// Whether some columns are ignored.
    private var hasIgnored = false
    /// The recognizer of rows of totals.
    private var total = TotalRow(sums: [], ignored: [])
    /// The columns of numbers and amounts.
    private(set) var summed: [Int] = []
    /// A column with a text for each row of ``part``, and its meaning for the record if all rows repeat the text.
    var shared: (index: Int, alone: ImportColumn)?
    /// A column with a remark on each row of ``part``, and its meaning for the record if the remark concerns all of it.
    var remark: (index: Int, alone: ImportColumn)?
    /// The plan for rows whose remark concerns the record; empty if there is no such column.
    var withRemark: [RowPlan] = []
    /// For each cell that names a record by a key, the cell with the name of that record.
    private(set) var names: [Int: Int] = [:]
    /// For each cell with a name, the cells with keys of the same record.
    private(set) var keys: [Int: [Int]] = [:]
    /// For each cell that names records to link with by a key, the cell with the names of those records.
    private(set) var linkPairs: [Int: Int] = [:]
    /// The columns that refer to records of the rows' own module, which later rows may create.
    private var ownReferences: [Int] = []
    /// The reasons to refuse columns that are ignored only as long as they are empty, by index.
    private var empty: [Int: Text] = [:]
    /// The column that says which module a row belongs to, the value that means this module, and the module for other
    /// values.
    private var kind: (index: Int, isTrue: Bool, other: ModuleName)?

    /// A plan without columns.
    init() {}

    /// - Parameters:
    ///   - matchesNothing: whether no fields to match rows by were given.
    ///   - tellApart: whether a skipped column still distinguishes records.
    ///   - alone: the meaning for the record of a column of rows of a part.
    init(
        columns: [ImportColumn],
        of module: Module,
        matchesNothing: Bool,
        tellApart: (Int) -> Bool = { _ in true },
        alone: (Int) -> ImportColumn? = { _ in nil },
        empty: [Int: Text] = [:]
    ) {
        self.columns = columns
        self.empty = empty
        for (index, column) in columns.enumerated() {
            guard case .cell(let cell) = column else {
                if column != .ignored || tellApart(index) { others.append(index) }
                continue
            }
            if let alone = alone(index) {
                if cell.isRemark(of: module) {
                    remark = remark ?? (index, alone)
                } else {
                    shared = shared ?? (index, alone)
                }
            }
            // What says nothing of a row alone is no reason to think that there are some.
            if !cell.words.isEmpty {
                part = cell.part
                telling.append(index)
            }
            if cell.meaning == .position { position = index }
        }
        mayHaveHeadings = Self.mayHaveHeadings(columns)
        keyed = columns.indices.filter { index in
            if case .field(let position) = columns[index] { module.fields[position].tellsApart } else { false }
        }
        hasPieces = columns.contains { if case .piece = $0 { true } else { false } }
        hasIgnored = columns.contains(.ignored)
        total = TotalRow(
            sums: Set(columns.indices.filter { columns[$0].isNumeric(in: module) }),
            ignored: Set(columns.indices.filter { columns[$0].isNothing }),
            others: Set(columns.indices.filter { columns[$0].takesNoNumber(in: module) })
        )
        summed = total.sums.sorted()
        impliesID = matchesNothing && columns.contains(.field(0))
        for case (let cell, .kept(let isTrue, let other)) in columns.enumerated() { kind = (cell, isTrue, other) }
        for (cell, column) in columns.enumerated() {
            guard let position = column.referencePosition(in: module) else { continue }
            if module.fields[position].type.target == module.name { ownReferences.append(cell) }
            let name = ImportColumn.reference(position, prefix: "name")
            guard column != name, let name = columns.firstIndex(of: name) else { continue }
            names[cell] = name
            keys[name, default: []].append(cell)
        }
        for (cell, column) in columns.enumerated() {
            guard let (other, prefix) = column.linkKey, !["id", "name"].contains(prefix),
                let called = columns.firstIndex(where: { $0.linkKey.map { $0 == (other, "name") } ?? false }),
                !linkPairs.values.contains(called)
            else { continue }
            linkPairs[cell] = called
        }
        lonePositions = columns.enumerated().map { cell, column in
            if case .field(let position) = column, names[cell] == nil { position } else { nil }
        }
        oneValueCells = columns.indices.filter { columns[$0].takesOneValue(in: module) }
        if let name = module.cards?.name {
            hasNameParts = [name.given, name.family].compactMap { module.position(of: $0) }.allSatisfy { position in
                columns.contains { $0.fills(position) }
            }
            lacksFamilyNames = !columns.contains { column in module.position(of: name.family).map(column.fills) ?? false
            }
        }
    }

    /// The types of the columns of numbers and amounts, by their places.
    func numberTypes(in module: Module) -> [Int: FieldType] {
        var types: [Int: FieldType] = [:]
        for place in total.sums {
            switch columns[place] {
            case .field(let position): types[place] = module.fields[position].type
            case .cell(let cell): types[place] = cell.part(of: module).flatMap(cell.type)
            default: break
            }
        }
        return types
    }

    /// Whether a row only contains the sums of the rows above it.
    func isTotal(_ row: InputRow, below sums: RunningSums) -> Bool {
        guard let sign = total.sign(of: row) else { return false }
        if sign == .measure { return sums.areMet(by: row, in: summed, surely: true) }
        return sign == .label || !summed.contains { row.texts[$0]?.isEmpty == false }
            || sums.areMet(by: row, in: summed)
    }

    /// Whether a row refers to another record of the module.
    func namesOwn(_ row: InputRow) -> Bool { ownReferences.contains { row.texts[$0]?.isEmpty == false } }

    /// Returns the module of a row that, according to one of its columns, belongs to another module; else `nil`.
    func otherModule(_ row: InputRow) -> ModuleName? {
        guard let kind, let text = row.texts[kind.index] else { return nil }
        return CompanyMark.isOne(text) == kind.isTrue ? nil : kind.other
    }

    /// Whether columns were ignored because they seemed to be empty.
    var hasUnexpected: Bool { !empty.isEmpty }

    /// Returns the problems of a row with values in columns that were ignored because they seemed to be empty.
    func unexpected(_ row: InputRow) -> [RowProblem] {
        if empty.isEmpty { return [] }
        return empty.sorted { $0.key < $1.key }.compactMap { index, reason -> RowProblem? in
            guard let text = row.texts[index], !text.trimmed.isEmpty else { return nil }
            return row.problem(reason, cell: index, value: text)
        }
    }

    /// Whether a row contains only a name though its columns could contain more.
    func isLone(_ row: InputRow, in module: Module) -> Bool {
        guard !row.columns.isEmpty, part == nil, !hasOwnIDs else { return false }
        var name: Int?
        for index in row.texts.indices where row.texts[index]?.isEmpty == false {
            if name != nil { return false }
            name = index
        }
        guard let name, let text = row.texts[name],
            columns[name].isWholeName || columns[name].fills(module.displayPosition)
                || module.composedPositions.contains(where: columns[name].fills)
        else { return false }
        let taken = columns.lazy.filter { $0 != .ignored }.count
        return taken > 2 || taken == 2 && Self.isHeading(text)
    }

    /// Whether a text looks like a heading or the end of a report, in a table with only one other column: `México (2)`,
    /// `Fin del reporte`, `CABLES`, `Total`.
    private static func isHeading(_ text: String) -> Bool {
        let text = text.trimmed
        let words = text.split(separator: " ")
        let isCounted =
            text.last == ")" && words.count > 1 && words[words.count - 1].dropFirst().dropLast().allSatisfy(\.isNumber)
        let isLoud = text.count > 3 && text.contains(where: \.isLetter) && text == text.uppercased()
        return isCounted || isLoud || words.count > 2 || TotalRow.isWord(text)
    }

    /// Whether a row contains something only in ignored columns.
    func isBlank(_ row: InputRow) -> Bool {
        guard hasIgnored, !row.columns.isEmpty else { return false }
        return row.texts.indices.allSatisfy { row.texts[$0]?.isEmpty ?? true || columns[$0] == .ignored }
    }

    /// The ways in which rows name records by ids or any other reference.
    struct IDReferences {
        /// The fields.
        var fields: [String] = []
        /// The keys of parts whose rows refer to records, and of modules that rows are linked with.
        var others: [String] = []
    }

    /// Returns the columns in which rows name records by ids.
    func idReferences(in module: Module, _ registry: Registry) -> IDReferences {
        var references = IDReferences()
        for column in columns {
            switch column {
            case .field(let position) where module.fields[position].type.target != nil:
                references.fields.append(module.fields[position].key)
            case .rows(let key, nil):
                let fields = module.parts.first { $0.key == key }?.writableFields ?? []
                if fields.contains(where: { $0.type.isReference }) { references.others.append(key) }
            case .cell(let cell):
                guard case .field(let word, nil) = cell.meaning, let part = cell.part(of: module),
                    part.field(called: word, given: "")?.type.isReference == true
                else { continue }
                references.others.append("\(part.name).\(word)")
            case .linked(let other, nil): references.others.append(other.rawValue)
            case .linkedList(let other, nil): references.others.append(registry[other].linkedKey)
            default: continue
            }
        }
        return references
    }

    /// The prefix of the key by which a cell names a record where its header says none: its name, where people call the
    /// column so and the text is no reference by itself.
    func prefix(at cell: Int, of text: String, in target: Module) -> String? {
        guard named.contains(cell), !Reference.isOne(text, in: target) else { return nil }
        return "name"
    }

    /// Whether a row of the input is no more than a text.
    func isTextOnly(_ row: InputRow) -> Bool {
        zip(columns, row.texts).contains { column, text in
            guard case .cell(let cell) = column, case .textOnly(let words) = cell.meaning, let text else {
                return false
            }
            return words.contains(Choice.spelling(text))
        } || mayHaveHeadings && isSectionOrNote(row)
    }

    private static func mayHaveHeadings(_ columns: [ImportColumn]) -> Bool {
        var (hasText, hasQuantity, hasRecord) = (false, false, false)
        for case .cell(let cell) in columns {
            switch cell.meaning {
            case .record, .field(_, .some): hasRecord = true
            case .field("quantity", nil): hasQuantity = true
            case .field("text", nil): hasText = true
            default: continue
            }
        }
        return hasText && hasQuantity && hasRecord
    }

    /// Whether a row of lines that may name a product names none, and counts none of it: a section or a note of Odoo's.
    private func isSectionOrNote(_ row: InputRow) -> Bool {
        var (hasText, isCounted) = (false, true)
        for (column, text) in zip(columns, row.texts) {
            guard case .cell(let cell) = column else { continue }
            let isEmpty = text?.trimmed.isEmpty ?? true
            switch cell.meaning {
            case .record, .field(_, .some):
                if !isEmpty { return false }
            case .field("quantity", nil):
                guard !isEmpty, text.map(Self.isZero) == true else { return false }
                isCounted = false
            case .field("unit_price", nil), .field("price", nil):
                guard isEmpty || text.map(Self.isZero) == true else { return false }
            case .field("text", nil): hasText = !isEmpty
            default: continue
            }
        }
        return hasText && !isCounted
    }

    private static func isZero(_ text: String) -> Bool {
        let digits = text.utf8.filter(\.isDigit)
        return !digits.isEmpty && TotalRow.isAmount(text) && digits.allSatisfy { $0 == UInt8(ascii: "0") }
    }

    /// Returns the field in which, according to the row, its record is named; `nil` when it does not say.
    func recordField(_ row: InputRow) -> String? {
        for (column, text) in zip(columns, row.texts) {
            guard case .cell(let cell) = column, case .recordField(let fields) = cell.meaning, let text else {
                continue
            }
            return fields[Choice.spelling(text)]
        }
        return nil
    }

    /// Whether a row of the input describes a row of the part.
    func tellsRow(_ row: InputRow) -> Bool {
        telling.contains { row.texts[$0]?.isEmpty == false }
    }

    /// Returns a column in which a row differs from an earlier row with the same name of the record; `nil` if the name
    /// is another, or if a key distinguishes the two.
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

    /// Whether a row belongs to the record of the rows before: its other columns are repeated or empty, and its
    /// position, if there is one, is beyond the last.
    func continues(_ row: InputRow, after first: InputRow, _ last: InputRow) -> Bool {
        guard row.names == first.names, row.file == first.file, row.card == nil, tellsRow(row) else { return false }
        for index in others {
            guard let text = row.texts[index], !text.isEmpty else { continue }
            if text != first.texts[index] ?? "" { return false }
        }
        guard let position, let place = Reference.id(row.texts[position] ?? ""),
            let former = Reference.id(last.texts[position] ?? "")
        else { return true }
        // What has the key of one is of that, in whatever order.
        return place > former
            || place != former && keyed.contains { row.texts[$0].map { !$0.isEmpty } == true }
    }

    /// Rows of a part in the order of the places that they say; as they stand where one of them says none.
    func inOrder(_ rows: [InputRow]) -> [InputRow] {
        guard let position else { return rows }
        let places = rows.map { Reference.id($0.texts[position] ?? "") }
        let known = places.compactMap(\.self)
        guard known.count == rows.count, zip(known, known.dropFirst()).contains(where: { $0 > $1 }) else { return rows }
        return zip(known, rows).enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map {
            $0.element.1
        }
    }
}

extension ImportColumn {
    /// The position of the field in which the column refers to a record of a single module, by any key.
    fileprivate func referencePosition(in module: Module) -> Int? {
        switch self {
        case .reference(let position, _): position
        case .field(let position): module.fields[position].type.target == nil ? nil : position
        default: nil
        }
    }

    /// Whether the column holds numbers or amounts.
    func isNumeric(in module: Module) -> Bool {
        switch self {
        case .field(let position): module.fields[position].type.isSummed
        case .cell(let cell): cell.part(of: module).map(cell.isSummed) ?? false
        default: false
        }
    }

    /// Whether a short number cannot be a value of the column: part of a person's name, an address, a telephone number.
    fileprivate func takesNoNumber(in module: Module) -> Bool {
        guard case .field(let position) = self else { return false }
        return [.email, .phone].contains(module.fields[position].type) || module.composedPositions.contains(position)
    }

    /// Whether the column is of a text, a date or a reference.
    fileprivate func takesOneValue(in module: Module) -> Bool {
        switch self {
        case .field(let position): [.text, .date].contains(module.fields[position].type)
        case .reference: true
        default: false
        }
    }

    /// Whether the column is skipped.
    fileprivate var isNothing: Bool {
        switch self {
        case .ignored: true
        case .cell(let cell): cell.meaning == .nothing
        default: false
        }
    }
}

extension Field {
    /// Whether the field distinguishes records with the same name.
    var tellsApart: Bool {
        type == .identifier || key == "external_id" || !traits.isDisjoint(with: [.key, .unique])
    }
}
