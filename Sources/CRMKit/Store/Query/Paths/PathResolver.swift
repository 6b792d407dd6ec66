import Localization

/// Resolves paths, wherever they occur: in filters, columns, sort keys, headers of imports and completion.
///
/// A name with nothing after it is a field. A name with something after it is a field that refers to a record, or else
/// the noun of a part, whose rows belong to the record, or of a module: it then leads to the records linked with this
/// one or referring to it. The plural of a noun always does.
struct PathResolver: Sendable {
    let registry: Registry

    /// Returns the route that a path describes.
    ///
    /// - Throws: ``CRMError`` of code `usage` for names that cannot be resolved, and for a path that ends at records.
    func route(_ path: Path, from place: Place) throws(CRMError) -> Route {
        do throws(Failure) {
            let (steps, end) = try walk(path.names[...], from: place, isRelation: false)
            guard let end else { throw .noField(path.names.last ?? "", of: steps.dropLast().last?.place ?? place) }
            return Route(steps: steps, end: end)
        } catch {
            throw self.error(error, path)
        }
    }

    /// Returns the route that a path describes; `nil` for a path that cannot be resolved.
    func find(_ path: Path, from place: Place) -> Route? {
        guard let (steps, end) = try? walk(path.names[...], from: place, isRelation: false) else { return nil }
        return end.map { Route(steps: steps, end: $0) }
    }

    /// Returns the steps to related records, for the path after `has`. A noun in either number leads to parts, linked
    /// records and referring records; a name that is no such noun is a field.
    ///
    /// - Returns: at least one step.
    /// - Throws: ``CRMError`` of code `usage` for unknown names, and for a path that ends at a value.
    func relation(_ path: Path, from place: Place) throws(CRMError) -> [Step] {
        do throws(Failure) {
            let (steps, end) = try walk(path.names[...], from: place, isRelation: true)
            guard end == nil else { throw .unknown(path.names[...], at: place) }
            return steps
        } catch {
            throw self.error(error, path)
        }
    }

    /// Returns the steps to related records, as ``relation(_:from:)`` does; `nil` for a path that cannot be resolved.
    func findRelation(_ path: Path, from place: Place) -> [Step]? {
        guard let (steps, end) = try? walk(path.names[...], from: place, isRelation: true) else { return nil }
        return end == nil ? steps : nil
    }

    /// Returns the steps to the records that some names lead to; `nil` if they lead to none.
    func lead(_ names: [String], from place: Place) -> [Step]? {
        guard let (steps, end) = try? walk(names[...], from: place, isRelation: false) else { return nil }
        guard let end else { return steps }
        return end.field.type.target.map { steps + [.reference(end, to: registry[$0])] }
    }
}

// MARK: - Walking

extension PathResolver {
    /// The reason why a path cannot be resolved.
    private enum Failure: Error {
        case unknown(ArraySlice<String>, at: Place)
        /// The path ends at records where a value is expected.
        case noField(String, of: Place)
    }

    /// Resolves the names of a path, one after another.
    ///
    /// - Parameter isRelation: whether the path must end at records, so that nouns take precedence over fields.
    /// - Returns: the steps and the attribute after the last one; no attribute if the path ends at records.
    private func walk(
        _ names: ArraySlice<String>,
        from place: Place,
        isRelation: Bool
    ) throws(Failure) -> (steps: [Step], end: Attribute?) {
        var names = names
        var place = place
        var steps: [Step] = []
        repeat {
            let step: Step
            if isRelation, let hop = hop(names, at: place, toItsOwnKind: true) {
                names = names.dropFirst()
                step = .hop(hop)
            } else if let attribute = Self.attribute(&names, at: place) {
                if names.isEmpty, !isRelation || attribute.field.type.target == nil { return (steps, attribute) }
                if names.count == 1, let part = attribute.part(called: names[names.startIndex]) { return (steps, part) }
                step = try self.step(from: attribute, &names, at: place)
            } else if !isRelation, let hop = hop(names, at: place) {
                names = names.dropFirst()
                step = .hop(hop)
            } else {
                throw .unknown(names, at: place)
            }
            steps.append(step)
            place = step.place
        } while !names.isEmpty
        return (steps, nil)
    }

