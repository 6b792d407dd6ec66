import Localization
import SQLite

/// A query for figures over the records of one module, in total or by groups.
///
/// A record counts once in each group it belongs to, however many links lead there. A figure over other records, such
/// as the lines of an order, counts each of those once; what a reference leads to is a value of each record that refers
/// there. Amounts in different currencies are never added: each currency has its own group.
public struct SummaryQuery: Sendable {
    /// The records' module.
    public let module: Module
    /// Filters by ``FilterParser/grammar``; all must hold.
    public var filters: [String] = []
    /// The keys to group records by.
    public var keys: [Named<Expression>] = []
    /// The key whose values become columns instead of groups: one column for every figure and value.
    public var pivot: Named<Expression>?
    /// The figures to compute; without any, the number of records.
    public var measures: [Named<Measure>] = []
    /// Filters on the columns of groups; all must hold.
    public var having: [String] = []
    /// The columns to sort by, with `-` before descending ones; equal groups are ordered by their keys.
    public var sort: [String] = []
    /// The maximum number of groups; `nil` for all.
    public var limit: Int?
    /// Whether a row over all groups follows for each currency.
    public var hasTotal = false
    /// The currency to convert all amounts to; `nil` to keep them apart by currency.
    public var currency: Currency?
    /// The date field of the records, or the day, whose rates apply; `nil` for the date that their module declares.
    public var rateDate: String?
    /// Whether references come with the names of their records.
    public var withNames = true

    let registry: Registry
    let context: ValueContext

    /// Creates a query for the number of records of a module.
    init(_ module: Module, registry: Registry, context: ValueContext) {
        self.module = module
        self.registry = registry
        self.context = context
    }

    /// The result of a summary.
    public struct Result {
        /// The groups.
        public let groups: Rows
        /// The rows over all groups, with the same columns; `nil` if not requested.
        public let total: Rows?
        /// The layout of the columns.
        public let layout: Layout
    }

    /// The layout of a summary's columns, by their positions.
    public struct Layout: Sendable {
        /// The group keys, without the currencies of amounts.
        public let keys: [Int]
        /// Whether the first key follows time.
        public let isTimed: Bool
        /// The columns of the currencies that separate amounts or to which they were converted.
        public let currencies: [Int]
        /// The figures in their order.
        public let figures: [Figure]
        /// The label of the key whose values became columns; `nil` when there is none.
        public let pivot: Text?

        /// One figure.
        public struct Figure: Sendable {
            /// The figure's label.
            public let label: Text
            /// The columns of the figure: one, or one for each value of the pivot.
            public let columns: Range<Int>
            /// Whether the figures of groups add up to the figure over all records.
            public let isAdditive: Bool
            /// Whether each of its columns has a single currency, so that the columns cannot be combined.
            public let partsByCurrency: Bool
        }
    }

    /// Returns the groups, read on demand.
    ///
    /// - Throws: ``CRMError`` of code `usage` for invalid keys, measures and filters; errors that SQLite reports.
    public func result(in store: Store) throws(CRMError) -> Result {
        try store.translating { try result(in: store.database, path: store.path) }
    }

    func result(in database: Database, path: String) throws -> Result {
        let conversion = try Conversion(to: currency, on: rateDate, of: module, context, in: database)
        var plan = try SummaryPlan(self, conversion)
        let pivot = try plan.pivot(in: database, path: path)
        let total = hasTotal && !keys.isEmpty ? try plan.rows(.total, pivot, in: database, path: path) : nil
        let groups = try plan.rows(.groups, pivot, in: database, path: path)
        return Result(groups: groups, total: total, layout: plan.layout(pivot))
    }
}

extension Store {
    /// Returns a query for figures over the records of a module.
    ///
    /// - Throws: ``CRMError`` if the settings cannot be read.
    public func summary(of module: Module) throws(CRMError) -> SummaryQuery {
        try translating { SummaryQuery(module, registry: registry, context: try valueContext()) }
    }
}
