/// A condition of a filter on one attribute, either of the filtered records or of records at the end of a path.
struct FilterCondition {
    let attribute: Attribute
    /// The module or part that has the attribute.
    let place: Place
    let test: Filter.Test
}

extension PathResolver {
    /// Returns the field conditions of a filter in order, without those whose path cannot be resolved.
    ///
    /// - Parameters:
    ///   - place: the module or part whose rows the filter applies to.
    ///   - takesNegated: whether conditions inside `not` are included.
    func conditions(of filter: Filter, from place: Place, takesNegated: Bool) -> [FilterCondition] {
        switch filter {
        case .all(let filters), .any(let filters):
            return filters.flatMap { conditions(of: $0, from: place, takesNegated: takesNegated) }
        case .not(let filter):
            return takesNegated ? conditions(of: filter, from: place, takesNegated: takesNegated) : []
        case .has(let path, let filter):
            guard let filter, let steps = try? relation(path, from: place) else { return [] }
            return conditions(of: filter, from: steps.last?.place ?? place, takesNegated: takesNegated)
        case .field(let path, let test):
            guard let route = find(path, from: place) else { return [] }
            return [FilterCondition(attribute: route.end, place: route.steps.last?.place ?? place, test: test)]
        }
    }
}