    /// Consumes the one or two names of an attribute of a record: `city`, `link.role`. Nothing can follow a plain
    /// field, so that its name before a dot may be that of a module.
    private static func attribute(_ names: inout ArraySlice<String>, at place: Place) -> Attribute? {
        guard let first = names.first else { return nil }
        if first == Place.linkPrefix, names.count > 1, !place.link.isEmpty {
            let attribute = place.linkAttribute(names[names.startIndex + 1])
            if attribute != nil { names = names.dropFirst(2) }
            return attribute
        }
        guard let attribute = place.attribute(first), names.count == 1 || attribute.field.type.isReference else {
            return nil
        }
        names = names.dropFirst()
        return attribute
    }

    /// Returns the step from a field to the record it refers to. A field that can refer to any record is followed by
    /// the noun of the module.
    private func step(
        from attribute: Attribute,
        _ names: inout ArraySlice<String>,
        at place: Place
    ) throws(Failure) -> Step {
        let field = attribute.field
        if let target = field.type.target { return .reference(attribute, to: registry[target]) }
        let rest = names
        guard let name = names.popFirst(), let target = module(called: name)?.module else {
            throw .unknown(([field.key] + rest)[...], at: place)
        }
        return .anyReference(field, to: target)
    }

    /// Returns the hop to the rows of a part or to the records of a module, if the first name leads to them.
    ///
    /// - Parameter toItsOwnKind: whether the singular noun of the module itself means the records that refer to one of
    ///   it.
    private func hop(
        _ names: ArraySlice<String>,
        at place: Place,
        toItsOwnKind: Bool = false
    ) -> Hop? {
        guard let name = names.first, place.part == nil else { return nil }
        if let part = place.module.namedParts.first(where: { $0.key == name || $0.name == name }) {
            return Hop(part, of: place.module)
        }
        guard let (target, isPlural) = module(called: name) else { return nil }
        guard let hop = Hop.find(from: place.module, to: target, in: registry) else { return nil }
        return isPlural || toItsOwnKind || target.name != place.module.name ? hop : nil
    }

    /// Returns the module whose noun a name is, in the singular or the plural.
    func module(called name: String) -> (module: Module, isPlural: Bool)? {
        let key = ModuleName(rawValue: name)
        if let module = registry.find(key) { return (module, false) }
        return registry.modules.first { $0.linkedKey == key.rawValue }.map { ($0, true) }
    }
}

// MARK: - Errors

extension PathResolver {
    private func error(_ failure: Failure, _ path: Path) -> CRMError {
        switch failure {
        case .unknown(let names, let place):
            let name = names.joined(separator: ".")
            return CRMError(unknownField: name, at: place, path, resolver: self)
        case .noField(let name, let place):
            if let part = place.module.namedParts.first(where: { $0.key == name || $0.name == name }) {
                return rows(of: part, at: place, path)
            }
            return CRMError(
                path,
                Text(en: "'\(name)' is a module, not a field", es: "'\(name)' es un módulo, no un campo"),
                hint: Text(
                    en: "name one of its fields, as in '\(name).id'; in a filter, 'has \(name)' asks for any",
                    es: "indicar uno de sus campos, como '\(name).id'; en un filtro, 'has \(name)' busca cualquiera"
                ),
                module: place.module.name
            )
        }
    }

    /// Returns the error for a path that ends at the rows of a part: they can be printed as a whole, but not compared.
    private func rows(of part: Part, at place: Place, _ path: Path) -> CRMError {
        let field = part.keyField ?? part.shownInExamples.first.flatMap { part.field($0) } ?? part.fields.first
        let key = field?.key ?? Part.positionKey
        let lead = path.names.dropLast().map { "\($0)." }.joined()
        return CRMError(
            path,
            Text(
                en: "'\(part.key)' are rows, and no value to compare or to order by",
                es: "'\(part.key)' son filas, y no un valor con el que comparar u ordenar"
            ),
            hint: Text(
                en: """
                    name a field of theirs, as in '\(lead)\(part.key).\(key)'; in a filter, 'has \(lead)\(part.key)' asks for \
                    any; show and export print them whole
                    """,
                es: """
                    indicar uno de sus campos, como '\(lead)\(part.key).\(key)'; en un filtro, 'has \(lead)\(part.key)' \
                    busca cualquiera; show y export las imprimen enteras
                    """
            ),
            module: place.module.name
        )
    }
}

extension CRMError {
    /// Creates the error about a path.
    init(_ path: Path, _ reason: Text, hint: Text?, module: ModuleName) {
        if let column = path.column {
            self.init(filter: nil, column: column, reason, hint: hint)
        } else {
            self.init(.usage, reason, hint: hint)
        }
        self.module = module
    }
}
