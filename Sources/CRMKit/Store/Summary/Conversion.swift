import Localization
import SQLite

/// The conversion of a summary's amounts to one currency. Each amount is converted by the rate of its own day and
/// rounded to the minor unit before anything is computed from it.
struct Conversion {
    /// The exchange rates, to the requested currency.
    let rates: RateTable
    /// The day whose rates apply; `nil` for the day that the module of a record declares.
    let day: Day?

    /// The day whose rates apply to amounts.
    enum Day {
        /// The date field of each summarized record.
        case field(Field)
        /// The same day for all, `YYYY-MM-DD`.
        case same(String)
    }

    /// The ISO 4217 code of every converted amount.
    var code: SQLFragment { .bind(.text(rates.target.code)) }

    /// Returns the day whose rates apply to the amounts of a record: the record's own day if it has one, else today.
    ///
    /// - Parameters:
    ///   - root: the alias of the summarized records.
    ///   - date: the date field that applies unless another was requested.
    func rateDay(of alias: String, from root: String, otherwise date: Field?, _ clock: Clock) -> SQLFragment {
        var date = date
        switch day {
        case .same(let day): return .bind(.text(day))
        case .field(let field) where alias == root: date = field
        case .field, nil: break
        }
        let today = SQLFragment.bind(.text(clock.today))
        guard let date else { return today }
        let column = SQLFragment.column(date.key, of: alias)
        let own = date.type.form == .moment ? SQLFunctions.localDay(column, in: clock.zone) : column
        return "coalesce(\(own), \(today))"
    }
}

extension TermCompiler {
    /// Returns an amount of a record converted to the currency.
    ///
    /// - Parameter scope: the scope of the record, or of the row of a part.
    func converted(_ amount: Term, in scope: Scope, by conversion: Conversion) -> Term {
        let code = amount.code ?? "NULL"
        let day = conversion.rateDay(
            of: scope.ownerAlias ?? scope.alias,
            from: root.alias,
            otherwise: scope.module.datedBy.flatMap { scope.module.field($0) },
            context.clock
        )
        let sql = SQLFunctions.converted(amount.sql, from: code, on: day, by: conversion.rates)
        var term = amount.with(sql, .money)
        (term.currency, term.code) = (nil, conversion.code)
        return term
    }
}

extension Conversion {
    /// Reads the exchange rates, and the day whose rates apply, for a summary or report.
    ///
    /// - Parameters:
    ///   - currency: the currency to convert all amounts to; `nil` to keep them apart by currency.
    ///   - day: a date field of the records, or a day; `nil` for the day that the module of each record declares.
    ///   - module: the module of the records; `nil` for a report about several modules.
    /// - Returns: `nil` when nothing is converted.
    /// - Throws: ``CRMError`` `usage` for a day without a currency, and for text that is neither a date field nor a
    ///   day; errors that SQLite reports.
    init?(
        to currency: Currency?,
        on day: String?,
        of module: Module?,
        _ context: ValueContext,
        in database: Database
    ) throws {
        guard let currency else {
            if day != nil { throw Self.nothingToConvert }
            return nil
        }
        self.day = try day.map { text throws(CRMError) in try Day(text, of: module, context) }
        rates = RateTable(try database.exchangeRates(), to: currency, own: context.currency)
    }

    private static var nothingToConvert: CRMError {
        CRMError(
            .usage,
            Text(
                en: "--rate-date says of which day rates are, and there are none without --in",
                es: "--rate-date dice de qué día son los tipos de cambio, y sin --in no los hay"
            )
        )
    }
}

extension Conversion.Day {
    fileprivate init(_ text: String, of module: Module?, _ context: ValueContext) throws(CRMError) {
        let dates = module?.dateFields ?? []
        if let field = module?.field(spelled: text), dates.contains(where: { $0.key == field.key }) {
            self = .field(field)
            return
        }
        if let day = try? FieldType.date.parse(text, in: context).text {
            self = .same(day)
            return
        }
        let list = dates.map(\.key).joined(separator: ", ")
        throw CRMError(
            .usage,
            module.map { module in
                Text(
                    en: "--rate-date '\(text)': no day, and \(module.several.en) have no such date",
                    es: "--rate-date '\(text)': no es un día, y \(module.spanish.theSeveral) no tienen esa fecha"
                )
            } ?? Text(en: "--rate-date '\(text)': no day", es: "--rate-date '\(text)': no es un día"),
            hint: dates.isEmpty
                ? Text(en: "write YYYY-MM-DD", es: "escribir AAAA-MM-DD")
                : Text(en: "write YYYY-MM-DD, or one of \(list)", es: "escribir AAAA-MM-DD, o una de \(list)"),
            module: module?.name
        )
    }
}
