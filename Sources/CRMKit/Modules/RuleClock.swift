/// A context that gives rules the user's clock.
protocol RuleClock {
    /// The present moment and the user's time zone.
    var clock: Clock { get }
}

extension RuleContext {
    /// The user's clock for dates and times; `nil` when the context has none.
    var userClock: Clock? { (self as? any RuleClock)?.clock }
}
