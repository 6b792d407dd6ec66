import SQLite

/// The input for a report's query: the request, and SQL fragments that many reports use.
///
/// In queries, the records that `--where` filters have the alias `t`.
struct ReportContext {
    /// The column that says in what currency the amounts of a row are.
    static let currencyColumn = "currency"
    /// The alias of the records that filters are about.
    static let alias = "t"

    let registry: Registry
    let context: ValueContext
    /// The condition that records must pass.
    let condition: SQLFragment
    /// The values of the parameters, defaults included.
    let parameters: [String: Value]
    /// The file, for what no single query can find.
    let database: Database

    /// How amounts are converted to one currency; `nil` to keep them apart by currency.
    let conversion: Conversion?
    /// The date of the report's records whose rates their amounts have; `nil` for today.
    let dated: Field?

    /// The value of a parameter; null where none was given.
    subscript(parameter: String) -> Value { parameters[parameter] ?? .null }

    /// The value of a parameter as a bound one.
    func bound(_ parameter: String) -> SQLFragment { .bind(self[parameter]) }

    /// The present day.
    var today: SQLFragment { .bind(.text(context.clock.today)) }
    /// The present moment.
    var now: SQLFragment { .bind(.text(context.clock.now)) }

    /// The day that is looked at: the parameter's, else today.
    var day: SQLFragment { self[Report.Parameter.on].isNull ? today : bound(Report.Parameter.on) }

    /// The currency of the amounts of a record.
    func currency(of alias: String = ReportContext.alias) -> SQLFragment {
        conversion?.code ?? .column(Self.currencyColumn, of: alias)
    }

    /// An amount of a record, in the one currency where there is one.
    func amount(_ amount: SQLFragment, of alias: String = ReportContext.alias, on date: Field? = nil) -> SQLFragment {
        guard let conversion else { return amount }
        let code = SQLFragment.column(Self.currencyColumn, of: alias)
        let day = conversion.rateDay(of: alias, from: Self.alias, otherwise: date ?? dated, context.clock)
        return SQLFunctions.converted(amount, from: code, on: day, by: conversion.rates)
    }

    /// The local day of a moment.
    func day(of moment: SQLFragment) -> SQLFragment { SQLFunctions.localDay(moment, in: context.clock.zone) }

    /// A day some days after another.
    func day(_ day: SQLFragment, plus days: SQLFragment) -> SQLFragment { "date(\(day), \(days) || ' days')" }

    /// Whole days from one day to another.
    func days(from first: SQLFragment, to second: SQLFragment) -> SQLFragment {
        "CAST(julianday(\(second)) - julianday(\(first)) AS INTEGER)"
    }

    /// Whether a link with a period was open on the day that is looked at: not after it began, and before it ended.
    func isOpen(_ alias: String) -> SQLFragment {
        let (since, until) = (SQLFragment.column("since", of: alias), SQLFragment.column("until", of: alias))
        return "(\(since) IS NULL OR \(since) <= \(day)) AND (\(until) IS NULL OR \(until) > \(day))"
    }

    /// Whether a value is that of a parameter, where the parameter was given.
    func matches(_ parameter: String, _ column: SQLFragment) -> SQLFragment {
        self[parameter].isNull ? "1" : "\(column) = \(bound(parameter))"
    }
}

/// Figures of rows in SQL.
enum ReportFigure {
    /// A part over a whole, null where there is no whole.
    static func rate(_ part: SQLFragment, of whole: SQLFragment) -> SQLFragment {
        SQLFunctions.scale(part, .bind(.integer(1_000_000)), whole)
    }

    /// The middle one of the values of a fact, or the mean of the two in the middle.
    static func median(_ fact: String) -> SQLFragment { Ranking(fact).median(of: .name(fact)) }

    /// The least value of a fact that a part of the values, in per cent, does not exceed.
    static func percentile(_ part: Int64, of fact: String) -> SQLFragment {
        Ranking(fact).percentile(part, of: .name(fact))
    }
}
