/// A table whose rows the change log speaks of.
struct LoggedTable {
    /// What its rows are.
    enum Subject {
        case records(Module)
        case links(Relation)
        /// What the cards of records hold beside the fields. No history shows it; an undo brings it back.
        case cards(CardTable)
        /// The settings, kept in the log as the one row 0 whose columns are the settings' keys.
        case settings
    }

    let subject: Subject
    let name: String
    /// The fields that have columns, `id` first where there is one.
    let fields: [Field]

    init(_ module: Module) {
        subject = .records(module)
        name = module.table
        fields = module.storedFields
    }

    init(_ relation: Relation) {
        subject = .links(relation)
        name = relation.table
        fields = relation.fields
    }

    init(_ cards: CardTable) {
        subject = .cards(cards)
        name = cards.table
        fields = cards.fields
    }

    private init(settings fields: [Field]) {
        subject = .settings
        name = Settings.table
        self.fields = fields
    }

    /// The table of the settings.
    static let settings = LoggedTable(settings: Settings.Key.allCases.map(\.field))

    /// Every table of records, links and cards.
    static func all(in registry: Registry) -> [LoggedTable] {
        registry.modules.flatMap { module in
            [LoggedTable(module)] + (Relation(module, center: registry.center).map { [LoggedTable($0)] } ?? [])
                + (CardTable(module).map { [LoggedTable($0)] } ?? [])
        }
    }

    /// Every table the log speaks of, by the name it uses.
    static func byName(in registry: Registry) -> [String: LoggedTable] {
        Dictionary(uniqueKeysWithValues: (all(in: registry) + [settings]).map { ($0.name, $0) })
    }

    /// The columns that history keeps: all but the comparable forms, which follow from the others.
    var columns: [String] { fields.flatMap(\.columns) }

    /// The module whose records these are.
    var module: Module? {
        if case .records(let module) = subject { module } else { nil }
    }

    /// The relation whose links these are.
    var relation: Relation? {
        if case .links(let relation) = subject { relation } else { nil }
    }

    /// Whether a column follows from the others of its row, so that its changes are none of their own.
    func isDerived(_ column: String) -> Bool {
        if column == "updated_at" { return true }
        guard let module, case .composed = module.display else { return false }
        return column == module.displayKey
    }
}
