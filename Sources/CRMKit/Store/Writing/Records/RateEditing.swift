import Localization
import SQLite

/// A request about an exchange rate, as people write it.
public struct RateRequest: Sendable {
    /// The currency whose value is given.
    public var currency: String
    /// The currency in which the rate is expressed; the file's own currency when it is `nil`.
    public var target: String?
    /// The first day; today where nothing is given.
    public var date: String?

    /// Names a rate.
    public init(_ currency: String, in target: String? = nil, on date: String? = nil) {
        self.currency = currency
        self.target = target
        self.date = date
    }
}

extension Store {
    /// Returns every exchange rate of the file, grouped by pair of currencies, the newest first.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func rates() throws(CRMError) -> [ExchangeRate] {
        try translating { try database.exchangeRates() }
    }

    /// Reads which rate a request means.
    ///
    /// - Parameter rate: the rate as people write it; not needed to find a stored one.
    /// - Throws: ``CRMError`` `invalid` naming everything that is malformed.
    fileprivate func read(
        _ request: RateRequest,
        rate: String?,
        in values: ValueContext
    ) throws(CRMError) -> ExchangeRate {
        var problems: [CRMError.Problem] = []
        func part<Result>(
            _ field: String,
            _ text: String,
            _ parse: (String) throws(ValueError) -> Result
        ) -> Result? {
            do throws(ValueError) {
                return try parse(text)
            } catch {
                var problem = CRMError.Problem(field: field, value: text, reason: error.reason)
                problem.reasonInTables = error.reasonInTables
                problems.append(problem)
                return nil
            }
        }
        let currency = part("currency", request.currency) { text throws(ValueError) in try Currency(parsing: text) }
        let target = part("in", request.target ?? values.currency) { text throws(ValueError) in
            try Currency(parsing: text)
        }
        let date = part("on", request.date ?? values.clock.today) { text throws(ValueError) in
            try CivilDate(parsing: text, today: values.clock.date, order: values.dateOrder).description
        }
        let number = part("rate", rate ?? "1") { text throws(ValueError) in
            if !values.isOfFiles { try WrittenNumber.refuseRound(text, places: Module.rateDigits) }
            return try ScaledDecimal(parsing: text, scale: Module.rateDigits)
        }
        if let currency, currency == target {
            problems.append(Self.itself(request, currency))
        }
        guard problems.isEmpty, let currency, let target, let date, let number else {
            throw CRMError(
                .invalid,
                Text(en: "this is no exchange rate", es: "esto no es un tipo de cambio"),
                problems: problems
            )
        }
        return ExchangeRate(of: currency, in: target, on: date, number)
    }
}

extension Store {
    /// Returns the problem of a rate of a currency in itself, at what the request says.
    private static func itself(_ request: RateRequest, _ currency: Currency) -> CRMError.Problem {
        let reason = Text(
            en: "a currency has no rate in itself",
            es: "una moneda no tiene tipo de cambio consigo misma"
        )
        guard request.target == nil else {
            return CRMError.Problem(field: "in", value: request.target, reason: reason)
        }
        return CRMError.Problem(
            field: "currency",
            value: request.currency,
            reason: Text(
                en: "\(reason.en), and \(currency.code) is the database's own: say in which other",
                es: "\(reason.es), y \(currency.code) es la de la base de datos: indicar en cuál otra"
            )
        )
    }
}

extension Transaction {
    /// Sets the rate of two currencies from a day on, replacing a rate that begins on the same day.
    ///
    /// - Parameters:
    ///   - rate: the number of units of the target currency for one unit of the other, as people write it.
    ///   - isOfFile: whether it is one of a file, which says how its days are written.
    /// - Returns: the rate, and whether it is new or changed.
    /// - Throws: ``CRMError`` `invalid` naming everything that is wrong.
    public func setRate(
        _ request: RateRequest,
        to rate: String,
        isOfFile: Bool = false
    ) throws -> (rate: ExchangeRate, isNew: Bool) {
        let own = try store.valueContext()
        let values = isOfFile ? own.ofFiles : own
        let rate = try store.read(request, rate: rate, in: values)
        let number = FieldInput("rate", .set(rate.rate.text()))
        if let id = try rateID(of: rate) { return (rate, try edit(.exchangeRate, id: id, [number])) }
        _ = try add(
            .exchangeRate,
            [
                FieldInput("currency", .set(rate.currency.code)), FieldInput("target", .set(rate.target.code)),
                FieldInput("date", .set(rate.date)), number,
            ]
        )
        return (rate, true)
    }

    /// Removes the rate that two currencies have from a day on.
    ///
    /// - Returns: the removed rate.
    /// - Throws: ``CRMError`` `invalid` for a request that names no rate, `notFound` when no rate begins on that very
    ///   day.
    public func removeRate(_ request: RateRequest) throws -> ExchangeRate {
        let asked = try store.read(request, rate: nil, in: store.valueContext())
        guard let id = try rateID(of: asked),
            let rate = try record(.exchangeRate, id: id).flatMap(ExchangeRate.init)
        else {
            throw CRMError(
                .notFound,
                Text(
                    en: "\(asked.currency.code) has no rate in \(asked.target.code) that begins on \(asked.date)",
                    es:
                        "\(asked.currency.code) no tiene un tipo de cambio a \(asked.target.code) que empiece el \(asked.date)"
                ),
                hint: Text(
                    en: "list them with: \(ProgramName.placeholder) rate list \(asked.currency.code)",
                    es: "listarlos con: \(ProgramName.placeholder) rate list \(asked.currency.code)"
                ),
                reference: asked.currency.code
            )
        }
        try delete(.exchangeRate, id: id, reach: .alone)
        return rate
    }

    private func rateID(of rate: ExchangeRate) throws -> Int64? {
        try store.database.scalar(
            "SELECT \"id\" FROM \(ModuleName.exchangeRate.rawValue.quotedIdentifier) WHERE \"external_id\" = ?",
            [.text(rate.name)]
        )?.integer
    }
}
