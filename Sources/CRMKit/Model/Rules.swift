import Localization

/// What no table of fields can say about a module: plain code beside its definition, called at named points.
struct Rules: Sendable {
    /// Completes a draft from what it already holds, before it is checked: derived values, dates of closing.
    var complete: (@Sendable (inout Draft, any RuleContext) throws -> Void)?
    /// The fields that ``complete`` takes from what a reference names: where that names nothing they are not missed.
    let derived: Set<String>
    /// Proposes values for fields nobody gave; a form offers them, flags alone never take them.
    var suggest: (@Sendable (Draft, any RuleContext) throws -> [String: Value])?
    /// The fields a person at a terminal is asked for before the draft is stored, if they are empty.
    var questions: (@Sendable (Draft) -> [String])?

    init(
        complete: (@Sendable (inout Draft, any RuleContext) throws -> Void)? = nil,
        deriving derived: Set<String> = [],
        suggest: (@Sendable (Draft, any RuleContext) throws -> [String: Value])? = nil,
        questions: (@Sendable (Draft) -> [String])? = nil
    ) {
        self.complete = complete
        self.derived = derived
        self.suggest = suggest
        self.questions = questions
    }
}

/// What a rule may ask of the engine while a draft is completed.
protocol RuleContext {
    /// The current date, `YYYY-MM-DD` in the user's time zone.
    var today: String { get }
    /// The current moment, RFC 3339 in UTC.
    var now: String { get }
    /// Whether the user insisted with `--force`.
    var isForced: Bool { get }
    /// A stored record.
    ///
    /// - Returns: `nil` where there is none.
    func record(_ module: ModuleName, id: Int64) throws -> Record?
    /// Tells the user of something that was done beside what was asked.
    func notice(_ text: Text)
}
