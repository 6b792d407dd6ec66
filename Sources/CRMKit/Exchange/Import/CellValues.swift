/// The values of a cell that holds several.
enum CellValues {
    /// The elements of a list, as people and other programs write them.
    static func elements(_ text: String) -> [String] { ForeignList(text).elements }

    /// The values of a path as lists print them, which may have commas in them.
    static func values(_ text: String) -> [String] {
        text.split(separator: ";").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }
}
