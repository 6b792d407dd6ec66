import Localization
import SQLite

/// What is configured for a whole database, and so for everybody who uses it.
public struct Settings: Sendable {
    /// The names of the settings.
    public enum Key: String, Sendable, CaseIterable {
        /// The ISO 4217 code of records that name no currency.
        case currency
        /// The ISO 3166-1 alpha-2 code of the country whose phone numbers need no country code.
        case country
    }

    /// The currency of records that name none.
    public let currency: String
    /// The country of phone numbers without country code; `nil` compares them by their digits alone.
    public let country: String?

    /// The currency of a database in which none was configured.
    public static let defaultCurrency = "USD"

    init(reading database: Database) throws(SQLiteError) {
        let rows = try database.all("SELECT \"key\", \"value\" FROM \"setting\"")
        var values: [String: String] = [:]
        for row in rows { values[row[0].text ?? ""] = row[1].text }
        currency = values[Key.currency.rawValue] ?? Self.defaultCurrency
        country = values[Key.country.rawValue]
    }

    /// The value of a setting as text, `nil` where it is not set.
    public subscript(key: Key) -> String? {
        switch key {
        case .currency: currency
        case .country: country
        }
    }
}
