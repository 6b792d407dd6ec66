import Localization

/// Translates expressions over the records of a query to SQL, with the tables that they need.
struct TermCompiler {
    let registry: Registry
    let context: ValueContext
    /// The conversion of amounts; `nil` when they stay in their currencies.
    let conversion: Conversion?
    /// The summarized records.
    let root: Scope
    private(set) var joins: Joins
    /// The aliases of the rows over which several records are reached, in the order of their first use.
    private(set) var hops: Set<String> = []
    /// Whether rows are elements of a list.
    private var hasElements = false

    /// Whether each record is one row.
    var isFlat: Bool { hops.isEmpty && !hasElements }

    init(root: Scope, registry: Registry, context: ValueContext, conversion: Conversion? = nil) {
        self.root = root
        self.registry = registry
        self.context = context
        self.conversion = conversion
        joins = Joins(registry: registry, today: context.clock.today)
    }

    /// Returns the value of an expression.
    ///
    /// - Parameter isKey: whether the value separates groups or is counted distinctly: each element of a list then
    ///   counts.
    mutating func term(_ expression: Expression, isKey: Bool = false) throws(TermError) -> Term {
        switch expression {
        case .path(let path): try term(path, isKey: isKey)
        case .number(let number): Self.literal(number)
        case .period(let period, let day): try self.period(period, of: day, in: expression)
        case .band(let number, let width): try band(number, width, in: expression)
        case .length(let length, let unit): try self.length(length, in: unit)
        case .operation(let left, let sign, let right):
            try operation(try term(left), sign, try term(right), in: expression)
        }
    }

    private static func literal(_ number: ScaledDecimal) -> Term {
        var (units, scale) = (number.units, number.scale)
        while scale > 0, units % 10 == 0 { (units, scale) = (units / 10, scale - 1) }
        let type: FieldType = scale == 0 ? .integer(Int64.min...Int64.max) : .decimal(digits: scale)
        return Term(.bind(.integer(units)), type, label: Text(number.text()))
    }
}

// MARK: - Paths

extension TermCompiler {
    private mutating func term(_ path: Path, isKey: Bool) throws(TermError) -> Term {
        if let moment = present(path) { return moment }
        do throws(CRMError) {
            let route = try PathResolver(registry: registry).route(Path(path.names), from: root.place)
            return try term(route, path, isKey: isKey)
        } catch {
            var error = error
            if error.hint == nil { error.hint = period(meantBy: path) }
            throw TermError(error, at: path)
        }
    }

    /// Returns the hint at the function for a period that stands alone, `mes`; `nil` for any other path.
    private func period(meantBy path: Path) -> Text? {
        guard path.names.count == 1 else { return nil }
        let words = [path.names[0]] + SummaryWords.names(meantBy: path.names[0])
        guard let period = words.lazy.compactMap({ Period(rawValue: $0) }).first else { return nil }
        return Text(thatIs: ["\(period.rawValue)(\(root.module.datedBy ?? "created_at"))"])
    }

    /// Returns the present day or moment, unless a field has that name.
    private func present(_ path: Path) -> Term? {
        guard path.names.count == 1, root.place.attribute(path.names[0]) == nil else { return nil }
        switch path.names[0] {
        case "today": return Term(.bind(.text(context.clock.today)), .date, label: "today")
        case "now": return Term(.bind(.text(context.clock.now)), .dateTime, label: "now")
        default: return nil
        }
    }

    private mutating func term(_ route: Route, _ path: Path, isKey: Bool) throws(CRMError) -> Term {
        var scope = root
        var grain: Term.Grain?
        let lastHop = route.steps.lastIndex { $0.isSeveral }
        for (index, step) in route.steps.enumerated() {
            guard case .hop(let hop) = step else {
                scope = try joins.follow([step], from: scope)
                continue
            }
            scope = try joins.follow(hop, from: scope, hasEnded: index == lastHop && route.namesTheEnd)
            let pairing = scope.link?.alias ?? scope.alias
            hops.insert(pairing)
            let isLink = hop.relation != nil
            let isOfLink = if case .link = route.end, index == route.steps.count - 1 { true } else { false }
            grain = Term.Grain(
                chain: (grain?.chain ?? []) + [pairing],
                id: isOfLink ? .column("id", of: pairing) : scope.id,
                isRepeated: grain?.isRepeated == true || isLink && !isOfLink
            )
        }
        var term = try self.term(scope.source(of: route.end, in: registry), label: route.label, in: scope, isKey)
        term.grain = grain
        if term.type == .money {
            // Amounts of a part's rows are in the currency of their record.
            let names = path.names.dropLast(scope.part == nil ? 1 : 2)
            term.currency = Path(names + ["currency"])
            if let conversion { term = converted(term, in: scope, by: conversion) }
        }
        return term
    }

