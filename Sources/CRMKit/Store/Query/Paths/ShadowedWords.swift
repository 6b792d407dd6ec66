/// The words of a filter that are values by the former definitions, but names of fields by the present ones.
///
/// In quotes they remain values.
struct ShadowedWords {
    /// The definitions with which the filter was written.
    let former: Registry
    /// The definitions with which it will be read.
    let present: Registry

    /// Returns a filter on the records of a module with each such word in quotes.
    ///
    /// - Returns: `nil` if there is no such word, or the filter was malformed before.
    func quoted(_ text: String, of module: ModuleName) -> String? {
        guard let filter = try? FilterParser.parse(text) else { return nil }
        var words: [Filter.Operand] = []
        collect(from: filter, at: Ends(former: Place(former[module]), present: Place(present[module])), into: &words)
        guard !words.isEmpty else { return nil }
        var scalars = Array(text.unicodeScalars)
        for word in words.sorted(by: { $0.column > $1.column }) {
            let start = word.column - 1
            scalars.insert("'", at: start + word.text.unicodeScalars.count)
            scalars.insert("'", at: start)
        }
        var quoted = String.UnicodeScalarView()
        quoted.append(contentsOf: scalars)
        return String(quoted)
    }

    /// A place by both definitions.
    private struct Ends {
        let former: Place
        let present: Place
    }

    private func collect(from filter: Filter, at ends: Ends, into words: inout [Filter.Operand]) {
        switch filter {
        case .all(let filters), .any(let filters):
            for filter in filters { collect(from: filter, at: ends, into: &words) }
        case .not(let filter): collect(from: filter, at: ends, into: &words)
        case .has(let path, let filter):
            guard let filter, let former = end(of: path, from: ends.former, in: former),
                let present = end(of: path, from: ends.present, in: present)
            else { return }
            collect(from: filter, at: Ends(former: former, present: present), into: &words)
        case .field(let path, .compare(let comparison, let operand)):
            if isPath(operand, comparison, path, ends.present, present),
                !isPath(operand, comparison, path, ends.former, former)
            {
                words.append(operand)
            }
        case .field: break
        }
    }

    private func end(of path: Path, from place: Place, in registry: Registry) -> Place? {
        (try? PathResolver(registry: registry).relation(path, from: place)).map { $0.last?.place ?? place }
    }

    /// Whether the operand of a comparison leads to a field.
    private func isPath(
        _ operand: Filter.Operand,
        _ comparison: Filter.Comparison,
        _ path: Path,
        _ place: Place,
        _ registry: Registry
    ) -> Bool {
        let resolver = PathResolver(registry: registry)
        guard let route = resolver.find(path, from: place) else { return false }
        return resolver.route(operand, comparedBy: comparison, with: route, from: place) != nil
    }
}
