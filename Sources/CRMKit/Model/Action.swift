import Localization

/// A verb that one module has beyond the common ones: `close` of a case.
///
/// It is declared in the module's definition. Command, help, manual, completion, batch, dry run, JSON and undo follow
/// from the declaration: all that it does is one change set.
public struct Action: Sendable {
    /// What is done. Everything goes through the context, so that rules heed it and history keeps it.
    enum Effect: Sendable {
        /// Something is done to a record that exists.
        case onRecord(@Sendable (Record, Inputs, any ActionContext) throws -> Void)
        /// A record is made, whose id is returned.
        case making(@Sendable (Inputs, any ActionContext) throws -> Int64)
    }

    /// The values that were given for the inputs of an action.
    struct Inputs: Sendable {
        /// Every input that has a value, a default included, in declared order.
        private(set) var given: [(field: String, value: Value)] = []

        /// The value of an input; null where none was given.
        subscript(key: String) -> Value { given.first { $0.field == key }?.value ?? .null }

        mutating func give(_ key: String, _ value: Value) {
            given.removeAll { $0.field == key }
            if !value.isNull { given.append((key, value)) }
        }
    }

    /// The word that calls it, in lower case with hyphens: `close`.
    public let name: String
    /// What it does to records of the module, in a phrase without a full stop: `Close cases`.
    public let summary: Text
    /// All there is to know about it, in sentences.
    public let discussion: Text
    /// What it takes beside the record, each an option of the command.
    public let inputs: [Field]
    /// What it does.
    let effect: Effect

    /// Whether it is done to records that are named.
    public var takesRecords: Bool {
        if case .onRecord = effect { true } else { false }
    }

    /// Declares an action on records.
    static func onRecord(
        _ name: String,
        summary: Text,
        discussion: Text,
        inputs: [Field] = [],
        _ effect: @escaping @Sendable (Record, Inputs, any ActionContext) throws -> Void
    ) -> Action {
        Action(name: name, summary: summary, discussion: discussion, inputs: inputs, effect: .onRecord(effect))
    }

    /// Declares an action that makes a record of the module.
    static func making(
        _ name: String,
        summary: Text,
        discussion: Text,
        inputs: [Field] = [],
        _ effect: @escaping @Sendable (Inputs, any ActionContext) throws -> Int64
    ) -> Action {
        Action(name: name, summary: summary, discussion: discussion, inputs: inputs, effect: .making(effect))
    }
}

/// What an action may do beside what a rule may: it writes as a person does. All of it is one change set, and is undone
/// as one.
protocol ActionContext: RuleWriter {
    /// Makes a record, which the rules complete and check as one that a person adds.
    ///
    /// - Returns: its id.
    /// - Throws: ``CRMError`` `invalid` naming every missing field; `refused` by a rule.
    func add(_ values: [(field: String, value: Value)], to module: ModuleName) throws -> Int64
    /// Changes a record, which the rules complete and check as when a person changes it.
    ///
    /// - Returns: whether anything changed.
    /// - Throws: ``CRMError`` `notFound` where there is none; `invalid` or `refused` as for ``add(_:to:)``.
    @discardableResult
    func edit(_ record: Record, _ values: [(field: String, value: Value)]) throws -> Bool
    /// Links a contact and a record, with attributes of the link.
    ///
    /// - Throws: ``CRMError`` `usage` for a module without links; `notFound` for an end that does not exist.
    func link(
        _ module: ModuleName,
        contact: Int64,
        record: Int64,
        _ attributes: [(field: String, value: Value)]
    ) throws
}
