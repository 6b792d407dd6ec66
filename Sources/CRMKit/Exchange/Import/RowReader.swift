import SQLite

/// What a row says, before it is known what is there.
struct RowReading {
    /// A value that a row gives for a field.
    struct Given {
        let position: Int
        let value: Value
        let cell: Int
    }

    var given: [Given] = []
    var money: [(position: Int, text: String, cell: Int)] = []
    var links: [(module: ModuleName, id: Int64)] = []
    var attributes: [(key: String, text: String, cell: Int)] = []
    var rows: [GivenRows] = []
}

/// Reads the cells of rows by what their columns hold. Amounts are read last: their currency may be that of the record
/// that is there.
struct RowReader {
    private let module: Module
    private let cells: CellRules
    private let store: Store
    private let registry: Registry
    private let context: ValueContext
    private let resolver: ReferenceResolver
    private let parts: PartImport
    private let currencyPosition: Int?

    init(
        _ module: Module,
        cells: CellRules,
        resolver: ReferenceResolver,
        parts: PartImport,
        registry: Registry,
        in transaction: Transaction
    ) {
        self.module = module
        self.cells = cells
        self.resolver = resolver
        self.parts = parts
        store = transaction.store
        self.registry = registry
        context = transaction.values
        currencyPosition = module.position(of: "currency")
    }

    /// What a row says but for its amounts.
    ///
    /// - Throws: ``RowProblem`` for a cell that cannot be taken.
    func read(_ row: InputRow, plan: RowPlan) throws -> RowReading {
        var reading = RowReading()
        reading.given.reserveCapacity(plan.columns.count)
        for (cell, column) in plan.columns.enumerated() {
            do {
                let isList = row.lists.contains(cell)
                if isList, !column.takesList(in: module) { throw ValueError.list }
                try read(row.texts[cell], as: column, isList: isList, cell: cell, into: &reading)
            } catch {
                throw row.problem(error, cell: cell)
            }
        }
        return reading
    }

    private func read(
        _ text: String?,
        as column: ImportColumn,
        isList: Bool,
        cell: Int,
        into reading: inout RowReading
    ) throws {
        let text = text ?? ""
        switch column {
        case .ignored: return
        case .field(let position):
            if module.moneyPositions.contains(position) {
                reading.money.append((position, text, cell))
            } else {
                try give(try value(text, at: position), position, cell: cell, to: &reading)
            }
        case .reference(let position, let prefix):
            guard let target = module.fields[position].type.target else { return }
            let id = text.isEmpty ? nil : try resolver.id(text, prefix: prefix, in: registry[target])
            try give(id.map(Value.integer) ?? .null, position, cell: cell, to: &reading)
        case .anyReference(let position, let target, let prefix):
            let id = text.isEmpty ? nil : try resolver.id(text, prefix: prefix, in: registry[target])
            let value = id.map { FieldType.anyReference.reference(to: $0, in: target) }
            try give(value ?? .null, position, cell: cell, to: &reading)
        case .linked(let other, let prefix):
            if !text.isEmpty {
                reading.links.append((other, try resolver.id(text, prefix: prefix, in: registry[other])))
            }
        case .linkedList(let other, let prefix):
            for part in prefix == nil || isList ? CellValues.elements(text) : CellValues.values(text) {
                reading.links.append((other, try resolver.id(part, prefix: prefix, in: registry[other])))
            }
        case .attribute(let key):
            if !text.isEmpty { reading.attributes.append((key, text, cell)) }
        case .rows(let key, let kind?):
            let values = isList ? CellValues.elements(text) : CellValues.values(text)
            if let rows = try parts.read(values, of: kind, in: key) { reading.rows.append(rows) }
        case .rows(let key, nil):
            if let rows = try parts.read(text, of: key) { reading.rows.append(rows) }
        }
    }

    /// Keeps a value. A reference may be given twice, as by `organization` and `organization.name` of an export, if both
    /// name the same record.
    private func give(_ value: Value, _ position: Int, cell: Int, to reading: inout RowReading) throws(ValueError) {
        guard let index = reading.given.firstIndex(where: { $0.position == position }) else {
            reading.given.append(RowReading.Given(position: position, value: value, cell: cell))
            return
        }
        let present = reading.given[index].value
        if present.isNull {
            reading.given[index] = RowReading.Given(position: position, value: value, cell: cell)
        } else if !value.isNull, value != present {
            throw ValueError(
                en: "this and another column name different records",
                es: "esta y otra columna nombran registros distintos"
            )
        }
    }

    private func value(_ text: String, at position: Int) throws -> Value {
        if text.isEmpty { return .null }
        switch module.fields[position].type {
        case .reference(let target): return .integer(try resolver.id(text, prefix: nil, in: registry[target]))
        case .anyReference: return try store.value(of: module.fields[position], from: text, context: context)
        case let type: return try type.parse(try cells.canonical(text, for: type), in: context)
        }
    }

    /// Amounts are counted in the currency that the row, the record or the settings name, in this order.
    ///
    /// - Throws: ``RowProblem`` for an amount that cannot be taken.
    func readMoney(_ reading: inout RowReading, row: InputRow, existing: Int64?) throws {
        guard !reading.money.isEmpty, let currencyPosition else { return }
        var currency = reading.given.first { $0.position == currencyPosition }?.value.text
        if currency == nil, let existing {
            currency = try store.storedValue(of: "currency", in: module, id: existing).text
        }
        for (position, text, cell) in reading.money {
            do {
                guard !text.isEmpty else {
                    reading.given.append(RowReading.Given(position: position, value: .null, cell: cell))
                    continue
                }
                let money = try Money(
                    parsing: try cells.canonical(text, for: .money),
                    assuming: currency ?? context.currency
                )
                if let currency, money.currency.code != currency {
                    throw ValueError(
                        en: "the amounts of this record are in \(currency)",
                        es: "los importes de este registro están en \(currency)"
                    )
                }
                if money.namesCurrency, currency == nil {
                    currency = money.currency.code
                    let value = Value.text(money.currency.code)
                    reading.given.append(RowReading.Given(position: currencyPosition, value: value, cell: cell))
                }
                reading.given.append(
                    RowReading.Given(position: position, value: .integer(money.minorUnits), cell: cell)
                )
            } catch {
                throw row.problem(error, cell: cell)
            }
        }
    }

    /// The value of a cell for an attribute of a link.
    ///
    /// - Throws: ``RowProblem`` where it cannot be taken.
    func value(_ text: String, of attribute: Field, row: InputRow, cell: Int) throws -> Value {
        do {
            return try attribute.parse(try cells.canonical(text, for: attribute.type), in: context)
        } catch {
            throw row.problem(error, cell: cell)
        }
    }
}

extension ImportColumn {
    /// Whether the column can hold several values.
    fileprivate func takesList(in module: Module) -> Bool {
        switch self {
        case .field(let position): module.fields[position].type.isList
        case .linkedList, .rows, .ignored: true
        case .reference, .anyReference, .linked, .attribute: false
        }
    }
}
