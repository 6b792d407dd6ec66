extension Sequence where Element: Hashable {
    /// The distinct elements, in the order of their first occurrence.
    public var uniqued: [Element] {
        let all = Array(self)
        // A few are compared with each other. The first set of a type looks up at run time how its elements are hashed,
        // which takes as long as a hundred comparisons.
        if all.count <= 8 {
            return all.reduce(into: []) { distinct, element in
                if !distinct.contains(element) { distinct.append(element) }
            }
        }
        var seen: Set<Element> = []
        return all.filter { seen.insert($0).inserted }
    }
}
