import Localization

/// A count of things in an input that the user should know about, such as lines or invoices, with the names of the
/// first few.
struct Tally {
    private(set) var count = 0
    private var first: [String] = []

    /// The number of names kept, enough to find the others by.
    private static let most = 5

    mutating func add(_ name: String) {
        count += 1
        if first.count < Self.most { first.append(name) }
    }

    /// Adds a line, which its number names.
    mutating func add(_ line: Int) { add(String(line)) }

    /// The first few names, and a sign for more.
    var names: String { first.joined(separator: ", ") + (count > first.count ? ", …" : "") }

    /// The message about them; `nil` where there are none.
    ///
    /// - Parameters:
    ///   - one: makes the message for a single one, given its name.
    ///   - many: makes it for several, given how many there are and their names.
    func notice(one: (String) -> Text, many: (Int, String) -> Text) -> Text? {
        switch count {
        case 0: nil
        case 1: one(names)
        default: many(count, names)
        }
    }
}
