import Localization

extension Module {
    /// The modules whose records are linked with this one's: of a contact every one that has links, of those the contact.
    public func linkedModules(in registry: Registry) -> [ModuleName] {
        guard name == registry.center else { return contacts.link == nil ? [] : [registry.center] }
        return registry.modules.filter { $0.contacts.link != nil }.map(\.name)
    }

    /// What a column of ids of this module's records is called, `sales_orders`: an import reads it as links.
    public var linkedKey: String {
        String(plural.en.lowercased().map { $0 == " " ? "_" : $0 })
    }
}

extension Selection {
    /// Adds the ids of the records of another module whose links with a record are open on a day.
    mutating func addLinked(_ other: Module, in scope: Scope, on day: String) {
        guard case .found(let hop) = Hop.find(from: scope.module, to: other.name.rawValue, in: registry) else { return }
        let pair = "k"
        let far = SQLFragment.column(hop.far, of: pair)
        var conditions: [SQLFragment] = ["\(column: hop.near, of: pair) = \(scope.id)"]
        if let open = hop.relation?.isOpen(alias: pair, on: day) { conditions.append(open) }
        let ids: SQLFragment = """
            SELECT DISTINCT \(far) AS \(name: "id") FROM \(hop.table) AS \(name: pair) \
            WHERE \(conditions.joined(" AND ")) ORDER BY 1
            """
        add(SQLFunctions.array(of: ids, column: "id"), key: other.linkedKey, label: other.plural, of: other)
    }

    private mutating func add(_ ids: SQLFragment, key: String, label: Text, of other: Module) {
        columns.append(
            OutputColumn(
                key: key,
                label: label,
                object: nil,
                kind: .linked(other.name),
                type: .list(.text),
                position: append(ids)
            )
        )
    }
}
