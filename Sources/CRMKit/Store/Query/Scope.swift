/// What names mean at one place of a query: the fields of a record and, where it was reached over a link, those of the
/// link.
struct Scope: Sendable {
    /// A link's columns within the query.
    struct Link: Sendable {
        /// The columns as fields: the two ends, the attributes.
        let fields: [Field]
        /// The alias of the links' rows.
        let alias: String
    }

    /// A field and the alias of the rows that have it.
    struct Source: Sendable {
        /// The field.
        let field: Field
        /// The alias.
        let alias: String

        /// The column that holds the value, or its first one.
        var column: SQLFragment { .column(field.columns.first ?? field.key, of: alias) }
        /// The column that equality and order use.
        var compared: SQLFragment { .column(field.comparedColumn, of: alias) }
    }

    /// What the record is.
    let module: Module
    /// The alias of its rows.
    let alias: String
    /// The link it was reached over.
    let link: Link?
    /// How deep the SQL is nested here.
    var depth = 0

    /// The word before a link's fields.
    static let linkPrefix = "link"

    /// The record's id.
    var id: SQLFragment { .column("id", of: alias) }

    /// The record's field with a key, or else the link's.
    func field(_ key: String) -> Source? {
        if let field = module.field(key) { return Source(field: field, alias: alias) }
        return linkField(key)
    }

    /// The link's field with a key.
    func linkField(_ key: String) -> Source? {
        let key = ModuleName(rawValue: key).rawValue
        guard let link, let field = link.fields.first(where: { $0.key == key }) else { return nil }
        return Source(field: field, alias: link.alias)
    }

    /// The fields' keys, as they can be written here.
    var keys: [String] {
        module.fields.map(\.key) + (link?.fields.map { "\(Self.linkPrefix).\($0.key)" } ?? [])
    }
}
