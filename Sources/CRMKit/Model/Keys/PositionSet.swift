/// A set of positions of fields. Drafts are made for every row of an import, and an array of flags for each would be
/// more than what is done with it: few modules have as many fields as a number has bits.
struct PositionSet: Sendable {
    private var low: UInt64 = 0
    private var others: Set<Int> = []

    /// Whether there is none.
    var isEmpty: Bool { low == 0 && others.isEmpty }

    /// Adds a position.
    mutating func insert(_ position: Int) {
        if position < UInt64.bitWidth { low |= 1 << UInt64(position) } else { others.insert(position) }
    }

    /// Whether a position is among them.
    func contains(_ position: Int) -> Bool {
        position < UInt64.bitWidth ? low & 1 << UInt64(position) != 0 : others.contains(position)
    }
}
