import Localization

/// A measure, as computed over the rows of a group.
struct Figure {
    /// The SQL expression for the value of each row.
    let argument: SQLFragment
    /// The form of the rows that the figure needs.
    let pass: Pass
    /// The other records that the rows represent; `nil` for the summarized records themselves.
    let grain: Term.Grain?
    /// Returns the SQL expression for a group's figure, given the column with the rows' values.
    let result: @Sendable (SQLFragment) -> SQLFragment
    /// The type of the figure.
    let type: FieldType
    /// For an amount, the path to its currency.
    var currency: Path?
    /// The column's heading.
    let label: Text
    /// The figure of a group without records.
    let ofNothing: SQLFragment
    /// Whether the figure counts the summarized records: rows of the same record then count once.
    var isCountOfRecords = false
    /// Returns the SQL expression that combines the figures of groups without common records; `nil` if figures cannot
    /// be combined.
    var whole: (@Sendable (SQLFragment) -> SQLFragment)?

    /// The form of a group's rows that a figure needs.
    enum Pass: Hashable {
        /// Each record once, in no particular order.
        case plain
        /// Rows with repetitions, since only different values count.
        case distinct
        /// In the order of an argument, with the rank of each row and the number of values.
        case ranked(by: String)
    }

    /// The ranking of rows; a pass has only one.
    static let ranking = Ranking("ranked")
}

/// Translates measures to figures.
struct FigureCompiler {
    var terms: TermCompiler
    let origin: ExpressionOrigin

    mutating func figure(_ measure: Measure) throws(CRMError) -> Figure {
        do throws(TermError) {
            return try compiled(measure)
        } catch {
            throw CRMError(error, origin)
        }
    }

    private mutating func compiled(_ measure: Measure) throws(TermError) -> Figure {
        switch measure {
        case .count:
            var figure = count(of: terms.root.id, nil, label: Text(en: "Count", es: "Cantidad")) { "count(\($0))" }
            figure.isCountOfRecords = true
            figure.whole = { "sum(\($0))" }
            return figure
        case .present(let value):
            let term = try terms.term(value)
            let label = Text(en: "\(term.label.en) (count)", es: "\(term.label.es) (cantidad)")
            var figure = count(of: term.sql, term.grain, label: label) { "count(\($0))" }
            figure.whole = { "sum(\($0))" }
            return figure
        case .distinct(let value):
            let term = try terms.term(value, isKey: true)
            let label = Text(en: "\(term.label.en) (different)", es: "\(term.label.es) (distintos)")
            return count(of: term.sql, term.grain, .distinct, label: label) { "count(DISTINCT \($0))" }
        case .aggregate(let aggregate, let value): return try self.aggregate(aggregate, of: value)
        case .percentile(let part, let value): return try percentile(part, of: value)
        case .rate(let filter, let text): return try rate(of: filter, text)
        case .share(let measure): return try compiled(measure)
        }
    }

    private func count(
        of argument: SQLFragment,
        _ grain: Term.Grain?,
        _ pass: Figure.Pass = .plain,
        label: Text,
        _ result: @escaping @Sendable (SQLFragment) -> SQLFragment
    ) -> Figure {
        Figure(
            argument: argument,
            pass: pass,
            grain: grain,
            result: result,
            type: .integer(0...Int64.max),
            label: label,
            ofNothing: "0"
        )
    }

    private mutating func rate(of filter: Filter, _ text: String) throws(TermError) -> Figure {
        var compiler = FilterCompiler(registry: terms.registry, context: terms.context)
        let condition: SQLFragment
        do throws(CRMError) {
            condition = try compiler.condition(filter, in: terms.root)
        } catch {
            throw TermError(error, at: Path([text], column: nil))
        }
        return Figure(
            argument: "(\(condition)) IS TRUE",
            pass: .plain,
            grain: nil,
            result: { Arithmetic.mean(of: $0, factor: 1_000_000) },
            type: .fraction,
            label: Text("rate(\(text))"),
            ofNothing: "NULL"
        )
    }
}

// MARK: - Numbers

