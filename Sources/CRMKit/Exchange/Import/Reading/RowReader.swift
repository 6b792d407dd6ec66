import Localization
import SQLite

/// Reads the cells of rows according to their columns. Amounts, and numbers with a unit, are read last, since the
/// existing record may give their currency or unit.
struct RowReader {
    let module: Module
    let cells: CellRules
    let store: Store
    let registry: Registry
    let context: ValueContext
    let resolver: ReferenceResolver
    let parts: PartImport
    let pieces: PieceSettler?
    let currencyPosition: Int?
    /// The positions of the fields of people's names; `nil` for records that are not people.
    let names: NamePositions?
    let birthdayPosition: Int?
    /// The positions of postal code and country, for records that are addresses of people.
    let postcodePositions: (code: Int, country: Int)?
    /// The positions of fields that only cards of this program hold.
    private let ownOfCards: Set<Int>
    /// The positions of the boolean fields that are `false` by default.
    let boxes: Set<Int>
    /// Whether the field at a position holds a moment.
    let isMoment: [Bool]
    /// The destination of all values but the first in a cell of a field, by the position of the field; `nil` for values
    /// that are pieces.
    let furtherRows: [FurtherValue?]
    /// The readers of plain cells, by the position of the field; `nil` for fields whose cells need a closer look.
    private let plainCells: [PlainCells?]
    /// The positions of a rate and a list of taxes, for records that are sold.
    let taxPositions: TaxPositions?
    /// The positions of the fields whose values a new record takes of its contact where none are given.
    let takenPositions: [Int]
    /// The positions of the fields by which the records of rows are found.
    let matchPositions: [Int]

    init(
        _ module: Module,
        cells: CellRules,
        matchPositions: [Int],
        resolver: ReferenceResolver,
        parts: PartImport,
        pieces: PieceSettler?,
        registry: Registry,
        in transaction: Transaction
    ) {
        self.module = module
        self.cells = cells
        self.matchPositions = matchPositions
        takenPositions = Self.takenPositions(in: module, registry)
        self.resolver = resolver
        self.parts = parts
        self.pieces = pieces
        store = transaction.store
        self.registry = registry
        context = transaction.values
        currencyPosition = module.position(of: "currency")
        // The mapping of cards is too expensive to compute for every row.
        let cards = module.cards
        taxPositions = TaxPositions(module)
        names = cards.flatMap { NamePositions($0.name, in: module) }
        ownOfCards = Set(module.fields.indices.filter { cards?.isOwn(module.fields[$0].key) == true })
        boxes = Set(
            module.fields.indices.filter {
                module.fields[$0].type.form == .boolean && module.fields[$0].defaultValue == .integer(0)
            }
        )
        isMoment = module.fields.map { $0.type.form == .moment }
        let unticked = boxes
        plainCells = module.fields.enumerated().map { position, field in
            let isPlain = field.unit == nil && field.emptyOverride == nil && !field.traits.contains(.numeral)
            guard isPlain, field.type.form != .money else { return nil }
            return PlainCells(field.type.definition, empty: unticked.contains(position) ? field.defaultValue : .null)
        }
        furtherRows = module.fields.map { pieces == nil ? module.furtherRow(of: $0, called: nil) : nil }
        birthdayPosition = cards.flatMap { module.position(of: $0.birthday) }
        let isAddress = registry[registry.center].cards?.addresses.module == module.name
        postcodePositions =
            if isAddress, let code = module.position(of: PieceSettler.postalCode),
                let country = module.position(of: PieceSettler.country)
            { (code, country) } else { nil }
    }

