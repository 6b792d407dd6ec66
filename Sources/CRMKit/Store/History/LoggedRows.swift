/// Rows that the change log records: those of a table, or the settings.
enum LoggedRows {
    case table(Table)
    /// The settings, recorded as a single row with the id 0 whose columns are the keys of the settings.
    case settings([Field])

    /// Returns all kinds of rows that the log of a file can record, by their names in the log.
    static func byName(in store: Store) -> [String: LoggedRows] {
        let settings = Settings.Key.all(in: store.registry).map { $0.field(in: store.registry) }
        var rows: [String: LoggedRows] = [Settings.table: .settings(settings)]
        for table in store.tables { rows[table.name] = .table(table) }
        return rows
    }

    /// The name in the log.
    var name: String {
        switch self {
        case .table(let table): table.name
        case .settings: Settings.table
        }
    }

    /// The fields of a row; `id` is the first of a table's.
    var fields: [Field] {
        switch self {
        case .table(let table): table.fields
        case .settings(let fields): fields
        }
    }

    /// The table; `nil` for the settings.
    var table: Table? { if case .table(let table) = self { table } else { nil } }

    /// The columns that the history stores: all but the comparable forms, which follow from the others.
    var columns: [String] { fields.flatMap(\.columns) }

    /// Whether a column is derived from others of its row, so that its changes do not count.
    func isDerived(_ column: String) -> Bool { table?.isDerived(column) ?? false }
}
