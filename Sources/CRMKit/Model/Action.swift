import Localization

/// A verb that one module has in addition to the verbs of every module, such as `close` for a case.
///
/// An action is declared in its module's definition. Command, help, manual, completion, batch, dry run, JSON and undo
/// follow from the declaration. Everything that one call of an action writes is one change set.
public struct Action: Sendable {
    /// The effect of an action. It acts through the context, so that rules apply and history records it.
    enum Effect: Sendable {
        /// Something is done to a record that exists.
        case onRecord(@Sendable (Record, Inputs, any ActionContext) throws -> Void)
        /// Fields of a record that exists are set, and nothing else is done, so that many can be changed together.
        case setting(Setting)
        /// Makes a new record, of the same module or of another one, from an existing record. The closure returns the
        /// new record's id.
        case deriving(ModuleName, @Sendable (Record, Inputs, any ActionContext) throws -> Int64)
    }

    /// The fields that an action sets on a record. An input with the key of a field sets that field too.
    struct Setting: Sendable {
        /// The keys of all fields that the action reads or sets, not counting its inputs. Records with equal values in
        /// these fields are changed in the same way.
        let watching: Set<String>
        /// Computes the values to set on a record, not counting the action's inputs; an empty array leaves the record
        /// unchanged.
        let own: @Sendable (Record) throws -> [(field: String, value: Value)]
        /// What the action does instead when a certain input is given.
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
        /// Every input of the action, null where none was given, in declared order.
        private var values: [(field: String, value: Value)]
        /// The field values given for the new record that the action makes, including rows for its parts.
        var made: [FieldInput] = []
        /// The field values given for the new record, without rows for its parts.
        var madeFields: [FieldInput] { made.filter { !$0.change.addsRows } }

        /// Nothing given for the inputs of an action.
        init(of action: Action) { values = action.inputs.map { ($0.key, .null) } }

        /// Every input that has a value, a default included, in declared order.
        var given: [(field: String, value: Value)] { values.filter { !$0.value.isNull } }

        /// The value of an input; null where none was given.
        ///
        /// - Precondition: the action has the input.
        subscript(key: String) -> Value {
            get { values[place(of: key)].value }
            set { values[place(of: key)].value = newValue }
        }

        /// The given inputs whose keys are also keys of fields of `module`.
        func fields(of module: Module) -> [(field: String, value: Value)] {
            given.filter { module.field($0.field) != nil }
        }

        /// Whether an input of yes or no was given as yes.
        func isTrue(_ key: String) -> Bool { self[key] == .integer(1) }

        private func place(of key: String) -> Int {
            guard let place = values.firstIndex(where: { $0.field == key }) else {
                preconditionFailure("no input is called '\(key)'")
            }
            return place
        }
    }

    /// The word that calls it, in lower case with hyphens: `close`.
    public let name: String
    /// The effect on records of the module, in a phrase without a full stop: `Close cases`.
    public let summary: Text
    /// All there is to know about it, in sentences.
    public let discussion: Text
    /// The inputs besides the record, each an option of the command.
    public let inputs: [Field]
    /// The parts of the new record for which the command accepts rows.
    public let parts: [Part]
    /// Other words, in either language, that people may write for this action.
    public let synonyms: [String]
    /// Additional examples for help: the text that follows the reference on the command line, and what that call does.
    public let examples: [(options: Text, meaning: Text)]
    /// The choices that the action writes by itself, in fields of whatever module.
    let choices: [FixedChoice]
    /// The effect of the action.
    let effect: Effect

    /// The module of the new records that the action makes; `nil` when it changes the named records themselves.
    public var derivedModule: ModuleName? {
        if case .deriving(let module, _) = effect { module } else { nil }
    }

