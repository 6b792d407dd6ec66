import Localization

/// A count of items in an input to be reported to the user, such as lines or invoices, with the names of the first few.
struct Tally {
    private(set) var count = 0
    private var first: [String] = []

    /// The maximum number of names that are stored.
    private static let most = 5

    mutating func add(_ name: String) {
        count += 1
        if first.count < Self.most { first.append(name) }
    }

    /// Adds a line by its number.
    mutating func add(_ line: Int) { add(String(line)) }

    /// The first few names, with an ellipsis if there are more.
    var names: String { first.joined(separator: ", ") + (count > first.count ? ", …" : "") }

    /// Returns the message about the items; `nil` if there are none.
    ///
    /// - Parameters:
    ///   - one: returns the message for a single item, given its name.
    ///   - many: returns the message for several items, given their number and names.
    func notice(one: (String) -> Text, many: (Int, String) -> Text) -> Text? {
        switch count {
        case 0: nil
        case 1: one(names)
        default: many(count, names)
        }
    }
}
