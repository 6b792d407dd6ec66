extension ImportHeader {
    /// Returns the meaning of a path as in lists, if it can be set: `organization.name`, `assets.serial`,
    /// `asset.link.role`. The id of a reference may be written as `organization.id`.
    func path(_ header: String) -> ImportColumn? {
        var names = header.split(separator: ".").map(String.init)
        guard names.count > 1, let last = names.popLast() else { return nil }
        let resolver = PathResolver(registry: registry)
        names[0] = key(of: names[0])
        let isLinks = names.count > 1 && names.last.map(Self.folded) == Place.linkPrefix
        if isLinks { names.removeLast() }
        if names.count == 1, !isLinks, Self.folded(last) == Attribute.Referred.name.rawValue,
            case .field(let position)? = field(named: names[0]), module.fields[position].type == .anyReference
        {
            return .anyNamed(position)
        }
        let steps = resolver.lead(names, from: Place(module)) ?? []
        guard let step = steps.first, steps.count == 1 else { return nil }
        if isLinks { return attribute(called: last, of: step.place.link) }
        guard let prefix = Self.prefix(last, in: step.target) else { return nil }
        switch step {
        case .reference(.field(let field), _):
            guard case .field(let position)? = self.field(named: field.key) else { return nil }
            return .reference(position, prefix: prefix)
        case .anyReference(let field, let target):
            guard case .field(let position)? = self.field(named: field.key) else { return nil }
            return .anyReference(position, target.name, prefix: prefix)
        case .hop(let hop) where linkable.contains(hop.target.name):
            let isPlural = names[0] == hop.target.linkedKey
            return isPlural ? .linkedList(hop.target.name, prefix: prefix) : .linked(hop.target.name, prefix: prefix)
        case .reference, .hop: return nil
        }
    }

    /// Reads a column of rows: `points`, `point.email` for the values of one kind, or `points.kind` for their order.
    func rows(_ name: String) -> ImportColumn? {
        let folded = Self.folded(name)
        let halves = name.split(separator: ".", maxSplits: 1).map { Self.folded(String($0)) }
        for part in module.shownParts {
            if [part.key, part.plural.en, part.plural.es].contains(where: { Self.folded($0) == folded }) {
                return part.visibility == .derived ? .ignored : .rows(part.key, kind: nil)
            }
            guard halves.count == 2,
                [part.name, part.key, part.label.en, part.label.es, part.plural.en, part.plural.es].map(Self.folded)
                    .contains(halves[0])
            else { continue }
            let choice = part.kindField?.type.choices.first { $0.spellings.contains(halves[1]) }
            if let choice { return .rows(part.key, kind: choice.key) }
            if let kind = part.kindField, [kind.key, kind.label.en, kind.label.es].map(Self.folded).contains(halves[1])
            {
                return .order(part.key)
            }
            guard part.visibility == .shown, part.kindField == nil, let dot = name.firstIndex(of: ".") else { continue }
            let cell = PartHeader(part: part, registry: registry).cell(String(name[name.index(after: dot)...]))
            if let cell { return .cell(cell) }
        }
        return nil
    }

    /// Whether a name is that of a derived part.
    func isDerivedPart(_ name: String) -> Bool {
        let folded = Self.folded(name)
        return module.shownParts.contains { part in
            part.visibility == .derived && [part.key, part.plural.en, part.plural.es].map(Self.folded).contains(folded)
        }
    }

    /// The columns of references whose header is no key of this program but what people call it.
    func named(_ headings: [Heading], _ columns: [ImportColumn?]) -> Set<Int> {
        Set(
            columns.indices.filter { index in
                let key: String
                switch columns[index] {
                case .field(let position)? where module.fields[position].type.target != nil:
                    key = module.fields[position].key
                case .linked(let other, nil)?: key = other.rawValue
                case .cell(let cell)?:
                    guard case .field(let word, nil) = cell.meaning,
                        cell.part(of: module)?.field(word)?.type.target != nil
                    else { return false }
                    key = word
                default: return false
                }
                let name = headings[index].name
                return !isMapped(headings[index]) && name != key && !name.contains(".")
            }
        )
    }

    /// Reads a column of records to link with, or of an attribute of such links, unless it has another name that only
    /// means them too.
    func links(named name: String) -> ImportColumn? {
        guard let column = link(name) else { return nil }
        // What other programs call a field may also be a noun of this one: the e-mail addresses of a person, `Emails`.
        guard column.linkedModule != nil, !isKeyOfLinks(name),
            let other = foreign.target(of: Self.folded(name)).flatMap(self.column)
        else { return column }
        return other
    }

    func link(_ name: String) -> ImportColumn? {
        let key = key(of: name)
        let named = PathResolver(registry: registry).module(called: key)
        if let (target, isPlural) = named, linkable.contains(target.name) {
            return isPlural ? .linkedList(target.name, prefix: nil) : .linked(target.name, prefix: nil)
        }
        return attribute(name)
    }

    /// Returns the key in paths of a field or module that a header names by its key or its label in either language.
    private func key(of name: String) -> String {
        let folded = Self.folded(name)
        if let position = position(ofField: folded) { return module.fields[position].key }
        return links[folded] ?? name
    }

    /// Returns the meaning of `link.role`, or of `role` if the record has no such field.
    func attribute(_ name: String) -> ImportColumn? {
        let lead = "\(Place.linkPrefix)."
        let name = name.hasPrefix(lead) ? String(name.dropFirst(lead.utf8.count)) : name
        return attributes[Self.folded(name)].map { .attribute($0) }
    }

    private func attribute(called name: String, of fields: [Field]) -> ImportColumn? {
        let folded = Self.folded(name)
        let found = fields.first { field in
            [field.key, field.label.en, field.label.es].contains { Self.folded($0) == folded }
        }
        return found.map { .attribute($0.key) }
    }

    /// Returns the prefix of a REF for the key in a header; `nil` if it names none.
    static func prefix(_ name: String, in target: Module) -> String? {
        let folded = Self.key(of: Self.folded(name), in: target)
        if folded == "id" { return "id" }
        if folded == "ext" || folded == Self.folded("external_id") { return "ext" }
        if Self.folded(target.displayKey) == folded || folded == "name" { return "name" }
        return target.referenceKeys.first { Self.folded($0.prefix) == folded }?.prefix
    }

    /// Returns the folded key of the field with a label; any other text unchanged.
    private static func key(of folded: String, in target: Module) -> String {
        let field = target.fields.first { [$0.label.en, $0.label.es].contains { Self.folded($0) == folded } }
        return field.map { Self.folded($0.key) } ?? folded
    }

    /// The modules whose records a row can be linked with.
    var linkable: [ModuleName] { module.linkedModules(in: registry) }
}
