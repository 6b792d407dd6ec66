/// A rule of a module with the positions of the fields that it watches.
///
/// Rows come in millions, and each asks every rule whether it concerns it: therefore the keys are looked up once, and the
/// rule, which is large, is not copied.
final class PlacedRule: Sendable {
    /// The rule.
    let rule: Rule
    /// The positions of ``Rule/watching`` among the values of a record.
    let watched: [Int]

    /// - Precondition: the module has the fields that the rule watches.
    init(_ rule: Rule, at position: (String) -> Int) {
        self.rule = rule
        watched = rule.watching.map(position).sorted()
    }

    /// Whether the rule must run before a draft is stored.
    func concerns(_ draft: Draft) -> Bool {
        if draft.original == nil { return true }
        for position in watched where draft.concerns(position) { return true }
        return false
    }

    /// Whether the rule must run after a change.
    func concerns(_ change: Rule.Change) -> Bool {
        change.old == nil || hasWatched(changedBy: change)
    }

    /// Whether a change affects what the rule derives. For a new record it does when a watched field differs from its
    /// default.
    func isFed(by change: Rule.Change) -> Bool {
        if let concerns = rule.derivation?.concerns, !concerns(change.new), change.old.map(concerns) != true {
            return false
        }
        guard change.old == nil else { return hasWatched(changedBy: change) }
        let fields = change.new.module.allFields
        for position in watched where change.new.values[position] != fields[position].defaultValue { return true }
        return false
    }

    private func hasWatched(changedBy change: Rule.Change) -> Bool {
        for position in watched where change.changes(position) { return true }
        return false
    }
}
