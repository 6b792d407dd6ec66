import Localization

/// A kind of value for computations.
enum Quantity: Equatable {
    case number(digits: Int)
    case hundredths, money, duration, date, moment

    /// - Returns: `nil` for types without arithmetic: text, records, ids.
    init?(_ type: FieldType) {
        switch type.form {
        case _ where type.isPercentage: self = .hundredths
        case .number(let digits): self = .number(digits: digits)
        case .money: self = .money
        case .duration: self = .duration
        case .date: self = .date
        case .moment: self = .moment
        default: return nil
        }
    }

    /// Whether the value is a number or an amount.
    var isNumber: Bool {
        switch self {
        case .number, .hundredths, .money: true
        case .duration, .date, .moment: false
        }
    }

    /// The digits after the point of a number, where a percentage counts as its hundredth; `nil` for other kinds.
    var digits: Int? {
        switch self {
        case .number(let digits): digits
        // 12.5% is 125,000 in its column and 0.125 in a product.
        case .hundredths: 6
        case .money, .duration, .date, .moment: nil
        }
    }
}

/// Exact arithmetic in SQL, on integers, rounded half away from zero.
enum Arithmetic {
    /// The digits after the point of quotients and products of numbers.
    static let digits = 6

    /// Returns the quotient of two integers; the divisor must be positive.
    static func quotient(_ dividend: SQLFragment, _ divisor: SQLFragment) -> SQLFragment {
        "((\(dividend)) * 2 + CASE WHEN (\(dividend)) < 0 THEN -\(divisor) ELSE \(divisor) END) / (\(divisor) * 2)"
    }

    /// Returns the mean of the values of a group; null for none.
    ///
    /// - Parameter factor: a power of ten for additional digits of the mean.
    static func mean(of value: SQLFragment, factor: Int64 = 1) -> SQLFragment {
        let (sum, count): (SQLFragment, SQLFragment) = ("sum(\(value))", "count(\(value))")
        let factor = SQLFragment.bind(.integer(factor))
        return """
            CASE WHEN \(count) > 0 THEN \(sum) / \(count) * \(factor) + (\(sum) % \(count) * \(factor) * 2 \
            + CASE WHEN \(sum) < 0 THEN -\(count) ELSE \(count) END) / (\(count) * 2) END
            """
    }

    /// Returns a number with more digits.
    static func scaled(_ number: SQLFragment, from digits: Int, to scale: Int) -> SQLFragment {
        let factor = Int64.powerOfTen(scale - digits)
        return factor == 1 ? number : "\(number) * \(bind: .integer(factor))"
    }
}

extension TermCompiler {
    /// Returns the term of an operation on two values.
    func operation(
        _ left: Term,
        _ sign: Expression.Operator,
        _ right: Term,
        in expression: Expression
    ) throws(TermError) -> Term {
        guard let first = Quantity(left.type), let second = Quantity(right.type),
            let (sql, type) = result(left, first, sign, right, second)
        else {
            throw TermError(
                expression,
                en: "'\(expression.text)' has no meaning: \(Self.rule.en)",
                es: "'\(expression.text)' no tiene sentido: \(Self.rule.es)"
            )
        }
        if case .operation(_, .over, .number(let divisor)) = expression, divisor.units == 0 {
            throw TermError(
                expression,
                en: "'\(expression.text)' divides by zero",
                es: "'\(expression.text)' divide entre cero"
            )
        }
        var term = Term(sql, type, label: Text(expression.text))
        term.isPartial = sign == .over || left.isPartial || right.isPartial
        let amount = left.currency == nil ? right : left
        if type == .money { (term.currency, term.code) = (amount.currency, amount.code) }
        if let one = left.currency, let other = right.currency, one.names != other.names {
            throw TermError(
                expression,
                en: "'\(expression.text)' takes amounts of two records, which may be in two currencies",
                es: "'\(expression.text)' toma importes de dos registros, que pueden estar en dos monedas"
            )
        }
        term.grain = try grain(left.grain, right.grain, in: expression)
        return term
    }

    private static let rule = Text(
        en: "numbers go with numbers, amounts with amounts (and with numbers by * and /), dates with dates by -",
        es:
            "los números van con números, los importes con importes (y con números por * y /), las fechas con fechas por -"
    )

    private func grain(
        _ left: Term.Grain?,
        _ right: Term.Grain?,
        in expression: Expression
    ) throws(TermError) -> Term.Grain? {
        guard let left, let right else { return left ?? right }
        if left.chain.starts(with: right.chain) { return left }
        if right.chain.starts(with: left.chain) { return right }
        throw TermError(
            expression,
            en: "'\(expression.text)' puts together values of records that do not belong together",
            es: "'\(expression.text)' junta valores de registros que no van juntos"
        )
    }

