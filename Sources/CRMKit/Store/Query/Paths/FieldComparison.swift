/// The condition that two fields of rows pass a comparison. If either has no value, it is true for `!=` and otherwise
/// null.
struct FieldComparison {
    private let left: Scope.Source
    private let right: Scope.Source
    private let zone: TimeZoneSetting

    /// - Parameter zone: the zone in which moments fall on days.
    init(_ left: Scope.Source, _ right: Scope.Source, zone: TimeZoneSetting) {
        self.left = left
        self.right = right
        self.zone = zone
    }

    /// A question about two fields.
    enum Asked {
        case comparison(Filter.Comparison)
        /// Whether the two are amounts in different currencies, which cannot be compared.
        case otherCurrency
    }

    func condition(_ asked: Asked) -> SQLFragment {
        switch asked {
        case .otherCurrency: return "\(left.currency) <> \(right.currency)"
        case .comparison(.contains): return containment
        case .comparison(let comparison):
            let (first, second) = forms
            let condition: SQLFragment =
                comparison == .notEqual
                ? .denial("\(first) = \(second)") : .comparison(first, comparison, second)
            guard left.field.type.form == .money, left.alias != right.alias else { return condition }
            return "(\(left.currency) = \(right.currency) AND \(condition))"
        }
    }

    /// The expressions of both fields in the same form.
    private var forms: (SQLFragment, SQLFragment) {
        switch (left.field.type.form, right.field.type.form) {
        case (.date, .moment): (left.column, SQLFunctions.localDay(right.column, in: zone))
        case (.moment, .date): (SQLFunctions.localDay(left.column, in: zone), right.column)
        case (.number(let first), .number(let second)) where first != second:
            (
                Self.scaled(left, from: first, to: max(first, second)),
                Self.scaled(right, from: second, to: max(first, second))
            )
        default: (left.compared, right.compared)
        }
    }

    private static func scaled(_ source: Scope.Source, from digits: Int, to scale: Int) -> SQLFragment {
        let factor = Int64.powerOfTen(scale - digits)
        return factor == 1 ? source.column : "\(source.column) * \(bind: .integer(factor))"
    }

    private var containment: SQLFragment {
        left.field.type.matching == nil
            ? SQLFunctions.contains(
                SQLFunctions.lowercasedASCII(left.column),
                SQLFunctions.lowercasedASCII(right.column)
            ) : SQLFunctions.contains(left.compared, right.compared)
    }
}

extension FieldComparison {
    /// The kind of a field's values: fields of the same kind can be compared.
    struct Kind: Hashable {
        private let family: ComparisonFamily

        /// Returns the kind of the field at the end of a path; `nil` for a field that can only be compared with values.
        init?(_ route: Route, from place: Place) {
            // A field whose type depends on the row has no single kind.
            guard route.end.field.variants == nil, let family = route.end.field.type.definition.family else {
                return nil
            }
            guard family == .identifier else {
                self.family = family
                return
            }
            guard case .field = route.end else { return nil }
            self.family = .record((route.steps.last?.target ?? place.module).name)
        }

        /// Whether two fields of the kind can be compared in this way.
        func takes(_ comparison: Filter.Comparison) -> Bool {
            switch (family, comparison) {
            case (_, .equal), (_, .notEqual): true
            case (.boolean, _), (.record, _), (.identifier, _): false
            case (.text(_, let canContain), .contains): canContain
            case (_, .contains): false
            default: true
            }
        }
    }
}

extension PathResolver {
    /// Returns the route that a word on the right of a comparison describes: it leads to a field of the same kind as
    /// the left one, but not of choices.
    ///
    /// - Returns: `nil` for a word that is a value.
    func route(
        _ operand: Filter.Operand,
        comparedBy comparison: Filter.Comparison,
        with route: Route,
        from place: Place
    ) -> Route? {
        guard let path = operand.path, let kind = FieldComparison.Kind(route, from: place), kind.takes(comparison),
            let other = find(path, from: place), FieldComparison.Kind(other, from: place) == kind
        else { return nil }
        return other
    }
}