extension FigureCompiler {
    private mutating func aggregate(
        _ aggregate: Measure.Aggregate,
        of value: Expression
    ) throws(TermError) -> Figure {
        let term = try terms.term(value)
        guard let quantity = Quantity(term.type), aggregate.takes(quantity) else {
            throw TermError(
                value,
                en: "'\(value.text)' is no \(aggregate.takesTime ? "number and no date" : "number"), "
                    + "and \(aggregate.rawValue)(…) takes one",
                es: "'\(value.text)' no es un número\(aggregate.takesTime ? " ni una fecha" : ""), "
                    + "y \(aggregate.rawValue)(…) necesita uno",
                hint: Text(
                    en: "count(distinct \(value.text)) counts different values, rate(CONDITION) the part that passes",
                    es:
                        "count(distinct \(value.text)) cuenta los distintos, rate(CONDICIÓN) la parte que la cumple"
                )
            )
        }
        let (type, factor) = quantity.mean
        switch aggregate {
        case .sum:
            // The sum of no amounts is zero, but that of unknown amounts is not.
            return whole(term, aggregate, quantity.sum, ofNothing: term.isPartial ? "NULL" : "0") { "sum(\($0))" }
        case .avg:
            return figure(term, .plain, aggregate, type) { Arithmetic.mean(of: $0, factor: factor) }
        case .min: return whole(term, aggregate, term.type) { "min(\($0))" }
        case .max: return whole(term, aggregate, term.type) { "max(\($0))" }
        case .median:
            return figure(term, .ranked(by: value.text), aggregate, type) {
                Figure.ranking.median(of: $0, factor: factor)
            }
        }
    }

    /// Returns a figure that can be computed from the figures of groups in the same way as from values.
    private func whole(
        _ term: Term,
        _ aggregate: Measure.Aggregate,
        _ type: FieldType,
        ofNothing: SQLFragment = "NULL",
        _ result: @escaping @Sendable (SQLFragment) -> SQLFragment
    ) -> Figure {
        var figure = figure(term, .plain, aggregate, type, ofNothing: ofNothing, result)
        figure.whole = result
        return figure
    }

    private mutating func percentile(_ part: ScaledDecimal, of value: Expression) throws(TermError) -> Figure {
        let median = try aggregate(.median, of: value)
        let term = try terms.term(value)
        let whole = 100 * Int64.powerOfTen(part.scale)
        return Figure(
            argument: median.argument,
            pass: median.pass,
            grain: median.grain,
            result: { Figure.ranking.percentile(part.units, over: whole, of: $0) },
            type: term.type,
            currency: median.currency,
            label: Text(
                en: "\(term.label.en) (percentile \(part.text()))",
                es: "\(term.label.es) (percentil \(part.text()))"
            ),
            ofNothing: "NULL"
        )
    }

    private func figure(
        _ term: Term,
        _ pass: Figure.Pass,
        _ aggregate: Measure.Aggregate,
        _ type: FieldType,
        ofNothing: SQLFragment = "NULL",
        _ result: @escaping @Sendable (SQLFragment) -> SQLFragment
    ) -> Figure {
        Figure(
            argument: term.sql,
            pass: pass,
            grain: term.grain,
            result: result,
            type: type,
            currency: term.currency,
            label: Text(
                en: "\(term.label.en) (\(aggregate.label.en))",
                es: "\(term.label.es) (\(aggregate.label.es))"
            ),
            ofNothing: ofNothing
        )
    }
}

extension Measure.Aggregate {
    /// Whether the aggregate applies to days and moments.
    fileprivate var takesTime: Bool { self == .min || self == .max }

    fileprivate func takes(_ quantity: Quantity) -> Bool {
        takesTime || quantity != .date && quantity != .moment
    }

    fileprivate var label: Text {
        switch self {
        case .sum: Text(en: "sum", es: "suma")
        case .avg: Text(en: "average", es: "promedio")
        case .min: Text(en: "least", es: "mínimo")
        case .max: Text(en: "greatest", es: "máximo")
        case .median: Text(en: "median", es: "mediana")
        }
    }
}

extension Quantity {
    /// The type of a sum of the quantity.
    fileprivate var sum: FieldType {
        switch self {
        case .number(digits: 0): .integer(Int64.min...Int64.max)
        case .number(let digits): .decimal(digits: digits)
        case .hundredths: .decimal(digits: 4)
        case .money: .money
        case .duration, .date, .moment: .duration
        }
    }

    /// The type of the mean of the quantity, and the factor for its additional digits: numbers have at least six;
    /// amounts are rounded to their minor unit, percentages to four digits, durations to seconds.
    fileprivate var mean: (FieldType, factor: Int64) {
        switch self {
        case .number(let digits):
            (.decimal(digits: max(digits, Arithmetic.digits)), Int64.powerOfTen(Arithmetic.digits - digits))
        case .hundredths: (.percent, 1)
        case .money: (.money, 1)
        case .duration, .date, .moment: (.duration, 1)
        }
    }
}
