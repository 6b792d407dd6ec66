extension SummaryPlan {
    /// Returns the layout of the columns of ``rows(_:_:in:path:withKeys:)``.
    func layout(_ pivot: SummaryPivot?) -> SummaryQuery.Layout {
        let kept = keys.filter { !$0.isPivot }
        let ownKeys = kept.indices.filter { !kept[$0].isCurrency }
        let parting = kept.indices.filter { kept[$0].isCurrency }
        let isConverted = conversion != nil && hasAmounts
        let first = kept.count + (isConverted ? 1 : 0)
        let members = pivot?.members.count ?? 1
        let series = keys.first(where: \.isPivot) ?? ownKeys.last.map { kept[$0] }
        let figures = columns.filter { !$0.isHidden }.enumerated().map { index, column in
            SummaryQuery.Layout.Figure(
                label: field(of: column).label,
                columns: first + index * members..<first + (index + 1) * members,
                isAdditive: column.measure.addsUp && series?.term.parts(self.figures[column.figure].figure) ?? true,
                partsByCurrency: pivot != nil && isMixed(column)
            )
        }
        let leading = ownKeys.first.map { kept[$0].term }
        return SummaryQuery.Layout(
            keys: ownKeys,
            isTimed: leading?.isTimed ?? false,
            currencies: isConverted ? [kept.count] : Array(parting),
            figures: figures,
            pivot: pivot.flatMap { _ in keys.first(where: \.isPivot)?.term.label }
        )
    }
}

extension Term {
    /// Whether groups by the term follow time.
    var isTimed: Bool { period?.isAxis == true || type == .date }

    /// Whether each value of a figure belongs to exactly one group of the term, so that nothing is counted several
    /// times.
    func parts(_ figure: Figure) -> Bool {
        guard !isElement else { return false }
        guard let grain else { return true }
        return !grain.isRepeated && (figure.grain?.chain ?? []).starts(with: grain.chain)
    }
}

extension Measure {
    /// Whether the figures of groups add up to the figure over all records if no record belongs to several groups.
    /// Numbers of distinct values do not, since two groups may have the same value.
    var addsUp: Bool {
        switch self {
        case .share(let whole): whole.addsUp
        case .distinct: false
        default: canBeShared
        }
    }

    /// Whether a group has a share of the figure over all records, which is a count or a sum.
    var canBeShared: Bool {
        switch self {
        case .count, .present, .distinct, .aggregate(.sum, _): true
        case .aggregate, .percentile, .share, .rate: false
        }
    }
}
