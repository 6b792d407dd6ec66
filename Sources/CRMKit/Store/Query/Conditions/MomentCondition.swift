/// The condition that a moment passes a test.
struct MomentCondition {
    let source: Scope.Source
    let context: ValueContext

    private var clock: Clock { context.clock }

    /// Returns the condition of a comparison. A day stands for its whole length in the user's zone.
    ///
    /// - Throws: ``ValueError`` for a text that is no moment.
    func condition(_ comparison: Filter.Comparison, _ text: String) throws(ValueError) -> SQLFragment {
        if comparison == .contains { return .part(text, of: source.column) }
        guard let day = day(text) else {
            let moment = try Moment(parsing: text, clock: clock, order: context.dateOrder)
            return .comparison(source.column, comparison, .bind(.text(moment.description)))
        }
        let start = SQLFragment.bind(.text(day.start))
        let end = SQLFragment.bind(.text(day.end))
        return switch comparison {
        case .less: "\(source.column) < \(start)"
        case .lessOrEqual: "\(source.column) < \(end)"
        case .greater: "\(source.column) >= \(end)"
        case .greaterOrEqual: "\(source.column) >= \(start)"
        default: "(\(source.column) >= \(start) AND \(source.column) < \(end))"
        }
    }

    /// Returns the first moment of a day and that of the next one; `nil` for a text that is no day.
    private func day(_ text: String) -> (start: String, end: String)? {
        guard let date = try? CivilDate(parsing: text, today: clock.date, order: context.dateOrder),
            let start = Moment(date, secondOfDay: 0, in: clock.zone)
        else { return nil }
        // No moment after the calendar's last day can be stored; `:` sorts after the digits.
        let end = date.adding(days: 1).flatMap { Moment($0, secondOfDay: 0, in: clock.zone) }
        return (start.description, end?.description ?? ":")
    }
}