    /// Reads a row without its amounts and quantities. Unacceptable cells are among the reading's problems.
    ///
    /// - Parameter reading: gets the contents of the row; empty before.
    /// - Throws: errors that are not the row's fault.
    func read(_ row: InputRow, plan: RowPlan, into reading: inout RowReading) throws {
        reading.given.reserveCapacity(plan.columns.count)
        let (hasLists, hasNames) = (!row.lists.isEmpty, !row.named.isEmpty)
        for cell in row.resolved where plan.columns[cell] != .ignored {
            reading.told.append(ImportWarning(.resolved, of: Text(row.names[cell]), row.texts[cell] ?? ""))
        }
        for cell in row.mended where plan.columns[cell] != .ignored {
            reading.told.append(ImportWarning(.mended, of: Text(row.names[cell]), row.texts[cell] ?? ""))
        }
        for cell in plan.columns.indices {
            do {
                if !hasNames, !hasLists || !row.lists.contains(cell), let position = plan.lonePositions[cell],
                    row.fault(at: cell) == nil, let value = plainCells[position]?.value(of: row.texts[cell])
                {
                    // Most are the only ones, and what may fail costs more.
                    if reading.gives(position) {
                        try give(value, position, cell: cell, to: &reading)
                    } else {
                        reading.given.append(RowReading.Given(position: position, value: value, cell: cell))
                    }
                } else {
                    try read(cell, of: row, plan, into: &reading)
                }
            } catch {
                if case .field(let position) = plan.columns[cell], isLeftToCard(error, row, at: position) {
                    reading.leftToCard.append(module.fields[position].key)
                } else {
                    try note(error, row: row, cell: cell, plan, in: &reading)
                }
            }
        }
        for (position, word, cell) in reading.decided {
            let value = try value(word, at: position, origin: .standard)
            reading.given.removeAll { $0.position == position }
            reading.given.append(RowReading.Given(position: position, value: value, cell: cell))
        }
        for cell in reading.overruled {
            guard let text = row.texts[cell], !text.trimmed.isEmpty else { continue }
            reading.told.append(ImportWarning(.overruled, of: Text(row.names[cell]), text))
        }
        noteDivided(row, in: &reading)
        if taxPositions != nil, !plan.author.usesOwnNames { try refuseTwoRates(row, plan, in: &reading) }
        if !reading.moments.isEmpty { try readMoments(&reading, row: row, plan) }
        if !row.isCard, !row.isEntry {
            noteGaps(of: row, in: &reading)
            noteMidnights(of: row, in: &reading)
        }
        if !reading.further.isEmpty { try readFurther(&reading, row: row, plan) }
        if plan.hasPieces || !reading.pieces.points.isEmpty || !reading.pieces.numbered.isEmpty {
            try readPieces(&reading, row: row, plan)
        }
        if !takenPositions.isEmpty { try takeOfContact(&reading, row: row, plan) }
    }

    /// Reads a cell by the conventions of its author.
    private func read(_ cell: Int, of row: InputRow, _ plan: RowPlan, into reading: inout RowReading) throws {
        let column = plan.columns[cell]
        if let fault = row.fault(at: cell) {
            if column == .ignored { return }
            throw fault.passingOver(row.names[cell])
        }
        let isList = row.lists.contains(cell) && !isOneValue(row.texts[cell], column)
        if isList, !column.takesList(in: module) { throw ValueError.list.passingOver(row.names[cell]) }
        let origin = origin(of: cell, row, column, plan, isList: isList)
        let isOfTable = !row.columns.isEmpty
        if let text = row.texts[cell], EmailAddress.isMailboxName(text), column.holdsAddress(in: module) {
            reading.told.append(ImportWarning(.mailbox, of: Text(row.names[cell]), text))
            return
        }
        if origin != .standard, isOfTable, let text = row.texts[cell], try isUnavailable(text, in: column) {
            reading.told.append(ImportWarning(.unavailable, of: Text(row.names[cell]), text))
            return
        }
        if origin == .foreign, let text = row.texts[cell], saysNothing(text, in: column) {
            reading.told.append(ImportWarning(.nothing, of: Text(row.names[cell]), text))
            if case .field(let position) = column {
                try give(value("", at: position), position, cell: cell, to: &reading)
            }
            return
        }
        if origin == .foreign, let text = row.texts[cell], holdsNothing(text, among: column) {
            reading.told.append(ImportWarning(.nothing, of: Text(row.names[cell]), text))
        }
        if plan.nouns.contains(cell) { try refuseCount(row, cell, column) }
        let text = try undoubted(row, cell, column, plan, isExact: origin == .standard, &reading)
        var said = SaidText(text: text ?? "", isList: isList, origin: origin, cell: cell).unquoted(isOfTable: isOfTable)
        if case .reference(let position, let prefix) = column {
            let value = try reference(row, cell, prefix, at: position, plan, &reading)
            return try give(value, position, cell: cell, to: &reading)
        }
        if plan.named.contains(cell), let column = try byName(column, row, cell, plan) {
            if case .reference(let position, let prefix) = column {
                let value = try reference(row, cell, prefix, at: position, plan, &reading)
                return try give(value, position, cell: cell, to: &reading)
            }
            return try read(said, as: column, into: &reading)
        }
        let member = row.name(at: cell)
        if case .field(let position) = column,
            let name = member ?? plan.references.names[cell].flatMap({ row.texts[$0] }),
            let text = row.texts[cell], !isNothing(text), !isNothing(name)
        {
            let value = try reference(text, called: name, isMember: member != nil, at: position, plan)
            return try give(value, position, cell: cell, to: &reading)
        }
        if !plan.references.linkPairs.isEmpty, try linkPaired(row, cell, plan, &reading) { return }
        if case .rows(let key, _) = column {
            try checkNames(in: row, cell, of: key, plan)
            said.numbers = row.numbersOfRows
        }
        try read(said, as: column, into: &reading)
    }

