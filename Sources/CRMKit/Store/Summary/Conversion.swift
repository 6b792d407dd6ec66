import Localization

/// How a summary brings amounts to one currency: each by the rate of its own day, rounded to its minor unit, before
/// anything is computed of it.
struct Conversion {
    /// The rates, to the currency that is asked for.
    let rates: RateTable
    /// The field of the records that are summed up whose day counts; `nil` for what their module says.
    var datedBy: Field?

    /// The ISO 4217 code of every amount.
    var code: SQLFragment { .bind(.text(rates.target.code)) }
}

extension TermCompiler {
    /// An amount of a record in the one currency.
    ///
    /// - Parameter scope: the record, or the row of a part of it.
    func converted(_ amount: Term, in scope: Scope, by conversion: Conversion) -> Term {
        let code = amount.code ?? "NULL"
        let day = day(of: scope, conversion)
        let sql = SQLFunctions.converted(amount.sql, from: code, on: day, by: conversion.rates)
        var term = amount.with(sql, .money)
        (term.currency, term.code) = (nil, conversion.code)
        return term
    }

    /// The day whose rates the amounts of a record have: its own where it has one, else today.
    private func day(of scope: Scope, _ conversion: Conversion) -> SQLFragment {
        let today = SQLFragment.bind(.text(context.clock.today))
        let alias = scope.ownerAlias ?? scope.alias
        let asked = alias == root.alias ? conversion.datedBy : nil
        guard let field = asked ?? scope.module.datedBy.flatMap(scope.module.field) else { return today }
        let column = Scope.Source(field: field, alias: alias).column
        let day = field.type.form == .moment ? SQLFunctions.localDay(column, in: context.clock.zone) : column
        return "coalesce(\(day), \(today))"
    }
}

extension SummaryQuery {
    /// Reads the rates that a conversion needs.
    ///
    /// - Throws: ``CRMError`` `usage` for a day that the records do not have.
    func conversion(_ rates: [ExchangeRate]) throws(CRMError) -> Conversion? {
        guard let currency else {
            guard rateDate == nil else {
                throw CRMError(
                    .usage,
                    Text(
                        en: "--rate-date says of which day rates are, and there are none without --in",
                        es: "--rate-date dice de qué día son los tipos de cambio, y sin --in no los hay"
                    )
                )
            }
            return nil
        }
        let table = RateTable(rates, to: currency, own: context.currency)
        guard let rateDate else { return Conversion(rates: table) }
        let dates = module.dateFields
        guard let field = module.field(rateDate), dates.contains(where: { $0.key == field.key }) else {
            let list = dates.map(\.key).joined(separator: ", ")
            throw CRMError(
                .usage,
                Text(
                    en: "\(module.several.en) have no date '\(rateDate)'",
                    es: "\(module.spanish.theSeveral) no tienen la fecha '\(rateDate)'"
                ),
                hint: Text(en: "their dates: \(list)", es: "sus fechas: \(list)"),
                module: module.name
            )
        }
        return Conversion(rates: table, datedBy: field)
    }
}
