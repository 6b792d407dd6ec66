import Localization

/// A balance that a change set moved and that was moved again since. Undoing the change set moves it back by the amount
/// of that change set only.
struct BalanceShift {
    let field: Field
    /// The amount by which it was moved since.
    let amount: Int64
    /// The balance after the undo; `nil` when it is out of the range of numbers.
    private let result: Int64?
    private let isBelowZero: Bool
    private let label: Text

    /// - Parameters:
    ///   - event: the event by which the change set changed the balance.
    ///   - present: the present value of the balance.
    ///   - label: the name of the row, for messages.
    /// - Returns: `nil` if the field is not a balance, if the event is not an update of it, or if the balance was empty
    ///   before or after the event or is empty now.
    init?(of field: Field, by event: RowEvent, to present: Value, _ label: Text) {
        guard field.traits.contains(.balance), case .updated(let image) = event.action,
            let before = image.value(of: field)?.integer, let left = event.image.value(of: field)?.integer,
            let present = present.integer
        else { return nil }
        let (amount, overflow) = present.subtractingReportingOverflow(left)
        let (result, overflows) = before.addingReportingOverflow(amount)
        self.field = field
        self.amount = amount
        self.label = label
        self.result = overflow || overflows ? nil : result
        // A balance that is below zero already may stay there.
        isBelowZero = result < min(0, present)
    }

    /// Whether the balance can be moved back.
    var isPossible: Bool { result != nil && !isBelowZero }

    /// The message when the undo is impossible.
    var refusal: Text {
        Text(
            en: "\(label.en): \(field.key) would be \(text), below zero",
            es: "\(label.es): \(field.key) sería \(text), bajo cero"
        )
    }

    /// The message when the undo is done.
    fileprivate var notice: Text {
        Text(
            en: "\(label.en): \(field.key) was moved since too, and is \(text) now",
            es: "\(label.es): \(field.key) se movió también después, y ahora es \(text)"
        )
    }

    private var text: String { result.map { field.type.text(of: .integer($0), currency: nil) } ?? "—" }
}

/// The amounts by which balances were moved since a change set, by table, row and field.
struct BalanceShifts {
    private var amounts: [String: [Int64: [String: Int64]]] = [:]
    /// The messages for the user about these balances.
    private(set) var notices: [Text] = []

    /// Adds the shift of a balance of a row.
    mutating func add(_ shift: BalanceShift, to id: Int64, in table: String) {
        amounts[table, default: [:]][id, default: [:]][shift.field.key] = shift.amount
        notices.append(shift.notice)
    }

    /// Whether any balance of a table was moved.
    func concern(_ table: String) -> Bool { amounts[table] != nil }

    /// Returns the value that a field gets by an undo, given its value before the change set. A balance includes the
    /// amount by which it was moved since.
    func applied(to value: Value, of key: String, id: Int64, in table: String) -> Value {
        guard let amount = amounts[table]?[id]?[key], let former = value.integer else { return value }
        return .integer(former + amount)
    }
}
