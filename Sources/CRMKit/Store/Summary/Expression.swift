/// A value of a record that is computed from its fields, as it is written: `amount * probability`, `month(close_date)`.
///
/// What its names mean is told by the definitions: an expression has a value only from some module on.
public indirect enum Expression: Sendable, Hashable {
    /// The value of a field, or of each record that a path leads to; `today` and `now` where no field is called so.
    case path(Path)
    /// A number.
    case number(ScaledDecimal)
    /// The period in which a day falls.
    case period(Period, Expression)
    /// The beginning of the band of a width in which a number falls.
    case band(Expression, width: ScaledDecimal)
    /// A length of time as a number.
    case length(Expression, in: LengthUnit)
    /// Two values put together.
    case operation(Expression, Operator, Expression)

    /// The unit of a duration in figures.
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

    /// The expression in canonical spelling, which is also the name of its column.
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

    /// The paths in it, from left to right.
    var paths: [Path] {
        switch self {
        case .path(let path): [path]
        case .number: []
        case .period(_, let part), .band(let part, _), .length(let part, _): part.paths
        case .operation(let left, _, let right): left.paths + right.paths
        }
    }
}

/// A figure over the records of a group, as it is written: `sum(amount)`.
public indirect enum Measure: Sendable, Hashable {
    /// The number of records.
    case count
    /// The number of records with a value.
    case present(Expression)
    /// The number of distinct values.
    case distinct(Expression)
    /// A figure over numbers.
    case aggregate(Aggregate, Expression)
    /// The least value that so many per cent of the values do not exceed.
    case percentile(ScaledDecimal, Expression)
    /// The share of the total over all groups, for amounts in the same currency.
    case share(Measure)
    /// The part of the records that pass a filter, which stands as it was written.
    case rate(Filter, text: String)

    /// A figure over numbers.
    public enum Aggregate: String, Sendable, CaseIterable {
        case sum, avg, min, max, median
    }

    /// The measure in canonical spelling, which is also the name of its column.
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

/// An expression or a measure with the name that its column was given.
public struct Named<Content: Sendable & Hashable>: Sendable, Hashable {
    /// The expression or measure to compute.
    public let content: Content
    /// The name after `as`.
    public let name: String?
    /// The option that it was given in and where it began there, for messages.
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
