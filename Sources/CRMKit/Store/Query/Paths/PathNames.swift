import Localization

/// A name that can continue a path.
public struct PathName: Sendable {
    /// The name as written: `city`, `link.role`, `contacts`.
    public let text: String
    /// The label shown to the user.
    public let label: Text
    /// Whether a dot and another name have to follow.
    public let isIncomplete: Bool
}

extension PathResolver {
    /// Returns the names of the attributes of a record in declared order, then those of related modules and parts.
    func names(at place: Place) -> [PathName] {
        place.attributes.flatMap { name, attribute in
            [PathName(text: name, label: attribute.label, isIncomplete: false)] + parts(of: attribute)
        } + relations(at: place)
    }

    /// Returns the names that lead to other records.
    func leads(from place: Place) -> [PathName] {
        place.module.fields.filter { $0.type.target != nil }.map {
            PathName(text: $0.key, label: $0.label, isIncomplete: false)
        } + relations(at: place)
    }

    private func relations(at place: Place) -> [PathName] {
        if place.part != nil { return [] }
        return place.module.namedParts.map { PathName(text: $0.key, label: $0.plural, isIncomplete: true) }
            + registry.relatedModules(of: place.module).map {
                PathName(text: $0.linkedKey, label: $0.plural, isIncomplete: true)
            }
    }

    /// Returns the names that can follow a reference to any module.
    private func parts(of attribute: Attribute) -> [PathName] {
        guard case .field(let field) = attribute else { return [] }
        return referred(by: field).map {
            PathName(text: "\(field.key).\($0.text)", label: $0.label, isIncomplete: false)
        }
    }

    private func referred(by field: Field) -> [PathName] {
        guard field.type == .anyReference else { return [] }
        return Attribute.Referred.allCases.map {
            PathName(text: $0.rawValue, label: Attribute.referred(field, $0).label, isIncomplete: false)
        }
    }

    /// Returns the names that can follow some others.
    fileprivate func names(after names: [String], from place: Place) -> [PathName] {
        guard let last = names.last else { return self.names(at: place) }
        let before = names.count == 1 ? place : lead(Array(names.dropLast()), from: place)?.last?.place
        if let link = before?.link, last == Place.linkPrefix, !link.isEmpty {
            return link.map { PathName(text: $0.key, label: $0.label, isIncomplete: false) }
        }
        if case .field(let field)? = before?.attribute(last), field.type == .anyReference {
            let modules = registry.modules.map {
                PathName(text: $0.name.rawValue, label: $0.label, isIncomplete: true)
            }
            return referred(by: field) + modules
        }
        return lead(names, from: place)?.last.map { self.names(at: $0.place).filter { !$0.isIncomplete } } ?? []
    }
}

/// The start of paths that are completed: the records of a module, or the rows that a filter's `has` applies to.
public struct PathStart: Sendable {
    private let resolver: PathResolver
    private let place: Place

    /// Creates a start at the records of a module.
    ///
    /// - Parameter link: the link over which they are reached; `nil` for none.
    public init(_ module: Module, over link: LinkDefinition? = nil, in registry: Registry) {
        self.init(resolver: PathResolver(registry: registry), place: Place(module, link: link?.attributes ?? []))
    }

    private init(resolver: PathResolver, place: Place) {
        self.resolver = resolver
        self.place = place
    }

    /// Returns the start for paths inside the brackets after `has` and a path.
    ///
    /// - Returns: `nil` for a path that `has` cannot apply to.
    public func inside(_ path: Path) -> PathStart? {
        guard let steps = try? resolver.relation(path, from: place), let last = steps.last else { return nil }
        return PathStart(resolver: resolver, place: last.place)
    }

    /// Returns the names by which a path can continue after some others.
    ///
    /// - Parameter names: the names before the one to complete: `["organization"]` after the dot of `organization.`.
    /// - Returns: fields; then, for a path without names so far, the related modules; none if the names lead nowhere.
    public func names(after names: [String]) -> [PathName] { resolver.names(after: names, from: place) }

    /// Returns the names of the fields that a path can end with after some names and that can be compared with the
    /// field at the end of another path; none if that path is invalid or its field can only be compared with values.
    public func names(
        after names: [String],
        comparableWith path: Path,
        by comparison: Filter.Comparison
    ) -> [PathName] {
        guard let route = resolver.find(path, from: place), let kind = FieldComparison.Kind(route, from: place),
            kind.takes(comparison)
        else { return [] }
        return self.names(after: names).filter { name in
            let whole = Path(names + name.text.split(separator: ".").map(String.init))
            guard !name.isIncomplete, whole.names != path.names, let other = resolver.find(whole, from: place) else {
                return false
            }
            return FieldComparison.Kind(other, from: place) == kind
        }
    }

    /// The nouns that can follow `has`: those of the module's parts, and of the modules whose records are linked with
    /// its own or refer to them.
    public var relations: [PathName] {
        if place.part != nil { return [] }
        return place.module.namedParts.map { PathName(text: $0.name, label: $0.label, isIncomplete: false) }
            + resolver.registry.relatedModules(of: place.module).map {
                PathName(text: $0.name.noun, label: $0.label, isIncomplete: false)
            }
    }

    /// Returns the choices of the field at the end of a path; none for other fields.
    public func choices(at path: Path) -> [Choice] { resolver.find(path, from: place)?.end.field.type.choices ?? [] }
}
