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
    private let boxes: Set<Int>
    /// The destination of all values but the first in a cell of a field, by the position of the field; `nil` for values
    /// that are pieces.
    let furtherRows: [FurtherValue?]
    /// The readers of plain cells, by the position of the field; `nil` for fields whose cells need a closer look.
    private let plainCells: [PlainCells?]
    /// The positions of a rate and a list of taxes, for records that are sold.
    let taxPositions: TaxPositions?

    init(
        _ module: Module,
        cells: CellRules,
        resolver: ReferenceResolver,
        parts: PartImport,
        pieces: PieceSettler?,
        registry: Registry,
        in transaction: Transaction
    ) {
        self.module = module
        self.cells = cells
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
        noteDivided(row, in: &reading)
        if taxPositions != nil { try refuseTwoRates(row, plan, in: &reading) }
        if !reading.moments.isEmpty { try readMoments(&reading, row: row, plan) }
        if !reading.further.isEmpty { try readFurther(&reading, row: row, plan) }
        if plan.hasPieces || !reading.pieces.points.isEmpty || !reading.pieces.numbered.isEmpty {
            try readPieces(&reading, row: row, plan)
        }
    }

    /// Reads a cell by the conventions of its author.
    private func read(_ cell: Int, of row: InputRow, _ plan: RowPlan, into reading: inout RowReading) throws {
        let column = plan.columns[cell]
        if let fault = row.fault(at: cell) {
            if column == .ignored { return }
            throw Self.passingOver(fault, under: row.names[cell])
        }
        let isList = row.lists.contains(cell) && !isOneValue(row.texts[cell], column)
        if isList, !column.takesList(in: module) { throw Self.passingOver(.list, under: row.names[cell]) }
        let origin = origin(of: cell, row, column, plan, isList: isList)
        if let text = row.texts[cell], EmailAddress.isMailboxName(text), column.holdsAddress(in: module) {
            reading.told.append(ImportWarning(.mailbox, of: Text(row.names[cell]), text))
            return
        }
        if origin != .standard, let text = row.texts[cell], try isUnavailable(text, in: column) {
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
        if case .reference(let position, let prefix) = column {
            let value = try reference(row, cell, prefix, at: position, plan, &reading)
            return try give(value, position, cell: cell, to: &reading)
        }
        if plan.named.contains(cell), let column = byName(column, row, cell, plan) {
            if case .reference(let position, let prefix) = column {
                let value = try reference(row, cell, prefix, at: position, plan, &reading)
                return try give(value, position, cell: cell, to: &reading)
            }
            return try read(text, as: column, isList: isList, origin: origin, cell: cell, into: &reading)
        }
        let member = row.name(at: cell)
        if case .field(let position) = column, let name = member ?? plan.names[cell].flatMap({ row.texts[$0] }),
            let text = row.texts[cell], !isNothing(text), !isNothing(name)
        {
            let value = try reference(text, called: name, isMember: member != nil, at: position, plan)
            return try give(value, position, cell: cell, to: &reading)
        }
        if !plan.linkPairs.isEmpty, try linkPaired(row, cell, plan, &reading) { return }
        if case .rows(let key, _) = column { try checkNames(in: row, cell, of: key, plan) }
        try read(text, as: column, isList: isList, origin: origin, cell: cell, into: &reading)
    }

    /// Whether the fault in a value that only cards of this program hold is not the card's: the card comes from another
    /// database.
    func isLeftToCard(_ error: any Error, _ row: InputRow, at position: Int) -> Bool {
        guard row.card != nil, ownOfCards.contains(position) else { return false }
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
        guard let problem = row.problem(error, cell: cell) as? RowProblem else { throw error }
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

    private func read(
        _ text: String?,
        as column: ImportColumn,
        isList: Bool,
        origin: CellOrigin,
        cell: Int,
        into reading: inout RowReading
    ) throws {
        let isExact = origin == .standard
        let hasOwnQuotes = origin != .foreign || column.takesLines(in: module)
        var text = hasOwnQuotes ? text ?? "" : SpreadsheetWords.unquoted(text ?? "")
        if !isExact, isOfName(column) { text = text.withoutMarks }
        switch column {
        case .ignored, .cell, .reference, .kept: return
        case .piece(.familyFirst):
            reading.pieces.take(.familyFirst, try PersonName.familyFirst(text), cell: cell)
        case .piece(let piece): reading.pieces.take(piece, text, cell: cell)
        case .field(let position):
            if module.moneyPositions.contains(position) {
                reading.money.append((position, text, cell))
            } else if !isExact, try giveExemption(text, at: position, cell: cell, to: &reading) {
                return
            } else if !isExact, let (values, piece) = pieces?.several(text, at: position) {
                try give(try value(values[0], at: position), position, cell: cell, to: &reading)
                for text in values.dropFirst() { reading.pieces.take(piece, text, cell: cell) }
            } else if !isExact, let (values, row) = severalRows(text, at: position) {
                try give(try value(values[0], at: position), position, cell: cell, to: &reading)
                for text in values.dropFirst() { reading.further.append((position, row, text, cell)) }
            } else if !isExact, let line = oneLine(text, at: position) {
                reading.told.append(ImportWarning(.joined, of: module.fields[position], line))
                try give(try value(line, at: position), position, cell: cell, to: &reading)
            } else if hasNoYear(text, at: position) {
                reading.told.append(ImportWarning(.yearless, of: module.fields[position], text.trimmed))
            } else if module.fields[position].unit != nil, WrittenQuantity(text) != nil {
                reading.counted.append((position, text, cell))
            } else {
                if origin == .foreign { text = code(in: text, at: position, &reading) }
                let value = try value(text, at: position, origin: origin)
                if position == birthdayPosition, !isExact, let day = Self.dayOfUnknownYear(value) {
                    reading.told.append(ImportWarning(.yearless, of: module.fields[position], day))
                } else {
                    try give(value, position, cell: cell, to: &reading)
                }
            }
        case .further(let position, let value):
            if !text.trimmed.isEmpty { reading.further.append((position, value, text, cell)) }
        case .moment(let position, let half):
            if !text.trimmed.isEmpty { reading.moments.append((position, half, text.trimmed, cell)) }
        case .several(let positions):
            for position in positions { try give(try value(text, at: position), position, cell: cell, to: &reading) }
        case .translated(let position, let words):
            let own = ReferenceResolver.name(inExport: text) ?? text
            let isChoice = !module.fields[position].type.choices.isEmpty
            let bare = isChoice ? Self.withoutPipeline(own).map { words[Choice.spelling($0)] ?? $0 } : nil
            let word = words[Choice.spelling(own)] ?? bare ?? own
            try give(try value(word, at: position, origin: origin), position, cell: cell, to: &reading)
        case .deciding(let position, let words):
            let word = words[Choice.spelling(text)] ?? (text.trimmed.isEmpty ? nil : words[HeaderTable.anyWord])
            if let word { reading.decided.append((position, word, cell)) }
        case .anyReference(let position, let target, let prefix):
            let id = isNothing(text) ? nil : try resolver.id(text, prefix: prefix, in: registry[target])
            let value = id.map { FieldType.anyReference.reference(to: $0, in: target) }
            try give(value ?? .null, position, cell: cell, to: &reading)
        case .anyNamed(let position):
            let value = isNothing(text) ? .null : try resolver.record(named: text)
            try give(value, position, cell: cell, to: &reading)
        case .linked(let other, let prefix):
            let names = try several(text, prefix, in: registry[other], isList: isList)
            try link(with: names, by: prefix, in: other, &reading)
        case .linkedList(let other, let prefix):
            let parts = prefix == nil || isList ? CellValues.elements(text) : CellValues.values(text)
            try link(with: parts, by: prefix, in: other, &reading)
        case .attribute(let key):
            guard !text.isEmpty else { return }
            reading.attributes.append(GivenAttribute(key: key, text: text, isList: isList, cell: cell))
        case .rows(let key, let kind?):
            let values = isList ? CellValues.elements(text) : parts.values(text, in: key)
            if let rows = try parts.read(values, of: kind, in: key, cell: cell) { reading.rows.add(rows) }
        case .rows(let key, nil):
            if let rows = try parts.read(text, of: key, cell: cell) { reading.rows.append(rows) }
        }
    }

    /// Adds a value. Several columns may give values for a list, which are combined. A reference may be given twice, as
    /// by `organization` and `organization.name` of an export, if both name the same record.
    func give(_ value: Value, _ position: Int, cell: Int, to reading: inout RowReading) throws(ValueError) {
        guard let index = reading.given.firstIndex(where: { $0.position == position }) else {
            reading.given.append(RowReading.Given(position: position, value: value, cell: cell))
            return
        }
        let present = reading.given[index].value
        if present.isNull {
            reading.given[index] = RowReading.Given(position: position, value: value, cell: cell)
        } else if module.fields[position].type == .list(.text), !value.isNull {
            var list = StoredList(present, of: .text)
            list.formUnion(StoredList(value, of: .text))
            reading.given[index] = RowReading.Given(position: position, value: list.stored, cell: cell)
        } else if !value.isNull, value != present {
            throw ValueError(
                en: "this and another column name different records",
                es: "esta y otra columna nombran registros distintos"
            )
        }
    }

    /// Returns the value of a cell for a field. An empty cell for a boolean is `false` if that is its default.
    func value(_ text: String, at position: Int, origin: CellOrigin = .foreign) throws -> Value {
        let value = try valueAsWritten(text, at: position, origin: origin)
        return value.isNull && boxes.contains(position) ? module.fields[position].defaultValue : value
    }

    private func valueAsWritten(_ text: String, at position: Int, origin: CellOrigin) throws -> Value {
        if text.isEmpty { return .null }
        switch module.fields[position].type {
        case .identifier where Int64(SpreadsheetNumber.digits(text.trimmed)) == nil: throw Self.foreignID
        case .reference where isNothing(text), .anyReference where isNothing(text): return .null
        case .reference(let target):
            let column = module.fields[position].key
            return .integer(try resolver.id(text, prefix: nil, in: registry[target], column: column))
        case .anyReference: return try store.value(of: module.fields[position], from: text, context: context)
        case .text where origin == .foreign && names?.contains(position) == true && Placeholders.isNoName(text):
            return .null
        case let type:
            let field = module.fields[position]
            do throws(ValueError) {
                let isOwn = origin == .own
                let canonical =
                    origin == .standard
                    ? text : try cells.canonical(text, for: type, isRequired: field.isRequired, isOwn: isOwn)
                return try field.read(canonical, in: context)
            } catch {
                throw type.choices.isEmpty ? error : error.advisingChoice(of: field, in: module)
            }
        }
    }

    /// Replaces the values of a row by the changes that a calendar makes to a record.
    func give(_ changes: [(field: String, text: String?)], of row: InputRow, to reading: inout RowReading) throws {
        reading.given = []
        for (key, text) in changes {
            guard let position = module.position(of: key) else { continue }
            let cell = row.names.firstIndex(of: key)
            do {
                let value = try value(text ?? "", at: position, origin: .standard)
                reading.given.append(RowReading.Given(position: position, value: value, cell: cell ?? 0))
            } catch {
                throw row.problem(error, cell: cell)
            }
        }
    }
}

extension ImportColumn {
    /// Whether the column contains text of several lines, in which quotation marks are part of the text.
    fileprivate func takesLines(in module: Module) -> Bool {
        switch self {
        case .field(let position), .further(let position, _): module.fields[position].type.takesLines
        default: false
        }
    }

    /// Whether the column holds e-mail addresses.
    fileprivate func holdsAddress(in module: Module) -> Bool {
        switch self {
        case .field(let position), .further(let position, _): module.fields[position].type == .email
        case .piece(.point(let kind, _)), .piece(.numberedPoint(let kind, _)), .rows(_, let kind?): kind == "email"
        default: false
        }
    }

    /// Whether the column can hold several values.
    fileprivate func takesList(in module: Module) -> Bool {
        switch self {
        case .field(let position): module.fields[position].type.isList
        case .linked, .linkedList, .rows, .ignored, .attribute: true
        case .cell: true
        case .reference, .anyReference, .anyNamed, .piece, .several, .translated, .moment,
            .further, .deciding, .kept:
            false
        }
    }
}
