/// The records to which a write has given values that others may have as well.
struct TouchedRecords {
    /// Records of one module with consecutive ids.
    struct Run {
        let module: Module
        fileprivate(set) var ids: ClosedRange<Int64>
        /// Whether the records are new, so that they are compared with earlier records only.
        let areNew: Bool
        /// The prefixes of the keys that changed; `nil` when all may have.
        let keys: Set<String>?
        /// The values that the records were given; `nil` to check all their values of the keys.
        let values: Set<String>?

        /// Whether its records are new, and all of each is to be looked at.
        fileprivate var isWhole: Bool { areNew && keys == nil && values == nil }
    }

    /// The maximum number of runs that wait to be checked.
    static let most = 256

    /// The runs in the order of their beginning.
    private(set) var runs: [Run] = []

    /// Adds a record to the touched ones.
    ///
    /// - Parameters:
    ///   - isNew: whether the record was just created.
    ///   - keys: as for ``Run``.
    ///   - values: as for ``Run``.
    mutating func add(
        _ id: Int64,
        of module: Module,
        isNew: Bool,
        keys: Set<String>? = nil,
        values: Set<String>? = nil
    ) {
        for index in runs.indices.reversed() where runs[index].module === module {
            // Mostly the next of those that an import makes, for which nothing need be copied.
            if isNew, keys == nil, values == nil, runs[index].isWhole, runs[index].ids.isFollowed(by: id) {
                runs[index].ids = runs[index].ids.lowerBound...id
                return
            }
            let run = runs[index]
            if run.ids.contains(id), run.keys == nil || run.keys == keys && run.values == values { return }
            guard run.areNew == isNew, run.keys == keys, run.values == values, run.ids.isFollowed(by: id) else {
                break
            }
            runs[index].ids = run.ids.lowerBound...id
            return
        }
        runs.append(Run(module: module, ids: id...id, areNew: isNew, keys: keys, values: values))
    }

    mutating func removeAll() { runs.removeAll(keepingCapacity: true) }
}
