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
    /// The columns of which a row describes a row of a part.
    var partCells = PartCells()
    /// The key of the part whose rows the rows of the input hold, one each; `nil` where they hold none.
    var part: String? { partCells.part }
    /// The columns that refer to records.
    private(set) var references = ReferenceColumns()
    /// The columns of fields that tell records apart.
    private(set) var keyed: [Int] = []
    /// Whether no fields to match rows by were given.
    private var matchesNothing = false
    /// Whether rows are matched by their ids although no fields to match by were given.
    private(set) var impliesID = false
    /// Whether people's given names and family names have columns of their own, as in the exports of address books.
    private(set) var hasNameParts = false

    /// The column of job titles under a header that is also used for forms of address: `Título`.
    var titleCell: Int?

    /// Who has written the table.
    var author = TableAuthor.others
    /// The percentage columns whose first rows contain only 1 and 0.
    var wholes: Set<Int> = []
    /// The columns whose header is just a noun for records of another module, such as `Activo`. They may contain
    /// counts, or yes and no.
    var nouns: Set<Int> = []
    /// The currencies that headers of amounts say, by the indexes of their columns.
    var currencies: [Int: String] = [:]
    /// The columns of references that are called as people call them, where a text that is no reference is a name:
    /// `Cliente`. Under a key, `organization`, it is refused.
    var named: Set<Int> = []
    /// The evidence that taxes are stated as amounts.
    var taxes: TaxEvidence? {
        didSet {
            for cell in lonePositions.indices where taxes?.isTax(cell) == true { lonePositions[cell] = nil }
        }
    }
    /// Whether the rows are those of documents, which have lines and a number, and no column says what one is about.
    var lacksSubject = false
    /// The columns that determine the total of a line; `nil` where rows hold no lines.
    var amounts: LineAmounts?
    /// The columns with totals of the record, which the program computes itself.
    var totals: [ComputedColumn] = []
    /// The recognizer of rows that repeat the header in other words.
    var otherHeader: OtherHeader?
    /// Whether no column has the family names of people.
    private(set) var lacksFamilyNames = false

    /// The column with the reasons for which an earlier import has refused the rows; `nil` if there is none.
    var reasonCell: Int?
    /// The skipped columns that the user is told about, each with its place in the input.
    var passedOver: [(cell: Int, place: Int)] = []
    /// Whether some columns are ignored.
    private var hasIgnored = false
    /// The recognizer of rows of totals.
    private var total = TotalRow(sums: [], ignored: [])
    /// The columns of numbers and amounts.
    private(set) var summed: [Int] = []
    /// Whether some column holds what every record has and is no number, such as its name.
    private var hasNeeded = false
    /// The plan for rows whose remark concerns the record; empty if there is no such column.
    var withRemark: [RowPlan] = []
    /// The columns that are ignored only as long as they are empty, by index.
    private var empty: [Int: EmptyColumn] = [:]
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
        empty: [Int: EmptyColumn] = [:]
    ) {
        self.columns = columns
        self.empty = empty
        partCells = PartCells(columns, of: module, tellApart: tellApart, alone: alone)
        references = ReferenceColumns(columns, in: module)
        keyed = columns.indices.filter { columns[$0].tellsApart(in: module) }
        hasPieces = columns.contains { if case .piece = $0 { true } else { false } }
        hasIgnored = columns.contains(.ignored)
        total = TotalRow(
            sums: Set(columns.indices.filter { columns[$0].isNumeric(in: module) }),
            ignored: Set(columns.indices.filter { columns[$0].isNothing }),
            others: Set(columns.indices.filter { columns[$0].takesNoNumber(in: module) })
        )
        summed = total.sums.sorted()
        let required = module.requiredPositions.filter { module.fields[$0].isRequired }
        let needed = required + module.composedPositions + [module.displayPosition]
        hasNeeded = columns.indices.contains { cell in
            !total.sums.contains(cell) && (columns[cell].isWholeName || needed.contains(where: columns[cell].fills))
        }
        self.matchesNothing = matchesNothing
        impliesID = matchesNothing && columns.contains(.field(0))
        for case (let cell, .kept(let isTrue, let other)) in columns.enumerated() { kind = (cell, isTrue, other) }
        lonePositions = columns.enumerated().map { cell, column in
            if case .field(let position) = column, references.names[cell] == nil { position } else { nil }
        }
        oneValueCells = columns.indices.filter { columns[$0].takesOneValue(in: module) }
        learnNames(of: module)
    }

    /// Returns the field of the first column by which rows could be matched, if they are matched by nothing.
    func likelyMatch(in module: Module) -> Field? {
        guard matchesNothing else { return nil }
        return keyed.lazy.compactMap { cell -> Field? in
            guard case .field(let position) = columns[cell] else { return nil }
            return module.fields[position]
        }.first { $0.isStored && $0.type != .identifier && $0.key != module.displayKey }
    }

    /// Learns which names of people have columns.
    private mutating func learnNames(of module: Module) {
        guard let name = module.cards?.name else { return }
        func isFilled(_ position: Int) -> Bool { columns.contains { $0.fills(position) } }
        hasNameParts = [name.given, name.family].compactMap { module.position(of: $0) }.allSatisfy(isFilled)
        lacksFamilyNames = !(module.position(of: name.family).map(isFilled) ?? false)
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
        if sign == .bare { return hasNeeded && sums.areSums(in: row, in: summed) }
        return sign == .label || !summed.contains { row.texts[$0]?.isEmpty == false }
            || sums.areMet(by: row, in: summed)
    }

    /// Returns the module of a row that, according to one of its columns, belongs to another module; else `nil`.
    func otherModule(_ row: InputRow) -> ModuleName? {
        guard let kind, let text = row.texts[kind.index] else { return nil }
        return CompanyMark.isOne(text) == kind.isTrue ? nil : kind.other
    }

    /// Whether columns were ignored because they seemed to be empty.
    var hasUnexpected: Bool { !empty.isEmpty }

    /// Refuses a row with values in columns that were ignored because they seemed to be empty.
    func refuseUnexpected(in row: InputRow) throws(RowProblems) {
        let problems = unexpected(in: row)
        if !problems.isEmpty { throw RowProblems(problems: problems) }
    }

    /// Makes rows with such values faulty, so that those of their record are refused with them.
    func findUnexpected(in group: inout [(row: InputRow, raw: [UInt8]?)]) {
        for index in group.indices where !group[index].row.isFaulty {
            let problems = unexpected(in: group[index].row)
            if !problems.isEmpty { group[index].row.faults = problems }
        }
    }

    private func unexpected(in row: InputRow) -> [RowProblem] {
        empty.sorted { $0.key < $1.key }.compactMap { index, column in
            guard let text = row.texts[index], !EmptyColumn.isSilent(text, column.silent) else { return nil }
            return row.problem(column.reason, cell: index, value: text)
        }
    }

    /// Whether a row contains only a name though its columns could contain more.
    func isLone(_ row: InputRow, in module: Module) -> Bool {
        guard !row.columns.isEmpty, part == nil, !author.knowsIDs else { return false }
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

    /// Whether a cell names a record by a key that its header does not say: where people call the column as the records
    /// and the text is no reference by itself.
    func isKeyless(_ cell: Int, _ text: String, in target: Module) -> Bool {
        named.contains(cell) && !Reference.isOne(SpreadsheetNumber.digits(text), in: target)
    }
}
