import Localization

extension CRMError {
    /// No field of that name stands here.
    ///
    /// - Parameters:
    ///   - path: as it was written.
    ///   - place: where in a filter, `nil` outside of one.
    init(unknownField path: String, in scope: Scope, registry: Registry, place: Filter.Path? = nil) {
        let records = scope.module.several
        let reason = Text(en: "\(records.en) have no field '\(path)'", es: "\(records.es) no tienen el campo '\(path)'")
        let name = path.split(separator: ".").last.map(String.init) ?? path
        let related = Self.related(name, to: scope.module, in: registry)
        let near = related.isEmpty ? nearestWords(to: path, among: scope.keys) : related
        let hint = Text(didYouMean: near)
        if let place {
            self.init(filter: nil, column: place.column, reason, hint: hint)
        } else {
            self.init(.usage, reason, hint: hint)
        }
        module = scope.module.name
    }

    /// The ways to a field of that name in other modules, shortest list first.
    private static func related(_ name: String, to module: Module, in registry: Registry) -> [String] {
        var ways = module.fields.compactMap { field in
            field.type.target.flatMap { registry[$0].field(name) }.map { "\(field.key).\($0.key)" }
        }
        for other in registry.names where module.field(other.rawValue) == nil {
            guard case .found(let hop) = Hop.find(from: module, to: other.rawValue, in: registry) else { continue }
            if let field = hop.target.field(name) { ways.append("\(other.rawValue).\(field.key)") }
        }
        return Array(ways.prefix(3))
    }
}
