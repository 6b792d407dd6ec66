/// The separators of list elements in exports of other programs, in order of precedence.
enum ForeignListMarks {
    static let all = [" |##| ", ":::", ";", "\n", "|"]

    /// What a list of another program can begin with, besides an element.
    private static let beginnings = ["^", "* ", "{", "[", "\""]

    /// Returns elements as the text of one cell: joined by commas, or each enclosed in `^` as SuiteCRM writes them when
    /// one contains a separator or begins like a list of another program.
    static func cell(of elements: [String]) -> String {
        guard elements.contains(where: isAmong) else { return elements.joined(separator: ",") }
        return "^\(elements.joined(separator: "^,^"))^"
    }

    /// Whether an element contains a separator, or begins like such a list.
    private static func isAmong(_ element: String) -> Bool {
        // Most elements have none of these bytes, and bytes are found faster than texts.
        guard element.utf8.contains(where: { "|:;^\n*{[\"".utf8.contains($0) }) else { return false }
        return all.contains(where: element.contains) || beginnings.contains(where: element.hasPrefix)
    }
}
