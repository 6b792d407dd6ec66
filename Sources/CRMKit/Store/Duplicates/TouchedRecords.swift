/// The records to which a write has given values that others may have.
struct TouchedRecords {
    /// Records of one module whose ids have no gap.
    struct Run {
        let module: Module
        fileprivate(set) var ids: ClosedRange<Int64>
        /// Whether they are new, so that those with whom they share a value came before them.
        let areNew: Bool
        /// The prefixes of the keys that have other values; `nil` where all may.
        let keys: Set<String>?
        /// The values that the records were given; `nil` to check all their values of the keys.
        let values: Set<String>?
    }

    /// The most runs that wait to be looked at.
    static let most = 256

    /// In the order in which they began.
    private(set) var runs: [Run] = []

    /// Notes a record.
    ///
    /// - Parameters:
    ///   - isNew: whether it was made just now.
    ///   - keys: as in ``Run``.
    ///   - values: as in ``Run``.
    mutating func add(
        _ id: Int64,
        of module: Module,
        isNew: Bool,
        keys: Set<String>? = nil,
        values: Set<String>? = nil
    ) {
        for index in runs.indices.reversed() where runs[index].module === module {
            let run = runs[index]
            if run.ids.contains(id), run.keys == nil || run.keys == keys && run.values == values { return }
            guard run.areNew == isNew, run.keys == keys, run.values == values, run.ids.upperBound + 1 == id else {
                break
            }
            runs[index].ids = run.ids.lowerBound...id
            return
        }
        runs.append(Run(module: module, ids: id...id, areNew: isNew, keys: keys, values: values))
    }

    mutating func removeAll() { runs.removeAll(keepingCapacity: true) }
}
