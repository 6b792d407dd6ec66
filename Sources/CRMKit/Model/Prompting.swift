/// What a form suggests, and asks in addition to missing fields.
struct Prompting: Sendable {
    /// The fields that rules copy from a referenced record; a form does not ask for them.
    let derived: Set<String>
    /// Returns suggestions for fields that were not given. A form offers them; a command without a form ignores them.
    let suggest: (@Sendable (Draft, any RuleContext) throws -> [String: Value])?
    /// The fields a person at a terminal is asked for before the draft is stored, if they are empty.
    let questions: (@Sendable (Draft) -> [String])?
    /// Derives fields from the name given for a record that does not exist yet, for a module whose name is not a field
    /// of its own.
    let naming: (@Sendable (String) -> [(field: String, text: String)])?

    init(
        deriving derived: Set<String> = [],
        suggest: (@Sendable (Draft, any RuleContext) throws -> [String: Value])? = nil,
        questions: (@Sendable (Draft) -> [String])? = nil,
        naming: (@Sendable (String) -> [(field: String, text: String)])? = nil
    ) {
        self.derived = derived
        self.suggest = suggest
        self.questions = questions
        self.naming = naming
    }
}
