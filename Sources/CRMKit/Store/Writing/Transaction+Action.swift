import Localization
import SQLite

extension Transaction: ActionContext {
    func definition(of module: ModuleName) -> Module { store.registry[module] }

    func add(_ values: [(field: String, value: Value)], _ inputs: [FieldInput], to module: ModuleName) throws -> Int64 {
        var draft = Draft(new: store.registry[module], in: self.values)
        for (key, value) in values { draft.give(key, value) }
        let problems = try store.read(inputs, into: &draft)
        let new = try newRows(inputs, of: &draft)
        try prepare(&draft, problems: problems + new.problems)
        let id = try insert(&draft)
        _ = try add(new, to: id)
        return id
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

    func addRow(_ values: [(field: String, value: Value)], of part: String, to record: Record) throws {
        let part = record.module.part(required: part)
        var draft = PartDraft(new: part, in: self.values)
        for (key, value) in values { draft.give(key, value) }
        try draft.check(of: record, self)
        try rows(of: part, in: record.module).add(draft.values, to: record.id)
    }

    func addRows(_ inputs: [FieldInput], to record: Record) throws {
        let new = try newRows(inputs, of: record)
        guard new.problems.isEmpty else {
            throw CRMError(
                .invalid,
                Text(en: "cannot add \(record.module.one.en)", es: "no se puede agregar \(record.module.spanish.the)"),
                module: record.module.name,
                problems: new.problems.map(\.problem)
            )
        }
        try giveCurrency(new.currency, to: record)
        _ = try add(new, to: record.id)
    }

    @discardableResult
    func editRow(
        at position: Int64,
        _ values: [(field: String, value: Value)],
        of part: String,
        in record: Record
    ) throws -> Bool {
        let part = record.module.part(required: part)
        let writer = try rows(of: part, in: record.module)
        let row = try writer.row(of: record.id, at: position)
        var draft = PartDraft(part, values: row.values)
        draft.givenCounts = .taken
        for (key, value) in values { draft.give(key, value) }
        try draft.check(of: record, self)
        return try writer.set(draft.values, of: record.id, in: row)
    }

    func linkedContacts(of record: Record) throws -> [LinkedContact] {
        try linkWriter(of: record.module).linkedContacts(of: record.id)
    }

    func setting(_ key: String, of module: ModuleName) throws -> Value {
        try store.settings().value(of: key, in: store.registry[module])
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

extension FieldInput.Change {
    /// The given text, for messages.
    fileprivate var written: String? {
        if case .setList(let elements) = self { elements.joined(separator: ",") } else { text }
    }
}

extension Transaction {
    /// Performs an action of a module on a record.
    ///
    /// - Parameters:
    ///   - id: the id of the record.
    ///   - inputs: the values given for the action's inputs.
    /// - Returns: the id of the record, or of the new record for an action that makes one, which is of the module
    ///   ``Action/derivedModule``.
    /// - Throws: ``CRMError`` `invalid` naming every missing and malformed input at once; `notFound` when the record
    ///   does not exist; what the action throws.
    public func perform(_ action: Action, of module: Module, on id: Int64, _ inputs: [FieldInput]) throws -> Int64 {
        guard let record = try store.storedRecord(module, id: id) else { throw Store.missing(id, in: module) }
        let inputs = try read(inputs, of: action, for: record)
        let result: Int64
        switch action.effect {
        case .onRecord(let effect):
            try effect(record, inputs, self)
            result = record.id
        case .setting(let setting):
            if let exception = setting.exception, setting.isExcepted(inputs) {
                try exception.effect(record, inputs, self)
            } else {
                let values = try setting.values(of: record, inputs)
                if !values.isEmpty { try edit(record, values) }
            }
            result = record.id
        case .deriving(_, let effect): result = try effect(record, inputs, self)
        }
        try settleDerivations()
        try refuseShared()
        return result
    }

    /// Reads the values given for an action's inputs.
    func read(_ inputs: [FieldInput], of action: Action, for record: Record) throws -> Action.Inputs {
        var values = Action.Inputs(of: action)
        values.made = inputs.filter { input in !action.inputs.contains { $0.key == input.field } }
        var problems: [CRMError.Problem] = []
        for field in action.inputs {
            values[field.key] = field.defaultValue
            let change = inputs.last { $0.field == field.key }?.change
            do {
                if let change { values[field.key] = try value(of: change, for: field, record) }
            } catch {
                let reason = CRMError(error, path: store.path).message
                let key = field.singular ?? field.key
                problems.append(CRMError.Problem(field: key, value: change?.written, reason: reason))
                continue
            }
            if field.isRequired, values[field.key].isNull {
                problems.append(CRMError.Problem(field: field.key, value: nil, reason: .required(as: field.label)))
            }
        }
        guard problems.isEmpty else {
            let called = record.module.called(record.id)
            throw CRMError(
                .invalid,
                Text(
                    en: "cannot \(action.name) \(called.en)",
                    es: "no se puede aplicar «\(action.summary.es)» a \(called.es)"
                ),
                module: record.module.name,
                problems: problems
            )
        }
        return values
    }

    private func value(of change: FieldInput.Change, for field: Field, _ record: Record) throws -> Value {
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
            return .integer(try Money(parsing: text, in: record.currency ?? values.currency).minorUnits)
        case (.set(let text), _): return try store.value(of: field, from: text, context: store.valueContext())
        case (.adjustNumber, _), (.setList, _), (.adjustList, _), (.addRows, _), (.addRecords, _), (.making, _):
            return .null
        }
    }
}
