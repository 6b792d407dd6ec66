/// Rows that the change log speaks of: those of a table, or the settings.
enum LoggedRows {
    case table(Table)
    /// The settings, kept in the log as the one row 0 whose columns are the settings' keys.
    case settings([Field])

    /// Everything the log of a file speaks of, by the name it uses.
    static func byName(in store: Store) -> [String: LoggedRows] {
        let settings = Settings.Key.all(in: store.registry).map { $0.field(in: store.registry) }
        var rows: [String: LoggedRows] = [Settings.table: .settings(settings)]
        for table in store.tables { rows[table.name] = .table(table) }
        return rows
    }

    /// The name by which the log calls them.
    var name: String {
        switch self {
        case .table(let table): table.name
        case .settings: Settings.table
        }
    }

    /// The fields of a row, `id` first where there is one.
    var fields: [Field] {
        switch self {
        case .table(let table): table.fields
        case .settings(let fields): fields
        }
    }

    /// The table, where there is one.
    var table: Table? { if case .table(let table) = self { table } else { nil } }

    /// The columns that history keeps: all but the comparable forms, which follow from the others.
    var columns: [String] { fields.flatMap(\.columns) }

    /// Whether a column is derived from others of its row, so that its changes do not count.
    func isDerived(_ column: String) -> Bool { table?.isDerived(column) ?? false }
}
