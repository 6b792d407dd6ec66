extension SummaryPlan {
    /// What the columns of ``rows(_:_:in:path:withKeys:)`` are to each other.
    func layout(_ pivot: SummaryPivot?) -> SummaryQuery.Layout {
        let kept = keys.filter { !$0.isPivot }
        let ownKeys = kept.indices.filter { !kept[$0].isCurrency }
        let parting = kept.indices.filter { kept[$0].isCurrency }
        let isConverted = conversion != nil && hasAmounts
        let first = kept.count + (isConverted ? 1 : 0)
        let members = pivot?.members.count ?? 1
        let figures = columns.filter { !$0.isHidden }.enumerated().map { index, column in
            SummaryQuery.Layout.Figure(
                label: field(of: column).label,
                columns: first + index * members..<first + (index + 1) * members,
                isAdditive: column.isShare || column.measure.canBeShared,
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
    /// Whether groups of it follow time.
    var isTimed: Bool { period?.isAxis == true || type == .date }
}

extension Measure {
    /// Whether the groups' figures add up to that of all.
    var canBeShared: Bool {
        switch self {
        case .count, .present, .distinct, .aggregate(.sum, _): true
        case .aggregate, .percentile, .share, .rate: false
        }
    }
}
