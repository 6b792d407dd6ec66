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
        /// Fields of a record that exists are set, and nothing else is done, so that many can be changed together.
        case setting(Setting)
        /// A record is made of one that exists, of the same module or of another. Its id is returned.
        case deriving(ModuleName, @Sendable (Record, Inputs, any ActionContext) throws -> Int64)
    }

    /// What an action sets of a record. An input that is called as a field sets it too.
    struct Setting: Sendable {
        /// All that it looks at and sets of a record, its inputs aside: records that have the same in these fields are
        /// changed in the same way.
        let watching: Set<String>
        /// What a record gets, its inputs aside; nothing for one that stays as it is.
        let own: @Sendable (Record) throws -> [(field: String, value: Value)]
        /// What is done in its place where an input is given that asks for something else.
        let exception: Exception?

        /// Something else than to set fields, and the input that asks for it.
        struct Exception: Sendable {
            let input: String
            let effect: @Sendable (Record, Inputs, any ActionContext) throws -> Void
        }

        /// All that a record gets.
        func values(of record: Record, _ inputs: Inputs) throws -> [(field: String, value: Value)] {
            let values = try own(record)
            return values.isEmpty ? [] : values + inputs.fields(of: record.module)
        }

        /// Whether inputs ask for something else.
        func isExcepted(_ inputs: Inputs) -> Bool { exception.map { !inputs[$0.input].isNull } ?? false }
    }

    /// The values that were given for the inputs of an action.
    struct Inputs: Sendable {
        /// Every input that has a value, a default included, in declared order.
        private(set) var given: [(field: String, value: Value)] = []
        /// What is said of the record that is made, rows of its parts included.
        var made: [FieldInput] = []

        /// The value of an input; null where none was given.
        subscript(key: String) -> Value { given.first { $0.field == key }?.value ?? .null }

        /// The values of those that are called as fields of a module.
        func fields(of module: Module) -> [(field: String, value: Value)] {
            given.filter { module.field($0.field) != nil }
        }

        /// Whether an input of yes or no was given as yes.
        func isTrue(_ key: String) -> Bool { self[key] == .integer(1) }

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
    /// The parts of the record it makes for which it accepts rows.
    public let parts: [Part]
    /// Other words that people write for it, in either language.
    public let synonyms: [String]
    /// Further ways to call it, each what follows the reference and what comes of it.
    public let examples: [(options: String, meaning: Text)]
    /// What it does.
    let effect: Effect

    /// The module of the records it makes of those that are named; `nil` where these are what it is about.
    public var derivedModule: ModuleName? {
        if case .deriving(let module, _) = effect { module } else { nil }
    }

    /// Declares an action on records.
    static func onRecord(
        _ name: String,
        summary: Text,
        discussion: Text,
        inputs: [Field] = [],
        synonyms: [String] = [],
        examples: [(options: String, meaning: Text)] = [],
        _ effect: @escaping @Sendable (Record, Inputs, any ActionContext) throws -> Void
    ) -> Action {
        Action(
            name: name,
            summary: summary,
            discussion: discussion,
            inputs: inputs,
            parts: [],
            synonyms: synonyms,
            examples: examples,
            effect: .onRecord(effect)
        )
    }

    /// Declares an action that only sets fields of records, each of which follows from what the record holds.
    ///
    /// - Parameters:
    ///   - watching: all that it looks at and sets, its inputs aside.
    ///   - exception: what it does in place of that where an input asks for it.
    static func setting(
        _ name: String,
        watching: Set<String>,
        summary: Text,
        discussion: Text,
        inputs: [Field] = [],
        synonyms: [String] = [],
        except exception: Setting.Exception? = nil,
        _ values: @escaping @Sendable (Record) throws -> [(field: String, value: Value)]
    ) -> Action {
        Action(
            name: name,
            summary: summary,
            discussion: discussion,
            inputs: inputs,
            parts: [],
            synonyms: synonyms,
            examples: [],
            effect: .setting(Setting(watching: watching, own: values, exception: exception))
        )
    }

    /// Declares an action that makes a record of each one that is named. Beside its inputs it takes a value for each field
    /// of what it makes.
    ///
    /// - Parameters:
    ///   - module: what is made.
    ///   - parts: those of what is made of which rows can be given.
    static func deriving(
        _ module: ModuleName,
        _ name: String,
        summary: Text,
        discussion: Text,
        inputs: [Field] = [],
        parts: [Part] = [],
        synonyms: [String] = [],
        examples: [(options: String, meaning: Text)] = [],
        _ effect: @escaping @Sendable (Record, Inputs, any ActionContext) throws -> Int64
    ) -> Action {
        Action(
            name: name,
            summary: summary,
            discussion: discussion,
            inputs: inputs,
            parts: parts,
            synonyms: synonyms,
            examples: examples,
            effect: .deriving(module, effect)
        )
    }
}

/// A contact that is linked with a record, and what is said of the link.
struct LinkedContact {
    let contact: Int64
    /// Those attributes that have a value.
    var attributes: [(field: String, value: Value)]
}

/// What an action may do beside what a rule may: it writes as a person does. All of it is one change set, and is undone
/// as one.
protocol ActionContext: RuleWriter {
    /// A definition, with what the file adds to it.
    func definition(of module: ModuleName) -> Module
    /// Makes a record, which the rules complete and check as one that a person adds.
    ///
    /// - Parameter inputs: what input says of its fields, which counts before the values, and rows of its parts.
    /// - Returns: its id.
    /// - Throws: ``CRMError`` `invalid` naming every missing and malformed field and every row that cannot be taken;
    ///   `refused` by a rule.
    func add(_ values: [(field: String, value: Value)], _ inputs: [FieldInput], to module: ModuleName) throws -> Int64
    /// Changes a record, which the rules complete and check as when a person changes it.
    ///
    /// - Returns: whether anything changed.
    /// - Throws: ``CRMError`` `notFound` where there is none; `invalid` or `refused` as for ``add(_:_:to:)``.
    @discardableResult
    func edit(_ record: Record, _ values: [(field: String, value: Value)]) throws -> Bool
    /// Changes what differs on one occurrence of a record that comes again.
    ///
    /// - Parameter occurrence: what it is called.
    /// - Returns: whether anything changed.
    /// - Throws: ``CRMError`` `notFound` where there is no such occurrence; `invalid` as for ``addRow(_:of:to:)``.
    @discardableResult
    func edit(_ record: Record, at occurrence: String, _ values: [(field: String, value: Value)]) throws -> Bool
    /// Adds a row at the end of a part, completed and checked as one that a person adds.
    ///
    /// - Throws: ``CRMError`` `invalid` naming every field that is missing or cannot be.
    func addRow(_ values: [(field: String, value: Value)], of part: String, to record: Record) throws
    /// Changes a row, which is completed and checked as when a person changes it.
    ///
    /// - Returns: whether anything changed.
    /// - Throws: ``CRMError`` `invalid` as for ``addRow(_:of:to:)``; `notFound` for no such row.
    @discardableResult
    func editRow(
        at position: Int64,
        _ values: [(field: String, value: Value)],
        of part: String,
        in record: Record
    ) throws -> Bool
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

extension ActionContext {
    func add(_ values: [(field: String, value: Value)], to module: ModuleName) throws -> Int64 {
        try add(values, [], to: module)
    }
}