    private func result(
        _ left: Term,
        _ first: Quantity,
        _ sign: Expression.Operator,
        _ right: Term,
        _ second: Quantity
    ) -> (SQLFragment, FieldType)? {
        switch (first, sign, second) {
        case (.money, .plus, .money), (.money, .minus, .money), (.duration, .plus, .duration),
            (.duration, .minus, .duration):
            (sum(left.sql, sign, right.sql), left.type)
        case (.hundredths, .plus, .hundredths), (.hundredths, .minus, .hundredths):
            (sum(left.sql, sign, right.sql), .decimal(digits: 4))
        case (.number(let one), .plus, .number(let other)), (.number(let one), .minus, .number(let other)):
            added(left.sql, one, sign, right.sql, other)
        case (.date, .minus, .date), (.moment, .minus, .moment): difference(left.sql, right.sql)
        case (.date, .minus, .moment): difference(left.sql, day(right))
        case (.moment, .minus, .date): difference(day(left), right.sql)
        case (.money, .over, .money):
            (SQLFunctions.scale(left.sql, .one, right.sql), .decimal(digits: Arithmetic.digits))
        case (.money, .times, _), (.money, .over, _): second.digits.map { amount(left, sign, right.sql, $0) }
        case (_, .times, .money): first.digits.map { amount(right, .times, left.sql, $0) }
        case (_, .times, _), (_, .over, _): product(left.sql, first, sign, right.sql, second)
        default: nil
        }
    }

    private func sum(_ left: SQLFragment, _ sign: Expression.Operator, _ right: SQLFragment) -> SQLFragment {
        sign == .plus ? "(\(left) + \(right))" : "(\(left) - \(right))"
    }

    private func added(
        _ left: SQLFragment,
        _ one: Int,
        _ sign: Expression.Operator,
        _ right: SQLFragment,
        _ other: Int
    ) -> (SQLFragment, FieldType) {
        let digits = max(one, other)
        let sql = sum(
            Arithmetic.scaled(left, from: one, to: digits),
            sign,
            Arithmetic.scaled(right, from: other, to: digits)
        )
        return (sql, digits == 0 ? .integer(Int64.min...Int64.max) : .decimal(digits: digits))
    }

    private func difference(_ left: SQLFragment, _ right: SQLFragment) -> (SQLFragment, FieldType) {
        ("(\(PeriodFunctions.seconds(of: left)) - \(PeriodFunctions.seconds(of: right)))", .duration)
    }

    /// Returns the local day of a moment.
    func day(_ term: Term) -> SQLFragment { SQLFunctions.localDay(term.sql, in: context.clock.zone) }

    /// Returns the product or quotient of an amount and a number, rounded to the minor unit.
    private func amount(
        _ amount: Term,
        _ sign: Expression.Operator,
        _ number: SQLFragment,
        _ digits: Int
    ) -> (SQLFragment, FieldType) {
        let unit = SQLFragment.bind(.integer(Int64.powerOfTen(digits)))
        let sql =
            sign == .times
            ? SQLFunctions.scale(amount.sql, number, unit) : SQLFunctions.scale(amount.sql, unit, number)
        return (sql, .money)
    }

    private func product(
        _ left: SQLFragment,
        _ first: Quantity,
        _ sign: Expression.Operator,
        _ right: SQLFragment,
        _ second: Quantity
    ) -> (SQLFragment, FieldType)? {
        guard let one = first.digits, let other = second.digits else { return nil }
        if sign == .times, one == 0, other == 0 {
            return (SQLFunctions.scale(left, right, .bind(.integer(1))), .integer(Int64.min...Int64.max))
        }
        let target = Arithmetic.digits
        if sign == .times {
            let first = Arithmetic.scaled(left, from: min(one, target), to: target)
            let unit = SQLFragment.bind(.integer(Int64.powerOfTen(other + max(0, one - target))))
            return (SQLFunctions.scale(first, right, unit), .decimal(digits: target))
        }
        let factor = SQLFragment.bind(.integer(Int64.powerOfTen(target + other - one)))
        return (SQLFunctions.scale(left, factor, right), .decimal(digits: target))
    }
}

extension SQLFragment {
    /// One, with the digits of quotients.
    fileprivate static var one: SQLFragment { .bind(.integer(Int64.powerOfTen(Arithmetic.digits))) }
}