    /// Declares an action on records.
    ///
    /// - Parameter choices: the choices that it writes by itself.
    static func onRecord(
        _ name: String,
        summary: Text,
        discussion: Text,
        inputs: [Field] = [],
        choosing choices: [FixedChoice] = [],
        synonyms: [String] = [],
        examples: [(options: Text, meaning: Text)] = [],
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
            choices: choices,
            effect: .onRecord(effect)
        )
    }

    /// Declares an action that only sets fields of records, each value being computed from the record.
    ///
    /// - Parameters:
    ///   - watching: the keys of all fields that the action reads or sets, not counting its inputs.
    ///   - choices: the choices that it writes by itself.
    ///   - exception: the replacement for the action when a certain input is given.
    ///   - values: computes the values to set on a record; an empty array leaves the record unchanged.
    static func setting(
        _ name: String,
        watching: Set<String>,
        summary: Text,
        discussion: Text,
        inputs: [Field] = [],
        choosing choices: [FixedChoice],
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
            choices: choices,
            effect: .setting(Setting(watching: watching, own: values, exception: exception))
        )
    }

    /// Declares an action that makes one new record from each record named. In addition to its inputs, the command
    /// takes a value for each field of the new record.
    ///
    /// - Parameters:
    ///   - module: the module of the new record.
    ///   - parts: the parts of the new record for which rows can be given.
    ///   - choices: the choices that it writes by itself.
    ///   - effect: makes the new record and returns its id.
    static func deriving(
        _ module: ModuleName,
        _ name: String,
        summary: Text,
        discussion: Text,
        inputs: [Field] = [],
        parts: [Part] = [],
        choosing choices: [FixedChoice] = [],
        synonyms: [String] = [],
        examples: [(options: Text, meaning: Text)] = [],
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
            choices: choices,
            effect: .deriving(module, effect)
        )
    }
}

/// A contact linked with a record, and the attributes of the link.
struct LinkedContact {
    let contact: Int64
    /// The attributes of the link that have a value.
    var attributes: [(field: String, value: Value)]
}

/// What an action may do in addition to what a rule may: it writes as a person does. Everything it writes belongs to
/// one change set, which is undone as a whole.
protocol ActionContext: RuleWriter {
    /// A definition, with what the file adds to it.
    func definition(of module: ModuleName) -> Module
    /// Adds a record. The rules complete and check it like one that a person adds.
    ///
    /// - Parameters:
    ///   - values: the values of fields.
    ///   - inputs: values of fields as text, which take precedence over `values`, and rows of the record's parts.
    /// - Returns: the id of the new record.
    /// - Throws: ``CRMError`` `invalid` naming every missing or malformed field and every unacceptable row; `refused`
    ///   when a rule refuses the record.
    func add(_ values: [(field: String, value: Value)], _ inputs: [FieldInput], to module: ModuleName) throws -> Int64
    /// Changes a record. The rules complete and check the change as if a person made it.
    ///
    /// - Returns: whether anything changed.
    /// - Throws: ``CRMError`` `notFound` if the record does not exist; `invalid` or `refused` as for ``add(_:_:to:)``.
    @discardableResult
    func edit(_ record: Record, _ values: [(field: String, value: Value)]) throws -> Bool
    /// Changes the fields in which one occurrence of a recurring record differs from the others.
    ///
    /// - Parameter occurrence: the key that names the occurrence.
    /// - Returns: whether anything changed.
    /// - Throws: ``CRMError`` `notFound` when the record has no such occurrence; `invalid` as for ``addRow(_:of:to:)``.
    @discardableResult
    func edit(_ record: Record, at occurrence: String, _ values: [(field: String, value: Value)]) throws -> Bool
    /// Adds a row at the end of a part, completed and checked as one that a person adds.
    ///
    /// - Throws: ``CRMError`` `invalid` naming every field that is missing or cannot be.
    func addRow(_ values: [(field: String, value: Value)], of part: String, to record: Record) throws
    /// Adds the rows that inputs give for the parts of a record, behind those it has.
    ///
    /// - Throws: ``CRMError`` `invalid` naming every field of every row that is missing or cannot be.
    func addRows(_ inputs: [FieldInput], to record: Record) throws
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
