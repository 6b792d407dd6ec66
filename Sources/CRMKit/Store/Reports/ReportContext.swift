import SQLite

/// The input for a report's query: the request, and SQL fragments that many reports use.
///
/// In queries, the filtered records have the alias `t`.
struct ReportContext {
    /// The column with the currency of a row's amounts.
    static let currencyColumn = "currency"
    /// The alias of the filtered records.
    static let alias = "t"

    let registry: Registry
    let context: ValueContext
    /// The condition that records must pass.
    let condition: SQLFragment
    /// The values of the parameters, including defaults.
    let parameters: [String: Value]
    /// The database, for reports that need more than one query.
    let database: Database

    /// How amounts are converted to one currency; `nil` to keep them apart by currency.
    let conversion: Conversion?
    /// The date field of the report's records whose rates apply; `nil` for today.
    let dated: Field?

    /// The value of a parameter; null if none was given.
    subscript(parameter: String) -> Value { parameters[parameter] ?? .null }

    /// Returns the value of a parameter as a bound value.
    func bound(_ parameter: String) -> SQLFragment { .bind(self[parameter]) }

    /// The present day.
    var today: SQLFragment { .bind(.text(context.clock.today)) }
    /// The present moment.
    var now: SQLFragment { .bind(.text(context.clock.now)) }

    /// The day of the report: that of its parameter, otherwise today.
    var day: SQLFragment { self[Report.Parameter.on].isNull ? today : bound(Report.Parameter.on) }

    /// Returns the currency of the amounts of a record.
    func currency(of alias: String = ReportContext.alias) -> SQLFragment {
        conversion?.code ?? .column(Self.currencyColumn, of: alias)
    }

    /// Returns an amount of a record, converted if there is a conversion.
    func amount(_ amount: SQLFragment, of alias: String = ReportContext.alias, on date: Field? = nil) -> SQLFragment {
        guard let conversion else { return amount }
        let code = SQLFragment.column(Self.currencyColumn, of: alias)
        let day = conversion.rateDay(of: alias, from: Self.alias, otherwise: date ?? dated, context.clock)
        return SQLFunctions.converted(amount, from: code, on: day, by: conversion.rates)
    }

    /// Returns the local day of a moment.
    func day(of moment: SQLFragment) -> SQLFragment { SQLFunctions.localDay(moment, in: context.clock.zone) }

    /// Returns the day as many days before another one as ``Report/Parameter/days`` says; the calendar's first day if
    /// there is none.
    func daysBefore(_ day: SQLFragment) -> SQLFragment {
        "coalesce(date(\(day), -\(bound(Report.Parameter.days)) || ' days'), '0001-01-01')"
    }

    /// Returns the day as many days after another one as ``Report/Parameter/days`` says; the calendar's last day if
    /// there is none.
    func daysAfter(_ day: SQLFragment) -> SQLFragment {
        "coalesce(date(\(day), \(bound(Report.Parameter.days)) || ' days'), '9999-12-31')"
    }

    /// Returns the number of days from one day to another.
    func days(from first: SQLFragment, to second: SQLFragment) -> SQLFragment {
        "CAST(julianday(\(second)) - julianday(\(first)) AS INTEGER)"
    }

    /// Returns the condition that a link with a period is open on the day of the report: it began on that day or
    /// before, and ends after it.
    func isOpen(_ alias: String) -> SQLFragment {
        let (since, until) = (SQLFragment.column("since", of: alias), SQLFragment.column("until", of: alias))
        return "(\(since) IS NULL OR \(since) <= \(day)) AND (\(until) IS NULL OR \(until) > \(day))"
    }

    /// Returns the condition that a value equals a parameter; always true if the parameter was not given.
    func matches(_ parameter: String, _ column: SQLFragment) -> SQLFragment {
        self[parameter].isNull ? "1" : "\(column) = \(bound(parameter))"
    }
}

/// Figures over rows in SQL.
enum ReportFigure {
    /// Returns the fraction of a part in a whole; null if the whole is zero.
    static func rate(_ part: SQLFragment, of whole: SQLFragment) -> SQLFragment {
        SQLFunctions.scale(part, .bind(.integer(1_000_000)), whole)
    }

    /// Returns the median of the values of a fact: the middle one, or the mean of the two in the middle.
    static func median(_ fact: String) -> SQLFragment { Ranking(fact).median(of: .name(fact)) }

    /// Returns the least value of a fact that is not exceeded by a percentage of the values.
    static func percentile(_ part: Int64, of fact: String) -> SQLFragment {
        Ranking(fact).percentile(part, of: .name(fact))
    }
}