    private mutating func term(
        _ source: Scope.Source,
        label: Text,
        in scope: Scope,
        _ isKey: Bool
    ) throws(CRMError) -> Term {
        let type = source.field.type
        switch type.form {
        case .money:
            var term = Term(source.column, type, label: label)
            term.code = source.currency
            return term
        case .anyReference: return Term(source.reference, .code, label: label)
        case .list(let element) where isKey:
            let value = SQLFragment.column("value", of: try joins.elements(of: source.column, in: scope))
            hasElements = true
            var term: Term
            switch element {
            case .duration: term = Term(value, .duration, label: label)
            case .tax, .occurrence, .rowQuantity: term = Term(value, .code, label: label)
            case .text:
                term = Term(SQLFunctions.folded(value), .text, label: label)
                term.shown = Spelling.marked(value, of: root)
            }
            term.isElement = true
            return term
        case .text where source.field.matching != nil:
            var term = Term("coalesce(\(source.compared), \(source.column))", type, label: label)
            term.shown = Spelling.marked(source.column, of: root)
            return term
        default: return Term(source.column, type, label: label)
        }
    }
}

// MARK: - Functions

extension TermCompiler {
    private mutating func period(
        _ period: Period,
        of day: Expression,
        in expression: Expression
    ) throws(TermError) -> Term {
        let date = try term(day)
        guard let local = localDay(of: date) else {
            throw TermError(
                expression,
                en: "'\(day.text)' is no date, and \(period.rawValue)(…) takes one",
                es: "'\(day.text)' no es una fecha, y \(period.rawValue)(…) necesita una"
            )
        }
        let label = Text(en: "\(date.label.en), \(period.label.en)", es: "\(date.label.es), \(period.label.es)")
        var term = date.with(PeriodFunctions.start(of: period, at: local), period.type, label: label)
        term.period = period
        term.mark = PeriodFunctions.mark(of: period, at: local)
        return term
    }

    private func localDay(of term: Term) -> SQLFragment? {
        switch term.type.form {
        case .date: term.sql
        case .moment: day(term)
        default: nil
        }
    }

    private mutating func band(
        _ number: Expression,
        _ width: ScaledDecimal,
        in expression: Expression
    ) throws(TermError) -> Term {
        let term = try self.term(number)
        guard let kind = Quantity(term.type), kind.isNumber else {
            throw TermError(
                expression,
                en: "'\(number.text)' is no number, and band(…) takes one",
                es: "'\(number.text)' no es un número, y band(…) necesita uno"
            )
        }
        let label = Text(en: "\(term.label.en) (band)", es: "\(term.label.es) (tramo)")
        let step: SQLFragment
        switch kind {
        case .money:
            guard let code = term.code else { return term }
            step = MoneyOrder.units(of: width, in: code)
        case .number(let digits):
            guard let units = width.units(scale: digits), units > 0 else {
                throw TermError(
                    expression,
                    en: "the width \(width.text()) has more decimals than '\(number.text)'",
                    es: "el ancho \(width.text()) tiene más decimales que '\(number.text)'"
                )
            }
            step = .bind(.integer(units))
        case .hundredths: step = .bind(.integer(width.units(scale: 4) ?? 1))
        case .duration, .date, .moment: return term
        }
        // The remainder has the sign of the number, but bands extend downwards below zero.
        let value = term.sql
        let start: SQLFragment = "(\(value) - ((\(value) % \(step)) + \(step)) % \(step))"
        return term.with(start, term.type, label: label)
    }

    private mutating func length(
        _ length: Expression,
        in unit: Expression.LengthUnit
    ) throws(TermError) -> Term {
        let term = try self.term(length)
        guard term.type == .duration else {
            throw TermError(
                length,
                en: "'\(length.text)' is no length of time, and \(unit.rawValue)(…) takes one",
                es: "'\(length.text)' no es un lapso, y \(unit.rawValue)(…) necesita uno",
                hint: Text(
                    en: "write the difference of two dates, as in days(closed_on - created_at)",
                    es: "escribir la diferencia de dos fechas, como days(closed_on - created_at)"
                )
            )
        }
        let seconds: Int64 = unit == .days ? Int64.secondsPerDay : 3_600
        let digits = 6
        let sql = Arithmetic.quotient("\(term.sql) * 1000000", .bind(.integer(seconds)))
        return term.with(sql, .decimal(digits: digits), label: Text(length.text(in: unit)))
    }
}

extension Expression {
    fileprivate func text(in unit: LengthUnit) -> String { Expression.length(self, in: unit).text }
}

extension ScaledDecimal {
    /// Returns the number scaled by another power of ten; `nil` if digits would be lost.
    func units(scale: Int) -> Int64? {
        (try? ScaledDecimal(parsing: text(), scale: scale))?.units
    }
}
