import Localization

/// A balance that a change set moved and that was moved since: taking the change set back moves it once more.
struct BalanceShift {
    let field: Field
    /// By how much it was moved since.
    let amount: Int64
    /// What it will be; `nil` beyond the range of numbers.
    private let result: Int64?
    private let isBelowZero: Bool
    private let label: Text

    /// - Parameters:
    ///   - event: how the change set moved it.
    ///   - present: what it is.
    ///   - label: what a message calls the row.
    /// - Returns: `nil` for a field that is no balance, and for one that was or became nothing.
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
        // What is below zero already was let to be.
        isBelowZero = result < min(0, present)
    }

    /// Whether it can be moved back.
    var isPossible: Bool { result != nil && !isBelowZero }

    /// What is told where it cannot.
    var refusal: Text {
        Text(
            en: "\(label.en): \(field.key) would be \(text), below zero",
            es: "\(label.es): \(field.key) sería \(text), bajo cero"
        )
    }

    /// What is told where it is.
    fileprivate var notice: Text {
        Text(
            en: "\(label.en): \(field.key) was moved since too, and is \(text) now",
            es: "\(label.es): \(field.key) se movió también después, y ahora es \(text)"
        )
    }

    private var text: String { result.map { field.type.text(of: .integer($0), currency: nil) } ?? "—" }
}

/// By how much balances were moved since a change set.
struct BalanceShifts {
    private var amounts: [String: [Int64: [String: Int64]]] = [:]
    /// What is to be told of them.
    private(set) var notices: [Text] = []

    /// Adds that of a row of a table.
    mutating func add(_ shift: BalanceShift, to id: Int64, in table: String) {
        amounts[table, default: [:]][id, default: [:]][shift.field.key] = shift.amount
        notices.append(shift.notice)
    }

    /// Whether there are any of a table.
    func concern(_ table: String) -> Bool { amounts[table] != nil }

    /// What a field of a row comes to hold that held a value before the change set.
    func applied(to value: Value, of key: String, id: Int64, in table: String) -> Value {
        guard let amount = amounts[table]?[id]?[key], let former = value.integer else { return value }
        return .integer(former + amount)
    }
}
