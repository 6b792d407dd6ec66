import Localization

/// A record as it would be added, for a form that asks for what is missing.
public struct Preview: Sendable {
    /// What would be stored.
    public let record: Record
    /// Required fields that have no value yet, in declared order.
    public let missing: [Field]
    /// Inputs that cannot be taken, and dates out of order.
    public let problems: [CRMError.Problem]
    /// Values that nobody gave and that a form offers, by key.
    public let suggestions: [String: Value]
}

/// What rules see while nothing is being written.
final class PreviewContext: RuleContext {
    private let store: Store
    let isForced: Bool

    init(store: Store, isForced: Bool) {
        self.store = store
        self.isForced = isForced
    }

    var today: String { store.clock.today }
    var now: String { store.clock.now }

    func record(_ module: ModuleName, id: Int64) throws -> Record? {
        try store.storedRecord(store.registry[module], id: id)
    }

    /// What would be done beside is told when it is done.
    func notice(_ text: Text) {}
}

extension Store {
    /// What adding a record with some inputs would store.
    ///
    /// - Throws: ``CRMError`` where a rule refuses.
    public func preview(_ module: Module, _ inputs: [FieldInput], isForced: Bool) throws(CRMError) -> Preview {
        try translating {
            var draft = Draft(new: module)
            let problems = try read(inputs, into: &draft)
            let context = PreviewContext(store: self, isForced: isForced)
            try module.complete(&draft, context)
            draft.composeDisplayName()
            try foretellNumbers(of: &draft)
            let wrong = Set(problems.map(\.problem.field))
            let disorder = DraftCheck(draft, today: context.today).disorder
            return Preview(
                record: draft.record,
                missing: module.fields.filter {
                    $0.isRequired && draft[$0.key].isNull && !wrong.contains($0.key)
                },
                problems: (problems + disorder).map(\.problem),
                suggestions: try module.prompting.suggest?(draft, context) ?? [:]
            )
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
            return questions(draft).compactMap(module.field)
        }
    }
}