    /// Whether the fault in a value that only cards of this program hold is not the card's: the card comes from another
    /// database.
    func isLeftToCard(_ error: any Error, _ row: InputRow, at position: Int) -> Bool {
        guard row.isCard, ownOfCards.contains(position) else { return false }
        if let error = error as? CRMError { return [.notFound, .ambiguous, .usage].contains(error.code) }
        return error is ValueError
    }

    /// Records the problem of a cell. The other cells are still read.
    ///
    /// - Throws: errors that are not the row's fault.
    func note(
        _ error: any Error,
        row: InputRow,
        cell: Int,
        _ plan: RowPlan,
        in reading: inout RowReading
    ) throws {
        guard let problem = row.problem(error, cell: cell, by: cells) as? RowProblem else { throw error }
        reading.problems.append(problem)
        switch plan.columns[cell] {
        case .field(let position), .reference(let position, _), .anyReference(let position, _, _),
            .anyNamed(let position), .translated(let position, _), .moment(let position, _), .further(let position, _):
            reading.wrong.insert(position)
        case .several(let positions): reading.wrong.formUnion(positions)
        case let column where column.isWholeName: if let names { reading.wrong.insert(names.family) }
        default: break
        }
    }

    /// Reads what a cell says as the meaning of its column demands.
    private func read(_ said: SaidText, as column: ImportColumn, into reading: inout RowReading) throws {
        let said = said.plain(isOfName: isOfName(column), takesLines: column.takesLines(in: module))
        let (text, cell) = (said.text, said.cell)
        switch column {
        case .ignored, .cell, .reference, .kept: return
        case .piece(.familyFirst):
            reading.pieces.take(.familyFirst, try PersonName.familyFirst(text), cell: cell)
        case .piece(let piece): reading.pieces.take(piece, text, cell: cell)
        case .field(let position): try readField(said, at: position, into: &reading)
        case .further(let position, let value) where value.isOwn && text.trimmed.isEmpty:
            try give(.null, position, cell: cell, to: &reading)
        case .further(let position, let value):
            if !text.trimmed.isEmpty { reading.further.append((position, value, text, cell)) }
        case .moment(let position, let half):
            let text = SpreadsheetWords.withoutTextMark(text.trimmed)
            if !text.isEmpty { reading.moments.append((position, half, text, cell)) }
        case .several(let positions):
            for position in positions { try give(try value(text, at: position), position, cell: cell, to: &reading) }
        case .translated(let position, let words):
            let word = translated(text, by: words, at: position)
            try give(try value(word, at: position, origin: said.origin), position, cell: cell, to: &reading)
        case .deciding(let position, let deciding):
            if let value = deciding.value(in: text) { reading.decided.append((position, value, cell)) }
        case .anyReference(let position, let target, let prefix):
            let id = isNothing(text) ? nil : try resolver.id(text, prefix: prefix, in: registry[target])
            let value = id.map { FieldType.anyReference.reference(to: $0, in: target) }
            try give(value ?? .null, position, cell: cell, to: &reading)
        case .anyNamed(let position):
            let value = isNothing(text) ? .null : try resolver.record(named: text)
            try give(value, position, cell: cell, to: &reading)
        case .linked(let other, let prefix):
            let names = try several(text, prefix, in: registry[other], isList: said.isList)
            try link(with: names, by: prefix, in: other, &reading)
        case .linkedList(let other, let prefix):
            let isWritten = prefix == nil || said.isList
            let names = isWritten ? CellValues.elements(text) : CellValues.values(text)
            if prefix == nil, try giveAddresses(names, notOf: registry[other], cell: cell, to: &reading) { return }
            try link(with: names, by: prefix, in: other, &reading)
        case .attribute(let key):
            guard !text.isEmpty else { return }
            reading.attributes.append(GivenAttribute(key: key, text: text, isList: said.isList, cell: cell))
        case .rows(let key, let kind?):
            let values = said.isList ? CellValues.elements(text) : parts.values(text, in: key)
            if let rows = try parts.read(values, said.numbers, of: kind, in: key, cell: cell) { reading.rows.add(rows) }
        case .rows(let key, nil):
            if let rows = try parts.read(text, said.numbers, of: key, cell: cell) { reading.rows.append(rows) }
        case .order(let key):
            let kinds = said.isList ? CellValues.elements(text) : CellValues.values(text)
            if let order = try parts.read(order: kinds, of: key, cell: cell) { reading.rows.append(order) }
        }
    }
}
