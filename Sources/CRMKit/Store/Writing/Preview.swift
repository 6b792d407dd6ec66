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
private final class PreviewContext: RuleContext {
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

    /// What the record that a reference names is called.
    ///
    /// - Throws: ``CRMError`` as for ``id(of:in:)``.
    public func displayName(of reference: String, in module: Module) throws(CRMError) -> String {
        try translating {
            let id = try resolve(reference, in: module)
            return try storedRecord(module, id: id)?.displayName ?? "\(id)"
        }
    }

    /// What a stored value of a record reads like to people; references by the names of their records.
    public func label(of field: Field, in record: Record, language: Language) throws(CRMError) -> String {
        try translating {
            let value = record[field.key]
            if case .reference(let target) = field.type, case .integer(let id) = value {
                return try storedRecord(registry[target], id: id)?.displayName ?? "\(id)"
            }
            let audience = Audience(language: language, clock: clock)
            return field.type.label(of: value, currency: record["currency"].text, for: audience)
        }
    }

    /// Reads a date that a command line gives.
    ///
    /// - Parameter option: the name to blame.
    /// - Returns: `YYYY-MM-DD`.
    public func date(from text: String, for option: String) throws(CRMError) -> String {
        do {
            return try CivilDate(parsing: text, today: clock.date).description
        } catch {
            throw CRMError(
                .invalid,
                Text(en: "a date is malformed", es: "una fecha está mal escrita"),
                problems: [CRMError.Problem(field: option, value: text, reason: error.reason)]
            )
        }
    }

    /// Reads the attributes that a command line gives for links.
    ///
    /// - Throws: ``CRMError`` `invalid` naming every malformed one.
    public func linkAttributes(
        _ link: LinkDefinition,
        from texts: [(key: String, text: String)]
    ) throws(CRMError) -> LinkAttributes {
        var attributes = LinkAttributes(of: link)
        var problems: [CRMError.Problem] = []
        let context = try translating { try valueContext() }
        for (key, text) in texts {
            guard let field = link.attribute(key) else { continue }
            do {
                attributes[field.key] = try field.parse(text, in: context)
            } catch {
                problems.append(CRMError.Problem(field: key, value: text, reason: error.reason))
            }
        }
        guard problems.isEmpty else {
            throw CRMError(
                .invalid,
                Text(en: "cannot make the link", es: "no se puede crear el vínculo"),
                problems: problems
            )
        }
        return attributes
    }
}
