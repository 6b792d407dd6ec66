/// What stands between the elements of a list in exports of other programs, the first that is met deciding.
enum ForeignListMarks {
    static let all = [" |##| ", ":::", ";", "\n"]

    /// Whether an element has one of them in it, or what such a list begins with.
    static func isAmong(_ element: String) -> Bool {
        // Most elements have none, which is told without looking for texts in a text.
        guard element.utf8.contains(where: { "|:;^\n*".utf8.contains($0) }) else { return false }
        return all.contains(where: element.contains) || element.hasPrefix("^") || element.hasPrefix("* ")
    }
}
