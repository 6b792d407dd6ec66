/// A condition of a filter on one attribute, either of the filtered records or of records at the end of a path.
struct FilterCondition {
    let attribute: Attribute
    /// The path to the attribute, from the records of the innermost `has` that the condition is in.
    let path: Path
    /// The module or part that has the attribute.
    let place: Place
    let test: Filter.Test
    /// Whether the condition is inside `not`.
    let isNegated: Bool
}

/// Filters of a command line with their conditions resolved, for those who look at what the filters name. The errors of
/// a filter are reported when its records are read; it has no conditions here.
public struct ResolvedFilters {
    /// Each filter's text and its conditions, in order.
    let filters: [(text: String, conditions: [FilterCondition])]

    /// Reads filters.
    ///
    /// - Parameters:
    ///   - filters: texts by ``FilterParser/grammar``.
    ///   - module: the module whose records are filtered.
    public init(_ filters: [String], of module: Module, in registry: Registry) {
        let resolver = PathResolver(registry: registry)
        self.filters = filters.map { text in
            let filter = try? FilterParser.parse(text)
            return (text, filter.map { resolver.conditions(of: $0, from: Place(module), isNegated: false) } ?? [])
        }
    }

    /// The conditions of all filters.
    var conditions: [FilterCondition] { filters.flatMap(\.conditions) }
}

extension PathResolver {
    /// Returns the field conditions of a filter in order, without those whose path cannot be resolved.
    ///
    /// - Parameters:
    ///   - place: the module or part whose rows the filter applies to.
    ///   - isNegated: whether the filter is inside `not`.
    fileprivate func conditions(of filter: Filter, from place: Place, isNegated: Bool) -> [FilterCondition] {
        switch filter {
        case .all(let filters), .any(let filters):
            return filters.flatMap { conditions(of: $0, from: place, isNegated: isNegated) }
        case .not(let filter): return conditions(of: filter, from: place, isNegated: true)
        case .has(let path, let filter):
            guard let filter, let steps = try? relation(path, from: place) else { return [] }
            return conditions(of: filter, from: steps.last?.place ?? place, isNegated: isNegated)
        case .field(let path, let test):
            guard let route = find(path, from: place) else { return [] }
            return [
                FilterCondition(
                    attribute: route.end,
                    path: path,
                    place: route.steps.last?.place ?? place,
                    test: test,
                    isNegated: isNegated
                )
            ]
        }
    }
}
