import SQLite

extension Database {
    /// Returns the exchange rates of the file, grouped by pair of currencies, the newest first.
    func exchangeRates() throws(SQLiteError) -> [ExchangeRate] {
        let module = Module.exchangeRate
        let columns = module.fields.map(\.key.quotedIdentifier).joined(separator: ", ")
        let rows = try prepare(
            """
            SELECT \(columns) FROM \(module.table.quotedIdentifier) ORDER BY "currency", "target", "date" DESC
            """
        )
        var rates: [ExchangeRate] = []
        while try rows.step() {
            let values = module.fields.indices.map { rows.value(at: $0) }
            if let rate = ExchangeRate(Record(module, values: values)) { rates.append(rate) }
        }
        return rates
    }
}
