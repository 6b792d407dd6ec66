/// The separators of list elements in exports of other programs, in order of precedence.
enum ForeignListMarks {
    static let all = [" |##| ", ":::", ";", "\n", "|"]

    /// Whether an element contains a separator, or begins like such a list.
    static func isAmong(_ element: String) -> Bool {
        // Most elements have none of these bytes, and bytes are found faster than texts.
        guard element.utf8.contains(where: { "|:;^\n*{".utf8.contains($0) }) else { return false }
        return all.contains(where: element.contains) || ["^", "* ", "{"].contains(where: element.hasPrefix)
    }
}
