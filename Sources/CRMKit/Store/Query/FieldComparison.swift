/// The condition that two fields of rows pass a comparison. It is true, false or, where either has no value, null.
struct FieldComparison {
    private let left: Scope.Source
    private let right: Scope.Source
    private let zone: TimeZoneSetting

    /// - Parameter zone: in which moments fall on days.
    init(_ left: Scope.Source, _ right: Scope.Source, zone: TimeZoneSetting) {
        self.left = left
        self.right = right
        self.zone = zone
    }

    /// What can be asked of two fields.
    enum Asked {
        case comparison(Filter.Comparison)
        /// Whether they are amounts in different currencies, which cannot be compared.
        case otherCurrency
    }

    func condition(_ asked: Asked) -> SQLFragment {
        switch asked {
        case .otherCurrency: return "\(left.currency) <> \(right.currency)"
        case .comparison(.contains): return containment
        case .comparison(let comparison):
            let (first, second) = forms
            let condition: SQLFragment =
                comparison == .notEqual
                ? .denial("\(first) = \(second)") : .comparison(first, comparison, second)
            guard left.field.type == .money, left.alias != right.alias else { return condition }
            return "(\(left.currency) = \(right.currency) AND \(condition))"
        }
    }

    /// The two in one form.
    private var forms: (SQLFragment, SQLFragment) {
        switch (left.field.type, right.field.type) {
        case (.date, .dateTime): (left.column, SQLFunctions.localDay(right.column, in: zone))
        case (.dateTime, .date): (SQLFunctions.localDay(left.column, in: zone), right.column)
        default:
            if let first = left.field.type.fractionDigits, let second = right.field.type.fractionDigits, first != second
            {
                (
                    Self.scaled(left, from: first, to: max(first, second)),
                    Self.scaled(right, from: second, to: max(first, second))
                )
            } else {
                (left.compared, right.compared)
            }
        }
    }

    private static func scaled(_ source: Scope.Source, from digits: Int, to scale: Int) -> SQLFragment {
        let factor = (digits..<scale).reduce(Int64(1)) { product, _ in product * 10 }
        return factor == 1 ? source.column : "\(source.column) * \(bind: .integer(factor))"
    }

    private var containment: SQLFragment {
        left.field.type.matching == nil
            ? SQLFunctions.contains(
                SQLFunctions.lowercasedASCII(left.column),
                SQLFunctions.lowercasedASCII(right.column)
            ) : SQLFunctions.contains(left.compared, right.compared)
    }
}

extension FieldComparison {
    /// What makes two fields comparable: they are of one kind. Choices are of none, since a word beside one is a choice.
    enum Kind: Hashable {
        case text, code, email, phone, url, currency, country, timeZone
        case number, money, time, duration, boolean
        case record(ModuleName)

        /// The kind of what is at the end of a path; `nil` for what is compared with values alone.
        init?(_ route: Route, from place: Place) {
            // What depends on the row is of no one kind.
            if route.end.field.variants != nil { return nil }
            switch route.end.field.type {
            case .identifier:
                guard case .field = route.end else { return nil }
                self = .record((route.steps.last?.target ?? place.module).name)
            case .reference(let target): self = .record(target)
            case .text, .longText: self = .text
            case .code: self = .code
            case .email: self = .email
            case .phone: self = .phone
            case .url: self = .url
            case .currency: self = .currency
            case .country: self = .country
            case .timeZone: self = .timeZone
            case .integer, .decimal, .percent: self = .number
            case .money: self = .money
            case .date, .dateTime: self = .time
            case .duration: self = .duration
            case .boolean: self = .boolean
            case .choice, .anyReference, .list: return nil
            }
        }

        /// Whether two of the kind can be compared so.
        func takes(_ comparison: Filter.Comparison) -> Bool {
            switch (self, comparison) {
            case (_, .equal), (_, .notEqual): true
            case (.boolean, _), (.record, _): false
            case (.text, .contains), (.code, .contains), (.email, .contains), (.url, .contains): true
            case (_, .contains): false
            default: true
            }
        }
    }
}

extension FieldType {
    /// Digits after the point of what is stored as a whole number; `nil` for what is no number, and for money.
    fileprivate var fractionDigits: Int? {
        switch self {
        case .integer: 0
        case .decimal(let digits): digits
        case .percent: Self.percentDigits
        default: nil
        }
    }
}
