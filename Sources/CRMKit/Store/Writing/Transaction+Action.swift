import Localization
import SQLite

extension Transaction: ActionContext {
    func add(_ values: [(field: String, value: Value)], to module: ModuleName) throws -> Int64 {
        var draft = Draft(new: store.registry[module])
        for (key, value) in values { draft.give(key, value) }
        try prepare(&draft, problems: [])
        return try insert(&draft)
    }

    @discardableResult
    func edit(_ record: Record, _ values: [(field: String, value: Value)]) throws -> Bool {
        guard let original = try store.storedRecord(record.module, id: record.id) else {
            throw Store.missing(record.id, in: record.module)
        }
        var draft = Draft(editing: original)
        for (key, value) in values { draft.give(key, value) }
        try prepare(&draft, problems: [])
        return try update(draft, from: original)
    }

    func link(
        _ module: ModuleName,
        contact: Int64,
        record: Int64,
        _ attributes: [(field: String, value: Value)]
    ) throws {
        let module = store.registry[module]
        var given = LinkAttributes(of: module.contacts.link ?? LinkDefinition())
        for (key, value) in attributes { given[key] = value }
        _ = try link(module, contact: contact, record: record, given)
    }
}

extension Transaction {
    /// Does an action of a module.
    ///
    /// - Parameters:
    ///   - id: the record it is done to; not looked at by an action that makes one.
    ///   - inputs: what is said of the action's inputs.
    /// - Returns: the id of the record it was done to, or of the one it made.
    /// - Throws: ``CRMError`` `invalid` naming every missing and malformed input at once; `notFound` where the record
    ///   does not exist; what the action throws.
    public func perform(_ action: Action, of module: Module, on id: Int64?, _ inputs: [FieldInput]) throws -> Int64 {
        switch action.effect {
        case .onRecord(let effect):
            let id = id ?? 0
            guard let record = try store.storedRecord(module, id: id) else { throw Store.missing(id, in: module) }
            try effect(record, try read(inputs, of: action, for: record, of: module), self)
            return id
        case .making(let effect):
            return try effect(try read(inputs, of: action, for: nil, of: module), self)
        }
    }

    private func read(
        _ inputs: [FieldInput],
        of action: Action,
        for record: Record?,
        of module: Module
    ) throws -> Action.Inputs {
        var values = Action.Inputs()
        var problems: [CRMError.Problem] = []
        for field in action.inputs {
            values.give(field.key, field.defaultValue)
            let change = inputs.last { $0.field == field.key }?.change
            do {
                if let change { values.give(field.key, try value(of: change, for: field, record)) }
            } catch {
                let text = change?.text
                let reason = CRMError(error, path: store.path).message
                problems.append(CRMError.Problem(field: field.key, value: text, reason: reason))
                continue
            }
            if field.isRequired, values[field.key].isNull {
                let reason = Text(en: "is required", es: "es obligatorio")
                problems.append(CRMError.Problem(field: field.key, value: nil, reason: reason))
            }
        }
        guard problems.isEmpty else {
            let called =
                record.map { module.called($0.id) }
                ?? Text(en: module.several.en, es: module.spanish.theSeveral)
            throw CRMError(
                .invalid,
                Text(
                    en: "cannot \(action.name) \(called.en)",
                    es: "no se puede hacer \(action.name) con \(called.es)"
                ),
                module: module.name,
                problems: problems
            )
        }
        return values
    }

    private func value(of change: FieldInput.Change, for field: Field, _ record: Record?) throws -> Value {
        switch (change, field.type) {
        case (.setList(let elements), .list(let element)):
            var list = StoredList(.null, of: element)
            do {
                try list.add(elements.filter { !$0.isEmpty })
            } catch {
                throw error.cause
            }
            return list.stored
        case (.set(let text), .money):
            if text.isEmpty { return .null }
            let currency = record?["currency"].text ?? values.currency
            let money = try Money(parsing: text, assuming: currency)
            guard money.currency.code == currency else { throw ValueError.amounts(in: currency) }
            return .integer(money.minorUnits)
        case (.set(let text), _): return try store.value(of: field, from: text, context: values)
        case (.adjustNumber, _), (.setList, _), (.adjustList, _), (.addRows, _), (.addRecords, _), (.making, _):
            return .null
        }
    }
}
