import Localization

/// A name that a path can go on with.
public struct PathName: Sendable {
    /// As it is written: `city`, `link.role`, `contacts`.
    public let text: String
    /// The label that people read for the name.
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

    /// The names that can follow some others.
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

/// From where paths that are being typed lead on: the records of a module, or what a filter's `has` looks at among them.
public struct PathStart: Sendable {
    private let resolver: PathResolver
    private let place: Place

    /// The records of a module.
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
    /// - Returns: fields; then, for a path that has none yet, the related modules; none if the names lead nowhere.
    public func names(after names: [String]) -> [PathName] { resolver.names(after: names, from: place) }

    /// The fields that a path can end with after some names and that can be compared with what another path leads to; none
    /// where that means nothing or is compared with values alone.
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

    /// The nouns that can follow `has`: of a module's parts, and of the modules whose records are linked with its own or
    /// point at them.
    public var relations: [PathName] {
        if place.part != nil { return [] }
        return place.module.namedParts.map { PathName(text: $0.name, label: $0.label, isIncomplete: false) }
            + resolver.registry.relatedModules(of: place.module).map {
                PathName(text: $0.name.noun, label: $0.label, isIncomplete: false)
            }
    }

    /// The choices of the field at the end of a path; none where there are none.
    public func choices(at path: Path) -> [Choice] { resolver.find(path, from: place)?.end.field.type.choices ?? [] }
}
