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

        /// What the setting holds and how people call it.
        public var field: Field {
            switch self {
            case .currency: Field(rawValue, .currency, en: "Currency", es: "Moneda")
            case .country: Field(rawValue, .country, en: "Country", es: "País")
            }
        }
    }

    /// The table, and the name by which the change log calls it.
    static let table = "setting"
    /// The currency of a database in which none was configured.
    public static let defaultCurrency = "USD"

    /// What was configured; settings left alone are not in it.
    public let stored: [Key: String]

    /// The currency of records that name none.
    public var currency: String { stored[.currency] ?? Self.defaultCurrency }
    /// The country of phone numbers without country code; `nil` compares them by their digits alone.
    public var country: String? { stored[.country] }

    init(reading database: Database) throws(SQLiteError) {
        let rows = try database.all("SELECT \"key\", \"value\" FROM \(Self.table.quotedIdentifier)")
        var stored: [Key: String] = [:]
        for row in rows {
            if let key = row[0].text.flatMap(Key.init) { stored[key] = row[1].text }
        }
        self.stored = stored
    }

    /// The value in force, as text; `nil` where nothing is configured and there is no default.
    public subscript(key: Key) -> String? {
        switch key {
        case .currency: currency
        case .country: country
        }
    }
}

extension Store {
    /// The settings as they are in the database.
    public func readSettings() throws(CRMError) -> Settings {
        try translating { try settings() }
    }
}
