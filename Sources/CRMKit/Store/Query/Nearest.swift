import Localization

extension CRMError {
    /// No field of that name stands here.
    ///
    /// - Parameters:
    ///   - path: as it was written.
    ///   - place: where in a filter, `nil` outside of one.
    init(unknownField path: String, in scope: Scope, registry: Registry, place: Filter.Path? = nil) {
        let noun = scope.module.name.noun
        let reason = Text(en: "\(noun) has no field '\(path)'", es: "\(noun) no tiene el campo '\(path)'")
        let name = path.split(separator: ".").last.map(String.init) ?? path
        let related = Self.related(name, to: scope.module, in: registry)
        let near = related.isEmpty ? nearestKeys(to: path, among: scope.keys) : related
        let hint = near.isEmpty ? nil : Text(didYouMean: near)
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

extension Text {
    /// `did you mean 'a' or 'b'?`
    init(didYouMean words: [String]) {
        let quoted = words.map { "'\($0)'" }
        let first = quoted.dropLast().joined(separator: ", ")
        let last = quoted.last ?? ""
        self =
            first.isEmpty
            ? Text(en: "did you mean \(last)?", es: "¿se quiso decir \(last)?")
            : Text(en: "did you mean \(first) or \(last)?", es: "¿se quiso decir \(first) o \(last)?")
    }
}

/// The keys nearest to a word that is none of them, at most three, best first: those that begin with it, and those within a
/// third of its length.
func nearestKeys(to word: String, among keys: [String]) -> [String] {
    let typed = Array(ModuleName(rawValue: word.lowercased()).rawValue.utf8)
    guard (1...64).contains(typed.count) else { return [] }
    let ranked = keys.enumerated().compactMap { position, key -> (distance: Int, position: Int, key: String)? in
        if typed.count > 1, key.utf8.starts(with: typed) { return (0, position, key) }
        let distance = editDistance(typed, Array(key.utf8))
        return distance <= Swift.max(1, typed.count / 3) ? (distance, position, key) : nil
    }
    return ranked.sorted { ($0.distance, $0.position) < ($1.distance, $1.position) }.prefix(3).map(\.key)
}

/// The number of insertions, deletions, substitutions and transpositions of neighbours between two words.
private func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...second.count)
    for row in first.indices {
        var current = [row + 1]
        for column in second.indices {
            let substitution = previous[column] + (first[row] == second[column] ? 0 : 1)
            var cost = min(previous[column + 1] + 1, current[column] + 1, substitution)
            if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                cost = min(cost, beforePrevious[column - 1] + 1)
            }
            current.append(cost)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[second.count]
}
