/// What tells rules by whose clocks days and times are meant.
protocol RuleClock {
    /// The present moment and the user's time zone.
    var clock: Clock { get }
}

extension RuleContext {
    /// By whose clocks days and times are meant; `nil` where nobody says.
    var userClock: Clock? { (self as? any RuleClock)?.clock }
}
