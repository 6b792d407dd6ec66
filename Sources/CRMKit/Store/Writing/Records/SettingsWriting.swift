import Localization
import SQLite

extension Store {
    /// Configures the database, as a change set of its own that can be undone.
    ///
    /// Another country changes what phone numbers without country code are compared by; all of them are brought up to
    /// date in the same transaction.
    ///
    /// - Parameter text: in any case; `nil` or empty forgets the setting.
    /// - Returns: whether anything changed.
    /// - Throws: ``CRMError`` `invalid` for what it cannot be.
    public func set(_ key: Settings.Key, to text: String?, _ request: WriteRequest) throws(CRMError) -> Bool {
        try translating {
            try write(request) { transaction in
                let value: Value
                do throws(ValueError) {
                    value = try key.parse(text ?? "", in: transaction.values, registry)
                } catch {
                    let problem = CRMError.Problem(field: key.name, value: text, reason: error.reason)
                    throw CRMError(
                        .invalid,
                        Text(
                            en: "cannot set \(key.name)",
                            es: "no se puede definir \(key.name)"
                        ),
                        problems: [problem]
                    )
                }
                return try transaction.store(key, as: value.text)
            }
        }
    }
}

extension Transaction {
    /// Stores a setting, and updates the values that depend on it.
    ///
    /// - Parameter text: the value as it is stored; `nil` removes the setting.
    /// - Returns: whether anything changed.
    @discardableResult
    func store(_ key: Settings.Key, as text: String?) throws -> Bool {
        let former = try store.settings().stored[key]
        guard former != text else { return false }
        try log.keep(key, former.map(Value.text) ?? .null)
        let table = Settings.table.quotedIdentifier
        if let text {
            try store.statement(
                """
                INSERT INTO \(table) ("key", "value") VALUES (?, ?) \
                ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value"
                """
            ).run([.text(key.name), .text(text)])
        } else {
            try store.statement("DELETE FROM \(table) WHERE \"key\" = ?").run([.text(key.name)])
        }
        store.forgetSettings()
        try renewValues()
        if key == .country { try store.renewPhoneKeys(country: text) }
        return true
    }
}
