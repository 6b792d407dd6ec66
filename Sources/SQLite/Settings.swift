import CSQLite

extension Database {
    /// A switch of the connection (<https://sqlite.org/c3ref/c_dbconfig_defensive.html>).
    public enum Setting: Sendable, Hashable {
        /// Refuse SQL that can damage the file: a writable schema, writes to shadow tables. Off unless set.
        case defensive
        /// Believe the functions and virtual tables that the schema of the file calls. On unless set; off for foreign
        /// files.
        case trustedSchema
        /// Run triggers. On unless set.
        case triggers
        /// Read views. On unless set.
        case views
        /// Enforce foreign keys. Off unless set.
        case foreignKeys
        /// Take `"word"` for a string where no column has the name. On unless set; off, a mistyped name is an error.
        case doubleQuotedStrings
    }

    /// Turns a setting on or off, for this connection and not for the file.
    ///
    /// - Throws: `.error` when the library was built without the setting.
    public func set(_ setting: Setting, _ isEnabled: Bool) throws(SQLiteError) {
        for code in setting.codes {
            try check(csqlite_db_config_boolean(connection.handle, code, isEnabled ? 1 : 0))
        }
    }
}

extension Database.Setting {
    fileprivate var codes: [Int32] {
        switch self {
        case .defensive: [SQLITE_DBCONFIG_DEFENSIVE]
        case .trustedSchema: [SQLITE_DBCONFIG_TRUSTED_SCHEMA]
        case .triggers: [SQLITE_DBCONFIG_ENABLE_TRIGGER]
        case .views: [SQLITE_DBCONFIG_ENABLE_VIEW]
        case .foreignKeys: [SQLITE_DBCONFIG_ENABLE_FKEY]
        case .doubleQuotedStrings: [SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL]
        }
    }
}
