/// A value computed from the fields of a record, as written: `amount * probability`, `month(close_date)`.
///
/// The definitions determine the meaning of its names, so that an expression has a value only for a given module.
public indirect enum Expression: Sendable, Hashable {
    /// The value of a field, or of each record that a path leads to; `today` and `now` unless a field has that name.
    case path(Path)
    /// A number.
    case number(ScaledDecimal)
    /// The period in which a day falls.
    case period(Period, Expression)
    /// The lower bound of the band, of a given width, in which a number falls.
    case band(Expression, width: ScaledDecimal)
    /// A duration as a number of units.
    case length(Expression, in: LengthUnit)
    /// An operation on two values.
    case operation(Expression, Operator, Expression)

    /// The unit of a duration as a number.
    public enum LengthUnit: String, Sendable, CaseIterable {
        case days, hours
    }

    /// An arithmetic operator.
    public enum Operator: String, Sendable {
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"

        /// Whether the operator has the precedence of a product.
        var isProduct: Bool { self == .times || self == .over }
    }

    /// The expression in canonical spelling, which is also the default name of its column.
    public var text: String {
        switch self {
        case .path(let path): path.text
        case .number(let number): number.text()
        case .period(let period, let day): "\(period.rawValue)(\(day.text))"
        case .band(let number, let width): "band(\(number.text), \(width.text()))"
        case .length(let length, let unit): "\(unit.rawValue)(\(length.text))"
        case .operation(let left, let sign, let right):
            "\(left.text(within: sign, isRight: false)) \(sign.rawValue) \(right.text(within: sign, isRight: true))"
        }
    }

    private func text(within outer: Operator, isRight: Bool) -> String {
        guard case .operation(_, let inner, _) = self,
            outer.isProduct && !inner.isProduct || isRight && outer.isProduct == inner.isProduct
        else { return text }
        return "(\(text))"
    }

    /// The most places that the expression takes on the stack of SQLite's parser: one for an operation in a chain, two
    /// for one in brackets or for a function.
    var height: Int {
        switch self {
        case .path, .number: 0
        case .period(_, let part), .band(let part, _), .length(let part, _): part.height + 2
        case .operation(let left, _, let right): max(left.height, right.height == 0 ? 0 : right.height + 1) + 1
        }
    }

    /// The paths of the expression, from left to right.
    var paths: [Path] {
        switch self {
        case .path(let path): [path]
        case .number: []
        case .period(_, let part), .band(let part, _), .length(let part, _): part.paths
        case .operation(let left, _, let right): left.paths + right.paths
        }
    }
}

/// A figure over the records of a group, as written: `sum(amount)`.
public indirect enum Measure: Sendable, Hashable {
    /// The number of records.
    case count
    /// The number of records with a value.
    case present(Expression)
    /// The number of distinct values.
    case distinct(Expression)
    /// A figure over numbers.
    case aggregate(Aggregate, Expression)
    /// The least value that is not exceeded by a percentage of the values.
    case percentile(ScaledDecimal, Expression)
    /// The share of the total over all groups, for amounts in the same currency.
    case share(Measure)
    /// The fraction of the records that pass a filter, whose text is as written.
    case rate(Filter, text: String)

    /// A figure over numbers.
    public enum Aggregate: String, Sendable, CaseIterable {
        case sum, avg, min, max, median
    }

    /// The measure in canonical spelling, which is also the default name of its column.
    public var text: String {
        switch self {
        case .count: "count"
        case .present(let value): "count(\(value.text))"
        case .distinct(let value): "count(distinct \(value.text))"
        case .aggregate(let aggregate, let value): "\(aggregate.rawValue)(\(value.text))"
        case .percentile(let part, let value): "percentile(\(part.text()), \(value.text))"
        case .share(let measure): "share(\(measure.text))"
        case .rate(_, let text): "rate(\(text))"
        }
    }
}

/// An expression or a measure with the name of its column.
public struct Named<Content: Sendable & Hashable>: Sendable, Hashable {
    /// The expression or measure to compute.
    public let content: Content
    /// The name after `as`; `nil` without one.
    public let name: String?
    /// The option with the expression and its position there, for messages.
    let origin: ExpressionOrigin
}

/// The origin of an expression, for messages.
struct ExpressionOrigin: Sendable, Hashable {
    /// The option: `--by`.
    let option: String
    /// The complete text given to the option.
    let text: String
    /// The position at which the expression begins, counted in characters from 1.
    let column: Int
}
