import SQLite

/// The columns that a search of one module reads: the text columns of its records and of their parts.
struct SearchPlan {
    /// The way in which the text of a column is split into words.
    enum Form: Sendable, Equatable {
        case text
        case list(FieldType.ListElement)
        case phone
        case code
    }

    /// A column that holds text. It is a class, since a field is large to copy and every row is read by all cells.
    final class Cell: Sendable {
        let field: Field
        /// Whether it belongs to the name or keys of a record, where matches rank higher.
        let isName: Bool
        let form: Form
        /// The position of the column in a row.
        let column: Int
        /// The position of the choice that decides the form, and the choices for which the value is a telephone number.
        let phones: (column: Int, choices: Set<String>)?

        init(
            _ field: Field,
            isName: Bool,
            form: Form,
            column: Int,
            phones: (column: Int, choices: Set<String>)? = nil
        ) {
            (self.field, self.isName, self.form, self.column, self.phones) = (field, isName, form, column, phones)
        }
    }

    /// Rows whose columns are read: records, or rows of a part.
    struct Source: Sendable {
        let table: Table
        let cells: [Cell]
        /// The columns, the first being the record's id.
        let columns: [String]
        /// The key under which paths name the part; `nil` for records.
        let partKey: String?
        /// The field that names the stored contents whose texts are read; `nil` to read the table's own columns.
        var content: Field?

        /// The columns of the rows, for a SELECT clause.
        var list: SQLFragment { columns.map(SQLFragment.name).joined(", ") }

        /// Returns the statement for the rows of some records, in the order of these.
        func statement(where condition: SQLFragment) -> SQLFragment {
            let within: SQLFragment = partKey == nil ? SQLFragment() : ", \(name: Part.positionKey)"
            return "SELECT \(list) FROM \(rows) WHERE \(condition) ORDER BY \(name: columns[0])\(within)"
        }

        /// The rows to read, for a FROM clause.
        private var rows: SQLFragment {
            guard let content else { return .name(table.name) }
            return """
                (SELECT "t"."id" AS "id", "x"."text" AS "content" FROM \(name: table.name) AS "t" \
                JOIN "content" AS "c" ON "c"."sha256" = \(column: content.key, of: "t") \
                JOIN "content_text" AS "x" ON "x"."content" = "c"."id")
                """
        }

        /// The condition for the rows of records between two ids, both bound as parameters.
        var inRange: SQLFragment {
            let id = SQLFragment.name(columns[0])
            return "\(id) >= \(bind: .integer(0)) AND \(id) <= \(bind: .integer(0))"
        }
    }

    /// The module of the records, or of the records that the rows of a part belong to.
    let module: Module
    /// The rows that are found: records, or rows of a part that are found individually.
    let records: Source
    /// The visible parts with texts.
    let parts: [Source]
    /// The stored contents that records refer to.
    let contents: [Source]
    /// The column with the record of a row; `nil` if the documents are records.
    let owner: String?

    /// The identity of the plan: the name of the table whose rows are the documents.
    var name: String { records.table.name }

    /// Returns the plans of a module: for its records, and for each part whose rows are found individually.
    static func all(of module: Module) -> [SearchPlan] {
        [SearchPlan(module)] + module.gatheredParts.map { SearchPlan($0, of: module) }
    }

    private init(_ part: Part, of module: Module) {
        self.module = module
        let table = Table(part, of: module)
        records = Self.source(table, firstColumn: "id", partKey: part.key) { _ in false }
        parts = []
        contents = []
        owner = table.ownerColumn
    }

