/// The SQL meaning of names at one place of a query: the fields of a record and, when it was reached over a link, those
/// of the link.
struct Scope: Sendable {
    /// A link's columns within the query.
    struct Link: Sendable {
        /// The columns as fields: the two ends, the attributes.
        let fields: [Field]
        /// The alias of the links' rows.
        let alias: String
    }

    /// A field and where its value is found.
    struct Source: Sendable {
        /// The field.
        let field: Field
        /// The SQL alias of the rows with the field.
        let alias: String
        /// The column with the value, or with its first part.
        let column: SQLFragment
        /// The column for equality and order.
        let compared: SQLFragment
        /// The currency in which an amount is counted.
        var currency: SQLFragment

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

        /// The columns of a reference to any module: the name of that, and the id.
        var parts: (module: SQLFragment, id: SQLFragment) {
            (.column("\(field.key)_module", of: alias), .column("\(field.key)_id", of: alias))
        }

        /// The zone whose day a moment stands for, empty for that of the user, null where the time of day counts; `nil`
        /// where it always does.
        var dayZone: SQLFragment? { field.dayZone(in: alias) }

        /// A reference to any module as it is written, `case:3`.
        var reference: SQLFragment { "\(parts.module) || ':' || \(parts.id)" }
    }

    /// The record's module.
    let module: Module
    /// The part of it of which a row is meant, and not the record.
    var part: Part?
    /// The SQL alias of the scope's rows.
    let alias: String
    /// The link it was reached over.
    let link: Link?
    /// The alias of the record that a row of a part belongs to, where the row itself does not say its currency.
    var ownerAlias: String?
    /// The depth of nesting of the SQL here.
    var depth = 0

    /// The record's id.
    var id: SQLFragment { .column("id", of: alias) }

    /// From where paths lead on.
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
    /// The column by which records are ordered by what they are called.
    fileprivate var comparedDisplayColumn: String { field(displayKey)?.comparedColumn ?? displayKey }
}

extension Field {
    /// The zone whose day the field's moment stands for in a row of a table, as ``Scope/Source/dayZone`` has it.
    func dayZone(in alias: String) -> SQLFragment? {
        wholeDayKey.map { key in
            let zone = dayZoneKey.map { SQLFragment.column($0, of: alias) } ?? "NULL"
            return "CASE WHEN \(column: key, of: alias) <> 0 THEN coalesce(\(zone), '') END"
        }
    }
}
