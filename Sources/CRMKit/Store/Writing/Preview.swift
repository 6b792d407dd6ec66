import Localization

/// A record as it would be added, for a form that asks for what is missing.
public struct Preview: Sendable {
    /// The record as it would be stored.
    public let record: Record
    /// Required fields that have no value yet, in declared order.
    public let missing: [Field]
    /// Inputs that cannot be taken: malformed, out of bounds or order, wrong to a rule, or another record's already.
    public let problems: [CRMError.Problem]
    /// Values that nobody gave and that a form offers, by key.
    public let suggestions: [String: Value]
    /// The empty fields worth asking for, given the values of other fields.
    public let questions: [Field]
    /// The names of the records that would be created with it, by the negative ids that stand for them.
    public let namesOfMade: [Int64: String]
}

/// The context for rules while nothing is written.
final class PreviewContext: RuleContext, RuleClock {
    private let store: Store
    let isForced: Bool
    /// The records that would be made, by ids that no stored one has.
    private(set) var made: [Int64: Record] = [:]

    init(store: Store, isForced: Bool) {
        self.store = store
        self.isForced = isForced
    }

    var clock: Clock { store.clock }
    var today: String { store.clock.today }
    var now: String { store.clock.now }
    var zoneName: String? { store.clock.zoneName }

    func record(_ module: ModuleName, id: Int64) throws -> Record? {
        try made[id] ?? store.storedRecord(store.registry[module], id: id)
    }

    /// Makes a record that does not exist yet visible to rules.
    ///
    /// - Returns: a negative id that stands for the record.
    func make(_ record: Record) -> Int64 {
        let id = -Int64(made.count + 1)
        made[id] = record
        return id
    }

    /// Does nothing: notices are given when the change is really made.
    func notice(_ text: Text) {}
}

extension Store {
    /// Returns what adding a record with some inputs would store.
    ///
    /// - Throws: ``CRMError`` when a rule refuses it.
    public func preview(_ module: Module, _ inputs: [FieldInput], isForced: Bool) throws(CRMError) -> Preview {
        try translating { try preview(module, inputs, PreviewContext(store: self, isForced: isForced)) }
    }

    private func preview(_ module: Module, _ inputs: [FieldInput], _ context: PreviewContext) throws -> Preview {
        var draft = try Draft(new: module, in: valueContext())
        var problems = try read(inputs, into: &draft).map(\.problem)
        for input in inputs {
            guard case .making(let made) = input.change, let field = module.field(spelled: input.field),
                let target = field.type.target
            else {
                continue
            }
            let record = try preview(registry[target], made, context).record
            draft.give(field.key, .integer(context.make(record)))
        }
        do {
            try module.complete(&draft, context)
        } catch let error as CRMError where error.code == .invalid && !error.problems.isEmpty {
            problems += error.problems
        }
        draft.composeDisplayName()
        try foretellNumbers(of: &draft)
        let wrong = Set(problems.map(\.field))
        problems += try faults(of: draft, context).filter { !wrong.contains($0.field) }
        return Preview(
            record: draft.record,
            missing: module.fields.filter { $0.isRequired && draft[$0.key].isNull && !wrong.contains($0.key) },
            problems: problems,
            suggestions: try module.prompting.suggest?(draft, context) ?? [:],
            questions: module.prompting.questions?(draft).compactMap { module.field($0) } ?? [],
            namesOfMade: context.made.mapValues(\.displayName)
        )
    }

    /// Returns the values of a new record that would be refused when it is stored.
    private func faults(of draft: Draft, _ context: PreviewContext) throws -> [CRMError.Problem] {
        let check = DraftCheck(draft, clock: clock)
        let deficits = context.isForced ? [] : check.deficits
        return check.faults.map(\.problem) + deficits + (try heldValues(of: draft))
    }

    /// Returns a record as an edit would leave it, and the inputs that cannot be taken, for a form that asks for changes.
    public func preview(
        _ inputs: [FieldInput],
        of id: Int64,
        in module: Module
    ) throws(CRMError) -> (record: Record, problems: [CRMError.Problem]) {
        try translating {
            guard let record = try storedRecord(module, id: id) else { throw Store.missing(id, in: module) }
            var draft = Draft(editing: record)
            let problems = try read(inputs, into: &draft) + DraftCheck(draft, clock: clock).faults
            return (draft.record, problems.map(\.problem))
        }
    }

    /// The fields that a person should be asked for before an edit is stored.
    public func questions(about inputs: [FieldInput], for id: Int64, in module: Module) throws(CRMError) -> [Field] {
        try translating {
            guard let questions = module.prompting.questions, let record = try storedRecord(module, id: id) else {
                return []
            }
            var draft = Draft(editing: record)
            _ = try read(inputs, into: &draft)
            return questions(draft).compactMap { module.field($0) }
        }
    }
}

/// A row of a part as it would be added, for a form that asks for its fields.
public struct PartPreview: Sendable {
    /// Inputs that cannot be taken, and what the part refuses.
    public let problems: [CRMError.Problem]
    private let draft: PartDraft
    private let currency: String?

    fileprivate init(_ draft: PartDraft, currency: String?, problems: [CRMError.Problem]) {
        self.draft = draft
        self.currency = currency
        self.problems = problems
    }

    /// Returns the value of a field as it can be typed; empty for null.
    public func text(of field: Field) -> String {
        let value = draft[field.key]
        return value.isNull ? "" : field.type.text(of: value, currency: currency)
    }

    /// Returns the value of a field as people read it; empty for null.
    public func label(of field: Field, for audience: Audience) -> String {
        let value = draft[field.key]
        return value.isNull ? "" : field.type.label(of: value, currency: currency, for: audience)
    }
}

extension Store {
    /// Returns what adding a row of a part to a record would store.
    ///
    /// - Parameter record: the record as it would be stored.
    public func preview(_ part: Part, _ inputs: [FieldInput], of record: Record) throws(CRMError) -> PartPreview {
        try translating {
            // The amounts of the record are asked for by themselves, so that those of its rows do not say their currency.
            let currency = try record.currency ?? valueContext().currency
            var owner = record
            owner.currency = currency
            var draft = try PartDraft(new: part, in: valueContext())
            var problems = try read(inputs, into: &draft, of: owner).problems.map(\.problem)
            do {
                try draft.check(of: record, PreviewContext(store: self, isForced: false))
            } catch let error as CRMError where error.code == .invalid && !error.problems.isEmpty {
                let known = Set(problems.map(\.field))
                problems += error.problems.filter { !known.contains($0.field) }
            }
            return PartPreview(draft, currency: currency, problems: problems)
        }
    }
}

extension Module {
    /// Whether a name is enough to create a record.
    public var canBeNamed: Bool {
        if prompting.naming != nil { return true }
        if case .field(let key) = display { return field(key)?.isWritable ?? false }
        return false
    }

    /// Returns the field values that follow from a record's name; none when the module's records have no name that can
    /// be set.
    public func inputs(named name: String) -> [FieldInput] {
        if let naming = prompting.naming { return naming(name).map { FieldInput($0.field, .set($0.text)) } }
        return canBeNamed ? [FieldInput(displayKey, .set(name))] : []
    }
}