    private init(_ module: Module) {
        self.module = module
        owner = nil
        let keys = Set(module.referenceKeys.flatMap(\.fields))
        records = Self.source(Table(module), firstColumn: "id", partKey: nil) { field in
            if module.isShownByName(field) { return nil }
            return field.key == module.displayKey || keys.contains(field.key) || field.isKnownBy
        }
        parts = module.shownParts.map { part -> Source in
            let table = Table(part, of: module)
            let named = Set(module.referenceKeys.flatMap { key in key.parts.map { $0.part } })
            return Self.source(table, firstColumn: table.ownerColumn, partKey: part.key) { field in
                field.traits.contains(.key) && named.contains(part.name) || field.isKnownBy
            }
        }
        .filter { !$0.cells.isEmpty }
        let table = Table(module)
        contents = table.fields.filter { $0.traits.contains(.content) && $0.isShown(in: table) }
            .map { field in
                let text = Field.longText("content", en: "Content", es: "Contenido")
                let cell = Cell(text, isName: false, form: .text, column: 1)
                return Source(
                    table: table,
                    cells: [cell],
                    columns: ["id", text.key],
                    partKey: nil,
                    content: field
                )
            }
    }

    /// - Parameter isName: returns whether a field belongs to the name or keys of a record; `nil` for a field that is
    ///   not read.
    private static func source(
        _ table: Table,
        firstColumn: String,
        partKey: String?,
        isName: (Field) -> Bool?
    ) -> Source {
        var columns = [firstColumn]
        var cells: [Cell] = []
        for field in table.fields where field.isShown(in: table) {
            guard let form = field.searchForm, let isName = isName(field) else { continue }
            columns.append(field.key)
            let column = columns.count - 1
            var phones: (column: Int, choices: Set<String>)?
            if let variants = field.variants {
                columns.append(variants.key)
                phones = (column + 1, Set(variants.types.filter { $0.type == .phone }.map { $0.choice }))
            }
            cells.append(Cell(field, isName: isName, form: form, column: column, phones: phones))
        }
        return Source(table: table, cells: cells, columns: columns, partKey: partKey)
    }

    /// The sources, beginning with the records.
    var sources: [Source] { [records] + branches }
    /// The sources of which a record may have any number of rows.
    var branches: [Source] { parts + contents }

    /// Returns a text that identifies the words of records by this plan. It changes with the fields, the country of
    /// telephone numbers, and the rules of the program.
    func signature(country: String?) -> String {
        var text = "4 \(country ?? "-")"
        for source in sources {
            text += " \(source.table.name):"
            for (index, cell) in source.cells.enumerated() {
                if index > 0 { text += "," }
                text += cell.field.key
                if cell.isName { text += "!" }
            }
        }
        return text
    }
}

/// The plans of all modules, in their order, which a store keeps while its definitions stay the same.
private final class AllSearchPlans {
    let plans: [SearchPlan]

    init(_ registry: Registry) { plans = registry.names.flatMap { SearchPlan.all(of: registry[$0]) } }

    struct Request: Hashable {}
}

extension Store {
    /// The plans by which the texts of all modules are searched.
    var searchPlans: [SearchPlan] {
        reader(for: AllSearchPlans.Request()) { AllSearchPlans(registry) }.plans
    }
}

extension Field {
    /// Whether a value of the field identifies a record.
    fileprivate var isKnownBy: Bool {
        type.isCode || pattern != nil || !traits.isDisjoint(with: [.key, .unique])
    }

    /// The way in which the field's text is split into words; `nil` for a field without text.
    fileprivate var searchForm: SearchPlan.Form? {
        if traits.contains(.opaque) || !isStored { return nil }
        switch (type.form, type.matching) {
        case (.text, .folded), (.text, .email), (.text, .url): return .text
        case (.text, .phone): return .phone
        case (.text, .taxID): return .code
        case (.text, nil): return type.definition.isNormalized ? .code : nil
        case (.list(.text), _): return .list(.text)
        default: return nil
        }
    }

    /// Whether a field is shown in a table; fields removed from the database's definitions are not.
    fileprivate func isShown(in table: Table) -> Bool {
        if let part = table.part { return part.field(key) != nil }
        return !table.holdsRecords || table.module.field(key) != nil
    }
}

extension Module {
    /// Whether the display name of records contains the whole value of a field.
    fileprivate func isShownByName(_ field: Field) -> Bool {
        guard case .composed(let keys, _, let words, _, _) = display else { return false }
        return words == nil && keys.contains(field.key)
    }
}
