/// The components of `N` (RFC 6350 section 6.2.2).
struct CardName {
    private(set) var components: [[String]]

    /// - Parameter components: as many as a card has.
    init(_ components: [[String]]) { self.components = components }

    var family: String { text(0) }
    var given: String { text(1) }
    var additional: String { text(2) }
    var prefix: String { text(3) }

    /// What a field of given names holds.
    var allGiven: String { [given, additional].filter { !$0.isEmpty }.joined(separator: " ") }

    private func text(_ index: Int) -> String {
        guard index < components.count else { return "" }
        return components[index].map(\.trimmed).filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func component(_ index: Int) -> [String] { index < components.count ? components[index] : [""] }

    /// This name, which a card had, with what has changed of a record since.
    ///
    /// - Parameters:
    ///   - former: what the record's fields made of it.
    ///   - present: what they make now.
    func changed(from former: CardName, to present: CardName) -> CardName {
        let names = changedNames(from: former, to: present)
        let count = max(components.count, present.components.count)
        let rest = (names.count..<max(count, names.count)).map { index in
            present.component(index) == former.component(index) ? component(index) : present.component(index)
        }
        return CardName(names + rest)
    }

    /// Family, given and additional names. The field of given names holds the additional ones too; in another given name
    /// they stay, unless they were taken away.
    private func changedNames(from former: CardName, to present: CardName) -> [[String]] {
        let isSameFamily = present.family == former.family
        let isSameGiven = present.given == former.given
        if isSameFamily, isSameGiven { return [component(0), component(1), component(2)] }
        // What the card had in another place stands in the family name.
        if family.isEmpty { return [present.component(0), present.component(1), [""]] }
        let family = isSameFamily ? component(0) : present.component(0)
        if isSameGiven { return [family, component(1), component(2)] }
        if [given, additional, ""].contains(present.given) { return [family, present.component(1), [""]] }
        let ending = " \(additional)"
        guard !additional.isEmpty, present.given.hasSuffix(ending) else {
            return [family, present.component(1), component(2)]
        }
        return [family, [String(present.given.dropLast(ending.count))], component(2)]
    }
}
