import Localization

/// A name that a path can go on with.
public struct PathName: Sendable {
    /// As it is written: `city`, `link.role`, `contacts`.
    public let text: String
    /// What people read for it.
    public let label: Text
    /// Whether a dot and another name have to follow.
    public let isIncomplete: Bool
}

extension PathResolver {
    /// The names of what can be asked of a record, in declared order, then those of what is linked or points here.
    func names(at place: Place) -> [PathName] {
        place.attributes.flatMap { name, attribute in
            [PathName(text: name, label: attribute.label, isIncomplete: false)] + parts(of: attribute)
        } + relations(at: place)
    }

    /// The names that lead to other records.
    func leads(from place: Place) -> [PathName] {
        place.module.fields.filter { $0.type.target != nil }.map {
            PathName(text: $0.key, label: $0.label, isIncomplete: false)
        } + relations(at: place)
    }

    private func relations(at place: Place) -> [PathName] {
        related(to: place.module).map { PathName(text: $0.linkedKey, label: $0.plural, isIncomplete: true) }
    }

    /// The modules whose records are linked with those of a module or point at them.
    func related(to module: Module) -> [Module] {
        registry.modules.filter { other in
            if case .found = Hop.find(from: module, to: other, in: registry) { true } else { false }
        }
    }

    private func parts(of attribute: Attribute) -> [PathName] {
        guard case .field(let field) = attribute, field.type == .anyReference else { return [] }
        return Attribute.Referred.allCases.map { part in
            PathName(
                text: "\(field.key).\(part.rawValue)",
                label: Attribute.referred(field, part).label,
                isIncomplete: false
            )
        }
    }
}

extension Registry {
    /// The names that a path can go on with after some others.
    ///
    /// - Parameters:
    ///   - names: what stands before, `["organization"]` after the dot of `organization.`.
    ///   - link: the link over which the records are reached from which the path leads; `nil` for none.
    /// - Returns: fields, then, for a path that has none yet, what is linked or points here; none where the names lead
    ///   nowhere.
    public func pathNames(after names: [String], from module: Module, link: LinkDefinition? = nil) -> [PathName] {
        let resolver = PathResolver(registry: self)
        let start = Place(module, link: link?.attributes ?? [])
        if names == [Place.linkPrefix] {
            return start.link.map { PathName(text: $0.key, label: $0.label, isIncomplete: false) }
        }
        if names.isEmpty { return resolver.names(at: start) }
        guard let place = resolver.lead(names, from: start)?.last?.place else { return [] }
        return resolver.names(at: place).filter { !$0.isIncomplete }
    }

    /// The nouns that can follow `has`: the modules whose records are linked with those of a module or point at them.
    public func relatedModules(of module: Module) -> [Module] {
        PathResolver(registry: self).related(to: module)
    }

    /// The choices of the field at the end of a path; none where there are none.
    public func choices(at path: Path, from module: Module) -> [Choice] {
        PathResolver(registry: self).find(path, from: Place(module))?.end.field.type.choices ?? []
    }
}
