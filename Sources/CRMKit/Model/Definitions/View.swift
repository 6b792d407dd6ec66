import Localization

/// A saved list, kept in the database file: which records of a module to show, in which order, with which columns.
public struct View: Sendable, Equatable {
    /// The module.
    public let module: ModuleName
    /// The view's name as written. Names that differ only in case or accents are the same name.
    public let name: String
    /// The filters, all of which a record must match.
    public let filters: [String]
    /// Sort keys, `-` before those that descend; none for the usual order.
    public let sort: [String]
    /// Columns; none for the usual ones.
    public let columns: [String]

    /// Describes a view.
    public init(of module: ModuleName, name: String, filters: [String], sort: [String], columns: [String]) {
        self.module = module
        self.name = name
        self.filters = filters
        self.sort = sort
        self.columns = columns
    }
}

extension ModuleName {
    /// The lists that a file keeps.
    public static let savedView: ModuleName = "saved_view"
}

extension Module {
    /// Views are kept as records, as what a file adds to the definitions is, but add nothing to the tables.
    static let savedView = Declaration(
        name: .savedView,
        en: "View",
        es: "Vista",
        plural: (en: "Views", es: "Vistas"),
        gender: .feminine,
        display: .composed(["module_name", "title"], separator: ".", words: nil, en: "Name", es: "Nombre"),
        fields: [
            .code("module_name", en: "Module", es: "Módulo", .required),
            .text("title", en: "Title", es: "Título", .required),
            .longText("filter", en: "Filter", es: "Filtro", .filter),
            .code("sort_keys", en: "Order", es: "Orden"),
            .code("column_paths", en: "Columns", es: "Columnas"),
        ],
        contacts: .referred,
        rules: [
            // A view is told from others by its module and its name, however that is spelled.
            Rule(
                watching: ["module_name", "title"],
                before: { draft, _ in
                    draft.composeDisplayName()
                    draft["external_id"] = draft["name"].text.map { .text(Fold.fold($0)) } ?? .null
                }
            )
        ]
    ).bareModule
}

extension View {
    /// Reads a record of the views.
    ///
    /// - Returns: `nil` for one that only a foreign program can have written.
    init?(_ record: Record) {
        guard let module = record["module_name"].text, let title = record["title"].text else { return nil }
        self.init(
            of: ModuleName(rawValue: module),
            name: title,
            filters: record["filter"].text.map { [$0] } ?? [],
            sort: Self.elements(of: record["sort_keys"]),
            columns: Self.elements(of: record["column_paths"])
        )
    }

    private static func elements(of value: Value) -> [String] {
        (value.text ?? "").split(separator: ",").map { String($0).trimmed }
    }

    /// The text that identifies the view: the module and the name, case and accents folded.
    var identity: String { Fold.fold("\(module.rawValue).\(name)") }

    /// The filters as one.
    var filter: String {
        filters.count > 1 ? filters.map { "(\($0))" }.joined(separator: " and ") : filters.first ?? ""
    }
}
