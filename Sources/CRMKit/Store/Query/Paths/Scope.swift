/// The SQL meaning of names at one place in a query: the fields of a record and, if it was reached over a link, those
/// of the link.
struct Scope: Sendable {
    /// A link's columns within the query.
    struct Link: Sendable {
        /// The columns as fields: the two ends and the attributes.
        let fields: [Field]
        /// The alias of the links' rows.
        let alias: String
    }

    /// A field, and the SQL of its value.
    struct Source: Sendable {
        /// The field.
        let field: Field
        /// The SQL alias of the rows with the field.
        let alias: String
        /// The column with the value, or with its first part.
        let column: SQLFragment
        /// The column for equality and order.
        let compared: SQLFragment
        /// The currency of an amount.
        var currency: SQLFragment
        /// Whether it is a figure of many values, which people read rounded.
        var isRounded = false

        init(field: Field, alias: String) {
            self.init(
                field: field,
                alias: alias,
                column: .column(field.columns.first ?? field.key, of: alias),
                compared: .column(field.comparedColumn, of: alias)
            )
        }

        init(field: Field, alias: String, column: SQLFragment, compared: SQLFragment) {
            self.field = field
            self.alias = alias
            self.column = column
            self.compared = compared
            currency = .column("currency", of: alias)
        }

        /// The columns of a reference to any module: the name of the module, and the id.
        var parts: (module: SQLFragment, id: SQLFragment) {
            (.column("\(field.key)_module", of: alias), .column("\(field.key)_id", of: alias))
        }

        /// The zone of a moment that stands for a whole day: empty for the user's zone, null when the time of day
        /// counts; `nil` if it always does.
        var dayZone: SQLFragment? { field.dayZone(in: alias) }

        /// A reference to any module in its written form, `case:3`.
        var reference: SQLFragment { "\(parts.module) || ':' || \(parts.id)" }
    }

    /// The record's module.
    let module: Module
    /// The part whose rows are in scope; `nil` for records.
    var part: Part?
    /// The SQL alias of the scope's rows.
    let alias: String
    /// The link over which the record was reached.
    let link: Link?
    /// The alias of the record to which a row of a part belongs, if the row itself has no currency.
    var ownerAlias: String?
    /// The depth of nesting of the SQL here.
    var depth = 0

    /// The record's id.
    var id: SQLFragment { .column("id", of: alias) }

    /// The place at which paths begin.
    var place: Place { Place(module, part: part, link: link?.fields ?? []) }

    /// Returns the source of an attribute of the record or of its link.
    func source(of attribute: Attribute, in registry: Registry) -> Source {
        switch attribute {
        case .field(let field):
            Source(field: field, alias: alias).counted(in: ownerAlias)
        case .link(let field): Source(field: field, alias: link?.alias ?? alias)
        case .referred(let field, let part): Source(field: field, alias: alias).referred(part, in: registry)
        }
    }
}

extension Scope.Source {
    /// Returns the source with the currency of an amount taken from other rows.
    fileprivate func counted(in alias: String?) -> Scope.Source {
        var source = self
        if let alias { source.currency = .column("currency", of: alias) }
        return source
    }

    /// Returns the source for the module, id or name of the record that a reference to any module refers to.
    func referred(_ part: Attribute.Referred, in registry: Registry) -> Scope.Source {
        let field = Attribute.referred(field, part).field
        let columns: (held: SQLFragment, compared: SQLFragment) =
            switch part {
            case .module: (parts.module, parts.module)
            case .id: (parts.id, parts.id)
            case .name: (name(\.displayKey, in: registry), name(\.comparedDisplayColumn, in: registry))
            }
        return Scope.Source(field: field, alias: alias, column: columns.held, compared: columns.compared)
    }

    /// Returns the expression for the name of the record that a module and an id refer to.
    ///
    /// - Parameter column: returns the column of a module with the name.
    private func name(_ column: (Module) -> String, in registry: Registry) -> SQLFragment {
        let record = "\(alias)a"
        let cases = registry.modules.map { module in
            """
            WHEN \(bind: .text(module.name.rawValue)) THEN (SELECT \(column: column(module), of: record) \
            FROM \(module.rows) AS \(name: record) WHERE \(column: "id", of: record) = \(parts.id))
            """ as SQLFragment
        }
        return "CASE \(parts.module) \(cases.joined(" ")) END"
    }
}

extension Module {
    /// The column with the display name, as it is compared.
    fileprivate var comparedDisplayColumn: String { field(displayKey)?.comparedColumn ?? displayKey }
}

extension Field {
    /// Returns the zone of the field's moment that stands for a whole day, as ``Scope/Source/dayZone``.
    func dayZone(in alias: String) -> SQLFragment? {
        wholeDayKey.map { key in
            let zone = dayZoneKey.map { SQLFragment.column($0, of: alias) } ?? "NULL"
            return "CASE WHEN \(column: key, of: alias) <> 0 THEN coalesce(\(zone), '') END"
        }
    }
}
