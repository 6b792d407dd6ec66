extension SummaryPlan {
    private static let groups = "g"

    /// Returns the groups with their shares of the figure over all records or, for amounts, over all in the same
    /// currency.
    ///
    /// - Parameter isPivoted: whether the groups are also divided by the key that becomes columns.
    func shared(_ extent: Extent, isPivoted: Bool = false) throws(CRMError) -> SQLFragment {
        let groups = try groups(extent, isPivoted: isPivoted)
        let shares = Set(columns.filter(\.isShare).map(\.figure)).sorted()
        if shares.isEmpty { return groups }
        var (list, joins): ([SQLFragment], SQLFragment) = (["\(name: Self.groups).*"], SQLFragment())
        for place in shares {
            let figure = figures[place].figure
            let own: SQLFragment = "coalesce(\(SQLFragment.column(SummaryPass.figure(place), of: Self.groups)), 0)"
            let currencies = currencies(of: figure, isPivoted)
            let whole: SQLFragment
            if isFlat, figure.pass != .distinct {
                let partition = currencies.map { SQLFragment.column($0, of: Self.groups) }
                whole = "sum(\(own)) OVER (\(partition.isEmpty ? "" : "PARTITION BY \(partition.joined(", "))"))"
            } else {
                let alias = "w\(place)"
                joins.append(try join(figure, currencies, isPivoted, as: alias))
                whole = .column(SummaryPass.figure(place), of: alias)
            }
            let share = SQLFunctions.scale(own, .bind(.integer(1_000_000)), whole)
            list.append("\(share) AS \(name: Self.share(place))")
        }
        return "SELECT \(list.joined(", ")) FROM (\(groups)) AS \(name: Self.groups)\(joins)"
    }

    /// Returns the keys that separate the currencies of a figure.
    private func currencies(of figure: Figure, _ isPivoted: Bool) -> [String] {
        keys.indices.filter { place in
            let key = keys[place]
            return Extent.whole(currency: figure.currency).has(key) && (isPivoted || !key.isPivot)
        }
        .map(SummaryPass.key)
    }

    /// Joins the figure over all records to groups with common records, whose figures add up to more.
    private func join(
        _ figure: Figure,
        _ currencies: [String],
        _ isPivoted: Bool,
        as alias: String
    ) throws(CRMError) -> SQLFragment {
        let whole = try groups(.whole(currency: figure.currency), isPivoted: isPivoted)
        let same = currencies.map {
            SQLFunctions.isSame(.column($0, of: alias), .column($0, of: Self.groups))
        }
        return " LEFT JOIN (\(whole)) AS \(name: alias) ON \(same.conjunction)"
    }
}
