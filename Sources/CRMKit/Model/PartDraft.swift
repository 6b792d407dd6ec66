import Localization

/// A row of a part about to be stored: its new values, its stored values, and which fields the input has set.
public struct PartDraft: Sendable {
    /// The part that the row belongs to.
    public let part: Part
    /// As stored, one for each field of the part, those that are hidden too.
    public private(set) var values: [Value]
    /// The stored values of the row being edited; `nil` for a new row.
    let original: [Value]?
    /// The values of the row that this one becomes or takes the place of; `nil` when there is none.
    private let former: [Value]?
    /// What becomes of fields given by the input that otherwise only actions count.
    var givenCounts = GivenCounts.refused
    /// Which fields input has set, in the order of ``values``; none while there is none.
    private var given = PositionSet()

    /// A row with the default values that are always the same.
    ///
    /// - Parameter former: the values of the row that this one replaces.
    init(new part: Part, inPlaceOf former: [Value]? = nil) {
        self.part = part
        values = part.defaults
        original = nil
        self.former = former
    }

    /// Sets the field at a position. That is the program's doing.
    mutating func fill(_ position: Int, _ value: Value) { values[position] = value }

    /// An edit of a stored row.
    init(_ part: Part, values: [Value]) {
        self.part = part
        self.values = values
        original = values
        former = values
    }

    /// Sets a field as input asks.
    ///
    /// - Precondition: the part has the field, as in all that takes a key.
    mutating func give(_ key: String, _ value: Value) { give(part.position(required: key), value) }

    /// Sets the field at a position as input asks.
    mutating func give(_ position: Int, _ value: Value) {
        values[position] = value
        given.insert(position)
    }

    /// Whether input has set a field, possibly to null.
    func isGiven(_ key: String) -> Bool {
        let position = part.position(required: key)
        return !given.isEmpty && given.contains(position)
    }

    /// Whether input has set any field.
    var isGivenAny: Bool { !given.isEmpty }

    /// Whether a field will hold another value than the stored row does; for a new row, whether it holds one.
    func changes(_ key: String) -> Bool {
        let position = part.position(required: key)
        return values[position] != (original?[position] ?? .null)
    }

    /// Whether the row equals the row that it replaces.
    var isAsBefore: Bool { former == values }

    /// Whether there was a row before it at its place.
    var hasFormer: Bool { former != nil }

    /// Returns the value of a field in the row that this one replaces; null when there is none.
    func formerValue(_ key: String) -> Value {
        let position = part.position(required: key)
        return former?[position] ?? .null
    }

    /// Lets the part complete the row, then looks whether anything is missing or out of bounds.
    ///
    /// - Parameter owner: the record it belongs to.
    /// - Throws: ``CRMError`` `invalid` naming every field that is missing, out of bounds, or that the part refuses.
    mutating func check(of owner: Record, _ context: any RuleContext) throws {
        var problems: [CRMError.Problem] = []
        do {
            try part.complete?(&self, owner, context)
        } catch let error as CRMError where error.code == .invalid && !error.problems.isEmpty {
            problems = error.problems
        }
        // Rows come in millions, so that no field is copied before something is wrong with it.
        for index in part.checkedPositions {
            guard let problem = problem(at: index, of: owner, context),
                !problems.contains(where: { $0.field == problem.field })
            else { continue }
            problems.append(problem)
        }
        guard problems.isEmpty else {
            throw CRMError(
                .invalid,
                Text(
                    en: "\(part.label.en.lowercased()) cannot be taken",
                    es: "no se puede tomar \(part.spanish.the)"
                ),
                problems: problems
            )
        }
    }

    /// Returns the problem of a value that is missing or out of bounds; `nil` when there is none.
    private func problem(at index: Int, of owner: Record, _ context: any RuleContext) -> CRMError.Problem? {
        let value = values[index]
        if value.isNull {
            guard part.fields[index].isRequired else { return nil }
            return CRMError.Problem(field: part.fields[index].key, value: nil, reason: .isRequired)
        }
        guard part.fields[index].hasBounds, value != (original?[index] ?? .null) else { return nil }
        let field = part.fields[index]
        guard let fault = field.fault(of: value, today: context.today) else { return nil }
        let text = field.type.text(of: value, currency: owner.currency)
        return CRMError.Problem(field: field.key, value: text, reason: fault.reason)
    }

    /// The value of the field with a key; setting it is the program's doing, input goes through ``give(_:_:)``.
    subscript(key: String) -> Value {
        get { values[part.position(required: key)] }
        set { values[part.position(required: key)] = newValue }
    }
}
