import Localization

/// The scope and options of a search for duplicates.
public struct DuplicateQuery: Sendable {
    /// The default for the lowest score of a pair.
    public static let standardThreshold = 800

    /// The module.
    public let module: Module
    /// Filters that both records of a pair pass.
    public var filters: [String] = []
    /// The lowest score of a pair, from 0 to 1,000.
    public var threshold = Self.standardThreshold
    /// The maximum number of pairs; `nil` for all.
    public var limit: Int?

    /// Creates a query among all records of a module.
    public init(_ module: Module) { self.module = module }
}

extension Store {
    /// Finds the pairs of records that may be duplicates, and calls a closure with each, the most certain ones first.
    ///
    /// - Parameter advance: receives the number of records examined; a record may be counted several times.
    /// - Returns: the counts of the search.
    /// - Throws: ``CRMError`` `usage` for a module that does not declare by what its records resemble each other, and
    ///   for a malformed filter; what the closures throw.
    public func duplicates(
        _ query: DuplicateQuery,
        advance: @escaping (Int) throws -> Void = { _ in },
        _ body: (DuplicatePair) throws -> Void
    ) throws -> DuplicateCounts {
        let module = query.module
        guard let columns = ResemblanceColumns(module) else {
            throw CRMError(
                .usage,
                Text(
                    en: "duplicates are not looked for among \(module.several.en)",
                    es: "no se buscan duplicados entre \(module.spanish.theSeveral)"
                ),
                module: module.name
            )
        }
        var list = try list(module)
        list.filters = query.filters
        let scope = DuplicateScope(module: module, ids: query.filters.isEmpty ? nil : try list.ids())
        let reasons = PairReasons(columns)
        return try reading {
            let search = try DuplicateSearch(
                columns,
                among: scope,
                in: self,
                threshold: query.threshold,
                advance: advance
            )
            let found = try search.run()
            var left = query.limit ?? .max
            try found.forEach { keep, merge, score in
                guard left > 0 else { return false }
                left -= 1
                try body(
                    DuplicatePair(
                        keep: keep,
                        merge: merge,
                        thousandths: score.thousandths,
                        reasons: reasons.reasons(score.reasons)
                    )
                )
                return true
            }
            var counts = search.counts
            counts.pairs = try found.count
            return counts
        }
    }
}
