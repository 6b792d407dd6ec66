/// The kind of rows that a definition in the database file applies to: the records of a module, its links with
/// contacts, or the rows of one of its parts.
///
/// It is written the way paths name these rows: `case`, `project.link`, `quote.line`.
public struct DefinedRows: Sendable, Hashable {
    /// The module of the records, or of those that the rows belong or lead to.
    public let module: ModuleName
    /// ``link``, or the name of a part of the module; `nil` for the module's records.
    public let within: String?

    /// The word for links.
    static let link = "link"

    /// Names the records of a module, or its links or one of its parts.
    public init(_ module: ModuleName, within: String? = nil) {
        self.module = module
        self.within = within
    }

    /// Reads a name as written, with hyphens or underscores. ``Registry/rows(meantBy:)`` tells whether such rows exist.
    public init(name: String) {
        let (module, within) = name.splitOnce(at: UInt8(ascii: "."))
        self.init(ModuleName(rawValue: module), within: within.map { ModuleName(rawValue: $0).rawValue })
    }

    /// As definitions keep it.
    public var key: String { module.rawValue + (within.map { ".\($0)" } ?? "") }
    /// As commands write it.
    public var noun: String { module.noun + (within.map { ".\(ModuleName(rawValue: $0).noun)" } ?? "") }
}

extension String {
    /// Splits the string at the first separator, an ASCII character; the second part is `nil` when there is no separator.
    fileprivate func splitOnce(at separator: UInt8) -> (before: String, after: String?) {
        guard let index = utf8.firstIndex(of: separator) else { return (self, nil) }
        return (String(self[..<index]), String(self[utf8.index(after: index)...]))
    }
}

extension Registry {
    /// Returns the rows that a name means. Links may be named by the word for links or by the word for contacts, from
    /// either side; parts in the singular or the plural.
    ///
    /// - Returns: `nil` if there are no such rows, or if only the program writes them.
    func rows(meantBy rows: DefinedRows) -> DefinedRows? {
        guard names.contains(rows.module) else { return nil }
        guard let within = rows.within else { return rows }
        let module = self[rows.module]
        if let part = module.givenParts.first(where: { $0.name == within || $0.key == within }) {
            return DefinedRows(module.name, within: part.name)
        }
        let suffix = ".\(DefinedRows.link)"
        let other = within.hasSuffix(suffix) ? String(within.dropLast(suffix.count)) : within
        if module.contacts.link != nil {
            let isLink = [DefinedRows.link, center.rawValue, self[center].linkedKey].contains(other)
            return isLink ? DefinedRows(module.name, within: DefinedRows.link) : nil
        }
        guard module.name == center else { return nil }
        let linked = module.linkedModules(in: self).first { $0.rawValue == other || self[$0].linkedKey == other }
        return linked.map { DefinedRows($0, within: DefinedRows.link) }
    }

    /// Returns the table of the rows.
    ///
    /// - Returns: `nil` if there are no such rows.
    func table(of rows: DefinedRows) -> Table? {
        guard names.contains(rows.module) else { return nil }
        let module = self[rows.module]
        guard let within = rows.within else { return Table(module) }
        if within == DefinedRows.link { return Relation(module, center: center).map { Table($0, of: module) } }
        return module.givenParts.first { $0.name == within }.map { Table($0, of: module) }
    }

    /// The field of rows with a key, hidden ones too.
    func field(_ key: String, of rows: DefinedRows) -> Field? {
        table(of: rows)?.fields.first { $0.key == key }
    }
}

extension Table {
    /// As definitions name its rows.
    var definedRows: DefinedRows {
        switch kind {
        case .records: DefinedRows(module.name)
        case .links: DefinedRows(module.name, within: DefinedRows.link)
        case .part(let part): DefinedRows(module.name, within: part.name)
        }
    }

    /// The fields of a row that people see, except the references to its record and contact.
    var seenFields: [Field] {
        switch kind {
        case .records: module.fields
        case .links(let relation): relation.link.attributes
        case .part(let part): part.fields
        }
    }

    /// Returns the path of a field from the module: `region`, `line.color`.
    func path(to field: String) -> String { definedRows.within.map { "\($0).\(field)" } ?? field }
}
